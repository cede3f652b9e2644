package ohh_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kibitz/internal/export/ohh"
	"kibitz/internal/export/phh"
	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/handlog"
	"kibitz/internal/poker/handtest"
)

var update = flag.Bool("update", false, "write the golden files")

// otherGames are hands of games that are not played here.
var otherGames = []string{"phua-xuan-2019.phh", "arieh-yockey-2019.phh", "alice-carol-wikipedia.phh"}

// recorded returns the hands of a file in PHH.
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
	s.Heading = handlog.Heading{ID: filepath.Base(path), Table: "Example", Seats: 6}
	return s
}

func scenario(name string) string {
	return filepath.Join("..", "..", "..", "testdata", "hands", name+".phh")
}

// settled writes a hand, reads it, and compares what everybody ends with.
func settled(tb testing.TB, h *handlog.Hand) string {
	tb.Helper()
	text, err := ohh.Append(nil, h, ohh.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	docs, err := ohh.Read(bytes.NewReader(text))
	if err != nil || len(docs) != 1 {
		tb.Fatalf("%d hands, %v: %s", len(docs), err, text)
	}
	if want := ohh.From(h, ohh.Options{}); !reflect.DeepEqual(docs[0], want) {
		tb.Errorf("read %+v, want %+v", docs[0], want)
	}
	got, err := docs[0].Settle()
	if err != nil {
		tb.Fatalf("%v: %s", err, text)
	}
	var want []poker.Chips
	for _, p := range h.Players {
		want = append(want, p.End)
	}
	for _, a := range h.Away {
		want = append(want, a.Stack)
	}
	if !slices.Equal(got, want) {
		tb.Errorf("got stacks %v, want %v: %s", got, want, text)
	}
	return string(text)
}

func mustNew(tb testing.TB, s handlog.Source, r handlog.Reader) *handlog.Hand {
	tb.Helper()
	h, err := handlog.New(s, r)
	if err != nil {
		tb.Fatal(err)
	}
	return h
}

// The hands R1 and R2 are those of the description of the format.
func TestExamples(t *testing.T) {
	for _, row := range []struct {
		name, id string
		at       time.Time
		reader   handlog.Reader
	}{
		{"P08", "1001", time.Date(2026, 11, 22, 16, 0, 0, 0, time.UTC), handlog.Sitting(2)},
		{"P25", "1002", time.Date(2026, 11, 22, 16, 1, 0, 0, time.UTC), handlog.Spectator},
	} {
		s := recorded(t, scenario(row.name))
		s.ID, s.At = row.id, row.at
		got := settled(t, mustNew(t, s, row.reader))
		path := filepath.Join("testdata", row.name+".ohh")
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
			t.Errorf("%s: got\n%s\nwant\n%s", row.name, got, want)
		}
		shared(t, row.id, got)
	}
}

// shared compares a hand with that of the shared test data.
func shared(t *testing.T, id, got string) {
	path := filepath.Join("..", "..", "..", "..", "shared", "data", "poker", "examples", "example.ohh")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("the shared test data is not beside the checkout: %v", err)
	}
	for _, line := range strings.Split(string(text), "\n") {
		if !strings.Contains(line, `"game_number":"`+id+`"`) {
			continue
		}
		var a, b any
		if err := errors.Join(json.Unmarshal([]byte(line), &a), json.Unmarshal([]byte(got), &b)); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(a, b) {
			t.Errorf("got\n%s\nwant\n%s", got, line)
		}
		return
	}
	t.Errorf("there is no hand %s", id)
}

