package host

import (
	"context"
	"iter"
	"sync"
	"time"

	"kibitz/internal/table"
)

// filter is the Index of a journal that has none.
type filter struct{ journal table.Journal }

func (f filter) Running(ctx context.Context, partition int) iter.Seq2[table.Record, error] {
	return func(yield func(table.Record, error) bool) {
		for r, err := range f.journal.Scan(ctx) {
			if (err != nil || r.Table.Partition() == partition) && !yield(r, err) {
				return
			}
		}
	}
}

func (filter) Note(context.Context, int, func() ([]table.ID, error)) error { return nil }

func (filter) Carry(context.Context, table.ID) error { return nil }

// note tells the index every so often which tables run.
func (h *Host) note(ctx context.Context) {
	ticker := time.NewTicker(h.cfg.NoteEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
		for p := range table.Partitions {
			if ctx.Err() == nil {
				h.notePartition(ctx, p)
			}
		}
	}
}

// notePartition does so for one partition. That a note is old costs time at the
// next takeover, and nothing else.
func (h *Host) notePartition(ctx context.Context, p int) {
	before := h.shareOf(p)
	if before.state != ours {
		return
	}
	err := h.cfg.Index.Note(ctx, p, func() ([]table.ID, error) {
		all := h.mayRun(p)
		if h.shareOf(p) != before { // it has let go of some
			return nil, errMoving
		}
		return all, nil
	})
	if err != nil && ctx.Err() == nil && h.shareOf(p) == before {
		h.cfg.Log.Warn("it is not noted which tables run", "partition", p, "err", err)
	}
}

func (h *Host) shareOf(p int) share {
	h.gate.RLock()
	defer h.gate.RUnlock()
	return h.shares[p]
}

// mayRun returns all tables of a partition that are not known to be over. Those
// that are being made are asked for first: they become the keepers'.
func (h *Host) mayRun(p int) []table.ID {
	all := h.making.of(p)
	for _, k := range h.keepersOf(p) {
		if !k.ended.Load() {
			all = append(all, k.id)
		}
	}
	return all
}

// making are the tables of which a first record may be stored, and which no
// keeper has yet.
type making struct {
	mu  sync.Mutex
	all [table.Partitions]map[table.ID]makingState
}

// makingState says whether a table is being made, or was left half made.
type makingState bool

const (
	underWay makingState = true
	left     makingState = false
)

func (m *making) set(id table.ID, s makingState) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := id.Partition()
	if m.all[p] == nil {
		m.all[p] = make(map[table.ID]makingState)
	}
	m.all[p][id] = s
}

// done notes that a keeper has the table, or that it was not made.
func (m *making) done(id table.ID) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.all[id.Partition()], id)
}

func (m *making) of(p int) []table.ID {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []table.ID
	for id := range m.all[p] {
		all = append(all, id)
	}
	return all
}

// clear forgets what was left half made: whoever takes the partition over finds
// it in the journal.
func (m *making) clear(p int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for id, s := range m.all[p] {
		if s == left {
			delete(m.all[p], id)
		}
	}
}

// makingPause is the time between two looks whether tables are made.
const makingPause = 5 * time.Millisecond

// settle waits until nothing of a partition is being made.
func (m *making) settle(ctx context.Context, p int) {
	for m.underWay(p) && sleep(ctx, makingPause) {
		continue
	}
}

func (m *making) underWay(p int) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range m.all[p] {
		if s == underWay {
			return true
		}
	}
	return false
}
