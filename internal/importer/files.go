package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"kibitz/internal/table"
)

// Files keeps files until they are read. Where several processes take files, all
// of them must find them. It is safe for concurrent use.
type Files interface {
	// KeepFile stores what it reads, and returns how many bytes that are.
	KeepFile(ctx context.Context, id table.ID, file io.Reader) (int64, error)
	OpenFile(ctx context.Context, id table.ID) (io.ReadCloser, error)
	// DropFile removes a file, or what was stored of it. One that is not there
	// is no error.
	DropFile(ctx context.Context, id table.ID) error
}

// folder is Files of one process.
type folder struct{ dir string }

func (f folder) path(id table.ID) string { return filepath.Join(f.dir, string(id)+".pgn") }

// KeepFile implements Files.
func (f folder) KeepFile(_ context.Context, id table.ID, file io.Reader) (int64, error) {
	out, err := os.OpenFile(f.path(id), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, fmt.Errorf("import: %w", err)
	}
	n, err := io.Copy(out, file)
	return n, errors.Join(err, out.Sync(), out.Close())
}

// OpenFile implements Files.
func (f folder) OpenFile(_ context.Context, id table.ID) (io.ReadCloser, error) {
	return os.Open(f.path(id))
}

// DropFile implements Files.
func (f folder) DropFile(_ context.Context, id table.ID) error {
	if err := os.Remove(f.path(id)); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
