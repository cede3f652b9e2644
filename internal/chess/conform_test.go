package chess_test

import (
	"math/rand/v2"
	"testing"

	"kibitz/internal/chess"
	"kibitz/internal/game"
	"kibitz/internal/game/gametest"
)

// asks are the actions without a move. The first ones keep a game going.
var asks = []string{"draw", "draw-decline", "takeback", "takeback", "takeback-decline", "draw-claim", "abort", "resign"}

// randomAct moves mostly, so that games get somewhere, and asks for all the
// rest now and then.
func randomAct(s game.State, _ game.Seat, rng *rand.Rand) (string, []byte) {
	if n := rng.IntN(200); n < len(asks) && (n < 6 || rng.IntN(10) == 0) {
		return asks[n], nil
	}
	p, err := chess.ParseFEN(s.View(game.Spectator).(chess.StateView).FEN)
	if err != nil {
		return "resign", nil
	}
	moves := p.LegalMoves(nil)
	if len(moves) == 0 {
		return "resign", nil
	}
	return "move", []byte(`{"uci":"` + moves[rng.IntN(len(moves))].String() + `"}`)
}

func TestConform(t *testing.T) {
	rows := []struct {
		name, setup string
		policy      chess.DrawPolicy
		games       int
	}{
		{"standard", `{}`, chess.DrawLichess, 2},
		{"no setup", ``, chess.DrawFIDE, 1},
		{"chess960", `{"variant":"chess960"}`, chess.DrawLichess, 2},
		{"from position", `{"fen":"4k3/8/8/8/8/8/4P3/4K3 b - - 0 1"}`, chess.DrawFIDE, 6},
		{"few pieces", `{"fen":"4k2r/8/8/8/8/8/8/R3K3 w Qk - 0 1","takebacks":false}`, chess.DrawLichess, 2},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			g := gametest.Game{
				Rules: chess.NewRules(row.policy), Setup: []byte(row.setup), Seats: 2, Games: row.games, Act: randomAct,
			}
			gametest.Conform(t, g)
			gametest.NoLeak(t, g)
		})
	}
}
