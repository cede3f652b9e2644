package archiver

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/game"
	"kibitz/internal/worker"
)

// eraseSize is how many games one step of an erasure rewrites: the archiver
// waits that long.
const eraseSize = 64

// Erase returns the step that takes the names of closed accounts out of
// finished games. It must not run beside other steps that write games.
func (a *Archiver) Erase() worker.Step { return eraser{a} }

type eraser struct{ *Archiver }

// Name implements worker.Step.
func (eraser) Name() string { return archive.ProjectErase }

// Step implements worker.Step.
func (s eraser) Step(ctx context.Context) (more bool, err error) {
	// A batch that asked who is closed before this one was is stored by now.
	s.work.Lock()
	defer s.work.Unlock()
	e, err := s.cfg.Store.Erasing(ctx)
	if err != nil {
		return false, unless(archive.ErrUnknown, err)
	}
	found, err := s.cfg.Store.Traces(ctx, e, eraseSize)
	if err != nil {
		return false, err
	}
	if len(found.Games) == 0 {
		_, err := s.cfg.Store.Finish(ctx, e.User)
		return err == nil, err
	}
	changed, bad := s.rewritten(e.User, found.Games)
	if len(bad) > 0 {
		if err := s.cfg.Store.Write(ctx, &archive.Batch{Projection: s.Name(), Poison: bad}); err != nil {
			return false, err
		}
	}
	return true, s.cfg.Store.Rewrite(ctx, e, found, changed)
}

// unless returns err, but not the one that is expected.
func unless(expected, err error) error {
	if errors.Is(err, expected) {
		return nil
	}
	return err
}

// rewritten returns those of games that name somebody, without the name. A
// game whose record cannot be read loses the name in its row alone, and is
// told of.
func (s eraser) rewritten(user account.ID, games []archive.Finished) (changed []archive.Finished, bad []archive.Poison) {
	for _, f := range games {
		next, err := s.without(user, f)
		if err != nil {
			s.cfg.Log.Error("the name of a closed account stays in a record", "table", f.Game.ID, "err", err)
			bad = append(bad, archive.Poison{Projection: s.Name(), Subject: f.Game.ID, Why: err.Error(), At: s.cfg.Now()})
		}
		changed = append(changed, next)
	}
	return changed, bad
}

// without returns a game without the name of a player or of who is mentioned.
// With an error it is changed as far as can be.
func (s eraser) without(user account.ID, f archive.Finished) (archive.Finished, error) {
	next := f
	next.Game.Players = slices.Clone(f.Game.Players)
	for i := range next.Game.Players {
		if p := &next.Game.Players[i]; p.ID == user {
			p.Name = archive.ClosedName
		}
	}
	rules, ok := s.cfg.Catalog[f.Game.Kind]
	if !ok {
		return next, fmt.Errorf("%w: nobody knows %q here", game.ErrMalformed, f.Game.Kind)
	}
	records, err := archive.Unpack(&f.Game, rules, f.Blob)
	if err != nil {
		return next, err
	}
	if records, err = archive.Erase(records, map[account.ID]bool{user: true}); err != nil {
		return next, err
	}
	blob, err := archive.Pack(&next.Game, rules, records)
	if err == nil {
		next.Blob = blob
	}
	return next, err
}
