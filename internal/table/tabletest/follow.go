package tabletest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// partition is the one that the tests follow.
const partition = 7

// weave appends to two tables of the partition in turn, and to one outside,
// and returns what a follower must see.
func (h *harness) weave(rounds int) []table.Record {
	h.t.Helper()
	var want []table.Record
	a, b, other := idIn(partition, 0), idIn(partition, 1), idIn(partition+1, 0)
	for i := range rounds {
		want = append(want, h.mustAppend(a, table.Seq(2*i), 2)...)
		h.mustAppend(other, table.Seq(i), 1)
		want = append(want, h.mustAppend(b, table.Seq(i), 1)...)
	}
	return want
}

func followStored(t *testing.T, h *harness) {
	want := h.weave(10)
	entries := h.take(partition, 0, len(want))
	wantRecords(t, "follow", recordsOf(entries), want)
	if entries[0].Position == 0 {
		t.Error("the first record is at position 0, which is before it")
	}
}

func followLive(t *testing.T, h *harness) {
	const n = 50
	id := idIn(partition, 0)
	first := h.mustAppend(id, 0, 1)
	ctx := patient(t)
	var got []table.Record
	for e, err := range h.j.Follow(ctx, partition, 0) {
		if err != nil {
			t.Fatal(err)
		}
		if got = append(got, e.Record); len(got) == n {
			break
		}
		// The follower stands at the end: only what comes next can go on.
		h.mustAppend(idIn(partition+1, 0), table.Seq(len(got)-1), 1)
		h.mustAppend(id, table.Seq(len(got)), 1)
	}
	wantRecords(t, "follow", got, append(first, records(id, 1, n-1)...))
}

func followResume(t *testing.T, h *harness) {
	want := h.weave(4)
	entries := h.take(partition, 0, len(want))
	for i, e := range entries[:len(entries)-1] {
		rest := h.take(partition, e.Position, len(want)-i-1)
		wantRecords(t, fmt.Sprintf("follow after entry %d", i), recordsOf(rest), want[i+1:])
		if rest[0].Position != entries[i+1].Position {
			t.Errorf("entry %d is at position %d, and was at %d", i+1, rest[0].Position, entries[i+1].Position)
		}
	}
}

func manyFollowers(t *testing.T, h *harness) {
	const followers, rounds = 16, 20
	ctx := patient(t)
	got := make([][]table.Entry, followers)
	errs := make([]error, followers)
	var wg sync.WaitGroup
	for i := range followers {
		wg.Go(func() { got[i], errs[i] = take(ctx, h.j, follow{partition, 0, 3 * rounds}) })
	}
	want := h.weave(rounds)
	wg.Wait()
	for i := range followers {
		if errs[i] != nil {
			t.Fatalf("follower %d: %v", i, errs[i])
		}
		wantRecords(t, fmt.Sprintf("follower %d", i), recordsOf(got[i]), want)
	}
}

func slowFollower(t *testing.T, h *harness) {
	want := h.weave(2)
	appended := false
	var got []table.Record
	for e, err := range h.j.Follow(patient(t), partition, 0) {
		if err != nil {
			t.Fatal(err)
		}
		if !appended { // the reader stands still while others append
			want = append(want, h.mustAppend(idIn(partition, 2), 0, 500)...)
			appended = true
		}
		if got = append(got, e.Record); len(got) == len(want) {
			break
		}
	}
	wantRecords(t, "follow", got, want)
}

func followDone(t *testing.T, h *harness) {
	h.mustAppend(idIn(partition, 0), 0, 1)
	ctx, cancel := context.WithCancel(patient(t))
	defer cancel()
	for _, err := range h.j.Follow(ctx, partition, 0) {
		if err != nil {
			t.Fatalf("got %v, want an end without an error", err)
		}
		cancel()
	}
	for e, err := range h.j.Follow(ctx, partition, 0) {
		t.Errorf("a done context still gave %+v, %v", e, err)
	}
}

func followNowhere(t *testing.T, h *harness) {
	for _, p := range []int{-1, table.Partitions} {
		_, err := take(patient(t), h.j, follow{p, 0, 1})
		if !errors.Is(err, game.ErrMalformed) {
			t.Errorf("partition %d: got %v, want ErrMalformed", p, err)
		}
	}
}
