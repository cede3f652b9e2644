package host

import (
	"context"
	"runtime"
	"sync"

	"kibitz/internal/table"
)

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
