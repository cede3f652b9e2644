package gametest

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"kibitz/internal/game"
)

// faulty is HighCard with faults: what is set replaces what it does.
type faulty struct {
	HighCard
	setup   func([]byte) ([]byte, error)
	action  func(typ string) (game.Action, error)
	encode  func(game.Event) ([]byte, error)
	decode  func(typ string, data []byte) (game.Event, error)
	rematch func(seats int) []game.Seat
	state   stateFaults
}

type stateFaults struct {
	// shareLog has the futures of a state write to the same memory.
	shareLog  bool
	toAct     func(highState) game.Seats
	result    func(highState) game.Result
	decide    func(*faultyState, game.Seat, game.Action, game.Chance) ([]game.Event, error)
	evolve    func(*faultyState, game.Event) highState
	lapse     func(highState, game.Seat, game.Lapse) game.Action
	view      func(*faultyState, game.Viewer) game.View
	eventView func(highState, game.Event, game.Viewer) game.View
}

// faultyState is a state that, unlike a good one, can be changed.
type faultyState struct {
	highState
	looks  int
	log    []int
	faults *stateFaults
}

func (f *faulty) Prepare(data []byte, c game.Chance) ([]byte, error) {
	if f.setup != nil {
		return f.setup(data)
	}
	return f.HighCard.Prepare(data, c)
}

func (f *faulty) New(data []byte, seats int) (game.State, error) {
	s, err := f.HighCard.New(data, seats)
	if err != nil {
		return nil, err
	}
	return &faultyState{highState: s.(highState), log: make([]int, 0, 10), faults: &f.state}, nil
}

func (f *faulty) DecodeAction(typ string, data []byte) (game.Action, error) {
	if f.action != nil {
		return f.action(typ)
	}
	return f.HighCard.DecodeAction(typ, data)
}

func (f *faulty) EncodeEvent(e game.Event) ([]byte, error) {
	if f.encode != nil {
		return f.encode(e)
	}
	return f.HighCard.EncodeEvent(e)
}

func (f *faulty) DecodeEvent(typ string, data []byte) (game.Event, error) {
	if f.decode != nil {
		return f.decode(typ, data)
	}
	return f.HighCard.DecodeEvent(typ, data)
}

func (f *faulty) Rematch(data []byte, seats, games int) ([]byte, []game.Seat, error) {
	if f.rematch != nil {
		return data, f.rematch(seats), nil
	}
	return f.HighCard.Rematch(data, seats, games)
}

func (s *faultyState) ToAct() game.Seats {
	if s.faults.toAct != nil {
		return s.faults.toAct(s.highState)
	}
	return s.highState.ToAct()
}

func (s *faultyState) Result() game.Result {
	if s.faults.result != nil {
		return s.faults.result(s.highState)
	}
	return s.highState.Result()
}

func (s *faultyState) Decide(seat game.Seat, a game.Action, c game.Chance) ([]game.Event, error) {
	if s.faults.decide != nil {
		return s.faults.decide(s, seat, a, c)
	}
	return s.highState.Decide(seat, a, c)
}

func (s *faultyState) Evolve(e game.Event) game.State {
	if s.faults.evolve != nil {
		return &faultyState{highState: s.faults.evolve(s, e), faults: s.faults}
	}
	next := &faultyState{highState: s.highState.Evolve(e).(highState), faults: s.faults}
	if dealt, ok := e.(dealtHigh); ok && s.faults.shareLog {
		next.log = append(s.log, dealt.Cards...)
	}
	return next
}

func (s *faultyState) Lapse(seat game.Seat, why game.Lapse) game.Action {
	if s.faults.lapse != nil {
		return s.faults.lapse(s.highState, seat, why)
	}
	return s.highState.Lapse(seat, why)
}

func (s *faultyState) View(v game.Viewer) game.View {
	if s.faults.view != nil {
		return s.faults.view(s, v)
	}
	return s.highState.View(v)
}

func (s *faultyState) EventView(e game.Event, v game.Viewer) game.View {
	if s.faults.eventView != nil {
		return s.faults.eventView(s.highState, e, v)
	}
	return s.highState.EventView(e, v)
}

// game returns the faulty game for the suites.
func (f *faulty) game() Game {
	g := HighCardGame(3)
	g.Rules, g.Games = f, 10
	act, knows := g.Act, g.Knows
	g.Act = func(s game.State, seat game.Seat, rng *rand.Rand) (string, []byte) {
		return act(s.(*faultyState).highState, seat, rng)
	}
	g.Knows = func(s game.State, v game.Viewer) any { return knows(s.(*faultyState).highState, v) }
	return g.withDefaults()
}

type badView struct{ C chan int }

func (badView) ViewType() string { return "bad" }

type twoFaced struct{}

