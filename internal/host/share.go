package host

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"kibitz/internal/table"
)

// shares is how a host that shares its journal stands to every partition.
type shares [table.Partitions]share

type share struct {
	state ownership
	// epoch is that of the lease, 0 while it is foreign.
	epoch uint64
}

type ownership uint8

const (
	foreign ownership = iota
	taking
	ours
)

// owns reports whether the tables of a partition are this host's. Its caller
// holds the gate.
func (h *Host) owns(id table.ID) bool {
	return !h.cfg.Shared || h.shares[id.Partition()].state == ours
}

func (h *Host) keeps(id table.ID) bool {
	h.gate.RLock()
	defer h.gate.RUnlock()
	return h.owns(id)
}

// moved is what those are told who ask for what another host has.
func (h *Host) moved() error {
	if h.cfg.Shared {
		return errMoving
	}
	return ErrMoved
}

// Owned returns how many partitions are this host's.
func (h *Host) Owned() int {
	h.gate.RLock()
	defer h.gate.RUnlock()
	n := 0
	for _, s := range h.shares {
		if s.state == ours {
			n++
		}
	}
	return n
}

// Tenure is what a host owns a partition by.
type Tenure struct {
	Partition int
	// Epoch grows with every owner of the partition.
	Epoch uint64
	// Alive is the last sign of life of the owner before.
	Alive time.Time
}

// TakeOver makes a partition this host's: it reads the running tables from the
// journal and claims them, with their clocks held since the last sign of life of
// the host before. From then on every append of that host conflicts. After an
// error it may be called again. It is for hosts that share a journal; calls for
// one partition, Release included, come one after the other.
func (h *Host) TakeOver(ctx context.Context, t Tenure) error {
	if !h.setShare(t.Partition, share{state: taking, epoch: t.Epoch}) {
		return ErrStopping
	}
	h.making.clear(t.Partition)
	tables, err := h.scanPartition(ctx, t.Partition)
	if err == nil {
		tables, err = h.claim(ctx, tables, t.claim)
	}
	if err != nil {
		h.setShare(t.Partition, share{})
		return fmt.Errorf("take over partition %d: %w", t.Partition, err)
	}
	h.gate.Lock()
	defer h.gate.Unlock()
	if h.phase != serving {
		return ErrStopping
	}
	for _, one := range tables {
		_ = h.keeper(one.ID()).push(recovered{one}, unbounded) // it is new, and takes it
	}
	h.shares[t.Partition].state = ours
	return nil
}

// claim is how tables are claimed in a tenure.
func (t Tenure) claim(one *table.Table, now time.Time) ([]table.Record, error) {
	return one.TakeOver(t.Epoch, t.Alive, now)
}

func (h *Host) setShare(partition int, s share) bool {
	h.gate.Lock()
	defer h.gate.Unlock()
	h.shares[partition] = s
	return h.phase == serving
}

// epoch is that by which this host owns the partition of a table, 0 when it does
// not.
func (h *Host) epoch(id table.ID) uint64 {
	h.gate.RLock()
	defer h.gate.RUnlock()
	return h.shares[id.Partition()].epoch
}

// scanPartition folds the records of a partition into tables, and returns those
// whose game runs.
func (h *Host) scanPartition(ctx context.Context, partition int) ([]*table.Table, error) {
	s := newScanner(h)
	for r, err := range h.cfg.Index.Running(ctx, partition) {
		if err != nil {
			return nil, err
		}
		s.fold([]table.Record{r})
	}
	return s.running(), ctx.Err()
}

// Release lets a partition go: it takes nothing new for its tables, lets them
// finish what is in their inboxes, and tells their sockets that they have
// moved. When it returns without ctx being done, nothing of it is appended any
// more.
func (h *Host) Release(ctx context.Context, partition int) {
	h.notePartition(ctx, partition) // so that little is to be read after it
	h.setShare(partition, share{})
	h.making.settle(ctx, partition)
	var leaving sync.WaitGroup
	for _, k := range h.keepersOf(partition) {
		s := surrender{done: sync.OnceFunc(leaving.Done)}
		leaving.Add(1)
		if k.push(s, unbounded) != nil {
			s.done() // it is gone
		}
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		leaving.Wait()
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
}

func (h *Host) keepersOf(partition int) []*keeper {
	h.mu.RLock()
	defer h.mu.RUnlock()
	var all []*keeper
	for id, k := range h.keepers {
		if id.Partition() == partition {
			all = append(all, k)
		}
	}
	return all
}

// surrender makes a keeper let go of its table.
type surrender struct{ done func() }

func (s surrender) handle(k *keeper) {
	_ = k.letGo(errMoving)
	s.done()
}

func (s surrender) refuse(*keeper, error) { s.done() }

// minter draws ids of tables for which a condition holds.
type minter struct {
	random io.Reader
	fit    func(table.ID) bool
}

// mintTries is how many ids are drawn: one partition alone is missed by all of
// them once in 10 million times.
const mintTries = 16 * table.Partitions

func (m minter) next() (table.ID, error) {
	for range mintTries {
		id, err := table.NewID(m.random)
		if err != nil || m.fit(id) {
			return id, err
		}
	}
	return "", fmt.Errorf("%w: this server has no partition for new tables", ErrBusy)
}

// beside returns the condition for the id of a rematch. Where hosts share a
// journal, it lies where its table does, so that whoever has that makes the
// same.
func (k *keeper) beside() func(table.ID) bool {
	return func(id table.ID) bool { return !k.host.cfg.Shared || id.Partition() == k.id.Partition() }
}
