// Package gametest checks that a game keeps the promises of package game, and
// holds a toy game with a secret for tests of everything that plays games it
// has never heard of. Only tests import it.
package gametest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"kibitz/internal/game"
)

// Game is a game to be checked, and how it is played at random.
type Game struct {
	Rules game.Rules
	// Setup is what somebody asks for; it is prepared first.
	Setup []byte
	Seats int
	// Games is how many games are played, and Steps the actions after which
	// one must be over. They default to 50 and 5000.
	Games, Steps int
	// Act returns what a seat that may act does, as a client sends it: the
	// action's type and its JSON. It may be refused now and then.
	Act func(s game.State, seat game.Seat, rng *rand.Rand) (typ string, data []byte)
	// Knows returns all that a viewer may know of a state, as a value for
	// reflect.DeepEqual. It is the rules of secrecy said a second time. It is
	// nil for a game without secrets.
	Knows func(s game.State, v game.Viewer) any
}

// Conform plays seeded random games and checks of every state: replaying the
// stored events gives it, refusals and looking do not change it, two futures
// of it do not disturb each other, every event survives its codec, every lapse
// of every seat can be acted on, every viewer's views can be encoded, and a
// game that is over stays over.
func Conform(t *testing.T, g Game) {
	t.Helper()
	if err := g.withDefaults().conform(); err != nil {
		t.Fatal(err)
	}
}

// NoLeak plays seeded random games in pairs that differ in what chance gave,
// and checks that a viewer who may know the same of both is shown the same.
// In a game without secrets it checks that all viewers are shown the same.
func NoLeak(t *testing.T, g Game) {
	t.Helper()
	if err := g.withDefaults().noLeak(); err != nil {
		t.Fatal(err)
	}
}

func (g Game) withDefaults() Game {
	if g.Games == 0 {
		g.Games = 50
	}
	if g.Steps == 0 {
		g.Steps = 5000
	}
	return g
}

// viewers returns everybody who can look.
func (g Game) viewers() []game.Viewer {
	all := []game.Viewer{game.Spectator}
	for seat := range g.Seats {
		all = append(all, game.Viewer{Seat: game.Seat(seat)})
	}
	return all
}

// begin returns a setup as it is stored, and the state before the first event.
func (g Game) begin(c game.Chance) ([]byte, game.State, error) {
	setup := g.Setup
	if p, ok := g.Rules.(game.Preparer); ok {
		prepared, err := p.Prepare(setup, c)
		if err != nil {
			return nil, nil, fmt.Errorf("prepare %s: %w", setup, err)
		}
		setup = prepared
	}
	s, err := g.Rules.New(setup, g.Seats)
	if err != nil {
		return nil, nil, fmt.Errorf("new %s: %w", setup, err)
	}
	return setup, s, nil
}

// action asks a player what to do.
func (g Game) action(s game.State, seat game.Seat, rng *rand.Rand) (game.Action, error) {
	typ, data := g.Act(s, seat, rng)
	a, err := g.Rules.DecodeAction(typ, data)
	if err != nil {
		return nil, fmt.Errorf("decode action %s %s: %w", typ, data, err)
	}
	if a.ActionType() != typ {
		return nil, fmt.Errorf("action %s decodes as %s", typ, a.ActionType())
	}
	return a, nil
}

// fold returns the state after events.
func fold(s game.State, events []game.Event) game.State {
	for _, e := range events {
		s = s.Evolve(e)
	}
	return s
}

// marshal encodes a view as it is sent, and checks that a view which writes
// its own JSON writes the same as encoding/json.
func marshal(v game.View) (string, error) {
	if v == nil {
		return "nothing", nil
	}
	if v.ViewType() == "" {
		return "", fmt.Errorf("a view %T without a type", v)
	}
	data, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("view %s: %w", v.ViewType(), err)
	}
	if a, ok := v.(interface {
		AppendJSON([]byte) ([]byte, error)
	}); ok {
		own, err := a.AppendJSON(nil)
		if err != nil || string(own) != string(data) {
			return "", fmt.Errorf("view %s appends %s, %v, and encodes as %s", v.ViewType(), own, err, data)
		}
	}
	return v.ViewType() + " " + string(data), nil
}

// Chance is chance from a seed.
type Chance struct{ rng *rand.Rand }

// NewChance returns a chance that gives the same again for the same seed.
func NewChance(seed uint64) Chance { return Chance{rand.New(rand.NewPCG(seed, 1))} }

// Perm returns a random permutation of [0, n).
func (c Chance) Perm(n int) []int { return c.rng.Perm(n) }
