package faults

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"syscall"
	"time"
)

// fault is one way in which a part of a cluster fails.
type fault struct {
	// kind is what fails: the name of a process without its number, or which of
	// the NATS servers.
	kind string
	how  way
}

type way string

const (
	killed way = "killed"
	frozen way = "frozen"
	cutOff way = "cut off"
)

// natsLeader is the NATS server that leads most, and natsTwo two of the three,
// without which no move is taken.
const (
	natsLeader = "nats leader"
	natsTwo    = "nats, two"
)

func (f fault) String() string { return fmt.Sprintf("%s %s", f.kind, f.how) }

// faults are all of them.
var faults = []fault{
	{"app", killed}, {"app", frozen}, {"app", cutOff},
	{"gateway", killed}, {"gateway", frozen},
	{"worker", killed}, {"worker", frozen},
	{"nats", killed}, {"nats", frozen},
	{natsLeader, killed}, {natsLeader, frozen}, {natsLeader, cutOff},
	{natsTwo, frozen},
	{"memcached", killed}, {"memcached", frozen},
	{"postgres", killed}, {"postgres", frozen},
}

// linger is how long a part is away at least, and loyalty how long the players
// at an app server that is cut off insist on it, if they can reach it: longer
// than others need to take its tables.
const (
	linger  = 2 * time.Second
	loyalty = 7 * time.Second
)

// victim chooses the process that a fault hits: of app servers one with games, of
// gateways the one with most sockets.
func (c *crowd) victim(w *town, f fault) string {
	switch f.kind {
	case "postgres":
		return "postgres0"
	case "app":
		name := ""
		w.await("an app server has games", func() bool {
			name = fmt.Sprint("app", c.rng.IntN(3))
			return len(c.of(w, name)) > 0
		})
		return name
	case "gateway":
		return c.busiest(w)
	case natsTwo:
		return "nats0 nats1"
	case "nats", natsLeader:
		var most, least string
		w.await("the NATS servers have leaders", func() (ok bool) {
			var err error
			most, least, err = w.view.leaders(w.t.Context())
			return err == nil
		})
		if f.kind == natsLeader {
			return most
		}
		return least
	}
	return fmt.Sprint(f.kind, c.rng.IntN(2))
}

// busiest returns the gateway through which most play.
func (c *crowd) busiest(w *town) string {
	sockets := make(map[string]int)
	for _, d := range c.duels {
		for _, p := range d.two {
			p.mu.Lock()
			sockets[p.via]++
			p.mu.Unlock()
		}
	}
	if sockets[w.gateways[0]] > sockets[w.gateways[1]] {
		return "gateway0"
	}
	return "gateway1"
}

// hit makes a fault happen.
func (f fault) hit(w *town, victim string) {
	for one := range strings.FieldsSeq(victim) {
		switch f.how {
		case killed:
			w.signal(one, syscall.SIGKILL)
		case frozen:
			w.signal(one, syscall.SIGSTOP)
		case cutOff:
			w.links.cut(one)
		}
	}
}

// heal ends it.
func (f fault) heal(w *town, victim string) {
	for one := range strings.FieldsSeq(victim) {
		switch f.how {
		case killed:
			w.start(one)
		case frozen:
			w.signal(one, syscall.SIGCONT)
		case cutOff:
			w.links.mend(one)
		}
	}
}

// crowd is who plays while parts fail.
type crowd struct {
	duels []*duel
	rng   *rand.Rand
}

// of returns the duels whose table an app server has; all of another process.
func (c *crowd) of(w *town, victim string) []*duel {
	if !strings.HasPrefix(victim, "app") {
		return c.duels
	}
	var some []*duel
	for _, d := range c.duels {
		if id := d.at(); id != "" && w.view.owner(id) == victim {
			some = append(some, d)
		}
	}
	return some
}

// suffer lets one fault happen and end, and prints what it cost.
func (c *crowd) suffer(w *town, f fault) {
	victim := c.victim(w, f)
	hit := c.of(w, victim)
	var loyal []*duel
	if f.how == cutOff && f.kind == "app" {
		loyal, hit = hit[:(len(hit)+1)/2], hit[(len(hit)+1)/2:]
		c.insist(w, loyal, victim)
	}
	refused := w.conflicts()
	at := time.Now()
	f.hit(w, victim)
	var waits pauses
	if f.kind != natsTwo { // without them nothing goes on
		waits = goOn(w, at, hit)
	}
	if len(loyal) > 0 {
		w.t.Logf("whose players insisted on %s for %v: %v", victim, loyalty, goOn(w, at, loyal))
	}
	time.Sleep(time.Until(at.Add(linger)))
	back := time.Now()
	f.heal(w, victim)
	after := goOn(w, back, c.duels)
	w.t.Logf("%s %-20s %-10s %v (aim: under 10 s); when it was back: %v; %d late appends refused", at.UTC().Format(time.TimeOnly), f, victim, waits, after, w.conflicts()-refused)
	c.settle(w)
}

// insist has a player of each duel stay at an app server that others cannot
// reach, and go on sending moves there, until loyalty is over.
func (c *crowd) insist(w *town, some []*duel, victim string) {
	for _, d := range some {
		d.two[0].insist(w.addr(victim))
	}
	w.await("players are there", func() bool {
		for _, d := range some {
			if !d.two[0].there() {
				return false
			}
		}
		return true
	})
	time.AfterFunc(loyalty, func() {
		for _, d := range some {
			d.two[0].insist("")
		}
	})
}

// settle waits until everything is as before, and everybody plays.
func (c *crowd) settle(w *town) {
	for _, d := range c.duels {
		w.await("everybody has a table", func() bool { return d.at() != "" || d.complaint() != "" })
		if text := d.complaint(); text != "" {
			w.t.Error(text)
		}
	}
	w.calm()
}

// conflicts counts the appends that were refused because somebody else had
// written to the table.
func (w *town) conflicts() (n int) {
	for i := range 3 {
		n += w.said(fmt.Sprint("app", i), "somebody else writes to a table")
	}
	return n
}

// storm lets several parts fail at once: of each kind one at most, so that what
// is left can do the work.
func (c *crowd) storm(w *town) {
	type strike struct {
		fault
		victim string
	}
	var strikes []strike
	struck := make(map[string]bool)
	for _, i := range c.rng.Perm(len(faults)) {
		f := faults[i]
		kind := strings.Trim(strings.Fields(f.kind)[0], ",")
		if struck[kind] || len(strikes) == 3 || f.kind == natsTwo {
			continue
		}
		struck[kind] = true
		strikes = append(strikes, strike{f, c.victim(w, f)})
	}
	at := time.Now()
	var names []string
	for _, s := range strikes {
		s.hit(w, s.victim)
		names = append(names, fmt.Sprintf("%s %s", s.victim, s.how))
		time.Sleep(time.Duration(c.rng.IntN(1500)) * time.Millisecond)
	}
	waits := goOn(w, at, c.duels)
	time.Sleep(time.Until(at.Add(linger)))
	back := time.Now()
	c.rng.Shuffle(len(strikes), func(i, k int) { strikes[i], strikes[k] = strikes[k], strikes[i] })
	for _, first := range []bool{true, false} { // what is started again needs the database
		for _, s := range strikes {
			if (s.kind == "postgres") == first {
				s.heal(w, s.victim)
			}
		}
	}
	after := goOn(w, back, c.duels)
	w.t.Logf("%s %s: %v (aim: under 10 s); when all were back: %v", at.UTC().Format(time.TimeOnly), strings.Join(names, ", "), waits, after)
	c.settle(w)
}
