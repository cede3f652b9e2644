package table

import (
	"fmt"
	"time"

	"kibitz/internal/game"
)

// Judge turns a command into the records to append, and changes nothing. A
// refusal wraps one of this package's or package game's errors. There may be
// records and a refusal, both: a move that came after its flag fell is
// refused, and ends the game; such records do not carry the command's id.
func (t *Table) Judge(cmd Command, p Presence) ([]Record, error) {
	if t.Result().Over() && !afterEnd(cmd.Type) {
		return nil, ErrOver
	}
	if t.Room() {
		return t.judgeRoom(cmd, p)
	}
	switch cmd.Type {
	case ActionSit:
		return t.judgeSit(cmd, p)
	case "cancel":
		return t.judgeCancel(cmd)
	case "decline":
		return t.judgeDecline(cmd)
	case "claim-flag":
		return t.judgeFlag(cmd, p)
	case "claim-win":
		return t.judgeGone(cmd, p, game.LeftLoss)
	case "claim-draw":
		return t.judgeGone(cmd, p, game.LeftDraw)
	case "give-time":
		return t.judgeGive(cmd)
	case "rematch", "rematch-decline":
		return t.judgeRematch(cmd)
	case ActionChat:
		return t.judgeChat(cmd)
	}
	return t.judgeGame(cmd, p)
}

// judgeRoom is Judge for a room.
func (t *Table) judgeRoom(cmd Command, p Presence) ([]Record, error) {
	switch cmd.Type {
	case ActionSit:
		return t.judgeSit(cmd, p)
	case ActionChat:
		return t.judgeChat(cmd)
	}
	if records, ok, err := t.judgeLounge(&cmd, p); ok {
		return records, err
	}
	return t.judgeGame(cmd, p)
}

// afterEnd reports whether an action makes sense when the game is over.
func afterEnd(typ string) bool {
	return typ == ActionChat || typ == "rematch" || typ == "rematch-decline"
}

// player returns the seat of who sent the command, if the game is on.
func (t *Table) player(cmd *Command) (game.Seat, error) {
	seat := t.SeatOf(cmd.Actor.ID)
	if seat == game.NoSeat {
		return seat, ErrSeat
	}
	if t.Waiting() && !t.Room() {
		return seat, fmt.Errorf("%w: the game begins when every seat is taken", ErrNotAllowed)
	}
	return seat, nil
}

// judgeGame judges an action of the game.
func (t *Table) judgeGame(cmd Command, p Presence) ([]Record, error) {
	seat, err := t.player(&cmd)
	if err != nil {
		return nil, err
	}
	action, err := t.rules.DecodeAction(cmd.Type, cmd.Data)
	if err != nil {
		return nil, err
	}
	events, err := t.state.Decide(seat, action, p.Chance)
	if err != nil {
		return nil, err
	}
	turn := t.foresee(events)
	if turn >= 0 && t.running() && t.clock.Judge(cmd.At, cmd.Report).Flagged {
		return t.tooLate(seat, cmd.At, p)
	}
	records, err := t.records(&cmd, seat, events)
	if err == nil {
		records, err = t.paid(&cmd, records)
	}
	if err != nil {
		return nil, err
	}
	t.foresight.of(&records[0])
	if turn < 0 {
		return records, nil
	}
	return t.judgeTurn(&cmd, seat, records, turn), nil
}

// tooLate ends the turn of a seat whose flag fell before its action came.
func (t *Table) tooLate(seat game.Seat, at time.Time, p Presence) ([]Record, error) {
	records, err := t.lapse(seat, game.FlagFell, at, p)
	if err != nil {
		return nil, err
	}
	return records, fmt.Errorf("%w: your time was up", ErrOver)
}

// judgeTurn completes the records of events of which one ends a turn. They
// release a held clock, and press one that runs.
func (t *Table) judgeTurn(cmd *Command, seat game.Seat, records []Record, turn int) []Record {
	released := t.Release(seat, cmd.At)
	if t.running() {
		press := t.clock.Judge(cmd.At, cmd.Report)
		r := &records[turn]
		r.Pressed, r.Spent, r.Comp, r.Gain = true, press.Spent, press.Comp, press.Gain
	}
	if len(released) == 0 {
		return records
	}
	for i := range records {
		records[i].Seq += Seq(len(released))
	}
	return append(released, records...)
}

// records puts events of the game into the next records.
func (t *Table) records(cmd *Command, seat game.Seat, events []game.Event) ([]Record, error) {
	records := make([]Record, len(events))
	for i, e := range events {
		data, err := t.rules.EncodeEvent(e)
		if err != nil {
			return nil, fmt.Errorf("encode %s: %w", e.EventType(), err)
		}
		records[i] = t.record(i, cmd, seat)
		records[i].Type, records[i].Data = e.EventType(), data
	}
	return records, nil
}

// lapse takes the action of the game for a seat that did not act.
func (t *Table) lapse(seat game.Seat, why game.Lapse, at time.Time, p Presence) ([]Record, error) {
	action := t.state.Lapse(seat, why)
	if action == nil {
		return nil, nil
	}
	events, err := t.state.Decide(seat, action, p.Chance)
	if err != nil {
		return nil, fmt.Errorf("lapse: %w", err)
	}
	return t.records(&Command{At: at}, seat, events)
}

// judgeFlag judges the claim that the running flag has fallen. There is no
// grace for whoever claims against themselves.
func (t *Table) judgeFlag(cmd Command, p Presence) ([]Record, error) {
	seat, err := t.player(&cmd)
	if err != nil {
		return nil, err
	}
	running := t.clock.Running()
	if t.clock.Held() || !t.clock.Flagged(cmd.At, running != seat) {
		return nil, fmt.Errorf("%w: the flag has not fallen", ErrNotAllowed)
	}
	records, err := t.lapse(running, game.FlagFell, cmd.At, p)
	return claimed(&cmd, records, err)
}

// judgeGone judges the claim of a game whose other player is gone.
func (t *Table) judgeGone(cmd Command, p Presence, why game.Lapse) ([]Record, error) {
	seat, err := t.player(&cmd)
	if err != nil {
		return nil, err
	}
	if !t.setup.Claimable() && !t.setup.Rules.NoClaimWin {
		return nil, fmt.Errorf("%w: games without a clock, correspondence and games against the house cannot be claimed", ErrNotAllowed)
	}
	if err := t.setup.Rules.forbids(ruleClaimWin); err != nil {
		return nil, err
	}
	for gone, at := range p.ClaimAt {
		if gone != seat && !cmd.At.Before(at) {
			records, err := t.lapse(gone, why, cmd.At, p)
			return claimed(&cmd, records, err)
		}
	}
	return nil, fmt.Errorf("%w: your opponent has not been gone for long enough", ErrNotAllowed)
}

// claimed makes a lapse the action of who asked for it.
func claimed(cmd *Command, records []Record, err error) ([]Record, error) {
	if err == nil && len(records) == 0 {
		err = fmt.Errorf("%w: this game knows no such claim", ErrNotAllowed)
	}
	for i := range records {
		records[i].Actor, records[i].Action = cmd.Actor.ID, cmd.ID
	}
	return records, err
}
