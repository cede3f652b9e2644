package ohh

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
	"kibitz/internal/poker/handlog"
)

// Version is that of the format.
const Version = "1.4.7"

// noCurrency is the code of ISO 4217 for no currency: chips are play money.
const noCurrency = "XX" + "X"

// Options are what a hand does not know.
type Options struct {
	// Site names this server, and Version the program; both may be empty.
	Site, Version string
}

// envelope is how a hand stands in a file.
type envelope struct {
	Hand *Document `json:"ohh"`
}

// Append adds a hand to a file: one line and an empty one, so that whatever was
// written of the next one does not spoil it.
func Append(dst []byte, h *handlog.Hand, o Options) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	d := From(h, o)
	if err := encoder.Encode(envelope{&d}); err != nil {
		return dst, err
	}
	return append(append(dst, b.Bytes()...), '\n'), nil
}

// From returns a hand as the format has it.
func From(h *handlog.Hand, o Options) Document {
	d := Document{
		SpecVersion: Version, SiteName: either(o.Site, "Kibitz"), NetworkName: "Kibitz", InternalVersion: either(o.Version, "1.0.0"),
		GameType: gameTypes[h.Variant], TableName: h.Table, TableSize: h.Seats, Currency: noCurrency,
		DealerSeat: int(h.Button) + 1, SmallBlind: h.Small, BigBlind: h.Limit.BigBlind, Ante: h.Ante,
		BetLimit: BetLimit{Type: betTypes[h.Limit.Structure]}, GameNumber: h.ID, StartDate: date(h.At),
	}
	if t := h.Tournament; t != nil {
		d.Tournament = true
		d.TournamentInfo = &Tournament{
			Number: strconv.FormatInt(t.Serial, 10), Name: t.Name, StartDate: date(t.Start), Currency: noCurrency,
			BuyIn: t.BuyIn, Fee: t.Fee, InitialStack: t.Stack, Type: "STT", Flags: []string{},
		}
	}
	d.players(h)
	w := writer{hand: h, doc: &d}
	w.rounds()
	for _, p := range h.Pots {
		pot := Pot{Number: p.Number, Amount: p.Amount}
		for _, win := range p.Wins {
			pot.Wins = append(pot.Wins, Win{int(win.Pos), win.Amount})
		}
		d.Pots = append(d.Pots, pot)
	}
	return d
}

var (
	gameTypes = map[string]string{"holdem": "Holdem", "omaha": "Omaha", "omaha8": "OmahaHiLo"}
	betTypes  = map[poker.Structure]string{poker.NoLimit: "NL", poker.PotLimit: "PL", poker.FixedLimit: "FL"}
	posts     = map[poker.PostKind]string{
		poker.PostAnte: postAnte, poker.PostDead: postDead, poker.PostSmall: "Post SB", poker.PostBig: "Post BB",
		poker.PostStraddle: "Straddle", poker.PostExtra: "Post Extra Blind",
	}
	acts = map[poker.Act]string{
		poker.Fold: fold, poker.Check: "Check", poker.Call: "Call", poker.Bet: bet, poker.Raise: raise,
	}
	streets = map[string]string{"preflop": preflop, "flop": "Flop", "turn": "Turn", "river": "River"}
)

func either(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

func date(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// players lists those at the table. Who was dealt in has the number of the
// place in the hand.
func (d *Document) players(h *handlog.Hand) {
	for i, p := range h.Players {
		d.Players = append(d.Players, Player{ID: i, Seat: int(p.Seat) + 1, Name: p.Name, Stack: p.Stack, SittingOut: p.Absent})
	}
	for _, a := range h.Away {
		d.Players = append(d.Players, Player{ID: len(d.Players), Seat: int(a.Seat) + 1, Name: a.Name, Stack: a.Stack, SittingOut: true})
	}
	if h.Hero != poker.NoPos {
		hero := int(h.Hero)
		d.Hero = &hero
	} else {
		d.Flags = append(d.Flags, "Observed")
	}
	if h.Twice() {
		d.Flags = append(d.Flags, "Run_It_Twice")
	}
}

// writer makes the rounds of a hand.
type writer struct {
	hand  *handlog.Hand
	doc   *Document
	shows []Action
	dealt bool
}

func (w *writer) rounds() {
	w.round(preflop, nil)
	for i := range w.hand.Steps {
		w.step(&w.hand.Steps[i])
	}
	if len(w.shows) > 0 {
		w.round(showdown, nil)
		for _, a := range w.shows {
			w.add(a)
		}
	}
}

func (w *writer) round(street string, cards []eval.Card) {
	w.doc.Rounds = append(w.doc.Rounds, Round{ID: len(w.doc.Rounds), Street: street, Cards: append([]eval.Card{}, cards...), Actions: []Action{}})
}

// add appends an action to the last round.
func (w *writer) add(a Action) {
	r := &w.doc.Rounds[len(w.doc.Rounds)-1]
	a.Number = len(r.Actions) + 1
	r.Actions = append(r.Actions, a)
}

func (w *writer) step(s *handlog.Step) {
	if s.Kind != handlog.Post && s.Kind != handlog.Aside {
		w.deal()
	}
	a := Action{Player: int(s.Pos), Amount: s.Amount, AllIn: s.AllIn}
	switch s.Kind {
	case handlog.Post:
		a.Action = posts[s.Post]
		if s.Post == poker.PostDead && !w.hand.Missed(s.Pos) {
			a.Action = postAnte
		}
	case handlog.Act:
		a.Action = acts[s.Act]
		if s.Act == poker.Bet && s.Street == 0 {
			a.Action = raise // the format has no bets before the flop
		}
	case handlog.Board:
		w.round(streets[w.hand.StreetName(s.Street)], s.Cards)
		return
	case handlog.Show:
		w.shows = append(w.shows, Action{Player: a.Player, Action: showsCards, Cards: s.Cards})
		return
	case handlog.Muck:
		w.shows = append(w.shows, Action{Player: a.Player, Action: mucksCards})
		return
	case handlog.Aside:
		a.Action, a.Player = asides[s.Note.What], w.playerAt(s.Note.Seat)
	}
	if a.Action != "" && a.Player >= 0 {
		w.add(a)
	}
}

var asides = map[handlog.What]string{handlog.Added: addedChips, handlog.Joined: sitsDown, handlog.Left: standsUp}

// playerAt returns the ID of who sits at a seat, or -1.
func (w *writer) playerAt(seat game.Seat) int {
	for _, p := range w.doc.Players {
		if p.Seat == int(seat)+1 {
			return p.ID
		}
	}
	return -1
}

// deal writes, after the forced bets, the hole cards that the reader knows from
// the deal on.
func (w *writer) deal() {
	if w.dealt {
		return
	}
	w.dealt = true
	for i, p := range w.hand.Players {
		if p.Dealt {
			w.add(Action{Player: i, Action: dealtCards, Cards: p.Cards})
		}
	}
}
