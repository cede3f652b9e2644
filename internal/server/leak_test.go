package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/games"
	"kibitz/internal/host"
	"kibitz/internal/httpapi"
	"kibitz/internal/inmem"
	"kibitz/internal/poker"
	"kibitz/internal/table"
	"kibitz/internal/wire"
)

// leakHands is how many hands are played at each table when every byte is looked
// at, and with KIBITZ_LONG set.
const (
	leakHands     = 80
	leakHandsLong = 2500
	// leakShare is the part of all requests for all hands as everybody that is
	// made, and with KIBITZ_LONG all are.
	leakShare = 6
)

// leakTables are what is played, each until so many hands are. What the rest of
// the server tells of them is looked at afterwards, see hands_leak_test.go.
var leakTables = []struct {
	name, stakes string
	origin       table.Origin
	// out plays the last hand, and with it the table, to its end.
	out bool
}{
	{"hold'em", `{"small_blind":5,"big_blind":10,"min_buy_in":100,"max_buy_in":1000,"runs":2,"hands":%d}`, table.OriginLobby, false},
	{"Omaha", `{"variant":"omaha","structure":"pot-limit","small_blind":5,"big_blind":10,"min_buy_in":100,"max_buy_in":1000,"hands":%d}`, table.OriginLobby, true},
	{"Omaha hi-lo", `{"variant":"omaha8","structure":"pot-limit","small_blind":5,"big_blind":10,"min_buy_in":100,"max_buy_in":1000,"runs":2,"hands":%d}`, table.OriginFriend, false},
	{"fixed hold'em", `{"structure":"fixed-limit","small_blind":5,"big_blind":10,"min_buy_in":100,"max_buy_in":400,"hands":%d}`, table.OriginLobby, true},
}

// TestNoCardLeaves plays hands of poker and looks at all bytes that are sent to
// every socket, answered to who asks for tables and hands, downloaded, and
// logged: nobody may read a card that is not theirs, on the board, or shown.
func TestNoCardLeaves(t *testing.T) {
	hands, share := leakHands, leakShare
	if os.Getenv("KIBITZ_LONG") != "" {
		hands, share = leakHandsLong, 1
	} else {
		t.Logf("%d hands a table; %d with KIBITZ_LONG set", leakHands, leakHandsLong)
	}
	hall := newHall(t, share)
	for i := range leakTables {
		t.Run(leakTables[i].name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { hall.tables = append(hall.tables, watchCards(t, i, hands, hall.players())) })
		})
	}
	if !t.Failed() {
		hall.look(t)
	}
}

// reader is a socket whose every byte is looked at.
type reader struct {
	truth *truth
	who   string
	mu    sync.Mutex
	cards int
	// seq is the last record that was shown.
	seq uint64
}

// seqWord finds the numbers of records in frames.
var seqWord = regexp.MustCompile(`"seq":(\d+)`)

func (r *reader) Send(frame []byte) bool {
	n := r.truth.check(r.who, frame, "the socket")
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cards += n
	for _, found := range seqWord.FindAllSubmatch(frame, -1) {
		if seq, err := strconv.ParseUint(string(found[1]), 10, 64); err == nil {
			r.seq = max(r.seq, seq)
		}
	}
	return true
}

// before returns what the reader says it has seen when it comes back: a few
// records less than it has, so that they are shown again.
func (r *reader) before(n int) table.Seq {
	r.mu.Lock()
	defer r.mu.Unlock()
	return table.Seq(max(0, int64(r.seq)-int64(n)))
}

