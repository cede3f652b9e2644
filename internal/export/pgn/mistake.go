package pgn

import (
	"errors"
	"fmt"
	"strings"

	"kibitz/internal/chess"
	"kibitz/internal/chess/pgn"
	"kibitz/internal/importer"
)

// mistake tells what is wrong with a game, so that it can be said to who brought
// it.
func mistake(text *pgn.Game, err error) *importer.Mistake {
	m := &importer.Mistake{Code: importer.Unreadable, Err: err}
	var move *pgn.MoveError
	switch {
	case errors.As(err, &move):
		m.Code, m.What = importer.BadMove, moveName(move)
	case errors.Is(err, pgn.ErrNullMove):
		m.Code = importer.NullMove
	case errors.Is(err, pgn.ErrVariant):
		m.Code, m.What = importer.BadVariant, text.Tag("Variant")
	case errors.Is(err, chess.ErrFEN):
		m.Code, m.What = importer.BadPosition, text.Tag("FEN")
	case errors.Is(err, errEmpty):
		m.Code = importer.NoMoves
	case errors.Is(err, pgn.ErrLimit), errors.Is(err, ErrTooLong):
		m.Code = importer.TooLong
	case errors.Is(err, pgn.ErrSyntax):
		m.Code, m.What = importer.BadText, strings.TrimPrefix(err.Error(), pgn.ErrSyntax.Error()+": ")
	}
	return m
}

func moveName(e *pgn.MoveError) string {
	dots := "."
	if e.Black {
		dots = "..."
	}
	return fmt.Sprintf("%d%s %s", e.Number, dots, e.SAN)
}
