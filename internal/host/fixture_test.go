package host

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/inmem"
	"kibitz/internal/table"
)

// textCodec makes frames that tests can read.
type textCodec struct{}

// clocksText leaves out what a frame says of clocks, but for who runs.
func clocksText(s *clock.State) string {
	if s == nil {
		return ""
	}
	return fmt.Sprintf(" running=%d held=%v", s.Running, s.Held)
}

func (textCodec) Update(u *table.Update) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "update viewer=%d ack=%q", u.Viewer.Seat, u.Ack)
	for _, e := range u.Events {
		fmt.Fprintf(&b, " %d:%s", e.Seq, e.Type)
	}
	return []byte(b.String() + clocksText(u.Clocks))
}

func (textCodec) Snapshot(s *table.Snapshot) []byte {
	state, _ := json.Marshal(s.State)
	return fmt.Appendf(nil, "table viewer=%d seq=%d %s%s", s.Viewer.Seat, s.Seq, state, clocksText(s.Clocks))
}

func (textCodec) Presence(p *Presence) []byte {
	b := []byte("presence")
	for _, s := range p.Seats {
		b = fmt.Appendf(b, " %s", s.State)
		if !s.ClaimAt.IsZero() {
			b = fmt.Appendf(b, "@%d", s.ClaimAt.Unix())
		}
	}
	return fmt.Appendf(b, " +%d", p.Watchers)
}

func (textCodec) Answer(a Answer) []byte {
	if a.Err != nil {
		return fmt.Appendf(nil, "error %q: %v", a.ID, a.Err)
	}
	return fmt.Appendf(nil, "done %q %d", a.ID, a.Seq)
}

func (textCodec) Replaced(table.ID) []byte { return []byte("replaced") }

// socket is a Conn that keeps what it got.
type socket struct {
	mu     sync.Mutex
	frames [][]byte
	gone   bool
}

func (s *socket) Send(frame []byte) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.gone {
		return false
	}
	s.frames = append(s.frames, frame)
	return true
}

func (s *socket) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gone = true
}

// got returns the frames since the last call.
func (s *socket) got() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	texts := make([]string, len(s.frames))
	for i, f := range s.frames {
		texts[i] = string(f)
	}
	s.frames = nil
	return texts
}

func (s *socket) raw() [][]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.frames
}

// fateful is a Journal whose appends a test can hold up or let fail.
type fateful struct {
	table.Journal
	mu   sync.Mutex
	fate func(id table.ID, expected table.Seq) fate
	// reads fail as long as this is set.
	unreadable error
}

// fate is what becomes of an append: an error, before or after it was stored.
type fate struct {
	wait   <-chan struct{}
	err    error
	stored bool
}

func (f *fateful) set(fn func(table.ID, table.Seq) fate) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fate = fn
}

func (f *fateful) setUnreadable(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.unreadable = err
}

func (f *fateful) Append(ctx context.Context, id table.ID, expected table.Seq, r []table.Record) error {
	f.mu.Lock()
	var what fate
	if f.fate != nil {
		what = f.fate(id, expected)
	}
	f.mu.Unlock()
	if what.wait != nil {
		<-what.wait
	}
	if what.err != nil && !what.stored {
		return what.err
	}
	if err := f.Journal.Append(ctx, id, expected, r); err != nil {
		return err
	}
	return what.err
}

func (f *fateful) Read(ctx context.Context, id table.ID, after table.Seq) ([]table.Record, error) {
	f.mu.Lock()
	err := f.unreadable
	f.mu.Unlock()
	if err != nil {
		return nil, err
	}
	return f.Journal.Read(ctx, id, after)
}

// world is a host with all that it needs, in memory.
type world struct {
	*Host
	tb      testing.TB
	journal *fateful
	pulse   *inmem.Pulse
	brain   Brain
	changes func(Change)
	log     io.Writer
	random  io.Reader // nil: the default
}

