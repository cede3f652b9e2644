package chess_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"kibitz/internal/chess"
	"kibitz/internal/game"
)

// play follows a script: UCI moves by the side to move, "w:draw" or "b:resign"
// for anything else, and "!" before what must be refused.
func (p *player) play(script string) error {
	p.tb.Helper()
	for _, word := range strings.Fields(script) {
		text, refuse := strings.CutPrefix(word, "!")
		seat, what := p.state.ToAct().First(), text
		if color, action, ok := strings.Cut(text, ":"); ok {
			seat, what = game.Seat(strings.Index("wb", color)), action
		}
		err := p.try(seat, what)
		if refuse && !errors.Is(err, game.ErrIllegal) || !refuse && err != nil {
			return fmt.Errorf("%s after %d plies: got %v", word, p.state.Ply(), err)
		}
	}
	return nil
}

func TestEndings(t *testing.T) {
	const (
		running   = "null"
		aborted   = `{"status":"aborted","winner":null}`
		agreed    = `{"status":"draw","winner":null,"reason":"agreement"}`
		threefold = `{"status":"draw","winner":null,"reason":"threefold"}`
		bareWhite = "4k3/4p3/8/8/8/8/8/4K3 w - - 0 1"
		nearFifty = "4k2r/8/8/8/8/8/8/R3K3 w - - 98 80"
		e5        = "e2e4 e7e5 "
	)
	rows := []struct {
		name   string
		policy chess.DrawPolicy
		fen    string
		script string
		want   string
	}{
		{"resign", 0, "", e5 + "w:resign", `{"status":"resign","winner":1}`},
		{"resign out of turn", 0, "", e5 + "b:resign", `{"status":"resign","winner":0}`},
		{"resign before the second ply", 0, "", "e2e4 w:resign", aborted},
		{"abort before any move", 0, "", "b:abort", aborted},
		{"abort after one ply", 0, "", "e2e4 w:abort", aborted},
		{"abort after two plies", 0, "", e5 + "!w:abort !b:abort", running},
		{"abort after a takeback", 0, "", e5 + "b:takeback w:takeback b:abort", aborted},
		{"nothing after the end", 0, "", e5 + "w:resign !g1f3 !w:draw !b:takeback !b:resign !b:draw-claim", `{"status":"resign","winner":1}`},
		{"draw agreed", 0, "", e5 + "w:draw b:draw", agreed},
		{"draw offered out of turn", 0, "", e5 + "b:draw w:draw", agreed},
		{"draw before the second ply", 0, "", "e2e4 !w:draw !b:draw", running},
		{"draw offered twice", 0, "", e5 + "w:draw !w:draw", running},
		{"draw offer goes with the move", 0, "", e5 + "w:draw g1f3 b:draw", agreed},
		{"draw offer declined by moving", 0, "", e5 + "w:draw g1f3 b8c6 b:draw w:draw", agreed},
		{"draw offer declined", 0, "", e5 + "w:draw b:draw-decline !b:draw-decline b:draw", running},
		{"own offer is withdrawn", 0, "", e5 + "w:draw w:draw-decline !w:draw-decline !b:draw-decline b:draw", running},
		{"own offer is withdrawn after the move", 0, "", e5 + "w:draw g1f3 w:draw-decline !b:draw-decline", running},
		{"a withdrawn offer was one", 0, "", e5 + "w:draw w:draw-decline !w:draw", running},
		{"nothing to decline", 0, "", e5 + "!w:draw-decline !b:takeback-decline", running},
		{"one offer in 20 plies", 0, "", e5 + "w:draw b:draw-decline " + strings.Repeat(shuffle, 2) + "a2a3 a7a6 " + strings.Repeat(shuffle, 2) + "!w:draw b2b3 !w:draw b7b6 w:draw", running},
		{"the offers of both count apart", 0, "", e5 + "w:draw b:draw-decline b:draw w:draw", agreed},
		{"threefold", 0, "", strings.Repeat(shuffle, 2) + "w:draw-claim", threefold},
		{"threefold, by the other", 0, "", strings.Repeat(shuffle, 2) + "b:draw-claim", threefold},
		{"twofold", 0, "", strings.Repeat(shuffle, 1) + "!w:draw-claim !b:draw-claim", running},
		{"the position has passed", 0, "", strings.Repeat(shuffle, 2) + "e2e4 !w:draw-claim !b:draw-claim", running},
		{"fivefold", 0, "", strings.Repeat(shuffle, 4), `{"status":"draw","winner":null,"reason":"fivefold"}`},
		{"50 moves", chess.DrawLichess, nearFifty, "a1a2 e8e7", `{"status":"draw","winner":null,"reason":"fifty-moves"}`},
		{"50 moves are claimed", chess.DrawFIDE, nearFifty, "a1a2 !w:draw-claim e8e7 b:draw-claim", `{"status":"draw","winner":null,"reason":"fifty-moves"}`},
		{"50 moves go on", chess.DrawFIDE, nearFifty, "a1a2 e8e7 a2a3", running},
		{"75 moves", chess.DrawFIDE, "4k3/8/8/8/8/8/8/R3K3 w - - 148 99", "a1a2 e8e7", `{"status":"draw","winner":null,"reason":"seventy-five-moves"}`},
		{"dead position", 0, "4k3/8/8/8/8/8/8/r3K2B w - - 0 1", "e1e2 a1h1 e2e3 h1h3 e3f4 h3h4 f4g5 h4h5 g5h5", `{"status":"draw","winner":null,"reason":"dead-position"}`},
		{"stalemate", 0, "7k/8/8/6Q1/8/8/8/K7 w - - 0 1", "g5g6", `{"status":"stalemate","winner":null}`},
		{"mate by black", 0, "", "f2f3 e7e5 g2g4 d8h4", `{"status":"mate","winner":1}`},
		{"cannot mate: the other claims", 0, bareWhite, "!w:draw-claim b:draw-claim", `{"status":"insufficient","winner":null}`},
	}
	for _, row := range rows {
		p := newPlayer(t, row.policy, setupOf(row.fen))
		if err := p.play(row.script); err != nil {
			t.Errorf("%s: %v", row.name, err)
		} else if got := p.result(); got != row.want {
			t.Errorf("%s: got %s, want %s", row.name, got, row.want)
		}
	}
}

