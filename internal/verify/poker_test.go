package verify

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

const (
	betting = `[{"id": "B", "game": "NL", "street": "postflop", "stacks": [300, 300, 300], "posted": {}, "big_blind": 10,
"actions": [[0, "r", 100], [1, "r", 150]], "actor": 2, "call": 150, "can_raise": true, "min_to": 250, "max_to": 300}]`
	fixed = `[{"id": "F", "game": "FL", "street": "postflop", "stacks": [500, 500], "posted": {}, "big_blind": 10, "fl_bet": 10, "fl_cap": 2,
"actions": [[0, "r", 10], [1, "r", 20]], "actor": 0, "call": 10, "can_raise": false, "min_to": null, "max_to": null}]`
)

func TestLegality(t *testing.T) {
	checkRows(t, Legality, []row{
		{"not full, but the only raise", strings.NewReplacer("[300, 300, 300]", "[300, 150, 300]").Replace(betting), ""},
		{"an incomplete raise that is no all-in", betting, "file:B: action 2: illegal action: a raise to 150 is too small"},
		{"fixed", fixed, ""},
		{"fixed without a cap", strings.Replace(fixed, `"fl_cap": 2`, `"fl_cap": 3`, 1), "file:F: can_raise: got true, want false"},
		{"wrong call", strings.Replace(fixed, `"call": 10`, `"call": 9`, 1), "file:F: call: got 10, want 9"},
		{"wrong range", strings.NewReplacer("[300, 300, 300]", "[300, 150, 300]", "250", "200").Replace(betting), "raise: got 250..300, want 200..300"},
		{"out of turn", strings.Replace(fixed, `[0, "r", 10]`, `[1, "r", 10]`, 1), "file:F: action 1: illegal action: it is not your turn"},
		{"no such act", strings.Replace(fixed, `[0, "r", 10]`, `[0, "z"]`, 1), "want [place"},
		{"half a chip", strings.Replace(fixed, `[0, "r", 10]`, `[0, "r", 10.5]`, 1), "want [place"},
		{"who never acts", strings.Replace(fixed, `"actor": 0`, `"actor": 5`, 1), "place 5 does not come to act"},
		{"no such game", strings.Replace(fixed, "FL", "XL", 1), "want NL, PL or FL"},
		{"no such street", strings.Replace(fixed, "postflop", "river", 1), "want preflop or postflop"},
		{"fields missing", `[{"id": "C"}]`, "file:C: a field is missing"},
		{"no array", `{`, "file:1: "},
		{"nobody", `[{"id": "D", "game": "NL", "big_blind": 1, "call": 0, "can_raise": false}]`, "file:D: malformed: a hand of 0 players"},
	})
}

const walk = "variant = 'NT'\nantes = [0, 0]\nblinds_or_straddles = [5, 10]\nmin_bet = 10\nstarting_stacks = [1000, 1000]\n" +
	"actions = ['d dh p1 AsKs', 'd dh p2 7h2d', 'p2 f']\nfinishing_stacks = [1005, 995]\n"

func TestPHH(t *testing.T) {
	checkRows(t, PHH, []row{
		{"right", walk, ""},
		{"wrong stacks", strings.Replace(walk, "1005, 995", "1000, 1000", 1), "file:hand: the finishing stacks differ: got [1005, 995], want [1000, 1000]"},
		{"out of turn", strings.Replace(walk, "'p2 f'", "'p1 f'", 1), "illegal action: it is not your turn"},
		{"not over", strings.Replace(walk, ", 'p2 f'", "", 1), "the hand is not over; player 2 is to act"},
		{"too small a raise", strings.Replace(walk, "'p2 f'", "'p2 cbr 19', 'p1 f'", 1), "a raise to 19 is too small: the last was by 10, so you can raise to 20 up to 1000"},
		{"too large a raise", strings.Replace(walk, "'p2 f'", "'p2 cbr 1001', 'p1 f'", 1), "1001 is more than you have"},
		{"an action too many", strings.Replace(walk, "'p2 f'", "'p2 f', 'p1 cc'", 1), "nobody is to act"},
		{"a card twice", strings.Replace(walk, "7h2d", "As2d", 1), "a deck of 51 different cards"},
		{"several hands", "[1]\n" + strings.Replace(walk, "1005", "1006", 1), "file:hand 1: the finishing stacks differ"},
		{"no TOML", "variant = ", "file:hand: not a PHH hand"},
		{"no hand", "", "there is no variant"},
	})
}

const settled = `{"ohh":{"game_number":"7","players":[{"id":0,"seat":1,"starting_stack":100},{"id":1,"seat":2,"starting_stack":100}],"rounds":[{"id":0,"street":"Preflop","actions":[
{"action_number":1,"player_id":1,"action":"Post SB","amount":5},{"action_number":2,"player_id":0,"action":"Post BB","amount":10},{"action_number":3,"player_id":1,"action":"Fold","amount":0}]}],
"pots":[{"number":0,"amount":10,"rake":0,"player_wins":[{"player_id":0,"win_amount":10}]}]}}`

func TestOHH(t *testing.T) {
	checkRows(t, OHH, []row{
		{"right", settled, ""},
		{"a pot too large", strings.Replace(settled, `"amount":10,"rake"`, `"amount":15,"rake"`, 1), "file:hand 7: the hand does not add up"},
		{"more than the stack", strings.Replace(settled, `"starting_stack":100`, `"starting_stack":3`, 1), "file:hand 7: Preflop, action 2: the hand does not add up: player 0 has 3"},
		{"no JSON", "hand", "file:hand 1: not an Open Hand History"},
	})
}

func TestOHHFile(t *testing.T) {
	for text, want := range map[string]string{"": "0 ok, 0 failed", settled + "\n\n" + settled: "2 ok, 0 failed", settled + "\n\n{}": "1 ok, 1 failed"} {
		report := NewReport(io.Discard)
		if err := OHH(report, strings.NewReader(text)); err != nil || report.Summary() != want {
			t.Errorf("got %s, %v, want %s", report.Summary(), err, want)
		}
	}
	if err := OHH(NewReport(io.Discard), iotest.ErrReader(io.ErrClosedPipe)); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("got %v, want the error of the reader", err)
	}
}

func TestHandsOfTheRepository(t *testing.T) {
	for _, row := range []struct {
		file   string
		verify func(*Report, io.Reader) error
		want   string
	}{{"legality.json", Legality, "34 ok, 0 failed"}, {"P09.phh", PHH, "1 ok, 0 failed"}} {
		file, err := os.Open(filepath.Join("..", "..", "testdata", "hands", row.file))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		var out strings.Builder
		report := NewReport(&out)
		report.Begin(row.file)
		if err := row.verify(report, file); err != nil || report.Summary() != row.want {
			t.Errorf("got %s, %v, want %s; output:\n%s", report.Summary(), err, row.want, out.String())
		}
	}
}
