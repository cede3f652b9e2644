package importer

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/table"
)

// ErrGame: a text is no game that can be read, or none at all.
var ErrGame = errors.New("this is no game that can be read")

// One takes the first game of a text into a library at once, and returns its
// id. A game that is there already keeps the one it has. It fails with ErrGame,
// or as Add does.
func (i *Imports) One(ctx context.Context, owner account.ID, text []byte) (table.ID, error) {
	item, err := i.first(text)
	if err != nil {
		return "", err
	}
	id, err := table.NewID(i.cfg.Random)
	if err != nil {
		return "", err
	}
	now := i.cfg.Now().UnixMilli()
	one := Import{
		ID: id, Owner: owner, State: Done, Size: int64(len(text)), Read: int64(len(text)), CreatedMillis: now, DoneMillis: now,
	}
	e, err := (&job{Import: one, imports: i}).entry(item)
	if err != nil {
		return "", err
	}
	if there, err := i.LibraryID(ctx, owner, e.Hash); !errors.Is(err, archive.ErrUnknown) {
		return there, err
	}
	if err := i.AddImport(ctx, one); err != nil {
		return "", err
	}
	one.Games, one.Added = 1, 1
	games := []Entry{e}
	if err := i.SaveImport(ctx, one, games); err != nil || games[0].ID != "" {
		return games[0].ID, err
	}
	return i.LibraryID(ctx, owner, e.Hash) // somebody was faster
}

// first reads the first game of a text.
func (i *Imports) first(text []byte) (Item, error) {
	if len(text) > MaxBytes {
		return Item{}, ErrTooLarge
	}
	for item, err := range i.cfg.Reader.Items(bytes.NewReader(text)) {
		if err == nil {
			err = item.Err
		}
		if err != nil {
			return item, fmt.Errorf("%w: %w", ErrGame, err)
		}
		return item, nil
	}
	return Item{}, fmt.Errorf("%w: there is none", ErrGame)
}
