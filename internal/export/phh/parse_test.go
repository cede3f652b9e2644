package phh_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"kibitz/internal/export/phh"
	"kibitz/internal/game"
	"kibitz/internal/poker"
)

const walk = `variant = 'NT'
antes = [0, 0]
blinds_or_straddles = [0.5, 1]
min_bet = 1
starting_stacks = [100.25, 100]
actions = ['d dh p1 AsKs', 'd dh p2 7h2d', 'p2 cc # limp', '', '# nothing', 'p1 cc', 'd db 2c3c4c', 'p1 cbr 1.75', 'p2 f']
players = ['Ann', 'Bob']
finishing_stacks = [101.25, 99]
`

func mustParse(tb testing.TB, text string) phh.Hand {
	tb.Helper()
	hands, err := phh.Parse(strings.NewReader(text))
	if err != nil || len(hands) != 1 {
		tb.Fatalf("%d hands, %v", len(hands), err)
	}
	return hands[0]
}

func TestParse(t *testing.T) {
	h := mustParse(t, walk)
	if h.Scale != 100 || !slices.Equal(h.Stacks, []poker.Chips{10025, 10000}) || h.MinBet != 100 {
		t.Errorf("scale %d, stacks %v, minimum %d", h.Scale, h.Stacks, h.MinBet)
	}
	if !slices.Equal(h.Blinds, []poker.Chips{100, 50}) {
		t.Errorf("blinds %v: with two players the file has them the other way round", h.Blinds)
	}
	if len(h.Actions) != 7 || h.Actions[5].Amount != 175 || h.Actions[6].Verb != phh.Fold {
		t.Errorf("actions %+v", h.Actions)
	}
	if err := check(h); err != nil {
		t.Error(err)
	}
}

func TestParseSeveral(t *testing.T) {
	var text string
	for _, name := range []string{"10", "2", "1"} {
		text += "[" + name + "]\n" + walk + "\n"
	}
	hands, err := phh.Parse(strings.NewReader(text))
	if err != nil || len(hands) != 3 {
		t.Fatalf("%d hands, %v", len(hands), err)
	}
	for i, want := range []string{"1", "2", "10"} {
		if hands[i].Name != want || check(hands[i]) != nil {
			t.Errorf("hand %d is %s, %v; want %s", i, hands[i].Name, check(hands[i]), want)
		}
	}
}

func TestParseRefusals(t *testing.T) {
	for _, row := range []struct{ name, from, to, want string }{
		{"no TOML", "antes = [0, 0]", "antes = [0, 0", "not a PHH hand"},
		{"no variant", "variant = 'NT'", "", "there is no variant"},
		{"a list too short", "antes = [0, 0]", "antes = [0]", "antes has 1 values for 2 players"},
		{"a negative amount", "antes = [0, 0]", "antes = [0, -1]", "antes"},
		{"a word for an amount", "min_bet = 1", "min_bet = 'one'", "min_bet"},
		{"a date for an amount", "min_bet = 1", "min_bet = 2020-01-01", "is no number"},
		{"no limit to a stack", "[100.25, 100]", "[inf, 100]", "starting_stacks"},
		{"too many decimals", "cbr 1.75", "cbr 1.12345678", "too many decimals"},
		{"no such player", "'p2 f'", "'p3 f'", "there is no player"},
		{"no such action", "'p2 f'", "'p2 dance'", "no such action"},
		{"no such dealing", "'d db 2c3c4c'", "'d xx 2c3c4c'", "no such dealing"},
		{"half a card", "AsKs", "AsK", "not a card"},
		{"a raise to nothing", "cbr 1.75", "cbr", "no such action"},
		{"a raise in another notation", "cbr 1.75", "cbr 1e2", "no amount"},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := phh.Parse(strings.NewReader(strings.Replace(walk, row.from, row.to, 1)))
			if !errors.Is(err, phh.ErrFormat) || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, want %q", err, row.want)
			}
		})
	}
}

