package poker

import (
	"fmt"
	"strings"
	"testing"

	"kibitz/internal/game"
)

// What was done in the hand is in the view of every moment; other ways to go on
// from the same moment have tales of their own, and the next hand begins anew.
func TestActsAreTold(t *testing.T) {
	s := mustTable(t, `{"small_blind":5,"big_blind":10,"stack":500}`, 3).play(t, "deal")
	s = s.ask(t, game.NoSeat, "deal", "")
	told := func(s *state) string {
		var all []string
		for _, a := range s.View(game.Viewer{Seat: game.NoSeat}).(TableView).Acts {
			all = append(all, fmt.Sprintf("%s %s %d", a.Street, a.Act, a.To))
		}
		return strings.Join(all, "; ")
	}
	const limped = "preflop call 10; preflop call 10; preflop check 10"
	begun := s
	for _, typ := range []string{"call", "call", "check"} {
		s = s.ask(t, s.ToAct().First(), typ, "")
	}
	next := s.ToAct().First()
	checked, bet := s.ask(t, next, "check", ""), s.ask(t, next, "bet", `{"to":50}`)
	for _, row := range []struct {
		name string
		at   *state
		want string
	}{
		{"a new hand", begun, ""},
		{"on the flop", s, limped},
		{"checked", checked, limped + "; flop check 0"},
		{"bet instead", bet, limped + "; flop bet 50"},
	} {
		if got := told(row.at); got != row.want {
			t.Errorf("%s: got %q, want %q", row.name, got, row.want)
		}
	}
}
