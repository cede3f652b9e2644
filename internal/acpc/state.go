package acpc

import (
	"fmt"
	"strconv"
	"strings"

	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// State is a hand as one seat sees it.
type State struct {
	// Pos is the seat's own place.
	Pos poker.Pos
	// Hand is unique in a match.
	Hand int64
	// Rounds has the decisions of each round that has begun; there is always
	// one.
	Rounds [][]Action
	// Holes are the hole cards by place, nil where the seat has not seen them.
	Holes [][]eval.Card
	// Board has the cards of each round after the first.
	Board [][]eval.Card
}

const statePrefix = "MATCHSTATE:"

// String returns the line without its end.
func (s State) String() string {
	return statePrefix + strconv.Itoa(int(s.Pos)) + ":" + strconv.FormatInt(s.Hand, 10) + ":" + betting(s.Rounds) + ":" + cards(s.Holes, s.Board)
}

// betting writes decisions, with the rounds parted by slashes.
func betting(rounds [][]Action) string {
	var b strings.Builder
	for i, round := range rounds {
		if i > 0 {
			b.WriteByte('/')
		}
		for _, a := range round {
			b.WriteString(a.String())
		}
	}
	return b.String()
}

// cards writes hole cards by place, and the board by rounds.
func cards(holes, board [][]eval.Card) string {
	texts := make([]string, len(holes))
	for i, hole := range holes {
		texts[i] = eval.FormatCards(hole)
	}
	text := strings.Join(texts, "|")
	for _, round := range board {
		text += "/" + eval.FormatCards(round)
	}
	return text
}

// ParseState reads what String writes, or returns an error wrapping ErrFormat.
// Whether the decisions are legal is not looked at.
func ParseState(line string) (State, error) {
	rest, ok := strings.CutPrefix(line, statePrefix)
	parts := strings.Split(rest, ":")
	if !ok || len(parts) != 4 {
		return State{}, fmt.Errorf("%w: %.60q; want MATCHSTATE:position:hand:betting:cards", ErrFormat, line)
	}
	pos, err := strconv.Atoi(parts[0])
	if err != nil || pos < 0 || pos >= poker.MaxPlayers {
		return State{}, fmt.Errorf("%w: position %.20q", ErrFormat, parts[0])
	}
	s := State{Pos: poker.Pos(pos)}
	if s.Hand, err = parseHand(parts[1]); err != nil {
		return s, err
	}
	if s.Rounds, err = parseBetting(parts[2]); err != nil {
		return s, err
	}
	if s.Holes, s.Board, err = parseCards(parts[3]); err != nil {
		return s, err
	}
	if pos >= len(s.Holes) || len(s.Board) != len(s.Rounds)-1 {
		return s, fmt.Errorf("%w: position %d of %d, a board of %d rounds after %d of betting", ErrFormat, pos, len(s.Holes), len(s.Board), len(s.Rounds))
	}
	return s, nil
}

func parseHand(text string) (int64, error) {
	n, err := strconv.ParseUint(text, 10, 63)
	if err != nil {
		return 0, fmt.Errorf("%w: hand %.30q", ErrFormat, text)
	}
	return int64(n), nil
}

func parseBetting(text string) ([][]Action, error) {
	var rounds [][]Action
	for _, part := range strings.Split(text, "/") {
		var round []Action
		for part != "" {
			a, rest, err := cutAction(part)
			if err != nil {
				return nil, err
			}
			round, part = append(round, a), rest
		}
		rounds = append(rounds, round)
	}
	return rounds, nil
}

func parseCards(text string) (holes, board [][]eval.Card, err error) {
	for i, part := range strings.Split(text, "/") {
		if i > 0 {
			round, err := eval.ParseCards(part)
			if err != nil {
				return nil, nil, fmt.Errorf("%w: %w", ErrFormat, err)
			}
			board = append(board, round)
			continue
		}
		for _, hole := range strings.Split(part, "|") {
			var read []eval.Card
			if hole != "" {
				if read, err = eval.ParseCards(hole); err != nil {
					return nil, nil, fmt.Errorf("%w: %w", ErrFormat, err)
				}
			}
			holes = append(holes, read)
		}
	}
	if len(holes) > poker.MaxPlayers {
		return nil, nil, fmt.Errorf("%w: %d players", ErrFormat, len(holes))
	}
	return holes, board, nil
}

// reply cuts an answer into the state that it answers and the decision.
func reply(line string) (state, action string, ok bool) {
	i := strings.LastIndexByte(line, ':')
	if i < 0 || !strings.HasPrefix(line, statePrefix) || strings.Count(line, ":") != 5 {
		return "", "", false
	}
	return line[:i], line[i+1:], true
}