// TestGameRules plays games whose setup forbids something.
func TestGameRules(t *testing.T) {
	const noAbort, noDraw = `{"no_abort":true}`, `{"no_early_draw":true}`
	rows := []struct{ name, setup, script, want string }{
		{"no abort", noAbort, "!w:abort e2e4 !b:abort", "null"},
		{"giving up a young game loses it", noAbort, "e2e4 b:resign", `{"status":"resign","winner":0}`},
		{"no early draw", noDraw, "e2e4 e7e5 !w:draw !b:draw", "null"},
		{"no early draw, but a repetition", noDraw, strings.Repeat(shuffle, 2) + "w:draw-claim", `{"status":"draw","winner":null,"reason":"threefold"}`},
	}
	for _, row := range rows {
		p := newPlayer(t, chess.DrawLichess, row.setup)
		if err := p.play(row.script); err != nil {
			t.Errorf("%s: %v", row.name, err)
		} else if got := p.result(); got != row.want {
			t.Errorf("%s: got %s, want %s", row.name, got, row.want)
		}
	}
	p := newPlayer(t, chess.DrawLichess, noAbort)
	if v := p.view(); v.CanAbort || !v.NoAbort {
		t.Errorf("no abort: the view says %v, %v", v.CanAbort, v.NoAbort)
	}
	lapse := p.state.Lapse(0, game.NoFirstMove)
	if err := p.decide(0, lapse); err != nil || !strings.Contains(p.result(), "aborted") {
		t.Errorf("no first move: got %s, %v", p.result(), err)
	}
}

