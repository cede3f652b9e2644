package table

import (
	"fmt"
	"slices"

	"kibitz/internal/account"
	"kibitz/internal/game"
)

// judgeOwner judges what the owner of a room does. Every act is a record that
// everybody sees.
func (t *Table) judgeOwner(cmd *Command, p Presence) ([]Record, error) {
	if t.lounge.owner == "" || cmd.Actor.ID != t.lounge.owner {
		return nil, fmt.Errorf("%w: only who owns this table can do that", ErrNotAllowed)
	}
	action, err := decodeAction[struct {
		Seat game.Seat  `json:"seat"`
		User account.ID `json:"user"`
	}](cmd)
	if err != nil {
		return nil, err
	}
	switch cmd.Type {
	case "host-pause", "host-resume":
		return t.judgePause(cmd)
	case "host-approve", "host-decline":
		return t.judgeApproval(cmd, action.User)
	}
	if action.Seat < 0 || int(action.Seat) >= len(t.setup.Seats) || t.setup.Seats[action.Seat].Free() {
		return nil, fmt.Errorf("%w: nobody sits there", ErrNotAllowed)
	}
	if cmd.Type == "host-remove" {
		return t.judgeRemove(cmd, action.Seat, p)
	}
	heir := t.setup.Seats[action.Seat]
	if heir.House > 0 || heir.ID == t.lounge.owner {
		return nil, fmt.Errorf("%w: choose another player", ErrNotAllowed)
	}
	return t.one(cmd, t.SeatOf(cmd.Actor.ID), typeOwner, person{heir.ID})
}

// judgePause judges the end or the beginning of a break between hands.
func (t *Table) judgePause(cmd *Command) ([]Record, error) {
	pausing := cmd.Type == "host-pause"
	if pausing == t.lounge.paused {
		return nil, fmt.Errorf("%w: that is so already", ErrNotAllowed)
	}
	typ := typeResumed
	if pausing {
		typ = typePaused
	}
	return t.one(cmd, t.SeatOf(cmd.Actor.ID), typ, plain{})
}

// judgeApproval judges the answer to somebody who asked for a seat.
func (t *Table) judgeApproval(cmd *Command, who account.ID) ([]Record, error) {
	if !slices.ContainsFunc(t.lounge.asking, isGuest(who)) {
		return nil, fmt.Errorf("%w: that person does not ask for a seat", ErrNotAllowed)
	}
	typ := typeDeclined
	if cmd.Type == "host-approve" {
		typ = typeApproved
	}
	return t.one(cmd, t.SeatOf(cmd.Actor.ID), typ, person{who})
}

// judgeRemove judges the wish that a player leaves, with all chips, as soon as
// the rules allow it.
func (t *Table) judgeRemove(cmd *Command, seat game.Seat, p Presence) ([]Record, error) {
	action, err := t.rules.DecodeAction(game.ActionLeave, nil)
	if err != nil {
		return nil, err
	}
	events, err := t.state.Decide(seat, action, p.Chance)
	if err != nil {
		return nil, err
	}
	records, err := t.one(cmd, seat, typeRemoved, removed{seat})
	if err != nil {
		return nil, err
	}
	left, err := t.records(cmd, seat, events)
	for i := range left {
		left[i].Seq++
	}
	return append(records, left...), err
}
