package walstore

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/table"
)

func TestQueueWindow(t *testing.T) {
	const ms = time.Millisecond
	rows := []struct {
		name   string
		wanted int
		come   []time.Duration // when the requests come
		took   time.Duration
		group  int
	}{
		{"a lone one does not wait", 1, []time.Duration{0}, 0, 1},
		{"nobody is wanted", 0, []time.Duration{0}, 0, 1},
		{"all are there", 3, []time.Duration{0, 0, 0}, 0, 3},
		{"the last one comes in time", 3, []time.Duration{0, ms / 4, ms / 2}, ms / 2, 3},
		{"one does not come", 3, []time.Duration{0, ms / 2, 5 * ms}, ms, 2},
		{"the window opens with the first", 2, []time.Duration{7 * ms, 10 * ms}, 8 * ms, 1},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q := newQueue()
				var senders sync.WaitGroup
				defer senders.Wait()
				for _, at := range row.come {
					senders.Go(func() {
						time.Sleep(at)
						if err := q.push(t.Context(), &request{count: 1}); err != nil {
							t.Error(err)
						}
					})
				}
				synctest.Wait()
				start := time.Now()
				group := q.take(nil, row.wanted, ms)
				if took := time.Since(start); took != row.took || len(group) != row.group {
					t.Errorf("got %d requests after %v, want %d after %v", len(group), took, row.group, row.took)
				}
			})
		})
	}
}

func TestQueueBounds(t *testing.T) {
	q := newQueue()
	for range maxQueued {
		if err := q.push(t.Context(), &request{count: 1}); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := q.push(ctx, &request{count: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("full queue: got %v, want the context's error", err)
	}
	if group := q.take(nil, 1, 0); len(group) != maxGroupRecords {
		t.Errorf("got a group of %d, want %d", len(group), maxGroupRecords)
	}
	if err := q.push(ctx, &request{count: 1}); err != nil {
		t.Errorf("a queue with room: got %v", err)
	}
	q.close()
	if err := q.push(t.Context(), &request{count: 1}); !errors.Is(err, table.ErrStopped) {
		t.Errorf("closed queue: got %v, want ErrStopped", err)
	}
	left := 0
	for group := q.take(nil, 1, time.Hour); len(group) > 0; group = q.take(nil, 1, time.Hour) {
		left += len(group)
	}
	if want := maxQueued - maxGroupRecords + 1; left != want {
		t.Errorf("a closed queue gave %d requests, want the %d that waited", left, want)
	}
}

func TestFit(t *testing.T) {
	of := func(count, size int) *request { return &request{count: count, item: make([]byte, size)} }
	rows := []struct {
		name    string
		waiting []*request
		want    int
	}{
		{"none", nil, 0},
		{"few", []*request{of(1, 100), of(2, 100)}, 2},
		{"just the bytes", []*request{of(1, maxGroupBytes-1), of(1, 1), of(1, 1)}, 2},
		{"just the records", []*request{of(maxGroupRecords-1, 9), of(1, 1), of(1, 1)}, 2},
		{"one that is over both by itself", []*request{of(2*maxGroupRecords, maxGroupBytes+40), of(1, 1)}, 1},
	}
	for _, row := range rows {
		if got := fit(row.waiting); got != row.want {
			t.Errorf("%s: got %d, want %d", row.name, got, row.want)
		}
	}
}
