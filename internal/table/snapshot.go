package table

import (
	"time"

	"kibitz/internal/game"
)

// Snapshot returns all that a viewer may know of the table at a time. It
// shares nothing that a later record changes.
func (t *Table) Snapshot(v game.Viewer, at time.Time) Snapshot {
	return Snapshot{
		Table:     t.id,
		Seq:       t.seq,
		Viewer:    v,
		Setup:     t.setup,
		Created:   t.created,
		Waiting:   t.Waiting(),
		Closed:    t.expired,
		State:     t.state.View(v),
		Spent:     append([]time.Duration(nil), t.spent...),
		Clocks:    t.clocks(at),
		Deadline:  t.announced(),
		Ply:       t.state.Ply(),
		Lounge:    t.Lounge(),
		Chat:      t.heard(v),
		RematchBy: t.rematch.standing(at),
		Rematch:   t.rematch.table,
	}
}

// satDown returns the record with which the last player of a seat sat down: what
// a former one knew is nobody else's. It is 0 when there was but one.
func satDown(records []Record, seat game.Seat) Seq {
	for i := len(records) - 1; i >= 0 && seat != game.NoSeat; i-- {
		if records[i].Type == typeSeated && records[i].Seat == seat {
			return records[i].Seq
		}
	}
	return 0
}

// Replay returns what a viewer may know of every record after a sequence
// number. The records are the table's from the first one on.
func Replay(c game.Catalog, records []Record, v game.Viewer, after Seq) ([]EventView, error) {
	t := &Table{}
	var views []EventView
	sat := satDown(records, v.Seat)
	for i := range records {
		viewers := []game.Viewer{v}
		if records[i].Seq < sat {
			viewers[0] = game.Spectator
		}
		if records[i].Seq <= after {
			viewers = nil
		}
		shown, err := t.apply(c, &records[i], viewers)
		if err != nil {
			return nil, err
		}
		views = append(views, shown...)
	}
	return views, nil
}
