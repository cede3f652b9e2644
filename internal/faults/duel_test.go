package faults

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kibitz/internal/table"
)

// script is a game that takes long to end.
var script = strings.Fields(`e2e4 e7e5 g1f3 b8c6 f1b5 a7a6 b5a4 g8f6 e1g1 f8e7 f1e1 b7b5 a4b3 d7d6 c2c3 e8g8 h2h3 c6a5 b3c2 c7c5 d2d4 d8c7
	b1d2 c8d7 d2f1 c5d4 c3d4 a8c8 f1e3 f8e8 b2b3 e5d4 f3d4 e7f8 c1b2 c7d8 d1d2 g7g6 a1d1 f8g7 d4e2 d7c6 e2g3 d8e7 f2f3 h7h5 d2f2 h5h4
	g3f1 f6h5 b2g7 g8g7 e3g4 h5f4 f1e3 f4e6 c2d3 a5b7 e3d5 e7d8 b3b4 a6a5 a2a3 a5b4 a3b4 c6d5 e4d5 e6f4 e1e8 d8e8 d3f1 c8c3 f2d4 f7f6
	d4f4 e8e3 g1h1 c3c1 d1c1 e3c1 f4d4 c1f4 d4b6 f4b4 b6b7 g7f8`)

// think is how long a player of a duel thinks, from when the move of the other
// is there.
const think = 300 * time.Millisecond

// duel is two people who play one game of chess after the other.
type duel struct {
	town *town
	two  [2]*guest
	ways ways
	over chan struct{}
	stop context.CancelFunc

	mu       sync.Mutex
	table    table.ID // empty between two games
	moves    []made
	games    []played
	finished map[string]int // games by their time control
	problem  string
}

// ways is how people play: one way after the other.
type ways struct {
	all   []course
	rated bool
	// post, where there is one, is when a move is made: each takes one, and when
	// it is closed, whose turn it is resigns.
	post chan struct{}
}

// course is a game: its moves, and whether they end it; else whose turn it is
// resigns.
type course struct {
	control string
	moves   []string
	ends    bool
}

// casual is a game that takes long.
var casual = ways{all: []course{{control: "10+5", moves: script}}}

// made is one move: when it was first sent, and when the other saw it.
type made struct{ sent, seen time.Time }

// played is a game that is over, or at which nobody plays any more.
type played struct {
	table          table.ID
	story          *story
	acked, unheard map[string]call
}

// duels begins so many between guests.
func duels(w *town, n int) []*duel {
	var all []*duel
	for range n {
		all = append(all, newDuel(w, [2]*guest{newGuest(w, 0), newGuest(w, 1)}, casual))
	}
	for _, d := range all {
		w.await("a duel has begun", func() bool { return d.at() != "" })
	}
	return all
}

// newDuel begins one.
func newDuel(w *town, two [2]*guest, how ways) *duel {
	d := &duel{town: w, two: two, ways: how, over: make(chan struct{}), finished: make(map[string]int)}
	var ctx context.Context
	ctx, d.stop = context.WithCancel(w.t.Context())
	w.t.Cleanup(d.stop)
	go d.play(ctx)
	return d
}

// at returns the table where is played now.
func (d *duel) at() table.ID {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.table
}

// play plays until ctx is done, or no more moves are wanted.
func (d *duel) play(ctx context.Context) {
	defer close(d.over)
	for n := 0; ctx.Err() == nil; {
		how := &d.ways.all[n%len(d.ways.all)]
		var answer struct{ Table table.ID }
		if err := d.two[0].post("/api/v1/tables", d.wish(how), &answer); err != nil {
			if never(err) {
				d.fail("no table for %s: %v", d.two[0].user, err)
			}
			wait(ctx, againEvery)
			continue
		}
		s := newStory()
		for _, p := range d.two {
			p.sit(string(answer.Table), s)
		}
		if !d.two[1].until(ctx, "sit", `{"type":"sit"}`, call{}) {
			return
		}
		d.mu.Lock()
		d.table = answer.Table
		d.mu.Unlock()
		more := d.game(ctx, how)
		d.finish(answer.Table, s)
		if n++; !more {
			return
		}
	}
}

// wish is the body that asks for the table of a game.
func (d *duel) wish(how *course) string {
	opponent := `"friend"`
	if name := d.two[1].name; name != "" {
		opponent = fmt.Sprintf(`"user","name":%q`, name)
	}
	return fmt.Sprintf(`{"kind":"chess","control":%q,"opponent":%s,"color":"white","rated":%v}`, how.control, opponent, d.ways.rated)
}

// game plays a game to its end, and reports whether there may be another; it is
// left as it is when ctx is done before.
func (d *duel) game(ctx context.Context, how *course) bool {
	turn := 0
	for more := true; turn < len(how.moves); turn++ {
		mover := d.two[turn%2]
		from, ok := d.sees(ctx, mover, turn)
		if ok {
			more, ok = d.due(ctx, from)
		}
		if !ok {
			return false
		}
		if !more {
			d.resign(ctx, how, turn)
			return false
		}
		if !d.move(ctx, turn, how.moves[turn], from) {
			return false
		}
	}
	if how.ends {
		d.done(how)
		return true
	}
	return d.resign(ctx, how, turn)
}

// due waits until a move is to be made, and reports false when no more are.
func (d *duel) due(ctx context.Context, from time.Time) (more, ok bool) {
	if d.ways.post == nil {
		return true, wait(ctx, think-time.Since(from))
	}
	select {
	case _, more = <-d.ways.post:
		return more, true
	case <-ctx.Done():
		return false, false
	}
}

