package house

import (
	"strings"
	"testing"

	"kibitz/internal/game"
	"kibitz/internal/poker"
)

// What was done is guessed from the chips as they lie.
func TestInfer(t *testing.T) {
	// seats gives what each has in front, and before the slash what was paid on
	// earlier streets.
	rows := []struct {
		name, street string
		bets, paid   []poker.Chips
		want         string
	}{
		{"nothing done", preflop, []poker.Chips{5, 10, 0, 0}, nil, ""},
		{"a limp", preflop, []poker.Chips{5, 10, 10, 0}, nil, "2 call"},
		{"a raise", preflop, []poker.Chips{5, 10, 0, 25}, nil, "3 raise"},
		{"a raise and a call", preflop, []poker.Chips{5, 10, 25, 25}, nil, "2 raise, 3 call"},
		{"two raises", preflop, []poker.Chips{80, 10, 25, 0}, nil, "2 raise, 0 raise"},
		{"with two players", preflop, []poker.Chips{10, 25}, nil, "1 raise"},
		{"on the flop after limps", "flop", []poker.Chips{0, 0, 0}, []poker.Chips{10, 10, 10}, "0 call, 1 call, 2 call"},
		{"on the flop after a raise", "flop", []poker.Chips{0, 20, 60}, []poker.Chips{30, 30, 30}, "0 raise, 1 call, 2 call, 1 bet, 2 raise"},
	}
	for _, row := range rows {
		s := Sight{Table: poker.TableView{Hand: &poker.View{Public: poker.Public{Street: row.street, BigBlind: 10}}}}
		for i, bet := range row.bets {
			p := poker.PlayerView{Pos: poker.Pos(i), Seat: game.Seat(i), Bet: bet, Stack: 1000 - bet}
			if row.paid != nil {
				p.Stack -= row.paid[i]
			}
			s.Table.Hand.Players = append(s.Table.Hand.Players, p)
			s.Table.Chairs = append(s.Table.Chairs, poker.Chair{Stack: 1000})
		}
		var got []string
		for _, step := range s.steps() {
			got = append(got, string('0'+byte(step.Pos))+" "+string(step.Act))
		}
		if got := strings.Join(got, ", "); got != row.want {
			t.Errorf("%s: got %q, want %q", row.name, got, row.want)
		}
	}
}
