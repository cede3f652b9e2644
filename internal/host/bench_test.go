package host

import (
	"context"
	"iter"
	"log/slog"
	"math/rand/v2"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/inmem"
	"kibitz/internal/table"
	"kibitz/internal/walstore"
)

// byteCodec makes the shortest of frames, so that benchmarks measure the host.
type byteCodec struct{}

var ackFrame, otherFrame = []byte("a"), []byte("o")

func (byteCodec) Update(u *table.Update) []byte {
	if u.Ack != "" {
		return ackFrame
	}
	return otherFrame
}
func (byteCodec) Snapshot(*table.Snapshot) []byte { return otherFrame }
func (byteCodec) Presence(*Presence) []byte       { return otherFrame }
func (byteCodec) Answer(Answer) []byte            { return otherFrame }
func (byteCodec) Replaced(table.ID) []byte        { return otherFrame }

// pair is both players of a benchmark's table, and a Conn for both: the
// acknowledgement of a move makes the other one move.
type pair struct {
	host  *Host
	id    table.ID
	conns [2]half
	ply   int
	// left counts the moves that are to be made, at all tables together.
	left *atomic.Int64
	done *sync.WaitGroup
}

type half struct{ *pair }

func (c *half) Send(frame []byte) bool {
	if frame[0] == 'a' {
		c.move()
	}
	return true
}

// move makes the next move.
func (p *pair) move() {
	if p.left.Add(-1) < 0 {
		p.done.Done()
		return
	}
	seat := p.ply % 2
	cmd := add(p.id, []table.Player{anna, bert}[seat], table.ActionID(strconv.Itoa(p.ply)), 1)
	p.ply++
	p.host.Submit(cmd, &p.conns[seat])
}

