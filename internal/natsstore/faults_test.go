package natsstore_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"kibitz/internal/natsstore"
	"kibitz/internal/natsstore/natstest"
	"kibitz/internal/table"
)

// author appends to one table, beside others, and notes what it was told.
type author struct {
	name  string
	j     table.Journal
	id    table.ID
	acked map[table.Seq]bool
	// longest is how long an append took at most.
	longest time.Duration
}

// write appends until ctx is done. After a conflict, or an outcome that it does
// not know, it reads.
func (a *author) write(ctx context.Context, t *testing.T) {
	var last table.Seq
	for ctx.Err() == nil {
		begin := time.Now()
		err := a.j.Append(context.Background(), a.id, last, moves(a.id, last, 1, a.name))
		a.longest = max(a.longest, time.Since(begin))
		if err == nil {
			last++
			a.acked[last] = true
			continue
		}
		if !errors.Is(err, table.ErrConflict) {
			t.Errorf("%s at %d of %s: %v", a.name, last, a.id, err)
			return
		}
		got, err := a.j.Read(context.Background(), a.id, last)
		if err != nil {
			t.Errorf("%s reads %s: %v", a.name, a.id, err)
			return
		}
		last += table.Seq(len(got))
	}
}

// TestFaults kills and freezes servers, leaders above all, while two nodes
// fight for the same tables and a third follows. Nothing that was acknowledged
// is lost, nothing is there twice, and the follower misses nothing.
func TestFaults(t *testing.T) {
	t.Parallel() // most of it is waiting
	if testing.Short() {
		t.Skip("it waits for elections")
	}
	const tables = 4
	c := natstest.Start(t, natstest.Options{Servers: 3})
	o := natsstore.JournalOptions{Streams: 1, Patience: time.Minute}
	first, second, reader := mustOpen(t, c.URL, o), mustOpen(t, c.URL, o), mustOpen(t, c.URL, o)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var writing sync.WaitGroup
	var authors []*author
	for n := range tables {
		id := table.ID(fmt.Sprintf("F%07d", n))
		for i, j := range []table.Journal{first, second} {
			a := &author{name: fmt.Sprint("node", i), j: j, id: id, acked: make(map[table.Seq]bool)}
			authors = append(authors, a)
			writing.Go(func() { a.write(ctx, t) })
		}
	}
	followed := follow(t, reader, table.ID("F0000000"))
	for _, fault := range []struct {
		name       string
		begin, end func(*natstest.Server)
	}{
		{"the leader is killed", (*natstest.Server).Kill, func(s *natstest.Server) { s.Start(t) }},
		{"the leader is frozen", (*natstest.Server).Freeze, (*natstest.Server).Thaw},
	} {
		time.Sleep(500 * time.Millisecond)
		leader := c.Leader(t, "TABLES_0")
		if leader == nil {
			t.Fatal("nobody leads")
		}
		fault.begin(leader)
		recovered(t, first, fault.name)
		fault.end(leader)
		c.Await(t)
	}
	stop()
	writing.Wait()
	var longest time.Duration
	for _, a := range authors {
		longest = max(longest, a.longest)
	}
	t.Logf("the longest append took %v", longest)
	for n := range tables {
		check(t, reader, authors[2*n], authors[2*n+1])
	}
	got, err := reader.Read(t.Context(), "F0000000", 0)
	if err != nil {
		t.Fatal(err)
	}
	followed(len(got))
}

// recovered appends to a table of its own, and returns when that works again.
func recovered(t *testing.T, j table.Journal, what string) {
	t.Helper()
	begin := time.Now()
	id := table.ID(fmt.Sprintf("R%07d", begin.UnixMilli()%10_000_000))
	mustAppend(t, j, id, 0, "recovered")
	t.Logf("%s: the next append took %v", what, time.Since(begin).Round(time.Millisecond))
}

// check compares a history with what its two authors were told.
func check(t *testing.T, j table.Journal, a, b *author) {
	t.Helper()
	got, err := j.Read(t.Context(), a.id, 0)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range got {
		seq := table.Seq(i + 1)
		if r.Seq != seq {
			t.Fatalf("%s: record %d has number %d", a.id, seq, r.Seq)
		}
		by, other := a, b
		if string(r.Action) == b.name {
			by, other = b, a
		}
		if !by.acked[seq] || other.acked[seq] {
			t.Errorf("%s: record %d is by %s, who was told %v, and the other %v", a.id, seq, r.Action, by.acked[seq], other.acked[seq])
		}
	}
	if acked := len(a.acked) + len(b.acked); acked != len(got) {
		t.Errorf("%s: %d were acknowledged, and %d are stored", a.id, acked, len(got))
	}
	t.Logf("%s: %d records, %d of one and %d of the other", a.id, len(got), len(a.acked), len(b.acked))
}

// follow reads the partition of a table until it has seen so many records of
// it, which come in order.
func follow(t *testing.T, j table.Journal, id table.ID) (wait func(n int)) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	seen := make(chan table.Seq, 1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		var last table.Seq
		for e, err := range j.Follow(ctx, id.Partition(), 0) {
			if err != nil {
				t.Errorf("follow: %v", err)
				return
			}
			if e.Record.Table != id {
				continue
			}
			if e.Record.Seq != last+1 {
				t.Errorf("follow: record %d comes after %d", e.Record.Seq, last)
				return
			}
			last = e.Record.Seq
			select {
			case <-seen:
			default:
			}
			seen <- last
		}
	}()
	return func(n int) {
		t.Helper()
		defer func() { cancel(); <-done }()
		for {
			select {
			case last := <-seen:
				if last >= table.Seq(n) {
					return
				}
			case <-done:
				t.Errorf("the follower has ended")
				return
			case <-ctx.Done():
				t.Errorf("the follower never saw record %d", n)
				return
			}
		}
	}
}
