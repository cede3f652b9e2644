package host

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"time"

	"kibitz/internal/table"
)

// Recover reads the journal, takes the running tables into memory with their
// clocks held since the former life of the node, and begins to serve. It must
// be called once. Until it returns, everybody gets ErrStarting.
func (h *Host) Recover(ctx context.Context) error {
	alive, err := h.cfg.Pulse.Last()
	if err != nil {
		return fmt.Errorf("recover: pulse: %w", err)
	}
	tables, err := h.scan(ctx)
	if err != nil {
		return fmt.Errorf("recover: %w", err)
	}
	if err := h.claim(ctx, tables, alive); err != nil {
		return fmt.Errorf("recover: %w", err)
	}
	// The first beat comes after the claims: a crash before it finds the
	// former life's last beat again.
	if err := h.cfg.Pulse.Beat(h.now()); err != nil {
		return fmt.Errorf("recover: pulse: %w", err)
	}
	return h.serve(tables)
}

// serve hands out the tables, starts what runs as long as the host, and opens
// the gate.
func (h *Host) serve(tables []*table.Table) error {
	h.gate.Lock()
	defer h.gate.Unlock()
	if h.phase != starting {
		return ErrStopping
	}
	for _, t := range tables {
		_ = h.keeper(t.ID()).push(recovered{t}, unbounded) // it is new, and takes it
	}
	h.loops.Go(func() { h.alarms.run(h.life) })
	h.loops.Go(func() { h.beat(h.life) })
	for range h.cfg.Thinkers {
		h.loops.Go(func() { h.thinker(h.life) })
	}
	h.phase = serving
	return nil
}

// recovered brings a keeper its table after a restart.
type recovered struct{ t *table.Table }

func (r recovered) handle(k *keeper)    { k.adopt(r.t) }
func (recovered) refuse(*keeper, error) {}

// beat notes that the node is alive, while it can do something for a player.
func (h *Host) beat(ctx context.Context) {
	ticker := time.NewTicker(h.cfg.BeatEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
		if h.Healthy() != nil {
			continue
		}
		if err := h.cfg.Pulse.Beat(h.now()); err != nil {
			h.cfg.Log.Error("the pulse stumbles", "err", err)
		}
	}
}

// scan folds the whole journal into tables, on every processor, and returns
// those whose game runs. A table that cannot be read is logged and left out.
func (h *Host) scan(ctx context.Context) ([]*table.Table, error) {
	workers := make([]*scanner, runtime.GOMAXPROCS(0))
	var done sync.WaitGroup
	for i := range workers {
		workers[i] = newScanner(h)
		done.Go(workers[i].run)
	}
	var err error
	for r, e := range h.cfg.Journal.Scan(ctx) {
		if err = e; err != nil {
			break
		}
		workers[r.Table.Partition()%len(workers)].feed(r)
	}
	for _, w := range workers {
		w.close()
	}
	done.Wait()
	var running []*table.Table
	for _, w := range workers {
		running = append(running, w.running()...)
	}
	return running, err
}

// scanBatch is how many records go to a scanner at a time.
const scanBatch = 256

// scanner folds the records of some of the tables.
type scanner struct {
	host    *Host
	pending []table.Record
	batches chan []table.Record
	// tables has nil for what cannot be read.
	tables map[table.ID]*table.Table
}

func newScanner(h *Host) *scanner {
	return &scanner{
		host:    h,
		batches: make(chan []table.Record, 4),
		tables:  make(map[table.ID]*table.Table),
	}
}

func (s *scanner) feed(r table.Record) {
	if s.pending == nil {
		s.pending = make([]table.Record, 0, scanBatch)
	}
	if s.pending = append(s.pending, r); len(s.pending) == scanBatch {
		s.batches <- s.pending
		s.pending = nil
	}
}

func (s *scanner) close() {
	s.batches <- s.pending
	close(s.batches)
}

func (s *scanner) run() {
	for batch := range s.batches {
		for i := range batch {
			s.fold(batch[i : i+1])
		}
	}
}

func (s *scanner) fold(record []table.Record) {
	id := record[0].Table
	t, known := s.tables[id]
	var err error
	switch {
	case !known:
		t, err = table.Load(s.host.cfg.Catalog, record)
	case t == nil:
		return
	default:
		_, err = t.Apply(record, nil)
	}
	if err != nil {
		s.host.cfg.Log.Error("a table cannot be recovered", "table", id, "seq", record[0].Seq, "err", err)
		t = nil
	}
	s.tables[id] = t
}

func (s *scanner) running() []*table.Table {
	var all []*table.Table
	for _, t := range s.tables {
		if t != nil && !t.Result().Over() {
			all = append(all, t)
		}
	}
	return all
}

// claimers is how many tables are claimed at a time, so that the journal can
// write them in groups.
const claimers = 1024

// claim takes tables over, with the clocks held since alive.
func (h *Host) claim(ctx context.Context, tables []*table.Table, alive time.Time) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	todo := make(chan *table.Table)
	var done sync.WaitGroup
	for range min(claimers, len(tables)) {
		done.Go(func() {
			for t := range todo {
				if err := h.claimOne(ctx, t, alive); err != nil {
					cancel(fmt.Errorf("claim %s: %w", t.ID(), err))
				}
			}
		})
	}
	for _, t := range tables {
		todo <- t
	}
	close(todo)
	done.Wait()
	return context.Cause(ctx)
}

func (h *Host) claimOne(ctx context.Context, t *table.Table, alive time.Time) error {
	if ctx.Err() != nil {
		return nil
	}
	records, err := t.Claim(alive, h.now())
	if err != nil || len(records) == 0 {
		return err
	}
	if err := h.cfg.Journal.Append(ctx, t.ID(), t.Seq(), records); err != nil {
		return err
	}
	_, err = t.Apply(records, nil)
	return err
}
