package verify

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"kibitz/internal/chess"
)

// oracle is one position with all that another program says about it. Every field must be there; shredder may be null.
type oracle struct {
	Variant  string      `json:"variant"`  // standard or chess960
	FEN      string      `json:"fen"`      // en passant square after every double step
	XFEN     string      `json:"xfen"`     // en passant square only when a capture is legal
	Shredder *string     `json:"shredder"` // of xfen; null in standard chess
	Moves    [][2]string `json:"moves"`    // every legal move in UCI and SAN
	Check    *bool       `json:"check"`
	InsuffW  *bool       `json:"insuffW"` // White cannot mate
	InsuffB  *bool       `json:"insuffB"`
}

// Positions checks positions, one JSON object a line: the printed forms of the position, the set of legal moves in both
// notations and both directions, check, and who can still mate. Lines of unknown variants are skipped.
func Positions(report *Report, in io.Reader) error {
	skipped := 0
	err := eachLine(in, func(place, line string) {
		want, err := parseOracle(line)
		switch {
		case err != nil:
			report.unit(place, []string{err.Error()})
		case want.Variant != "standard" && want.Variant != "chess960":
			skipped++
		default:
			report.unit(place, want.verify())
		}
	})
	if skipped > 0 {
		report.skip(skipped, "the variant is not implemented")
	}
	return err
}

func parseOracle(line string) (oracle, error) {
	var want oracle
	decoder := json.NewDecoder(bytes.NewReader([]byte(line)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&want); err != nil {
		return oracle{}, err
	}
	if want.FEN == "" || want.XFEN == "" || want.Moves == nil || want.Check == nil || want.InsuffW == nil || want.InsuffB == nil {
		return oracle{}, errors.New("a field is missing; want variant, fen, xfen, shredder, moves, check, insuffW, insuffB")
	}
	if (want.Shredder == nil) != (want.Variant == "standard") {
		return oracle{}, errors.New("shredder: want a FEN for chess960 and null for standard")
	}
	return want, nil
}

func (o oracle) verify() []string {
	position, err := chess.ParseFEN(o.FEN)
	if err != nil {
		return []string{fmt.Sprintf("fen: %v", err)}
	}
	position = position.WithChess960(o.Variant == "chess960")
	var found problems
	o.verifyForms(&found, &position)
	o.verifyMoves(&found, &position)
	for _, fact := range []struct {
		name      string
		got, want bool
	}{
		{"check", position.InCheck(), *o.Check},
		{"insuffW", !position.CanMate(chess.White), *o.InsuffW},
		{"insuffB", !position.CanMate(chess.Black), *o.InsuffB},
	} {
		if fact.got != fact.want {
			found.addf("%s: got %t, want %t; %s", fact.name, fact.got, fact.want, o.FEN)
		}
	}
	return found
}

// verifyForms prints the position in each form, and reads each form back.
func (o oracle) verifyForms(found *problems, position *chess.Position) {
	forms := []struct{ name, got, want string }{
		{"fen", position.FullEPFEN(), o.FEN},
		{"xfen", position.FEN(), o.XFEN},
	}
	if o.Shredder != nil {
		forms = append(forms, struct{ name, got, want string }{"shredder", position.ShredderFEN(), *o.Shredder})
	}
	for _, form := range forms {
		if form.got != form.want {
			found.addf("%s: got %s, want %s", form.name, form.got, form.want)
		}
		read, err := chess.ParseFEN(form.want)
		if err != nil {
			found.addf("%s: %v", form.name, err)
		} else if got, want := read.FEN(), position.FEN(); got != want {
			found.addf("%s: %s reads as %s, want %s", form.name, form.want, got, want)
		}
	}
}

// verifyMoves compares the legal moves as a set and reads each in both notations.
func (o oracle) verifyMoves(found *problems, position *chess.Position) {
	var got []string
	legal := map[string]chess.Move{}
	for _, move := range position.LegalMoves(nil) {
		name := position.UCI(move) + " " + position.SAN(move)
		got = append(got, name)
		legal[name] = move
	}
	var want []string
	for _, pair := range o.Moves {
		want = append(want, pair[0]+" "+pair[1])
	}
	for _, name := range without(got, want) {
		found.addf("moves: got %s, which is not in the file; %s", name, o.FEN)
	}
	for _, name := range without(want, got) {
		found.addf("moves: want %s, which was not generated; %s", name, o.FEN)
	}
	if len(got) != len(want) {
		found.addf("moves: got %d, want %d; %s", len(got), len(want), o.FEN)
	}
	for _, pair := range o.Moves {
		o.verifyNotation(found, position, pair, legal[pair[0]+" "+pair[1]])
	}
}

func (o oracle) verifyNotation(found *problems, position *chess.Position, pair [2]string, want chess.Move) {
	if want == chess.NoMove {
		return // reported as not generated
	}
	if got, err := position.ParseUCI(pair[0]); err != nil || got != want {
		found.addf("moves: UCI %s reads as %v (error %v), want %v; %s", pair[0], got, err, want, o.FEN)
	}
	if got, err := position.ParseSAN(pair[1]); err != nil || got != want {
		found.addf("moves: SAN %s reads as %v (error %v), want %v; %s", pair[1], got, err, want, o.FEN)
	}
}

// without returns what is in a and not in b.
func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}
