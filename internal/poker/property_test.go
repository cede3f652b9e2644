package poker_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"kibitz/internal/game"
	"kibitz/internal/poker"
)

// handCount is how many random hands are played: KIBITZ_POKER_HANDS, and else
// as many as take some seconds.
func handCount(tb testing.TB) uint64 {
	text := os.Getenv("KIBITZ_POKER_HANDS")
	if text == "" {
		return 100_000 / slower
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		tb.Fatalf("KIBITZ_POKER_HANDS: %v", err)
	}
	return n
}

// ledger counts chips from nothing but the events.
type ledger struct {
	stacks, bets [poker.MaxPlayers]poker.Chips
	pot          poker.Chips
}

func (l *ledger) add(e game.Event) {
	move := func(p poker.Pos, amount poker.Chips) {
		l.stacks[p] -= amount
		l.pot += amount
	}
	switch e := e.(type) {
	case poker.Posted:
		move(e.Pos, e.Amount)
		if e.Kind != poker.PostAnte && e.Kind != poker.PostDead {
			l.bets[e.Pos] += e.Amount
		}
	case poker.Acted:
		move(e.Pos, e.To-l.bets[e.Pos])
		l.bets[e.Pos] = e.To
	case poker.Turned:
		l.bets = [poker.MaxPlayers]poker.Chips{}
	case poker.Returned:
		move(e.Pos, -e.Amount)
	case poker.Awarded:
		for _, s := range e.Shares {
			move(s.Pos, -s.Amount)
		}
	}
}

// check compares the books with the hand.
func (l *ledger) check(h *poker.Hand) error {
	sum := l.pot
	for i := range h.Terms().Players {
		p := poker.Pos(i)
		if l.stacks[p] != h.Stack(p) || l.stacks[p] < 0 {
			return fmt.Errorf("player %d has %d, and %d by the events", p, h.Stack(p), l.stacks[p])
		}
		sum += l.stacks[p]
	}
	if sum != h.Total() || l.pot < 0 || h.Over() && l.pot != 0 {
		return fmt.Errorf("%d chips of %d, %d of them in the pot", sum, h.Total(), l.pot)
	}
	return nil
}

// randomHand is a hand as it is played, its books and all its events.
type randomHand struct {
	start, live poker.Hand
	books       ledger
	events      []game.Event
	rng         *rand.Rand
}

// add folds events and checks every state on the way.
func (r *randomHand) add(events []game.Event) error {
	if len(events) == 0 {
		return errors.New("nothing happens")
	}
	for _, e := range events {
		r.live = r.live.Evolve(e)
		r.books.add(e)
		if err := r.books.check(&r.live); err != nil {
			return fmt.Errorf("after %s: %w", short(e), err)
		}
	}
	r.events = append(r.events, events...)
	return nil
}

// maxDecisions is more than any hand can take with stacks as random ones.
const maxDecisions = 2000

func playRandomHand(seed uint64) (*randomHand, error) {
	rng := rand.New(rand.NewPCG(seed, 5))
	setup := randomSetup(rng)
	start, err := poker.NewHand(setup)
	if err != nil {
		return nil, err
	}
	r := &randomHand{start: start, live: start, rng: rng}
	for i, p := range setup.Players {
		r.books.stacks[i] = p.Stack
	}
	events, err := start.Start(poker.Shuffle(chance{rng}))
	if err != nil {
		return nil, err
	}
	if err := r.add(events); err != nil {
		return r, err
	}
	for n := 0; !r.live.Over(); n++ {
		if n == maxDecisions {
			return r, errors.New("the hand does not end")
		}
		if err := r.decide(); err != nil {
			return r, err
		}
	}
	return r, nil
}

