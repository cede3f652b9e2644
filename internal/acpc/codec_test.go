package acpc_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"kibitz/internal/acpc"
	"kibitz/internal/poker"
)

func TestStates(t *testing.T) {
	for _, line := range []string{
		"MATCHSTATE:0:0::AsAh|",
		"MATCHSTATE:1:30:c/:|9hQd/8dAs8s",
		"MATCHSTATE:2:1001:r30fc/cr70c/cc/cr570:||AsAh/2c7d9h/Jc/4s",
		"MATCHSTATE:0:7:rrrc/rc/crc/cc:5d5c|/8dAs8s/2c/2d",
		"MATCHSTATE:0:1002:r80r300c/r500f//:KsKh||AsAh/2c7d9h/Jc/4s",
		"MATCHSTATE:9:9223372036854775807::|||||||||2c2d",
	} {
		s, err := acpc.ParseState(line)
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		if got := s.String(); got != line {
			t.Errorf("got %s, want %s", got, line)
		}
	}
	s, err := acpc.ParseState("MATCHSTATE:2:1001:r30fc/cr70c/cc/cr570:||AsAh/2c7d9h/Jc/4s")
	want := [][]acpc.Action{
		{{Verb: acpc.Raise, Total: 30}, {Verb: acpc.Fold}, {Verb: acpc.Call}},
		{{Verb: acpc.Call}, {Verb: acpc.Raise, Total: 70}, {Verb: acpc.Call}},
		{{Verb: acpc.Call}, {Verb: acpc.Call}},
		{{Verb: acpc.Call}, {Verb: acpc.Raise, Total: 570}},
	}
	if err != nil || s.Pos != 2 || s.Hand != 1001 || !reflect.DeepEqual(s.Rounds, want) || len(s.Holes) != 3 || s.Holes[0] != nil || len(s.Board) != 3 {
		t.Errorf("got %+v, %v", s, err)
	}
}

func TestStateRefusals(t *testing.T) {
	const good = "MATCHSTATE:0:1:cr300c/c:AsAh|/2c7d9h"
	if _, err := acpc.ParseState(good); err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string][2]string{
		"another line": {"MATCHSTATE", "STATE"}, "a part too many": {":AsAh", "::AsAh"}, "no such place": {":0:1:", ":2:1:"}, "a place below": {":0:1:", ":-1:1:"},
		"a hand below": {":0:1:", ":0:-1:"}, "no such act": {"cr", "xr"}, "a raise below": {"r300", "r-300"}, "a raise to nothing": {"r300", "r0"},
		"a raise beyond": {"r300", "r99999999999999999999"}, "zeros": {"r300", "r0300"}, "no such card": {"AsAh", "AsAx"}, "half a card": {"9h", "9"},
		"a round too few": {"/2c7d9h", ""}, "a round too many": {"9h", "9h/2d"}, "too many players": {"|", "|||||||||||"},
	} {
		if _, err := acpc.ParseState(strings.Replace(good, row[0], row[1], 1)); !errors.Is(err, acpc.ErrFormat) {
			t.Errorf("%s: got %v, want ErrFormat", name, err)
		}
	}
}

func TestResults(t *testing.T) {
	for _, line := range []string{
		"STATE:1001:r30fc/cr70c/cc/cr570f:KsKh|QsQh|AsAh/2c7d9h/Jc/4s:-5|-70|75:Ann|Bob|Cid",
		"STATE:1002:r80r300c/r500f//:KsKh|QsQh|AsAh/2c7d9h/Jc/4s:140|-300|160:Ann|Bob|Cid",
		"STATE:156:r4913c/cr17905c/cc/r18902c:4c7h|4s9d/Jh5h8d/8h/5s:0|0:Alice|Bob",
	} {
		r, err := acpc.ParseResult(line)
		if err != nil || r.String() != line {
			t.Errorf("got %s, %v, want %s", r, err, line)
		}
		for _, wrong := range []string{strings.Replace(line, "|Bob", "", 1), strings.Replace(line, "STATE", "SCORE", 1), strings.Replace(line, "|Bob", "|", 1) + ":x|y|z", line[:20]} {
			if _, err := acpc.ParseResult(wrong); !errors.Is(err, acpc.ErrFormat) && !strings.HasSuffix(wrong, "z") {
				t.Errorf("%s: got %v, want ErrFormat", wrong, err)
			}
		}
	}
	if _, err := acpc.ParseResult("STATE:1:f:2c2d|2h2s:0.5|-0.5:A|B"); !errors.Is(err, acpc.ErrFormat) {
		t.Errorf("halves: got %v, want ErrFormat", err)
	}
}

func TestVersions(t *testing.T) {
	for line, want := range map[string]acpc.Version{"VERSION:2.0.0": {Major: 2}, "VERSION:2:0:0": {Major: 2}, "VERSION:2.1.7": {Major: 2, Minor: 1, Revision: 7}, "VERSION:1:0:0": {Major: 1}} {
		got, err := acpc.ParseVersion(line)
		if err != nil || got != want || got.Understood() != (got == acpc.Ours) {
			t.Errorf("%s: got %+v, %v", line, got, err)
		}
	}
	for _, line := range []string{"", "VERSION", "VERSION:2", "VERSION:2.0", "VERSION:2.0:0", "VERSION:2.0.0.0", "VERSION:2..0", "VERSION:a.b.c", "version:2.0.0", "VERSION:2.0.-1", "VERSION:99999999999999999999.0.0"} {
		if v, err := acpc.ParseVersion(line); !errors.Is(err, acpc.ErrFormat) {
			t.Errorf("%q: got %+v, %v, want ErrFormat", line, v, err)
		}
	}
}

