package table

import (
	"encoding/json"
	"fmt"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/game"
)

// decodeAction reads an action of the table itself.
func decodeAction[T any](cmd *Command) (T, error) {
	var action T
	if err := json.Unmarshal(cmd.Data, &action); err != nil {
		return action, fmt.Errorf("%w: %s: %w", game.ErrMalformed, cmd.Type, err)
	}
	return action, nil
}

// one returns the next record, holding an event of the table itself.
func (t *Table) one(cmd *Command, seat game.Seat, typ string, body any) ([]Record, error) {
	r, err := t.record(0, cmd, seat).with(typ, body)
	if err != nil {
		return nil, err
	}
	return []Record{r}, nil
}

// judgeSit judges the wish to take a free seat.
func (t *Table) judgeSit(cmd Command, p Presence) ([]Record, error) {
	action, err := decodeAction[struct {
		Seat *game.Seat `json:"seat"`
	}](&cmd)
	if err != nil {
		return nil, err
	}
	if cmd.Actor.Free() {
		return nil, fmt.Errorf("%w: sign in to play", ErrNotAllowed)
	}
	if t.SeatOf(cmd.Actor.ID) != game.NoSeat {
		return nil, fmt.Errorf("%w: you sit here already", ErrNotAllowed)
	}
	if kept := t.setup.Invited; !kept.Free() && t.Waiting() && kept.ID != cmd.Actor.ID {
		return nil, fmt.Errorf("%w: this seat is kept for another player", ErrNotAllowed)
	}
	if !t.setup.lets(cmd.Actor.ID) {
		return nil, fmt.Errorf("%w: this game is for players who were chosen", ErrNotAllowed)
	}
	if t.setup.Rated && cmd.Actor.Guest {
		return nil, fmt.Errorf("%w: this game is rated; make an account to play it", ErrNotAllowed)
	}
	seat := t.setup.firstFree()
	if action.Seat != nil {
		seat = *action.Seat
	}
	if seat < 0 || int(seat) >= len(t.setup.Seats) || !t.setup.Seats[seat].Free() {
		return nil, ErrTaken
	}
	if t.Room() {
		return t.judgeBuyIn(&cmd, seat, p)
	}
	return t.one(&cmd, seat, typeSeated, seated{seat, cmd.Actor})
}

// judgeCancel judges the wish to call off a table that still waits for
// players.
func (t *Table) judgeCancel(cmd Command) ([]Record, error) {
	seat := t.SeatOf(cmd.Actor.ID)
	if seat == game.NoSeat {
		return nil, ErrSeat
	}
	if !t.Waiting() {
		return nil, fmt.Errorf("%w: the game has begun", ErrNotAllowed)
	}
	return t.one(&cmd, seat, typeExpired, plain{})
}

// judgeDecline judges the wish of the invited player not to play.
func (t *Table) judgeDecline(cmd Command) ([]Record, error) {
	if cmd.Actor.Free() || cmd.Actor.ID != t.setup.Invited.ID {
		return nil, fmt.Errorf("%w: this invitation is not yours", ErrNotAllowed)
	}
	if !t.Waiting() {
		return nil, fmt.Errorf("%w: the game has begun", ErrNotAllowed)
	}
	return t.one(&cmd, game.NoSeat, typeExpired, plain{})
}

// giveAtLeast and giveAtMost bound a gift of time, in seconds.
const (
	giveAtLeast = 5
	giveAtMost  = 60
)

// gift reads how much time is given: clock.GiveStep when nothing is said, and a
// day where a turn has days.
func (t *Table) gift(cmd *Command) (time.Duration, error) {
	action, err := decodeAction[struct {
		Seconds *int `json:"seconds"`
	}](cmd)
	switch {
	case err != nil:
		return 0, err
	case t.setup.Control.Days > 0:
		return clock.Day, nil
	case action.Seconds == nil:
		return clock.GiveStep, nil
	case *action.Seconds < giveAtLeast || *action.Seconds > giveAtMost:
		return 0, fmt.Errorf("%w: give %d to %d seconds", ErrNotAllowed, giveAtLeast, giveAtMost)
	}
	return time.Duration(*action.Seconds) * time.Second, nil
}

// judgeGive judges a gift of time to the opponent.
func (t *Table) judgeGive(cmd Command) ([]Record, error) {
	seat, err := t.player(&cmd)
	if err != nil {
		return nil, err
	}
	if len(t.setup.Seats) != 2 {
		return nil, fmt.Errorf("%w: time is given at tables of two", ErrNotAllowed)
	}
	if err := t.setup.Rules.forbids(ruleGiveTime); err != nil {
		return nil, err
	}
	gift, err := t.gift(&cmd)
	if err != nil {
		return nil, err
	}
	if _, err := t.clock.Give(seat.Other(), gift); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotAllowed, err)
	}
	return t.one(&cmd, seat, typeGaveTime, gaveTime{seat.Other(), gift.Milliseconds()})
}
