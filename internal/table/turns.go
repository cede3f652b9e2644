package table

import (
	"fmt"
	"time"

	"kibitz/internal/game"
)

// Turn is one turn of the final line of a game: what was taken back has none.
type Turn struct {
	Seat game.Seat
	// At is when it was taken.
	At time.Time
	// Spent is what it was charged, and Left what its player then had; both
	// are zero at a table without clocks.
	Spent, Left time.Duration
}

// Course is a whole table as its records tell it.
type Course struct {
	*Table
	Turns []Turn
	// Created is when the table was made, and Ended when its game was over;
	// zero while it runs.
	Created, Ended time.Time
}

// Review replays the records of a table, from the first one on. It fails as
// Load does.
func Review(c game.Catalog, records []Record) (Course, error) {
	course := Course{Table: &Table{}}
	if len(records) == 0 {
		return course, fmt.Errorf("review: %w", ErrUnknownTable)
	}
	for i := range records {
		if err := course.add(c, &records[i]); err != nil {
			return course, err
		}
	}
	course.Created = course.created
	return course, nil
}

func (c *Course) add(catalog game.Catalog, r *Record) error {
	if _, err := c.apply(catalog, r, nil); err != nil {
		return err
	}
	switch ply := c.state.Ply(); {
	case ply > len(c.Turns):
		c.Turns = append(c.Turns, c.turn(r))
	case ply < len(c.Turns):
		c.Turns = c.Turns[:ply]
	}
	if c.Ended.IsZero() && c.Result().Over() {
		c.Ended = r.At
	}
	return nil
}

func (c *Course) turn(r *Record) Turn {
	turn := Turn{Seat: r.Seat, At: r.At, Spent: r.Spent}
	if clocks := c.clocks(r.At); clocks != nil && r.Seat != game.NoSeat && int(r.Seat) < len(clocks.Remaining) {
		turn.Left = clocks.Remaining[r.Seat]
	}
	return turn
}
