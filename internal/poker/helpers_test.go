package poker_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// sharedFile finds a file of the shared test data, which lies beside the
// checkout and is not part of the repository.
func sharedFile(tb testing.TB, name string) string {
	tb.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", "poker", name)
	if _, err := os.Stat(path); err != nil {
		tb.Skipf("the shared test data is not beside the checkout: %v", err)
	}
	return path
}

func mustCards(tb testing.TB, text string) []eval.Card {
	tb.Helper()
	cards, err := eval.ParseCards(text)
	if err != nil {
		tb.Fatal(err)
	}
	return cards
}

// trial is a hand in a test, and all events so far.
type trial struct {
	testing.TB
	poker.Hand
	events []game.Event
}

// deal starts a hand with cards written as "AsAh KsKh / 2c7d9hJc4s".
func deal(tb testing.TB, s poker.Setup, cards string) *trial {
	tb.Helper()
	holes, board, _ := strings.Cut(cards, "/")
	hole := make([][]eval.Card, len(s.Players))
	for i := range hole {
		hole[i] = []eval.Card{eval.NoCard, eval.NoCard, eval.NoCard, eval.NoCard}[:poker.FindVariant(s.Variant).Hole]
	}
	for i, text := range strings.Fields(holes) {
		hole[i] = mustCards(tb, text)
	}
	deck, err := poker.Stack(hole, mustCards(tb, strings.TrimSpace(board)))
	if err != nil {
		tb.Fatal(err)
	}
	hand, err := poker.NewHand(s)
	if err != nil {
		tb.Fatal(err)
	}
	t := &trial{TB: tb, Hand: hand}
	events, err := hand.Start(deck)
	if err != nil {
		tb.Fatal(err)
	}
	t.add(events)
	return t
}

func (t *trial) add(events []game.Event) {
	for _, e := range events {
		t.Hand = t.Evolve(e)
	}
	t.events = append(t.events, events...)
}

// play makes decisions: "2 r 300; 0 f; 1 c", with f, x, c, r N (bet or raise
// to), n N (run it N times) and s (show).
func (t *trial) play(text string) *trial {
	t.Helper()
	for _, step := range strings.Split(text, ";") {
		if step = strings.TrimSpace(step); step == "" {
			continue
		}
		p, a := mustAction(t, step)
		events, err := t.Decide(p, a)
		if err != nil {
			t.Fatalf("%s: %v", step, err)
		}
		t.add(events)
	}
	return t
}

func mustAction(tb testing.TB, step string) (poker.Pos, poker.Action) {
	tb.Helper()
	w := strings.Fields(step)
	p, err := strconv.Atoi(w[0])
	if err != nil {
		tb.Fatal(err)
	}
	acts := map[string]poker.Act{"f": poker.Fold, "x": poker.Check, "c": poker.Call, "r": poker.Raise, "n": poker.Run, "s": poker.Show}
	a := poker.Action{Act: acts[w[1]]}
	if len(w) > 2 {
		n, err := strconv.ParseInt(w[2], 10, 64)
		if err != nil {
			tb.Fatal(err)
		}
		a.Amount = poker.Chips(n)
	}
	return poker.Pos(p), a
}

// stacks returns what everybody has.
func (t *trial) stacks() string {
	var all []poker.Chips
	for i := range t.Terms().Players {
		all = append(all, t.Stack(poker.Pos(i)))
	}
	return fmt.Sprint(all)
}

// log writes the events of some types in short.
func (t *trial) log(types ...string) string {
	var lines []string
	for _, e := range t.events {
		for _, typ := range types {
			if e.EventType() == typ {
				lines = append(lines, short(e))
			}
		}
	}
	return strings.Join(lines, "; ")
}

// short writes an event in a few letters.
func short(e game.Event) string {
	switch e := e.(type) {
	case poker.Shown:
		return fmt.Sprintf("%d shows %s", e.Pos, eval.FormatCards(e.Cards))
	case poker.Mucked:
		return fmt.Sprintf("%d mucks", e.Pos)
	case poker.Returned:
		return fmt.Sprintf("%d back to %d", e.Amount, e.Pos)
	case poker.Turned:
		return fmt.Sprintf("%s %d %s", e.Street, e.Run, eval.FormatCards(e.Cards))
	case poker.Awarded:
		var shares []string
		for _, s := range e.Shares {
			shares = append(shares, fmt.Sprintf("%d:%d", s.Pos, s.Amount))
		}
		if e.Half != poker.Whole {
			shares = append([]string{string(e.Half)}, shares...)
		}
		return fmt.Sprintf("pot %d.%d %s", e.Pot, e.Run, strings.Join(shares, " "))
	}
	return e.EventType()
}

// noLimit is a hand with blinds of 5 and 10. With two players the button has
// the small blind.
func noLimit(stacks ...poker.Chips) poker.Setup {
	return setup("holdem", poker.Limit{Structure: poker.NoLimit, BigBlind: 10}, stacks...)
}

func setup(variant string, limit poker.Limit, stacks ...poker.Chips) poker.Setup {
	s := poker.Setup{Variant: variant, Limit: limit}
	for i, stack := range stacks {
		s.Players = append(s.Players, poker.Player{Seat: game.Seat(i), Stack: stack})
	}
	small, big := poker.Pos(0), poker.Pos(1)
	if len(stacks) == 2 {
		small, big = 1, 0
	}
	s.Posts = []poker.Post{{Pos: small, Kind: poker.PostSmall, Amount: limit.BigBlind / 2}, {Pos: big, Kind: poker.PostBig, Amount: limit.BigBlind}}
	return s
}

// chance is a seeded source.
type chance struct{ *rand.Rand }
