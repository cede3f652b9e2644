package clustertest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"kibitz/internal/cluster"
)

// Leases checks that what fresh returns, empty at first, keeps the contract.
func Leases(t *testing.T, fresh func(t *testing.T) cluster.Leases) {
	runAll(t, fresh, []part[cluster.Leases]{
		{"epochs grow", leaseEpochs},
		{"a stale lease changes nothing", leaseStale},
		{"one of many wins", leaseRace},
		{"a watcher sees what is, and what comes", leaseWatch},
		{"a watcher ends with its context", leaseWatchDone},
		{"one can be read", leaseRead},
	})
}

var seen = time.UnixMilli(1_700_000_000_123).UTC()

func mustAssign(t *testing.T, l cluster.Leases, was cluster.Lease, to cluster.NodeID) cluster.Lease {
	t.Helper()
	next, err := l.Assign(patient(t), was, to, seen)
	if err != nil {
		t.Fatalf("assign %d to %q: %v", was.Partition, to, err)
	}
	return next
}

func leaseEpochs(t *testing.T, l cluster.Leases) {
	for _, p := range []int{0, 7, 255} {
		was := cluster.Lease{Partition: p}
		for _, to := range []cluster.NodeID{"a-1", "b-2", "b-2", "", "a-1"} {
			next := mustAssign(t, l, was, to)
			want := cluster.Lease{Partition: p, Owner: to, Epoch: next.Epoch, Seen: seen}
			if next != want || next.Epoch <= was.Epoch {
				t.Errorf("after %+v: got %+v, want %+v", was, next, want)
			}
			was = next
		}
	}
}

func leaseStale(t *testing.T, l cluster.Leases) {
	none := cluster.Lease{Partition: 3}
	first := mustAssign(t, l, none, "a")
	second := mustAssign(t, l, first, "b")
	for _, was := range []cluster.Lease{none, first, {Partition: 3, Epoch: second.Epoch + 1}, {Partition: 4, Epoch: first.Epoch}} {
		if _, err := l.Assign(patient(t), was, "c", seen); !errors.Is(err, cluster.ErrTaken) {
			t.Errorf("assign after %+v: got %v, want ErrTaken", was, err)
		}
	}
	mustAssign(t, l, second, "d")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.Assign(ctx, none, "e", seen); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}

func leaseRace(t *testing.T, l cluster.Leases) {
	was := cluster.Lease{Partition: 9}
	for round := range 5 {
		const nodes = 8
		var got [nodes]cluster.Lease
		var errs [nodes]error
		var wg sync.WaitGroup
		for n := range nodes {
			wg.Go(func() { got[n], errs[n] = l.Assign(patient(t), was, cluster.NodeID(fmt.Sprint("n", n)), seen) })
		}
		wg.Wait()
		winners := 0
		for n, err := range errs {
			if err == nil {
				winners++
				was = got[n]
			} else if !errors.Is(err, cluster.ErrTaken) {
				t.Errorf("round %d, node %d: got %v, want ErrTaken", round, n, err)
			}
		}
		if winners != 1 {
			t.Fatalf("round %d has %d winners", round, winners)
		}
	}
}

// awaitLeases watches until the leases are as wanted, and ends the watch.
func awaitLeases(t *testing.T, l cluster.Leases, then func(n int), want map[int]cluster.Lease) {
	t.Helper()
	got := make(map[int]cluster.Lease)
	n := 0
	for leases, err := range l.Watch(patient(t)) {
		if err != nil {
			t.Fatal(err)
		}
		for _, lease := range leases {
			if lease.Epoch < got[lease.Partition].Epoch {
				t.Errorf("%+v comes after %+v", lease, got[lease.Partition])
			}
			got[lease.Partition] = lease
		}
		if n++; then != nil {
			then(n)
		}
		if fmt.Sprint(got) == fmt.Sprint(want) {
			return
		}
	}
	t.Fatalf("got %v, want %v", got, want)
}

func leaseWatch(t *testing.T, l cluster.Leases) {
	want := map[int]cluster.Lease{}
	awaitLeases(t, l, nil, want)
	for p := range 5 {
		want[p] = mustAssign(t, l, cluster.Lease{Partition: p}, "a")
	}
	want[2] = mustAssign(t, l, want[2], "b")
	awaitLeases(t, l, func(n int) {
		if n == 1 {
			want[3] = mustAssign(t, l, want[3], "b")
			want[200] = mustAssign(t, l, cluster.Lease{Partition: 200}, "c")
			want[3] = mustAssign(t, l, want[3], "")
		}
	}, want)
}

func leaseRead(t *testing.T, l cluster.Leases) {
	first := mustAssign(t, l, cluster.Lease{Partition: 5}, "a")
	want := mustAssign(t, l, first, "b")
	for _, want := range []cluster.Lease{want, {Partition: 6}} {
		var got cluster.Lease
		var err error
		for ctx := patient(t); ctx.Err() == nil && got != want; { // a replica may be behind
			got, err = l.Read(ctx, want.Partition)
		}
		if got != want || err != nil {
			t.Errorf("got %+v, %v; want %+v", got, err, want)
		}
	}
}

func leaseWatchDone(t *testing.T, l cluster.Leases) {
	ctx, cancel := context.WithCancel(patient(t))
	defer cancel()
	for _, err := range l.Watch(ctx) {
		if err != nil {
			t.Fatalf("got %v, want an end without an error", err)
		}
		cancel()
	}
}