func TestLateDraw(t *testing.T) {
	p := newPlayer(t, chess.DrawLichess, `{"no_early_draw":true}`)
	walk := walkForever(t, p)
	for p.state.Ply() < p.view().DrawFrom-1 {
		if err := p.play(walk()); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.play("!w:draw !b:draw " + walk() + " w:draw b:draw"); err != nil {
		t.Fatal(err)
	}
	if got, want := p.state.Ply(), 60; got != want {
		t.Errorf("a draw was agreed after %d plies, want %d", got, want)
	}
}

func setupOf(fen string) string {
	if fen == "" {
		return "{}"
	}
	return `{"fen":"` + fen + `"}`
}

func TestPlyLimitEndsGame(t *testing.T) {
	// Pawn moves and new places for the rooks keep counters and repetitions low.
	p := newPlayer(t, chess.DrawFIDE, "{}")
	walk := walkForever(t, p)
	for p.state.Ply() < chess.MaxPlies-1 {
		if err := p.play(walk()); err != nil {
			t.Fatal(err)
		}
		if p.state.Result().Over() {
			t.Fatalf("over at ply %d: %s", p.state.Ply(), p.result())
		}
	}
	if err := p.play(walk()); err != nil {
		t.Fatal(err)
	}
	if got, want := p.result(), `{"status":"draw","winner":null,"reason":"ply-limit"}`; got != want {
		t.Errorf("at ply %d: got %s, want %s", p.state.Ply(), got, want)
	}
	if got := p.view().Moves.Len(); got != chess.MaxPlies {
		t.Errorf("moves: got %d, want %d", got, chess.MaxPlies)
	}
}

// walkForever returns moves that never end a game: of the legal ones, the
// first in the order of the squares that leads to a position not seen before,
// pawns only when nothing else has moved for long.
func walkForever(tb testing.TB, p *player) func() string {
	seen := map[uint64]bool{}
	return func() string {
		pos := mustFEN(tb, p.view().FEN)
		quiet, pawn := "", ""
		for _, m := range pos.LegalMoves(nil) {
			next := pos.Play(m)
			if seen[next.Hash()] || !next.HasLegalMove() || next.InCheck() || pos.PieceAt(m.To()) != chess.NoPiece {
				continue
			}
			if pos.PieceAt(m.From()).Role() == chess.Pawn {
				pawn = pos.UCI(m)
			} else {
				quiet = pos.UCI(m)
			}
		}
		choice := quiet
		if pos.HalfmoveClock() >= 40 && pawn != "" || quiet == "" {
			choice = pawn
		}
		next := pos.Play(mustUCI(tb, &pos, choice))
		seen[next.Hash()] = true
		return choice
	}
}

func TestTakeback(t *testing.T) {
	rows := []struct{ name, setup, script, want string }{
		{"one ply", "", "e2e4 e7e5 g1f3 w:takeback b:takeback", "e2e4 e7e5"},
		{"two plies", "", "e2e4 e7e5 w:takeback b:takeback", ""},
		{"by Black", "", "e2e4 e7e5 g1f3 b:takeback w:takeback", "e2e4"},
		{"first move", "", "e2e4 w:takeback b:takeback", ""},
		{"nothing to take back", "", "!w:takeback e2e4 !b:takeback", "e2e4"},
		{"declined", "", "e2e4 e7e5 w:takeback b:takeback-decline !w:takeback !b:takeback-decline", "e2e4 e7e5"},
		{"asked again later", "", "e2e4 e7e5 w:takeback b:takeback-decline g1f3 w:takeback b:takeback", "e2e4 e7e5"},
		{"asked twice", "", "e2e4 w:takeback !w:takeback", "e2e4"},
		{"withdrawn by moving on", "", "e2e4 w:takeback e7e5 !b:takeback-decline", "e2e4 e7e5"},
		{"own move withdraws it too", "", "e2e4 e7e5 w:takeback g1f3 !b:takeback-decline", "e2e4 e7e5 g1f3"},
		{"not in this game", `{"takebacks":false}`, "e2e4 !w:takeback", "e2e4"},
		{"past a capture", "", "e2e4 d7d5 e4d5 w:takeback b:takeback e4e5", "e2e4 d7d5 e4e5"},
		{"a draw offer ends with it", "", "e2e4 e7e5 g1f3 w:draw w:takeback b:takeback !b:draw-decline", "e2e4 e7e5"},
		{"Black begins", `{"fen":"4k3/4p3/8/8/8/8/4P3/4K3 b - - 0 1"}`, "e7e5 !w:takeback b:takeback w:takeback", ""},
	}
	for _, row := range rows {
		p := newPlayer(t, chess.DrawLichess, row.setup)
		if err := p.play(row.script); err != nil {
			t.Errorf("%s: %v", row.name, err)
			continue
		}
		got := strings.Join(p.view().Moves.UCI(), " ")
		if got != row.want {
			t.Errorf("%s: got the moves %q, want %q", row.name, got, row.want)
		}
		if fresh := newPlayer(t, chess.DrawLichess, row.setup).moves(row.want); fresh.view().FEN != p.view().FEN {
			t.Errorf("%s: got %s, want %s", row.name, p.view().FEN, fresh.view().FEN)
		}
	}
}

func TestTakebackKeepsRepetitions(t *testing.T) {
	p := newPlayer(t, chess.DrawLichess, "")
	if err := p.play(strings.Repeat(shuffle, 2) + "e2e4 w:takeback b:takeback"); err != nil {
		t.Fatal(err)
	}
	if !p.view().CanClaimDraw {
		t.Error("the position occurs the third time again after a takeback, and cannot be claimed")
	}
}

func TestLapses(t *testing.T) {
	const (
		void      = `{"status":"aborted","winner":null}`
		flag      = `{"status":"outoftime","winner":1}`
		flagDraw  = `{"status":"outoftime","winner":null}`
		left      = `{"status":"timeout","winner":1}`
		leftDraw  = `{"status":"timeout","winner":null}`
		bareBlack = "4k3/8/8/8/8/8/4P3/4K3 w - - 0 1"
	)
	rows := []struct {
		name, fen, script string
		seat              game.Seat
		why               game.Lapse
		want              string // empty: no meaning
	}{
		{"flag", "", "e2e4 e7e5", 0, game.FlagFell, flag},
		{"flag of who is not to move", "", "e2e4 e7e5", 1, game.FlagFell, ""},
		{"flag, opponent cannot mate", bareBlack, "e2e4 e8e7", 0, game.FlagFell, flagDraw},
		{"flag, opponent offers a draw", "", "e2e4 e7e5 b:draw", 0, game.FlagFell, flagDraw},
		{"flag, own draw offer", "", "e2e4 e7e5 w:draw", 0, game.FlagFell, flag},
		{"no first move", "", "", 0, game.NoFirstMove, void},
		{"no second move", "", "e2e4", 1, game.NoFirstMove, void},
		{"no third move", "", "e2e4 e7e5", 0, game.NoFirstMove, ""},
		{"left", "", "e2e4 e7e5", 0, game.LeftLoss, left},
		{"left, not to move", "", "e2e4 e7e5 g1f3", 0, game.LeftLoss, left},
		{"left, claimer cannot mate", bareBlack, "e2e4 e8e7", 0, game.LeftLoss, leftDraw},
		{"left, called a draw", "", "e2e4 e7e5", 0, game.LeftDraw, leftDraw},
		{"left at the start", "", "e2e4", 0, game.LeftLoss, void},
		{"left after the end", "", "e2e4 e7e5 w:resign", 1, game.LeftLoss, ""},
		{"no such seat", "", "e2e4 e7e5", 2, game.FlagFell, ""},
		{"no such lapse", "", "e2e4 e7e5", 0, game.LeftDraw + 1, ""},
	}
	for _, row := range rows {
		p := newPlayer(t, chess.DrawLichess, setupOf(row.fen))
		if err := p.play(row.script); err != nil {
			t.Fatalf("%s: %v", row.name, err)
		}
		action := p.state.Lapse(row.seat, row.why)
		if (action == nil) != (row.want == "") {
			t.Errorf("%s: got the action %v, want a result %q", row.name, action, row.want)
			continue
		}
		if action == nil {
			continue
		}
		if a, err := p.rules.DecodeAction(action.ActionType(), []byte("{}")); !errors.Is(err, game.ErrMalformed) {
			t.Errorf("%s: a client can ask for %v", row.name, a)
		}
		if err := p.decide(row.seat, action); err != nil || p.result() != row.want {
			t.Errorf("%s: got %s, %v, want %s", row.name, p.result(), err, row.want)
		}
	}
}
