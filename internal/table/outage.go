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
	if t.Held() || t.Result().Over() || t.Waiting() && !t.Room() {
		return nil, nil
	}
	if _, ticks := t.clock.FlagAt(); !ticks && t.deadline() == nil {
		return nil, nil
	}
	if alive.Before(t.touched) {
		alive = t.touched
	}
	if at.Before(alive) {
		alive = at
	}
	return t.one(&Command{At: at}, game.NoSeat, typeHeld, held{alive.UnixMilli()})
}

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
