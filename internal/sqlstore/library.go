package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/game"
	"kibitz/internal/importer"
	"kibitz/internal/table"
)

var _ importer.Store = (*Store)(nil)

const importColumns = `id, owner, state, why, public, size, done_bytes, games, added, duplicates, refused, errors, created_ms, done_ms`

func importRow(i *importer.Import) ([]any, error) {
	list, err := json.Marshal(i.Errors)
	return []any{string(i.ID), string(i.Owner), string(i.State), i.Why, bit(i.Public), i.Size, i.Read,
		i.Games, i.Added, i.Duplicates, i.Refused, string(list), i.CreatedMillis, i.DoneMillis}, err
}

func scanImport(r scanner) (importer.Import, error) {
	var i importer.Import
	var list []byte
	err := r.Scan(&i.ID, &i.Owner, &i.State, &i.Why, &i.Public, &i.Size, &i.Read,
		&i.Games, &i.Added, &i.Duplicates, &i.Refused, &list, &i.CreatedMillis, &i.DoneMillis)
	if errors.Is(err, sql.ErrNoRows) {
		return i, importer.ErrNone
	}
	if err == nil {
		err = json.Unmarshal(list, &i.Errors)
	}
	if i.Errors == nil {
		i.Errors = []importer.Problem{}
	}
	return i, err
}

// AddImport implements importer.Store. Of the imports that are done it keeps
// the newest.
func (s *Store) AddImport(ctx context.Context, i importer.Import) error {
	row, err := importRow(&i)
	if err != nil {
		return err
	}
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		var running int
		err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM imports WHERE owner = $1 AND state = 'running'`, string(i.Owner)).Scan(&running)
		if err != nil || running > 0 {
			return importer.ErrBusy, err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM imports WHERE owner = $1 AND id NOT IN
			(SELECT id FROM imports WHERE owner = $1 ORDER BY created_ms DESC, id LIMIT $2)`, string(i.Owner), importer.MaxListed-1)
		if err != nil {
			return nil, err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO imports (`+importColumns+`) VALUES `+placeholders(1, len(row)), row...)
		return nil, err
	})
}

// SaveImport implements importer.Store.
func (s *Store) SaveImport(ctx context.Context, i importer.Import, games []importer.Entry) error {
	rows := make([][]any, len(games))
	for n := range games {
		var err error
		if rows[n], err = libraryRow(&games[n]); err != nil {
			return err
		}
	}
	var known []int
	err := s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		known = known[:0]
		if gone, err := closed(ctx, tx, i.Owner); err != nil || gone {
			return importer.ErrNone, err
		}
		if full, err := full(ctx, tx, i.Owner, len(games)); err != nil || full {
			return importer.ErrFull, err
		}
		for n, row := range rows {
			done, err := tx.ExecContext(ctx, `INSERT INTO library (`+libraryColumns+`, body) VALUES `+placeholders(1, len(row))+
				` ON CONFLICT (owner, hash) DO NOTHING`, row...)
			if err != nil {
				return nil, err
			}
			if added, err := done.RowsAffected(); err != nil {
				return nil, err
			} else if added == 0 {
				known = append(known, n)
			}
		}
		row, err := importRow(&i)
		if err != nil {
			return nil, err
		}
		_, err = tx.ExecContext(ctx, `UPDATE imports SET state = $3, why = $4, public = $5, size = $6, done_bytes = $7, games = $8,
			added = $9, duplicates = $10, refused = $11, errors = $12, created_ms = $13, done_ms = $14 WHERE id = $1 AND owner = $2`, row...)
		return nil, err
	})
	if err != nil {
		return err
	}
	for _, n := range known {
		games[n].ID = ""
	}
	return nil
}

// full reports whether a library has no room for more games.
func full(ctx context.Context, tx *sql.Tx, owner account.ID, more int) (bool, error) {
	if more == 0 {
		return false, nil
	}
	n := 0
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM library WHERE owner = $1`, string(owner)).Scan(&n)
	return n+more > importer.MaxGames, err
}

// Import implements importer.Store.
func (s *Store) Import(ctx context.Context, owner account.ID, id table.ID) (importer.Import, error) {
	return scanImport(s.read.QueryRowContext(ctx, `SELECT `+importColumns+` FROM imports WHERE id = $1 AND owner = $2`, string(id), string(owner)))
}

