package gametest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"

	"kibitz/internal/game"
)

func (g Game) conform() error {
	if err := g.refusesNonsense(); err != nil {
		return err
	}
	for seed := range uint64(g.Games) {
		if err := g.conformGame(seed); err != nil {
			return fmt.Errorf("game %d: %w", seed, err)
		}
	}
	return g.rematches()
}

// refusesNonsense checks what the decoders make of what is not of this game.
func (g Game) refusesNonsense() error {
	if _, err := g.Rules.New([]byte("{"), g.Seats); !errors.Is(err, game.ErrMalformed) {
		return fmt.Errorf("a setup cut short is answered %v, want ErrMalformed", err)
	}
	if _, err := g.Rules.DecodeAction("no such action", []byte("{}")); !errors.Is(err, game.ErrMalformed) {
		return fmt.Errorf("an unknown action is answered %v, want ErrMalformed", err)
	}
	if _, err := g.Rules.DecodeEvent("no such event", nil); !errors.Is(err, game.ErrMalformed) {
		return fmt.Errorf("an unknown event is answered %v, want ErrMalformed", err)
	}
	if g.Rules.Kind() == "" {
		return errors.New("the game has no kind")
	}
	return nil
}

// rematches checks the setups of a few games in a row.
func (g Game) rematches() error {
	r, ok := g.Rules.(game.Rematcher)
	if !ok {
		return nil
	}
	setup, _, err := g.begin(NewChance(0))
	for games := 1; games <= 4 && err == nil; games++ {
		next, from, err := r.Rematch(setup, g.Seats, games)
		if err != nil {
			return fmt.Errorf("rematch of %s: %w", setup, err)
		}
		if len(from) != g.Seats || game.SeatSet(from...) != 1<<g.Seats-1 {
			return fmt.Errorf("rematch seats %v, want each of %d seats once", from, g.Seats)
		}
		g.Setup = next
		if setup, _, err = g.begin(NewChance(uint64(games))); err != nil {
			return fmt.Errorf("rematch %d: %w", games, err)
		}
	}
	return err
}

// trial is a game as it is played, and beside it the same game as replayed
// from what was stored, which shares no memory with it.
type trial struct {
	Game
	setup        []byte
	live, replay game.State
	chance       Chance
	rng          *rand.Rand
}

func (g Game) conformGame(seed uint64) error {
	chance := NewChance(seed)
	setup, live, err := g.begin(chance)
	if err != nil {
		return err
	}
	t := &trial{Game: g, setup: setup, live: live, chance: chance, rng: rand.New(rand.NewPCG(seed, 0))}
	if t.replay, err = g.Rules.New(setup, g.Seats); err != nil {
		return err
	}
	if err := t.prepared(); err != nil {
		return err
	}
	for step := range g.Steps {
		if err := t.step(step < allOf || step%oneOf == 0); err != nil {
			return fmt.Errorf("step %d, ply %d: %w", step, t.live.Ply(), err)
		}
		if t.live.Result().Over() {
			return t.over()
		}
	}
	return fmt.Errorf("not over after %d actions", g.Steps)
}

// prepared checks that a stored setup is complete.
func (t *trial) prepared() error {
	p, ok := t.Rules.(game.Preparer)
	if !ok {
		return nil
	}
	again, err := p.Prepare(t.setup, t.chance)
	if err != nil || string(again) != string(t.setup) {
		return fmt.Errorf("preparing %s again gives %s, %v", t.setup, again, err)
	}
	return nil
}

// The first allOf states of a game are looked at by everybody, and then one of
// oneOf: a view may be as long as the game.
const (
	allOf = 30
	oneOf = 20
)

// step checks the state, looks into futures of it, and then takes one.
func (t *trial) step(look bool) error {
	if err := t.sound(); err != nil {
		return err
	}
	if look {
		if err := errors.Join(t.look(), t.lapses()); err != nil {
			return err
		}
	}
	events, err := t.decide()
	if err != nil {
		return err
	}
	next := fold(t.live, events)
	if err := t.branch(); err != nil {
		return err
	}
	for _, e := range events {
		if err := t.store(e); err != nil {
			return fmt.Errorf("event %s: %w", e.EventType(), err)
		}
	}
	t.live = next
	return t.same("after playing on elsewhere")
}

