package games

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/host"
	"kibitz/internal/table"
	"kibitz/internal/uci"
)

// Engine chooses moves of chess for the strong levels, as a pool of package
// uci does. It must be safe for concurrent use.
type Engine interface {
	Go(ctx context.Context, p uci.Position, l uci.Limits) (uci.Reply, error)
	// Announces reports whether the engine has an option of that name.
	Announces(option string) bool
}

// HouseConfig is what a House needs; everything has a default.
type HouseConfig struct {
	// Engine brings the levels above the house's own; nil means that there
	// are none.
	Engine Engine
	// Roll returns a number of [0, n), and must be safe for concurrent use.
	// Default: crypto/rand.
	Roll func(n int) int
	// Workers is how many moves are worked out at a time; the engine has its
	// own bound. Default: half of the processors.
	Workers int
	// Log is told when the engine fails. Default: slog.Default.
	Log *slog.Logger
}

func (c HouseConfig) withDefaults() HouseConfig {
	if c.Roll == nil {
		c.Roll = roll
	}
	if c.Workers <= 0 {
		c.Workers = max(1, runtime.GOMAXPROCS(0)/2)
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return c
}

// Level is one strength of the house.
type Level struct {
	// Level counts from 1, the weakest.
	Level int
	// Name is what its player is called, and Strength who may find it a match.
	Name, Strength string
}

// Player returns who sits at a table for the level.
func (l Level) Player() table.Player {
	return table.Player{ID: account.ID(fmt.Sprintf("~house%d", l.Level)), Name: l.Name, House: l.Level}
}

// brain plays one game for the house.
type brain interface {
	levels() []Level
	// choose is told no more than the seat may see.
	choose(ctx context.Context, turn host.Turn) (choice, error)
}

// choice is an action as host.Brain returns it. A paced one is not played
// faster than a person would.
type choice struct {
	typ   string
	data  []byte
	paced bool
}

// House plays for the house. It is a host.Brain, and safe for concurrent use.
// Most of a call is waiting, as a person would be seen to think: give a host
// many more Thinkers than processors.
type House struct {
	cfg    HouseConfig
	brains map[game.Kind]brain
}

// NewHouse returns a House that plays all games it can.
func NewHouse(cfg HouseConfig) *House {
	h := &House{cfg: cfg.withDefaults(), brains: make(map[game.Kind]brain)}
	for _, e := range all() {
		if e.brain != nil {
			h.brains[e.kind] = e.brain(h.cfg)
		}
	}
	return h
}

// Levels returns the strengths in which the house plays a game, the weakest
// first; there are none of a game that it does not play.
func (h *House) Levels(kind game.Kind) []Level {
	if b := h.brains[kind]; b != nil {
		return b.levels()
	}
	return nil
}

// Players returns the player of every level of a game, in their order.
func (h *House) Players(kind game.Kind) []table.Player {
	var players []table.Player
	for _, l := range h.Levels(kind) {
		players = append(players, l.Player())
	}
	return players
}

// Choose returns what the house does at a table, or an empty type when that
// is nothing. It returns early with the context's error when ctx is done.
func (h *House) Choose(ctx context.Context, turn host.Turn) (string, []byte, error) {
	b := h.brains[turn.Kind]
	if b == nil {
		return "", nil, fmt.Errorf("the house does not play %q", turn.Kind)
	}
	begun := time.Now()
	c, err := b.choose(ctx, turn)
	if err == nil && c.paced {
		err = wait(ctx, pause(turn, h.cfg.Roll)-time.Since(begun))
	}
	if err != nil {
		return "", nil, err
	}
	return c.typ, c.data, nil
}
