package pgn

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"

	"kibitz/internal/chess/pgn"
	"kibitz/internal/export"
	"kibitz/internal/game"
	"kibitz/internal/importer"
)

// File reads files of games for package importer.
type File struct{ Rules game.Rules }

var _ importer.Reader = File{}

// errEmpty: a game without a move is no game that anybody misses.
var errEmpty = errors.New("it has no moves")

// Items implements importer.Reader.
func (f File) Items(in io.Reader) iter.Seq2[importer.Item, error] {
	return func(yield func(importer.Item, error) bool) {
		for text, err := range pgn.NewReader(in, pgn.Limits{ResultOptional: true}).All() {
			item, err := f.item(text, err)
			if !yield(item, err) {
				return
			}
		}
	}
}

func (f File) item(text *pgn.Game, err error) (importer.Item, error) {
	var bad *pgn.Error
	switch {
	case errors.As(err, &bad):
		return importer.Item{Number: bad.Game, Line: bad.Line, Err: mistake(nil, bad.Err)}, nil
	case err != nil:
		return importer.Item{}, err
	}
	item := importer.Item{Number: text.Number, Line: text.Line}
	item.Game, item.Err = Read(text, f.Rules)
	if item.Err == nil && len(item.Game.Turns) == 0 {
		item.Err = errEmpty
	}
	if item.Err != nil {
		item.Err = mistake(text, item.Err)
		return item, nil
	}
	item.Text = pgn.Format{}.Append(nil, text)
	return item, nil
}

// Item implements importer.Reader.
func (f File) Item(text []byte) (*export.Game, error) {
	one, err := pgn.NewReader(bytes.NewReader(text), pgn.Limits{ResultOptional: true}).Read()
	if err != nil {
		return nil, fmt.Errorf("stored game: %w", err)
	}
	return Read(one, f.Rules)
}
