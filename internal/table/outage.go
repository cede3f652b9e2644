package table

import (
	"time"

	"kibitz/internal/game"
)

// Claim returns the record by which a node that loaded the table takes it
// over, when some time runs at the table: the clocks stand still from the
// last sign of life of the former owner until the player to move is back.
// There may be none.
func (t *Table) Claim(alive, at time.Time) ([]Record, error) {
	if !t.timeRuns() {
		return nil, nil
	}
	return t.one(&Command{At: at}, game.NoSeat, typeHeld, held{AliveAt: t.standsFrom(alive, at).UnixMilli()})
}

// timeRuns reports whether an outage would cost somebody time.
func (t *Table) timeRuns() bool {
	if t.Held() || t.Result().Over() || t.Waiting() && !t.Room() {
		return false
	}
	_, ticks := t.clock.FlagAt()
	return ticks || t.deadline() != nil
}

// standsFrom is from when on the clocks stand still: no record is younger.
func (t *Table) standsFrom(alive, at time.Time) time.Time {
	if alive.Before(t.touched) {
		alive = t.touched
	}
	if at.Before(alive) {
		alive = at
	}
	return alive
}

// TakeOver is Claim where several nodes write to the journal: there is always a
// record while the game runs, so that whatever a former owner appends after it
// conflicts. The epoch is that of the lease. It fails with ErrConflict when the
// table was claimed under a later one.
func (t *Table) TakeOver(epoch uint64, alive, at time.Time) ([]Record, error) {
	cmd := &Command{At: at}
	switch {
	case t.epoch > epoch:
		return nil, ErrConflict
	case t.Result().Over():
		return nil, nil
	case t.timeRuns():
		return t.one(cmd, game.NoSeat, typeHeld, held{t.standsFrom(alive, at).UnixMilli(), epoch})
	}
	return t.one(cmd, game.NoSeat, typeClaimed, claim{epoch})
}

// Epoch returns that of the last claim, 0 when nobody took the table over.
func (t *Table) Epoch() uint64 { return t.epoch }

// Release returns the record by which a held clock goes on, when the player
// of a seat is back and it is that seat's turn. NoSeat releases it whoever is
// there, for when nobody comes. There may be none.
func (t *Table) Release(seat game.Seat, at time.Time) []Record {
	if !t.Held() || t.Result().Over() || seat != game.NoSeat && !t.ToAct().Has(seat) {
		return nil
	}
	r := t.record(0, &Command{At: at}, game.NoSeat)
	r.Type, r.Data = typeReleased, []byte("{}")
	return []Record{r}
}
