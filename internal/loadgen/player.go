package loadgen

import (
	"math/rand/v2"
	"strconv"
	"sync"
	"time"

	"github.com/lxzan/gws"
)

// player is one player with one socket. Its messages are read by the goroutine
// of the socket; timers and the match call too, so mu guards what is below it.
type player struct {
	run    *run
	number int
	match  *match
	cookie string

	mu   sync.Mutex
	conn *gws.Conn
	// alive, lostAt and joinAt are what weather.absence needs. lostAt is zero
	// while no socket was lost.
	alive, lostAt, joinAt int64
	// tries are the joins sent since, of which the last one is answered at last.
	tries []int64
	// live: the table was joined on this socket.
	live bool
	// skew is how many milliseconds the server's clock is ahead.
	skew   int64
	sight  *sight
	book   book
	asked  request
	random *rand.Rand
	// timer is for the next own action, or to ask again after a refusal.
	timer *time.Timer
	// turnAt and wroteAt are ages of the run.
	turnAt, wroteAt time.Duration
	frame           []byte // used again
}

// request is an action that waits for its answer.
type request struct {
	id    string
	body  string // the action, as JSON
	ply   int    // of a move, in the script; else nobody
	spent int64
}

func newPlayer(r *run, number int) *player {
	p := &player{run: r, number: number, random: rand.New(rand.NewPCG(r.cfg.Seed, uint64(number)))}
	p.timer = time.AfterFunc(time.Hour, p.due)
	p.timer.Stop()
	return p
}

// sit goes to a table, as White when it is the player's own.
func (p *player) sit(s *sight) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.sight != nil && p.conn != nil {
		p.write(`{"type":"leave","table":"` + p.sight.table + `"}`)
	}
	p.timer.Stop()
	p.sight, p.asked, p.live = s, request{}, false
	p.book = book{seat: s.seat}
	p.join()
}

// maxTries bounds what is remembered of joins that nobody answered.
const maxTries = 100

// join asks for what was missed at the table.
func (p *player) join() {
	if p.conn == nil || p.sight == nil {
		return
	}
	p.joinAt = time.Now().UnixMilli()
	if p.lostAt > 0 && len(p.tries) < maxTries {
		p.tries = append(p.tries, p.joinAt)
	}
	p.write(`{"type":"join","table":"` + p.sight.table + `","after":` + strconv.FormatInt(p.sight.seq, 10) + `}`)
}

// ask sends an action, and again on every new socket until it is answered.
func (p *player) ask(a request) {
	p.asked = a
	p.repeat()
}

// repeat sends what was not answered.
func (p *player) repeat() {
	a := &p.asked
	if a.id == "" || !p.live || p.conn == nil {
		return
	}
	b := append(p.frame[:0], `{"type":"act","table":"`...)
	b = append(b, p.sight.table...)
	b = append(append(b, `","id":"`...), a.id...)
	b = append(append(b, `","action":`...), a.body...)
	if a.ply != nobody {
		b = append(b, `,"spent_ms":`...)
		b = strconv.AppendInt(b, a.spent, 10)
	}
	p.frame = append(b, '}')
	p.wroteAt = p.run.age()
	_ = p.conn.WriteMessage(gws.OpcodeText, p.frame) // a lost socket tells its reader
}

func (p *player) write(text string) {
	p.wroteAt = p.run.age()
	_ = p.conn.WriteString(text)
}

// due is called by the timer.
func (p *player) due() {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case !p.live:
	case p.asked.id != "":
		p.repeat()
	default:
		p.act()
	}
}

// plan sets the timer for the own move, when it is time for one.
func (p *player) plan() {
	s := p.sight
	if !s.myTurn() || p.asked.id != "" || p.run.stopping.Load() {
		return
	}
	now := p.run.age()
	p.turnAt = now
	wait := p.think()
	if soonest := p.wroteAt + time.Second/time.Duration(p.run.cfg.Rate); now+wait < soonest {
		wait = soonest - now
	}
	if wait <= 0 {
		p.act()
		return
	}
	p.timer.Reset(wait)
}

// firstThink bounds what the first moves take: a server gives up a game that
// does not begin.
const firstThink = 5 * time.Second

func (p *player) think() time.Duration {
	d := p.run.cfg.Think
	if p.sight.ply < seats {
		d = min(d, firstThink)
	}
	if d == 0 {
		return 0
	}
	return d/2 + time.Duration(p.random.Int64N(int64(d)))
}

// act makes the own move, and resigns where the script is at its end.
func (p *player) act() {
	s := p.sight
	if s == nil || !s.myTurn() || p.asked.id != "" || p.run.stopping.Load() {
		return
	}
	if s.ply >= len(s.script) {
		p.resign()
		return
	}
	s.sent = s.ply + 1
	now := p.run.age()
	p.match.flight.begin(s.ply, now)
	p.ask(request{
		id: "m" + strconv.Itoa(s.ply), ply: s.ply, spent: (now - p.turnAt).Milliseconds(),
		body: `{"type":"move","uci":"` + s.script[s.ply] + `"}`,
	})
}

func (p *player) resign() { p.ask(request{id: "r", ply: nobody, body: `{"type":"resign"}`}) }

// answered forgets the action that was answered.
func (p *player) answered() {
	p.asked = request{}
}

// keepAlive says something when nothing was said for long.
func (p *player) keepAlive() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.conn != nil && p.run.age()-p.wroteAt > quiet {
		p.write(`{"type":"ping","at":1}`)
	}
}

// quiet is after how much silence a player pings; a server closes a socket
// after 30 s.
const quiet = 8 * time.Second
