package games

import (
	"fmt"

	"kibitz/internal/chess"
	"kibitz/internal/game"
)

// chessRules are those of chess under the server's draw policy.
func chessRules(o Options) (game.Rules, error) {
	for _, policy := range []chess.DrawPolicy{chess.DrawLichess, chess.DrawFIDE} {
		if o.Draws == policy.String() || o.Draws == "" {
			return chess.NewRules(policy), nil
		}
	}
	return nil, fmt.Errorf("there is no draw policy %q; choose %s or %s", o.Draws, chess.DrawLichess, chess.DrawFIDE)
}
