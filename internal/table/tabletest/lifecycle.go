package tabletest

import (
	"context"
	"errors"
	"sync"
	"testing"

	"kibitz/internal/table"
)

func forget(t *testing.T, h *harness) {
	if err := h.j.Forget(patient(t), anyID(0)); err != nil {
		t.Errorf("forgetting an unknown table: %v", err)
	}
	want := h.fill(6, 3)
	for _, n := range []int{0, 3, 5} {
		h.mustForget(anyID(n))
		delete(want, anyID(n))
	}
	if h.storage.ForgetsLater {
		return
	}
	h.wantScan(want)
	h.wantUnknown(anyID(3))
	h.wantAppend(anyID(3), 6, records(anyID(3), 6, 1), table.ErrConflict)
	h.mustForget(anyID(3))
	want[anyID(3)] = h.mustAppend(anyID(3), 0, 2)
	h.wantScan(want)
	for id := range want {
		h.wantRead(id, 0, want[id])
	}
}

func (h *harness) mustForget(id table.ID) {
	h.t.Helper()
	if err := h.j.Forget(patient(h.t), id); err != nil {
		h.t.Fatalf("forget %s: %v", id, err)
	}
}

// forgetAndFollow forgets one table in the middle of following another.
func forgetAndFollow(t *testing.T, h *harness) {
	kept, gone := idIn(partition, 0), idIn(partition, 1)
	const n = 40
	for i := range n / 2 {
		h.mustAppend(kept, table.Seq(i), 1)
		h.mustAppend(gone, table.Seq(i), 1)
	}
	var got []table.Record
	for e, err := range h.j.Follow(patient(t), partition, 0) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Record.Table == gone {
			continue
		}
		if got = append(got, e.Record); len(got) == n {
			break
		}
		if len(got) == 5 {
			h.mustForget(gone)
			h.mustAppend(kept, n/2, n/2)
		}
	}
	wantRecords(t, "follow", got, records(kept, 0, n))
}

func closed(t *testing.T, h *harness) {
	id := idIn(partition, 0)
	h.mustAppend(id, 0, 1)
	ctx := patient(t)
	started, ended := make(chan struct{}), make(chan error, 1)
	var once sync.Once
	go func() {
		var last error
		for _, err := range h.j.Follow(ctx, partition, 0) {
			last = err
			once.Do(func() { close(started) })
		}
		ended <- last
	}()
	<-started
	j := h.j
	h.close()
	if err := <-ended; !errors.Is(err, table.ErrStopped) {
		t.Errorf("follow over the close: got %v, want ErrStopped", err)
	}
	_, readErr := j.Read(ctx, id, 0)
	_, followErr := take(ctx, j, follow{partition, 0, 1})
	var scanErr error
	for _, scanErr = range j.Scan(ctx) {
	}
	for name, err := range map[string]error{
		"append": j.Append(ctx, id, 1, records(id, 1, 1)),
		"forget": j.Forget(ctx, id),
		"read":   readErr, "scan": scanErr, "follow": followErr,
	} {
		if !errors.Is(err, table.ErrStopped) {
			t.Errorf("%s after the close: got %v, want ErrStopped", name, err)
		}
	}
	if err := j.Close(); err != nil {
		t.Errorf("second close: %v", err)
	}
}

func contextDone(t *testing.T, h *harness) {
	id := anyID(1)
	h.mustAppend(id, 0, 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, readErr := h.j.Read(ctx, id, 0)
	var scanErr error
	for _, scanErr = range h.j.Scan(ctx) {
	}
	for name, err := range map[string]error{
		"append": h.j.Append(ctx, id, 1, records(id, 1, 1)),
		"read":   readErr, "scan": scanErr,
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v, want context.Canceled", name, err)
		}
	}
	// Whether the append took place is unknown until the table is read.
	got, err := h.j.Read(patient(t), id, 0)
	if err != nil {
		t.Fatal(err)
	}
	wantRecords(t, "read", got, records(id, 0, len(got)))
	h.mustAppend(id, table.Seq(len(got)), 1)
}

func restart(t *testing.T, h *harness) {
	want := h.fill(9, 5)
	for range 2 {
		h.restart()
		h.wantScan(want)
		for id := range want {
			h.wantRead(id, 0, want[id])
			h.wantAppend(id, 1, records(id, 1, 1), table.ErrConflict)
			want[id] = append(want[id], h.mustAppend(id, table.Seq(len(want[id])), 2)...)
		}
	}
}

// followRestart wants every record after a restart; those before the position
// may come twice, as the contract has it.
func followRestart(t *testing.T, h *harness) {
	want := h.weave(5)
	entries := h.take(partition, 0, len(want))
	h.restart()
	id := idIn(partition, 0)
	want = append(want, h.mustAppend(id, 10, 3)...)
	const seen = 6
	missing := make(map[[2]any]bool)
	for _, r := range want[seen:] {
		missing[[2]any{r.Table, r.Seq}] = true
	}
	last := make(map[table.ID]table.Seq)
	for e, err := range h.j.Follow(patient(t), partition, entries[seen-1].Position) {
		if err != nil {
			t.Fatal(err)
		}
		r := e.Record
		if before, ok := last[r.Table]; ok && r.Seq != before+1 {
			t.Fatalf("record %d of %s comes after %d", r.Seq, r.Table, before)
		}
		last[r.Table] = r.Seq
		if delete(missing, [2]any{r.Table, r.Seq}); len(missing) == 0 {
			break
		}
	}
	if len(missing) != 0 {
		t.Errorf("never came: %v", missing)
	}
}

func forgetRestart(t *testing.T, h *harness) {
	want := h.fill(4, 3)
	h.mustForget(anyID(1))
	delete(want, anyID(1))
	if !h.storage.ForgetsLater {
		h.mustForget(anyID(2))
		want[anyID(2)] = h.mustAppend(anyID(2), 0, 1)
	}
	h.restart()
	if h.storage.ForgetsLater {
		return
	}
	h.wantScan(want)
	h.wantUnknown(anyID(1))
}
