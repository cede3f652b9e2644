package chess_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"testing"

	"kibitz/internal/chess"
	"kibitz/internal/game"
)

// The stored bytes are for ever: a row may be added, never changed.
func TestEventsAsStored(t *testing.T) {
	rows := []struct{ script, typ, data string }{
		{"e2e4", "move", "0c07"},
		{"e2e4 e7e5 g1f3 b8c6 f1c4 f8c5 e1g1", "move", "c481"},
		{"e2e4 e7e5 w:draw", "draw-offered", "00"},
		{"e2e4 e7e5 w:draw b:draw-decline", "draw-declined", "01"},
		{"e2e4 w:takeback", "takeback-asked", "00"},
		{"e2e4 w:takeback b:takeback-decline", "takeback-declined", "01"},
		{"e2e4 e7e5 g1f3 w:takeback b:takeback", "takeback", "0200"},
		{"e2e4 e7e5 w:resign", "ended", "1f0002"},
		{"b:abort", "ended", "190000"},
		{"e2e4 e7e5 w:draw b:draw", "ended", "220100"},
	}
	for _, row := range rows {
		p := newPlayer(t, chess.DrawLichess, "")
		if err := p.play(row.script); err != nil {
			t.Fatal(err)
		}
		data, err := p.rules.EncodeEvent(p.last)
		if got := fmt.Sprintf("%s %x", p.last.EventType(), data); err != nil || got != row.typ+" "+row.data {
			t.Errorf("%s: got %s, %v, want %s %s", row.script, got, err, row.typ, row.data)
		}
	}
}

func FuzzDecodeEvent(f *testing.F) {
	rules := chess.NewRules(chess.DrawLichess)
	for _, typ := range []string{"move", "draw-offered", "takeback", "ended", "unknown"} {
		f.Add(typ, []byte{0x0c, 0x07})
		f.Add(typ, []byte{30, 0, 1})
		f.Add(typ, []byte{1})
	}
	f.Fuzz(func(t *testing.T, typ string, data []byte) {
		e, err := rules.DecodeEvent(typ, data)
		if err != nil {
			if !errors.Is(err, game.ErrMalformed) {
				t.Fatalf("error %v does not wrap ErrMalformed", err)
			}
			return
		}
		again, err := rules.EncodeEvent(e)
		if err != nil || string(again) != string(data) || e.EventType() != typ {
			t.Fatalf("%s %x is encoded again as %s %x, %v", typ, data, e.EventType(), again, err)
		}
		// Even an event that does not belong here must not break the state.
		s, err := rules.New(nil, 2)
		if err != nil {
			t.Fatal(err)
		}
		s = s.Evolve(e)
		if _, err := json.Marshal(s.View(game.Spectator)); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzDecodeAction(f *testing.F) {
	rules := chess.NewRules(chess.DrawLichess)
	f.Add("move", []byte(`{"uci":"e2e4"}`))
	f.Add("move", []byte(`{"uci":"e7e8q","type":"move"}`))
	f.Add("resign", []byte(nil))
	state, err := rules.New(nil, 2)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, typ string, data []byte) {
		a, err := rules.DecodeAction(typ, data)
		if err != nil {
			if !errors.Is(err, game.ErrMalformed) {
				t.Fatalf("error %v does not wrap ErrMalformed", err)
			}
			return
		}
		for seat := range game.Seat(2) {
			if _, err := state.Decide(seat, a, nil); err != nil && !errors.Is(err, game.ErrIllegal) {
				t.Fatalf("error %v does not wrap ErrIllegal", err)
			}
		}
	})
}

// One state has many futures, and each is what it would be alone, over the
// borders of what states share.
func TestFuturesDoNotDisturbEachOther(t *testing.T) {
	p := newPlayer(t, chess.DrawLichess, "")
	walk := walkForever(t, p)
	for ply := range 130 {
		before := p.view().Moves.UCI()
		pos := mustFEN(t, p.view().FEN)
		var futures []game.State
		moves := pos.LegalMoves(nil)
		moves = moves[:min(4, len(moves))]
		for _, m := range moves {
			branch := *p
			if err := branch.try(p.state.ToAct().First(), pos.UCI(m)); err != nil {
				t.Fatal(err)
			}
			futures = append(futures, branch.state)
		}
		for i, m := range moves {
			want := append(before[:len(before):len(before)], pos.UCI(m))
			if got := futures[i].View(game.Spectator).(chess.StateView).Moves.UCI(); !reflect.DeepEqual(got, want) {
				t.Fatalf("ply %d: a future has the moves\n%v, want\n%v", ply, got, want)
			}
		}
		if got := p.view().Moves.UCI(); !reflect.DeepEqual(got, before) {
			t.Fatalf("ply %d: the state itself has changed to %v", ply, got)
		}
		if err := p.play(walk()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestStateView(t *testing.T) {
	const start = "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1"
	rows := []struct{ name, setup, script, want string }{
		{"start", ``, ``, `{"variant":"standard","initial_fen":"` + start + `","fen":"` + start + `","moves":[],` +
			`"draw_offered_by":null,"takeback_asked_by":null,"can_claim_draw":false,"can_abort":true,"takebacks":true,"result":null}`},
		{"offers", `{"takebacks":true}`, `e2e4 e7e5 w:draw b:takeback`,
			`{"variant":"standard","initial_fen":"` + start + `","fen":"rnbqkbnr/pppp1ppp/8/4p3/4P3/8/PPPP1PPP/RNBQKBNR w KQkq - 0 2",` +
				`"moves":[{"uci":"e2e4","san":"e4"},{"uci":"e7e5","san":"e5"}],` +
				`"draw_offered_by":0,"takeback_asked_by":1,"can_claim_draw":false,"can_abort":false,"takebacks":true,"result":null}`},
		{"chess960", `{"variant":"chess960","number":518,"takebacks":false}`, `e2e4 e7e5 g1f3 b8c6 f1c4 f8c5 e1h1 w:resign`,
			`{"variant":"chess960","initial_fen":"` + start + `","fen":"r1bqk1nr/pppp1ppp/2n5/2b1p3/2B1P3/5N2/PPPP1PPP/RNBQ1RK1 b kq - 5 4",` +
				`"moves":[{"uci":"e2e4","san":"e4"},{"uci":"e7e5","san":"e5"},{"uci":"g1f3","san":"Nf3"},{"uci":"b8c6","san":"Nc6"},` +
				`{"uci":"f1c4","san":"Bc4"},{"uci":"f8c5","san":"Bc5"},{"uci":"e1h1","san":"O-O"}],` +
				`"draw_offered_by":null,"takeback_asked_by":null,"can_claim_draw":false,"can_abort":false,"takebacks":false,` +
				`"result":{"status":"resign","winner":1}}`},
	}
	for _, row := range rows {
		p := newPlayer(t, chess.DrawLichess, row.setup)
		if err := p.play(row.script); err != nil {
			t.Fatalf("%s: %v", row.name, err)
		}
		got, err := json.Marshal(p.view())
		if err != nil || string(got) != row.want {
			t.Errorf("%s:\ngot  %s, %v\nwant %s", row.name, got, err, row.want)
		}
	}
}
