package handlog_test

import (
	"encoding/json"
	"errors"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"kibitz/internal/export/phh"
	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
	"kibitz/internal/poker/handlog"
	"kibitz/internal/poker/handtest"
)

var update = flag.Bool("update", false, "write the golden files")

const randomHands = 1500

func mustSource(tb testing.TB, seed uint64) (handlog.Source, handtest.Played) {
	tb.Helper()
	s, played, err := handtest.Source(seed)
	if err != nil {
		tb.Fatalf("hand %d: %v", seed, err)
	}
	return s, played
}

func mustNew(tb testing.TB, s handlog.Source, r handlog.Reader) *handlog.Hand {
	tb.Helper()
	h, err := handlog.New(s, r)
	if err != nil {
		tb.Fatalf("hand %s: %v", s.ID, err)
	}
	return h
}

// chips compares the books after every step with what came to the table.
func chips(tb testing.TB, h *handlog.Hand, end poker.Hand) {
	tb.Helper()
	for i, s := range h.Steps {
		sum := s.Total
		for p, stack := range s.Stacks {
			sum += stack
			if stack < 0 || s.Bets[p] < 0 {
				tb.Fatalf("%s, step %d: player %d has %d and bets %d", h.ID, i, p, stack, s.Bets[p])
			}
		}
		if sum != end.Total() {
			tb.Fatalf("%s, step %d: %d chips of %d", h.ID, i, sum, end.Total())
		}
	}
	for i, p := range h.Players {
		if p.End != end.Stack(poker.Pos(i)) || p.End != h.Steps[len(h.Steps)-1].Stacks[i] {
			tb.Errorf("%s: player %d ends with %d, want %d", h.ID, i, p.End, end.Stack(poker.Pos(i)))
		}
	}
}

func TestStepsKeepTheBooks(t *testing.T) {
	kinds := map[handlog.Kind]int{}
	twice := 0
	for seed := range uint64(randomHands) {
		s, played := mustSource(t, seed)
		h := mustNew(t, s, handlog.Spectator)
		chips(t, h, played.End)
		public := played.End.Public()
		if !reflect.DeepEqual(h.Boards, public.Boards) {
			t.Errorf("hand %d: boards %v, want %v", seed, h.Boards, public.Boards)
		}
		for _, step := range h.Steps {
			kinds[step.Kind]++
			if step.By < 0 || step.Amount < 0 {
				t.Errorf("hand %d: %+v", seed, step)
			}
		}
		if h.Twice() {
			twice++
		}
	}
	for _, kind := range []handlog.Kind{handlog.Post, handlog.Act, handlog.Return, handlog.Board, handlog.Runs, handlog.Show, handlog.Muck, handlog.Award, handlog.Aside} {
		if kinds[kind] == 0 {
			t.Errorf("no step of kind %s: the hands are not random enough", kind)
		}
	}
	if twice == 0 {
		t.Error("no hand was run twice")
	}
}

// What a reader gets is the same, to the last byte, whatever the cards are that
// the reader may not know.
func TestHiddenCardsChangeNothing(t *testing.T) {
	for seed := range uint64(randomHands) {
		s, played := mustSource(t, seed)
		rng := rand.New(rand.NewPCG(seed, 3))
		seat := game.Seat(rng.IntN(len(s.Setup.Players)+1)) - 1
		reader := handlog.Sitting(seat)
		other := s
		other.Events = played.Shuffled(poker.PosSet(1)<<max(seat, 0)*poker.PosSet(min(1, seat+1)), rng)
		a, b := mustNew(t, s, reader), mustNew(t, other, reader)
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("hand %d tells seat %d of hidden cards:\n%+v\n%+v", seed, seat, a, b)
		}
		if x, y := mustJSON(t, a.Replay()), mustJSON(t, b.Replay()); x != y {
			t.Fatalf("the replay of hand %d tells seat %d of hidden cards:\n%s\n%s", seed, seat, x, y)
		}
	}
}

func mustJSON(tb testing.TB, v any) string {
	tb.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}

var cardText = regexp.MustCompile(`"[2-9TJQKA][cdhs]"`)

// A replay has exactly the cards its reader may know, no more and no less.
func TestReplayHasExactlyTheCards(t *testing.T) {
	for seed := range uint64(300) {
		s, played := mustSource(t, seed)
		for seat := game.NoSeat; int(seat) < len(s.Setup.Players); seat++ {
			want := entitled(played, poker.Pos(seat))
			text := mustJSON(t, mustNew(t, s, handlog.Sitting(seat)).Replay())
			var got eval.Hand
			for _, name := range cardText.FindAllString(text, -1) {
				got |= mustCard(t, name[1:3]).Hand()
			}
			if got != want {
				t.Fatalf("hand %d, seat %d: got %s, want %s: %s", seed, seat, got, want, text)
			}
		}
	}
}

// entitled says again, from events alone, what the player of a place may know.
func entitled(p handtest.Played, pos poker.Pos) eval.Hand {
	var known eval.Hand
	n := len(p.Setup.Players)
	for _, e := range p.Events {
		switch e := e.(type) {
		case poker.Dealt:
			for i, c := range e.Deck[:n*poker.FindVariant(p.Setup.Variant).Hole] {
				if poker.Pos(i%n) == pos {
					known |= c.Hand()
				}
			}
		case poker.Turned:
			known |= eval.HandOf(e.Cards...)
		case poker.Shown:
			known |= eval.HandOf(e.Cards...)
		}
	}
	return known
}

