package worker

import (
	"context"
	"errors"
	"iter"
	"time"

	"kibitz/internal/table"
)

// Journal is what a worker follows.
type Journal interface {
	Follow(ctx context.Context, partition int, after table.Position) iter.Seq2[table.Entry, error]
}

// Entry is a record of a partition.
type Entry struct {
	Partition int
	table.Entry
}

// feed follows every partition from where the projection stands, and merges
// them: each table's records stay in order. It returns when ctx is done and
// every follower has ended.
func (w *Worker) feed(ctx context.Context, from map[int]table.Position) <-chan Entry {
	out := make(chan Entry)
	for partition := range table.Partitions {
		after := from[partition] // read here: the map is the projection's
		w.running.Go(func() { w.follow(ctx, partition, after, out) })
	}
	return out
}

// follow hands on one partition, and begins again where it failed.
func (w *Worker) follow(ctx context.Context, partition int, after table.Position, out chan<- Entry) {
	pause := backoff{}
	for ctx.Err() == nil {
		for e, err := range w.cfg.Journal.Follow(ctx, partition, after) {
			if errors.Is(err, table.ErrStopped) {
				return
			}
			if err != nil {
				w.cfg.Log.Error("the worker cannot follow the journal", "partition", partition, "after", after, "err", err)
				break
			}
			w.note(func(s *State) { s.Held++ })
			select {
			case out <- Entry{partition, e}:
				after = e.Position
				pause = backoff{}
			case <-ctx.Done():
				return
			}
		}
		pause.wait(ctx)
	}
}

// collect appends the next entries to batch: at least one, and what has come
// after the linger, up to a batch. Until then the followers hold one each,
// and sleep, so that a record costs no wake-up. Nothing means that ctx is done.
func (w *Worker) collect(ctx context.Context, in <-chan Entry, batch []Entry) []Entry {
	select {
	case e := <-in:
		batch = append(batch, e)
		w.note(func(s *State) { s.Oldest = e.Record.At })
	case <-ctx.Done():
		return nil
	}
	if !w.hurry && !sleep(ctx, w.cfg.Linger) {
		return nil
	}
	timer := time.NewTimer(w.cfg.Linger / gatherPart)
	defer timer.Stop()
	for len(batch) < w.cfg.Batch {
		select {
		case e := <-in:
			batch = append(batch, e)
		case <-timer.C:
			w.hurry = false
			return batch
		case <-ctx.Done():
			return nil
		}
	}
	w.hurry = true
	return batch
}

// gatherPart is which part of a linger it takes at most to gather a batch.
const gatherPart = 8

// sleep waits, and reports false when ctx is done first.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// backoff is how long to wait after failures in a row.
type backoff struct{ next time.Duration }

const (
	firstPause = 50 * time.Millisecond
	lastPause  = 10 * time.Second
)

// wait pauses, longer every time, or until ctx is done.
func (b *backoff) wait(ctx context.Context) {
	b.next = min(max(2*b.next, firstPause), lastPause)
	sleep(ctx, b.next)
}
