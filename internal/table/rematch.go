package table

import (
	"fmt"
	"time"

	"kibitz/internal/game"
)

// Limits of offering a rematch (spec: two offers a minute, a decline is
// remembered for one, an offer lives for twenty).
const (
	rematchWindow   = time.Minute
	rematchOffers   = 2
	rematchLifetime = 20 * time.Minute
)

// rematch is where two players stand in agreeing on one more game.
type rematch struct {
	// by is who offered last, NoSeat when no offer stands.
	by game.Seat
	at time.Time
	// offers are the times of the last offers, newest last.
	offers   []time.Time
	declined time.Time
	// table is the next game, once both agreed.
	table ID
}

func (r *rematch) offer(by game.Seat, at time.Time) {
	r.by, r.at = by, at
	if len(r.offers) == rematchOffers {
		r.offers = append(r.offers[:0:0], r.offers[1:]...)
	}
	r.offers = append(r.offers, at)
}

func (r *rematch) decline(at time.Time) { r.by, r.declined = game.NoSeat, at }

// standing returns who offers a rematch at a time, or NoSeat.
func (r *rematch) standing(at time.Time) game.Seat {
	if r.by == game.NoSeat || at.Sub(r.at) > rematchLifetime {
		return game.NoSeat
	}
	return r.by
}

// refuse says why no offer may be made at a time.
func (r *rematch) refuse(at time.Time) error {
	if at.Sub(r.declined) < rematchWindow {
		return fmt.Errorf("%w: a rematch was declined just now", ErrNotAllowed)
	}
	if len(r.offers) == rematchOffers && at.Sub(r.offers[0]) < rematchWindow {
		return fmt.Errorf("%w: a rematch was offered twice in a minute", ErrNotAllowed)
	}
	return nil
}

// NextGame returns the setup of the next game when cmd completes an agreement
// on a rematch. That table is to be made first; cmd with its id in Next is
// then ready to be judged.
func (t *Table) NextGame(cmd Command) (Setup, bool) {
	seat := t.SeatOf(cmd.Actor.ID)
	by := t.rematch.standing(cmd.At)
	if cmd.Type != "rematch" || seat == game.NoSeat || by == game.NoSeat || by == seat ||
		t.rematch.table != "" || !t.Result().Over() {
		return Setup{}, false
	}
	rules, ok := t.rules.(game.Rematcher)
	if !ok {
		return Setup{}, false
	}
	return t.nextGame(rules)
}

func (t *Table) nextGame(rules game.Rematcher) (Setup, bool) {
	next := t.setup
	next.Prior, next.Games, next.Invited = t.id, t.setup.Games+1, Player{}
	setup, from, err := rules.Rematch(t.setup.Game, len(t.setup.Seats), next.Games)
	if err != nil || len(from) != len(t.setup.Seats) {
		return Setup{}, false
	}
	next.Game, next.Seats = setup, make([]Player, len(from))
	for i, seat := range from {
		next.Seats[i] = t.setup.Seats[seat]
	}
	return next, true
}

// judgeRematch judges an offer of one more game, its acceptance or decline.
func (t *Table) judgeRematch(cmd Command) ([]Record, error) {
	seat, err := t.player(&cmd)
	if err != nil {
		return nil, err
	}
	if !t.Result().Over() {
		return nil, fmt.Errorf("%w: a rematch comes after the game", ErrNotAllowed)
	}
	if t.rematch.table != "" {
		return nil, fmt.Errorf("%w: the rematch is at /g/%s", ErrNotAllowed, t.rematch.table)
	}
	by := t.rematch.standing(cmd.At)
	if cmd.Type == "rematch-decline" {
		if by == game.NoSeat {
			return nil, fmt.Errorf("%w: nobody offers a rematch", ErrNotAllowed)
		}
		return t.one(&cmd, seat, typeRematchDeclined, rematchBy{seat})
	}
	return t.judgeOffer(cmd, seat, by)
}

func (t *Table) judgeOffer(cmd Command, seat, by game.Seat) ([]Record, error) {
	switch {
	case by != game.NoSeat && by != seat && cmd.Next != "":
		return t.one(&cmd, seat, typeRematch, rematchAt{cmd.Next})
	case by == seat:
		return nil, fmt.Errorf("%w: your offer stands already", ErrNotAllowed)
	}
	if _, ok := t.rules.(game.Rematcher); !ok {
		return nil, fmt.Errorf("%w: this game has no rematch", ErrNotAllowed)
	}
	if err := t.setup.Rules.forbids(ruleRematch); err != nil {
		return nil, err
	}
	if err := t.rematch.refuse(cmd.At); err != nil {
		return nil, err
	}
	return t.one(&cmd, seat, typeRematchOffered, rematchBy{seat})
}
