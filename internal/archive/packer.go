package archive

import (
	"errors"
	"fmt"
	"math"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// packer codes one record after the other, with models that learn from those
// before. The same code packs and unpacks: with a record it packs it, and with
// nil it returns the one that was packed.
type packer struct {
	k     coder
	game  *Game
	rules game.Rules
	// ranker is nil for games that do not rank turns, and state until the
	// first record.
	ranker game.Ranker
	state  game.State

	seq table.Seq
	at  time.Time
	// turned is when the time of the turn began to count, and gain what each
	// seat was last given for lag.
	turned time.Time
	gain   [game.MaxSeats]int64
	// strangers are those who acted and did not play.
	strangers []account.ID
	bytes     int

	// records is how many there are.
	records uint64
	// grain is the unit of the times of arrival, in milliseconds, and before
	// the kind of the record before.
	grain  int64
	before struct{ turn, pressed bool }
	// drift is, while packing, how far at is behind the true time, in
	// milliseconds.
	drift int64
	// last are the times of the last two turns, and left about what is left to
	// each seat, in centiseconds.
	last [2]int64
	left [game.MaxSeats]int64
	// swing is whether what a seat is given for lag last grew or shrank.
	swing [game.MaxSeats]int
	models
}

func newPacker(k coder, g *Game, rules game.Rules) *packer {
	p := &packer{k: k, game: g, rules: rules, at: g.Created, turned: g.Created, models: usual}
	p.ranker, _ = rules.(game.Ranker)
	for i := range p.left {
		p.left[i], p.gain[i] = int64(g.Control.Initial/(centi*millis)), usualGain
		if p.left[i] == 0 {
			p.left[i] = math.MaxInt32 // no clock, or one of days
		}
	}
	return p
}

// head codes how many records there are, most often one for each turn, the
// table and the end, and how exact their times.
func (p *packer) head(records int, grain int64) uint64 {
	p.grain = 1
	if plain(p.k, uint64(grain/10), 1) == 1 {
		p.grain = 10
	}
	usual := int64(p.game.Plies) + 2
	p.records = uint64(max(0, usual+p.count.code(p.k, int64(records)-usual)))
	return p.records
}

// record codes one record, or returns what is wrong with it.
func (p *packer) record(r *table.Record) (table.Record, error) {
	var out table.Record
	packing := r != nil
	if packing {
		if out = *r; r.Table != p.game.ID || r.Seq != p.seq+1 {
			return out, fmt.Errorf("%w: record %d of %s out of order", game.ErrMalformed, r.Seq, r.Table)
		}
	}
	p.seq++
	out.Table, out.Seq, out.Action = p.game.ID, p.seq, ""
	turn, err := p.what(&out, packing)
	if err != nil {
		return out, err
	}
	p.when(&out, turn)
	return out, nil
}

// what codes who did what, and reports whether it was a ranked turn.
func (p *packer) what(r *table.Record, packing bool) (bool, error) {
	rank, of, ranked := 0, 0, false
	var e game.Event
	if packing && p.state != nil && !ownType(r.Type) {
		var err error
		if e, err = p.rules.DecodeEvent(r.Type, r.Data); err != nil {
			return false, err
		}
		rank, of, ranked = p.rankOf(r, e)
	}
	before := &p.turn[index(p.before.turn)][index(p.before.pressed)]
	if uint64(p.seq) == p.records {
		before = &p.lastTurn
	}
	if before.flag(p.k, ranked) {
		return true, p.ranked(r, place{rank, of}, e)
	}
	if err := p.other(r, packing); err != nil {
		return false, err
	}
	return false, p.evolve(r)
}

// place is a rank among so many turns.
type place struct{ rank, of int }

// rankOf returns the rank of an event that is a turn of whose turn it is.
func (p *packer) rankOf(r *table.Record, e game.Event) (rank, of int, ok bool) {
	seat := p.state.ToAct().First()
	if p.ranker == nil || r.Seat != seat || int(seat) >= len(p.game.Players) || seat < 0 || r.Actor != p.game.Players[seat].ID {
		return 0, 0, false
	}
	rank, of, ok = p.ranker.Rank(p.state, e)
	if !ok {
		return 0, 0, false
	}
	// The event must come back from its rank as it was stored.
	data, err := p.rules.EncodeEvent(e)
	return rank, of, err == nil && string(data) == string(r.Data) && e.EventType() == r.Type
}

// ranked codes a turn by its rank.
func (p *packer) ranked(r *table.Record, at place, e game.Event) error {
	if p.state == nil || p.ranker == nil {
		return errors.New("a turn before the game began")
	}
	if e == nil {
		at.of = p.ranker.Turns(p.state)
	}
	if at.of > 1 { // the only turn says itself
		at.rank = int(p.rank[rankContext(at.of, p.state.Ply())].code(p.k, uint64(at.rank)))
	}
	if e == nil {
		seat := p.state.ToAct().First()
		if seat < 0 || int(seat) >= len(p.game.Players) {
			return errors.New("a turn of nobody")
		}
		var err error
		if e, err = p.ranker.Ranked(p.state, at.rank); err != nil {
			return err
		}
		r.Seat, r.Actor, r.Type = seat, p.game.Players[seat].ID, e.EventType()
		if r.Data, err = p.rules.EncodeEvent(e); err != nil {
			return err
		}
	}
	p.state = p.state.Evolve(e)
	return nil
}

// evolve folds an event that was not ranked.
func (p *packer) evolve(r *table.Record) error {
	if ownType(r.Type) {
		return nil
	}
	if p.state == nil {
		return errors.New("an event before the game began")
	}
	e, err := p.rules.DecodeEvent(r.Type, r.Data)
	if err == nil {
		p.state = p.state.Evolve(e)
	}
	return err
}
