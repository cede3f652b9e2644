package phh

import (
	"fmt"
	"strconv"
	"strings"

	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// words splits an action and drops its commentary.
func words(text string) []string {
	if i := strings.IndexByte(text, '#'); i >= 0 {
		text = text[:i]
	}
	return strings.Fields(text)
}

// actions reads the notation. Empty actions are left out.
func (a *amounts) actions(texts []string, players int) ([]Action, error) {
	actions := make([]Action, 0, len(texts))
	for i, text := range texts {
		w := words(text)
		if len(w) == 0 {
			continue
		}
		action, err := a.action(w, players)
		if err != nil {
			return nil, fmt.Errorf("action %d, %.40q: %w", i+1, text, err)
		}
		actions = append(actions, action)
	}
	return actions, nil
}

// action reads the words of one action.
func (a *amounts) action(w []string, players int) (Action, error) {
	if len(w) < 2 {
		return Action{}, fmt.Errorf("%w: no such action", ErrFormat)
	}
	if w[0] == "d" {
		return dealing(w[1:], players)
	}
	p, err := position(w[0], players)
	if err != nil {
		return Action{}, err
	}
	act := Action{Verb: Verb(w[1]), Pos: p}
	switch rest := w[2:]; {
	case (act.Verb == Fold || act.Verb == CheckCall) && len(rest) == 0:
	case act.Verb == RaiseTo && len(rest) == 1:
		act.Amount, err = a.read(rest[0])
	case act.Verb == ShowMuck && len(rest) == 0:
	case act.Verb == ShowMuck && len(rest) == 1 && rest[0] == "-":
		act.Cards = []eval.Card{eval.NoCard} // those that are known
	case act.Verb == ShowMuck && len(rest) == 1:
		act.Cards, err = cards(rest[0])
	default:
		return Action{}, fmt.Errorf("%w: no such action", ErrFormat)
	}
	return act, err
}

// dealing reads what follows "d".
func dealing(w []string, players int) (Action, error) {
	var act Action
	var err error
	switch act.Verb = Verb(w[0]); {
	case act.Verb == DealBoard && len(w) == 2:
		act.Pos = poker.NoPos
		act.Cards, err = cards(w[1])
	case act.Verb == DealHole && len(w) == 3:
		if act.Pos, err = position(w[1], players); err == nil {
			act.Cards, err = cards(w[2])
		}
	default:
		err = fmt.Errorf("%w: no such dealing", ErrFormat)
	}
	return act, err
}

// cards reads cards, at most a board.
func cards(text string) ([]eval.Card, error) {
	read, err := eval.ParseCards(text)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	case len(read) == 0 || len(read) > 5:
		return nil, fmt.Errorf("%w: %d cards at once", ErrFormat, len(read))
	}
	return read, nil
}

// position reads a player's name, as in "p1".
func position(text string, players int) (poker.Pos, error) {
	number, ok := strings.CutPrefix(text, "p")
	n, err := strconv.Atoi(number)
	if !ok || err != nil || n < 1 || n > players {
		return poker.NoPos, fmt.Errorf("%w: there is no player %.20q of %d", ErrFormat, text, players)
	}
	return poker.Pos(n - 1), nil
}
