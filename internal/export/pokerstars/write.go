package pokerstars

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
	"kibitz/internal/poker/handlog"
)

// Append adds a hand to a file, with the blank lines that part it from the next.
func Append(dst []byte, h *handlog.Hand) []byte {
	w := writer{hand: h}
	w.header()
	for i := range h.Steps {
		w.step(i)
	}
	w.holeCards()
	if h.Showdown() {
		w.showdown()
	} else {
		w.uncontested()
	}
	w.late()
	w.summary()
	w.line("")
	w.line("")
	return append(dst, w.text.Bytes()...)
}

// writer writes one hand.
type writer struct {
	hand *handlog.Hand
	text bytes.Buffer
	// dealt means that the line of the hole cards is written.
	dealt bool
	// boards are the cards that lie, and agreed means that the players have
	// said how often the rest is dealt.
	boards [2][]eval.Card
	agreed bool
	// shows and awards are the steps of the showdown, and after those that came
	// when all was paid out.
	shows, awards, after []*handlog.Step
}

func (w *writer) line(format string, args ...any) {
	fmt.Fprintf(&w.text, format, args...)
	w.text.WriteString("\r\n")
}

// games are the words for what is played.
var games = map[string]string{"holdem": "Hold'em", "omaha": "Omaha", "omaha8": "Omaha Hi/Lo"}

var structures = map[poker.Structure]string{poker.NoLimit: "No Limit", poker.PotLimit: "Pot Limit", poker.FixedLimit: "Limit"}

func (w *writer) header() {
	h := w.hand
	first, second := h.Small, h.Limit.BigBlind
	if h.Limit.Structure == poker.FixedLimit {
		first, second = h.Limit.SmallBet, h.Limit.BigBet
	}
	entry, level, money := "", "", " (Play Money)"
	if t := h.Tournament; t != nil {
		entry = fmt.Sprintf("Tournament #%d, %d+%d ", t.Serial, t.BuyIn, t.Fee)
		level, money = " - Level "+roman(t.Level), ""
	}
	w.line("PokerStars Hand #%d:  %s%s %s%s (%d/%d) - %s UTC [%s ET]", h.Serial, entry, games[h.Variant], structures[h.Limit.Structure],
		level, first, second, stamp(h.At.UTC()), stamp(eastern(h.At)))
	w.line("Table '%s' %d-max%s Seat #%d is the button", h.Table, h.Seats, money, h.Button+1)
	w.seats()
}

// seats lists who sits at the table.
func (w *writer) seats() {
	type chair struct {
		name, out string
		stack     poker.Chips
		order     int
	}
	var chairs []chair
	for _, p := range w.hand.Players {
		c := chair{name: p.Name, stack: p.Stack, order: int(p.Seat)}
		if p.Absent {
			c.out = " is sitting out"
		}
		chairs = append(chairs, c)
	}
	for _, a := range w.hand.Away {
		chairs = append(chairs, chair{name: a.Name, stack: a.Stack, order: int(a.Seat), out: " is sitting out"})
	}
	slices.SortFunc(chairs, func(a, b chair) int { return cmp.Compare(a.order, b.order) })
	for _, c := range chairs {
		w.line("Seat %d: %s (%d in chips)%s", c.order+1, c.name, c.stack, c.out)
	}
}

// step writes what happened, up to the showdown.
func (w *writer) step(i int) {
	s := &w.hand.Steps[i]
	if s.Kind != handlog.Post && s.Kind != handlog.Aside {
		w.holeCards()
	}
	switch s.Kind {
	case handlog.Post:
		w.post(i)
	case handlog.Act:
		w.act(s)
	case handlog.Return:
		w.line("Uncalled bet (%d) returned to %s", s.Amount, w.hand.Players[s.Pos].Name)
	case handlog.Runs:
		w.agreed = true
	case handlog.Board:
		w.board(s)
	case handlog.Award:
		w.awards = append(w.awards, s)
	case handlog.Show, handlog.Muck:
		if len(w.awards) > 0 {
			w.after = append(w.after, s)
		} else {
			w.shows = append(w.shows, s)
		}
	case handlog.Aside:
		w.aside(s)
	}
}