// watchCards plays at one of leakTables, and returns what was dealt there.
func watchCards(t *testing.T, which, hands int, people []table.Player) *truth {
	stakes := fmt.Sprintf(leakTables[which].stakes, hands)
	catalog, err := games.Catalog(games.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var s poker.Stakes
	if err := json.Unmarshal([]byte(stakes), &s); err != nil {
		t.Fatal(err)
	}
	if s.Variant == "" {
		s.Variant = "holdem"
	}
	tr := &truth{t: t, catalog: catalog, Journal: inmem.NewJournal(), rules: variantRules{variant: s.Variant}}
	tr.private = leakTables[which].origin != table.OriginLobby
	var logged bytes.Buffer
	log := slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	h, err := host.New(host.Config{
		Journal: tr, Pulse: &inmem.Pulse{}, Catalog: catalog, Chance: games.Chance(), Codec: httpapi.Codec{Log: log}, Cashier: freeChips{}, Log: log,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Recover(t.Context()); err != nil {
		t.Fatal(err)
	}
	id, err := h.Create(t.Context(), table.Setup{
		Kind: poker.Kind, Game: json.RawMessage(stakes), Origin: leakTables[which].origin, Seats: make([]table.Player, 6),
		Control: clock.Control{Initial: 15 * time.Second, Delay: 5 * time.Second},
	})
	if err != nil {
		t.Fatal(err)
	}
	tr.id = id
	g := &gallery{t: t, h: h, id: id, truth: tr, people: people, rng: rand.New(rand.NewPCG(1, uint64(len(stakes))))}
	g.play(hands, leakTables[which].out)
	if err := h.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
	if found := cardsIn(logged.Bytes()); found != nil {
		t.Errorf("the log tells of %s", found)
	}
	if len(tr.hands) < hands || g.seen() < 10*hands {
		t.Errorf("%d hands and %d cards prove little", len(tr.hands), g.seen())
	}
	t.Logf("%d hands, %d cards looked at", len(tr.hands), g.seen())
	return tr
}

// freeChips let everybody buy in.
type freeChips struct{}

func (freeChips) Reserve(context.Context, host.Voucher) error { return nil }
func (freeChips) Cancel(context.Context, host.Voucher) error  { return nil }

// gallery is people at a table, and those who look on.
type gallery struct {
	t       *testing.T
	h       *host.Host
	id      table.ID
	truth   *truth
	people  []table.Player
	rng     *rand.Rand
	readers []*reader
	asked   int
	n       int
}

func (g *gallery) play(hands int, out bool) {
	for _, who := range g.people {
		r := &reader{truth: g.truth, who: string(who.ID)}
		g.readers = append(g.readers, r)
		g.h.Join(host.Join{Table: g.id, User: who, Conn: r})
	}
	watcher := &reader{truth: g.truth}
	g.readers = append(g.readers, watcher)
	g.h.Join(host.Join{Table: g.id, Conn: watcher})
	for step := 0; g.truth.count() < hands || out && !g.truth.isOver(); step++ {
		if step > 400*hands {
			g.t.Fatal("the hands do not come")
		}
		g.step()
	}
	synctest.Wait()
}

// step has somebody do something, or time pass.
func (g *gallery) step() {
	i := g.rng.IntN(len(g.people))
	typ, data, ok := gambleAt(g.t.Context(), g.h, g.id, g.people[i], g.rng)
	switch roll := g.rng.IntN(100); {
	case !ok:
		typ, data = "sit", `{}`
	case roll == 0:
		typ, data = "leave", `{}`
	case roll < 3:
		g.h.Drop(g.readers[i])
		g.h.Join(host.Join{Table: g.id, User: g.people[i], Conn: g.readers[i], After: g.readers[i].before(g.rng.IntN(60))})
	case roll < 5:
		g.ask()
	case roll < 10:
		typ, data = "show", `{}`
	case typ == "":
		time.Sleep(time.Duration(g.rng.IntN(1500)) * time.Millisecond)
		return
	}
	if typ == "" {
		return
	}
	g.n++
	g.h.Submit(table.Command{
		Table: g.id, Actor: g.people[i], ID: table.ActionID(fmt.Sprint("a", g.n)), Type: typ, Data: []byte(data), Report: clock.NoReport(),
	}, g.readers[i])
	synctest.Wait()
}

// ask reads the table as the API answers it, with all its events.
func (g *gallery) ask() {
	if g.asked++; g.asked > 20 {
		return
	}
	ctx := g.t.Context()
	snap, err := g.h.Snapshot(ctx, g.id, game.Spectator)
	if err != nil {
		g.t.Error(err)
		return
	}
	body, err := wire.AppendSnapshot(nil, &snap)
	if err != nil {
		g.t.Error(err)
	}
	g.truth.check("", body, "the API")
}

func (g *gallery) seen() int {
	sum := 0
	for _, r := range g.readers {
		r.mu.Lock()
		sum += r.cards
		r.mu.Unlock()
	}
	return sum
}
