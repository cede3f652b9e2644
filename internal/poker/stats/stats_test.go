package stats_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"kibitz/internal/export/phh"
	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/handtest"
	"kibitz/internal/poker/stats"
)

func sampling(seed uint64) stats.Sampling {
	return stats.Sampling{Boards: 2000, Chance: rand.New(rand.NewPCG(seed, 6))}
}

// played is a hand of players with 1000 chips and blinds of 5 and 10. With two
// players the button has the small blind.
func played(tb testing.TB, players int, text string) []stats.Counts {
	tb.Helper()
	s := poker.Setup{Variant: "holdem", Limit: poker.Limit{Structure: poker.NoLimit, BigBlind: 10}}
	for i := range players {
		s.Players = append(s.Players, poker.Player{Seat: game.Seat(i), Stack: 1000})
	}
	small := poker.Pos(0)
	if players == 2 {
		small = 1
	}
	s.Posts = []poker.Post{{Pos: small, Kind: poker.PostSmall, Amount: 5}, {Pos: 1 - small, Kind: poker.PostBig, Amount: 10}}
	hand, err := poker.NewHand(s)
	if err != nil {
		tb.Fatal(err)
	}
	events, err := hand.Start(poker.Shuffle(rand.New(rand.NewPCG(1, 1))))
	if err != nil {
		tb.Fatal(err)
	}
	events = append(events, decisions(tb, hand, events, text)...)
	counts, err := stats.Count(s, events, sampling(1))
	if err != nil {
		tb.Fatalf("%s: %v", text, err)
	}
	return counts
}

// decisions makes those of "2 r 300; 0 f": f, x, c, and r N (bet or raise to).
func decisions(tb testing.TB, hand poker.Hand, events []game.Event, text string) []game.Event {
	tb.Helper()
	for _, e := range events {
		hand = hand.Evolve(e)
	}
	acts := map[string]poker.Act{"f": poker.Fold, "x": poker.Check, "c": poker.Call, "r": poker.Raise}
	var all []game.Event
	for _, step := range strings.Split(text, ";") {
		w := strings.Fields(step)
		pos, err := strconv.Atoi(w[0])
		if err != nil {
			tb.Fatal(err)
		}
		a := poker.Action{Act: acts[w[1]]}
		if len(w) == 3 {
			if _, err := fmt.Sscan(w[2], &a.Amount); err != nil {
				tb.Fatal(err)
			}
		}
		more, err := hand.Decide(poker.Pos(pos), a)
		if err != nil {
			tb.Fatalf("%s: %v", step, err)
		}
		for _, e := range more {
			hand = hand.Evolve(e)
		}
		all = append(all, more...)
	}
	return all
}

