package lobby

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// SeekID names an open challenge: 8 base-62 characters.
type SeekID string

// Offer is what an open challenge asks for.
type Offer struct {
	Kind game.Kind
	// Setup is in the words of the game, and judged by its Rules.
	Setup   json.RawMessage
	Control clock.Control
	// Seat is where its maker wants to sit, or game.NoSeat for any.
	Seat  game.Seat
	Rated bool
	// MinRating and MaxRating bound the opponent's rating; 0 is no bound.
	MinRating, MaxRating int
}

// Seek is an open challenge in the list.
type Seek struct {
	ID SeekID
	// By is its maker, with the rating of the moment.
	By table.Player
	Offer
	maker entrant
}

// Seek puts an open challenge into the list. A user has one at a time: an
// older one, of another tab as well, is taken back. One that could not be
// played is refused now rather than when somebody takes it.
func (l *Lobby) Seek(ctx context.Context, m *Member, o Offer) (SeekID, error) {
	if err := l.check(m, o); err != nil {
		return "", err
	}
	maker, err := l.entrant(ctx, m, o.table())
	if err != nil {
		return "", err
	}
	id, err := table.NewID(l.cfg.Random)
	if err != nil {
		return "", fmt.Errorf("seek: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for old, s := range l.seeks {
		if s.By.ID == m.Player.ID {
			l.removeSeek(old)
		}
	}
	if len(l.seeks) >= MaxSeeks {
		return "", ErrFull
	}
	s := &Seek{ID: SeekID(id), By: maker.seated(), Offer: o, maker: maker}
	l.seeks[s.ID] = s
	l.order = append(l.order, s.ID)
	return s.ID, nil
}

// table returns the setup of the game that is offered, without players.
func (o Offer) table() table.Setup {
	return table.Setup{Kind: o.Kind, Game: o.Setup, Control: o.Control, Origin: table.OriginLobby, Rated: o.Rated}
}

// check refuses an offer that cannot be played.
func (l *Lobby) check(m *Member, o Offer) error {
	if err := m.signedIn(); err != nil {
		return err
	}
	rules, ok := l.cfg.Catalog[o.Kind]
	if !ok {
		return fmt.Errorf("%w: this server does not play %.20q", table.ErrSetup, o.Kind)
	}
	if err := playable(rules, o.Setup); err != nil {
		return err
	}
	if o.Rated && m.Player.Guest {
		return fmt.Errorf("%w: guests play casual games", table.ErrNotAllowed)
	}
	if o.Rated && o.Control.Unlimited() {
		return fmt.Errorf("%w: a rated game needs a clock", table.ErrSetup)
	}
	if l.cfg.May != nil {
		if err := l.cfg.May(o.table()); err != nil {
			return err
		}
	}
	return o.Control.Validate()
}

// playable refuses a setup that a table for two could not be made of.
func playable(rules game.Rules, setup []byte) error {
	if p, ok := rules.(game.Preparer); ok {
		var err error
		if setup, err = p.Prepare(setup, inOrder{}); err != nil {
			return err
		}
	}
	_, err := rules.New(setup, 2)
	return err
}

// inOrder is a game.Chance for what is tried out and never played.
type inOrder struct{}

// Perm returns 0, 1, 2 ...
func (inOrder) Perm(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// Cancel takes back a seek of the member's user.
func (l *Lobby) Cancel(m *Member, id SeekID) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	s, ok := l.seeks[id]
	if !ok || s.By.ID != m.Player.ID {
		return ErrGone
	}
	l.removeSeek(id)
	return nil
}

// Take plays a seek: both are sent to a new table. Of several who take the
// same one, the first gets it and the others ErrGone.
func (l *Lobby) Take(ctx context.Context, m *Member, id SeekID) error {
	if err := m.signedIn(); err != nil {
		return err
	}
	taker, err := l.taker(ctx, m, id)
	if err != nil {
		return err
	}
	s, err := l.claim(taker, id)
	if err != nil {
		return err
	}
	setup := s.table()
	switch s.Seat {
	case 0:
		return l.seat(ctx, pair{s.maker, taker}, setup)
	case 1:
		return l.seat(ctx, pair{taker, s.maker}, setup)
	}
	return l.play(ctx, pair{s.maker, taker}, setup)
}

// taker looks up what must be known of who wants to take a seek.
func (l *Lobby) taker(ctx context.Context, m *Member, id SeekID) (entrant, error) {
	l.mu.Lock()
	s, ok := l.seeks[id]
	l.mu.Unlock()
	if !ok {
		return entrant{}, ErrGone
	}
	return l.entrant(ctx, m, s.table())
}

// claim takes a seek out of the list for a member who may play it, and both
// users out of everything else.
func (l *Lobby) claim(m entrant, id SeekID) (*Seek, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s, ok := l.seeks[id]
	if !ok {
		return nil, ErrGone
	}
	if err := s.open(m); err != nil {
		return nil, err
	}
	l.withdrawUser(s.By.ID)
	l.withdrawUser(m.Player.ID)
	return s, nil
}

// open refuses a member who may not take the seek.
func (s *Seek) open(m entrant) error {
	switch {
	case s.By.ID == m.Player.ID:
		return ErrSelf
	case s.Rated && m.Player.Guest:
		return fmt.Errorf("%w: guests play casual games", table.ErrNotAllowed)
	case s.maker.shuns(m):
		return fmt.Errorf("%w: this challenge is not open to you", table.ErrNotAllowed)
	case s.MinRating > 0 && m.about.Rating < s.MinRating,
		s.MaxRating > 0 && (m.about.Rating == 0 || m.about.Rating > s.MaxRating):
		return fmt.Errorf("%w: your rating is outside of what the challenge asks for", table.ErrNotAllowed)
	}
	return nil
}

// removeSeek takes a seek out of the list.
func (l *Lobby) removeSeek(id SeekID) {
	if _, ok := l.seeks[id]; !ok {
		return
	}
	delete(l.seeks, id)
	l.order = slices.DeleteFunc(l.order, func(other SeekID) bool { return other == id })
}
