package verify

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// legality is a moment of a betting round, and what the player to act may do.
type legality struct {
	ID        string                 `json:"id"`
	Game      string                 `json:"game"`       // NL, PL or FL
	Street    string                 `json:"street"`     // preflop or postflop
	Stacks    []poker.Chips          `json:"stacks"`     // before the forced bets
	Posted    map[string]poker.Chips `json:"posted"`     // forced bets owed, by place
	BigBlind  poker.Chips            `json:"big_blind"`  // the smallest bet, too
	PotBefore poker.Chips            `json:"pot_before"` // from earlier streets
	FLBet     *poker.Chips           `json:"fl_bet"`
	FLCap     *int                   `json:"fl_cap"`
	Actions   [][]any                `json:"actions"` // place, kind, and to what
	Actor     poker.Pos              `json:"actor"`
	Call      *poker.Chips           `json:"call"`
	CanRaise  *bool                  `json:"can_raise"`
	MinTo     *poker.Chips           `json:"min_to"`
	MaxTo     *poker.Chips           `json:"max_to"`
}

// Legality checks what players may do after betting sequences: an array of
// them in JSON. Whatever is legal must be accepted, and what is not refused.
func Legality(report *Report, in io.Reader) error {
	var rows []legality
	decoder := json.NewDecoder(in)
	if err := decoder.Decode(&rows); err != nil {
		report.unit("1", []string{err.Error()})
		return nil
	}
	for i, row := range rows {
		place := strconv.Itoa(i + 1)
		if row.ID != "" {
			place = row.ID
		}
		report.unit(place, row.verify())
	}
	return nil
}

func (l *legality) verify() []string {
	if l.Call == nil || l.CanRaise == nil || *l.CanRaise != (l.MinTo != nil && l.MaxTo != nil) {
		return []string{"a field is missing; want call, can_raise, and min_to and max_to where there may be a raise"}
	}
	hand, err := l.play()
	if err != nil {
		return []string{err.Error()}
	}
	var found problems
	l.compare(&found, hand.Options())
	l.tryAll(&found, hand)
	return found
}

func (l *legality) compare(found *problems, got poker.Options) {
	if got.Call != *l.Call {
		found.addf("call: got %d, want %d", got.Call, *l.Call)
	}
	switch {
	case got.CanRaise() != *l.CanRaise:
		found.addf("can_raise: got %t, want %t", got.CanRaise(), *l.CanRaise)
	case *l.CanRaise && (got.MinTo != *l.MinTo || got.MaxTo != *l.MaxTo):
		found.addf("raise: got %d..%d, want %d..%d", got.MinTo, got.MaxTo, *l.MinTo, *l.MaxTo)
	}
}

// tryAll asks for what is legal and for what is not.
func (l *legality) tryAll(found *problems, hand poker.Hand) {
	try := func(act poker.Act, amount poker.Chips, legal bool) {
		_, err := hand.Decide(l.Actor, poker.Action{Act: act, Amount: amount})
		if legal && err != nil {
			found.addf("%s %d: refused: %v", act, amount, err)
		} else if !legal && !errors.Is(err, game.ErrIllegal) {
			found.addf("%s %d: want a refusal, got %v", act, amount, err)
		}
	}
	try(poker.Fold, 0, true)
	try(poker.Check, 0, *l.Call == 0)
	try(poker.Call, 0, *l.Call > 0)
	if !*l.CanRaise {
		for _, to := range l.Stacks {
			try(poker.Raise, to, false)
		}
		return
	}
	try(poker.Raise, *l.MinTo-1, false)
	try(poker.Raise, *l.MinTo, true)
	try(poker.Raise, *l.MaxTo, true)
	try(poker.Raise, *l.MaxTo+1, false)
	try(poker.Raise, -*l.MinTo, false)
}

// setup is the hand to begin with. What is in the pot of a later street is
// posted dead by the first player, whose stack is that much larger.
func (l *legality) setup() (poker.Setup, error) {
	s := poker.Setup{Variant: "holdem", Limit: poker.Limit{BigBlind: l.BigBlind}}
	switch l.Game {
	case "NL":
		s.Limit.Structure = poker.NoLimit
	case "PL":
		s.Limit.Structure = poker.PotLimit
	case "FL":
		s.Limit.Structure = poker.FixedLimit
		if l.FLBet == nil || l.FLCap == nil {
			return s, errors.New("fl_bet and fl_cap: missing")
		}
		s.Limit.SmallBet, s.Limit.BigBet, s.Limit.Cap = *l.FLBet, *l.FLBet, *l.FLCap
	default:
		return s, fmt.Errorf("game %.20q: want NL, PL or FL", l.Game)
	}
	for i, stack := range l.Stacks {
		s.Players = append(s.Players, poker.Player{Seat: game.Seat(i), Stack: stack})
	}
	if l.PotBefore > 0 && len(s.Players) > 0 {
		s.Players[0].Stack += l.PotBefore
		s.Posts = []poker.Post{{Pos: 0, Kind: poker.PostDead, Amount: l.PotBefore}}
	}
	return s, l.posts(&s)
}

