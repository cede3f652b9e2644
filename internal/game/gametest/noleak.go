package gametest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"

	"kibitz/internal/game"
)

func (g Game) noLeak() error {
	told := 0
	for seed := range uint64(g.Games) {
		n, err := g.noLeakGame(seed)
		if err != nil {
			return fmt.Errorf("game %d: %w", seed, err)
		}
		told += n
	}
	if g.Knows != nil && told == 0 {
		return errors.New("no two games differed in a secret, so nothing was checked")
	}
	return nil
}

// pair is two games that differ in what chance gave. Alike has the viewers who
// could not tell them apart so far.
type pair struct {
	Game
	a, b             game.State
	chanceA, chanceB game.Chance
	alike            map[game.Viewer]bool
	// told counts the views compared while the states differed.
	told int
}

// noLeakGame returns how many views were compared that a secret could have
// made different.
func (g Game) noLeakGame(seed uint64) (int, error) {
	_, start, err := g.begin(NewChance(seed))
	if err != nil {
		return 0, err
	}
	p := &pair{Game: g, a: start, b: start, chanceA: NewChance(seed), alike: map[game.Viewer]bool{}}
	p.chanceB = swapped{NewChance(seed), rand.New(rand.NewPCG(seed, 2))}
	for _, v := range g.viewers() {
		p.alike[v] = true
	}
	rng := rand.New(rand.NewPCG(seed, 3))
	for step := range g.Steps {
		if p.a.Result().Over() || p.b.Result().Over() {
			break
		}
		if on, err := p.step(rng); err != nil {
			return 0, fmt.Errorf("step %d: %w", step, err)
		} else if !on {
			break
		}
	}
	return p.told, nil
}

// swapped is a chance that exchanges two places of every permutation.
type swapped struct {
	same Chance
	rng  *rand.Rand
}

func (s swapped) Perm(n int) []int {
	perm := s.same.Perm(n)
	if n > 1 {
		i, j := s.rng.IntN(n), s.rng.IntN(n)
		perm[i], perm[j] = perm[j], perm[i]
	}
	return perm
}

// step does the same in both games, and returns false when that is no longer
// possible.
func (p *pair) step(rng *rand.Rand) (bool, error) {
	seat, action, err := p.ask(p.a, rng)
	if err != nil {
		return false, err
	}
	ea, errA := p.a.Decide(seat, action, p.chanceA)
	eb, errB := p.b.Decide(seat, action, p.chanceB)
	if (errA == nil) != (errB == nil) || len(ea) != len(eb) {
		return false, nil
	}
	for i := range ea {
		if err := p.evolve(ea[i], eb[i]); err != nil {
			return false, err
		}
	}
	return true, nil
}

// evolve folds an event into each game, and compares what is shown of it.
func (p *pair) evolve(ea, eb game.Event) error {
	nextA, nextB := p.a.Evolve(ea), p.b.Evolve(eb)
	if p.Knows == nil {
		return p.open(ea, nextA)
	}
	secret := !reflect.DeepEqual(nextA, nextB)
	for v, alike := range p.alike {
		if !alike || !reflect.DeepEqual(p.Knows(nextA, v), p.Knows(nextB, v)) {
			p.alike[v] = false
			continue
		}
		if err := equal("event "+ea.EventType(), v, p.a.EventView(ea, v), p.b.EventView(eb, v)); err != nil {
			return err
		}
		if err := equal("state", v, nextA.View(v), nextB.View(v)); err != nil {
			return err
		}
		if secret {
			p.told++
		}
	}
	p.a, p.b = nextA, nextB
	return nil
}

// open checks that a game without secrets shows the same to all.
func (p *pair) open(e game.Event, next game.State) error {
	for v := range p.alike {
		if err := equal("event "+e.EventType(), v, p.a.EventView(e, game.Spectator), p.a.EventView(e, v)); err != nil {
			return err
		}
		if err := equal("state", v, next.View(game.Spectator), next.View(v)); err != nil {
			return err
		}
	}
	p.a, p.b = next, next
	return nil
}

func equal(what string, v game.Viewer, a, b game.View) error {
	shownA, errA := marshal(a)
	shownB, errB := marshal(b)
	if err := errors.Join(errA, errB); err != nil {
		return err
	}
	if shownA != shownB {
		return fmt.Errorf("%s tells seat %d what it may not know:\n%s\n%s", what, v.Seat, shownA, shownB)
	}
	return nil
}
