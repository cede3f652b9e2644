package walstore

import (
	"io"
	"os"
	"path/filepath"
)

// disk is the directory of a store. It is an interface so that tests can make
// it fail where a real one rarely does.
type disk interface {
	// create makes an empty file, over an older one of that name.
	create(name string) (file, error)
	// open opens a file that exists.
	open(name string) (file, error)
	rename(from, to string) error
	remove(name string) error
	list() ([]string, error)
	// sync makes creations, renames and removals durable.
	sync() error
}

// file is one file of a disk. Sync makes its data and size durable.
type file interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
	Truncate(size int64) error
	Sync() error
	Size() (int64, error)
}

// directory is the disk that a server runs on.
type directory string

func (d directory) path(name string) string { return filepath.Join(string(d), name) }

func (d directory) create(name string) (file, error) {
	return asFile(os.OpenFile(d.path(name), os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600))
}

func (d directory) open(name string) (file, error) {
	return asFile(os.OpenFile(d.path(name), os.O_RDWR, 0))
}

func asFile(f *os.File, err error) (file, error) {
	if err != nil {
		return nil, err
	}
	return osFile{f}, nil
}

func (d directory) rename(from, to string) error { return os.Rename(d.path(from), d.path(to)) }

func (d directory) remove(name string) error { return os.Remove(d.path(name)) }

func (d directory) list() ([]string, error) {
	entries, err := os.ReadDir(string(d))
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names, err
}

func (d directory) sync() error {
	f, err := os.Open(string(d))
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

type osFile struct{ *os.File }

func (f osFile) Sync() error { return syncData(f.File) }

func (f osFile) Size() (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
