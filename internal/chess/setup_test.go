package chess_test

import (
	"errors"
	"reflect"
	"testing"

	"kibitz/internal/chess"
	"kibitz/internal/game"
)

// fixed is a chance that always gives the same first number.
type fixed int

func (f fixed) Perm(n int) []int {
	perm := make([]int, n)
	perm[0] = int(f)
	return perm
}

func TestPrepare(t *testing.T) {
	rows := []struct{ name, setup, want string }{
		{"nothing", ``, `{"variant":"standard"}`},
		{"null", `null`, `{"variant":"standard"}`},
		{"standard", `{"variant":"standard"}`, `{"variant":"standard"}`},
		{"unknown fields", `{"colour":"blue"}`, `{"variant":"standard"}`},
		{"takebacks are usual", `{"takebacks":true}`, `{"variant":"standard"}`},
		{"no takebacks", `{"takebacks":false}`, `{"variant":"standard","takebacks":false}`},
		{"number drawn", `{"variant":"chess960"}`, `{"variant":"chess960","number":77}`},
		{"number chosen", `{"variant":"chess960","number":0}`, `{"variant":"chess960","number":0}`},
		{"the usual start", `{"fen":"rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq -"}`, `{"variant":"standard"}`},
		{"FEN of 4 fields", `{"fen":" 4k3/8/8/8/8/8/4P3/R3K3 w  Q - "}`, `{"variant":"standard","fen":"4k3/8/8/8/8/8/4P3/R3K3 w Q - 0 1"}`},
		{"Shredder-FEN", `{"fen":"4k3/8/8/8/8/8/4P3/R3K3 w A - 0 1"}`, `{"variant":"standard","fen":"4k3/8/8/8/8/8/4P3/R3K3 w Q - 0 1"}`},
		{"chess960 from a FEN", `{"variant":"chess960","fen":"4k3/8/8/8/8/8/4P3/1R2K3 w B - 0 1"}`, `{"variant":"chess960","fen":"4k3/8/8/8/8/8/4P3/1R2K3 w Q - 0 1"}`},
	}
	rules := chess.NewRules(chess.DrawLichess)
	for _, row := range rows {
		got, err := rules.Prepare([]byte(row.setup), fixed(77))
		if err != nil || string(got) != row.want {
			t.Errorf("%s: got %s, %v, want %s", row.name, got, err, row.want)
			continue
		}
		if _, err := rules.New(got, 2); err != nil {
			t.Errorf("%s: New(%s): %v", row.name, got, err)
		}
	}
}

func TestSetupRefused(t *testing.T) {
	rows := []struct{ name, setup string }{
		{"no JSON", `{`},
		{"another type", `{"number":"518"}`},
		{"no such variant", `{"variant":"atomic"}`},
		{"a number for standard chess", `{"number":518}`},
		{"number too high", `{"variant":"chess960","number":960}`},
		{"number below zero", `{"variant":"chess960","number":-1}`},
		{"number and FEN", `{"variant":"chess960","number":1,"fen":"4k3/8/8/8/8/8/4P3/4K3 w - - 0 1"}`},
		{"bad FEN", `{"fen":"4k3/8/8/8/8/8/4P3/4K3"}`},
		{"castling of Chess960", `{"fen":"4k3/8/8/8/8/8/4P3/1R2K3 w B - 0 1"}`},
		{"mate already", `{"fen":"4k3/4Q3/4K3/8/8/8/8/8 b - - 0 1"}`},
		{"stalemate already", `{"fen":"7k/8/6Q1/8/8/8/8/K7 b - - 0 1"}`},
		{"dead already", `{"fen":"4k3/8/8/8/8/8/8/4K3 w - - 0 1"}`},
		{"50 moves already", `{"fen":"4k3/8/8/8/8/8/8/R3K3 w - - 100 90"}`},
	}
	rules := chess.NewRules(chess.DrawLichess)
	for _, row := range rows {
		if got, err := rules.Prepare([]byte(row.setup), fixed(1)); !errors.Is(err, game.ErrMalformed) {
			t.Errorf("%s: got %s, %v, want ErrMalformed", row.name, got, err)
		}
	}
	for _, seats := range []int{0, 1, 3} {
		if _, err := rules.New([]byte(`{}`), seats); !errors.Is(err, game.ErrMalformed) {
			t.Errorf("%d seats: got %v, want ErrMalformed", seats, err)
		}
	}
	if _, err := rules.New([]byte(`{"variant":"chess960"}`), 2); !errors.Is(err, game.ErrMalformed) {
		t.Errorf("a Chess960 game that was not prepared: got %v, want ErrMalformed", err)
	}
}

// A stored table must load under any policy, and whatever its position.
func TestNewTakesWhatAnotherPolicyPrepared(t *testing.T) {
	setup := []byte(`{"fen":"4k3/8/8/8/8/8/8/R3K3 w - - 120 90"}`)
	stored, err := chess.NewRules(chess.DrawFIDE).Prepare(setup, fixed(1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := chess.NewRules(chess.DrawLichess).New(stored, 2); err != nil {
		t.Error(err)
	}
}

func TestRematch(t *testing.T) {
	rows := []struct {
		name, setup string
		games       int
		want        string
	}{
		{"standard", `{"variant":"standard"}`, 1, `{"variant":"standard"}`},
		{"the same start once", `{"variant":"chess960","number":5}`, 1, `{"variant":"chess960","number":5}`},
		{"then another", `{"variant":"chess960","number":5}`, 2, `{"variant":"chess960"}`},
		{"and that twice", `{"variant":"chess960","number":6}`, 3, `{"variant":"chess960","number":6}`},
		{"a FEN stays", `{"variant":"standard","fen":"4k3/8/8/8/8/8/4P3/4K3 w - - 0 1"}`, 2, `{"variant":"standard","fen":"4k3/8/8/8/8/8/4P3/4K3 w - - 0 1"}`},
		{"so does a wish", `{"variant":"standard","takebacks":false}`, 2, `{"variant":"standard","takebacks":false}`},
	}
	rules := chess.NewRules(chess.DrawLichess)
	for _, row := range rows {
		got, from, err := rules.Rematch([]byte(row.setup), 2, row.games)
		if err != nil || string(got) != row.want || !reflect.DeepEqual(from, []game.Seat{1, 0}) {
			t.Errorf("%s: got %s, %v, %v, want %s and colours swapped", row.name, got, from, err, row.want)
		}
	}
}
