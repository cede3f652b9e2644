package walstore_test

import (
	"errors"
	"testing"

	"kibitz/internal/table"
	"kibitz/internal/table/tabletest"
	"kibitz/internal/walstore"
)

func TestJournal(t *testing.T) {
	for name, opts := range map[string]walstore.Options{
		"one segment":       {},
		"many segments":     {SegmentBytes: 1 << 10},
		"a segment a group": {SegmentBytes: 64, Window: -1},
	} {
		t.Run(name, func(t *testing.T) {
			tabletest.Journal(t, func(t *testing.T) tabletest.Storage {
				dir := t.TempDir()
				return tabletest.Storage{Open: func(t *testing.T) tabletest.OpenJournal {
					s, err := walstore.Open(dir, opts)
					if err != nil {
						t.Fatal(err)
					}
					return s
				}}
			})
		})
	}
}

func TestPulse(t *testing.T) {
	tabletest.Pulse(t, func(t *testing.T) func() table.Pulse {
		dir := t.TempDir()
		return func() table.Pulse {
			p, err := walstore.OpenPulse(dir)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = p.Close() })
			return p
		}
	})
}

func TestOneProcessADirectory(t *testing.T) {
	dir := t.TempDir()
	s, err := walstore.Open(dir, walstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := walstore.Open(dir, walstore.Options{}); !errors.Is(err, walstore.ErrInUse) {
		t.Errorf("second open: got %v, want ErrInUse", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err = walstore.Open(dir, walstore.Options{})
	if err != nil {
		t.Fatalf("open after close: %v", err)
	}
	_ = s.Close()
}
