package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"time"

	"kibitz/internal/importer"
	"kibitz/internal/table"
)

var _ importer.Files = (*Store)(nil)

// filePart is how much of a file a row holds, in bytes.
const filePart = 1 << 20

// strayAfter is how long the pieces of a file stay that no import came of: the
// process that took them has ended.
const strayAfter = 24 * time.Hour

// KeepFile implements importer.Files.
func (s *Store) KeepFile(ctx context.Context, id table.ID, file io.Reader) (n int64, err error) {
	now := time.Now()
	if _, err := s.exec(ctx, `DELETE FROM import_files WHERE kept_ms < $1 AND import NOT IN (SELECT id FROM imports WHERE state = 'running')`,
		stamp(now.Add(-strayAfter))); err != nil {
		return 0, fmt.Errorf("stray files: %w", err)
	}
	piece := make([]byte, filePart)
	for part := 0; ; part++ {
		got, err := io.ReadFull(file, piece)
		if got > 0 {
			n += int64(got)
			if _, err := s.exec(ctx, `INSERT INTO import_files (import, part, kept_ms, body) VALUES ($1, $2, $3, $4)`,
				string(id), part, stamp(now), piece[:got]); err != nil {
				return n, fmt.Errorf("file %s: %w", id, err)
			}
		}
		switch {
		case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
			return n, nil
		case err != nil:
			return n, err
		}
	}
}

// OpenFile implements importer.Files. An empty file has no pieces.
func (s *Store) OpenFile(ctx context.Context, id table.ID) (io.ReadCloser, error) {
	return &storedFile{ctx: ctx, store: s, id: id}, nil
}

// DropFile implements importer.Files.
func (s *Store) DropFile(ctx context.Context, id table.ID) error {
	if _, err := s.exec(ctx, `DELETE FROM import_files WHERE import = $1`, string(id)); err != nil {
		return fmt.Errorf("file %s: %w", id, err)
	}
	return nil
}

// storedFile reads a file piece by piece.
type storedFile struct {
	ctx   context.Context // of the one who reads it all
	store *Store
	id    table.ID
	part  int
	piece []byte
}

// Read implements io.Reader.
func (f *storedFile) Read(b []byte) (int, error) {
	if len(f.piece) == 0 {
		err := f.store.read.QueryRowContext(f.ctx, `SELECT body FROM import_files WHERE import = $1 AND part = $2`, string(f.id), f.part).Scan(&f.piece)
		if errors.Is(err, sql.ErrNoRows) {
			return 0, io.EOF
		}
		if err != nil {
			return 0, fmt.Errorf("file %s: %w", f.id, err)
		}
		f.part++
	}
	n := copy(b, f.piece)
	f.piece = f.piece[n:]
	return n, nil
}

// Close implements io.Closer.
func (f *storedFile) Close() error { return nil }
