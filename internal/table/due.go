package table

import (
	"time"

	"kibitz/internal/game"
)

// How long a table may stand without any record before it is closed as void.
const (
	// inviteLifetime: nobody came to a table that waits for players.
	inviteLifetime = 24 * time.Hour
	// startLifetime: everybody came, and nobody moved.
	startLifetime = 24 * time.Hour
	// houseLifetime: a game against the house was left.
	houseLifetime = 6 * time.Hour
	// gameLifetime: a game was left by everybody.
	gameLifetime = 21 * 24 * time.Hour
)

// Next returns when Due is to be called, if it ever is.
func (t *Table) Next() (time.Time, bool) {
	if t.Result().Over() {
		return time.Time{}, false
	}
	next := t.touched.Add(t.lifetime())
	if at, ok := t.clock.FlagAt(); ok && at.Before(next) {
		next = at
	}
	if d := t.deadline(); d != nil && d.At.Before(next) {
		next = d.At
	}
	return next, true
}

// Due returns the records of what has fallen due at a time: a flag, a missing
// first move, a table that everybody left. There may be none.
func (t *Table) Due(at time.Time, p Presence) ([]Record, error) {
	if t.Result().Over() {
		return nil, nil
	}
	if d := t.deadline(); d != nil && !at.Before(d.At) {
		return t.lapse(d.Seat, game.NoFirstMove, at, p)
	}
	if !t.clock.Held() && t.clock.Flagged(at, true) {
		return t.lapse(t.clock.Running(), game.FlagFell, at, p)
	}
	if !at.Before(t.touched.Add(t.lifetime())) {
		return t.one(&Command{At: at}, game.NoSeat, typeExpired, plain{})
	}
	return nil, nil
}

// deadline returns when a first move must have been made, nil when no such
// timer runs.
func (t *Table) deadline() *Deadline {
	if !t.setup.timed() || t.Waiting() || t.clock.Held() || t.Result().Over() ||
		t.state.Ply() >= len(t.setup.Seats) {
		return nil
	}
	at := t.turned.Add(t.setup.Control.Speed().FirstMove())
	return &Deadline{Seat: t.state.ToAct().First(), At: at, Why: "first-move"}
}

// lifetime is how long the table may stand untouched as it is.
func (t *Table) lifetime() time.Duration {
	switch {
	case t.Waiting():
		return inviteLifetime
	case t.setup.Origin == OriginHouse:
		return houseLifetime
	case t.state.Ply() == 0:
		return startLifetime
	}
	return gameLifetime
}