func (twoFaced) ViewType() string                      { return "two" }
func (twoFaced) AppendJSON(dst []byte) ([]byte, error) { return append(dst, "[]"...), nil }
func (twoFaced) MarshalJSON() ([]byte, error)          { return []byte("{}"), nil }

func TestConformCatches(t *testing.T) {
	rows := []struct {
		name, want string
		fault      faulty
	}{
		{"no fault", "", faulty{}},
		{"refusal changes the state", "after a refusal", faulty{state: stateFaults{
			decide: func(s *faultyState, seat game.Seat, a game.Action, c game.Chance) ([]game.Event, error) {
				events, err := s.highState.Decide(seat, a, c)
				if err != nil {
					s.turns += s.seats
				}
				return events, err
			}}}},
		{"looking changes the state", "after looking", faulty{state: stateFaults{
			view: func(s *faultyState, v game.Viewer) game.View { s.looks++; return s.highState.View(v) }}}},
		{"futures share memory", "differs from its replay", faulty{state: stateFaults{shareLog: true}}},
		{"event loses something", "it is read back as", faulty{
			encode: func(e game.Event) ([]byte, error) {
				if shown, ok := e.(shownHigh); ok {
					shown.Card = 0
					e = shown
				}
				return json.Marshal(e)
			}}},
		{"event keeps the bytes", "it is read back as", faulty{
			decode: func(typ string, data []byte) (game.Event, error) {
				e, err := HighCard{}.DecodeEvent(typ, data)
				if _, ok := e.(shownHigh); ok {
					e = aliasEvent{data}
				}
				return e, err
			}}},
		{"unknown event", "an unknown event", faulty{
			decode: func(string, []byte) (game.Event, error) { return dealtHigh{}, nil }}},
		{"event refused badly", "which is not ErrMalformed", faulty{
			decode: func(typ string, data []byte) (game.Event, error) {
				e, err := HighCard{}.DecodeEvent(typ, data)
				if err != nil && typ == "dealt" {
					err = errors.New("bad")
				}
				return e, err
			}}},
		{"unknown action", "an unknown action", faulty{
			action: func(typ string) (game.Action, error) { return actHigh(typ), nil }}},
		{"action takes another name", "decodes as", faulty{
			action: func(typ string) (game.Action, error) {
				if typ == "deal" {
					typ = "show"
				}
				return HighCard{}.DecodeAction(typ, nil)
			}}},
		{"refusal of another kind", "which is not ErrIllegal", faulty{state: stateFaults{
			decide: func(s *faultyState, seat game.Seat, a game.Action, c game.Chance) ([]game.Event, error) {
				events, err := s.highState.Decide(seat, a, c)
				if err != nil {
					err = errors.New("no")
				}
				return events, err
			}}}},
		{"refusal with events", "is refused and causes", faulty{state: stateFaults{
			decide: func(s *faultyState, seat game.Seat, a game.Action, c game.Chance) ([]game.Event, error) {
				events, err := s.highState.Decide(seat, a, c)
				if err != nil {
					events = []game.Event{endedHigh{}}
				}
				return events, err
			}}}},
		{"nothing happens", "causes 0 events", faulty{state: stateFaults{
			decide: func(s *faultyState, seat game.Seat, a game.Action, c game.Chance) ([]game.Event, error) {
				events, err := s.highState.Decide(seat, a, c)
				if _, ok := a.(actHigh); ok && a == actDeal && err == nil {
					events = nil
				}
				return events, err
			}}}},
		{"a player causes nothing", "of seat 1 causes nothing", faulty{state: stateFaults{
			decide: func(s *faultyState, seat game.Seat, a game.Action, c game.Chance) ([]game.Event, error) {
				events, err := s.highState.Decide(seat, a, c)
				if a == actShow && err == nil {
					events = nil
				}
				return events, err
			},
			lapse: func(highState, game.Seat, game.Lapse) game.Action { return nil },
		}}},
		{"a lapse cannot be acted on", "lapse 4 of seat 0", faulty{state: stateFaults{
			lapse: func(s highState, seat game.Seat, why game.Lapse) game.Action {
				if why == game.LeftDraw && !s.result.Over() {
					return actHigh("draw")
				}
				return s.Lapse(seat, why)
			}}}},
		{"a lapse after the end", "meaning after the end", faulty{state: stateFaults{
			lapse: func(s highState, seat game.Seat, why game.Lapse) game.Action {
				if s.result.Over() {
					return actVoid
				}
				return s.Lapse(seat, why)
			}}}},
		{"the end is no end", "after the end is answered", faulty{state: stateFaults{
			decide: func(s *faultyState, seat game.Seat, a game.Action, c game.Chance) ([]game.Event, error) {
				if s.result.Over() {
					return []game.Event{endedHigh{}}, nil
				}
				return s.highState.Decide(seat, a, c)
			}}}},
		{"to act after the end", "in a game that is over", faulty{state: stateFaults{
			toAct: func(highState) game.Seats { return 1 }}}},
		{"no such seat to act", "are not of 3", faulty{state: stateFaults{
			toAct: func(s highState) game.Seats { return s.ToAct() << 3 }}}},
		{"winners of a running game", "a running game has the result", faulty{state: stateFaults{
			result: func(s highState) game.Result { r := s.result; r.Winners |= 1; return r }}}},
		{"winners of a void game", "a void game has winners", faulty{state: stateFaults{
			result: func(s highState) game.Result { r := s.result; r.Void = r.Over(); return r }}}},
		{"never over", "not over after", faulty{state: stateFaults{
			result: func(highState) game.Result { return game.Result{} },
			toAct:  func(highState) game.Seats { return 1 },
			decide: func(*faultyState, game.Seat, game.Action, game.Chance) ([]game.Event, error) {
				return []game.Event{shownHigh{}}, nil
			},
			evolve: func(s *faultyState, _ game.Event) highState { return s.highState },
			lapse:  func(highState, game.Seat, game.Lapse) game.Action { return nil },
		}}},
		{"view without an encoding", "unsupported type", faulty{state: stateFaults{
			view: func(*faultyState, game.Viewer) game.View { return badView{} }}}},
		{"event view without an encoding", "unsupported type", faulty{state: stateFaults{
			eventView: func(highState, game.Event, game.Viewer) game.View { return badView{} }}}},
		{"view with two encodings", "and encodes as", faulty{state: stateFaults{
			view: func(*faultyState, game.Viewer) game.View { return twoFaced{} }}}},
		{"setup that grows", "again gives", faulty{
			setup: func(data []byte) ([]byte, error) {
				return append([]byte(" "), append(data, "{}"[len(strings.TrimSpace(string(data))):]...)...), nil
			}}},
		{"rematch without a seat", "rematch seats", faulty{
			rematch: func(seats int) []game.Seat { return make([]game.Seat, seats) }}},
	}
	for _, row := range rows {
		err := row.fault.game().conform()
		if got := fmt.Sprint(err); row.want == "" && err != nil || !strings.Contains(got, row.want) {
			t.Errorf("%s: got %v, want an error with %q", row.name, err, row.want)
		}
	}
}

