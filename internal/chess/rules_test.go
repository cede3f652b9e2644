package chess_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"kibitz/internal/chess"
	"kibitz/internal/game"
)

// player plays a game through its rules, and holds what a table holds.
type player struct {
	tb    testing.TB
	rules *chess.Rules
	state game.State
	views []string   // of the events of the last action, type first
	last  game.Event // the last of them
}

func newPlayer(tb testing.TB, policy chess.DrawPolicy, setup string) *player {
	tb.Helper()
	rules := chess.NewRules(policy)
	state, err := rules.New([]byte(setup), 2)
	if err != nil {
		tb.Fatalf("New(%s): %v", setup, err)
	}
	return &player{tb: tb, rules: rules, state: state}
}

// try asks for an action, written as "type" or, for a move, as UCI.
func (p *player) try(seat game.Seat, what string) error {
	p.tb.Helper()
	typ, data := what, "{}"
	if len(what) <= 5 && strings.ContainsAny(what, "12345678") {
		typ, data = "move", `{"type":"move","uci":"`+what+`"}`
	}
	action, err := p.rules.DecodeAction(typ, []byte(data))
	if err != nil {
		p.tb.Fatalf("DecodeAction(%s): %v", what, err)
	}
	return p.decide(seat, action)
}

func (p *player) decide(seat game.Seat, action game.Action) error {
	p.tb.Helper()
	events, err := p.state.Decide(seat, action, nil)
	if err != nil {
		return err
	}
	p.views = nil
	for _, e := range events {
		view, err := json.Marshal(p.state.EventView(e, game.Spectator))
		if err != nil {
			p.tb.Fatal(err)
		}
		p.views = append(p.views, e.EventType()+" "+string(view))
		p.state, p.last = p.state.Evolve(e), e
	}
	return nil
}

// moves plays UCI moves, each by the side to move, and must succeed.
func (p *player) moves(list string) *player {
	p.tb.Helper()
	for _, uci := range strings.Fields(list) {
		if err := p.try(p.state.ToAct().First(), uci); err != nil {
			p.tb.Fatalf("%s after %d plies: %v", uci, p.state.Ply(), err)
		}
	}
	return p
}

func (p *player) view() chess.StateView {
	return p.state.View(game.Spectator).(chess.StateView)
}

func (p *player) result() string {
	data, err := json.Marshal(p.view().Result)
	if err != nil {
		p.tb.Fatal(err)
	}
	return string(data)
}

func TestMoveRefused(t *testing.T) {
	rows := []struct{ name, fen, uci, want string }{
		{"empty square", "", "e4e5", "there is no piece on e4"},
		{"not mine", "", "e7e5", "the piece on e7 is not yours"},
		{"too far", "", "e2e5", "there is no legal move e2e5 here"},
		{"own piece", "", "d1d2", "there is no legal move d1d2 here"},
		{"nonsense promotion", "", "g1f3q", "there is no legal move g1f3q here"},
		{"pinned", "4k3/8/8/8/4r3/8/4N3/4K3 w - - 0 1", "e2c3", "the king would be in check"},
		{"check stands", "4k3/8/8/8/4r3/8/8/N3K3 w - - 0 1", "a1b3", "the king would be in check"},
		{"into check", "4k3/8/8/8/3r4/8/8/4K3 w - - 0 1", "e1d1", "the king would be in check"},
		{"pinned en passant", "8/8/8/KpP4r/8/8/8/4k3 w - b6 0 1", "c5b6", "the king would be in check"},
		{"no piece chosen", "7k/P7/8/8/8/8/8/K7 w - - 0 1", "a7a8", "say what the pawn becomes, as in a7a8q"},
		{"pinned promotion", "8/r6k/8/8/8/8/P7/K7 w - - 0 1", "a2b3", "there is no legal move a2b3 here"},
		{"through check", "4k3/8/8/8/5r2/8/8/4K2R w K - 0 1", "e1g1", "castling is not possible here"},
		{"through check, rook", "4k3/8/8/8/5r2/8/8/4K2R w K - 0 1", "e1h1", "castling is not possible here"},
		{"no right", "4k3/8/8/8/8/8/8/4K2R w - - 0 1", "e1g1", "there is no legal move e1g1 here"},
	}
	for _, row := range rows {
		setup, err := json.Marshal(map[string]string{"fen": row.fen})
		if err != nil {
			t.Fatal(err)
		}
		p := newPlayer(t, chess.DrawLichess, string(setup))
		before := p.view().FEN
		err = p.try(0, row.uci)
		if want := game.ErrIllegal.Error() + ": " + row.want; !errors.Is(err, game.ErrIllegal) || err.Error() != want {
			t.Errorf("%s: got %v, want %s", row.name, err, want)
		}
		if got := p.view().FEN; got != before {
			t.Errorf("%s: a refusal changed the position to %s", row.name, got)
		}
	}
	p := newPlayer(t, chess.DrawLichess, "")
	if err := p.try(1, "e7e5"); !errors.Is(err, game.ErrTurn) {
		t.Errorf("out of turn: got %v, want ErrTurn", err)
	}
}

func TestEventViews(t *testing.T) {
	p := newPlayer(t, chess.DrawLichess, "")
	steps := []struct {
		seat game.Seat
		what string
		want string
	}{
		{0, "e2e4", `move {"ply":1,"uci":"e2e4","san":"e4"}`},
		{1, "f7f6", `move {"ply":2,"uci":"f7f6","san":"f6"}`},
		{0, "draw", `draw-offered {"by":0}`},
		{1, "draw-decline", `draw-declined {"by":1}`},
		{1, "takeback", `takeback-asked {"by":1}`},
		{0, "takeback-decline", `takeback-declined {"by":0}`},
		{0, "d2d4", `move {"ply":3,"uci":"d2d4","san":"d4"}`},
		{0, "takeback", `takeback-asked {"by":0}`},
		{1, "takeback", `takeback {"ply":2}`},
		{0, "b1c3", `move {"ply":3,"uci":"b1c3","san":"Nc3"}`},
		{1, "g7g5", `move {"ply":4,"uci":"g7g5","san":"g5"}`},
		{0, "d1h5", `move {"ply":5,"uci":"d1h5","san":"Qh5#","check":true};ended {"status":"mate","winner":0}`},
	}
	for _, step := range steps {
		if err := p.try(step.seat, step.what); err != nil {
			t.Fatalf("%s by %d: %v", step.what, step.seat, err)
		}
		if got := strings.Join(p.views, ";"); got != step.want {
			t.Errorf("%s by %d:\ngot  %s\nwant %s", step.what, step.seat, got, step.want)
		}
	}
	if got, want := p.result(), `{"status":"mate","winner":0}`; got != want {
		t.Errorf("result: got %s, want %s", got, want)
	}
}
