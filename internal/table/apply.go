package table

import (
	"fmt"
	"slices"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/game"
)

func newClock(s Setup) clock.Clock { return clock.New(s.Control, len(s.Seats)) }

// Apply folds records that are on stable storage into the table, and returns
// what each of the viewers may know of them, in the order of the viewers. An
// error means that the records do not follow: the table is then of no more
// use and must be loaded anew.
func (t *Table) Apply(records []Record, viewers []game.Viewer) ([]Update, error) {
	updates := make([]Update, len(viewers))
	for i, v := range viewers {
		updates[i] = Update{Table: t.id, Viewer: v}
	}
	for i := range records {
		views, err := t.apply(nil, &records[i], viewers)
		if err != nil {
			return nil, err
		}
		for j := range views {
			if i == 0 { // seldom is there a second: no room is made for one
				updates[j].Events = views[j : j+1 : j+1]
				continue
			}
			updates[j].Events = append(updates[j].Events, views[j])
		}
	}
	t.complete(updates, records)
	return updates, nil
}

// complete adds what holds after the last record.
func (t *Table) complete(updates []Update, records []Record) {
	if len(records) == 0 {
		return
	}
	last := &records[len(records)-1]
	clocks, deadline := t.clocks(last.At), t.announced()
	for i := range updates {
		u := &updates[i]
		u.Clocks, u.Deadline = clocks, deadline
		if seat := u.Viewer.Seat; seat != game.NoSeat && t.setup.Seats[seat].ID == last.Actor {
			u.Ack = last.Action
		}
	}
}

// apply folds one record. The catalog is needed for the first one only.
func (t *Table) apply(c game.Catalog, r *Record, viewers []game.Viewer) ([]EventView, error) {
	if r.Seq != t.seq+1 || t.seq > 0 && r.Table != t.id {
		return nil, fmt.Errorf("%w: record %d of %s after %d of %s", game.ErrMalformed, r.Seq, r.Table, t.seq, t.id)
	}
	var views []EventView
	var err error
	switch {
	case t.seq == 0:
		err = t.begin(c, r)
		views = t.ownViews(r, plain{}, viewers)
	case own(r.Type):
		views, err = t.applyOwn(r, viewers)
	default:
		views, err = t.applyGame(r, viewers)
	}
	if err != nil {
		return nil, err
	}
	t.seq = r.Seq
	if r.Type != typeClaimed { // with which nobody did anything
		t.touched = r.At
	}
	t.remember(r)
	return views, nil
}

// applyGame folds an event of the game, and its time.
func (t *Table) applyGame(r *Record, viewers []game.Viewer) ([]EventView, error) {
	e, next := t.foreseen(r)
	if next == nil {
		var err error
		if e, err = t.rules.DecodeEvent(r.Type, r.Data); err != nil {
			return nil, fmt.Errorf("record %d of %s: %w", r.Seq, r.Table, err)
		}
		next = t.state.Evolve(e)
	}
	views := make([]EventView, 0, len(viewers))
	for _, v := range viewers {
		views = append(views, eventView(r, t.state.EventView(e, v)))
	}
	t.fold(e, next, r)
	return views, nil
}

// fold makes next the state, after an event of the game that r holds.
func (t *Table) fold(e game.Event, next game.State, r *Record) {
	before, room := t.state, t.room()
	t.state = next
	turned := next.Ply() != before.Ply()
	if room == nil {
		t.count(before.Ply(), r)
		t.time(r, turned)
		return
	}
	t.time(r, turned)
	t.grant(e)
	t.vacate(room.Occupied(), r)
	t.pace(r.At)
}

// count keeps the time charged for each ply.
func (t *Table) count(before int, r *Record) {
	switch ply := t.state.Ply(); {
	case ply > before:
		t.spent = append(t.spent, r.Spent)
	case ply < before:
		t.spent = t.spent[:min(ply, len(t.spent))]
	}
}

// time moves the clocks on after an event of the game.
func (t *Table) time(r *Record, turned bool) {
	switch {
	case r.Pressed:
		t.clock = t.clock.Apply(clock.Press{Seat: r.Seat, Spent: r.Spent, Comp: r.Comp, Gain: r.Gain})
	case turned:
		t.clock = t.clock.Stop(r.At)
	}
	if turned {
		t.turned = r.At
	}
	switch {
	case t.state.Result().Over():
		t.clock = t.clock.Stop(r.At)
	case t.running():
		t.clock = t.clock.Start(t.state.ToAct().First(), r.At)
	case t.Room():
		t.clock = t.clock.Stop(r.At)
	}
}

// running reports whether clocks run: from when every seat has moved once, and
// at a room whenever somebody is to act.
func (t *Table) running() bool {
	switch {
	case t.setup.Control.Unlimited():
		return false
	case t.Room():
		return t.state.ToAct() != 0
	}
	return t.state.Ply() >= len(t.setup.Seats)
}

// eventView puts a view into its envelope; without one, only the number is
// left.
func eventView(r *Record, v game.View) EventView {
	if v == nil {
		return EventView{Seq: r.Seq, Seat: game.NoSeat}
	}
	return EventView{Seq: r.Seq, Type: r.Type, At: r.At, Seat: r.Seat, Spent: r.Spent, View: v}
}

// clocks returns the clocks as seen at a time, nil when there are none.
func (t *Table) clocks(at time.Time) *clock.State {
	if t.setup.Control.Unlimited() {
		return nil
	}
	s := t.clock.State(at)
	return &s
}

// firstFree returns the lowest free seat, or NoSeat.
func (s Setup) firstFree() game.Seat {
	return game.Seat(slices.IndexFunc(s.Seats, Player.Free))
}
