package house

import (
	"encoding/json"
	"testing"

	"kibitz/internal/game"
	"kibitz/internal/poker"
)

// parlour is a table of house players, as package poker runs it.
type parlour struct {
	testing.TB
	luck
	*House
	state  game.State
	seats  int
	people int
	acts   map[string]int
	hands  int
}

func newParlour(tb testing.TB, s poker.Stakes, seats int, seed uint64) *parlour {
	tb.Helper()
	setup, err := json.Marshal(s)
	if err != nil {
		tb.Fatal(err)
	}
	state, err := poker.Rules{}.New(setup, seats)
	if err != nil {
		tb.Fatal(err)
	}
	return &parlour{TB: tb, luck: newLuck(seed), House: mustOpen(tb), state: state, seats: seats, people: 1, acts: map[string]int{}}
}

func (p *parlour) do(seat game.Seat, a game.Action) {
	p.Helper()
	events, err := p.state.Decide(seat, a, p.luck)
	if err != nil {
		p.Fatalf("seat %d: %+v: %v", seat, a, err)
	}
	for _, e := range events {
		p.state = p.state.Evolve(e)
	}
}

func (p *parlour) take(seat game.Seat, d Decision) {
	p.Helper()
	a, err := poker.Rules{}.DecodeAction(d.Type, d.JSON())
	if err != nil {
		p.Fatalf("%v: %v", d, err)
	}
	p.acts[d.Type]++
	p.do(seat, a)
}

func (p *parlour) sight(seat game.Seat) Sight {
	return Sight{Table: p.state.View(game.Viewer{Seat: seat}).(poker.TableView), Seat: seat, People: p.people}
}

// round asks every seat once, and reports whether anybody did anything.
func (p *parlour) round() bool {
	busy := false
	for i := range game.Seat(p.seats) {
		if p.state.Result().Over() {
			break
		}
		who := Find(1 + int(i)%4)
		d := p.Decide(p.sight(i), who, p.luck, 300)
		if d.Type == "" {
			d = p.Between(p.sight(i), who)
		}
		if d.Type != "" {
			p.take(i, d)
			busy = true
		}
	}
	return busy
}

// run plays until a number of hands, or the end of the table.
func (p *parlour) run(hands int) {
	p.Helper()
	for !p.state.Result().Over() && p.hands < hands {
		if p.round() {
			continue
		}
		next, _ := p.state.(game.Room).Next()
		if next == nil {
			p.Fatalf("the table stands still after %d hands", p.hands)
		}
		if p.state.ToAct() != 0 {
			p.Fatalf("the table waits for %v, and nobody acts", p.state.ToAct())
		}
		p.do(game.NoSeat, next)
		p.hands++
	}
}

// House players sit down, buy chips when they are short, and stay while there
// are people; then they leave.
func TestCashTable(t *testing.T) {
	p := newParlour(t, poker.Stakes{Variant: "holdem", Structure: poker.NoLimit, SmallBlind: 5, BigBlind: 10, MinBuyIn: 400, MaxBuyIn: 1000, Runs: 2}, 6, 5)
	p.run(600)
	for _, act := range []string{"buy", "fold", "call", "raise", "run", "show"} {
		if p.acts[act] == 0 {
			t.Errorf("nobody chose to %s: %v", act, p.acts)
		}
	}
	if p.acts["leave"] > 0 {
		t.Errorf("somebody left: %v", p.acts)
	}
	p.people = 0
	for p.round() {
	}
	if got := p.acts["leave"]; got != 6 {
		t.Errorf("%d of 6 left when nobody was there any more", got)
	}
}

// In a tournament one of them wins.
func TestSitAndGo(t *testing.T) {
	p := newParlour(t, poker.Stakes{
		Variant: "holdem", Structure: poker.NoLimit, SmallBlind: 5, BigBlind: 10, Stack: 500, Entry: 50, Payouts: []int{65, 35}, Schedule: poker.Schedule{LevelHands: 6},
	}, 6, 6)
	p.run(1000)
	if r := p.state.Result(); r.Winners.Len() != 1 {
		t.Errorf("after %d hands: %+v", p.hands, r)
	}
}

// What was put out sits in again, and who posts says so.
func TestBetween(t *testing.T) {
	cash := poker.Stakes{BigBlind: 10, MinBuyIn: 400, MaxBuyIn: 1000}
	rows := []struct {
		name  string
		level int
		chair poker.Chair
		want  string
	}{
		{"enough chips", 4, poker.Chair{Taken: true, Stack: 990}, ""},
		{"short", 4, poker.Chair{Taken: true, Stack: 700}, `{"chips":300,"type":"buy"}`},
		{"short, and content", 1, poker.Chair{Taken: true, Stack: 550}, ""},
		{"broke", 1, poker.Chair{Taken: true}, `{"chips":600,"type":"buy"}`},
		{"broke, and chips are coming", 1, poker.Chair{Taken: true, Coming: 600}, ""},
		{"put out", 4, poker.Chair{Taken: true, Stack: 1000, Out: true}, `{"post":false,"type":"sit-in"}`},
		{"put out, and impatient", 3, poker.Chair{Taken: true, Stack: 1000, Out: true}, `{"post":true,"type":"sit-in"}`},
		{"new, and impatient", 3, poker.Chair{Taken: true, Stack: 1000, OwesBig: true}, `{"post":true,"type":"sit-in"}`},
		{"posts already", 3, poker.Chair{Taken: true, Stack: 1000, OwesBig: true, Posts: true}, ""},
		{"new, and patient", 2, poker.Chair{Taken: true, Stack: 1000, OwesBig: true}, ""},
		{"leaving", 4, poker.Chair{Taken: true, Leaving: true}, ""},
	}
	h := mustOpen(t)
	for _, row := range rows {
		s := Sight{Table: poker.TableView{Stakes: cash, Chairs: []poker.Chair{row.chair}}, People: 1}
		if got := string(h.Between(s, Find(row.level)).JSON()); got != row.want {
			t.Errorf("%s: got %s, want %s", row.name, got, row.want)
		}
	}
}