// newWorld returns a host that serves an empty journal.
func newWorld(tb testing.TB, options ...func(*world)) *world {
	tb.Helper()
	w := &world{tb: tb, journal: &fateful{Journal: inmem.NewJournal()}, pulse: &inmem.Pulse{}, log: io.Discard}
	for _, o := range options {
		o(w)
	}
	w.start()
	return w
}

// start starts a node on what the one before left.
func (w *world) start() {
	w.tb.Helper()
	h, err := New(Config{
		Journal: w.journal, Pulse: w.pulse, Catalog: game.Catalog{"toy": toy{}}, Chance: dice{}, Codec: textCodec{},
		Brain: w.brain, Changed: w.changes, Random: w.random, Log: slog.New(slog.NewTextHandler(w.log, nil)),
	})
	if err != nil {
		w.tb.Fatal(err)
	}
	if err := h.Recover(context.Background()); err != nil {
		w.tb.Fatal(err)
	}
	w.Host = h
}

// restart ends the node and starts another one that long afterwards.
func (w *world) restart(outage time.Duration) {
	w.tb.Helper()
	w.stop()
	w.pulse.Restart()
	time.Sleep(outage)
	w.start()
}

func (w *world) stop() {
	w.tb.Helper()
	if err := w.Shutdown(context.Background()); err != nil {
		w.tb.Fatal(err)
	}
}

// dice gives permutations; safe for concurrent use.
type dice struct{}

func (dice) Perm(n int) []int { return rand.Perm(n) }

var (
	anna  = table.Player{ID: "annaannaanna", Name: "Anna"}
	bert  = table.Player{ID: "bertbertbert", Name: "Bert"}
	cora  = table.Player{ID: "coracoracora", Name: "Cora"}
	robot = table.Player{ID: "~house3", Name: "House", House: 3}
)

// setup is a game of three minutes between friends.
func setup(players ...table.Player) table.Setup {
	return table.Setup{
		Kind: "toy", Control: clock.Control{Initial: 3 * time.Minute, Increment: 2 * time.Second},
		Seats: players, Origin: table.OriginFriend,
	}
}

func (w *world) create(s table.Setup) table.ID {
	w.tb.Helper()
	id, err := w.Create(context.Background(), s)
	if err != nil {
		w.tb.Fatal(err)
	}
	return id
}

func (w *world) join(id table.ID, p table.Player) *socket {
	c := &socket{}
	w.Join(Join{Table: id, User: p, Conn: c})
	return c
}

// command is an action with a JSON body as a client would send it.
func command(id table.ID, p table.Player, action table.ActionID, typ, data string) table.Command {
	return table.Command{Table: id, Actor: p, ID: action, Report: clock.NoReport(), Type: typ, Data: []byte(data)}
}

func add(id table.ID, p table.Player, action table.ActionID, n int) table.Command {
	return command(id, p, action, "add", fmt.Sprintf(`{"type":"add","n":%d}`, n))
}

// do sends a command and waits for what becomes of it.
func (w *world) do(cmd table.Command) (table.Seq, error) {
	return w.Do(context.Background(), cmd)
}

func (w *world) must(cmd table.Command) table.Seq {
	w.tb.Helper()
	seq, err := w.do(cmd)
	if err != nil {
		w.tb.Fatalf("%s of %s: %v", cmd.Type, cmd.Actor.Name, err)
	}
	return seq
}

// play lets two players add 1 in turns, n times in all.
func (w *world) play(id table.ID, n int) {
	w.tb.Helper()
	for i := range n {
		p := []table.Player{anna, bert}[i%2]
		w.must(add(id, p, table.ActionID(fmt.Sprintf("p%d", i)), 1))
	}
}

func wantFrames(tb testing.TB, who string, got []string, want ...string) {
	tb.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		tb.Errorf("%s got\n\t%s\nwant\n\t%s", who, strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}
