package host

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"kibitz/internal/table"
)

// Create makes a table and returns its id. A setup that cannot be played is
// refused with table.ErrSetup or game.ErrMalformed. After another error the
// table may exist, and nobody knows its id.
func (h *Host) Create(ctx context.Context, s table.Setup) (table.ID, error) {
	if err := h.admitting(); err != nil {
		return "", err
	}
	return h.create(ctx, s, minter{h.cfg.Random, h.keeps})
}

func (h *Host) admitting() error {
	h.gate.RLock()
	defer h.gate.RUnlock()
	switch h.phase {
	case starting:
		return ErrStarting
	case stopping:
		return ErrStopping
	}
	return nil
}

// createTries is how often the making of a table is tried, with fresh ids when
// one was taken.
const createTries = 8

// create makes a table with an id of the minter.
func (h *Host) create(ctx context.Context, s table.Setup, ids minter) (table.ID, error) {
	for range createTries {
		id, err := ids.next()
		if err != nil {
			return "", fmt.Errorf("create: %w", err)
		}
		if taken, err := h.cfg.Archive.Has(ctx, id); err != nil {
			return "", fmt.Errorf("create: %w", err)
		} else if taken {
			continue
		}
		records, err := table.Create(id, s, h.now(), h.cfg.Catalog, h.cfg.Chance)
		if err != nil {
			return "", err
		}
		h.making.set(id, underWay)
		stored, err := h.store(ctx, records)
		switch {
		case errors.Is(err, table.ErrConflict):
			h.making.done(id)
			continue
		case err != nil:
			h.making.set(id, left)
			return "", fmt.Errorf("create: %w", err)
		}
		return id, h.open(id, stored)
	}
	return "", fmt.Errorf("create: %w", table.ErrConflict)
}

// store appends the first records of a table and returns all that the journal
// then has of it. ErrConflict means that the id is another table's.
func (h *Host) store(ctx context.Context, records []table.Record) ([]table.Record, error) {
	id := records[0].Table
	var err error
	for try := range loadTries {
		if try > 0 && !sleep(ctx, loadPause<<(try-1)) {
			break
		}
		if err = h.cfg.Journal.Append(ctx, id, 0, records); err == nil {
			return records, nil
		}
		stored, unread := h.cfg.Journal.Read(ctx, id, 0)
		switch {
		case unread == nil && h.same(records, stored):
			return stored, nil
		case unread == nil:
			return nil, table.ErrConflict
		case errors.Is(err, table.ErrStopped):
			h.fail(err)
			return nil, fmt.Errorf("%w: %v", ErrInternal, err)
		}
	}
	return nil, fmt.Errorf("%w: %v", ErrInternal, err)
}

// same reports whether what is stored is the table that was to be made: by an
// append that seemed to fail, or, for a rematch, before a crash.
func (h *Host) same(made, stored []table.Record) bool {
	if len(stored) == 0 {
		return false
	}
	if bytes.Equal(made[0].Data, stored[0].Data) && made[0].At.Equal(stored[0].At) {
		return true
	}
	want, err := table.Load(h.cfg.Catalog, made)
	if err != nil || want.Setup().Prior == "" {
		return false
	}
	have, err := table.Load(h.cfg.Catalog, stored)
	return err == nil && have.Setup().Prior == want.Setup().Prior
}

// open puts a new table into the hands of its keeper.
func (h *Host) open(id table.ID, records []table.Record) error {
	t, err := table.Load(h.cfg.Catalog, records)
	if err != nil {
		return fmt.Errorf("create: %w", err)
	}
	o := opened{t: t, done: make(chan struct{}, 1)}
	if err := h.deliver(id, o); err != nil {
		// It exists all the same: whoever comes finds it in the journal.
		h.cfg.Log.Warn("a new table is not in memory yet", "table", id, "err", err)
		h.making.set(id, left)
		return nil
	}
	<-o.done
	h.making.done(id)
	return nil
}

// opened brings a keeper its new table. Done has room for one.
type opened struct {
	t    *table.Table
	done chan struct{}
}

func (o opened) handle(k *keeper) {
	if k.t == nil {
		k.adopt(o.t)
	}
	k.host.cfg.Changed(Change{Table: k.id, Players: k.involved, Created: true})
	o.refuse(k, nil)
}

// refuse lets the maker of the table go on.
func (o opened) refuse(*keeper, error) {
	select {
	case o.done <- struct{}{}:
	default: // a panic came after it
	}
}

// prepareRematch makes the next table when the command completes an agreement
// on it. Its id follows from that of this table, so that agreeing again after
// a crash finds the same.
func (k *keeper) prepareRematch(cmd *table.Command) error {
	if cmd.Next != "" {
		return nil
	}
	setup, agreed := k.t.NextGame(*cmd)
	if !agreed {
		return nil
	}
	seed := sha256.Sum256([]byte("rematch of " + k.id))
	id, err := k.host.create(k.host.life, setup, minter{rand.NewChaCha8(seed), k.beside()})
	if err != nil {
		k.host.cfg.Log.Error("a rematch cannot be made", "table", k.id, "err", err)
		return fmt.Errorf("%w: %v", ErrInternal, err)
	}
	cmd.Next = id
	return nil
}

// sleep waits, and reports whether ctx still goes on then.
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
