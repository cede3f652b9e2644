package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"kibitz/internal/table"
)

// leaseSubject is where nodes tell each other which leases they have assigned. It
// is faster than a watch of what is stored, which stands still for long when the
// server fails that it comes from; but the watch misses nothing.
const leaseSubject = "lease"

// leaseBuffer is how many such news may wait: all leases, several times.
const leaseBuffer = 16 * table.Partitions

// learn takes leases into the map, unless later ones are known.
func (w *Watcher) learn(leases ...Lease) {
	w.mu.Lock()
	for _, l := range leases {
		if l.Partition >= 0 && l.Partition < len(w.m) && l.Epoch > w.m[l.Partition].Epoch {
			w.m[l.Partition] = l
		}
	}
	w.mu.Unlock()
	w.tell()
}

// spread tells everybody of a lease.
func (w *Watcher) spread(l Lease) {
	w.learn(l)
	b, err := json.Marshal(l)
	if err == nil {
		err = w.cfg.Bus.Publish(leaseSubject, b)
	}
	if err != nil {
		w.cfg.Log.Warn("a lease cannot be told", "err", err)
	}
}

// hearLeases listens to what others tell.
func (w *Watcher) hearLeases(ctx context.Context) error {
	news, err := w.cfg.Bus.Subscribe(leaseSubject, leaseBuffer)
	if err != nil {
		return err
	}
	defer news.Close()
	for {
		msg, err := news.Next(ctx)
		if err != nil {
			return err
		}
		var l Lease
		if err := json.Unmarshal(msg.Data, &l); err != nil {
			w.cfg.Log.Warn("news of a lease make no sense", "err", err)
			continue
		}
		w.mu.Lock()
		ready := w.ready // before, the map is not whole, and nobody acts on it
		w.mu.Unlock()
		if ready {
			w.learn(l)
		}
	}
}

// assign gives a partition to a node, and tells everybody; or finds out who has it,
// when that is somebody else.
func (w *Watcher) assign(ctx context.Context, was Lease, to NodeID, seen time.Time) error {
	ctx, cancel := context.WithTimeout(ctx, w.cfg.BeatEvery)
	defer cancel()
	l, err := w.cfg.Leases.Assign(ctx, was, to, seen)
	if err == nil {
		w.spread(l)
		return nil
	}
	if errors.Is(err, ErrTaken) {
		if l, failed := w.cfg.Leases.Read(ctx, was.Partition); failed == nil {
			w.learn(l)
		}
	}
	return err
}