// decide checks what can be done, and does some of it.
func (r *randomHand) decide() error {
	if r.live.ToAct() == poker.NoPos && r.live.Asked() == 0 {
		return errors.New("nobody has anything to decide, and the hand is not over")
	}
	if r.rng.IntN(50) == 0 {
		if err := r.legal(); err != nil {
			return err
		}
	}
	d := randomDecision(&r.live, r.rng)
	before := r.live
	events, err := r.live.Decide(d.pos, d.action)
	if err != nil {
		return fmt.Errorf("%+v of %+v: %w", d, r.live.Options(), err)
	}
	if r.live != before {
		return errors.New("deciding changed the hand")
	}
	return r.add(events)
}

// legal asks for all that is legal and for what is just not.
func (r *randomHand) legal() error {
	p, o := r.live.ToAct(), r.live.Options()
	asked := r.live.Asked()
	rows := []struct {
		act    poker.Act
		amount poker.Chips
		legal  bool
	}{
		{poker.Fold, 0, p != poker.NoPos}, {poker.Check, 0, p != poker.NoPos && o.Call == 0}, {poker.Call, 0, o.Call > 0}, {poker.Call, o.Call, o.Call > 0},
		{poker.Raise, o.MinTo, o.CanRaise()}, {poker.Raise, o.MaxTo, o.CanRaise()}, {poker.Raise, o.MinTo - 1, false},
		{poker.Raise, o.MaxTo + 1, false}, {poker.Raise, -1, false}, {poker.Show, 0, false}, {poker.Run, 2, asked != 0}, {"dance", 0, false},
	}
	for i := range r.live.Terms().Players {
		for _, row := range rows {
			events, err := r.live.Decide(poker.Pos(i), poker.Action{Act: row.act, Amount: row.amount})
			legal := row.legal && (poker.Pos(i) == p || asked.Has(poker.Pos(i)))
			if legal != (err == nil) || err != nil && (!errors.Is(err, game.ErrIllegal) || events != nil) {
				return fmt.Errorf("player %d: %s %d: %v, legal: %t", i, row.act, row.amount, err, legal)
			}
		}
		if _, ok := r.live.Lapse(poker.Pos(i)); ok != (poker.Pos(i) == p || asked.Has(poker.Pos(i))) {
			return fmt.Errorf("player %d: a lapse that can be acted on: %t", i, ok)
		}
	}
	return nil
}

// replay folds the events as they are stored.
func (r *randomHand) replay() error {
	again := r.start
	for _, e := range r.events {
		data, err := poker.EncodeEvent(e)
		if err != nil {
			return err
		}
		stored, err := poker.DecodeEvent(e.EventType(), data)
		if err != nil {
			return err
		}
		again = again.Evolve(stored)
	}
	if again != r.live {
		return errors.New("the replay differs")
	}
	return nil
}

// Chips are conserved after every event, every state has something legal to do
// for whoever is to act and nothing for anybody else, every hand ends, and what
// was stored replays to the same.
func TestRandomHands(t *testing.T) {
	kinds := map[string]int{}
	for seed := range handCount(t) {
		r, err := playRandomHand(seed)
		if err == nil && seed%10 == 0 {
			err = r.replay()
		}
		if err != nil {
			t.Fatalf("hand %d: %v", seed, err)
		}
		if seed < 10_000 {
			r.count(kinds)
		}
	}
	for _, kind := range []string{"returned", "mucked", "shown", "answered", "second board", "side pot", "low", "uncontested", "odd chip"} {
		if kinds[kind] == 0 {
			t.Errorf("no hand with %s: the hands are not random enough; %v", kind, kinds)
		}
	}
}

// count notes what happened, to see that hands are not all alike.
func (r *randomHand) count(kinds map[string]int) {
	shown := false
	for _, e := range r.events {
		kinds[e.EventType()]++
		switch e := e.(type) {
		case poker.Shown:
			shown = true
		case poker.Turned:
			kinds["second board"] += e.Run
		case poker.Awarded:
			kinds["side pot"] += min(1, e.Pot)
			if e.Half == poker.Low {
				kinds["low"]++
			}
			if n := len(e.Shares); n > 1 && e.Shares[0].Amount != e.Shares[n-1].Amount {
				kinds["odd chip"]++
			}
		}
	}
	if !shown {
		kinds["uncontested"]++
	}
}
