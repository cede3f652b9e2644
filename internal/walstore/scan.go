package walstore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"kibitz/internal/table"
)

// Scan implements table.Journal. It reads in the order of the log.
func (s *Store) Scan(ctx context.Context) iter.Seq2[table.Record, error] {
	return func(yield func(table.Record, error) bool) {
		if err := s.usable(ctx); err != nil {
			yield(table.Record{}, err)
			return
		}
		snap := s.snapshot()
		defer snap.release()
		sc := scanner{ctx: ctx, store: s, snap: snap, yield: yield}
		if err := sc.run(); err != nil && !errors.Is(err, errEnough) {
			yield(table.Record{}, err)
		}
	}
}

// scanner hands on the records of a snapshot.
type scanner struct {
	ctx   context.Context
	store *Store
	snap  *snapshot
	yield func(table.Record, error) bool
	batch []table.Record
}

func (sc *scanner) run() error {
	for i, seg := range sc.snap.segments {
		if err := walk(seg, sc.snap.ends[i], sc.visit); err != nil {
			return err
		}
	}
	return nil
}

func (sc *scanner) visit(it *item, pos uint64) error {
	if !sc.snap.lives(it.key, pos) {
		return nil
	}
	if err := sc.store.usable(sc.ctx); err != nil {
		return err
	}
	var err error
	if sc.batch, err = table.DecodeBatch(sc.batch[:0], it.batch, 0); err != nil {
		return fmt.Errorf("%w: table %s: %w", table.ErrDamaged, it.key[:], err)
	}
	for _, r := range sc.batch {
		if !sc.yield(r, nil) {
			return errEnough
		}
	}
	return nil
}

// errEnough ends a walk without an error.
var errEnough = errors.New("enough")

// snapshot is what is stored at one moment. It keeps its files open.
type snapshot struct {
	segments []*segment
	ends     []int64
	end      link             // behind the last group
	dead     map[*segment]int // batches that were forgotten
	first    map[key]uint64   // of each table, its first batch that counts
}

// lives reports whether the batch of a table at a position counts.
func (snap *snapshot) lives(k key, pos uint64) bool {
	first, ok := snap.first[k]
	return ok && pos >= first
}

func (s *Store) snapshot() *snapshot {
	s.mu.RLock()
	defer s.mu.RUnlock()
	snap := &snapshot{
		segments: s.segments,
		end:      s.tail().end,
		dead:     make(map[*segment]int, len(s.segments)),
		first:    make(map[key]uint64, len(s.index.tables)),
	}
	for _, seg := range s.segments {
		seg.retain()
		snap.ends = append(snap.ends, seg.size)
		snap.dead[seg] = seg.dead
	}
	for k, h := range s.index.tables {
		snap.first[k] = h.first()
	}
	return snap
}

func (snap *snapshot) release() {
	for _, seg := range snap.segments {
		seg.release()
	}
}

// walk calls visit with each batch of a segment and its position, in order.
func walk(seg *segment, end int64, visit func(it *item, pos uint64) error) error {
	r := newGroupReader(seg, end)
	for {
		off, payload, err := r.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		for len(payload) > 0 {
			it, size, ok := parseItem(payload)
			if !ok {
				return damaged(seg.name(), off, "no item")
			}
			pos := position(seg.number, off)
			if it.kind == kindMoved {
				pos = it.pos
			}
			if it.kind != kindForget {
				if err := visit(&it, pos); err != nil {
					return err
				}
			}
			payload = payload[size:]
			off += int64(size)
		}
	}
}