// same compares the game with its replay.
func (t *trial) same(when string) error {
	if !reflect.DeepEqual(t.live, t.replay) {
		return fmt.Errorf("%s the state differs from its replay\nlive   %+v\nreplay %+v", when, t.live, t.replay)
	}
	return nil
}

// sound checks what the table reads of a state.
func (t *trial) sound() error {
	seats := game.Seats(1<<t.Seats - 1)
	r, toAct := t.live.Result(), t.live.ToAct()
	switch {
	case toAct&^seats != 0 || r.Winners&^seats != 0:
		return fmt.Errorf("seats to act %b or winners %b are not of %d", toAct, r.Winners, t.Seats)
	case r.Over() && toAct != 0:
		return fmt.Errorf("seats %b are to act in a game that is over", toAct)
	case !r.Over() && (r.Winners != 0 || r.Void):
		return fmt.Errorf("a running game has the result %+v", r)
	case r.Void && r.Winners != 0:
		return fmt.Errorf("a void game has winners %b", r.Winners)
	case t.live.Ply() < 0:
		return fmt.Errorf("ply %d", t.live.Ply())
	}
	return nil
}

// look encodes what everybody may know.
func (t *trial) look() error {
	for _, v := range t.viewers() {
		if _, err := marshal(t.live.View(v)); err != nil {
			return err
		}
	}
	return t.same("after looking")
}

// decide has random seats ask until something is accepted. What is refused
// must be refused well.
func (t *trial) decide() ([]game.Event, error) {
	for range 1000 {
		seat, a, err := t.ask(t.live, t.rng)
		if err != nil {
			return nil, err
		}
		events, err := t.live.Decide(seat, a, t.chance)
		switch {
		case err == nil && len(events) == 0:
			return nil, fmt.Errorf("action %s of seat %d causes nothing", a.ActionType(), seat)
		case err == nil:
			return events, t.same("after deciding")
		case !errors.Is(err, game.ErrIllegal):
			return nil, fmt.Errorf("action %s is refused with %w, which is not ErrIllegal", a.ActionType(), err)
		case len(events) != 0:
			return nil, fmt.Errorf("action %s is refused and causes %d events", a.ActionType(), len(events))
		}
		if err := t.same("after a refusal"); err != nil {
			return nil, err
		}
	}
	return nil, errors.New("the players find nothing to do")
}

// ask returns what somebody asks for: often a seat that is to act, else any, and
// in a room now and then the table itself.
func (g Game) ask(s game.State, rng *rand.Rand) (game.Seat, game.Action, error) {
	if room, ok := s.(game.Room); ok && s.ToAct() == 0 && rng.IntN(2) == 0 {
		if a, _ := room.Next(); a != nil {
			return game.NoSeat, a, nil
		}
	}
	seat := game.Seat(rng.IntN(g.Seats))
	if rng.IntN(4) > 0 && s.ToAct() != 0 {
		seat = s.ToAct().First()
	}
	a, err := g.action(s, seat, rng)
	return seat, a, err
}

// branch plays a little of another future of the state, and drops it.
func (t *trial) branch() error {
	here := *t
	for range 3 {
		if here.live.Result().Over() {
			break
		}
		events, err := here.decide()
		if err != nil {
			return fmt.Errorf("another future: %w", err)
		}
		here.live = fold(here.live, events)
		for _, e := range events {
			stored, err := here.codec(e)
			if err != nil {
				return fmt.Errorf("another future: %w", err)
			}
			here.replay = here.replay.Evolve(stored)
		}
	}
	if err := here.same("in another future"); err != nil {
		return err
	}
	return t.same("after another future")
}

// over checks that nobody can do anything any more.
func (t *trial) over() error {
	if err := errors.Join(t.sound(), t.look(), t.lapses()); err != nil {
		return err
	}
	for range 20 {
		seat := game.Seat(t.rng.IntN(t.Seats))
		a, err := t.action(t.live, seat, t.rng)
		if err != nil {
			return err
		}
		if _, err := t.live.Decide(seat, a, t.chance); !errors.Is(err, game.ErrIllegal) {
			return fmt.Errorf("action %s after the end is answered %v, want ErrIllegal", a.ActionType(), err)
		}
	}
	return t.same("after the end")
}
