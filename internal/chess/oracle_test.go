package chess_test

import (
	"encoding/json"
	"slices"
	"testing"

	"kibitz/internal/chess"
)

// oraclePosition is a line of oracle-positions.ndjson, made by another program.
type oraclePosition struct {
	Variant  string
	FEN      string
	XFEN     string
	Shredder *string
	Moves    [][2]string // UCI and SAN, sorted
	Check    bool
	InsuffW  bool
	InsuffB  bool
}

func TestOracle(t *testing.T) {
	lines := 0
	eachLine(t, sharedFile(t, "oracle-positions.ndjson"), func(line string) {
		var want oraclePosition
		if err := json.Unmarshal([]byte(line), &want); err != nil {
			t.Fatal(err)
		}
		lines++
		p := mustFEN(t, want.FEN)
		p = p.WithChess960(want.Variant == "chess960")
		checkForms(t, &p, want)
		checkFacts(t, &p, want)
		checkMoves(t, &p, want)
	})
	if lines != 2000 {
		t.Errorf("got %d positions, want 2000", lines)
	}
}

// checkForms compares all FEN forms, written and read.
func checkForms(t *testing.T, p *chess.Position, want oraclePosition) {
	t.Helper()
	if got := p.FullEPFEN(); got != want.FEN {
		t.Errorf("FullEPFEN: got %s, want %s", got, want.FEN)
	}
	if got := p.FEN(); got != want.XFEN {
		t.Errorf("FEN: got %s, want %s", got, want.XFEN)
	}
	forms := []string{want.XFEN}
	if want.Shredder != nil {
		forms = append(forms, *want.Shredder)
		if got := p.ShredderFEN(); got != *want.Shredder {
			t.Errorf("ShredderFEN: got %s, want %s", got, *want.Shredder)
		}
	}
	for _, form := range forms {
		q := mustFEN(t, form)
		if q.Hash() != p.Hash() || q.FEN() != want.XFEN {
			t.Errorf("ParseFEN(%q): got %s, want %s", form, q.FEN(), want.XFEN)
		}
	}
}

func checkFacts(t *testing.T, p *chess.Position, want oraclePosition) {
	t.Helper()
	if got := p.InCheck(); got != want.Check {
		t.Errorf("%s: InCheck: got %t, want %t", want.FEN, got, want.Check)
	}
	if got := p.CanMate(chess.White); got == want.InsuffW {
		t.Errorf("%s: CanMate(White): got %t", want.FEN, got)
	}
	if got := p.CanMate(chess.Black); got == want.InsuffB {
		t.Errorf("%s: CanMate(Black): got %t", want.FEN, got)
	}
}

func checkMoves(t *testing.T, p *chess.Position, want oraclePosition) {
	t.Helper()
	var got []string
	for _, m := range p.LegalMoves(nil) {
		got = append(got, p.UCI(m))
	}
	slices.Sort(got)
	var wantUCI []string
	for _, pair := range want.Moves {
		wantUCI = append(wantUCI, pair[0])
		checkMove(t, p, pair[0], pair[1])
	}
	if !slices.Equal(got, wantUCI) {
		t.Errorf("%s: got moves %v, want %v", want.FEN, got, wantUCI)
	}
}

func checkMove(t *testing.T, p *chess.Position, uci, san string) {
	t.Helper()
	fromUCI, err := p.ParseUCI(uci)
	if err != nil {
		t.Errorf("ParseUCI: %v", err)
		return
	}
	fromSAN, err := p.ParseSAN(san)
	if err != nil || fromSAN != fromUCI {
		t.Errorf("%s: ParseSAN(%q): got %v, %v, want %v", p.FEN(), san, fromSAN, err, fromUCI)
	}
	if got := p.SAN(fromUCI); got != san {
		t.Errorf("%s: SAN(%s): got %s, want %s", p.FEN(), uci, got, san)
	}
	if !p.IsLegal(fromUCI) {
		t.Errorf("%s: IsLegal(%s): got false", p.FEN(), uci)
	}
}
