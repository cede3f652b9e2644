package games

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/chess"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/host"
	"kibitz/internal/inmem"
	"kibitz/internal/table"
)

// mute is a Codec for a host that nobody looks at.
type mute struct{}

func (mute) Update(*table.Update) []byte     { return nil }
func (mute) Snapshot(*table.Snapshot) []byte { return nil }
func (mute) Presence(*host.Presence) []byte  { return nil }
func (mute) Answer(host.Answer) []byte       { return nil }
func (mute) Replaced(table.ID) []byte        { return nil }

func newHost(tb testing.TB, h *House) *host.Host {
	tb.Helper()
	catalog, err := Catalog(Options{})
	if err != nil {
		tb.Fatal(err)
	}
	server, err := host.New(host.Config{
		Journal: inmem.NewJournal(), Pulse: &inmem.Pulse{}, Catalog: catalog, Chance: Chance(), Codec: mute{},
		Brain: h, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		tb.Fatal(err)
	}
	if err := server.Recover(context.Background()); err != nil {
		tb.Fatal(err)
	}
	return server
}

// TestHouseAtATable plays two levels against each other at real tables, on
// clocks, and looks at what the house took for its moves. Nobody loses on
// time, and nobody does what the rules refuse: that would end in a resignation
// at a level that does not resign.
func TestHouseAtATable(t *testing.T) {
	for name, row := range map[string]struct {
		control clock.Control
		setup   string
	}{
		"bullet":            {clock.Control{Initial: 15 * time.Second}, `{}`},
		"blitz in Chess960": {clock.Control{Initial: 3 * time.Minute, Increment: 2 * time.Second}, `{"variant":"chess960"}`},
		"no clock":          {clock.Control{}, `{}`},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := NewHouse(HouseConfig{Roll: rand.IntN})
				server := newHost(t, h)
				defer shutdown(t, server)
				players := h.Players(chess.Kind)
				id, err := server.Create(t.Context(), table.Setup{
					Kind: chess.Kind, Game: json.RawMessage(row.setup), Control: row.control,
					Seats: []table.Player{players[0], players[1]}, Origin: table.OriginHouse,
				})
				if err != nil {
					t.Fatal(err)
				}
				s := playOn(t, server, id)
				result := s.State.(chess.StateView).Result
				if result == nil {
					t.Fatal("the game does not end")
				}
				if result.Status == "outoftime" || result.Status == "resign" || result.Status == "aborted" {
					t.Errorf("got %+v after %d plies", result, len(s.Spent))
				}
			})
		})
	}
}

// playOn lets the time pass until a game is over.
func playOn(t *testing.T, server *host.Host, id table.ID) table.Snapshot {
	t.Helper()
	var s table.Snapshot
	for range 4000 {
		time.Sleep(time.Second)
		synctest.Wait()
		var err error
		if s, err = server.Snapshot(t.Context(), id, game.Spectator); err != nil {
			t.Fatal(err)
		}
		if s.State.(chess.StateView).Result != nil {
			break
		}
	}
	return s
}

func shutdown(t *testing.T, server *host.Host) {
	t.Helper()
	if err := server.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
}

// TestHouseTakesItsTime: a move is not played at once where there is time, and
// waiting for it ends with the context.
func TestHouseTakesItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := quick(nil)
		p := newPlay(t, `{}`)
		p.left = time.Hour
		begun := time.Now()
		p.ask(h, 0)
		if took := time.Since(begun); took < maxPause/8 || took > maxPause/2 {
			t.Errorf("the first move took %v, want %v to %v", took, maxPause/8, maxPause/2)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		defer cancel()
		begun = time.Now()
		if typ, _, err := h.Choose(ctx, p.turn(1)); err == nil || time.Since(begun) != 10*time.Millisecond {
			t.Errorf("got %q and %v after %v, want the context's error", typ, err, time.Since(begun))
		}
	})
}

// BenchmarkLevel is the work of one move, from positions of a real opening to
// an endgame; what a move waits for is left out.
func BenchmarkLevel(b *testing.B) {
	fens := []string{
		"r1bqkbnr/pppp1ppp/2n5/4p3/2B1P3/5N2/PPPP1PPP/RNBQK2R b KQkq - 3 3",
		"r2q1rk1/pp2bppp/2n1bn2/2pp4/8/1PN1PN2/PBP1BPPP/R2Q1RK1 w - - 0 10",
		"8/5pk1/4p1p1/1R6/5P2/6P1/r4K2/8 w - - 0 40",
	}
	h := quick(stockfish(b))
	for _, l := range h.Levels(chess.Kind) {
		b.Run(l.Name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				p := newPlay(b, `{"fen":"`+fens[i%len(fens)]+`"}`)
				p.level, p.left = l.Level, time.Hour
				turn := p.turn(p.state.ToAct().First())
				if _, err := h.brains[chess.Kind].choose(b.Context(), turn); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
