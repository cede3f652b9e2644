package pokerstars_test

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kibitz/internal/export/phh"
	"kibitz/internal/export/pokerstars"
	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/handlog"
	"kibitz/internal/poker/handtest"
)

var update = flag.Bool("update", false, "write the golden files")

// otherGames are hands of games that are not played here.
var otherGames = []string{"phua-xuan-2019.phh", "arieh-yockey-2019.phh", "alice-carol-wikipedia.phh"}

// recorded returns the hand of a file in PHH.
func recorded(tb testing.TB, path string) handlog.Source {
	tb.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	hands, err := phh.Parse(bytes.NewReader(text))
	if err != nil {
		tb.Fatal(err)
	}
	r, err := hands[0].Replay()
	if err != nil {
		tb.Fatalf("%s: %v", path, err)
	}
	s := handlog.Source{Setup: r.Setup, Events: r.Events, Button: game.NoSeat, Names: map[game.Seat]string{0: "Ann", 1: "Bob", 2: "Cid"}}
	s.Heading = handlog.Heading{ID: filepath.Base(path), Table: "Example", Seats: 6, At: time.Date(2026, 11, 22, 16, 0, 0, 0, time.UTC)}
	s.Serial = handlog.Serial(s.ID)
	return s
}

func scenario(name string) string {
	return filepath.Join("..", "..", "..", "testdata", "hands", name+".phh")
}

func mustNew(tb testing.TB, s handlog.Source, r handlog.Reader) *handlog.Hand {
	tb.Helper()
	h, err := handlog.New(s, r)
	if err != nil {
		tb.Fatal(err)
	}
	return h
}

// checked writes a hand, reads every line, and compares what everybody ends
// with.
func checked(tb testing.TB, h *handlog.Hand) string {
	tb.Helper()
	text := string(pokerstars.Append(nil, h))
	r, err := readHand(text)
	if err != nil {
		tb.Fatalf("hand %s: %v\n%s", h.ID, err, text)
	}
	for _, p := range h.Players {
		got := r.players[int(p.Seat)+1]
		if got == nil || got.name != p.Name || got.stack != int(p.End) || !got.summed {
			tb.Fatalf("hand %s: seat %d is %+v, want %+v\n%s", h.ID, p.Seat, got, p, text)
		}
	}
	if (h.Hero != poker.NoPos) != (r.hero != "") {
		tb.Errorf("hand %s: the hero is %q\n%s", h.ID, r.hero, text)
	}
	return text
}

// golden compares with a file, whose lines end in LF.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	got = strings.ReplaceAll(got, "\r\n", "\n")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

// P08 and P25 are the hands R1 and R2 of the description of the formats.
func TestExamples(t *testing.T) {
	for _, row := range []struct {
		name   string
		serial int64
		at     time.Time
		reader handlog.Reader
	}{
		{"P08", 900000001001, time.Date(2026, 11, 22, 16, 0, 0, 0, time.UTC), handlog.Sitting(2)},
		{"P25", 900000001002, time.Date(2026, 11, 22, 16, 1, 0, 0, time.UTC), handlog.Spectator},
		{"P15", 900000001003, time.Date(2026, 7, 1, 3, 0, 0, 0, time.UTC), handlog.Sitting(0)},
		{"P18", 900000001004, time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC), handlog.Sitting(1)},
		{"P21", 900000001005, time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC), handlog.Sitting(3)},
		{"P24", 900000001006, time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC), handlog.Spectator},
		{"P34", 900000001007, time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC), handlog.Sitting(2)},
	} {
		s := recorded(t, scenario(row.name))
		s.Serial, s.At = row.serial, row.at
		golden(t, row.name, checked(t, mustNew(t, s, row.reader)))
	}
}

func TestTournamentHand(t *testing.T) {
	s := recorded(t, scenario("P17"))
	s.Tournament = &handlog.Tournament{Serial: 300000000007, BuyIn: 100, Fee: 10, Level: 14}
	s.Absent, s.Away = game.SeatSet(0), []handlog.Away{{Seat: 4, Name: "Dot", Stack: 700}}
	s.Notes = []handlog.Note{{After: 4, Seat: 1, What: handlog.Disconnected}, {After: 5, Seat: 0, What: handlog.TimedOut}, {After: 6, Seat: 5, What: handlog.Joined, Amount: 5}}
	golden(t, "tournament", checked(t, mustNew(t, s, handlog.Sitting(1))))
}

// twice plays a hand whose river and turn are dealt twice.
func TestRunTwice(t *testing.T) {
	s := recorded(t, scenario("P32"))
	deck := s.Events[2].(poker.Dealt).Deck
	s.Setup.Runs = 2
	s.Setup.Limit = poker.Limit{Structure: poker.PotLimit, BigBlind: 10}
	s.Setup.Players[0].Stack, s.Setup.Players[1].Stack = 40, 300
	hand, err := poker.NewHand(s.Setup)
	if err != nil {
		t.Fatal(err)
	}
	s.Events, err = hand.Start(deck)
	for _, d := range []struct {
		pos poker.Pos
		a   poker.Action
	}{{1, poker.Action{Act: poker.Raise, Amount: 30}}, {0, poker.Action{Act: poker.Call}}, {0, poker.Action{Act: poker.Bet, Amount: 10}}, {1, poker.Action{Act: poker.Call}}, {0, poker.Action{Act: poker.Run, Amount: 2}}, {1, poker.Action{Act: poker.Run, Amount: 2}}} {
		if err != nil {
			t.Fatal(err)
		}
		state := hand
		for _, e := range s.Events {
			state = state.Evolve(e)
		}
		var more []game.Event
		more, err = state.Decide(d.pos, d.a)
		s.Events = append(s.Events, more...)
	}
	golden(t, "twice", checked(t, mustNew(t, s, handlog.Sitting(0))))
}