// Imports implements importer.Store.
func (s *Store) Imports(ctx context.Context, owner account.ID) ([]importer.Import, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT `+importColumns+` FROM imports WHERE owner = $1
		ORDER BY created_ms DESC, id LIMIT $2`, string(owner), importer.MaxListed)
	return scanAll(rows, err, func(r *sql.Rows) (importer.Import, error) { return scanImport(r) })
}

// RunningImports implements importer.Store.
func (s *Store) RunningImports(ctx context.Context) ([]importer.Import, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT `+importColumns+` FROM imports WHERE state = 'running' ORDER BY created_ms, id`)
	return scanAll(rows, err, func(r *sql.Rows) (importer.Import, error) { return scanImport(r) })
}

// DropImport implements importer.Store.
func (s *Store) DropImport(ctx context.Context, owner account.ID, id table.ID) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		done, err := tx.ExecContext(ctx, `DELETE FROM imports WHERE id = $1 AND owner = $2 AND state <> 'running'`, string(id), string(owner))
		if err != nil {
			return nil, err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return importer.ErrNone, err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM library WHERE import = $1`, string(id))
		return nil, err
	})
}

const libraryColumns = `id, owner, import, hash, public, players, status, winners, variant, played_ms, plies, eco, opening`

func libraryRow(e *importer.Entry) ([]any, error) {
	players, err := encodePlayers(e.Players)
	if err != nil {
		return nil, err
	}
	body, err := deflate(e.Text)
	return []any{string(e.ID), string(e.Owner), string(e.Import), e.Hash[:], bit(e.Public), players, e.Status, int64(e.Winners),
		e.Variant, millis(e.Played), e.Plies, e.Opening.ECO, e.Opening.Name, body}, err
}

func scanEntry(r scanner, more ...any) (importer.Entry, error) {
	var e importer.Entry
	var hash, players []byte
	var winners, played int64
	err := r.Scan(append([]any{&e.ID, &e.Owner, &e.Import, &hash, &e.Public, &players, &e.Status, &winners,
		&e.Variant, &played, &e.Plies, &e.Opening.ECO, &e.Opening.Name}, more...)...)
	if err != nil {
		return e, err
	}
	copy(e.Hash[:], hash)
	e.Winners, e.Played = game.Seats(winners), fromMillis(played)
	e.Players, err = decodePlayers(players)
	return e, err
}

// LibraryID implements importer.Store.
func (s *Store) LibraryID(ctx context.Context, owner account.ID, hash [32]byte) (id table.ID, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT id FROM library WHERE owner = $1 AND hash = $2`, string(owner), hash[:]).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", archive.ErrUnknown
	}
	return id, err
}

// LibraryGame implements importer.Store.
func (s *Store) LibraryGame(ctx context.Context, id table.ID) (importer.Entry, error) {
	var body []byte
	e, err := scanEntry(s.read.QueryRowContext(ctx, `SELECT `+libraryColumns+`, body FROM library WHERE id = $1`, string(id)), &body)
	if errors.Is(err, sql.ErrNoRows) {
		return e, archive.ErrUnknown
	}
	if err == nil {
		e.Text, err = inflate(body)
	}
	if err != nil {
		return e, fmt.Errorf("library: %s: %w", id, err)
	}
	return e, nil
}

// Library implements importer.Store.
func (s *Store) Library(ctx context.Context, owner account.ID, public bool, p importer.Page) ([]importer.Entry, importer.Cursor, error) {
	size := min(max(p.Size, 1), archive.MaxPage)
	after := p.After
	if after == (importer.Cursor{}) {
		after.PlayedMillis = math.MaxInt64
	}
	rows, err := s.read.QueryContext(ctx, `SELECT `+libraryColumns+` FROM library
		WHERE owner = $1 AND public >= $2 AND (played_ms, id) < ($3, $4) ORDER BY played_ms DESC, id DESC LIMIT $5`,
		string(owner), bit(public), after.PlayedMillis, string(after.ID), size+1)
	list, err := scanAll(rows, err, func(r *sql.Rows) (importer.Entry, error) { return scanEntry(r) })
	if err != nil {
		return nil, importer.Cursor{}, fmt.Errorf("library of %s: %w", owner, err)
	}
	if len(list) <= size {
		return list, importer.Cursor{}, nil
	}
	last := &list[size-1]
	return list[:size], importer.Cursor{PlayedMillis: millis(last.Played), ID: last.ID}, nil
}