// move makes a move, and waits until the other sees it. Who has begun one waits
// for its answer, also in the end: else nobody could say what became of it.
func (d *duel) move(ctx context.Context, turn int, uci string, from time.Time) bool {
	mover, other, m := d.two[turn%2], d.two[1-turn%2], made{sent: time.Now()}
	c := call{what: fmt.Sprintf("move %d %s", turn+1, uci), think: m.sent.Sub(from)}
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), generous)
	defer cancel()
	ok := mover.until(patience, fmt.Sprintf("m%d", turn+1), fmt.Sprintf(`{"type":"move","uci":%q}`, uci), c)
	if ok {
		m.seen, ok = d.sees(patience, other, turn+1)
	}
	if !ok {
		d.fail("the move %d of %s has no answer; its players were told %v and %v", turn+1, d.at(), d.two[0].refusals(), d.two[1].refusals())
		return false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.moves = append(d.moves, m)
	return true
}

// resign ends a game for whose turn it is, who waits for the answer as with a
// move.
func (d *duel) resign(ctx context.Context, how *course, turn int) bool {
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), generous)
	defer cancel()
	if !d.two[turn%2].until(patience, "resign", `{"type":"resign"}`, call{}) {
		d.fail("nobody says whether %s was resigned; its players were told %v and %v", d.at(), d.two[0].refusals(), d.two[1].refusals())
		return false
	}
	d.done(how)
	return true
}

// done counts a game that came to its end.
func (d *duel) done(how *course) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.finished[how.control]++
}

// sees waits until a player sees a ply, and returns since when.
func (d *duel) sees(ctx context.Context, p *guest, ply int) (time.Time, bool) {
	if ply == 0 {
		return time.Now(), true
	}
	for {
		if at, ok := p.saw(ply); ok {
			return at, true
		}
		if !wait(ctx, 5*time.Millisecond) {
			return time.Time{}, false
		}
	}
}

func (d *duel) fail(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.problem = text
}

// complaint returns what is wrong: a move without an answer, or a refusal of
// what was allowed.
func (d *duel) complaint() string {
	for _, p := range d.two {
		told := p.refusals()
		if delete(told, unknown); len(told) > 0 {
			return fmt.Sprintf("a player of %s was told %v", d.at(), told)
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.problem
}

// finish keeps what is known of a game.
func (d *duel) finish(id table.ID, s *story) {
	one := played{table: id, story: s, acked: make(map[string]call), unheard: make(map[string]call)}
	for _, p := range d.two {
		acked, unheard := p.knows()
		for k, c := range acked {
			one.acked[k] = c
		}
		for k, c := range unheard {
			one.unheard[k] = c
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.games, d.table = append(d.games, one), ""
}

// since returns the longest that a move took after a moment, until both had
// made one that was sent after it; false while that is not so.
func (d *duel) since(at time.Time) (time.Duration, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var longest time.Duration
	after := 0
	for i := range d.moves {
		m := &d.moves[i]
		if m.seen.Before(at) {
			continue
		}
		if m.sent.After(at) {
			after++
		}
		longest = max(longest, min(m.seen.Sub(m.sent), m.seen.Sub(at)))
		if after == 2 {
			return longest, true
		}
	}
	return 0, false
}

// goOn waits until duels go on after a moment, and says how long they paused.
// Who looks for a table just then is left out.
func goOn(w *town, at time.Time, all []*duel) pauses {
	var waits pauses
	for _, d := range all {
		var wait time.Duration
		id := d.at()
		w.await(fmt.Sprintf("the game %s goes on", id), func() (ok bool) {
			wait, ok = d.since(at)
			return ok || d.at() == ""
		})
		if wait > 0 {
			waits = append(waits, wait)
		}
	}
	slices.Sort(waits)
	return waits
}

// pauses are sorted.
type pauses []time.Duration

func (p pauses) String() string {
	if len(p) == 0 {
		return "nobody waited for a move"
	}
	return fmt.Sprintf("next move after %v (p50), %v (max) in %d games", p[len(p)/2].Round(time.Millisecond), p[len(p)-1].Round(time.Millisecond), len(p))
}

// A pause is measured from the fault, or from when the move was due.
func TestPauses(t *testing.T) {
	at := time.Now()
	ms := func(n int) time.Time { return at.Add(time.Duration(n) * time.Millisecond) }
	for _, row := range []struct {
		name  string
		moves []made
		want  time.Duration
		ok    bool
	}{
		{"nothing yet", nil, 0, false},
		{"moves before", []made{{ms(-300), ms(-290)}, {ms(-100), ms(-1)}}, 0, false},
		{"one player alone", []made{{ms(-100), ms(900)}, {ms(1200), ms(1210)}}, 0, false},
		{"under way", []made{{ms(-100), ms(900)}, {ms(1200), ms(1210)}, {ms(1500), ms(1501)}}, 900 * time.Millisecond, true},
		{"due later", []made{{ms(200), ms(900)}, {ms(1200), ms(1210)}}, 700 * time.Millisecond, true},
		{"what comes later", []made{{ms(200), ms(300)}, {ms(600), ms(650)}, {ms(900), ms(5000)}}, 100 * time.Millisecond, true},
	} {
		d := &duel{moves: row.moves}
		if got, ok := d.since(at); got != row.want || ok != row.ok {
			t.Errorf("%s: got %v, %v; want %v, %v", row.name, got, ok, row.want, row.ok)
		}
	}
}
