package loadgen

import (
	"os"
	"path/filepath"
	"testing"
)

const fixtures = "../../testdata/wire"

func readFixture(tb testing.TB, name string) *frame {
	tb.Helper()
	b, err := os.ReadFile(filepath.Join(fixtures, "server-"+name+".json"))
	if err != nil {
		tb.Fatal(err)
	}
	f := new(frame)
	f.read(b)
	return f
}

func TestFrames(t *testing.T) {
	table := readFixture(t, "table")
	if string(table.table) != "aB3dE6gH" || table.seq != 5 || table.you != 0 || table.waiting || table.plies != 2 ||
		table.over || table.gain != 2000 || !table.clocks.known || table.clocks.left != [seats]int64{180_000, 180_000} {
		t.Errorf("table: got %+v", table)
	}
	if f := readFixture(t, "table-waiting"); !f.waiting || f.clocks.running != nobody {
		t.Errorf("waiting: got %+v", f)
	}
	if f := readFixture(t, "table-over"); !f.over || f.plies != 4 || f.you != nobody {
		t.Errorf("over: got %+v", f)
	}
	if f := readFixture(t, "table-unlimited"); f.clocks.known || f.gain != 0 {
		t.Errorf("unlimited: got %+v", f)
	}
	if f := readFixture(t, "done"); string(f.kind) != "done" || string(f.id) != "m13" || f.seq != 13 {
		t.Errorf("done: got %+v", f)
	}
	if f := readFixture(t, "error-too-fast"); string(f.code) != "too-fast" || f.retryMillis != 50 {
		t.Errorf("error: got %+v", f)
	}
	if f := readFixture(t, "hello"); f.nowAt != 1700000000000 {
		t.Errorf("hello: got %+v", f)
	}
}

func TestEventFrames(t *testing.T) {
	f := readFixture(t, "events")
	if string(f.ack) != "m13" || len(f.events) != 1 || f.clocks.running != 1 || f.clocks.at != 1700000013000 {
		t.Fatalf("events: got %+v", f)
	}
	e := f.events[0]
	if !e.isMove() || e.seq != 6 || e.seat != 0 || e.ply != 3 || string(e.uci) != "g1f3" || e.spent != 1000 {
		t.Errorf("move: got %+v", e)
	}
	if f := readFixture(t, "events-mate"); len(f.events) != 2 || string(f.events[1].kind) != "ended" || len(f.events[1].end) == 0 {
		t.Errorf("mate: got %+v", f)
	}
	if f := readFixture(t, "events-caught-up"); len(f.events) != 3 || f.events[1].seq != 7 || len(f.events[1].kind) != 0 {
		t.Errorf("caught up: got %+v", f)
	}
	if f := readFixture(t, "events-none"); len(f.events) != 0 || !f.clocks.known {
		t.Errorf("none: got %+v", f)
	}
}

func TestReadingAMoveAllocatesNothing(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(fixtures, "server-events.json"))
	if err != nil {
		t.Fatal(err)
	}
	var f frame
	f.read(b)
	if got := testing.AllocsPerRun(100, func() { f.read(b) }); got != 0 {
		t.Errorf("got %v allocations, want 0", got)
	}
}

// A frame that is not JSON does no harm.
func FuzzFrame(f *testing.F) {
	names, _ := filepath.Glob(filepath.Join(fixtures, "server-*.json"))
	if len(names) == 0 {
		f.Fatal("there are no fixtures")
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var once, again frame
		once.read(b)
		again.read(b)
		if len(once.events) != len(again.events) || once.seq != again.seq {
			t.Errorf("%q reads as %+v and as %+v", b, once, again)
		}
		s := sight{script: testScript}
		for i := range once.events {
			s.take(&once.events[i])
		}
	})
}
