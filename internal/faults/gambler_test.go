package faults

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"kibitz/internal/table"
)

// gamblers are people at tables of poker.
type gamblers struct {
	all     []*guest
	stories map[string]*story
	playing sync.WaitGroup
	stop    context.CancelFunc
	deeds   deeds
}

// deeds are how often something was done, and acknowledged.
type deeds struct{ acts, allIns, rebuys, returns atomic.Int64 }

func (d *deeds) String() string {
	return fmt.Sprintf("%d decisions, %d times all-in, %d rebuys, %d who left and came back", d.acts.Load(), d.allIns.Load(), d.rebuys.Load(), d.returns.Load())
}

// private is a table where the next hand is dealt at once. Stacks are short, so
// that many are all-in, for different amounts; and boards may be run twice.
const private = `{"kind":"poker","setup":{"small_blind":1,"big_blind":2,"min_buy_in":40,"max_buy_in":200,"stack":80,"moving_button":true,"runs":2,"fast":true},` +
	`"room":{"seats":%d,"action_seconds":20,"bank_seconds":30}}`

// gamble seats people at private tables of so many each, and two where the
// server sends them, with the house.
func gamble(w *town, seed uint64, tables ...int) *gamblers {
	ctx, stop := context.WithCancel(w.t.Context())
	g := &gamblers{stories: make(map[string]*story), stop: stop}
	w.t.Cleanup(stop)
	g.seat(w, 2, func(p *guest, at any) error { return p.post("/api/v1/poker/quick", `{"preset":"nl2"}`, at) })
	for _, n := range tables {
		g.seat(w, n, func(p *guest, at any) error { return p.post("/api/v1/tables", fmt.Sprintf(private, n), at) })
	}
	for i, p := range g.all {
		who := gambler{p, &g.deeds, rand.New(rand.NewPCG(seed, uint64(i)))}
		g.playing.Go(func() { who.play(ctx) })
	}
	return g
}

// seat brings so many to the table that the first of them finds.
func (g *gamblers) seat(w *town, n int, find func(p *guest, at any) error) {
	var at struct{ Table string }
	for i := range n {
		p := newGuest(w, i)
		var chips any
		w.await("somebody has chips", func() bool { return p.post("/api/v1/chips/daily", "{}", &chips) == nil })
		if i == 0 {
			w.await("there is a table of poker", func() bool { return find(p, &at) == nil })
			g.stories[at.Table] = newStory()
		}
		p.sit(at.Table, g.stories[at.Table])
		g.all = append(g.all, p)
	}
}

// gambler is one of them.
type gambler struct {
	*guest
	*deeds
	rng *rand.Rand
}

// How long a gambler thinks at least, and after how long without anything new he
// looks whether there is something to do.
const (
	gamblersThink = 200 * time.Millisecond
	bored         = 3 * time.Second
)

// play plays until ctx is done.
func (g *gambler) play(ctx context.Context) {
	for n := 0; wait(ctx, gamblersThink); n++ {
		f := g.sees()
		switch {
		case f.mine == nobody:
			g.try(ctx, n, `{"type":"sit"}`, f)
		case f.next.Turn != nil && f.is(f.next.Turn.Pos):
			g.decide(ctx, n, f)
		case g.asked(&f):
			g.try(ctx, n, fmt.Sprintf(`{"type":"run","times":%d}`, 1+g.rng.IntN(2)), f)
		case f.out:
			g.try(ctx, n, `{"type":"sit-in","post":true}`, f)
		case f.stack == 0 && len(f.seats) == 0:
			if g.try(ctx, n, `{"type":"buy","chips":80}`, f) {
				g.rebuys.Add(1)
			}
		case time.Since(f.since) > bored:
			g.try(ctx, n, []string{`{"type":"sit-in","post":true}`, `{"type":"check"}`, `{"type":"call"}`}[n%3], f)
		}
	}
}

// sees returns what the gambler knows.
func (g *gambler) sees() felt {
	g.mu.Lock()
	defer g.mu.Unlock()
	f := g.at.felt
	f.seats = append([]int(nil), f.seats...)
	return f
}

func (g *gambler) asked(f *felt) bool {
	for _, pos := range f.next.Asked {
		if f.is(pos) {
			return true
		}
	}
	return false
}

// decide makes a decision in the hand. Now and then somebody leaves, or brings in
// everything.
func (g *gambler) decide(ctx context.Context, n int, f felt) {
	legal := f.next.Turn.Legal
	to := `{"type":"raise","to":%d}`
	action, allIn := `{"type":"check"}`, false
	switch dice := g.rng.IntN(100); {
	case dice == 0:
		if g.try(ctx, n, `{"type":"leave"}`, f) {
			g.returns.Add(1)
		}
		return
	case dice < 8 && legal.MaxTo > 0:
		action, allIn = fmt.Sprintf(to, legal.MaxTo), true
	case dice < 25 && legal.MinTo > 0:
		action = fmt.Sprintf(to, legal.MinTo)
	case legal.Call > 0 && dice < 50:
		action = `{"type":"fold"}`
	case legal.Call > 0:
		action, allIn = `{"type":"call"}`, legal.Call >= f.stack
	}
	if g.try(ctx, n, action, f) {
		g.acts.Add(1)
		if allIn {
			g.allIns.Add(1)
		}
	}
}

// try sends an action until it is acknowledged, and reports false when it is
// refused for good, or ctx is done before.
func (g *gambler) try(ctx context.Context, n int, action string, f felt) bool {
	id := fmt.Sprint("a", n)
	c := call{think: time.Since(f.since)}
	for {
		g.act(id, action, c)
		for end := time.Now().Add(againEvery); time.Now().Before(end); {
			if !wait(ctx, 10*time.Millisecond) {
				return false
			}
			g.mu.Lock()
			done, no := g.at.done[id], g.at.no[id]
			delete(g.at.no, id)
			g.mu.Unlock()
			if done {
				return true
			}
			if no != "" && no != unknown && !patient[no] {
				return false
			}
		}
	}
}

// games returns what is known of the tables, when nobody plays any more.
func (g *gamblers) games() []played {
	g.stop()
	g.playing.Wait()
	at := make(map[string]*played)
	var all []played
	for _, p := range g.all {
		p.mu.Lock()
		id := p.at.table
		p.mu.Unlock()
		one := at[id]
		if one == nil {
			one = &played{table: table.ID(id), story: g.stories[id], acked: make(map[string]call), unheard: make(map[string]call)}
			at[id] = one
		}
		acked, unheard := p.knows()
		for k, c := range acked {
			one.acked[k] = c
		}
		for k, c := range unheard {
			one.unheard[k] = c
		}
	}
	for _, one := range at {
		all = append(all, *one)
	}
	return all
}
