package server

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"
)

// backupNames are the files that a backup may hold.
var backupNames = regexp.MustCompile(`^(kibitz\.db|journal/(\d{10}\.segment|acked|pulse)|manifest\.json)$`)

// Restored is what a backup held.
type Restored struct {
	// Created is when the backup was made.
	Created time.Time
	Files   int
	Bytes   int64
}

// Restore makes the data folder of a server from a backup. The folder must not
// exist, or be empty. All of it is there in the end, and was read back and
// found sound, or nothing.
func Restore(ctx context.Context, cfg Config, from io.Reader) (Restored, error) {
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if err := vacant(cfg.Data); err != nil {
		return Restored{}, err
	}
	parent := filepath.Dir(filepath.Clean(cfg.Data))
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return Restored{}, err
	}
	work, err := os.MkdirTemp(parent, ".kibitz-restore-")
	if err != nil {
		return Restored{}, err
	}
	defer func() { _ = os.RemoveAll(work) }() // it has moved, or is worth nothing
	found, err := unpack(work, from)
	if err != nil {
		return Restored{}, fmt.Errorf("%w: %w", ErrBackup, err)
	}
	if err := sound(cfg, work); err != nil {
		return Restored{}, fmt.Errorf("%w: %w", ErrBackup, err)
	}
	if err := ctx.Err(); err != nil {
		return Restored{}, err
	}
	_ = os.Remove(cfg.Data) // an empty folder, which may not be there
	return found, os.Rename(work, cfg.Data)
}

// sound opens what a folder holds, which reads all of the journal.
func sound(cfg Config, dir string) error {
	cfg.Data, cfg.Database = dir, ""
	s, err := openStores(cfg, nil)
	if err != nil {
		return err
	}
	return s.close()
}

// vacant refuses a folder with something in it.
func vacant(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err == nil && len(entries) > 0 {
		err = fmt.Errorf("%w: the folder %q is not empty; name a new one", ErrBackup, dir)
	}
	return err
}

// unpack writes the files of a backup, and checks them against its manifest.
func unpack(dir string, from io.Reader) (Restored, error) {
	zipped, err := gzip.NewReader(from)
	if err != nil {
		return Restored{}, fmt.Errorf("this is no backup: %w", err)
	}
	if err := os.Mkdir(filepath.Join(dir, journalDir), 0o700); err != nil {
		return Restored{}, err
	}
	in := tar.NewReader(zipped)
	var files []manifestFile
	for {
		header, err := in.Next()
		if err != nil {
			return Restored{}, fmt.Errorf("the backup has no end: %w", err)
		}
		if !backupNames.MatchString(header.Name) || header.Typeflag != tar.TypeReg {
			return Restored{}, fmt.Errorf("%q does not belong into a backup", header.Name)
		}
		if header.Name == manifestName {
			return checkManifest(in, files)
		}
		one, err := unpackFile(dir, header, in)
		if err != nil {
			return Restored{}, err
		}
		files = append(files, one)
	}
}

func unpackFile(dir string, header *tar.Header, in io.Reader) (manifestFile, error) {
	f, err := os.OpenFile(filepath.Join(dir, filepath.FromSlash(header.Name)), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return manifestFile{}, err
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(f, sum), in)
	return manifestFile{header.Name, n, hex.EncodeToString(sum.Sum(nil))}, errors.Join(err, f.Sync(), f.Close())
}

// maxManifest bounds the manifest, in bytes.
const maxManifest = 64 << 20

func checkManifest(in io.Reader, files []manifestFile) (Restored, error) {
	var m manifest
	if err := json.NewDecoder(io.LimitReader(in, maxManifest)).Decode(&m); err != nil {
		return Restored{}, fmt.Errorf("the manifest: %w", err)
	}
	if m.Version != manifestVersion {
		return Restored{}, fmt.Errorf("the backup is of version %d, and this program reads %d", m.Version, manifestVersion)
	}
	if !slices.Equal(m.Files, files) {
		return Restored{}, errors.New("the files are not those of the manifest")
	}
	r := Restored{Created: time.UnixMilli(m.CreatedMillis), Files: len(files)}
	for _, f := range files {
		r.Bytes += f.Size
	}
	return r, nil
}
