package loadgen

import (
	"sync"
	"time"

	"github.com/lxzan/gws"
)

// frames are used again by whoever reads a message.
var frames = sync.Pool{New: func() any { return new(frame) }}

// OnOpen implements gws.Event.
func (p *player) OnOpen(*gws.Conn) {}

// OnPing implements gws.Event.
func (p *player) OnPing(c *gws.Conn, payload []byte) { _ = c.WritePong(payload) }

// OnPong implements gws.Event.
func (p *player) OnPong(*gws.Conn, []byte) {}

// OnMessage implements gws.Event.
func (p *player) OnMessage(c *gws.Conn, m *gws.Message) {
	now := p.run.age()
	f := frames.Get().(*frame)
	f.read(m.Bytes())
	p.mu.Lock()
	if c == p.conn {
		p.receive(f, now)
	}
	p.mu.Unlock()
	frames.Put(f)
	_ = m.Close()
}

// receive takes a message in that arrived at an age of the run.
func (p *player) receive(f *frame, now time.Duration) {
	if string(f.kind) == "hello" {
		p.hello(f)
		return
	}
	if p.sight == nil || string(f.table) != p.sight.table {
		if string(f.code) == "too-fast" {
			p.run.refused.Add(1)
		}
		return // of a table that was left
	}
	switch string(f.kind) {
	case "events":
		p.events(f, now)
	case "table":
		p.whole(f)
	case "done":
		p.done(f)
	case "error":
		p.failed(f)
	case "replaced":
		p.run.fail("replaced")
	}
}

// hello learns how the server's clock differs. On one machine it does not.
func (p *player) hello(f *frame) {
	if !p.run.target.local {
		p.skew = f.nowAt - time.Now().UnixMilli()
	}
}

// arrive notes that a join was answered.
func (p *player) arrive() (was bool) {
	was, p.live = p.live, true
	if !was && p.lostAt > 0 {
		p.book.away = p.run.weather.absences(p.book.away, absence{p.alive, p.lostAt, p.joinAt, p.skew, p.tries})
		p.run.resumes.Add(1)
	}
	if !was {
		p.alive, p.lostAt, p.tries = p.joinAt, 0, p.tries[:0]
	}
	return was
}

// events takes events in, live ones and those that were missed.
func (p *player) events(f *frame, now time.Duration) {
	live := p.arrive()
	s := p.sight
	fresh := f.events[:0]
	for i := range f.events {
		e := f.events[i]
		isNew, ok := s.take(&e)
		if !ok {
			p.gap()
			return
		}
		if !isNew {
			continue
		}
		fresh = append(fresh, e)
		if e.isMove() && e.seat != s.seat && live {
			p.match.flight.land(e.ply-1, now, &p.run.counts)
		}
	}
	p.charge(p.book.events(fresh, f.clocks))
	p.acknowledged(f)
	p.goOn(live)
}

// gap asks again for what is missing.
func (p *player) gap() {
	p.run.fail("gap")
	p.live = false
	p.join()
}

// whole takes a whole table in.
func (p *player) whole(f *frame) {
	live := p.arrive()
	p.sight.whole(f)
	p.book.gain = f.gain
	p.charge(p.book.table(f.plies, f.clocks))
	if f.waiting && f.you == nobody && p.asked.id == "" && !p.sight.over {
		p.ask(request{id: "s", ply: nobody, body: `{"type":"sit"}`})
		return
	}
	p.goOn(live)
}

// goOn does what comes next: what was not answered on the socket before, the
// next table, or the next move.
func (p *player) goOn(live bool) {
	if !live {
		p.repeat()
	}
	if p.sight.over {
		p.match.wake()
		return
	}
	p.plan()
}

// charge counts what the own clock lost.
func (p *player) charge(millis int64) {
	p.run.late.Add(p.book.late)
	p.book.late = 0
	if millis > 0 {
		p.run.charged.Add(millis)
		p.run.note("%s: seat %d was charged %d ms without reason", p.sight.table, p.sight.seat, millis)
	}
}

// acknowledged looks for the answer to the own action among events.
func (p *player) acknowledged(f *frame) {
	a := p.asked
	if a.id == "" || string(f.ack) != a.id {
		return
	}
	p.answered()
	if a.ply == nobody {
		return
	}
	for i := range f.events {
		if e := &f.events[i]; e.isMove() && e.ply == a.ply+1 {
			p.sight.acked(a.ply, e.seq)
			p.run.moved()
			return
		}
	}
	p.run.fail("ack-without-move")
}

// done is the answer to an action that was done before.
func (p *player) done(f *frame) {
	a := p.asked
	if a.id == "" || string(f.id) != a.id {
		return
	}
	p.answered()
	if a.ply != nobody {
		p.sight.acked(a.ply, f.seq)
		p.run.moved()
	}
	p.goOn(true)
}

// failed takes a refusal in.
func (p *player) failed(f *frame) {
	code := string(f.code)
	again := code == "too-fast" || code == "busy"
	switch {
	case again:
		p.run.refused.Add(1)
	case code == "over" && p.run.stopping.Load():
	default:
		p.run.fail(code)
	}
	wait := time.Duration(max(f.retryMillis, 1)) * time.Millisecond
	own := p.asked.id != "" && string(f.id) == p.asked.id
	switch {
	case own && (again || code == "internal"):
		p.match.flight.spoil()
		p.timer.Reset(max(wait, minRetry))
	case own:
		p.refuse()
	case len(f.id) == 0 && !p.live && (again || code == "internal" || code == "moved"):
		p.later(max(wait, minRetry))
	case len(f.id) == 0 && !p.live:
		p.sight.over = true
		p.match.wake()
	}
}

// minRetry is the least pause before asking again.
const minRetry = 10 * time.Millisecond

// refuse is for an action that will not be done: the game cannot go on.
func (p *player) refuse() {
	moved := p.asked.ply != nobody
	p.answered()
	if moved && !p.sight.over {
		p.resign()
		return
	}
	p.sight.over = true
	p.match.wake()
}

// later joins again after a pause, on the same socket.
func (p *player) later(wait time.Duration) {
	conn, s := p.conn, p.sight
	time.AfterFunc(wait, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.conn == conn && p.sight == s && !p.live {
			p.join()
		}
	})
}
