package acpc_test

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kibitz/internal/acpc"
	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// Five hundred hands of a match are decided again by what each seat sees, and
// both seats see at the end what the log has.
func TestLog(t *testing.T) {
	path := filepath.Join("..", "..", "..", "shared", "data", "poker", "acpc", "holdem.nolimit.2p.500hands.log")
	file, err := os.Open(path)
	if err != nil {
		t.Skipf("the shared test data is not beside the checkout: %v", err)
	}
	defer file.Close()
	setup := rules(poker.NoLimit, 20000, 100, 50)
	slices.Reverse(setup.Posts)
	hands := 0
	for scanner := bufio.NewScanner(file); scanner.Scan(); {
		line := scanner.Text()
		if !strings.HasPrefix(line, "STATE:") {
			continue
		}
		hands++
		want, err := acpc.ParseResult(line)
		if err != nil || want.String() != line {
			t.Fatalf("got %s, %v, want %s", want, err, line)
		}
		deck, err := poker.Stack(want.Holes, slices.Concat(want.Board...))
		if err != nil {
			t.Fatal(err)
		}
		seats, end := script(t, setup, deck, want.Hand, want.Rounds)
		compare(t, want, seats, end)
	}
	if hands != 500 {
		t.Errorf("%d hands, want 500", hands)
	}
}

func compare(t *testing.T, want acpc.Result, seats []*acpc.Seat, end poker.Hand) {
	t.Helper()
	folded := false
	for _, round := range want.Rounds {
		for _, a := range round {
			folded = folded || a.Verb == acpc.Fold
		}
	}
	for i, seat := range seats {
		u := seat.Update()
		state := acpc.Result{Hand: want.Hand, Rounds: u.State.Rounds, Holes: slices.Clone(u.State.Holes), Board: u.State.Board, Names: want.Names}
		for p := range seats {
			state.Net = append(state.Net, end.Stack(poker.Pos(p))-20000)
			if p != i && folded && state.Holes[p] != nil {
				t.Errorf("hand %d: place %d is shown %s", want.Hand, i, eval.FormatCards(state.Holes[p]))
			}
			if state.Holes[p] == nil { // folded, or mucked
				state.Holes[p] = want.Holes[p]
			}
		}
		if state.String() != want.String() || !seat.Over() || u.Legal != nil {
			t.Errorf("place %d: got %s, want %s", i, state, want)
		}
	}
}