func newBenchHost(b *testing.B, j table.Journal, p table.Pulse) *Host {
	b.Helper()
	h, err := New(Config{
		Journal: j, Pulse: p, Catalog: game.Catalog{"toy": toy{}}, Chance: dice{}, Codec: byteCodec{},
		Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		b.Fatal(err)
	}
	if err := h.Recover(context.Background()); err != nil {
		b.Fatal(err)
	}
	return h
}

// benchSetup is a game that no benchmark ends.
func benchSetup() table.Setup {
	s := setup(anna, bert)
	s.Game = []byte("1000000000")
	return s
}

func openWal(b *testing.B, dir string) *walstore.Store {
	b.Helper()
	j, err := walstore.Open(dir, walstore.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return j
}

// BenchmarkMoves makes moves at many tables at once, each as soon as the one
// before was acknowledged.
func BenchmarkMoves(b *testing.B) {
	const tables = 2000
	journals := []struct {
		name string
		open func(*testing.B) table.Journal
	}{
		{"none", func(*testing.B) table.Journal { return void{} }},
		{"inmem", func(*testing.B) table.Journal { return inmem.NewJournal() }},
		{"walstore", func(b *testing.B) table.Journal { return openWal(b, b.TempDir()) }},
	}
	for _, j := range journals {
		b.Run(j.name, func(b *testing.B) {
			journal := j.open(b)
			if c, ok := journal.(interface{ Close() error }); ok {
				defer c.Close()
			}
			h := newBenchHost(b, journal, &inmem.Pulse{})
			defer func() { _ = h.Shutdown(context.Background()) }()
			var left atomic.Int64
			var done sync.WaitGroup
			pairs := make([]*pair, tables)
			for i := range pairs {
				pairs[i] = seatPair(b, h, &left, &done)
			}
			left.Store(int64(b.N))
			done.Add(tables)
			b.ReportAllocs()
			b.ResetTimer()
			for _, p := range pairs {
				p.move()
			}
			done.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "moves/s")
		})
	}
}

func seatPair(b *testing.B, h *Host, left *atomic.Int64, done *sync.WaitGroup) *pair {
	id, err := h.Create(context.Background(), benchSetup())
	if err != nil {
		b.Fatal(err)
	}
	p := &pair{host: h, id: id, left: left, done: done}
	for i, player := range []table.Player{anna, bert} {
		p.conns[i] = half{p}
		h.Join(Join{Table: id, User: player, Conn: &p.conns[i]})
	}
	return p
}

// void is a Journal that stores nothing, for what only the host costs.
type void struct{}

func (void) Append(context.Context, table.ID, table.Seq, []table.Record) error { return nil }
func (void) Read(context.Context, table.ID, table.Seq) ([]table.Record, error) {
	return nil, table.ErrUnknownTable
}
func (void) Scan(context.Context) iter.Seq2[table.Record, error] {
	return func(func(table.Record, error) bool) {}
}
func (void) Follow(context.Context, int, table.Position) iter.Seq2[table.Entry, error] {
	return func(func(table.Entry, error) bool) {}
}
func (void) Forget(context.Context, table.ID) error { return nil }

// BenchmarkIdleTable measures the memory of running tables that nobody
// watches, 40 moves into the game.
func BenchmarkIdleTable(b *testing.B) {
	const tables, moves = 5000, 40
	for b.Loop() {
		before := memory()
		h := newBenchHost(b, void{}, &inmem.Pulse{})
		for range tables {
			id, err := h.Create(context.Background(), benchSetup())
			if err != nil {
				b.Fatal(err)
			}
			for i := range moves {
				cmd := add(id, []table.Player{anna, bert}[i%2], table.ActionID(strconv.Itoa(i)), 1)
				if _, err := h.Do(context.Background(), cmd); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric((memory()-before)/tables, "B/table")
		_ = h.Shutdown(context.Background())
	}
}

// memory is what is in use after a collection, stacks included.
func memory() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc + m.StackInuse)
}

// BenchmarkRecover starts a host on 10,000 running tables, 40 moves each, and
// makes a move at one of them.
func BenchmarkRecover(b *testing.B) {
	b.Run("inmem", func(b *testing.B) {
		j, p := inmem.NewJournal(), &inmem.Pulse{}
		id := fill(b, j, p)
		for b.Loop() {
			p.Restart()
			h := newBenchHost(b, j, p)
			first(b, h, id)
			b.StopTimer()
			_ = h.Shutdown(context.Background())
			b.StartTimer()
		}
	})
	b.Run("walstore", func(b *testing.B) {
		dir, p := b.TempDir(), &inmem.Pulse{}
		j := openWal(b, dir)
		id := fill(b, j, p)
		for b.Loop() {
			b.StopTimer()
			if err := j.Close(); err != nil {
				b.Fatal(err)
			}
			p.Restart()
			b.StartTimer()
			j = openWal(b, dir)
			h := newBenchHost(b, j, p)
			first(b, h, id)
			b.StopTimer()
			_ = h.Shutdown(context.Background())
			b.StartTimer()
		}
		_ = j.Close()
	})
}

// fill makes a journal of running tables, and returns one of them.
func fill(b *testing.B, j table.Journal, p table.Pulse) table.ID {
	b.Helper()
	const tables, moves = 10_000, 40
	h := newBenchHost(b, j, p)
	var work sync.WaitGroup
	ids := make(chan table.ID, tables)
	for range 500 {
		work.Go(func() {
			for range tables / 500 {
				id, err := h.Create(context.Background(), benchSetup())
				if err != nil {
					b.Error(err)
					return
				}
				for i := range moves {
					cmd := add(id, []table.Player{anna, bert}[i%2], table.ActionID(strconv.Itoa(i)), 1)
					if _, err := h.Do(context.Background(), cmd); err != nil {
						b.Error(err)
						return
					}
				}
				ids <- id
			}
		})
	}
	work.Wait()
	if err := h.Shutdown(context.Background()); err != nil {
		b.Fatal(err)
	}
	return <-ids
}

func first(b *testing.B, h *Host, id table.ID) {
	b.Helper()
	cmd := command(id, anna, table.ActionID(strconv.FormatInt(time.Now().UnixNano(), 36)), "whisper", `{"word":"x"}`)
	if _, err := h.Do(context.Background(), cmd); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkAlarm replaces one of 100,000 alarms, as every move does.
func BenchmarkAlarm(b *testing.B) {
	a := newAlarms(time.Now, func(*keeper) {})
	keepers := make([]keeper, 100_000)
	now := time.Now()
	for i := range keepers {
		a.set(&keepers[i], now.Add(time.Duration(rand.IntN(180))*time.Second))
	}
	for i := 0; b.Loop(); i++ {
		a.set(&keepers[i*7919%len(keepers)], now.Add(time.Duration(i%180_000)*time.Millisecond))
	}
}

// BenchmarkCrowd shows one move to 10,000 spectators.
func BenchmarkCrowd(b *testing.B) {
	h := newBenchHost(b, void{}, &inmem.Pulse{})
	defer func() { _ = h.Shutdown(context.Background()) }()
	id, err := h.Create(context.Background(), benchSetup())
	if err != nil {
		b.Fatal(err)
	}
	for range 10_000 {
		if err := h.urge(context.Background(), id, &Join{Table: id, Conn: &deaf{}}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		cmd := add(id, []table.Player{anna, bert}[i%2], table.ActionID(strconv.Itoa(i)), 1)
		if _, err := h.Do(context.Background(), cmd); err != nil {
			b.Fatal(err)
		}
	}
}

// deaf is a Conn without a queue.
type deaf struct{ _ byte }

func (*deaf) Send([]byte) bool { return true }