// posts adds the forced bets of the street. More than the big blind is a
// straddle.
func (l *legality) posts(s *poker.Setup) error {
	for key := range l.Posted {
		if n, err := strconv.Atoi(key); err != nil || n < 0 || n >= len(l.Stacks) {
			return fmt.Errorf("posted: there is no place %.20q", key)
		}
	}
	for i := range l.Stacks {
		amount, owes := l.Posted[strconv.Itoa(i)]
		if !owes {
			continue
		}
		post := poker.Post{Pos: poker.Pos(i), Kind: poker.PostBig, Amount: amount}
		if amount < l.BigBlind {
			post.Kind = poker.PostSmall
		} else if amount > l.BigBlind {
			post.Kind = poker.PostStraddle
		}
		s.Posts = append(s.Posts, post)
	}
	return nil
}

// play leads to the moment.
func (l *legality) play() (poker.Hand, error) {
	setup, err := l.setup()
	if err != nil {
		return poker.Hand{}, err
	}
	hand, err := poker.NewHand(setup)
	if err != nil {
		return hand, err
	}
	deck, err := poker.Stack(make([][]eval.Card, len(l.Stacks)), nil)
	if err != nil {
		return hand, err
	}
	events, err := hand.Start(deck)
	if err != nil {
		return hand, err
	}
	hand = fold(hand, events)
	switch l.Street {
	case "preflop":
	case "postflop":
		for range l.Stacks {
			if hand, err = decide(hand, hand.ToAct(), poker.Action{Act: poker.Check}); err != nil {
				return hand, fmt.Errorf("to the flop: %w", err)
			}
		}
	default:
		return hand, fmt.Errorf("street %.20q: want preflop or postflop", l.Street)
	}
	return l.act(hand)
}

// act plays the actions. Who stands between them and the player asked folds.
func (l *legality) act(hand poker.Hand) (poker.Hand, error) {
	for i, parts := range l.Actions {
		p, action, err := actionOf(parts)
		if err == nil {
			hand, err = decide(hand, p, action)
		}
		if err != nil {
			return hand, fmt.Errorf("action %d: %w", i+1, err)
		}
	}
	for hand.ToAct() != poker.NoPos {
		if hand.ToAct() == l.Actor {
			return hand, nil
		}
		var err error
		if hand, err = decide(hand, hand.ToAct(), poker.Action{Act: poker.Fold}); err != nil {
			return hand, err
		}
	}
	return hand, fmt.Errorf("actor: place %d does not come to act", l.Actor)
}

// actionOf reads [place, kind] or [place, "r", to].
func actionOf(parts []any) (poker.Pos, poker.Action, error) {
	bad := fmt.Errorf("%v: want [place, \"f\", \"x\" or \"c\"] or [place, \"r\", to]", parts)
	if len(parts) < 2 {
		return 0, poker.Action{}, bad
	}
	place, ok := parts[0].(float64)
	kind, _ := parts[1].(string)
	acts := map[string]poker.Act{"f": poker.Fold, "x": poker.Check, "c": poker.Call, "r": poker.Raise}
	act, known := acts[kind]
	if !ok || !known || (act == poker.Raise) != (len(parts) == 3) {
		return 0, poker.Action{}, bad
	}
	action := poker.Action{Act: act}
	if act == poker.Raise {
		to, ok := parts[2].(float64)
		if !ok || to != float64(int64(to)) {
			return 0, poker.Action{}, bad
		}
		action.Amount = poker.Chips(to)
	}
	return poker.Pos(place), action, nil
}

func decide(hand poker.Hand, p poker.Pos, a poker.Action) (poker.Hand, error) {
	events, err := hand.Decide(p, a)
	return fold(hand, events), err
}

func fold(hand poker.Hand, events []game.Event) poker.Hand {
	for _, e := range events {
		hand = hand.Evolve(e)
	}
	return hand
}
