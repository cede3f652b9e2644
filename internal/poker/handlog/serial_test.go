package handlog_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/handlog"
)

// Serials are stored by other programs; these must never change.
func TestSerial(t *testing.T) {
	id, serial := handlog.Name("Ab3dEf6h", 17)
	if id != "Ab3dEf6h-17" || serial != handlog.Serial("Ab3dEf6h-17") || serial != 472071295484424541 {
		t.Errorf("got %s and %d", id, serial)
	}
	seen := map[int64]string{}
	for number := range 20000 {
		id, serial := handlog.Name("Ab3dEf6h", number)
		if other, twice := seen[serial]; twice || serial < 100_000_000_000 || serial >= 1_000_000_000_000_000_000 {
			t.Fatalf("%s has %d, as %q", id, serial, other)
		}
		seen[serial] = id
	}
}

// table plays at a table with people who come, sit out and leave.
func table(tb testing.TB, seed uint64) []game.Event {
	tb.Helper()
	rng := rand.New(rand.NewPCG(seed, 4))
	rules := poker.Rules{}
	state, err := rules.New([]byte(`{"big_blind":10,"small_blind":5,"ante":1,"min_buy_in":100,"max_buy_in":1000,"runs":2}`), 6)
	if err != nil {
		tb.Fatal(err)
	}
	var events []game.Event
	try := func(seat game.Seat, action game.Action) {
		more, err := state.Decide(seat, action, rng)
		if err != nil && !errors.Is(err, game.ErrIllegal) {
			tb.Fatal(err)
		}
		for _, e := range more {
			state = state.Evolve(e)
		}
		events = append(events, more...)
	}
	ask := func(seat game.Seat, typ, data string) {
		action, err := rules.DecodeAction(typ, []byte(data))
		if err != nil {
			tb.Fatal(err)
		}
		try(seat, action)
	}
	for range 1500 {
		seat := game.Seat(rng.IntN(6))
		switch rng.IntN(8) {
		case 0:
			ask(seat, "buy", `{"chips":400}`)
		case 1:
			ask(seat, "sit-in", `{"post":true}`)
		case 2:
			if rng.IntN(6) == 0 {
				ask(seat, []string{"leave", "sit-out"}[rng.IntN(2)], "")
			}
		case 3:
			if next, _ := state.(game.Room).Next(); next != nil {
				try(game.NoSeat, next)
			}
		}
		for seat := range state.ToAct().All() {
			if lapse := state.Lapse(seat, game.FlagFell); lapse != nil && rng.IntN(9) == 0 {
				try(seat, lapse)
				continue
			}
			ask(seat, []string{"check", "call", "fold", "raise"}[rng.IntN(4)], `{"to":40}`)
			ask(seat, "run", `{"times":2}`)
		}
	}
	return events
}

// Every hand of a table is a source of its own.
func TestSplitTable(t *testing.T) {
	finished, notes, away := 0, map[handlog.What]int{}, 0
	for seed := range uint64(20) {
		all := table(t, seed)
		for _, events := range handlog.Split(all) {
			s, err := handlog.FromTable(handlog.Heading{Table: "T"}, map[game.Seat]string{1: "Bob"}, events)
			if err != nil {
				t.Fatal(err)
			}
			h, err := handlog.New(s, handlog.Sitting(1))
			if errors.Is(err, handlog.ErrUnfinished) {
				continue // the last one
			}
			if err != nil {
				t.Fatal(err)
			}
			finished++
			away += len(h.Away)
			if h.Seats != 6 || h.Number == 0 {
				t.Errorf("%d seats, hand %d", h.Seats, h.Number)
			}
			for _, step := range h.Steps {
				if step.Kind == handlog.Aside {
					notes[step.Note.What]++
				}
			}
		}
	}
	if finished < 500 || away == 0 {
		t.Errorf("%d hands, %d away", finished, away)
	}
	for _, what := range []handlog.What{handlog.Joined, handlog.Added, handlog.SatIn, handlog.SatOut, handlog.Left, handlog.TimedOut} {
		if notes[what] == 0 {
			t.Errorf("no note %s: %v", what, notes)
		}
	}
	if hands := handlog.Split([]game.Event{poker.Bought{}}); len(hands) != 0 {
		t.Errorf("%d hands of none", len(hands))
	}
	if _, err := handlog.FromTable(handlog.Heading{}, nil, []game.Event{poker.Ended{}}); !errors.Is(err, handlog.ErrUnfinished) || !strings.Contains(err.Error(), "hand-ended") {
		t.Errorf("got %v", err)
	}
}
