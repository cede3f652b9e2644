package hands

import (
	"fmt"
	"slices"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/hands"
	"kibitz/internal/table"
)

// reading is a table as far as its records were read.
type reading struct {
	dealers map[game.Kind]hands.Dealer
	dealer  hands.Dealer
	sitting table.Sitting
	made    time.Time
	seq     table.Seq
	// players are those who sat there when the hand began that is open: it is
	// theirs, whoever comes and goes meanwhile.
	players []table.Player
	events  []hands.Event
	// ended is the time of the end of the hand, and zero until then.
	ended time.Time
	// broken says that nobody knows who sits where, and over that nothing more
	// comes.
	broken, over bool
}

// read takes the next record, and reports whether a hand ended with it, or more
// is known of one that had ended.
func (r *reading) read(e *table.Record) (told bool, err error) {
	r.seq = e.Seq
	if r.broken {
		return false, nil
	}
	own, err := r.sitting.Read(e)
	if err != nil {
		r.broken = true
		return false, err
	}
	if e.Seq == 1 {
		r.dealer, r.made = r.dealers[r.sitting.Made.Kind], e.At
	}
	if own || r.dealer == nil {
		return false, nil
	}
	role := r.dealer.Role(e.Type)
	r.over = r.over || role == hands.Closes
	if role == hands.Begins {
		r.players, r.events, r.ended = slices.Clone(r.sitting.Seats), nil, time.Time{}
	}
	if r.events == nil && role != hands.Begins {
		return false, nil // before the first hand
	}
	if len(r.events) >= maxEvents {
		return false, nil // people come and go, and no hand begins
	}
	r.events = append(r.events, hands.Event{Type: e.Type, At: e.At, Data: e.Data})
	switch {
	case role == hands.Ends:
		r.ended = e.At
	case role != hands.Adds || r.ended.IsZero():
		return false, nil
	}
	return true, nil
}

// maxEvents is more than any hand has, with all that happens beside it.
const maxEvents = 10_000

// finished returns the hand as it is known with a record that told of it.
func (r *reading) finished(e *table.Record) (*hands.Finished, error) {
	record := hands.Record{Setup: r.sitting.Made.Game, Made: r.made, Events: r.events}
	sum, err := r.dealer.Sum(&record)
	if err != nil {
		return nil, err
	}
	blob, err := hands.Pack(record)
	if err != nil {
		return nil, err
	}
	h := hands.Hand{
		Key: hands.Key{Table: e.Table, Number: sum.Number}, Kind: r.sitting.Made.Kind, Class: sum.Class, Stakes: sum.Stakes,
		Private: r.sitting.Made.Origin != table.OriginLobby, Began: r.events[0].At, Ended: r.ended, Pot: sum.Pot, Board: sum.Board,
		Seq: e.Seq, Players: sum.Players,
	}
	for i := range h.Players {
		p := &h.Players[i]
		if int(p.Seat) >= len(r.players) {
			return nil, fmt.Errorf("%w: there is no seat %d", game.ErrMalformed, p.Seat)
		}
		who := r.players[p.Seat]
		p.User, p.Name, p.House = who.ID, who.Name, who.House > 0
	}
	return &hands.Finished{Hand: h, Blob: blob, Counts: sum.Counts}, nil
}
