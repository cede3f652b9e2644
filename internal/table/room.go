package table

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
)

// roomLifetime is how long a table at which people come and go may stand
// without any record before it is closed.
const roomLifetime = 30 * time.Minute

// ErrChips is the refusal of a command that brings chips to the table without
// having them reserved: the command is good, and waits for Command.Paid.
var ErrChips = errors.New("chips are to be reserved first")

// Price is the refusal that says how many chips are to be reserved. It wraps
// ErrChips.
type Price struct{ Chips int64 }

// Error says what is to be reserved.
func (p *Price) Error() string { return fmt.Sprintf("%v: %d", ErrChips, p.Chips) }

// Unwrap returns ErrChips.
func (p *Price) Unwrap() error { return ErrChips }

// pause is what the game at a room is about to do by itself.
type pause struct {
	action game.Action
	// lasts is how long it waits from since on.
	lasts time.Duration
	since time.Time
}

// room returns the state of a table at which people come and go, and nil for
// any other table.
func (t *Table) room() game.Room {
	r, _ := t.state.(game.Room)
	return r
}

// Room reports whether people come and go at the table while there is play.
func (t *Table) Room() bool { return t.room() != nil }

// Brief returns what a list shows of a room, nil of any other table.
func (t *Table) Brief() game.View {
	if room := t.room(); room != nil {
		return room.Brief()
	}
	return nil
}

// Chips are all that people brought to a room and nobody took away.
func (t *Table) Chips() int64 {
	if room := t.room(); room != nil {
		return room.Chips()
	}
	return 0
}

// judgeBuyIn judges the wish to take a seat of a room, which brings chips.
func (t *Table) judgeBuyIn(cmd *Command, seat game.Seat, p Presence) ([]Record, error) {
	if err := t.admits(cmd); err != nil {
		return nil, err
	}
	action, err := t.rules.DecodeAction(game.ActionBuy, cmd.Data)
	if err != nil {
		return nil, err
	}
	if r, ok := action.(game.Returning); ok {
		if chips := t.lounge.leftWith(cmd); chips > 0 {
			action = r.Returning(chips)
		}
	}
	events, err := t.state.Decide(seat, action, p.Chance)
	if err != nil {
		return nil, err
	}
	records, err := t.one(cmd, seat, typeSeated, seated{seat, cmd.Actor})
	if err != nil {
		return nil, err
	}
	bought, err := t.records(cmd, seat, events)
	if err != nil {
		return nil, err
	}
	for i := range bought {
		bought[i].Seq++
	}
	return t.paid(cmd, append(records, bought...))
}

// paid lets records pass whose chips were reserved.
func (t *Table) paid(cmd *Command, records []Record) ([]Record, error) {
	banker, ok := t.rules.(game.Banker)
	if !ok {
		return records, nil
	}
	var price int64
	for i := range records {
		if own(records[i].Type) {
			continue
		}
		moved, err := banker.Transfer(records[i].Type, records[i].Data)
		if err != nil {
			return nil, err
		}
		price += max(0, moved.Chips)
	}
	if price != cmd.Paid {
		return nil, &Price{price}
	}
	return records, nil
}

// vacate frees the seats whose players have left with an event, and remembers
// what they took along.
func (t *Table) vacate(before game.Seats, r *Record) {
	gone := before &^ t.room().Occupied()
	if gone == 0 {
		return
	}
	if t.setup.firstFree() == game.NoSeat {
		t.lounge.freed = r.At
	}
	if banker, ok := t.rules.(game.Banker); ok {
		if moved, err := banker.Transfer(r.Type, r.Data); err == nil && moved.Chips < 0 && gone.Has(moved.Seat) {
			t.lounge.remember(t.setup.Seats[moved.Seat].ID, -moved.Chips, r.At)
		}
	}
	t.setup.Seats = slices.Clone(t.setup.Seats)
	for seat := range gone.All() {
		t.setup.Seats[seat] = Player{}
	}
}