func TestRecordedHandsAddUp(t *testing.T) {
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
				settled(t, mustNew(t, s, handlog.Sitting(game.Seat(hands%len(s.Setup.Players)))))
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

// Random hands of all variants add up, and what a reader gets does not change
// with the cards that the reader may not know.
func TestRandomHands(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(5000) {
		s, played, err := handtest.Source(seed)
		if err != nil {
			t.Fatal(err)
		}
		rng := rand.New(rand.NewPCG(seed, 3))
		seat := game.Seat(rng.IntN(len(s.Setup.Players)+1)) - 1
		text := settled(t, mustNew(t, s, handlog.Sitting(seat)))
		for _, word := range []string{"Run_It_Twice", "Post Dead", "Post Extra Blind", "Straddle", "Mucks Cards", "is_sitting_out", `"number":1`, "Added Chips", "OmahaHiLo"} {
			if strings.Contains(text, word) {
				seen[word]++
			}
		}
		var known poker.PosSet
		if seat != game.NoSeat {
			known = 1 << seat
		}
		s.Events = played.Shuffled(known, rng)
		if other := settled(t, mustNew(t, s, handlog.Sitting(seat))); other != text {
			t.Fatalf("hand %d tells seat %d of hidden cards:\n%s\n%s", seed, seat, text, other)
		}
	}
	if len(seen) != 9 {
		t.Errorf("the hands are not random enough: %v", seen)
	}
}

// A hand that does not add up is found out.
func TestSettleRefusals(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "P25.ohh"))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ name, from, to string }{
		{"a pot too large", `"amount":440,"rake"`, `"amount":441,"rake"`},
		{"a win too small", `"win_amount":440`, `"win_amount":439`},
		{"rake from nowhere", `"amount":440,"rake":0`, `"amount":440,"rake":1`},
		{"a call for less", `"Call","amount":290`, `"Call","amount":289`},
		{"more than the stack", `"starting_stack":80`, `"starting_stack":79`},
		{"all-in with chips left", `"starting_stack":80`, `"starting_stack":81`},
		{"a bet before the flop", `"action":"Raise","amount":80`, `"action":"Bet","amount":80`},
		{"a card twice", `"4s"`, `"Jc"`},
		{"a card of nobody's deck", `"4s"`, `"??"`},
		{"two in a seat", `"seat":3`, `"seat":2`},
		{"two with an ID", `"id":2,"seat"`, `"id":1,"seat"`},
		{"an action of nobody", `"player_id":1,"action":"Call"`, `"player_id":7,"action":"Call"`},
		{"a win of nobody", `"player_id":0,"win_amount"`, `"player_id":7,"win_amount"`},
		{"a win of who has folded", `"player_id":0,"win_amount"`, `"player_id":1,"win_amount"`},
		{"rounds out of order", `"id":1,"street"`, `"id":2,"street"`},
		{"actions out of order", `"action_number":5`, `"action_number":4`},
		{"a hero who is not there", `"players"`, `"hero_player_id":9,"players"`},
	} {
		docs, err := ohh.Read(strings.NewReader(strings.Replace(string(text), row.from, row.to, 1)))
		if err != nil {
			t.Errorf("%s: %v", row.name, err)
			continue
		}
		if _, err := docs[0].Settle(); !errors.Is(err, ohh.ErrSums) {
			t.Errorf("%s: got %v, want ErrSums", row.name, err)
		}
	}
	for name, text := range map[string]string{"no JSON": "{", "no hand": "{}", "an array": "[]", "a fraction": `{"ohh":{"ante_amount":0.5}}`} {
		if _, err := ohh.Read(strings.NewReader(text)); !errors.Is(err, ohh.ErrFormat) {
			t.Errorf("%s: got %v, want ErrFormat", name, err)
		}
	}
}

func FuzzSettle(f *testing.F) {
	for _, name := range []string{"P08", "P25"} {
		text, err := os.ReadFile(filepath.Join("testdata", name+".ohh"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		docs, err := ohh.Read(bytes.NewReader(text))
		if err != nil && !errors.Is(err, ohh.ErrFormat) {
			t.Errorf("%v, want ErrFormat", err)
		}
		for _, d := range docs {
			if _, err := d.Settle(); err != nil && !errors.Is(err, ohh.ErrSums) {
				t.Errorf("%v, want ErrSums", err)
			}
		}
	})
}
