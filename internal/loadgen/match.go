package loadgen

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"
)

// match is two players who play one game after the other.
type match struct {
	run     *run
	number  int
	players [seats]*player
	flight  flight
	bell    chan struct{}
	// games are all that were begun. They belong to the goroutine of the match
	// until that has ended.
	games []*game
}

// game is one game, and what its players saw of it.
type game struct {
	table  string
	script []string
	sights [seats]*sight
	by     [seats]*player
}

func newMatch(r *run, number int) *match {
	m := &match{run: r, number: number, bell: make(chan struct{}, 1)}
	for i := range m.players {
		m.players[i] = newPlayer(r, number*seats+i)
		m.players[i].match = m
	}
	return m
}

// wake tells the match that a player is through with the game.
func (m *match) wake() {
	select {
	case m.bell <- struct{}{}:
	default:
	}
}

// play plays games until the run stops.
func (m *match) play(ctx context.Context) {
	for n := 0; !m.run.stopping.Load(); n++ {
		g := m.begin(ctx, n)
		if g == nil {
			return
		}
		if n == 0 {
			m.run.begun.Add(1)
		}
		m.finish(ctx, g)
	}
}

// begin makes a table and sends the players there; nil when the run stops.
// They take turns with the colours, and so with making tables, which a server
// bounds.
func (m *match) begin(ctx context.Context, n int) *game {
	white, black := m.players[n%seats], m.players[(n+1)%seats]
	pause := m.run.cfg.RetryMin
	for !m.run.stopping.Load() {
		id, err := m.run.api.newTable(ctx, white.cookie)
		if err == nil {
			g := m.run.newGame(id, m.number+n*m.run.cfg.Games, [seats]*player{white, black})
			m.games = append(m.games, g)
			white.sit(g.sights[0])
			black.sit(g.sights[1])
			return g
		}
		m.run.excuse(err)
		select {
		case <-time.After(pause):
		case <-m.run.stop:
		case <-ctx.Done():
			return nil
		}
		pause = min(2*pause, m.run.cfg.RetryMax)
	}
	return nil
}

// newGame sets the sights of two players on a table.
func (r *run) newGame(id string, n int, by [seats]*player) *game {
	script := r.cfg.Scripts[(uint64(n)+r.cfg.Seed)%uint64(len(r.cfg.Scripts))]
	g := &game{table: id, script: script, by: by}
	for seat := range g.sights {
		g.sights[seat] = &sight{table: id, script: script, seat: seat, waiting: true}
	}
	return g
}

// excuse counts an error of plain HTTP, as far as it is one: a server may be
// busy, and it may be away.
func (r *run) excuse(err error) {
	switch {
	case errors.Is(err, context.Canceled):
	case errors.Is(err, errBusy):
		r.refused.Add(1)
	case errors.Is(err, errAnswer), errors.Is(err, errGone):
		r.fail("http")
		r.note("%v", err)
	case isTimeout(err):
		r.fail("http timeout")
	case isRefused(err):
		r.weather.refused(time.Now())
		r.retried.Add(1)
	default:
		r.retried.Add(1)
	}
}

// laggard is how long one player of a game may need to see its end after the
// other did.
const laggard = 10 * time.Second

// finish waits for the end of a game, or of the run.
func (m *match) finish(ctx context.Context, g *game) {
	var late <-chan time.Time
	for {
		switch over := g.over(); {
		case over == seats:
			return
		case over > 0 && late == nil:
			late = time.After(laggard)
		}
		select {
		case <-m.bell:
		case <-late:
			m.run.fail("end-not-seen")
			return
		case <-m.run.stop:
			return
		case <-ctx.Done():
			return
		}
	}
}

// over returns how many of the players are through with the game.
func (g *game) over() int {
	n := 0
	for seat, p := range g.by {
		p.mu.Lock()
		if g.sights[seat].over {
			n++
		}
		p.mu.Unlock()
	}
	return n
}

// seen returns copies of what the players saw so far.
func (g *game) seen() [seats]*sight {
	var all [seats]*sight
	for seat, p := range g.by {
		p.mu.Lock()
		s := *g.sights[seat]
		s.odd = maps.Clone(s.odd)
		p.mu.Unlock()
		all[seat] = &s
	}
	return all
}

// audit reads the game back and compares it. A game that the server does not
// know any more has lost everything.
func (g *game) audit(ctx context.Context, r *run) (Audit, error) {
	told := g.seen()
	body, err := r.api.table(ctx, g.table)
	if err != nil && !errors.Is(err, errGone) {
		return Audit{}, err
	}
	var f frame
	f.read(body)
	if err == nil && string(f.table) != g.table {
		return Audit{}, fmt.Errorf("table %s: %w: %.100q", g.table, errAnswer, body)
	}
	a := compare(g.script, told, f.events)
	if !a.Clean() {
		r.note("%s: %d lost, %d doubled, %d disordered", g.table, a.Lost, a.Doubled, a.Disordered)
	}
	return a, nil
}

// clear resigns the game, so that the server is left tidy.
func (g *game) clear() {
	p := g.by[0]
	p.mu.Lock()
	defer p.mu.Unlock()
	if s := g.sights[0]; p.sight == s && !s.over && !s.waiting && p.asked.id == "" {
		p.resign()
	}
}
