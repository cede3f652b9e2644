package phh_test

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kibitz/internal/export/phh"
	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/handlog"
	"kibitz/internal/poker/handtest"
)

// story is what happened in a hand, in an order that does not depend on who
// wrote it down: forced bets by players, and nothing beside the play.
func story(h *handlog.Hand) (steps []handlog.Step, players []handlog.Player) {
	var posts []handlog.Step
	for _, s := range h.Steps {
		s.Stacks, s.Bets, s.Total = nil, nil, 0
		switch s.Kind {
		case handlog.Post:
			posts = append(posts, s)
		case handlog.Runs, handlog.Aside:
		default:
			steps = append(steps, s)
		}
	}
	slices.SortStableFunc(posts, func(a, b handlog.Step) int { return int(a.Pos - b.Pos) })
	for _, p := range h.Players {
		p.Absent = false
		players = append(players, p)
	}
	return append(posts, steps...), players
}

// What one player may know of a hand, written and read again, is the same hand.
func TestHandsOfAViewerAreTheSame(t *testing.T) {
	counts := map[string]int{}
	for seed := range uint64(5000) {
		s, played, err := handtest.Source(seed)
		if err != nil {
			t.Fatal(err)
		}
		rng := rand.New(rand.NewPCG(seed, 3))
		seat := game.Seat(rng.IntN(len(s.Setup.Players)+1)) - 1
		log := mustLog(t, s, handlog.Sitting(seat))
		text, err := phh.Append(nil, log, 1)
		if errors.Is(err, phh.ErrVariant) {
			continue
		}
		if err != nil {
			t.Fatalf("hand %d: %v", seed, err)
		}
		imported, err := phh.Import(strings.NewReader(string(text)))
		if err != nil || len(imported) != 1 || imported[0].Err != nil {
			t.Fatalf("hand %d: %v, %+v:\n%s", seed, err, imported, text)
		}
		again := imported[0].Hand
		steps, players := story(log)
		gotSteps, gotPlayers := story(again)
		if !reflect.DeepEqual(gotSteps, steps) || !reflect.DeepEqual(gotPlayers, players) || !reflect.DeepEqual(again.Boards, log.Boards) {
			t.Fatalf("hand %d, seat %d: got\n%+v\n%+v\nwant\n%+v\n%+v\n%s", seed, seat, gotSteps, gotPlayers, steps, players, text)
		}
		if again.Table != log.Table || again.Number != log.Number || !again.At.Equal(log.At) || again.Seats != log.Seats {
			t.Errorf("hand %d: got %+v, want %+v", seed, again.Heading, log.Heading)
		}
		for _, word := range []string{"????", "sm'", "_posts", "_second_board", "_cap", "_straddle_raise", "'FO/8'", "'PO'", "'FT'", "'NT'"} {
			if strings.Contains(string(text), word) {
				counts[word]++
			}
		}
		unchanged(t, s, played, seat, string(text))
	}
	if len(counts) != 10 {
		t.Errorf("the hands are not random enough: %v", counts)
	}
}

// unchanged compares with the hand in which the cards that the reader may not
// know are others.
func unchanged(t *testing.T, s handlog.Source, played handtest.Played, seat game.Seat, text string) {
	t.Helper()
	var known poker.PosSet
	if seat != game.NoSeat {
		known = 1 << seat
	}
	s.Events = played.Shuffled(known, rand.New(rand.NewPCG(1, 2)))
	other, err := phh.Append(nil, mustLog(t, s, handlog.Sitting(seat)), 1)
	if err != nil || string(other) != text {
		t.Fatalf("seat %d is told of hidden cards, or %v:\n%s\n%s", seat, err, text, other)
	}
}

func mustLog(tb testing.TB, s handlog.Source, r handlog.Reader) *handlog.Hand {
	tb.Helper()
	h, err := handlog.New(s, r)
	if err != nil {
		tb.Fatal(err)
	}
	return h
}

