package phh

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// Format writes the hand as a file of its own.
func (h *Hand) Format() string {
	var b strings.Builder
	line := func(key, value string) { fmt.Fprintf(&b, "%s = %s\n", key, value) }
	line("variant", "'"+h.Variant+"'")
	line("ante_trimming_status", strconv.FormatBool(h.TrimAntes))
	line("antes", formatList(h.inFile(h.Antes), h.Scale))
	line("blinds_or_straddles", formatList(h.inFile(h.Blinds), h.Scale))
	for _, bet := range []struct {
		key    string
		amount poker.Chips
	}{{"small_bet", h.SmallBet}, {"big_bet", h.BigBet}, {"min_bet", h.MinBet}} {
		if bet.amount > 0 {
			line(bet.key, format(bet.amount, h.Scale))
		}
	}
	line("starting_stacks", formatList(h.Stacks, h.Scale))
	line("actions", h.formatActions())
	if h.Players != nil {
		line("players", quoteList(h.Players))
	}
	h.Place.format(line)
	if h.Finishing != nil {
		line("finishing_stacks", formatList(h.Finishing, 2*h.Scale))
	}
	h.Own.format(line, h.Scale)
	return b.String()
}

// inFile returns forced bets as the file has them: of two players the other
// way round.
func (h *Hand) inFile(amounts []poker.Chips) []poker.Chips {
	amounts = slices.Clone(amounts)
	if len(amounts) == 2 {
		slices.Reverse(amounts)
	}
	return amounts
}

func (h *Hand) formatActions() string {
	texts := make([]string, len(h.Actions))
	for i, a := range h.Actions {
		texts[i] = "'" + a.format(h.Scale) + "'"
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

// format writes one action.
func (a Action) format(scale poker.Chips) string {
	player := "p" + strconv.Itoa(int(a.Pos)+1)
	switch {
	case a.Verb == DealBoard:
		return "d db " + eval.FormatCards(a.Cards)
	case a.Verb == DealHole:
		return "d dh " + player + " " + eval.FormatCards(a.Cards)
	case a.Verb == RaiseTo:
		return player + " cbr " + format(a.Amount, scale)
	case len(a.Cards) == 1: // those that are known
		return player + " sm -"
	case a.Verb == ShowMuck && len(a.Cards) > 0:
		return player + " sm " + eval.FormatCards(a.Cards)
	}
	return player + " " + string(a.Verb)
}

// quoteList writes an array of names.
func quoteList(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = quote(name)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// quote writes a string of TOML.
func quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range strings.ToValidUTF8(text, "\uFFFD") {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