// fixedDeal is a chance without any.
type fixedDeal struct{}

func (fixedDeal) Perm(n int) []int {
	perm := make([]int, n)
	for i := range perm {
		perm[i] = i
	}
	return perm
}

// aliasEvent reads its card out of bytes that it does not own.
type aliasEvent struct{ data []byte }

func (aliasEvent) EventType() string { return "shown" }

func TestNoLeakCatches(t *testing.T) {
	rows := []struct {
		name, want string
		fault      faulty
	}{
		{"no fault", "", faulty{}},
		{"state shows another card", "state tells seat", faulty{state: stateFaults{
			view: func(s *faultyState, v game.Viewer) game.View {
				view := s.highState.View(v).(highView)
				if s.cards != nil {
					view.Shown[1] = s.cards[1]
				}
				return view
			}}}},
		{"spectators see the deal", "event dealt tells seat -1", faulty{state: stateFaults{
			eventView: func(s highState, e game.Event, v game.Viewer) game.View {
				if v.Seat == game.NoSeat {
					v.Seat = 0
				}
				return s.EventView(e, v)
			}}}},
		{"state tells how the cards rank", "state tells seat", faulty{state: stateFaults{
			view: func(s *faultyState, v game.Viewer) game.View {
				view := s.highState.View(v).(highView)
				if s.cards != nil {
					leader := int(s.highest())
					view.Mine = &leader
				}
				return view
			}}}},
		{"nothing differs", "nothing was checked", faulty{state: stateFaults{
			decide: func(s *faultyState, seat game.Seat, a game.Action, c game.Chance) ([]game.Event, error) {
				return s.highState.Decide(seat, a, fixedDeal{})
			}}}},
	}
	for _, row := range rows {
		g := row.fault.game()
		g.Games = 200
		err := g.noLeak()
		if got := fmt.Sprint(err); row.want == "" && err != nil || !strings.Contains(got, row.want) {
			t.Errorf("%s: got %v, want an error with %q", row.name, err, row.want)
		}
	}
}

func TestNoLeakOfAnOpenGame(t *testing.T) {
	g := HighCardGame(2)
	g.Knows = nil // as if it had no secrets: its views are not the same for all
	if err := g.withDefaults().noLeak(); err == nil || !strings.Contains(err.Error(), "tells seat") {
		t.Errorf("a game with secrets passes for one without: %v", err)
	}
}
