package games_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/poker"
)

// pokerFixtures is where the web client finds tables of poker as it gets them.
const pokerFixtures = "../../testdata/wire/poker"

// pokerPlay is a fixture: seeded play at one table, as two viewers see it.
type pokerPlay struct {
	name   string
	seats  int
	hands  int
	stakes poker.Stakes
	// buys are the stacks that are bought in, by seat; 0 leaves a seat free.
	buys []poker.Chips
}

func pokerPlays() []pokerPlay {
	cash := func(variant string, s poker.Structure) poker.Stakes {
		return poker.Stakes{Variant: variant, Structure: s, SmallBlind: 25, BigBlind: 50, MovingButton: true, MinBuyIn: 1000, MaxBuyIn: 10000}
	}
	twice := cash("omaha", poker.PotLimit)
	twice.Runs = 2
	low := cash("omaha8", poker.PotLimit)
	low.Runs = 2
	sng := poker.Stakes{
		Variant: "holdem", Structure: poker.NoLimit, SmallBlind: 50, BigBlind: 100, Ante: 10, Stack: 700, Entry: 500,
		Schedule: poker.Schedule{LevelSeconds: 90, BreakEvery: 2, BreakSeconds: 60},
	}
	anted := poker.Stakes{Variant: "holdem", Structure: poker.PotLimit, SmallBlind: 50, BigBlind: 100, Ante: 100, BigBlindAnte: true, Stack: 1500}
	duel := poker.Stakes{Variant: "holdem", Structure: poker.NoLimit, SmallBlind: 50, BigBlind: 100, Runs: 2, Stack: 1200}
	return []pokerPlay{
		{"holdem-no-limit", 6, 10, cash("holdem", poker.NoLimit), []poker.Chips{5000, 1850, 10000, 0, 1000, 7250}},
		{"holdem-fixed-limit", 4, 5, cash("holdem", poker.FixedLimit), []poker.Chips{5000, 1000, 3000, 1500}},
		{"omaha-pot-limit", 6, 7, twice, []poker.Chips{2000, 1000, 1500, 4000, 1000, 0}},
		{"omaha8-fixed-limit", 5, 4, cash("omaha8", poker.FixedLimit), []poker.Chips{1000, 1000, 1000, 2000, 2000}},
		{"omaha8-pot-limit", 4, 6, low, []poker.Chips{1000, 1300, 1700, 1000}},
		{"freezeout-9", 9, 7, sng, nil},
		{"big-blind-ante-10", 10, 5, anted, nil},
		{"heads-up", 2, 10, duel, nil},
	}
}

type (
	pokerEvent struct {
		Type string    `json:"type"`
		View game.View `json:"view"`
	}
	// pokerStep is what one action caused. Now and then the whole view
	// follows, which the events must lead to.
	pokerStep struct {
		Events []*pokerEvent `json:"events,omitempty"`
		View   game.View     `json:"view,omitempty"`
	}
	pokerSeen struct {
		Seat  *game.Seat  `json:"seat"`
		Steps []pokerStep `json:"steps"`
	}
	pokerFixture struct {
		Seats   int         `json:"seats"`
		Viewers []pokerSeen `json:"viewers"`
	}
)

// TestPokerFixtures plays the fixtures of the web client again: what the rules
// show today is what its tests fold. Run with -update after a change of views.
func TestPokerFixtures(t *testing.T) {
	for i, play := range pokerPlays() {
		t.Run(play.name, func(t *testing.T) {
			d := newDealer(t, play, uint64(i+1))
			d.play()
			got, err := json.Marshal(pokerFixture{play.seats, d.seen})
			if err != nil {
				t.Fatal(err)
			}
			comparePokerFixture(t, filepath.Join(pokerFixtures, play.name+".json"), append(got, '\n'))
		})
	}
}

func comparePokerFixture(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("%s differs from what the rules show now; run with -update, then the tests of the web client", path)
	}
}

// dealer plays one fixture through the rules, by random legal actions.
type dealer struct {
	t     *testing.T
	plan  pokerPlay
	state game.State
	rng   *rand.Rand
	seen  []pokerSeen
	steps int
	now   time.Time
	// rests says that the last action began a break.
	rests bool
}

func newDealer(t *testing.T, play pokerPlay, seed uint64) *dealer {
	t.Helper()
	setup, err := json.Marshal(play.stakes)
	if err != nil {
		t.Fatal(err)
	}
	state, err := poker.Rules{}.New(setup, play.seats)
	if err != nil {
		t.Fatal(err)
	}
	hero := game.Seat(0)
	d := &dealer{t: t, plan: play, state: state, rng: rand.New(rand.NewPCG(seed, 7)), now: time.UnixMilli(1_700_000_000_000)}
	d.seen = []pokerSeen{{Seat: &hero}, {}}
	for i := range d.seen {
		d.seen[i].Steps = []pokerStep{{View: state.View(d.viewer(i))}}
	}
	return d
}

