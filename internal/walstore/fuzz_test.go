package walstore

import (
	"errors"
	"testing"

	"kibitz/internal/table"
)

// FuzzOpen opens whatever a file may hold: it is read as it was written, or
// refused for damage, and nothing else.
func FuzzOpen(f *testing.F) {
	m := newMemory()
	s := mustOpenOn(f, m, Options{})
	mustAppend(f, s, toyID(0), 0, 2)
	mustAppend(f, s, toyID(1), 0, 1)
	if err := s.Forget(f.Context(), toyID(0)); err != nil {
		f.Fatal(err)
	}
	all := m.files()
	f.Add(all[segmentName(1)], all[ackedName])
	f.Add(all[segmentName(1)][:100], []byte{})
	f.Fuzz(func(t *testing.T, segment, acked []byte) {
		s, err := openOn(memoryOf(files{segmentName(1): segment, ackedName: acked}), Options{})
		if err != nil {
			if !errors.Is(err, table.ErrDamaged) {
				t.Fatalf("got %v, want ErrDamaged", err)
			}
			return
		}
		defer s.Close()
		if _, err := read(s, t); err != nil && !errors.Is(err, table.ErrDamaged) {
			t.Fatalf("scan: %v", err)
		}
	})
}

// FuzzParseItem reads what checksums do not protect: an item writes back as it
// was read.
func FuzzParseItem(f *testing.F) {
	k, _ := keyOf("AbCd1234")
	f.Add(byte(kindBatch), []byte{1, 1, 3, 'a', 'b', 'c'})
	f.Add(byte(kindMoved), []byte{1, 1, 200, 1, 3, 'a', 'b', 'c'})
	f.Add(byte(kindForget), []byte{})
	f.Fuzz(func(t *testing.T, kind byte, rest []byte) {
		b := append(appendItem(nil, item{kind: kindForget, key: k}), rest...)
		b[4] = kind
		for n := itemFixedLen; n <= len(b); n++ {
			c := append([]byte(nil), b[:n]...)
			resum(c)
			it, size, ok := parseItem(c)
			if ok && (size > len(c) || it.kind != kind || it.key != k) {
				t.Fatalf("item %+v of %d bytes from %d", it, size, len(c))
			}
		}
	})
}

func resum(b []byte) {
	sum := checksum(b[4:])
	for i := range 4 {
		b[i] = byte(sum >> (8 * i))
	}
}
