//go:build !linux

package walstore

import "os"

func syncData(f *os.File) error { return f.Sync() }
