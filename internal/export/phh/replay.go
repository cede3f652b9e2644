package phh

import (
	"errors"
	"fmt"
	"slices"

	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// Replay is a hand that was played through the rules.
type Replay struct {
	Setup  poker.Setup
	Events []game.Event
	// End is the hand when it is over.
	End poker.Hand
}

// Stacks returns what each player has at the end, in units of the file.
func (r Replay) Stacks() []poker.Chips {
	stacks := make([]poker.Chips, len(r.Setup.Players))
	for i := range stacks {
		stacks[i] = r.End.Stack(poker.Pos(i))
	}
	return stacks
}

// games are the codes of the format for what is played here.
var games = [...]struct {
	code, variant string
	structure     poker.Structure
}{
	{"NT", "holdem", poker.NoLimit},
	{"FT", "holdem", poker.FixedLimit},
	{"PO", "omaha", poker.PotLimit},
	{"FO/8", "omaha8", poker.FixedLimit},
}

// gameOf returns the index of a code in games.
func gameOf(code string) (int, bool) {
	for i, g := range games {
		if g.code == code {
			return i, true
		}
	}
	return -1, false
}

// Setup returns what is settled before the hand. Antes that are not the same
// for all are dead, as the format demands of them.
func (h *Hand) Setup() (poker.Setup, error) {
	i, ok := gameOf(h.Variant)
	if !ok {
		return poker.Setup{}, fmt.Errorf("%w: %.20s", ErrVariant, h.Variant)
	}
	if len(h.Stacks) < poker.MinPlayers || len(h.Stacks) > poker.MaxPlayers {
		return poker.Setup{}, fmt.Errorf("%w: %d players", ErrFormat, len(h.Stacks))
	}
	s := poker.Setup{Variant: games[i].variant, Limit: poker.Limit{Structure: games[i].structure, BigBlind: h.MinBet}}
	if games[i].structure == poker.FixedLimit {
		s.Limit.SmallBet, s.Limit.BigBet, s.Limit.BigBlind = h.SmallBet, h.BigBet, h.SmallBet
	}
	s.Limit.Cap, s.Limit.UncappedHeadsUp, s.Limit.StraddleRaise = h.Cap, h.Uncapped, h.StraddleRaise
	if h.Second != nil {
		s.Runs = 2
	}
	for i, stack := range h.Stacks {
		s.Players = append(s.Players, poker.Player{Seat: game.Seat(i), Stack: stack, ShowLosing: h.shows(poker.Pos(i))})
	}
	if s.Posts = h.Posts; s.Posts == nil {
		s.Posts = h.posts(s.Limit.BigBlind)
	}
	return s, nil
}

// posts are the forced bets as far as the format says them.
func (h *Hand) posts(big poker.Chips) []poker.Post { return append(h.antes(), h.blinds(big)...) }

// shows reports whether the file has a player show at the showdown, whether or
// not the hand can win.
func (h *Hand) shows(p poker.Pos) bool {
	for _, a := range h.Actions {
		if a.Verb == ShowMuck && a.Pos == p {
			return len(a.Cards) > 0
		}
	}
	return false
}

func (h *Hand) antes() []poker.Post {
	kind := poker.PostDead
	if h.TrimAntes && slices.Max(h.Antes) == slices.Min(h.Antes) {
		kind = poker.PostAnte
	}
	var posts []poker.Post
	for i, amount := range h.Antes {
		if amount > 0 {
			posts = append(posts, poker.Post{Pos: poker.Pos(i), Kind: kind, Amount: amount})
		}
	}
	return posts
}

// blinds tells the forced bets of the street apart: the first two players owe
// the blinds, what is more than they owe is a straddle, and the rest is posted
// by players who come in.
func (h *Hand) blinds(big poker.Chips) []poker.Post {
	var posts []poker.Post
	posted := false
	order := make([]int, 0, len(h.Blinds))
	for i := range h.Blinds {
		order = append(order, i)
	}
	if len(order) == 2 { // the button posts the small blind first
		slices.Reverse(order)
	}
	for _, i := range order {
		post := poker.Post{Pos: poker.Pos(i), Amount: h.Blinds[i]}
		switch {
		case post.Amount == 0:
			continue
		case post.Amount > big && posted:
			post.Kind = poker.PostStraddle
		case post.Amount < big && !posted:
			post.Kind = poker.PostSmall
		case !posted:
			post.Kind, posted = poker.PostBig, true
		default:
			post.Kind = poker.PostExtra
		}
		posts = append(posts, post)
	}
	return posts
}

// deck returns a deck that deals the cards of the file, and whose hole cards are
// all known. Cards shown at the end are known from the start.
func (h *Hand) deck() (deck poker.Deck, known [poker.MaxPlayers]bool, err error) {
	hole, board := h.cards()
	i, _ := gameOf(h.Variant)
	want := poker.FindVariant(games[i].variant).Hole
	if len(board) > 5 || len(h.Second) > 5 {
		return deck, known, fmt.Errorf("%w: boards of %d and %d cards", ErrFormat, len(board), len(h.Second))
	}
	for p := range hole {
		if len(hole[p]) > want {
			return deck, known, fmt.Errorf("%w: %d hole cards", ErrFormat, len(hole[p]))
		}
		for len(hole[p]) < want {
			hole[p] = append(hole[p], eval.NoCard)
		}
		known[p] = !slices.Contains(hole[p], eval.NoCard)
	}
	h.weaken(poker.FindVariant(games[i].variant), hole, board)
	if deck, err = poker.Stack(hole, append(board, h.Second...)); err != nil {
		err = fmt.Errorf("%w: %w", ErrFormat, err)
	}
	return deck, known, err
}

// cards returns the hole cards of each player and the board, as far as the file
// has them.
func (h *Hand) cards() (hole [][]eval.Card, board []eval.Card) {
	hole = make([][]eval.Card, len(h.Stacks))
	for _, a := range h.Actions {
		switch {
		case a.Verb == DealBoard:
			board = append(board, a.Cards...)
		case a.Verb == DealHole:
			hole[a.Pos] = append(hole[a.Pos], a.Cards...)
		case a.Verb == ShowMuck && len(a.Cards) > 1:
			hole[a.Pos] = slices.Clone(a.Cards)
		}
	}
	return hole, board
}

// Replay plays the hand. It returns an error wrapping ErrVariant or
// ErrUnknownCards for what cannot be checked, ErrFormat for what makes no
// sense, and game.ErrIllegal for an action that the rules refuse.
func (h *Hand) Replay() (Replay, error) {
	setup, err := h.Setup()
	if err != nil {
		return Replay{}, err
	}
	deck, known, err := h.deck()
	if err != nil {
		return Replay{}, err
	}
	start, err := poker.NewHand(setup)
	if err != nil {
		return Replay{}, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	r := Replay{Setup: setup, End: start}
	events, err := start.Start(deck)
	if err != nil {
		return r, err
	}
	r.add(events)
	return r, h.play(&r, known)
}

func (r *Replay) add(events []game.Event) {
	for _, e := range events {
		r.End = r.End.Evolve(e)
	}
	r.Events = append(r.Events, events...)
}

// play plays all decisions, and sees that the hand ends with the last one.
func (h *Hand) play(r *Replay, known [poker.MaxPlayers]bool) error {
	board := len(h.Second)
	if err := r.runTwice(); err != nil {
		return err
	}
	for i, a := range h.Actions {
		switch a.Verb {
		case DealBoard:
			board += len(a.Cards)
			continue
		case DealHole, ShowMuck:
			continue
		}
		action, ok := r.action(a)
		if !ok {
			return fmt.Errorf("action %d of player %d: %w: nobody is to act", i+1, a.Pos+1, game.ErrIllegal)
		}
		events, err := r.End.Decide(a.Pos, action)
		if err != nil {
			return fmt.Errorf("action %d of player %d: %w", i+1, a.Pos+1, err)
		}
		r.add(events)
		if err := r.runTwice(); err != nil {
			return err
		}
	}
	if !r.End.Over() {
		return fmt.Errorf("%w: the hand is not over; player %d is to act", ErrFormat, r.End.ToAct()+1)
	}
	if err := h.ended(r, board, known); err != nil {
		return err
	}
	return h.late(r, known)
}

// action is the decision that the notation means here.
func (r *Replay) action(a Action) (poker.Action, bool) {
	if r.End.ToAct() == poker.NoPos {
		return poker.Action{}, false
	}
	switch {
	case a.Verb == Fold:
		return poker.Action{Act: poker.Fold}, true
	case a.Verb == RaiseTo:
		return poker.Action{Act: poker.Raise, Amount: a.Amount}, true
	case r.End.Options().Call == 0:
		return poker.Action{Act: poker.Check}, true
	}
	return poker.Action{Act: poker.Call}, true
}

// ended compares what the rules dealt with what the file has.
func (h *Hand) ended(r *Replay, board int, known [poker.MaxPlayers]bool) error {
	turned, done, decided := 0, [poker.MaxPlayers]bool{}, false
	for _, e := range r.Events {
		switch e := e.(type) {
		case poker.Turned:
			turned += len(e.Cards)
		case poker.Acted:
			done[e.Pos] = done[e.Pos] || e.Act == poker.Fold
		case poker.Mucked:
			decided, done[e.Pos] = true, h.mucks(e.Pos)
		case poker.Shown:
			decided = true
		}
	}
	if turned != board {
		return fmt.Errorf("%w: the board has %d cards, and %d are turned over", ErrFormat, board, turned)
	}
	for p := range r.Setup.Players {
		if decided && !done[p] && !known[p] {
			return fmt.Errorf("%w: those of player %d", ErrUnknownCards, p+1)
		}
	}
	return nil
}

// ErrStacks marks a hand that ends with other stacks than the file says.
var ErrStacks = errors.New("the finishing stacks differ")

// Check compares the stacks at the end with those of the file. Where the file
// has halves of a chip, as some records of split pots do, two players who split
// may differ by one half each, in opposite directions.
func (h *Hand) Check(r Replay) error {
	if h.Finishing == nil {
		return nil
	}
	got := r.Stacks()
	for i := range got {
		got[i] *= 2
	}
	if slices.Equal(got, h.Finishing) || halves(got, h.Finishing, r.split()) {
		return nil
	}
	return fmt.Errorf("%w: got %s, want %s", ErrStacks, formatList(got, 2*h.Scale), formatList(h.Finishing, 2*h.Scale))
}
