package table_test

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// longGame is 40 moves by each side, of a real game and knights going home.
const longGame = "e2e4 e7e5 g1f3 b8c6 f1b5 a7a6 b5a4 g8f6 e1g1 f8e7 f1e1 b7b5 a4b3 d7d6 c2c3 e8g8 " +
	"h2h3 c6b8 d2d4 b8d7 c3c4 c7c6 c4b5 a6b5 b1c3 c8b7 c1g5 b5b4 c3b1 h7h6 g5h4 c6c5 d4e5 f6e4 h4e7 d8e7 " +
	"e5d6 e7f6 b1d2 e4d6 d2c4 d6c4 b3c4 d7b6 f3e5 a8e8 c4f7 f8f7 e5f7 e8e1 d1e1 g8f7 e1e3 f6g5 e3g5 h6g5 " +
	"b2b3 f7e6 a2a3 e6d6 a3b4 c5b4 a1a5 b6d5 f2f3 b7c8 g1f2 c8f5 a5a7 g7g6 a7a6 d6c5 f2e1 d5f4 g2g3 f4h3 " +
	"e1d2 c5b5 a6d6 b5c5"

// BenchmarkMove measures one move on a running clock from a command to the
// views of both players and the spectators, without storing it.
func BenchmarkMove(b *testing.B) {
	moves := strings.Fields(longGame)
	viewers := []game.Viewer{{Seat: 0}, {Seat: 1}, game.Spectator}
	d := newDesk(b, friendly("3+2"))
	begin := d.records
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if i%len(moves) == 0 {
			b.StopTimer()
			var err error
			if d.table, err = table.Load(catalog, begin); err != nil {
				b.Fatal(err)
			}
			d.now = begun
			b.StartTimer()
		}
		d.now = d.now.Add(time.Second)
		oneMove(b, d, moves[i%len(moves)], viewers)
	}
}

func oneMove(b *testing.B, d *desk, uci string, viewers []game.Viewer) {
	cmd := table.Command{
		Table: deskID, Actor: people[d.name(int(d.table.ToAct().First()))], ID: "m1", At: d.now,
		Report: clock.NoReport(), Type: "move", Data: []byte(`{"type":"move","uci":"` + uci + `"}`),
	}
	records, err := d.table.Judge(cmd, table.Presence{Chance: d.chance})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := d.table.Apply(records, viewers); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkLoad measures a table of 40 moves read from its records.
func BenchmarkLoad(b *testing.B) {
	records := longRecords(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := table.Load(catalog, records); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTableMemory reports the bytes that a loaded table of 40 moves holds.
func BenchmarkTableMemory(b *testing.B) {
	const tables = 2000
	records := longRecords(b)
	for b.Loop() {
		all := make([]*table.Table, tables)
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		for i := range all {
			var err error
			if all[i], err = table.Load(catalog, journaled(b, records)); err != nil {
				b.Fatal(err)
			}
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/tables, "B/table")
		runtime.KeepAlive(all)
	}
}

func longRecords(tb testing.TB) []table.Record {
	d := newDesk(tb, friendly("3+2"))
	d.lax = true
	d.play(time.Second, longGame)
	return d.records
}

// BenchmarkSnapshot measures what somebody who joins costs.
func BenchmarkSnapshot(b *testing.B) {
	t, err := table.Load(catalog, longRecords(b))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if s := t.Snapshot(game.Spectator, begun); s.Seq != 81 {
			b.Fatalf("a snapshot at %d", s.Seq)
		}
	}
}
