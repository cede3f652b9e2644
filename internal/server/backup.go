package server

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"kibitz/internal/walstore"
)

// A backup is a gzipped tar of the database, the journal and its pulse, with a
// manifest behind them that names every file: a backup without it was cut off.
const (
	manifestName    = "manifest.json"
	manifestVersion = 1
	journalDir      = "journal"
	pulseFile       = "pulse"
)

// manifest says what a backup holds.
type manifest struct {
	Version int `json:"version"`
	// CreatedMillis is in Unix milliseconds.
	CreatedMillis int64          `json:"created_at"`
	Files         []manifestFile `json:"files"`
}

type manifestFile struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// ErrBackup is wrapped by what a backup cannot be made of, or restored from.
var ErrBackup = errors.New("backup")

// Backup writes a copy of everything that a server keeps, as of one moment. A
// server that runs goes on: it is asked to write the copy itself.
func Backup(ctx context.Context, cfg Config, to io.Writer) error {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(cfg.Data, journalDir)); err != nil {
		return fmt.Errorf("%w: there is no server in the folder %q: %w", ErrBackup, cfg.Data, err)
	}
	asked, err := askForBackup(ctx, cfg, to)
	if asked || err != nil {
		return err
	}
	s, err := openStores(cfg, nil)
	if errors.Is(err, walstore.ErrInUse) {
		return fmt.Errorf("%w: the server is running and does not answer at %s: %w", ErrBackup, controlPath(cfg), err)
	}
	if err != nil {
		return err
	}
	return errors.Join(s.backup(ctx, cfg.Data, to), s.close())
}

// backup writes the copy. The database comes first, and nothing is forgotten
// by the journal meanwhile, so that what one of them lacks the other has.
func (s *stores) backup(ctx context.Context, data string, to io.Writer) error {
	journal, ok := s.journal.(*walstore.Store)
	if !ok {
		return fmt.Errorf("%w: this server keeps nothing", ErrBackup)
	}
	dir, err := os.MkdirTemp(data, "backup-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what stays is seen
	zipped := gzip.NewWriter(to)
	b := &bundle{tar: tar.NewWriter(zipped), manifest: manifest{Version: manifestVersion, CreatedMillis: time.Now().UnixMilli()}}
	database, pulse := filepath.Join(dir, databaseFile), []byte(nil)
	err = journal.Backup(ctx, func() error {
		if err := s.archive.Backup(ctx, database); err != nil {
			return err
		}
		pulse, err = os.ReadFile(filepath.Join(data, journalDir, pulseFile))
		return err
	}, func(name string, size int64, r io.Reader) error { return b.put(journalDir+"/"+name, size, r) })
	if err != nil {
		return fmt.Errorf("%w: %w", ErrBackup, err)
	}
	if err := b.putBytes(journalDir+"/"+pulseFile, pulse); err != nil {
		return err
	}
	if err := b.putFile(databaseFile, database); err != nil {
		return err
	}
	return errors.Join(b.finish(), zipped.Close())
}

// bundle is a backup that is being written.
type bundle struct {
	tar      *tar.Writer
	manifest manifest
}

func (b *bundle) put(name string, size int64, r io.Reader) error {
	header := &tar.Header{Name: name, Mode: 0o600, Size: size, Typeflag: tar.TypeReg}
	if err := b.tar.WriteHeader(header); err != nil {
		return err
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(b.tar, sum), r)
	if err == nil && n != size {
		err = fmt.Errorf("%s has %d bytes, want %d", name, n, size)
	}
	b.manifest.Files = append(b.manifest.Files, manifestFile{name, size, hex.EncodeToString(sum.Sum(nil))})
	return err
}

func (b *bundle) putBytes(name string, data []byte) error {
	return b.put(name, int64(len(data)), bytes.NewReader(data))
}

func (b *bundle) putFile(name, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it is only read
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return b.put(name, info.Size(), f)
}

// finish writes the manifest.
func (b *bundle) finish() error {
	text, err := json.MarshalIndent(b.manifest, "", " ")
	if err == nil {
		err = b.putBytes(manifestName, text)
	}
	return errors.Join(err, b.tar.Close())
}
