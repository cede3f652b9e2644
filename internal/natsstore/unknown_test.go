package natsstore_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"kibitz/internal/natsstore"
	"kibitz/internal/natsstore/natstest"
	"kibitz/internal/table"
)

func moves(id table.ID, after table.Seq, n int, by string) []table.Record {
	all := make([]table.Record, n)
	for i := range all {
		after++
		all[i] = table.Record{
			Table: id, Seq: after, At: time.UnixMilli(1_700_000_000_000 + int64(after)).UTC(), Action: table.ActionID(by),
			Type: "toy.move", Data: fmt.Appendf(nil, "%s %d", by, after),
		}
	}
	return all
}

func mustAppend(tb testing.TB, j table.Journal, id table.ID, after table.Seq, by string) {
	tb.Helper()
	if err := j.Append(tb.Context(), id, after, moves(id, after, 1, by)); err != nil {
		tb.Fatalf("append by %s after %d: %v", by, after, err)
	}
}

func wantHistory(tb testing.TB, j table.Journal, id table.ID, want ...string) {
	tb.Helper()
	got, err := j.Read(tb.Context(), id, 0)
	if err != nil && len(want) > 0 {
		tb.Fatal(err)
	}
	var by []string
	for _, r := range got {
		by = append(by, string(r.Action))
	}
	if fmt.Sprint(by) != fmt.Sprint(want) {
		tb.Errorf("history of %s: got %v, want %v", id, by, want)
	}
}

// TestUnknownOutcome loses the answer to an append, and has things happen
// before the connection is back.
func TestUnknownOutcome(t *testing.T) {
	t.Parallel() // most of it is waiting
	c := natstest.Start(t, natstest.Options{})
	other := mustOpen(t, c.URL, natsstore.JournalOptions{})
	for n, row := range []struct {
		name string
		// deaf loses the answer, cut the question.
		deaf, cut bool
		then      func(id table.ID) // when the append is out
		want      error
		history   []string
	}{
		{"the answer is lost", true, false, func(table.ID) {}, nil, []string{"x", "mine"}},
		{"the question is lost", false, true, func(table.ID) {}, nil, []string{"x", "mine"}},
		{"another was faster", false, true, func(id table.ID) { mustAppend(t, other, id, 1, "other") }, table.ErrConflict, []string{"x", "other"}},
		{"another came after", true, false, func(id table.ID) { mustAppend(t, other, id, 2, "other") }, nil, []string{"x", "mine", "other"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := newProxy(t, c.URL)
			j := mustOpen(t, p.URL, natsstore.JournalOptions{})
			id := table.ID(fmt.Sprintf("U%07d", n))
			mustAppend(t, j, id, 0, "x")
			p.setDeaf(row.deaf)
			if row.cut {
				_ = p.listen.Close()
				p.cut()
			}
			done := make(chan error, 1)
			go func() { done <- j.Append(t.Context(), id, 1, moves(id, 1, 1, "mine")) }()
			if row.deaf {
				awaitHistory(t, other, id, 2)
			}
			row.then(id)
			if row.cut {
				reopen(t, p)
			}
			p.setDeaf(false)
			p.cut()
			if err := <-done; !errors.Is(err, row.want) {
				t.Errorf("got %v, want %v", err, row.want)
			}
			wantHistory(t, other, id, row.history...)
			// The journal knows where the table stands.
			mustAppend(t, j, id, table.Seq(len(row.history)), "next")
		})
	}
}

