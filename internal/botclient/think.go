package botclient

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"kibitz/internal/uci"
)

// Engine chooses moves, as those of package uci do. It need not be safe for
// concurrent use: every game has its own.
type Engine interface {
	Go(ctx context.Context, p uci.Position, l uci.Limits) (uci.Reply, error)
	// Announces reports whether the engine has an option of that name.
	Announces(option string) bool
	Close()
}

// MaxLevel is the strongest of the levels.
const MaxLevel = 8

// strength is what holds an engine down.
type strength struct {
	// skill is that of Stockfish, elo what engines without it are asked for;
	// an elo of 0 is full strength.
	skill, elo int
	// nodes bounds a search; 0 is no bound.
	nodes int
}

// strengths are the levels from 1. Level 0 is the engine as it is.
var strengths = [MaxLevel + 1]strength{
	{20, 0, 0},
	{0, 1320, 100}, {1, 1400, 500}, {3, 1550, 2_000}, {5, 1700, 8_000},
	{8, 1950, 30_000}, {11, 2200, 80_000}, {15, 2500, 300_000}, {20, 0, 1_000_000},
}

// options are those that hold the engine down, as far as it has any.
func (s strength) options(e Engine) map[string]string {
	switch {
	case e.Announces("Skill Level"):
		return map[string]string{"Skill Level": strconv.Itoa(s.skill)}
	case e.Announces("UCI_LimitStrength") && e.Announces("UCI_Elo") && s.elo > 0:
		return map[string]string{"UCI_LimitStrength": "true", "UCI_Elo": strconv.Itoa(s.elo)}
	}
	return nil
}

// How time is spent.
const (
	// movesLeft is how many more moves a clock is spread over.
	movesLeft = 30
	// overhead is what the way to the server and back may take.
	overhead  = 60 * time.Millisecond
	shortest  = 5 * time.Millisecond
	longest   = 20 * time.Second
	unclocked = time.Second
	// noClock is more than any clock: the server says so where there is none, and
	// where a turn has days.
	noClock = 12 * time.Hour
)

// budget is how long to think with so much left and such an increment.
func budget(left, increment time.Duration) time.Duration {
	if left > noClock {
		return unclocked
	}
	time := left/movesLeft + increment*3/4
	return min(max(min(time, left/3)-overhead, shortest), longest)
}

// ponderTime is longer than any opponent thinks.
const ponderTime = time.Hour

// thinker finds the moves of one game.
type thinker struct {
	engine   Engine
	strength strength
	start    uci.Position
	// cancel ends what the engine is at, and idle closes when it has ended.
	cancel context.CancelFunc
	idle   chan struct{}
}

// thought is what came of thinking.
type thought struct {
	reply uci.Reply
	plies int // of the position that was thought about
	err   error
}

// think looks for a move, and sends it through a channel with room for it. What
// the engine was at is stopped first.
func (t *thinker) think(ctx context.Context, moves []string, time time.Duration, result chan<- thought) {
	t.run(ctx, func(ctx context.Context) {
		p := t.start
		p.Moves = moves
		limits := uci.Limits{MoveTime: time, Nodes: t.strength.nodes, Options: t.strength.options(t.engine)}
		reply, err := t.engine.Go(ctx, p, limits)
		if !errors.Is(err, context.Canceled) {
			result <- thought{reply, len(moves), err}
		}
	})
}

// ponder thinks about the answer that the opponent is expected to make. What
// it finds stays in the memory of the engine.
func (t *thinker) ponder(ctx context.Context, moves []string, expected string) {
	if expected == "" || t.strength.nodes > 0 {
		return // an engine that is held down does not get more time
	}
	t.run(ctx, func(ctx context.Context) {
		p := t.start
		p.Moves = append(slices.Clone(moves), expected)
		_, _ = t.engine.Go(ctx, p, uci.Limits{MoveTime: ponderTime, Options: t.strength.options(t.engine)})
	})
}

func (t *thinker) run(ctx context.Context, do func(context.Context)) {
	t.stop()
	ctx, t.cancel = context.WithCancel(ctx)
	idle := make(chan struct{})
	t.idle = idle
	go func() {
		defer close(idle)
		do(ctx)
	}()
}

// stop ends what the engine is at, and waits for it.
func (t *thinker) stop() {
	if t.cancel != nil {
		t.cancel()
		<-t.idle
		t.cancel = nil
	}
}
