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
	// postInviteLifetime and postLifetime are those of correspondence, which
	// ends by its clock long before.
	postInviteLifetime = 14 * 24 * time.Hour
	postLifetime       = 90 * 24 * time.Hour
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
	if d := t.announced(); d != nil && d.At.Before(next) {
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
		return t.flag(at, p)
	}
	if d := t.pauseEnds(); d != nil && !at.Before(d.At) {
		return t.proceed(t.pause.action, at, p)
	}
	if !at.Before(t.touched.Add(t.lifetime())) {
		if room := t.room(); room != nil {
			return t.proceed(room.Close(), at, p)
		}
		return t.one(&Command{At: at}, game.NoSeat, typeExpired, plain{})
	}
	return nil, nil
}

// flag lapses the seat whose time is up. Whoever has lost the connection may
// have more time by the rules of the game.
func (t *Table) flag(at time.Time, p Presence) ([]Record, error) {
	seat := t.clock.Running()
	if p.Away.Has(seat) {
		if records, err := t.lapse(seat, game.LostTouch, at, p); err != nil || len(records) > 0 {
			return records, err
		}
	}
	return t.lapse(seat, game.FlagFell, at, p)
}

// announced returns when the table acts by itself, as far as viewers are told.
func (t *Table) announced() *Deadline {
	if t.Room() {
		return t.pauseEnds()
	}
	return t.deadline()
}

// deadline returns when a first move must have been made, nil when no such
// timer runs.
func (t *Table) deadline() *Deadline {
	if !t.setup.timed() || t.Room() || t.Waiting() || t.clock.Held() || t.Result().Over() ||
		t.state.Ply() >= len(t.setup.Seats) {
		return nil
	}
	at := t.turned.Add(t.setup.FirstMove())
	return &Deadline{Seat: t.state.ToAct().First(), At: at, Why: "first-move"}
}

// lifetime is how long the table may stand untouched as it is.
func (t *Table) lifetime() time.Duration {
	switch {
	case t.Room():
		return roomLifetime
	case t.setup.Control.Days > 0 && t.Waiting():
		return postInviteLifetime
	case t.setup.Control.Days > 0:
		return postLifetime
	case t.Waiting():
		return inviteLifetime
	case t.setup.Origin == OriginHouse:
		return houseLifetime
	case t.state.Ply() == 0:
		return startLifetime
	}
	return gameLifetime
}
