package chess_test

import (
	"runtime"
	"strings"
	"testing"

	"kibitz/internal/chess"
	"kibitz/internal/game"
)

// BenchmarkDecideEvolve measures one move as a table handles it: judged,
// encoded, decoded and folded.
func BenchmarkDecideEvolve(b *testing.B) {
	for name, list := range map[string]string{"game": immortal, "quiet": quiet} {
		b.Run(name, func(b *testing.B) {
			rules := chess.NewRules(chess.DrawLichess)
			var actions []game.Action
			for _, uci := range strings.Fields(list) {
				a, err := rules.DecodeAction("move", []byte(`{"uci":"`+uci+`"}`))
				if err != nil {
					b.Fatal(err)
				}
				actions = append(actions, a)
			}
			start, err := rules.New(nil, 2)
			if err != nil {
				b.Fatal(err)
			}
			state := start
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if i%len(actions) == 0 {
					state = start
				}
				state = oneMove(b, rules, state, actions[i%len(actions)])
			}
		})
	}
}

func oneMove(tb testing.TB, rules *chess.Rules, s game.State, a game.Action) game.State {
	events, err := s.Decide(s.ToAct().First(), a, nil)
	if err != nil {
		tb.Fatal(err)
	}
	for _, e := range events {
		data, err := rules.EncodeEvent(e)
		if err != nil {
			tb.Fatal(err)
		}
		if e, err = rules.DecodeEvent(e.EventType(), data); err != nil {
			tb.Fatal(err)
		}
		s = s.Evolve(e)
	}
	return s
}

// BenchmarkViews measures what is made for the viewers of a game of 40 moves.
func BenchmarkViews(b *testing.B) {
	p := newPlayer(b, chess.DrawLichess, "")
	walk := walkForever(b, p)
	for range 80 {
		if err := p.play(walk()); err != nil {
			b.Fatal(err)
		}
	}
	before := p.state
	if err := p.play(walk()); err != nil {
		b.Fatal(err)
	}
	b.Run("event", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			before.EventView(p.last, game.Spectator)
		}
	})
	b.Run("state", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			p.state.View(game.Spectator)
		}
	})
	b.Run("state-json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := p.view().Moves.MarshalJSON(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkStateMemory reports the bytes that a running game holds after 80
// plies.
func BenchmarkStateMemory(b *testing.B) {
	const games = 2000
	for b.Loop() {
		states := make([]game.State, games)
		b.ReportMetric(heapOf(func() {
			for i := range states {
				states[i] = longGame(b)
			}
		})/games, "B/game")
		runtime.KeepAlive(states)
	}
}

var longGameMoves []string

// longGame returns a state after 80 plies, in memory of its own.
func longGame(tb testing.TB) game.State {
	p := newPlayer(tb, chess.DrawLichess, "")
	if longGameMoves == nil {
		walk := walkForever(tb, p)
		for range 80 {
			longGameMoves = append(longGameMoves, walk())
			p.moves(longGameMoves[len(longGameMoves)-1])
		}
		return p.state
	}
	return p.moves(strings.Join(longGameMoves, " ")).state
}

// heapOf returns how many bytes more are in use after f.
func heapOf(f func()) float64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	f()
	runtime.GC()
	runtime.ReadMemStats(&after)
	return float64(after.HeapAlloc) - float64(before.HeapAlloc)
}