func TestReplayRefusals(t *testing.T) {
	for _, row := range []struct {
		name, from, to string
		want           error
		text           string
	}{
		{"out of turn", "'p2 cc # limp'", "'p1 cc'", game.ErrIllegal, "action 3 of player 1"},
		{"too small a bet", "cbr 1.75", "cbr 0.75", game.ErrIllegal, "action 6"},
		{"a card twice", "7h2d", "As2d", phh.ErrFormat, "51 different cards"},
		{"three hole cards", "7h2d", "7h2d3h", phh.ErrFormat, "3 hole cards"},
		{"a board without a street", "'d db 2c3c4c', ", "", phh.ErrFormat, "the board has 0 cards, and 3 are turned over"},
		{"not over", ", 'p2 f'", "", phh.ErrFormat, "the hand is not over"},
		{"other stacks", "101.25, 99", "101.5, 98.75", phh.ErrStacks, "got [101.25, 99], want [101.5, 98.75]"},
		{"another variant", "'NT'", "'NS'", phh.ErrVariant, "NS"},
	} {
		t.Run(row.name, func(t *testing.T) {
			err := check(mustParse(t, strings.Replace(walk, row.from, row.to, 1)))
			if !errors.Is(err, row.want) || !strings.Contains(err.Error(), row.text) {
				t.Errorf("got %v, want %v with %q", err, row.want, row.text)
			}
		})
	}
}

func TestUnknownCards(t *testing.T) {
	down := strings.NewReplacer("7h2d", "????", "'p2 f'", "'p2 cc', 'd db Ac', 'p1 cc', 'p2 cc', 'd db Ad', 'p1 cc', 'p2 cc'", "finishing", "_finishing").Replace(walk)
	if err := check(mustParse(t, down)); !errors.Is(err, phh.ErrUnknownCards) {
		t.Errorf("got %v, want ErrUnknownCards", err)
	}
	shown := strings.Replace(down, "'p1 cc', 'p2 cc']", "'p1 cc', 'p2 cc', 'p2 sm 7h2d']", 1)
	if err := check(mustParse(t, shown)); err != nil {
		t.Errorf("shown at the end: %v", err)
	}
	if err := check(mustParse(t, strings.Replace(walk, "7h2d", "????", 1))); err != nil {
		t.Errorf("unknown and folded: %v", err)
	}
}

// Half a chip is forgiven where the file has it in two split stacks, and
// nothing else.
func TestHalfChips(t *testing.T) {
	const split = `variant = 'NT'
antes = [0, 0, 0]
blinds_or_straddles = [5, 10, 0]
min_bet = 10
starting_stacks = [100, 100, 100]
actions = ['d dh p1 8s3d', 'd dh p2 AsKd', 'd dh p3 AhKc', 'p3 cc', 'p1 f', 'p2 cc', 'd db QhJsTc', 'p2 cc', 'p3 cc', 'd db 2d', 'p2 cc', 'p3 cc', 'd db 3c', 'p2 cc', 'p3 cc']
`
	for finishing, ok := range map[string]bool{
		"[95, 103, 102]":       true,
		"[95, 102.5, 102.5]":   true,
		"[95, 102, 103]":       false,
		"[95.5, 102, 102.5]":   false,
		"[94.5, 103, 102.5]":   false,
		"[94.5, 102.5, 102.5]": false,
	} {
		if err := check(mustParse(t, split+"finishing_stacks = "+finishing)); ok != (err == nil) {
			t.Errorf("%s: %v", finishing, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(walk)
	f.Add("[1]\n" + walk)
	f.Add("variant = 'NT'\nantes = []\nblinds_or_straddles = []\nstarting_stacks = []\nactions = []\n")
	f.Add(strings.Replace(walk, "'NT'", "'FO/8'\nsmall_bet = 1\nbig_bet = 2", 1))
	f.Fuzz(func(t *testing.T, text string) {
		hands, err := phh.Parse(strings.NewReader(text))
		if err != nil {
			if !errors.Is(err, phh.ErrFormat) {
				t.Errorf("%v, want ErrFormat", err)
			}
			return
		}
		for _, h := range hands {
			if _, err := h.Replay(); errors.Is(err, poker.ErrBalance) {
				t.Error(err)
			}
		}
	})
}
