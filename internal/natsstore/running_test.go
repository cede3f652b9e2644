package natsstore_test

import (
	"errors"
	"fmt"
	"maps"
	"sync"
	"testing"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/natsstore"
	"kibitz/internal/natsstore/natstest"
	"kibitz/internal/table"
)

// someIn returns tables of a partition.
func someIn(partition, n int) []table.ID {
	var all []table.ID
	for i := 0; len(all) < n; i++ {
		if id := table.ID(fmt.Sprintf("R%07d", i)); id.Partition() == partition {
			all = append(all, id)
		}
	}
	return all
}

// wantRunning takes a partition over, and expects so many records of tables.
func wantRunning(t *testing.T, j opened, partition int, want map[table.ID]int) {
	t.Helper()
	got := make(map[table.ID]int)
	for r, err := range j.Running(t.Context(), partition) {
		if err != nil {
			t.Fatal(err)
		}
		if got[r.Table]++; table.Seq(got[r.Table]) != r.Seq {
			t.Errorf("record %d of %s came as its %dth", r.Seq, r.Table, got[r.Table])
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("records of tables: got %v, want %v", got, want)
	}
}

func ids(all ...table.ID) func() ([]table.ID, error) {
	return func() ([]table.ID, error) { return all, nil }
}

// Who takes a partition over gets what ran by the last note, and what came after
// it, and the owner before cannot write notes any more.
func TestRunning(t *testing.T) {
	t.Parallel() // most of it is waiting
	c := natstest.Start(t, natstest.Options{})
	old := mustOpen(t, c.URL, natsstore.JournalOptions{Streams: 1})
	next := mustOpen(t, c.URL, natsstore.JournalOptions{})
	const part = 50
	some := someIn(part, 5)
	over, runs, idle, fresh, again := some[0], some[1], some[2], some[3], some[4]
	if err := old.Note(t.Context(), part, ids()); !errors.Is(err, cluster.ErrTaken) {
		t.Errorf("a note of who does not own the partition: %v, want %v", err, cluster.ErrTaken)
	}
	wantRunning(t, old, part, map[table.ID]int{})
	for i, id := range []table.ID{over, runs, idle, again} {
		mustAppend(t, old, id, 0, "a")
		mustAppend(t, old, idIn(51), table.Seq(i), "elsewhere")
		mustAppend(t, old, id, 1, "b")
	}
	if err := old.Note(t.Context(), part, ids(runs, idle, "nothing0")); err != nil {
		t.Fatal(err)
	}
	mustAppend(t, old, fresh, 0, "a")
	mustAppend(t, old, runs, 2, "c")
	mustAppend(t, old, again, 2, "rematch")
	want := map[table.ID]int{runs: 3, idle: 2, fresh: 1, again: 3}
	wantRunning(t, next, part, want)
	if err := old.Note(t.Context(), part, ids()); !errors.Is(err, cluster.ErrTaken) {
		t.Errorf("a note of the owner before: %v, want %v", err, cluster.ErrTaken)
	}
	wantRunning(t, next, part, want)
	if err := next.Note(t.Context(), part, ids(idle)); err != nil {
		t.Fatal(err)
	}
	asked := func() ([]table.ID, error) {
		t.Error("asked for what runs, although nothing came since")
		return nil, nil
	}
	if err := next.Note(t.Context(), part, asked); err != nil {
		t.Fatal(err)
	}
	wantRunning(t, old, part, map[table.ID]int{idle: 2})
}

// A note about a journal that is gone says nothing about the one that is there.
func TestRunningOfAnotherJournal(t *testing.T) {
	t.Parallel()
	c := natstest.Start(t, natstest.Options{})
	const part = 50
	some := someIn(part, 2)
	for i, id := range some {
		j := mustOpen(t, c.URL, natsstore.JournalOptions{Streams: 1})
		wantRunning(t, j, part, map[table.ID]int{})
		for seq := range table.Seq(3 - 2*i) {
			mustAppend(t, j, id, seq, "a")
		}
		wantRunning(t, j, part, map[table.ID]int{id: 3 - 2*i})
		if err := j.Note(t.Context(), part, ids()); err != nil {
			t.Fatal(err)
		}
		wantRunning(t, j, part, map[table.ID]int{})
		if i == 0 {
			empty(t, c.URL)
		}
	}
}

// A table of more messages than are followed one by one is read as a whole.
func TestReadLong(t *testing.T) {
	t.Parallel()
	j := mustOpen(t, natstest.Start(t, natstest.Options{}).URL, natsstore.JournalOptions{})
	const n = 300
	id := idIn(9)
	for seq := range table.Seq(n) {
		mustAppend(t, j, id, seq, "a")
	}
	for _, after := range []table.Seq{0, 1, 43, 44, 45, n - 1, n} {
		records, err := j.Read(t.Context(), id, after)
		if err != nil || len(records) != n-int(after) || len(records) > 0 && records[0].Seq != after+1 {
			t.Errorf("after %d: got %d records, %v, want %d", after, len(records), err, n-after)
		}
	}
}

// BenchmarkTakeOver reads what a node needs that takes over a partition where many
// games ended and some run.
func BenchmarkTakeOver(b *testing.B) {
	const part, finished, running, length = 50, 20_000, 50, 12
	c := natstest.Start(b, natstest.Options{Lazy: true})
	j := mustOpen(b, c.URL, natsstore.JournalOptions{Streams: 1, Unsafe: true})
	all := someIn(part, finished+running)
	for range j.Running(b.Context(), part) {
		b.Fatal("the journal is not empty")
	}
	fill(b, j, all, length)
	runs := all[finished:]
	reads := func(b *testing.B, want int, read func() int) {
		for b.Loop() {
			if got := read(); got != want {
				b.Fatalf("got %d records, want %d", got, want)
			}
		}
		b.ReportMetric(float64(want), "records")
	}
	b.Run("scan", func(b *testing.B) {
		reads(b, len(all)*length, func() (n int) {
			for range j.ScanPartition(b.Context(), part) {
				n++
			}
			return n
		})
	})
	if err := j.Note(b.Context(), part, ids(runs...)); err != nil {
		b.Fatal(err)
	}
	b.Run("note", func(b *testing.B) {
		reads(b, running*length, func() (n int) {
			for range j.Running(b.Context(), part) {
				n++
			}
			return n
		})
	})
}

// fill plays tables, of which 500 run at a time.
func fill(b *testing.B, j opened, all []table.ID, length int) {
	b.Helper()
	todo := make(chan table.ID)
	var playing sync.WaitGroup
	for range 500 {
		playing.Go(func() {
			for id := range todo {
				for seq := range table.Seq(length) {
					if err := j.Append(b.Context(), id, seq, moves(id, seq, 1, "bench")); err != nil {
						b.Error(err)
						return
					}
				}
			}
		})
	}
	begin := time.Now()
	for _, id := range all {
		todo <- id
	}
	close(todo)
	playing.Wait()
	b.Logf("%d records in %v", len(all)*length, time.Since(begin).Round(time.Second))
}
