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

	count number
	// grain is the unit of the times of arrival, in milliseconds, and before
	// the kind of the record before.
	grain  int64
	before struct{ turn, pressed bool }
	// drift is, while packing, how far at is behind the true time, in
	// milliseconds.
	drift int64
	// last are the times of the last two turns, in centiseconds.
	last [2]int64

	turn, pressed     [2][2]chance
	rank              number
	word              number
	seat, actor, size number
	stranger          chance
	thought           [3]signed // of turns, after quick and slow ones
	elapsed           signed    // of other records
	timed, centi      chance
	comp              [2]number
	gained            signed
	spent             signed
	own               ownModel
}

// What is expected before anything was seen, as found in real games. It is part
// of the stored form.
var (
	expectRank = []uint32{93, 46, 52, 50, 63, 54, 6, 1, 1}
	expectTime = []uint32{1, 2, 20, 60, 120, 180, 250, 350, 500, 450, 370, 300, 230, 150, 75, 25, 6, 3, 2, 1, 1, 1, 1, 1, 1}
	expectComp = []uint32{100, 60, 300, 300, 120, 50, 20, 5, 1}
)

func newPacker(k coder, g *Game, rules game.Rules) *packer {
	likely, unlikely := expected(97, 100), expected(1, 100)
	p := &packer{
		k: k, game: g, rules: rules, at: g.Created, turned: g.Created,
		turn:    [2][2]chance{{expected(1, 2), unlikely}, {likely, likely}},
		pressed: [2][2]chance{{unlikely, unlikely}, {unlikely, likely}},
		rank:    expect(expectRank...), timed: unlikely, centi: likely,
		elapsed: signed{minus: unlikely},
		comp:    [2]number{expect(expectComp...), expect(expectComp...)},
		gained:  signed{zero: expected(80, 100)}, spent: signed{zero: likely},
	}
	for i := range p.thought {
		p.thought[i] = signed{unlikely, unlikely, expect(expectTime...)}
	}
	p.ranker, _ = rules.(game.Ranker)
	return p
}

// head codes how many records there are, and how exact their times.
func (p *packer) head(records int, grain int64) uint64 {
	p.grain = 1
	if plain(p.k, uint64(grain/10), 1) == 1 {
		p.grain = 10
	}
	return p.count.code(p.k, uint64(records))
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
	rank, ranked := 0, false
	var e game.Event
	if packing && p.state != nil && !ownType(r.Type) {
		var err error
		if e, err = p.rules.DecodeEvent(r.Type, r.Data); err != nil {
			return false, err
		}
		rank, ranked = p.rankOf(r, e)
	}
	if p.turn[index(p.before.turn)][index(p.before.pressed)].flag(p.k, ranked) {
		return true, p.ranked(r, rank, e)
	}
	if err := p.other(r, packing); err != nil {
		return false, err
	}
	return false, p.evolve(r)
}

// rankOf returns the rank of an event that is a turn of whose turn it is.
func (p *packer) rankOf(r *table.Record, e game.Event) (rank int, ok bool) {
	seat := p.state.ToAct().First()
	if p.ranker == nil || r.Seat != seat || int(seat) >= len(p.game.Players) || seat < 0 || r.Actor != p.game.Players[seat].ID {
		return 0, false
	}
	rank, _, ok = p.ranker.Rank(p.state, e)
	if !ok {
		return 0, false
	}
	// The event must come back from its rank as it was stored.
	data, err := p.rules.EncodeEvent(e)
	return rank, err == nil && string(data) == string(r.Data) && e.EventType() == r.Type
}