func TestDefinitions(t *testing.T) {
	for _, row := range []struct {
		name    string
		players int
		text    string
		of      int
		want    stats.Counts
	}{
		{"a walk", 3, "2 f; 0 f", 1, stats.Counts{Hands: 1, Walks: 1, Net: 5, NetMilli: 500}},
		{"a walk for the others", 3, "2 f; 0 f", 0, stats.Counts{Hands: 1, Net: -5, NetMilli: -500}},
		{"a small blind that calls is no walk", 3, "2 f; 0 c; 1 x; 0 x; 1 r 10; 0 f", 1, stats.Counts{Hands: 1, Flops: 1, Bets: 1, Net: 10, NetMilli: 1000}},
		{"checking the big blind is not voluntary", 2, "1 c; 0 x; 0 r 10; 1 f", 0, stats.Counts{Hands: 1, Flops: 1, Bets: 1, Net: 10, NetMilli: 1000}},
		{"a call is voluntary", 2, "1 c; 0 x; 0 r 10; 1 f", 1, stats.Counts{Hands: 1, Entered: 1, Flops: 1, Folds: 1, Net: -10, NetMilli: -1000}},
		{"a raise", 3, "2 r 30; 0 f; 1 f", 2, stats.Counts{Hands: 1, Entered: 1, Raised: 1, Net: 15, NetMilli: 1500}},
		{"a chance to re-raise", 3, "2 r 30; 0 f; 1 f", 0, stats.Counts{Hands: 1, ReraiseChances: 1, Net: -5, NetMilli: -500}},
		{"a re-raise", 3, "2 r 30; 0 r 90; 1 f; 2 f", 0, stats.Counts{Hands: 1, Entered: 1, Raised: 1, ReraiseChances: 1, Reraised: 1, Net: 40, NetMilli: 4000}},
		{"two raises are no chance", 3, "2 r 30; 0 r 90; 1 f; 2 f", 1, stats.Counts{Hands: 1, Net: -10, NetMilli: -1000}},
		{"folding to a re-raise", 3, "2 r 30; 0 r 90; 1 f; 2 f", 2, stats.Counts{Hands: 1, Entered: 1, Raised: 1, FacedReraise: 1, FoldedToReraise: 1, Net: -30, NetMilli: -3000}},
		{"raising a re-raise", 3, "2 r 30; 0 r 90; 1 f; 2 r 200; 0 f", 2, stats.Counts{Hands: 1, Entered: 1, Raised: 1, FacedReraise: 1, Net: 100, NetMilli: 10000}},
		{"no chance when only a call is left", 3, "2 r 1000; 0 c; 1 f", 1, stats.Counts{Hands: 1, Net: -10, NetMilli: -1000}},
		{"a continuation bet", 2, "1 r 30; 0 c; 0 x; 1 r 40; 0 f", 1, stats.Counts{Hands: 1, Entered: 1, Raised: 1, Flops: 1, Bets: 1, ContinueChances: 1, Continued: 1, Net: 30, NetMilli: 3000}},
		{"no continuation bet", 2, "1 r 30; 0 c; 0 x; 1 x; 0 r 10; 1 f", 1, stats.Counts{Hands: 1, Entered: 1, Raised: 1, Flops: 1, Folds: 1, ContinueChances: 1, Net: -30, NetMilli: -3000}},
		{"no chance to continue after a bet", 2, "1 r 30; 0 c; 0 r 40; 1 f", 1, stats.Counts{Hands: 1, Entered: 1, Raised: 1, Flops: 1, Folds: 1, Net: -30, NetMilli: -3000}},
		{"one bet counts once", 3, "2 r 30; 0 r 90; 1 f; 2 c; 0 r 20; 2 r 50; 0 r 100; 2 c; 0 r 50; 2 f", 0, stats.Counts{
			Hands: 1, Entered: 1, Raised: 1, ReraiseChances: 1, Reraised: 1, Flops: 1, Bets: 3, ContinueChances: 1, Continued: 1, Net: 200, NetMilli: 20000,
		}},
	} {
		row.want.ExpectedMilli = row.want.NetMilli // nobody is all-in
		if got := played(t, row.players, row.text)[row.of]; got != row.want {
			t.Errorf("%s: got %+v, want %+v", row.name, got, row.want)
		}
	}
}

func TestRates(t *testing.T) {
	c := stats.Counts{
		Hands: 10, Walks: 2, Entered: 4, Raised: 3, Reraised: 1, ReraiseChances: 5, FoldedToReraise: 1, FacedReraise: 2, Bets: 6, Calls: 3, Folds: 1,
		Continued: 1, ContinueChances: 4, Flops: 8, Showdowns: 2, ShowdownsWon: 1, NetMilli: -2500, ExpectedMilli: 1000,
	}
	for name, row := range map[string]struct {
		got  stats.Rate
		want float64
	}{
		"VPIP": {c.VPIP(), 0.5}, "PFR": {c.PFR(), 0.3}, "3bet": {c.ThreeBet(), 0.2}, "fold to 3bet": {c.FoldToThreeBet(), 0.5}, "AF": {c.AF(), 2},
		"AFq": {c.AFq(), 0.6}, "C-bet": {c.CBet(), 0.25}, "WTSD": {c.WTSD(), 0.25}, "W$SD": {c.WonAtShowdown(), 0.5},
		"bb/100": {c.PerHundred(), -25}, "all-in EV": {c.ExpectedPerHundred(), 10},
	} {
		if got, ok := row.got.Value(); !ok || got != row.want {
			t.Errorf("%s: got %v, want %v", name, got, row.want)
		}
	}
	if _, ok := (stats.Rate{}).Value(); ok {
		t.Error("a ratio of nothing")
	}
}

// Every field is added.
func TestAdd(t *testing.T) {
	var a, b stats.Counts
	v := reflect.ValueOf(&a).Elem()
	for i := range v.NumField() {
		v.Field(i).SetInt(int64(i + 1))
	}
	b = a
	b.Add(a)
	for i := range v.NumField() {
		if got := reflect.ValueOf(b).Field(i).Int(); got != int64(2*(i+1)) {
			t.Errorf("%s: got %d", v.Type().Field(i).Name, got)
		}
	}
	text, err := json.Marshal(stats.Counts{Hands: 1})
	if err != nil || string(text) != `{"hands":1}` {
		t.Errorf("got %s, %v", text, err)
	}
}

