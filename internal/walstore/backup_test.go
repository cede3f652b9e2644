package walstore_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"kibitz/internal/table"
	"kibitz/internal/walstore"
)

// into is a Put that writes files to a folder.
func into(dir string) walstore.Put {
	return func(name string, size int64, r io.Reader) error {
		b, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		if int64(len(b)) != size {
			return errors.New(name + " is not as long as announced")
		}
		return os.WriteFile(filepath.Join(dir, name), b, 0o600)
	}
}

// TestBackupUnderWay copies a store again and again while others append,
// forget and make it compact. Every copy opens, and holds of every table at
// least what was acknowledged when the copy began, unless it was forgotten, and
// at most what was acknowledged in the end.
func TestBackupUnderWay(t *testing.T) {
	const writers = 8
	opts := walstore.Options{SegmentBytes: 4 << 10}
	s, err := walstore.Open(t.TempDir(), opts)
	if err != nil {
		t.Fatal(err)
	}
	var acked [writers]atomic.Uint64 // of the table that writer n never forgets
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	for n := range writers {
		running.Go(func() { keepBusy(ctx, t, s, n, &acked[n]) })
	}
	for range 12 {
		var least [writers]uint64
		dir := t.TempDir()
		err := s.Backup(t.Context(), func() error {
			for n := range least {
				least[n] = acked[n].Load()
			}
			return nil
		}, into(dir))
		if err != nil {
			t.Fatal(err)
		}
		var most [writers]uint64
		for n := range most {
			most[n] = acked[n].Load() + 1 // one may be stored and not yet answered
		}
		check(t, dir, opts, least[:], most[:])
	}
	stop()
	running.Wait()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func keeps(n int) table.ID { return table.ID("KEEP000" + string(rune('0'+n))) }

// keepBusy appends to one table for ever, and to others that it forgets.
func keepBusy(ctx context.Context, t *testing.T, s *walstore.Store, n int, acked *atomic.Uint64) {
	passing := table.ID("GONE000" + string(rune('0'+n)))
	for seq := table.Seq(1); ctx.Err() == nil; seq++ {
		for _, id := range []table.ID{keeps(n), passing} {
			at := seq
			if id == passing {
				at = (seq-1)%8 + 1
			}
			r := table.Record{Table: id, Seq: at, Type: "move", Data: make([]byte, 200)}
			if err := s.Append(context.Background(), id, at-1, []table.Record{r}); err != nil {
				t.Error(err)
				return
			}
		}
		acked.Store(uint64(seq))
		if seq%8 == 0 {
			if err := s.Forget(context.Background(), passing); err != nil {
				t.Error(err)
				return
			}
		}
	}
}

func check(t *testing.T, dir string, opts walstore.Options, least, most []uint64) {
	t.Helper()
	copied, err := walstore.Open(dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = copied.Close() }()
	for n := range least {
		records, err := copied.Read(t.Context(), keeps(n), 0)
		if got := uint64(len(records)); got < least[n] || got > most[n] || err != nil && least[n] > 0 {
			t.Errorf("table %d: got %d records, %v; want %d to %d", n, got, err, least[n], most[n])
		}
	}
	id := keeps(0) // and the copy goes on
	at := table.Seq(0)
	if records, err := copied.Read(t.Context(), id, 0); err == nil {
		at = table.Seq(len(records))
	}
	r := table.Record{Table: id, Seq: at + 1, Type: "move"}
	if err := copied.Append(t.Context(), id, at, []table.Record{r}); err != nil {
		t.Error(err)
	}
}

// While the archive is copied no table is forgotten.
func TestNothingIsForgottenDuringABackup(t *testing.T) {
	s, err := walstore.Open(t.TempDir(), walstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	r := table.Record{Table: keeps(0), Seq: 1, Type: "move"}
	if err := s.Append(t.Context(), r.Table, 0, []table.Record{r}); err != nil {
		t.Fatal(err)
	}
	forgot := make(chan error, 1)
	dir := t.TempDir()
	err = s.Backup(t.Context(), func() error {
		go func() { forgot <- s.Forget(context.Background(), r.Table) }()
		return nil
	}, into(dir))
	if err != nil {
		t.Fatal(err)
	}
	if err := <-forgot; err != nil {
		t.Error(err)
	}
	copied, err := walstore.Open(dir, walstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = copied.Close() }()
	if records, err := copied.Read(t.Context(), r.Table, 0); err != nil || len(records) != 1 {
		t.Errorf("got %d records and %v, want the one", len(records), err)
	}
}

func TestBackupFails(t *testing.T) {
	s, err := walstore.Open(t.TempDir(), walstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	enough := errors.New("enough")
	if err := s.Backup(t.Context(), func() error { return enough }, into(t.TempDir())); !errors.Is(err, enough) {
		t.Errorf("got %v, want the archive's error", err)
	}
	if err := s.Backup(t.Context(), nil, func(string, int64, io.Reader) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("got %v, want the writer's error", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), nil, into(t.TempDir())); !errors.Is(err, table.ErrStopped) {
		t.Errorf("got %v, want %v", err, table.ErrStopped)
	}
}
