package archive

import (
	"math"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// when codes the times of a record.
func (p *packer) when(r *table.Record, turn bool) {
	p.arrive(r, turn)
	if r.Pressed = p.pressed[index(turn)][p.pressing()].flag(p.k, r.Pressed); r.Pressed {
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

// pressing is the context of whether a turn ran on a clock: whether the one
// before did, and else whether it might, which takes a turn of each player.
func (p *packer) pressing() int {
	if p.before.pressed || p.state == nil {
		return index(p.before.pressed)
	}
	return 2 * index(p.state.Ply() > len(p.game.Players))
}

// maxDrift is how far the stored times of turns may be from the true ones, in
// milliseconds.
const maxDrift = 100

// arrive codes when a record arrived: a turn in grains since the one before,
// and anything else to the millisecond, for it may stop a clock. Half of what
// a grain cuts off at most is added again; what adds up all the same is put
// right before it is much.
func (p *packer) arrive(r *table.Record, turn bool) {
	var since, at int64
	if !r.At.IsZero() {
		at = r.At.UnixMilli()
		since = at - p.at.UnixMilli() - p.drift
		if turn && (p.drift >= maxDrift-p.grain || p.drift <= p.grain-maxDrift) {
			since = max(0, since+p.drift)
		}
	}
	switch {
	case turn:
		since = p.thought[p.tempo(r.Seat)].code(p.k, floor(since, p.grain)) * p.grain
		p.last = [2]int64{p.last[1], since / 10}
		since += (p.grain - 1 + int64(p.seq&1)) / 2
	case uint64(p.seq) == p.records:
		since = p.ended(since)
	default:
		since = p.elapsed.code(p.k, since)
	}
	r.At = time.UnixMilli(p.at.UnixMilli() + since).UTC()
	p.at = r.At
	p.drift = at - r.At.UnixMilli()
}

// ended codes how long after the one before the last record came: at once, or
// about when the game's row says that it was over.
func (p *packer) ended(since int64) int64 {
	if p.elapsed.zero.flag(p.k, since == 0) {
		return 0
	}
	about := p.game.Ended.UnixMilli() - p.at.UnixMilli()
	return about + p.ending.code(p.k, since-about)
}

// tempo is the context of a turn: how long the same player's turn before took,
// and how much time is left, in centiseconds.
func (p *packer) tempo(seat game.Seat) int {
	slow, rich := 0, 0
	for _, limit := range [...]int64{50, 100, 200, 400, 800} {
		slow += index(p.last[0] >= limit)
	}
	for _, limit := range [...]int64{1500, 6000, 20000} {
		rich += index(p.left[max(0, seat)] >= limit)
	}
	return 4*slow + rich
}

// floor divides and rounds down.
func floor(n, by int64) int64 {
	if n < 0 {
		return -((-n + by - 1) / by)
	}
	return n / by
}

// What a seat is given for the lag of a common network, and the part of it that
// is for the computers at both ends, in milliseconds.
const (
	usualGain    = 180
	computerGain = 140
)

// press codes the outcome of a turn on a running clock: what it cost follows
// from when it arrived, but after an outage, and what was made good from what
// the seat is given for its lag.
func (p *packer) press(r *table.Record) {
	unit := int64(10)
	if !p.centi.flag(p.k, r.Spent%(10*millis) == 0 && r.Comp%(10*millis) == 0 && r.Gain%(10*millis) == 0) {
		unit = 1
	}
	seat := max(0, int(r.Seat))
	gain := p.gained(r, seat, unit)
	lag := max(0, gain-computerGain) / unit
	comp := (lag + p.comp[seat&1].code(p.k, r.Comp.Milliseconds()/unit-lag)) * unit
	elapsed := r.At.UnixMilli() - p.turned.UnixMilli()
	likely := max(0, elapsed-elapsed%10-comp-p.game.Control.Delay.Milliseconds())
	likely -= likely % unit
	spent := likely + p.spent.code(p.k, (r.Spent.Milliseconds()-likely)/unit)*unit
	r.Comp, r.Gain, r.Spent = asTime(comp), asTime(gain), asTime(spent)
	p.left[seat] += p.game.Control.Increment.Milliseconds()/10 - spent/10
}

// gained codes what a seat is given for its lag, which swings about a mean.
func (p *packer) gained(r *table.Record, seat int, unit int64) int64 {
	before := p.gain[seat] - p.gain[seat]%unit
	change := p.gains[p.swing[seat]].code(p.k, (r.Gain.Milliseconds()-before)/unit)
	switch {
	case change < 0:
		p.swing[seat] = 1
	case change > 0:
		p.swing[seat] = 2
	}
	p.gain[seat] = before + change*unit
	return p.gain[seat]
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