// awaitHistory returns when a table has so many records.
func awaitHistory(t *testing.T, j table.Journal, id table.ID, n int) {
	t.Helper()
	for {
		got, err := j.Read(t.Context(), id, 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) >= n {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// An append whose table nobody can reach ends when its patience does, and says
// nothing of a conflict.
func TestPatienceEnds(t *testing.T) {
	t.Parallel() // most of it is waiting
	c := natstest.Start(t, natstest.Options{})
	j := mustOpen(t, c.URL, natsstore.JournalOptions{Patience: time.Millisecond})
	c.Servers[0].Kill()
	err := j.Append(t.Context(), "P0000001", 0, moves("P0000001", 0, 1, "x"))
	if err == nil || errors.Is(err, table.ErrConflict) || errors.Is(err, table.ErrStopped) {
		t.Errorf("got %v", err)
	}
	if _, err := j.Read(t.Context(), "P0000001", 0); err == nil || errors.Is(err, table.ErrUnknownTable) {
		t.Errorf("read: got %v", err)
	}
	c.Servers[0].Start(t)
	c.Await(t)
	patient := mustOpen(t, c.URL, natsstore.JournalOptions{})
	mustAppend(t, patient, "P0000001", 0, "x")
}

// A partition is scanned alone, whatever else its stream holds.
func TestScanPartition(t *testing.T) {
	t.Parallel() // most of it is waiting
	c := natstest.Start(t, natstest.Options{})
	j := mustOpen(t, c.URL, natsstore.JournalOptions{Streams: 1})
	want := make(map[int]int)
	for n := range 60 {
		id := table.ID(fmt.Sprintf("S%07d", n))
		mustAppend(t, j, id, 0, "a")
		mustAppend(t, j, id, 1, "b")
		want[id.Partition()] += 2
	}
	for p := range table.Partitions {
		got := 0
		for r, err := range j.ScanPartition(t.Context(), p) {
			if err != nil {
				t.Fatal(err)
			}
			if r.Table.Partition() != p {
				t.Fatalf("%s is not in partition %d", r.Table, p)
			}
			got++
		}
		if got != want[p] {
			t.Errorf("partition %d: got %d records, want %d", p, got, want[p])
		}
	}
}

// idIn returns a table of a partition.
func idIn(partition int) table.ID {
	for n := 0; ; n++ {
		if id := table.ID(fmt.Sprintf("W%07d", n)); id.Partition() == partition {
			return id
		}
	}
}

// The age of what a worker has not got is that of the first record behind it.
func TestOldest(t *testing.T) {
	t.Parallel()
	j := mustOpen(t, natstest.Start(t, natstest.Options{}).URL, natsstore.JournalOptions{MaxAge: time.Hour})
	if got := j.MaxAge(); got != time.Hour {
		t.Errorf("max age: got %v", got)
	}
	id := idIn(9)
	wantOldest := func(what string, after table.Position, from, to time.Time) {
		t.Helper()
		got, err := j.Oldest(t.Context(), 9, after)
		if err != nil || got.Before(from) || got.After(to) {
			t.Errorf("%s: got %v, %v, want %v to %v", what, got, err, from, to)
		}
	}
	wantOldest("nothing is there", 0, time.Time{}, time.Time{})
	begin := time.Now()
	mustAppend(t, j, id, 0, "a")
	middle := time.Now()
	mustAppend(t, j, idIn(13), 0, "elsewhere")
	mustAppend(t, j, id, 1, "b")
	end := time.Now()
	wantOldest("all is behind", 0, begin, middle)
	var positions []table.Position
	for e, err := range j.Follow(t.Context(), 9, 0) {
		if err != nil {
			t.Fatal(err)
		}
		if positions = append(positions, e.Position); len(positions) == 2 {
			break
		}
	}
	wantOldest("one is behind", positions[0], middle, end)
	wantOldest("nothing is behind", positions[1], time.Time{}, time.Time{})
}

// A journal ends with its connection.
func TestConnectionClosed(t *testing.T) {
	t.Parallel()
	j := mustOpen(t, natstest.Start(t, natstest.Options{}).URL, natsstore.JournalOptions{})
	mustAppend(t, j, "C0000001", 0, "a")
	j.client.Close()
	if err := j.Append(t.Context(), "C0000001", 1, moves("C0000001", 1, 1, "b")); !errors.Is(err, table.ErrStopped) {
		t.Errorf("append: got %v, want ErrStopped", err)
	}
	if _, err := j.Read(t.Context(), "C0000001", 0); !errors.Is(err, table.ErrStopped) {
		t.Errorf("read: got %v, want ErrStopped", err)
	}
}
