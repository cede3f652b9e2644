package faults

import (
	"context"
	"fmt"
	"sync"
	"time"

	"kibitz/internal/table"
)

// gamblers are people at tables of poker, who do what they may.
type gamblers struct {
	all     []*guest
	stories map[string]*story
	playing sync.WaitGroup
	stop    context.CancelFunc
}

// gamble seats so many people, two by two where the server sends them.
func gamble(w *town, n int) *gamblers {
	ctx, stop := context.WithCancel(w.t.Context())
	g := &gamblers{stories: make(map[string]*story), stop: stop}
	w.t.Cleanup(stop)
	var answer struct{ Table string }
	for i := range n {
		p := newGuest(w, i)
		var chips any
		w.await("somebody has chips", func() bool { return p.post("/api/v1/chips/daily", "{}", &chips) == nil })
		if i%2 == 0 {
			w.await("there is a table of poker", func() bool { return p.post("/api/v1/poker/quick", `{"preset":"nl2"}`, &answer) == nil })
		}
		if g.stories[answer.Table] == nil {
			g.stories[answer.Table] = newStory()
		}
		p.sit(answer.Table, g.stories[answer.Table])
		g.playing.Go(func() { tryAll(ctx, p) })
		g.all = append(g.all, p)
	}
	return g
}

// tryAll tries one action after the other. Most are not allowed just then.
func tryAll(ctx context.Context, p *guest) {
	for n := 0; wait(ctx, 200*time.Millisecond); n++ {
		typ := []string{"sit", "check", "call", "sit-in", "check", "call", "fold"}[n%7]
		p.act(fmt.Sprintf("%s%d", typ, n), fmt.Sprintf(`{"type":%q}`, typ), call{})
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
