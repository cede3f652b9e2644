package games

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"kibitz/internal/chess"
	"kibitz/internal/game"
	"kibitz/internal/uci"
)

// stockfish returns the engine that Debian has.
func stockfish(tb testing.TB) *uci.Pool {
	tb.Helper()
	path, err := uci.Find()
	if err != nil {
		tb.Skip(err)
	}
	pool, err := uci.OpenPool(tb.Context(), path, 1, uci.Options{Handshake: time.Minute})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(pool.Close)
	return pool
}

func TestEngineLevelsPlayWholeGames(t *testing.T) {
	h := quick(stockfish(t))
	for i, l := range h.Levels(chess.Kind)[len(ownLevels):] {
		p := newPlay(t, []string{`{}`, `{"variant":"chess960","number":0}`, `{"variant":"chess960"}`, `{"variant":"chess960","number":959}`}[i])
		p.level = l.Level
		house := game.Seat(l.Level % 2)
		if result := wholeGame(t, h, p, house); !result.Winners.Has(house) {
			t.Errorf("level %d does not beat a random mover: %s in %s", l.Level, result.Status, p.view().FEN)
		}
	}
}

// scripted is an Engine that does as it is told.
type scripted struct {
	reply     uci.Reply
	err       error
	announces string
	asked     []uci.Limits
	positions []uci.Position
}

func (s *scripted) Go(ctx context.Context, p uci.Position, l uci.Limits) (uci.Reply, error) {
	s.asked = append(s.asked, l)
	s.positions = append(s.positions, p)
	if s.err == nil {
		return s.reply, ctx.Err()
	}
	return uci.Reply{}, s.err
}

func (s *scripted) Announces(name string) bool { return strings.Contains(s.announces, name) }

// TestHousePlaysWithoutItsEngine: whatever the engine does, the game goes on.
func TestHousePlaysWithoutItsEngine(t *testing.T) {
	down := fmt.Errorf("%w %w", uci.ErrEngine, uci.ErrDown)
	rows := []struct {
		name   string
		engine *scripted
		logs   bool
	}{
		{"it is dead", &scripted{err: uci.ErrEngine}, true},
		{"it is known to be dead", &scripted{err: down}, false},
		{"it is busy for too long", &scripted{err: context.DeadlineExceeded}, true},
		{"it has no move", &scripted{}, true},
		{"its move is not legal", &scripted{reply: uci.Reply{Best: "e2e5"}}, true},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			var log strings.Builder
			h := NewHouse(HouseConfig{Engine: row.engine, Roll: seeded(1), Log: slog.New(slog.NewTextHandler(&log, nil))})
			p := newPlay(t, `{}`)
			p.level = 8
			if got := p.ask(h, 0); got != "move" || p.state.Ply() != 1 {
				t.Errorf("got %q at ply %d, want a move", got, p.state.Ply())
			}
			if logged := log.Len() > 0; logged != row.logs {
				t.Errorf("logged %q, want something: %v", log.String(), row.logs)
			}
		})
	}
}

// TestEngineIsGone: a table of a level whose engine is not configured any more
// goes on at the strongest of our own.
func TestEngineIsGone(t *testing.T) {
	p := newPlay(t, `{}`)
	p.level = 8
	if got := p.ask(quick(nil), 0); got != "move" {
		t.Errorf("got %q, want a move", got)
	}
}

func TestEngineIsHeldDown(t *testing.T) {
	rows := []struct {
		name, announces string
		level           int
		want            string
	}{
		{"as Stockfish", "Skill Level, UCI_LimitStrength, UCI_Elo", 5, "map[Skill Level:6]"},
		{"Stockfish at its best", "Skill Level, UCI_LimitStrength, UCI_Elo", 8, "map[Skill Level:20]"},
		{"by a rating", "UCI_LimitStrength, UCI_Elo", 6, "map[UCI_Elo:2100 UCI_LimitStrength:true]"},
		{"rated at its best", "UCI_LimitStrength, UCI_Elo", 8, "map[UCI_LimitStrength:false]"},
		{"by nodes alone", "", 5, "map[]"},
		{"a level there is not", "Skill Level", 99, "map[Skill Level:20]"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			e := &scripted{announces: row.announces, reply: uci.Reply{Best: "e2e4"}}
			p := newPlay(t, `{}`)
			p.level = row.level
			p.ask(quick(e), 0)
			if got := fmt.Sprint(e.asked[0].Options); got != row.want {
				t.Errorf("got %s, want %s", got, row.want)
			}
			if e.asked[0].Nodes == 0 || e.asked[0].MoveTime > 50*time.Millisecond {
				t.Errorf("got %+v with a second on the clock", e.asked[0])
			}
		})
	}
}

// TestEngineIsToldTheGame: the start and all moves, so that it sees
// repetitions.
func TestEngineIsToldTheGame(t *testing.T) {
	e := &scripted{reply: uci.Reply{Best: "g1f3"}}
	h := NewHouse(HouseConfig{Engine: e, Roll: seeded(1), Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	p := newPlay(t, `{"variant":"chess960","number":518}`)
	p.level = 5
	p.move(0, "e2e4")
	p.move(1, "e7e5")
	p.ask(h, 0)
	want := uci.Position{FEN: p.view().InitialFEN, Moves: []string{"e2e4", "e7e5"}, Chess960: true}
	if got := e.positions[0]; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestEngineEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p := newPlay(t, `{}`)
	p.level = 8
	for _, e := range []Engine{&scripted{reply: uci.Reply{Best: "e2e4"}}, stockfish(t)} {
		if typ, _, err := quick(e).Choose(ctx, p.turn(0)); !errors.Is(err, context.Canceled) || typ != "" {
			t.Errorf("got %q and %v, want the context's error", typ, err)
		}
	}
}