// ranked codes a turn by its rank.
func (p *packer) ranked(r *table.Record, rank int, e game.Event) error {
	if p.state == nil || p.ranker == nil {
		return errors.New("a turn before the game began")
	}
	rank = int(p.rank.code(p.k, uint64(rank)))
	if e == nil {
		seat := p.state.ToAct().First()
		if seat < 0 || int(seat) >= len(p.game.Players) {
			return errors.New("a turn of nobody")
		}
		var err error
		if e, err = p.ranker.Ranked(p.state, rank); err != nil {
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

// when codes the times of a record.
func (p *packer) when(r *table.Record, turn bool) {
	p.arrive(r, turn)
	if r.Pressed = p.pressed[index(turn)][index(p.before.pressed)].flag(p.k, r.Pressed); r.Pressed {
		p.press(r)
	} else if p.timed.flag(p.k, r.Spent != 0 || r.Comp != 0 || r.Gain != 0) {
		p.plainTimes(r)
	}
	if turn || r.Pressed || r.Type == "table.released" {
		p.turned = r.At
	}
	if p.before.turn = turn; turn {
		p.before.pressed = r.Pressed
	}
}

// index is the context that a truth makes.
func index(b bool) int {
	if b {
		return 1
	}
	return 0
}

// maxDrift is how far the stored times of turns may be from the true ones, in
// milliseconds.
const maxDrift = 100

// arrive codes when a record arrived: a turn in grains since the one before,
// and anything else to the millisecond, for it may stop a clock. What grains
// cut off adds up, and is put right before it is much.
func (p *packer) arrive(r *table.Record, turn bool) {
	unit, model := int64(1), &p.elapsed
	if turn {
		unit, model = p.grain, &p.thought[p.tempo()]
	}
	var since, at int64
	if !r.At.IsZero() {
		at = r.At.UnixMilli()
		since = at - p.at.UnixMilli() - p.drift
		if turn && p.drift >= maxDrift-p.grain {
			since += p.drift
		}
	}
	since = model.code(p.k, floor(since, unit)) * unit
	if turn {
		p.last = [2]int64{p.last[1], since / 10}
	}
	r.At = time.UnixMilli(p.at.UnixMilli() + since).UTC()
	p.at = r.At
	p.drift = at - r.At.UnixMilli()
}

// tempo is the context of a turn: how long the same player's turn before took.
func (p *packer) tempo() int {
	switch last := p.last[0]; {
	case last < 100:
		return 0
	case last < 800:
		return 1
	}
	return 2
}

// floor divides and rounds down.
func floor(n, by int64) int64 {
	if n < 0 {
		return -((-n + by - 1) / by)
	}
	return n / by
}

// press codes the outcome of a turn on a running clock: what it cost follows
// from when it arrived, but after an outage.
func (p *packer) press(r *table.Record) {
	unit := int64(10)
	if !p.centi.flag(p.k, r.Spent%(10*millis) == 0 && r.Comp%(10*millis) == 0 && r.Gain%(10*millis) == 0) {
		unit = 1
	}
	seat := max(0, int(r.Seat))
	comp := int64(p.comp[seat&1].code(p.k, uint64(r.Comp.Milliseconds()/unit))) * unit
	before := p.gain[seat] - p.gain[seat]%unit
	gain := before + p.gained.code(p.k, (r.Gain.Milliseconds()-before)/unit)*unit
	elapsed := r.At.UnixMilli() - p.turned.UnixMilli()
	likely := max(0, elapsed-elapsed%10-comp-p.game.Control.Delay.Milliseconds())
	likely -= likely % unit
	spent := likely + p.spent.code(p.k, (r.Spent.Milliseconds()-likely)/unit)*unit
	p.gain[seat] = gain
	r.Comp, r.Gain, r.Spent = asTime(comp), asTime(gain), asTime(spent)
}

func (p *packer) plainTimes(r *table.Record) {
	for _, d := range []*time.Duration{&r.Spent, &r.Comp, &r.Gain} {
		*d = asTime(p.spent.code(p.k, d.Milliseconds()))
	}
}

// asTime turns milliseconds into a time without overflow.
func asTime(ms int64) time.Duration {
	const most = math.MaxInt64 / int64(millis)
	return time.Duration(min(max(ms, -most), most)) * millis
}
