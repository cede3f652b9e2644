package sqlstore

import (
	"context"
	"errors"
	"fmt"
)

// ErrBackup: the database has tools of its own for that.
var ErrBackup = errors.New("a PostgreSQL database is copied by pg_dump, while the server is stopped")

// Backup writes a copy of the database, as of one moment, to a file that must
// not exist, while others read and write. It fails with ErrBackup for a
// database that is not a file.
func (s *Store) Backup(ctx context.Context, file string) error {
	if s.dialect.driver != sqlite.driver {
		return ErrBackup
	}
	if _, err := s.read.ExecContext(ctx, `VACUUM INTO $1`, file); err != nil {
		return fmt.Errorf("copy the database: %w", err)
	}
	return nil
}
