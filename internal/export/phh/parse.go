package phh

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"kibitz/internal/poker"
)

// document is the part of a hand's table that matters here.
type document struct {
	Variant   string   `toml:"variant"`
	Trim      bool     `toml:"ante_trimming_status"`
	Antes     []any    `toml:"antes"`
	Blinds    []any    `toml:"blinds_or_straddles"`
	Stacks    []any    `toml:"starting_stacks"`
	MinBet    any      `toml:"min_bet"`
	SmallBet  any      `toml:"small_bet"`
	BigBet    any      `toml:"big_bet"`
	Actions   []string `toml:"actions"`
	Finishing []any    `toml:"finishing_stacks"`
	Players   []string `toml:"players"`

	Table     any `toml:"table"`
	Hand      any `toml:"hand"`
	Seats     any `toml:"seats"`
	SeatCount any `toml:"seat_count"`
	Year      any `toml:"year"`
	Month     any `toml:"month"`
	Day       any `toml:"day"`
	Time      any `toml:"time"`

	Posts         []string `toml:"_posts"`
	Cap           int      `toml:"_cap"`
	Uncapped      bool     `toml:"_uncapped_heads_up"`
	StraddleRaise bool     `toml:"_straddle_raise"`
	Second        string   `toml:"_second_board"`
}

// maxFile bounds the size of a file.
const maxFile = 64 << 20

// Parse reads a file of one hand or, as a table each, of several. A hand of a
// variant that is not played here is returned with its Variant only.
func Parse(in io.Reader) ([]Hand, error) {
	text, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxFile {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrFormat, maxFile)
	}
	var d document
	meta, err := toml.Decode(string(text), &d)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	if !meta.IsDefined("variant") && !meta.IsDefined("actions") {
		return parseTables(string(text))
	}
	hand, err := d.hand()
	return []Hand{hand}, err
}

// parseTables reads a file with several hands, in the order of their numbers.
func parseTables(text string) ([]Hand, error) {
	var tables map[string]document
	if _, err := toml.Decode(text, &tables); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	var hands []Hand
	for _, name := range slices.SortedFunc(maps.Keys(tables), byNumber) {
		d := tables[name]
		hand, err := d.hand()
		if err != nil {
			return nil, fmt.Errorf("[%.20s]: %w", name, err)
		}
		hand.Name = name
		hands = append(hands, hand)
	}
	if len(hands) == 0 {
		return nil, fmt.Errorf("%w: there is no variant", ErrFormat)
	}
	return hands, nil
}

// byNumber orders names that are numbers.
func byNumber(a, b string) int {
	x, errX := strconv.Atoi(a)
	y, errY := strconv.Atoi(b)
	if errX != nil || errY != nil || x == y {
		return strings.Compare(a, b)
	}
	return x - y
}

// hand reads the values of a document.
func (d *document) hand() (Hand, error) {
	h := Hand{Variant: d.Variant, TrimAntes: d.Trim, Players: d.Players}
	if d.Variant == "" {
		return h, fmt.Errorf("%w: there is no variant", ErrFormat)
	}
	if _, ok := gameOf(d.Variant); !ok {
		return h, nil
	}
	a, err := d.amounts()
	if err != nil {
		return h, err
	}
	h.Scale = a.scale
	if err := h.readAmounts(a, d); err != nil {
		return h, err
	}
	if h.Actions, err = a.actions(d.Actions, len(h.Stacks)); err != nil {
		return h, err
	}
	h.Place = d.place(len(h.Stacks))
	return h, h.readOwn(a, d)
}

// amounts finds the scale of all numbers.
func (d *document) amounts() (*amounts, error) {
	a := &amounts{scale: 1}
	all := slices.Concat(d.Antes, d.Blinds, d.Stacks)
	for _, v := range []any{d.MinBet, d.SmallBet, d.BigBet} {
		if v != nil {
			all = append(all, v)
		}
	}
	for _, text := range d.Posts {
		if words := words(text); len(words) == 3 {
			all = append(all, words[2])
		}
	}
	for _, text := range d.Actions {
		if words := words(text); len(words) == 3 && Verb(words[1]) == RaiseTo {
			all = append(all, words[2])
		}
	}
	for _, v := range all {
		if err := a.see(v); err != nil {
			return nil, err
		}
	}
	return a, nil
}

func (h *Hand) readAmounts(a *amounts, d *document) error {
	for _, list := range []struct {
		name string
		to   *[]poker.Chips
		from []any
		must bool
	}{
		{"antes", &h.Antes, d.Antes, true}, {"blinds_or_straddles", &h.Blinds, d.Blinds, true},
		{"starting_stacks", &h.Stacks, d.Stacks, true}, {"finishing_stacks", &h.Finishing, d.Finishing, false},
	} {
		if list.from == nil && !list.must {
			continue
		}
		unit := *a
		if list.to == &h.Finishing {
			unit.scale *= 2
		}
		read, err := unit.list(list.from)
		if err != nil {
			return fmt.Errorf("%s: %w", list.name, err)
		}
		if len(read) != len(d.Stacks) {
			return fmt.Errorf("%w: %s has %d values for %d players", ErrFormat, list.name, len(read), len(d.Stacks))
		}
		*list.to = read
	}
	if len(h.Stacks) == 2 { // the only place where the file counts otherwise
		slices.Reverse(h.Antes)
		slices.Reverse(h.Blinds)
	}
	return h.readBets(a, d)
}

func (h *Hand) readBets(a *amounts, d *document) error {
	for _, bet := range []struct {
		name string
		to   *poker.Chips
		from any
	}{{"min_bet", &h.MinBet, d.MinBet}, {"small_bet", &h.SmallBet, d.SmallBet}, {"big_bet", &h.BigBet, d.BigBet}} {
		if bet.from == nil {
			continue
		}
		var err error
		if *bet.to, err = a.read(bet.from); err != nil {
			return fmt.Errorf("%s: %w", bet.name, err)
		}
	}
	return nil
}