// pace notes what the game does next by itself. What it had said before keeps
// its time.
func (t *Table) pace(at time.Time) {
	action, lasts := t.room().Next()
	if action != nil && t.pause.action != nil && action.ActionType() == t.pause.action.ActionType() && lasts == t.pause.lasts {
		return
	}
	t.pause = pause{action, lasts, at}
}

// pauseEnds returns when the game acts by itself, nil when it does not.
func (t *Table) pauseEnds() *Deadline {
	if t.pause.action == nil || t.lounge.paused || t.Result().Over() {
		return nil
	}
	return &Deadline{Seat: game.NoSeat, At: t.pause.since.Add(t.pause.lasts), Why: t.pause.action.ActionType()}
}

// proceed takes the action of the game itself.
func (t *Table) proceed(a game.Action, at time.Time, p Presence) ([]Record, error) {
	if s, ok := a.(game.Stamped); ok {
		a = s.Stamp(at)
	}
	events, err := t.state.Decide(game.NoSeat, a, p.Chance)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", a.ActionType(), err)
	}
	return t.records(&Command{At: at}, game.NoSeat, events)
}

// Retire returns the records by which a room ends that has become too long to be
// kept, once nothing is at stake; there are none before. All leave with what is
// theirs. It fails with ErrNotAllowed for a table that cannot end by itself.
func (t *Table) Retire(at time.Time, p Presence) ([]Record, error) {
	interval, ok := t.state.(game.Interval)
	switch {
	case !ok || !t.Room():
		return nil, fmt.Errorf("%w: the table cannot end by itself", ErrNotAllowed)
	case t.Result().Over() || !interval.Interval():
		return nil, nil
	}
	return t.proceed(t.room().Close(), at, p)
}

// grant gives the time that an event of the game gives.
func (t *Table) grant(e game.Event) {
	g, ok := e.(game.Granter)
	if !ok {
		return
	}
	grant := g.Grant()
	for seat := range grant.Seats.All() {
		if grant.Refill {
			t.clock = t.clock.Refill(seat, grant.Time)
		} else if next, err := t.clock.Give(seat, grant.Time); err == nil {
			t.clock = next
		}
	}
}

// Playing are the people who hold a seat, house players left out.
func (t *Table) Playing() int {
	n := 0
	for _, p := range t.setup.Seats {
		if !p.Free() && p.House == 0 {
			n++
		}
	}
	return n
}

// Moved is chips that a record moves between somebody and a table.
type Moved struct {
	Player Player
	game.Transfer
}

// Ledger reads a table's records one after the other and says what chips they
// move, and whose. The zero Ledger has read nothing.
type Ledger struct {
	banker game.Banker
	seats  []Player
}

// Read takes the next record. It fails with an error wrapping
// game.ErrMalformed.
func (l *Ledger) Read(c game.Catalog, r *Record) (Moved, error) {
	switch {
	case r.Type == typeCreated:
		var s Setup
		if err := json.Unmarshal(r.Data, &s); err != nil {
			return Moved{}, fmt.Errorf("%w: setup of %s: %w", game.ErrMalformed, r.Table, err)
		}
		l.banker, _ = c[s.Kind].(game.Banker)
		l.seats = s.Seats
	case r.Type == typeSeated:
		body, err := decodeOwn[seated](r)
		if err != nil || int(body.Seat) >= len(l.seats) || body.Seat < 0 {
			return Moved{}, fmt.Errorf("%w: record %d of %s: %w", game.ErrMalformed, r.Seq, r.Table, err)
		}
		l.seats[body.Seat] = body.Player
	case l.banker != nil && !own(r.Type):
		moved, err := l.banker.Transfer(r.Type, r.Data)
		if err != nil || moved.Chips == 0 || int(moved.Seat) >= len(l.seats) {
			return Moved{}, err
		}
		return Moved{l.seats[moved.Seat], moved}, nil
	}
	return Moved{}, nil
}

// Voucher names the chips that an action brings to a table: unique, and the
// same however often the action is sent.
func Voucher(id ID, actor account.ID, action ActionID) string {
	return string(id) + "." + string(actor) + "." + string(action)
}
