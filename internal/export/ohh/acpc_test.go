package ohh_test

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kibitz/internal/acpc"
	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/handlog"
)

// The hands of a match of two programs, most of which are all-in.
func TestHandsOfAMatch(t *testing.T) {
	file, err := os.Open(filepath.Join("..", "..", "..", "..", "shared", "data", "poker", "acpc", "holdem.nolimit.2p.500hands.log"))
	if err != nil {
		t.Skipf("the shared test data is not beside the checkout: %v", err)
	}
	defer file.Close()
	hands := 0
	for scanner := bufio.NewScanner(file); scanner.Scan(); {
		if !strings.HasPrefix(scanner.Text(), "STATE:") {
			continue
		}
		s := matchHand(t, scanner.Text())
		for seat := game.NoSeat; seat < 2; seat++ {
			settled(t, mustNew(t, s, handlog.Sitting(seat)))
		}
		hands++
	}
	if hands != 500 {
		t.Errorf("%d hands, want 500", hands)
	}
}

// matchHand plays a line of the log.
func matchHand(tb testing.TB, line string) handlog.Source {
	tb.Helper()
	r, err := acpc.ParseResult(line)
	if err != nil {
		tb.Fatal(err)
	}
	setup := poker.Setup{Variant: "holdem", Limit: poker.Limit{Structure: poker.NoLimit, BigBlind: 100}}
	setup.Players = []poker.Player{{Seat: 0, Stack: 20000}, {Seat: 1, Stack: 20000}}
	setup.Posts = []poker.Post{{Pos: 1, Kind: poker.PostSmall, Amount: 50}, {Pos: 0, Kind: poker.PostBig, Amount: 100}}
	hand, err := poker.NewHand(setup)
	if err != nil {
		tb.Fatal(err)
	}
	deck, err := poker.Stack(r.Holes, slices.Concat(r.Board...))
	if err != nil {
		tb.Fatal(err)
	}
	events, err := hand.Start(deck)
	if err != nil {
		tb.Fatal(err)
	}
	seat := [2]*acpc.Seat{}
	for i := range seat {
		if seat[i], err = acpc.NewSeat(r.Hand, setup, poker.Pos(i)); err != nil {
			tb.Fatal(err)
		}
	}
	all := events
	for _, a := range append(slices.Concat(r.Rounds...), acpc.Action{}) {
		for _, e := range events {
			for i := range seat {
				seat[i].Show(hand.EventView(e, poker.Pos(i)))
			}
			hand = hand.Evolve(e)
		}
		if hand.Over() {
			break
		}
		u := seat[hand.ToAct()].Update()
		decision, _ := u.Decide(a)
		if events, err = hand.Decide(hand.ToAct(), decision); err != nil {
			tb.Fatal(err)
		}
		all = append(all, events...)
	}
	s := handlog.Source{Setup: setup, Events: all, Button: game.NoSeat, Names: map[game.Seat]string{0: r.Names[0], 1: r.Names[1]}}
	s.Heading = handlog.Heading{ID: line[:20], Serial: handlog.Serial(line), Table: "Match", Seats: 2}
	return s
}