func TestRecordedHands(t *testing.T) {
	dirs := []string{filepath.Join("..", "..", "..", "testdata", "hands")}
	data := filepath.Join("..", "..", "..", "..", "shared", "data", "poker")
	if _, err := os.Stat(data); err != nil {
		t.Logf("only the hands of the repository: the shared test data is not beside the checkout: %v", err)
	} else {
		dirs = append(dirs, filepath.Join(data, "wsop"), filepath.Join(data, "pluribus"), filepath.Join(data, "famous"))
	}
	hands := 0
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".phh") && !slices.Contains(otherGames, filepath.Base(path)) {
				s := recorded(t, path)
				checked(t, mustNew(t, s, handlog.Sitting(game.Seat(hands%len(s.Setup.Players)))))
				hands++
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if want := map[int]int{1: 38, 4: 5060}[len(dirs)]; hands != want {
		t.Errorf("%d hands, want %d", hands, want)
	}
}

// Random hands of all variants keep to the grammar and add up, and what a
// reader gets does not change with the cards that the reader may not know.
func TestRandomHands(t *testing.T) {
	words := []string{
		"FIRST FLOP", "SECOND RIVER", "and lost with", "posts small & big blinds", "posts straddle", "mucks hand", "side pot-3", "LO: ",
		"No low hand qualified", "is disconnected", "is sitting out", "Level", "doesn't show hand", "Uncalled", "mucked [",
	}
	seen := map[string]int{}
	for seed := range uint64(5000) {
		s, played, err := handtest.Source(seed)
		if err != nil {
			t.Fatal(err)
		}
		rng := rand.New(rand.NewPCG(seed, 3))
		seat := game.Seat(rng.IntN(len(s.Setup.Players)+1)) - 1
		text := checked(t, mustNew(t, s, handlog.Sitting(seat)))
		for _, word := range words {
			if strings.Contains(text, word) {
				seen[word]++
			}
		}
		var known poker.PosSet
		if seat != game.NoSeat {
			known = 1 << seat
		}
		s.Events = played.Shuffled(known, rng)
		if other := checked(t, mustNew(t, s, handlog.Sitting(seat))); other != text {
			t.Fatalf("hand %d tells seat %d of hidden cards:\n%s\n%s", seed, seat, text, other)
		}
	}
	for _, word := range words {
		if seen[word] == 0 {
			t.Errorf("no hand with %q: the hands are not random enough", word)
		}
	}
}

// A line that is wrong in one word or by one chip is found out.
func TestGrammarRefuses(t *testing.T) {
	text := string(pokerstars.Append(nil, mustNew(t, recorded(t, scenario("P25")), handlog.Spectator)))
	for _, row := range []struct{ from, to string }{
		{"\r\n", "\n"}, {"PokerStars Hand", "PokerStars hand"}, {"#3 is the button", "#2 is the button"}, {"raises 220 to 300", "raises 300 to 300"},
		{"calls 290", "calls 280"}, {" and is all-in", ""}, {"bets 200", "bets 201"}, {"[2c 7d 9h] [Jc]", "[2c 7d 9s] [Jc]"},
		{"collected 440 from side pot", "collected 441 from side pot"}, {"Side pot 440.", "Side pot 441."}, {"Total pot 680", "Total pot 681"},
		{"folded on the Flop", "folded"}, {"showed [Ks Kh]", "showed [Ks Kd]"}, {"won (240)", "won (241)"}, {"a pair of Aces)", "two Aces)"},
		{"*** SHOW DOWN ***", "*** SHOWDOWN ***"}, {"Bob: folds\r\n", ""}, {"Seat 2: Bob (big blind)", "Seat 2: Ann (big blind)"},
	} {
		wrong := strings.Replace(text, row.from, row.to, 1)
		if _, err := readHand(wrong); err == nil || wrong == text {
			t.Errorf("%q for %q: not found out", row.to, row.from)
		}
	}
}

func TestEasternTime(t *testing.T) {
	for utc, want := range map[string]string{
		"2026-11-22T16:00:00Z": "2026/11/22 11:00:00 ET", "2026-07-01T03:00:00Z": "2026/06/30 23:00:00 ET",
		"2026-03-08T06:59:59Z": "2026/03/08 1:59:59 ET", "2026-03-08T07:00:00Z": "2026/03/08 3:00:00 ET",
		"2026-11-01T05:59:59Z": "2026/11/01 1:59:59 ET", "2026-11-01T06:00:00Z": "2026/11/01 1:00:00 ET",
		"2026-01-01T04:00:00Z": "2025/12/31 23:00:00 ET",
	} {
		s := recorded(t, scenario("P01"))
		at, err := time.Parse(time.RFC3339, utc)
		if err != nil {
			t.Fatal(err)
		}
		s.At = at
		line, _, _ := strings.Cut(checked(t, mustNew(t, s, handlog.Spectator)), "\r\n")
		if !strings.HasSuffix(line, " UTC ["+want+"]") {
			t.Errorf("%s: got %s, want %s", utc, line, want)
		}
	}
}
