package games

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"kibitz/internal/chess"
	"kibitz/internal/chess/search"
	"kibitz/internal/game"
	"kibitz/internal/host"
	"kibitz/internal/uci"
)

// ownLevels are the strengths of package search.
var ownLevels = [search.Levels]Level{
	{1, "House level 1", "for the first games: often moves without looking"},
	{2, "House level 2", "for beginners: takes what hangs, misses threats"},
	{3, "House level 3", "for casual players: sees short tactics"},
	{4, "House level 4", "for regular players: makes few simple mistakes"},
}

// chessBrain plays chess for the house.
type chessBrain struct {
	cfg HouseConfig
	// slots holds a token for everybody who works out a move.
	slots chan struct{}
}

func newChessBrain(cfg HouseConfig) brain {
	return &chessBrain{cfg: cfg, slots: make(chan struct{}, cfg.Workers)}
}

func (b *chessBrain) levels() []Level {
	list := append([]Level(nil), ownLevels[:]...)
	if b.cfg.Engine != nil {
		for _, l := range engineLevels {
			list = append(list, l.Level)
		}
	}
	return list
}

// choose answers what the opponent asks for, and then plays.
func (b *chessBrain) choose(ctx context.Context, turn host.Turn) (choice, error) {
	view, ok := turn.View.(chess.StateView)
	if !ok {
		return choice{}, fmt.Errorf("the view of a game of chess is a %T", turn.View)
	}
	asked := func(by *game.Seat) bool { return by != nil && *by == turn.Seat.Other() }
	switch {
	case view.Result != nil:
		return choice{}, nil
	case asked(view.TakebackAskedBy):
		return plain("takeback"), nil
	case asked(view.DrawOfferedBy):
		return b.answerDraw(ctx, turn, view)
	case view.Turn != turn.Seat:
		return choice{}, nil
	}
	return b.play(ctx, turn, view)
}

// play returns a move, or gives up.
func (b *chessBrain) play(ctx context.Context, turn host.Turn, view chess.StateView) (choice, error) {
	g, err := follow(view)
	if err != nil {
		return choice{}, err
	}
	if lost, err := b.lost(ctx, turn, g); lost || err != nil {
		return plain("resign"), err
	}
	if turn.Level > len(ownLevels) && b.cfg.Engine != nil {
		c, err := b.consult(ctx, turn, g)
		if err == nil || ctx.Err() != nil {
			return c, err
		}
		b.complain(turn, err)
	}
	return b.think(ctx, turn, g)
}

// complain logs that the engine could not be used. While it is known to be
// down that is no news.
func (b *chessBrain) complain(turn host.Turn, err error) {
	if !errors.Is(err, uci.ErrDown) {
		b.cfg.Log.Warn("the chess engine fails; the house plays without it", "table", turn.Table, "err", err)
	}
}

// think works out a move with the house's own engine.
func (b *chessBrain) think(ctx context.Context, turn host.Turn, g *chessGame) (choice, error) {
	if err := b.begin(ctx); err != nil {
		return choice{}, err
	}
	defer b.end()
	stop := stopper(ctx, budget(turn))
	m := search.Play(g.now(), g.hashes(), turn.Level, b.cfg.Roll, stop)
	return g.moving(m), ctx.Err()
}

// begin waits for one's turn to use a processor; end must follow.
func (b *chessBrain) begin(ctx context.Context) error {
	select {
	case b.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (b *chessBrain) end() { <-b.slots }

// stopper returns a function that tells a search when to end.
func stopper(ctx context.Context, after time.Duration) func() bool {
	end := time.Now().Add(after)
	return func() bool { return ctx.Err() != nil || time.Now().After(end) }
}

// plain is an action that needs nothing but its name.
func plain(typ string) choice {
	data, _ := json.Marshal(map[string]string{"type": typ})
	return choice{typ: typ, data: data}
}

// move is the action of moving; m is in UCI notation.
func move(m string) choice {
	data, _ := json.Marshal(map[string]string{"type": "move", "uci": m})
	return choice{typ: "move", data: data, paced: true}
}
