package phh_test

import (
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"kibitz/internal/export/phh"
	"kibitz/internal/game"
	"kibitz/internal/poker"
)

const everybody = poker.PosSet(1<<poker.MaxPlayers - 1)

// again writes a hand that was played, and plays what was written.
func again(tb testing.TB, r phh.Replay, known poker.PosSet) (string, phh.Replay) {
	tb.Helper()
	h, err := phh.Record(r.Setup, r.Events, known)
	if err != nil {
		tb.Fatal(err)
	}
	text := h.Format()
	read := mustParse(tb, text)
	replay, err := read.Replay()
	if err == nil {
		err = read.Check(replay)
	}
	if err != nil {
		tb.Fatalf("%v; written:\n%s", err, text)
	}
	return text, replay
}

func TestWrittenHandsAreTheSame(t *testing.T) {
	for _, dir := range []string{"hands", "wsop", "pluribus/30", "pluribus/41b"} {
		t.Run(dir, func(t *testing.T) {
			for _, path := range files(t, folder(t, dir)) {
				h := mustRead(t, path)
				r, err := h.Replay()
				if err != nil {
					t.Fatal(err)
				}
				text, second := again(t, r, everybody)
				if !reflect.DeepEqual(visible(second.Events), visible(r.Events)) {
					t.Errorf("%s: other events; written:\n%s", filepath.Base(path), text)
				}
			}
		})
	}
}

// visible leaves out the deck: cards that were not dealt are not in a file.
func visible(events []game.Event) []game.Event {
	var rest []game.Event
	for _, e := range events {
		if e.EventType() != "dealt" {
			rest = append(rest, e)
		}
	}
	return rest
}

// Hole cards are written for who may know them, and for nobody else.
func TestHiddenCardsAreNotWritten(t *testing.T) {
	h := mustRead(t, filepath.Join(folder(t, "hands"), "P08.phh"))
	r, err := h.Replay()
	if err != nil {
		t.Fatal(err)
	}
	text, _ := again(t, r, 1<<2)
	want := `variant = 'NT'
ante_trimming_status = true
antes = [0, 0, 0]
blinds_or_straddles = [5, 10, 0]
min_bet = 10
starting_stacks = [1000, 1000, 1000]
actions = ['d dh p1 ????', 'd dh p2 ????', 'd dh p3 AsAh', 'p3 cbr 30', 'p1 f', 'p2 cc', 'd db 2c7d9h', 'p2 cc', 'p3 cbr 40', 'p2 cc', 'd db Jc', 'p2 cc', 'p3 cc', 'd db 4s', 'p2 cc', 'p3 cbr 500', 'p2 f']
finishing_stacks = [995, 930, 1075]
`
	if text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
	shown := mustRead(t, filepath.Join(folder(t, "hands"), "P25.phh"))
	if r, err = shown.Replay(); err != nil {
		t.Fatal(err)
	}
	if text, _ = again(t, r, 0); !strings.Contains(text, "'p1 sm KsKh', 'p3 sm AsAh', 'd db Jc'") || strings.Contains(text, "QsQh") {
		t.Errorf("written:\n%s", text)
	}
}

func TestWhatHasNoForm(t *testing.T) {
	h := mustRead(t, filepath.Join(folder(t, "hands"), "P08.phh"))
	r, err := h.Replay()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := phh.Record(r.Setup, r.Events[:5], everybody); !errors.Is(err, phh.ErrNoForm) {
		t.Errorf("a hand that is not over: %v", err)
	}
	r.Setup.Limit.Structure = poker.PotLimit
	if _, err := phh.Record(r.Setup, r.Events, everybody); !errors.Is(err, phh.ErrVariant) {
		t.Errorf("pot-limit hold'em: %v", err)
	}
}

func TestNamesAreQuoted(t *testing.T) {
	h := mustParse(t, walk)
	h.Players = []string{`O'Neil "\ äß`, "a\nb\x00\x7f"}
	read := mustParse(t, h.Format())
	if !reflect.DeepEqual(read.Players, h.Players) || read.Scale != h.Scale || !reflect.DeepEqual(read.Actions, h.Actions) {
		t.Errorf("got %+v, want %+v; written:\n%s", read, h, h.Format())
	}
}