func (d *dealer) viewer(i int) game.Viewer {
	if seat := d.seen[i].Seat; seat != nil {
		return game.Viewer{Seat: *seat}
	}
	return game.Spectator
}

func (d *dealer) play() {
	for seat, chips := range d.plan.buys {
		if chips > 0 {
			d.do(game.Seat(seat), "buy", fmt.Sprintf(`{"chips":%d}`, chips))
		}
	}
	for seat := range d.plan.seats {
		if d.plan.buys == nil {
			d.do(game.Seat(seat), "buy", "")
		}
	}
	for hand := 0; hand < d.plan.hands && !d.state.Result().Over(); hand++ {
		if !d.deal() {
			break
		}
		for d.state.ToAct() != 0 {
			d.act()
		}
		d.between(hand)
	}
	for i := range d.seen {
		last := &d.seen[i].Steps[len(d.seen[i].Steps)-1]
		last.View = d.state.View(d.viewer(i))
	}
}

// deal lets the table begin the next hand, if need be after a break.
func (d *dealer) deal() bool {
	next, _ := d.state.(game.Room).Next()
	if next == nil {
		return false
	}
	d.now = d.now.Add(40 * time.Second)
	if stamper, ok := next.(interface{ Stamp(time.Time) game.Action }); ok {
		next = stamper.Stamp(d.now)
	}
	dealt := d.take(game.NoSeat, next)
	if d.state.ToAct() == 0 && !d.state.Result().Over() {
		if again, _ := d.state.(game.Room).Next(); again != nil && d.rests {
			return d.deal()
		}
	}
	return dealt
}

// act makes a random legal decision, large bets being rare.
func (d *dealer) act() {
	seat := d.state.ToAct().First()
	view := d.state.View(game.Viewer{Seat: seat}).(poker.TableView)
	if view.Hand.Turn == nil {
		d.do(seat, "run", fmt.Sprintf(`{"times":%d}`, 1+min(1, d.rng.IntN(4))))
		return
	}
	legal := view.Hand.Turn.Legal
	roll := d.rng.IntN(100)
	switch {
	case roll < 24 && legal.CanRaise():
		to := legal.MinTo
		if spread := int64(legal.MaxTo - legal.MinTo); spread > 0 && roll < 16 {
			to += poker.Chips(d.rng.Int64N(1 + spread/int64(1+d.rng.IntN(6))))
		}
		d.do(seat, "raise", fmt.Sprintf(`{"to":%d}`, to))
	case legal.Call == 0:
		d.do(seat, "check", "")
	case roll < 52:
		d.do(seat, "fold", "")
	default:
		d.do(seat, "call", fmt.Sprintf(`{"amount":%d}`, legal.Call))
	}
}

// between is what players do after some hands of a cash table.
func (d *dealer) between(hand int) {
	last := game.Seat(d.plan.seats - 1)
	if hand%5 == 4 {
		d.do(d.state.View(game.Spectator).(poker.TableView).Hand.Players[0].Seat, "show", "")
	}
	if d.plan.buys == nil {
		return
	}
	switch hand {
	case 0:
		d.do(1, "sit-out", `{"when":"next-blind"}`)
	case 1:
		d.do(1, "sit-out", "")
	case 3:
		d.do(1, "sit-in", `{"post":true}`)
		d.do(last, "leave", "")
	case 4:
		d.do(last, "buy", `{"chips":2500}`)
	case 6:
		d.do(last, "sit-in", `{"post":true}`)
	}
	view := d.state.View(game.Spectator).(poker.TableView)
	for seat, chair := range view.Chairs {
		if chair.Taken && chair.Stack == 0 && seat != 2 {
			d.do(game.Seat(seat), "buy", `{"chips":1200}`)
		}
	}
}

// do reads an action and does it, if it is legal.
func (d *dealer) do(seat game.Seat, typ, body string) bool {
	d.t.Helper()
	action, err := poker.Rules{}.DecodeAction(typ, []byte(body))
	if err != nil {
		d.t.Fatal(err)
	}
	return d.take(seat, action)
}

// take has the rules decide, and notes what the viewers see of it.
func (d *dealer) take(seat game.Seat, action game.Action) bool {
	events, err := d.state.Decide(seat, action, d.rng)
	if err != nil {
		return false
	}
	d.steps++
	d.rests = len(events) == 1 && events[0].EventType() == "rested"
	steps := make([]pokerStep, len(d.seen))
	for _, e := range events {
		for i := range d.seen {
			var seen *pokerEvent
			if v := d.state.EventView(e, d.viewer(i)); v != nil {
				seen = &pokerEvent{v.ViewType(), v}
			}
			steps[i].Events = append(steps[i].Events, seen)
		}
		d.state = d.state.Evolve(e)
	}
	for i := range d.seen {
		if d.steps%9 == 0 || d.rests {
			steps[i].View = d.state.View(d.viewer(i))
		}
		d.seen[i].Steps = append(d.seen[i].Steps, steps[i])
	}
	return true
}