// holeCards writes the reader's own cards, once.
func (w *writer) holeCards() {
	if w.dealt {
		return
	}
	w.dealt = true
	w.line("*** HOLE CARDS ***")
	if h := w.hand; h.Hero != poker.NoPos && h.Players[h.Hero].Dealt {
		hero := h.Players[h.Hero]
		w.line("Dealt to %s %s", hero.Name, cards(hero.Cards))
	}
}

// post writes a forced bet. A missed small blind stands with the big blind that
// is posted along with it.
func (w *writer) post(i int) {
	s := &w.hand.Steps[i]
	what, amount := posts[s.Post], s.Amount
	switch missed := s.Post == poker.PostDead && w.hand.Missed(s.Pos); {
	case missed && w.posted(s.Pos, poker.PostExtra) > 0:
		return
	case missed:
		what = "small blind"
	case s.Post == poker.PostExtra && w.posted(s.Pos, poker.PostDead) > 0:
		what = "small & big blinds"
		amount += w.posted(s.Pos, poker.PostDead)
	}
	w.line("%s: posts %s %d%s", w.hand.Players[s.Pos].Name, what, amount, allIn(s))
}

var posts = map[poker.PostKind]string{
	poker.PostAnte: "the ante", poker.PostDead: "the ante", poker.PostSmall: "small blind", poker.PostBig: "big blind",
	poker.PostExtra: "big blind", poker.PostStraddle: "straddle",
}

// posted returns what a player posted of a kind.
func (w *writer) posted(p poker.Pos, kind poker.PostKind) poker.Chips {
	for _, s := range w.hand.Steps {
		if s.Kind == handlog.Post && s.Pos == p && s.Post == kind {
			return s.Amount
		}
	}
	return 0
}

func allIn(s *handlog.Step) string {
	if s.AllIn {
		return " and is all-in"
	}
	return ""
}

func (w *writer) act(s *handlog.Step) {
	name := w.hand.Players[s.Pos].Name
	switch s.Act {
	case poker.Fold:
		w.line("%s: folds", name)
	case poker.Check:
		w.line("%s: checks", name)
	case poker.Call:
		w.line("%s: calls %d%s", name, s.Amount, allIn(s))
	case poker.Bet:
		w.line("%s: bets %d%s", name, s.Amount, allIn(s))
	case poker.Raise:
		w.line("%s: raises %d to %d%s", name, s.By, s.To, allIn(s))
	}
}

// board writes cards that are turned over.
func (w *writer) board(s *handlog.Step) {
	which := ""
	if w.hand.Twice() && w.agreed {
		which = nth[s.Run]
		if s.Run == 1 && w.boards[1] == nil {
			w.boards[1] = w.hand.Boards[1][:slices.Index(w.hand.Boards[1], s.Cards[0])]
		}
	}
	before := ""
	if lie := w.boards[s.Run]; len(lie) > 0 {
		before = cards(lie) + " "
	}
	w.line("*** %s%s *** %s%s", which, strings.ToUpper(w.hand.StreetName(s.Street)), before, cards(s.Cards))
	w.boards[s.Run] = slices.Concat(w.boards[s.Run], s.Cards)
}

// nth names the boards of a hand that is run twice.
var nth = [2]string{"FIRST ", "SECOND "}

// aside writes what happened beside the play.
func (w *writer) aside(s *handlog.Step) {
	name := "Seat " + strconv.Itoa(int(s.Note.Seat)+1)
	for _, p := range w.hand.Players {
		if p.Seat == s.Note.Seat {
			name = p.Name
		}
	}
	for _, a := range w.hand.Away {
		if a.Seat == s.Note.Seat {
			name = a.Name
		}
	}
	switch s.Note.What {
	case handlog.Joined:
		w.line("%s joins the table at seat #%d", name, s.Note.Seat+1)
	case handlog.Placed:
		w.line("%s finished the tournament in %s place", name, ordinal(s.Note.Place))
	case handlog.Added, handlog.Protected: // there is no line for it
	default:
		w.line("%s %s", name, asides[s.Note.What])
	}
}

var asides = map[handlog.What]string{
	handlog.TimedOut: "has timed out", handlog.Disconnected: "is disconnected", handlog.Connected: "is connected",
	handlog.SatOut: "is sitting out", handlog.SatIn: "has returned", handlog.Left: "leaves the table",
}

// cards writes cards in brackets.
func cards(list []eval.Card) string {
	texts := make([]string, len(list))
	for i, c := range list {
		texts[i] = c.String()
	}
	return "[" + strings.Join(texts, " ") + "]"
}
