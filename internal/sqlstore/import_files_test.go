package sqlstore_test

import (
	"bytes"
	"io"
	"math/rand/v2"
	"testing"

	"kibitz/internal/table"
)

// TestImportFiles gives back what was kept, on another connection, until it is
// dropped.
func TestImportFiles(t *testing.T) {
	onBoth(t, func(t *testing.T, fresh func(testing.TB) string) {
		s := open(t, fresh(t))
		source := rand.NewChaCha8([32]byte{1})
		for name, size := range map[string]int{"an empty one": 0, "a small one": 10, "just a piece": 1 << 20, "several pieces": 5<<19 + 7} {
			want, id := make([]byte, size), table.ID("file0001")
			_, _ = source.Read(want)
			if n, err := s.KeepFile(t.Context(), id, bytes.NewReader(want)); err != nil || n != int64(size) {
				t.Errorf("%s: kept %d bytes, %v, want %d", name, n, err, size)
			}
			read := func() []byte {
				f, err := s.OpenFile(t.Context(), id)
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = f.Close() }()
				all, err := io.ReadAll(f)
				if err != nil {
					t.Fatal(err)
				}
				return all
			}
			if got := read(); !bytes.Equal(got, want) {
				t.Errorf("%s: read %d other bytes", name, len(got))
			}
			if err := s.DropFile(t.Context(), id); err != nil {
				t.Error(err)
			}
			if got := read(); len(got) != 0 {
				t.Errorf("%s: %d bytes are left", name, len(got))
			}
		}
	})
}