// What can be expected is not more nor less than what is in the pots, and the
// exact shares are known where they can be counted by hand.
func TestExpectation(t *testing.T) {
	for name, row := range map[string]struct {
		actions string
		want    [2]int64
	}{
		// Of 44 cards 42 win the thousand, and two queens lose it.
		"turn": {"'p2 cbr 100', 'p1 cc', 'd db 2c7d9h', 'p1 cc', 'p2 cc', 'd db Jc', 'p1 cbr 900', 'p2 cc', 'p1 sm KsKh', 'p2 sm QsQh', 'd db Qd'",
			[2]int64{90909, -90909}},
		// Nothing is to come.
		"river": {"'p2 cbr 100', 'p1 cc', 'd db 2c7d9h', 'p1 cc', 'p2 cc', 'd db Jc', 'p1 cc', 'p2 cc', 'd db Qd', 'p1 cbr 900', 'p2 cc', 'p2 sm QsQh', 'p1 sm KsKh'",
			[2]int64{-100000, 100000}},
	} {
		text := "variant = 'NT'\nantes = [0, 0]\nblinds_or_straddles = [5, 10]\nmin_bet = 10\nstarting_stacks = [1000, 1000]\n" +
			"actions = ['d dh p1 KsKh', 'd dh p2 QsQh', " + row.actions + "]\n"
		hands, err := phh.Parse(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		r, err := hands[0].Replay()
		if err != nil {
			t.Fatal(err)
		}
		counts, err := stats.Count(r.Setup, r.Events, sampling(1))
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range row.want {
			got := counts[i].ExpectedMilli
			if got != want || counts[i].Net != [2]int64{-1000, 1000}[i] {
				t.Errorf("%s, player %d: expects %d, want %d; net %d", name, i, got, want, counts[i].Net)
			}
		}
	}
}

// In random hands nothing is won that nobody lost, also of what is expected, and
// all rates are of no more than there was.
func TestRandomHands(t *testing.T) {
	var all stats.Counts
	for seed := range uint64(1500) {
		p, err := handtest.Random(seed)
		if err != nil {
			t.Fatal(err)
		}
		counts, err := stats.Count(p.Setup, p.Events, stats.Sampling{Boards: 20, Chance: rand.New(rand.NewPCG(seed, 6))})
		if err != nil {
			t.Fatalf("hand %d: %v", seed, err)
		}
		var sum stats.Counts
		for _, c := range counts {
			sum.Add(c)
			for _, r := range []stats.Rate{c.VPIP(), c.PFR(), c.ThreeBet(), c.FoldToThreeBet(), c.CBet(), c.WTSD(), c.WonAtShowdown()} {
				if r.Of > r.In || r.Of < 0 {
					t.Errorf("hand %d: %+v of %+v", seed, r, c)
				}
			}
		}
		n := int64(len(counts))
		if sum.Net != 0 || sum.NetMilli > n || sum.NetMilli < -n || sum.ExpectedMilli > n || sum.ExpectedMilli < -n {
			t.Fatalf("hand %d: net %d, %d, expected %d", seed, sum.Net, sum.NetMilli, sum.ExpectedMilli)
		}
		all.Add(sum)
	}
	v := reflect.ValueOf(all)
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if v.Field(i).IsZero() && !strings.HasPrefix(name, "Net") && name != "ExpectedMilli" {
			t.Errorf("%s is never counted", name)
		}
	}
}

// The numbers of all players together in known hands, as far as they can be
// counted from the text of the files.
func TestKnownHands(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "..", "shared", "data", "poker", "pluribus", "30")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("the shared test data is not beside the checkout: %v", err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.phh"))
	if err != nil {
		t.Fatal(err)
	}
	var all stats.Counts
	var want struct{ hands, flops, bets, folds int64 }
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		hands, err := phh.Parse(strings.NewReader(string(text)))
		if err != nil {
			t.Fatal(err)
		}
		r, err := hands[0].Replay()
		if err != nil {
			t.Fatal(err)
		}
		counts, err := stats.Count(r.Setup, r.Events, sampling(1))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range counts {
			all.Add(c)
		}
		want.hands += 6
		early, later, flop := strings.Cut(string(text), "'d db ")
		if flop {
			want.flops += 6 - int64(strings.Count(early, " f'"))
			want.bets += int64(strings.Count(later, " cbr "))
			want.folds += int64(strings.Count(later, " f'"))
		}
	}
	if all.Hands != want.hands || all.Flops != want.flops || all.Bets != want.bets || all.Folds != want.folds || all.Net != 0 {
		t.Errorf("got %+v, want %+v", all, want)
	}
}

func TestUnfinished(t *testing.T) {
	p, err := handtest.Random(1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := stats.Count(p.Setup, p.Events[:4], sampling(1)); !errors.Is(err, stats.ErrUnfinished) {
		t.Errorf("got %v, want ErrUnfinished", err)
	}
	if _, err := stats.Count(p.Setup, []game.Event{poker.Acted{Pos: 10}}, sampling(1)); !errors.Is(err, game.ErrMalformed) {
		t.Errorf("got %v, want ErrMalformed", err)
	}
	if _, err := stats.Count(poker.Setup{}, nil, sampling(1)); !errors.Is(err, game.ErrMalformed) {
		t.Errorf("got %v, want ErrMalformed", err)
	}
}
