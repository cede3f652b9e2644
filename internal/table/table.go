package table

import (
	"fmt"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/clock"
	"kibitz/internal/game"
)

// Table is one running game with its seats, clocks and chat, as of some
// record. It belongs to one goroutine at a time.
type Table struct {
	id      ID
	seq     Seq
	setup   Setup
	rules   game.Rules
	state   game.State
	clock   clock.Clock
	created time.Time
	// touched is the time of the last record, and turned the moment from
	// which a first-move timer counts.
	touched, turned time.Time
	// spent is the time charged for each ply.
	spent     []time.Duration
	foresight foresight
	chat      []ChatLine
	done      doneRing
	rematch   rematch
	expired   bool
	// epoch is that of the last claim.
	epoch uint64
	// pause and lounge are those of a room.
	pause  pause
	lounge lounge
}

// Load returns the table that its records make, from the first one on. It
// fails with an error wrapping game.ErrMalformed when they do not fit together.
func Load(c game.Catalog, records []Record) (*Table, error) {
	if len(records) == 0 {
		return nil, fmt.Errorf("load: %w", ErrUnknownTable)
	}
	t := &Table{}
	for i := range records {
		if _, err := t.apply(c, &records[i], nil); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// ID returns the table's id.
func (t *Table) ID() ID { return t.id }

// Seq returns the sequence number of the last record.
func (t *Table) Seq() Seq { return t.seq }

// Setup returns what the table is made of, with the players seated now.
func (t *Table) Setup() Setup { return t.setup }

// Result says whether and how the game ended; a table that nobody came to has
// the status "expired".
func (t *Table) Result() game.Result {
	if t.expired {
		return game.Result{Status: "expired", Void: true}
	}
	return t.state.Result()
}

// Waiting reports whether players are missing: a seat is still free, or at a
// room there are not two.
func (t *Table) Waiting() bool {
	if room := t.room(); room != nil {
		return room.Occupied().Len() < 2
	}
	return t.setup.firstFree() != game.NoSeat
}

// SeatOf returns the seat of a player, or NoSeat.
func (t *Table) SeatOf(who account.ID) game.Seat {
	for i, p := range t.setup.Seats {
		if p.ID == who && !p.Free() {
			return game.Seat(i)
		}
	}
	return game.NoSeat
}

// ToAct returns the seats whose turn it is; nobody's while the table waits or
// when the game is over.
func (t *Table) ToAct() game.Seats {
	if t.expired || t.Waiting() && !t.Room() {
		return 0
	}
	return t.state.ToAct()
}

// Held reports whether the clock waits for a player after an outage.
func (t *Table) Held() bool { return t.clock.Held() }

// Ply counts the turns taken.
func (t *Table) Ply() int { return t.state.Ply() }

// Created returns the time of the first record.
func (t *Table) Created() time.Time { return t.created }

// Touched returns the time of the last record.
func (t *Table) Touched() time.Time { return t.touched }

// record returns the next record but n of the table.
func (t *Table) record(n int, cmd *Command, seat game.Seat) Record {
	return Record{
		Table: t.id, Seq: t.seq + Seq(n) + 1, At: cmd.At.Truncate(time.Millisecond).UTC(),
		Seat: seat, Actor: cmd.Actor.ID, Action: cmd.ID,
	}
}