func mustCard(tb testing.TB, text string) eval.Card {
	tb.Helper()
	c, err := eval.ParseCard(text)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// scenario returns a hand of the repository.
func scenario(tb testing.TB, name string) handlog.Source {
	tb.Helper()
	file, err := os.Open(filepath.Join("..", "..", "..", "testdata", "hands", name+".phh"))
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	hands, err := phh.Parse(file)
	if err != nil {
		tb.Fatal(err)
	}
	r, err := hands[0].Replay()
	if err != nil {
		tb.Fatal(err)
	}
	s := handlog.Source{Setup: r.Setup, Events: r.Events, Button: game.NoSeat, Names: map[game.Seat]string{0: "Ann", 1: "Bob", 2: "Cid"}}
	s.Heading = handlog.Heading{ID: name, Table: "Example", Seats: 6, Number: 1, At: time.Date(2026, 11, 22, 16, 0, 0, 0, time.UTC)}
	return s
}

func TestReplayGolden(t *testing.T) {
	for _, row := range []struct {
		name   string
		reader handlog.Reader
	}{{"P08", handlog.Sitting(2)}, {"P25", handlog.Spectator}, {"P33", handlog.Reader{Seat: 0, Nameless: true}}} {
		data := strings.ReplaceAll(mustJSON(t, mustNew(t, scenario(t, row.name), row.reader).Replay()), "},{", "},\n{")
		path := filepath.Join("testdata", row.name+".replay.json")
		if *update {
			if err := os.WriteFile(path, []byte(data+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if data+"\n" != string(want) {
			t.Errorf("%s: got\n%s\nwant\n%s", row.name, data, want)
		}
	}
}

// In P25 the queens fold on the flop, and the kings and the aces show; in P34
// all three hands of Omaha hi-lo are shown. On the flop of P25 the kings win with
// a king and no ace: 83 of 990 boards, and 79 of 903 when the queens are known.
func TestOdds(t *testing.T) {
	rng := func() *rand.Rand { return rand.New(rand.NewPCG(1, 1)) }
	for _, row := range []struct {
		name   string
		reader handlog.Reader
		want   string
	}{
		{"P25", handlog.Spectator, `[{"street":1,"shares":[{"seat":0,"per_mille":84},{"seat":2,"per_mille":916}]},` +
			`{"street":2,"shares":[{"seat":0,"per_mille":45},{"seat":2,"per_mille":955}]},{"street":3,"shares":[{"seat":0,"per_mille":0},{"seat":2,"per_mille":1000}]}]`},
		{"P25", handlog.Sitting(1), `[{"street":1,"shares":[{"seat":0,"per_mille":87},{"seat":1,"per_mille":83},{"seat":2,"per_mille":829}]},` +
			`{"street":2,"shares":[{"seat":0,"per_mille":45},{"seat":2,"per_mille":955}]},{"street":3,"shares":[{"seat":0,"per_mille":0},{"seat":2,"per_mille":1000}]}]`},
		{"P34", handlog.Spectator, `[{"street":3,"shares":[{"seat":0,"per_mille":250},{"seat":1,"per_mille":250},{"seat":2,"per_mille":500}]}]`},
		{"P08", handlog.Spectator, `null`},
	} {
		odds := mustNew(t, scenario(t, row.name), row.reader).Odds(2000, rng())
		if len(odds) > 0 && odds[0].Street == 0 {
			sum := 0
			for _, s := range odds[0].Shares {
				sum += s.PerMille
			}
			if sum < 998 || sum > 1002 {
				t.Errorf("%s: before the flop: %+v", row.name, odds[0])
			}
			odds = odds[1:] // which is drawn
		}
		if row.name == "P34" && len(odds) > 0 {
			odds = odds[len(odds)-1:]
		}
		if got := mustJSON(t, odds); got != row.want {
			t.Errorf("%s: got %s, want %s", row.name, got, row.want)
		}
	}
}

func TestNames(t *testing.T) {
	s := scenario(t, "P08")
	s.Names = map[game.Seat]string{0: " a\n\tb\x00\u202e ", 1: "a b", 2: ""}
	s.Away = []handlog.Away{{Seat: 4, Name: "a b", Stack: 5}}
	h := mustNew(t, s, handlog.Spectator)
	got := []string{h.Players[0].Name, h.Players[1].Name, h.Players[2].Name, h.Away[0].Name}
	if want := []string{"a b", "a b (2)", "Seat 3", "a b (3)"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	h = mustNew(t, s, handlog.Reader{Seat: 1, Nameless: true})
	if h.Players[1].Name != "Seat 2" || h.Hero != 1 {
		t.Errorf("got %+v", h.Players[1])
	}
}

func TestUnfinished(t *testing.T) {
	s := scenario(t, "P08")
	s.Events = s.Events[:8]
	if _, err := handlog.New(s, handlog.Spectator); !errors.Is(err, handlog.ErrUnfinished) {
		t.Errorf("got %v, want ErrUnfinished", err)
	}
	for _, e := range []game.Event{poker.Turned{Run: 1}, poker.Posted{Pos: 9}, poker.Acted{Pos: -1}, poker.Awarded{Shares: []poker.Share{{Pos: 3}}}} {
		s.Events = []game.Event{e}
		if _, err := handlog.New(s, handlog.Spectator); !errors.Is(err, game.ErrMalformed) {
			t.Errorf("%+v: got %v, want ErrMalformed", e, err)
		}
	}
	if _, err := handlog.New(handlog.Source{}, handlog.Spectator); !errors.Is(err, game.ErrMalformed) {
		t.Errorf("got %v, want ErrMalformed", err)
	}
}
