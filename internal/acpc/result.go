package acpc

import (
	"fmt"
	"strconv"
	"strings"

	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// Result is a finished hand as the log of a match has it: with all cards.
type Result struct {
	Hand   int64
	Rounds [][]Action
	Holes  [][]eval.Card
	Board  [][]eval.Card
	// Net is what each player won or lost, by place.
	Net   []poker.Chips
	Names []string
}

const resultPrefix = "STATE:"

// String returns the line of the log without its end.
func (r Result) String() string {
	net := make([]string, len(r.Net))
	for i, n := range r.Net {
		net[i] = strconv.FormatInt(int64(n), 10)
	}
	return resultPrefix + strconv.FormatInt(r.Hand, 10) + ":" + betting(r.Rounds) + ":" + cards(r.Holes, r.Board) + ":" +
		strings.Join(net, "|") + ":" + strings.Join(r.Names, "|")
}

// ParseResult reads what String writes, or returns an error wrapping ErrFormat.
// Halves of a chip, which other dealers write, are refused.
func ParseResult(line string) (Result, error) {
	rest, ok := strings.CutPrefix(line, resultPrefix)
	parts := strings.SplitN(rest, ":", 5)
	if !ok || len(parts) != 5 {
		return Result{}, fmt.Errorf("%w: %.60q; want STATE:hand:betting:cards:values:names", ErrFormat, line)
	}
	var r Result
	var err error
	if r.Hand, err = parseHand(parts[0]); err != nil {
		return r, err
	}
	if r.Rounds, err = parseBetting(parts[1]); err != nil {
		return r, err
	}
	if r.Holes, r.Board, err = parseCards(parts[2]); err != nil {
		return r, err
	}
	for _, text := range strings.Split(parts[3], "|") {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return r, fmt.Errorf("%w: value %.20q", ErrFormat, text)
		}
		r.Net = append(r.Net, poker.Chips(n))
	}
	r.Names = strings.Split(parts[4], "|")
	if len(r.Net) != len(r.Holes) || len(r.Names) != len(r.Holes) {
		return r, fmt.Errorf("%w: %d hands, %d values, %d names", ErrFormat, len(r.Holes), len(r.Net), len(r.Names))
	}
	return r, nil
}