func TestActions(t *testing.T) {
	for _, text := range []string{"f", "c", "r", "r1", "r20000"} {
		if a, err := acpc.ParseAction(text); err != nil || a.String() != text {
			t.Errorf("%s: got %s, %v", text, a, err)
		}
	}
	for _, text := range []string{"", "ff", "c1", "R", "r1.5", "r 5", "rr", "r1r2", "x", "é"} {
		if a, err := acpc.ParseAction(text); !errors.Is(err, acpc.ErrFormat) {
			t.Errorf("%q: got %s, %v, want ErrFormat", text, a, err)
		}
	}
}

// rules are those of a match: the blinds by place, and the stacks.
func rules(structure poker.Structure, stack poker.Chips, blinds ...poker.Chips) poker.Setup {
	s := poker.Setup{Variant: "holdem", Limit: poker.Limit{Structure: structure}}
	for i, blind := range blinds {
		s.Limit.BigBlind = max(s.Limit.BigBlind, blind)
		s.Players = append(s.Players, poker.Player{Seat: seatOf(i), Stack: stack})
	}
	for i, blind := range blinds {
		kind := poker.PostSmall
		if blind == s.Limit.BigBlind {
			kind = poker.PostBig
		}
		if blind > 0 {
			s.Posts = append(s.Posts, poker.Post{Pos: poker.Pos(i), Kind: kind, Amount: blind})
		}
	}
	if structure == poker.FixedLimit {
		s.Limit.SmallBet, s.Limit.BigBet = s.Limit.BigBlind, 2*s.Limit.BigBlind
	}
	return s
}

func TestGameDefs(t *testing.T) {
	const cards = "numSuits = 4\nnumRanks = 13\nnumHoleCards = 2\nnumBoardCards = 0 3 1 1\nEND GAMEDEF"
	for want, s := range map[string]poker.Setup{
		"GAMEDEF\nnolimit\nnumPlayers = 2\nnumRounds = 4\nstack = 20000 20000\nblind = 100 50\nfirstPlayer = 2 1 1 1\n":                                             rules(poker.NoLimit, 20000, 100, 50),
		"GAMEDEF\nlimit\nnumPlayers = 2\nnumRounds = 4\nstack = 500 500\nblind = 10 5\nraiseSize = 10 10 20 20\nmaxRaises = 3 4 4 4\nfirstPlayer = 2 1 1 1\n":       rules(poker.FixedLimit, 500, 10, 5),
		"GAMEDEF\nnolimit\nnumPlayers = 3\nnumRounds = 4\nstack = 20000 20000 20000\nblind = 50 100 0\nfirstPlayer = 3 1 1 1\n":                                     rules(poker.NoLimit, 20000, 50, 100, 0),
		"GAMEDEF\nlimit\nnumPlayers = 3\nnumRounds = 4\nstack = 500 500 500\nblind = 5 10 0\nraiseSize = 10 10 20 20\nmaxRaises = 3 4 4 4\nfirstPlayer = 3 1 1 1\n": rules(poker.FixedLimit, 500, 5, 10, 0),
	} {
		got, err := acpc.GameDef(s)
		if text := strings.Join(got, "\n"); err != nil || text != want+cards {
			t.Errorf("got %v\n%s\nwant\n%s%s", err, text, want, cards)
		}
	}
	s := rules(poker.PotLimit, 500, 5, 10, 0)
	if _, err := acpc.GameDef(s); !errors.Is(err, acpc.ErrFormat) {
		t.Errorf("pot limit: got %v, want ErrFormat", err)
	}
}

func FuzzLines(f *testing.F) {
	f.Add("MATCHSTATE:2:1001:r30fc/cr70c/cc/cr570:||AsAh/2c7d9h/Jc/4s")
	f.Add("STATE:156:r4913c/cr17905c/cc/r18902c:4c7h|4s9d/Jh5h8d/8h/5s:0|0:Alice|Bob")
	f.Add("VERSION:2:0:0")
	f.Fuzz(func(t *testing.T, line string) {
		s, err := acpc.ParseState(line)
		if err != nil && !errors.Is(err, acpc.ErrFormat) {
			t.Errorf("%v, want ErrFormat", err)
		}
		if err == nil {
			if again, err := acpc.ParseState(s.String()); err != nil || !reflect.DeepEqual(again, s) {
				t.Errorf("%s: got %+v, %v, want %+v", line, again, err, s)
			}
		}
		r, err := acpc.ParseResult(line)
		if err != nil && !errors.Is(err, acpc.ErrFormat) {
			t.Errorf("%v, want ErrFormat", err)
		}
		if err == nil {
			if again, err := acpc.ParseResult(r.String()); err != nil || !reflect.DeepEqual(again, r) {
				t.Errorf("%s: got %+v, %v, want %+v", line, again, err, r)
			}
		}
		if _, err := acpc.ParseVersion(line); err != nil && !errors.Is(err, acpc.ErrFormat) {
			t.Errorf("%v, want ErrFormat", err)
		}
	})
}
