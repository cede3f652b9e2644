package host

import (
	"context"
	"errors"
	"sync/atomic"
	"time"
)

// stallAfter is how long the process, or the journal, may do nothing before the
// clocks of players get that time back. Less is noise: on a machine that is busy
// the records that give it back would only add to what it has to do.
const stallAfter = time.Second

// stalls notices when the process did not run: it was stopped, or its machine was.
// Nobody else may have noticed, and everybody's clock would have paid.
type stalls struct {
	// alive is when the process was last seen to run, in Unix milliseconds, and 0
	// before it is watched.
	alive atomic.Int64
	last  atomic.Pointer[stall]
}

// stall is a time in which nothing ran.
type stall struct{ from time.Time }

// watchStalls notes that the process runs, until ctx is done.
func (h *Host) watchStalls(ctx context.Context) {
	ticker := time.NewTicker(stallAfter / 10)
	defer ticker.Stop()
	for {
		h.lookForStall()
		h.stalls.alive.Store(h.now().UnixMilli())
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

// lookForStall has every table see to its clocks when the process has not run for
// too long. Whoever runs first again finds out.
func (h *Host) lookForStall() {
	alive, now := h.stalls.alive.Load(), h.now()
	if alive == 0 || now.Sub(time.UnixMilli(alive)) <= stallAfter || !h.stalls.alive.CompareAndSwap(alive, now.UnixMilli()) {
		return
	}
	h.stalls.last.Store(&stall{time.UnixMilli(alive)})
	h.cfg.Log.Warn("nothing ran for a while, and clocks are set back", "for", now.Sub(time.UnixMilli(alive)))
	go h.rouse()
}

// rouse wakes every keeper.
func (h *Host) rouse() {
	h.mu.RLock()
	all := make([]*keeper, 0, len(h.keepers))
	for _, k := range h.keepers {
		all = append(all, k)
	}
	h.mu.RUnlock()
	for _, k := range all {
		h.ring(k)
	}
}

// afterStall gives back what a stall cost, before anything else is done. Its error
// says that the table is not this host's any more, or cannot be read.
func (k *keeper) afterStall() error {
	k.host.lookForStall()
	last := k.host.stalls.last.Load()
	if last == k.stall {
		return nil
	}
	k.stall = last
	if k.t == nil || k.archived {
		return nil
	}
	return k.setBack(last.from, k.host.cfg.HoldFor)
}

// afterAppend gives back what a slow append cost who was to move after it, and
// did not see it before.
func (k *keeper) afterAppend(at time.Time) error {
	if k.host.now().Sub(at) <= stallAfter {
		return nil
	}
	return k.setBack(at, stallAfter)
}

// afterBlind gives back what it cost that nothing could be done at the table, by
// whomever. With errAgain that has to be tried again.
func (k *keeper) afterBlind() error {
	if k.blind.IsZero() || k.t == nil || k.archived {
		return nil
	}
	if now := k.host.now(); now.Sub(k.blind) > stallAfter {
		records, err := k.t.Claim(k.blind, now)
		if err == nil && len(records) > 0 {
			err = k.commit(records, &sender{})
		}
		if err != nil {
			return err
		}
	}
	k.blind = time.Time{}
	return nil
}

// setBack holds the clocks where they stood at a time. They go on when the player
// is there, or after a while.
func (k *keeper) setBack(since time.Time, hold time.Duration) error {
	for range judgeTries {
		now := k.host.now()
		records, err := k.t.Claim(since, now)
		if err != nil || len(records) == 0 {
			return err
		}
		k.holdUntil = now.Add(hold)
		if err := k.commit(records, &sender{}); !errors.Is(err, errAgain) {
			return err
		}
	}
	return nil
}
