package acpc

import (
	"fmt"
	"strings"

	"kibitz/internal/poker"
)

// GameDef returns the game definition of a hand, in lines without their ends, or
// an error wrapping ErrFormat for a variant that the protocol does not know.
// Stacks are those of this hand, by place.
func GameDef(s poker.Setup) ([]string, error) {
	v := poker.FindVariant(s.Variant)
	if v == nil || v.Ranking.Low != nil || s.Limit.Structure == poker.PotLimit {
		return nil, fmt.Errorf("%w: it has no %s %s", ErrFormat, s.Limit.Structure, s.Variant)
	}
	n := len(s.Players)
	stacks, blinds := make([]poker.Chips, n), make([]poker.Chips, n)
	for i, p := range s.Players {
		stacks[i] = p.Stack
	}
	for _, p := range s.Posts {
		if p.Kind != poker.PostAnte && p.Kind != poker.PostDead {
			blinds[p.Pos] = max(blinds[p.Pos], p.Amount)
		}
	}
	lines := []string{"GAMEDEF", "nolimit", fmt.Sprintf("numPlayers = %d", n), fmt.Sprintf("numRounds = %d", len(v.Streets)), "stack = " + list(stacks), "blind = " + list(blinds)}
	if s.Limit.Structure == poker.FixedLimit {
		lines[1] = "limit"
		lines = append(lines, limits(s.Limit, v)...)
	}
	boards := make([]int, len(v.Streets))
	for i, street := range v.Streets {
		boards[i] = street.Board
	}
	return append(lines, "firstPlayer = "+list(first(s, len(v.Streets))), "numSuits = 4", "numRanks = 13",
		fmt.Sprintf("numHoleCards = %d", v.Hole), "numBoardCards = "+list(boards), "END GAMEDEF"), nil
}

// limits are the lines of fixed limits. The big blind is the first bet of its
// round.
func limits(l poker.Limit, v *poker.Variant) []string {
	most := l.Cap
	if most == 0 {
		most = 4
	}
	sizes, raises := make([]poker.Chips, len(v.Streets)), make([]int, len(v.Streets))
	for i, street := range v.Streets {
		sizes[i], raises[i] = l.SmallBet, most
		if street.Big {
			sizes[i] = l.BigBet
		}
	}
	raises[0]--
	return []string{"raiseSize = " + list(sizes), "maxRaises = " + list(raises)}
}

// first is who acts first in each round, from 1.
func first(s poker.Setup, rounds int) []int {
	players := make([]int, rounds)
	for i := range players {
		players[i] = 1
	}
	last := 0
	for _, p := range s.Posts {
		if p.Kind == poker.PostBig || p.Kind == poker.PostStraddle {
			last = int(p.Pos)
		}
	}
	players[0] = (last+1)%len(s.Players) + 1
	return players
}

func list[N int | poker.Chips](numbers []N) string {
	texts := make([]string, len(numbers))
	for i, n := range numbers {
		texts[i] = fmt.Sprint(n)
	}
	return strings.Join(texts, " ")
}
