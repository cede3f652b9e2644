package games

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"kibitz/internal/host"
	"kibitz/internal/uci"
)

// engineLevel is a strength that a UCI engine is held down to.
type engineLevel struct {
	Level
	// skill is that of Stockfish, 0 to 20, and elo what engines without it
	// are asked for; 0 is full strength.
	skill, elo int
	nodes      int
	time       time.Duration
}

// engineLevels follow on ownLevels, each of them stronger than the one before
// in matches; Stockfish at a skill of 3 still loses to the last of our own.
var engineLevels = []engineLevel{
	{Level{5, "House level 5", "for club players"}, 6, 1800, 40_000, time.Second},
	{Level{6, "House level 6", "for strong club players"}, 9, 2100, 80_000, time.Second},
	{Level{7, "House level 7", "for masters"}, 13, 2400, 250_000, time.Second},
	{Level{8, "House level 8", "for engines: the full strength of Stockfish in a second"}, 20, 0, 1_000_000, time.Second},
}

// patience is how much longer than two budgets the house waits for the engine
// before it plays without it: also while others use the engine, or it hangs.
const patience = 200 * time.Millisecond

// consult asks the engine for a move.
func (b *chessBrain) consult(ctx context.Context, turn host.Turn, g *chessGame) (choice, error) {
	ctx, cancel := context.WithTimeout(ctx, patience+2*budget(turn))
	defer cancel()
	level := engineLevels[min(turn.Level-len(ownLevels), len(engineLevels))-1]
	reply, err := b.cfg.Engine.Go(ctx, uci.Position{
		FEN: g.view.InitialFEN, Moves: g.moves, Chess960: g.view.Variant == "chess960",
	}, uci.Limits{
		Nodes: level.nodes, MoveTime: min(level.time, budget(turn)), Options: b.strength(level),
	})
	if err != nil {
		return choice{}, err
	}
	p := g.now()
	m, err := p.ParseUCI(reply.Best)
	if err != nil {
		return choice{}, fmt.Errorf("%w: its best move: %w", uci.ErrEngine, err)
	}
	return g.moving(m), nil
}

// strength returns the options that hold an engine down, as far as it has any.
func (b *chessBrain) strength(l engineLevel) map[string]string {
	switch e := b.cfg.Engine; {
	case e.Announces("Skill Level"):
		return map[string]string{"Skill Level": strconv.Itoa(l.skill)}
	case e.Announces("UCI_LimitStrength") && e.Announces("UCI_Elo") && l.elo > 0:
		return map[string]string{"UCI_LimitStrength": "true", "UCI_Elo": strconv.Itoa(l.elo)}
	case e.Announces("UCI_LimitStrength"):
		return map[string]string{"UCI_LimitStrength": "false"}
	}
	return nil
}
