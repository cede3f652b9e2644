package natsstore_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"kibitz/internal/natsstore"
	"kibitz/internal/natsstore/natstest"
	"kibitz/internal/table"
)

// stream is the only stream of a journal, as its servers see it.
func stream(t *testing.T, url string) jetstream.Stream {
	t.Helper()
	nc, err := nats.Connect(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	return must(js.Stream(t.Context(), "TABLES_0"))(t)
}

// carry carries a table over and over until a message has expired.
func carry(t *testing.T, j opened, s jetstream.Stream, id table.ID, expired uint64) {
	t.Helper()
	for {
		if err := j.Carry(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if _, err := s.GetMsg(t.Context(), expired); errors.Is(err, jetstream.ErrMsgNotFound) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
	}
}

// A table that is carried in time outlives the messages it was written with, and
// nobody sees a record twice.
func TestCarry(t *testing.T) {
	t.Parallel() // most of it is waiting
	c := natstest.Start(t, natstest.Options{})
	j := mustOpen(t, c.URL, natsstore.JournalOptions{Streams: 1, MaxAge: 5 * time.Second})
	s := stream(t, c.URL)
	const part = 9
	some := someIn(part, 2)
	id, other := some[0], some[1]
	wantRunning(t, j, part, map[table.ID]int{})
	for seq, by := range []string{"a", "b", "c"} {
		mustAppend(t, j, id, table.Seq(seq), by)
	}
	mustAppend(t, j, other, 0, "a")
	if m := must(s.GetMsg(t.Context(), 2))(t); m.Header.Get(jetstream.ExpectedLastSubjSeqHeader) != "1" {
		t.Errorf("a message does not say which one it follows: %v", m.Header)
	}
	followed := follow(t, j, id)
	check := func(what string, n int, others int) {
		t.Helper()
		got := make(map[table.ID]table.Seq)
		for r, err := range j.Scan(t.Context()) {
			if got[r.Table]++; err != nil || r.Seq != got[r.Table] {
				t.Fatalf("%s: scan: record %d of %s comes as its %dth (%v)", what, r.Seq, r.Table, got[r.Table], err)
			}
		}
		if int(got[id]) != n || int(got[other]) != others {
			t.Errorf("%s: scan: got %v, want %d and %d records", what, got, n, others)
		}
		for _, after := range []table.Seq{0, 1, table.Seq(n) - 1} {
			if records, err := j.Read(t.Context(), id, after); err != nil || len(records) != n-int(after) {
				t.Errorf("%s: read after %d: got %d records, %v, want %d", what, after, len(records), err, n-int(after))
			}
		}
	}
	if err := j.Carry(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	check("carried", 3, 1)
	mustAppend(t, j, id, 3, "d")
	check("gone on", 4, 1)
	carry(t, j, s, id, 4)
	if _, err := j.Read(t.Context(), other, 0); !errors.Is(err, table.ErrUnknownTable) {
		t.Errorf("a table that was not carried: %v, want %v", err, table.ErrUnknownTable)
	}
	check("the first messages have expired", 4, 0)
	mustAppend(t, j, id, 4, "e")
	check("and it goes on", 5, 0)
	next := mustOpen(t, c.URL, natsstore.JournalOptions{})
	wantRunning(t, next, part, map[table.ID]int{id: 5})
	mustAppend(t, next, id, 5, "f")
	check("at another node", 6, 0)
	followed(6)
	if err := j.Append(t.Context(), id, 5, moves(id, 5, 1, "old")); !errors.Is(err, table.ErrConflict) {
		t.Errorf("the old owner: %v, want %v", err, table.ErrConflict)
	}
}

// What a worker has not got is as old as its first record, whatever was carried.
func TestCarriedIsNotBehind(t *testing.T) {
	t.Parallel()
	j := mustOpen(t, natstest.Start(t, natstest.Options{}).URL, natsstore.JournalOptions{})
	id := idIn(9)
	mustAppend(t, j, id, 0, "a")
	var at table.Position
	for e, err := range j.Follow(t.Context(), 9, 0) {
		if err != nil {
			t.Fatal(err)
		}
		at = e.Position
		break
	}
	if err := j.Carry(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if oldest, err := j.Oldest(t.Context(), 9, at); err != nil || !oldest.IsZero() {
		t.Errorf("behind: got %v, %v, want nothing", oldest, err)
	}
}

// A history that fits into no message is refused, and the table goes on.
func TestCarryTooLarge(t *testing.T) {
	t.Parallel()
	j := mustOpen(t, natstest.Start(t, natstest.Options{}).URL, natsstore.JournalOptions{})
	id := idIn(9)
	noise := make([]byte, 700<<10)
	r := rand.NewChaCha8([32]byte{})
	for seq := range table.Seq(3) {
		_, _ = r.Read(noise)
		one := moves(id, seq, 1, "a")
		one[0].Data = slices.Clone(noise)
		if err := j.Append(t.Context(), id, seq, one); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Carry(t.Context(), id); !errors.Is(err, table.ErrTooLarge) {
		t.Errorf("got %v, want %v", err, table.ErrTooLarge)
	}
	mustAppend(t, j, id, 3, "b")
}
