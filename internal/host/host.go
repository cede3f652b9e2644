package host

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"kibitz/internal/table"
)

// Host owns the tables of one node.
type Host struct {
	cfg     Config
	alarms  *alarms
	follows *follows
	players *playerIndex
	// thinkers has a token for every call of the Brain that runs.
	thinkers chan struct{}

	mu      sync.RWMutex
	keepers map[table.ID]*keeper

	// gate is read-locked while a message is handed to a keeper, so that after
	// Shutdown has locked it, none is on its way.
	gate   sync.RWMutex
	phase  phase
	shares shares
	making making

	// life ends when Shutdown has waited, or can wait no longer. It bounds all
	// that keepers do.
	life context.Context
	kill context.CancelFunc
	// work counts the goroutines of keepers, loops the others.
	work, loops sync.WaitGroup
	running     atomic.Int64
	failure     atomic.Pointer[error]
	top         watchList
	stalls      stalls
}

// phase is how far the host is in its life; it belongs to Host.gate, as the
// shares do.
type phase uint8

const (
	starting phase = iota
	serving
	stopping
)

// New returns a host without tables. It answers everything with ErrStarting
// until Recover has run.
func New(cfg Config) (*Host, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	h := &Host{
		cfg:      cfg,
		follows:  newFollows(),
		players:  newPlayerIndex(),
		thinkers: make(chan struct{}, cfg.Thinkers),
		keepers:  make(map[table.ID]*keeper),
	}
	h.alarms = newAlarms(cfg.Now, h.ring)
	h.life, h.kill = context.WithCancel(context.Background())
	return h, nil
}

// Healthy returns nil while the host can keep its promises, and why not when
// its journal has stopped.
func (h *Host) Healthy() error {
	if err := h.failure.Load(); err != nil {
		return *err
	}
	return nil
}

// fail notes that the journal takes nothing any more.
func (h *Host) fail(err error) {
	if h.failure.CompareAndSwap(nil, &err) {
		h.cfg.Log.Error("the journal has stopped", "err", err)
	}
}

// now is the time in the unit that records keep.
func (h *Host) now() time.Time { return h.cfg.Now().Truncate(time.Millisecond).UTC() }

// Shutdown takes nothing new, lets every table finish what its goroutine is
// at, and beats the pulse a last time. When ctx ends first, what is in flight
// is cut off: its outcome is what the journal holds. A host that was shut down
// does not come back.
func (h *Host) Shutdown(ctx context.Context) error {
	h.gate.Lock()
	h.phase = stopping
	h.gate.Unlock()
	err := h.drain(ctx)
	h.kill()
	h.work.Wait()
	h.loops.Wait()
	if h.Healthy() == nil {
		err = errors.Join(err, h.cfg.Pulse.Beat(h.now()))
	}
	if err != nil {
		return fmt.Errorf("shutdown: %w", err)
	}
	return nil
}

// drain waits for the keepers.
func (h *Host) drain(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		defer close(done)
		h.work.Wait()
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// deliver hands a message to the keeper of a table, which is made if need be.
func (h *Host) deliver(id table.ID, m message) error {
	h.gate.RLock()
	defer h.gate.RUnlock()
	switch h.phase {
	case starting:
		return ErrStarting
	case stopping:
		return ErrStopping
	}
	if !h.owns(id) {
		return errMoving
	}
	for {
		if err := h.keeper(id).push(m, bounded); !errors.Is(err, errGone) {
			return err
		}
	}
}

// tell hands a message that must not be refused to a keeper that is there.
func (h *Host) tell(id table.ID, m message) {
	h.gate.RLock()
	defer h.gate.RUnlock()
	if h.phase != serving {
		return
	}
	if k := h.find(id); k != nil {
		_ = k.push(m, unbounded) // gone: then it concerns nobody
	}
}

// ring wakes a keeper whose alarm went off.
func (h *Host) ring(k *keeper) {
	h.gate.RLock()
	defer h.gate.RUnlock()
	if h.phase == serving && k.ringing.CompareAndSwap(false, true) {
		_ = k.push(wake{}, unbounded)
	}
}

func (h *Host) find(id table.ID) *keeper {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.keepers[id]
}

func (h *Host) keeper(id table.ID) *keeper {
	if k := h.find(id); k != nil {
		return k
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	k := h.keepers[id]
	if k == nil {
		k = &keeper{host: h, id: id}
		h.keepers[id] = k
	}
	return k
}

// forget takes a keeper out, whose lock its caller holds.
func (h *Host) forget(k *keeper) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.keepers[k.id] == k {
		delete(h.keepers, k.id)
	}
}