func TestImport(t *testing.T) {
	text := "# hands\n[1]\n" + walk + "\n[2]\n" + strings.Replace(walk, "'p2 f'", "'p1 f'", 1) + "\n[3]\n" + walk + "min_bet = 2\n" +
		"\n[4]\n" + strings.Replace(walk, "'NT'", "'FB'", 1) + "\n[x]\n" + walk
	hands, err := phh.Import(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		name string
		line int
		err  error
		text string
	}{
		{"1", 2, nil, ""}, {"2", 12, game.ErrIllegal, "it is not your turn"}, {"3", 31, phh.ErrFormat, "min_bet"}, {"4", 33, phh.ErrVariant, "FB"}, {"x", 43, nil, ""},
	} {
		if i >= len(hands) {
			t.Fatalf("%d hands", len(hands))
		}
		got := hands[i]
		if got.Name != want.name || got.Line != want.line || !errors.Is(got.Err, want.err) || (got.Hand == nil) != (want.err != nil) {
			t.Errorf("hand %d: got %s at line %d, %v, want %+v", i, got.Name, got.Line, got.Err, want)
		}
		if want.err != nil && !strings.Contains(got.Err.Error(), want.text) {
			t.Errorf("hand %d: %v does not say %q", i, got.Err, want.text)
		}
	}
	h := hands[0].Hand
	if h.Players[0].Name != "Ann" || h.Players[1].End != 9900 || len(h.Players[1].Cards) != 2 || h.Hero != poker.NoPos {
		t.Errorf("got %+v", h)
	}
}

func TestImportBounds(t *testing.T) {
	for name, text := range map[string]string{
		"too large":      strings.Repeat("# much\n", 1<<20),
		"too many hands": strings.Repeat("[1]\n"+walk+"\n", 1001),
	} {
		if _, err := phh.Import(strings.NewReader(text)); !errors.Is(err, phh.ErrFormat) {
			t.Errorf("%s: got %v, want ErrFormat", name, err)
		}
	}
	hands, err := phh.Import(strings.NewReader("[1]\nx = " + strings.Repeat("[", 1<<20) + "\n[2]\n" + walk))
	if err != nil || len(hands) != 2 || !errors.Is(hands[0].Err, phh.ErrFormat) || hands[1].Err != nil {
		t.Errorf("a hand too large: got %v, %+v", err, hands)
	}
	hands, err = phh.Import(strings.NewReader("[1]\nx = " + strings.Repeat("[", 60_000)))
	if err != nil || len(hands) != 1 || !errors.Is(hands[0].Err, phh.ErrFormat) {
		t.Errorf("deep brackets: got %v, %+v", err, hands)
	}
	if hands, err := phh.Import(strings.NewReader("")); err != nil || len(hands) != 0 {
		t.Errorf("nothing: got %v, %v", hands, err)
	}
}

func FuzzImport(f *testing.F) {
	f.Add(walk)
	f.Add("[1]\n" + walk + "[2]\n" + walk)
	f.Add(walk + "_posts = ['p1 dead 1', 'p2 big 1']\n_second_board = 'AhKd'\n_cap = 3\nseats = [3, 1]\nyear = 2026\ntime = 12:00:00\n")
	f.Add(strings.Replace(walk, "'NT'", "'FO/8'\nsmall_bet = 1\nbig_bet = 2", 1))
	f.Fuzz(func(t *testing.T, text string) {
		hands, err := phh.Import(strings.NewReader(text))
		if err != nil && !errors.Is(err, phh.ErrFormat) {
			t.Errorf("%v, want ErrFormat", err)
		}
		for _, h := range hands {
			if (h.Hand == nil) == (h.Err == nil) || errors.Is(h.Err, poker.ErrBalance) || h.Line < 1 {
				t.Errorf("%+v", h)
			}
			if h.Hand != nil {
				h.Hand.Replay()
			}
		}
	})
}
