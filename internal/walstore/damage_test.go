package walstore

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"kibitz/internal/table"
)

func mustOpenOn(tb testing.TB, d disk, opts Options) *Store {
	tb.Helper()
	s, err := openOn(d, opts)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close() })
	return s
}

func toyRecords(id table.ID, after table.Seq, n int) []table.Record {
	records := make([]table.Record, n)
	for i := range records {
		after++
		records[i] = table.Record{
			Table: id, Seq: after, At: time.UnixMilli(1_700_000_000_000 + int64(after)).UTC(),
			Actor: "abcdefghijkl", Action: "a", Type: "toy", Data: fmt.Appendf(nil, "%s %d", id, after),
		}
	}
	return records
}

func mustAppend(tb testing.TB, s *Store, id table.ID, after table.Seq, n int) {
	tb.Helper()
	if err := s.Append(tb.Context(), id, after, toyRecords(id, after, n)); err != nil {
		tb.Fatalf("append to %s at %d: %v", id, after, err)
	}
}

func toyID(n int) table.ID { return table.ID(fmt.Sprintf("G%07d", n)) }

type contents map[table.ID][]table.Record

func read(s *Store, tb testing.TB) (contents, error) {
	all := make(contents)
	for r, err := range s.Scan(tb.Context()) {
		if err != nil {
			return all, err
		}
		all[r.Table] = append(all[r.Table], r)
	}
	return all, nil
}

// files is a directory in memory.
type files map[string][]byte

// with returns the files with one of them changed; nil removes it.
func (f files) with(name string, b []byte) files {
	changed := make(files, len(f))
	for n, old := range f {
		changed[n] = old
	}
	changed[name] = b
	if b == nil {
		delete(changed, name)
	}
	return changed
}

// sample fills a store over three segments, one of them compacted when asked,
// and returns its files after a process that just ended.
func sample(t *testing.T, compacted bool) (files, contents) {
	t.Helper()
	m := newMemory()
	s := mustOpenOn(t, m, Options{SegmentBytes: 700})
	for seq := range 4 {
		for n := range 3 {
			mustAppend(t, s, toyID(n), table.Seq(2*seq), 2)
		}
	}
	if err := s.Forget(t.Context(), toyID(1)); err != nil {
		t.Fatal(err)
	}
	if compacted {
		if err := s.compact(); err != nil {
			t.Fatal(err)
		}
	}
	mustAppend(t, s, toyID(0), 8, 1)
	mustAppend(t, s, toyID(2), 8, 3)
	mustAppend(t, s, toyID(3), 0, 1)
	if tail := s.tail(); tail.batches == 0 {
		t.Fatal("the last segment is empty: the sample shows nothing of the last group")
	}
	want, err := read(s, t)
	if err != nil {
		t.Fatal(err)
	}
	return m.files(), want // before Close: as after a kill
}

func segmentsOf(f files) []string {
	var names []string
	for name := range f {
		if strings.HasSuffix(name, segmentSuffix) {
			names = append(names, name)
		}
	}
	return names
}

// outcome opens the files and returns what is in them; open is false when they
// were refused for damage, which must name a file and an offset.
func outcome(t *testing.T, f files) (got contents, open bool) {
	t.Helper()
	s, err := openOn(memoryOf(f), Options{SegmentBytes: 700})
	if err != nil {
		if !errors.Is(err, table.ErrDamaged) || !strings.Contains(err.Error(), " at offset ") {
			t.Fatalf("got %v, want damage with its place", err)
		}
		return nil, false
	}
	defer s.Close()
	got, err = read(s, t)
	if err != nil {
		t.Fatalf("opened, and then: %v", err)
	}
	return got, true
}

// TestEveryBitMatters flips a bit in every byte of every file: the journal
// opens with everything that was acknowledged, or not at all.
func TestEveryBitMatters(t *testing.T) {
	for _, compacted := range []bool{false, true} {
		t.Run(fmt.Sprintf("compacted %v", compacted), func(t *testing.T) {
			all, want := sample(t, compacted)
			if got, open := outcome(t, all); !open || !reflect.DeepEqual(got, want) {
				t.Fatalf("untouched: open %v, got %v, want %v", open, got, want)
			}
			refused := 0
			for name, b := range all {
				for i := range b {
					if !flipped(t, all.with(name, flip(b, i, i%8)), want, fmt.Sprintf("%s byte %d", name, i)) {
						refused++
					} else if strings.HasSuffix(name, segmentSuffix) {
						t.Errorf("%s byte %d: a changed bit in a segment was not noticed", name, i)
					}
				}
			}
			if refused == 0 {
				t.Error("nothing was refused")
			}
		})
	}
}

func flip(b []byte, i, bit int) []byte {
	changed := append([]byte(nil), b...)
	changed[i] ^= 1 << bit
	return changed
}

func flipped(t *testing.T, f files, want contents, what string) (open bool) {
	t.Helper()
	got, open := outcome(t, f)
	if open && !reflect.DeepEqual(got, want) {
		t.Fatalf("%s: opened with %v, want %v", what, got, want)
	}
	return open
}

// TestRandomDamage overwrites, cuts, and lengthens files at random places.
func TestRandomDamage(t *testing.T) {
	all, want := sample(t, true)
	rnd := rand.New(rand.NewPCG(1, 2))
	names := segmentsOf(all)
	for round := range 300 {
		name := names[rnd.IntN(len(names))]
		b := append([]byte(nil), all[name]...)
		at := rnd.IntN(len(b))
		switch round % 3 {
		case 0:
			for i := at; i < min(len(b), at+1+rnd.IntN(64)); i++ {
				b[i] = byte(rnd.Uint32())
			}
		case 1:
			b = b[:at]
		default:
			clear(b[at:])
		}
		flipped(t, all.with(name, b), want, fmt.Sprintf("round %d: %s at %d", round, name, at))
	}
}

// TestMissingFile removes each file: the journal does not open without it.
func TestMissingFile(t *testing.T) {
	for _, compacted := range []bool{false, true} {
		all, want := sample(t, compacted)
		for _, name := range append(segmentsOf(all), ackedName) {
			if len(all[name]) > segmentHeaderLen || name == ackedName {
				if got, open := outcome(t, all.with(name, nil)); open {
					t.Errorf("compacted %v: opened without %s, with %v", compacted, name, got)
				}
			} else { // the next segment had just been started, and held nothing
				flipped(t, all.with(name, nil), want, name)
			}
		}
	}
}

// TestCutWrite ends the process at every byte of the last write, before it was
// acknowledged: what came before is there, the last append as a whole or not.
func TestCutWrite(t *testing.T) {
	m := newMemory()
	s := mustOpenOn(t, m, Options{})
	for n := range 3 {
		mustAppend(t, s, toyID(n), 0, 2)
	}
	before := m.files()
	want, err := read(s, t)
	if err != nil {
		t.Fatal(err)
	}
	mustAppend(t, s, toyID(1), 2, 5)
	after, err := read(s, t)
	if err != nil {
		t.Fatal(err)
	}
	name := segmentName(1)
	whole := m.files()[name]
	start := len(before[name])
	for n := start; n < len(whole); n++ {
		for what, tail := range map[string][]byte{
			"cut":           whole[:n],
			"cut and zero":  zeroed(whole[:n], (start+n)/2),
			"whole, zeroed": zeroed(whole, n),
			"whole, a flip": flip(whole, n, n%8),
		} {
			got, open := outcome(t, before.with(name, tail))
			if !open || !reflect.DeepEqual(got, want) {
				t.Fatalf("%s at byte %d of %d: open %v, got %v, want %v", what, n, len(whole), open, got, want)
			}
		}
	}
	if got, open := outcome(t, before.with(name, whole)); !open || !reflect.DeepEqual(got, after) {
		t.Fatalf("whole: open %v, got %v, want %v", open, got, after)
	}
}

// zeroed is b as when the size of a file was stored and the data from an
// offset on was not.
func zeroed(b []byte, from int) []byte {
	b = append([]byte(nil), b...)
	clear(b[from:])
	return b
}

// TestGoesOnAfterCutWrite writes on where a write was cut off, and reads both
// lives.
func TestGoesOnAfterCutWrite(t *testing.T) {
	m := newMemory()
	s := mustOpenOn(t, m, Options{})
	mustAppend(t, s, toyID(0), 0, 2)
	before := m.files()
	mustAppend(t, s, toyID(0), 2, 1)
	whole := m.files()[segmentName(1)]
	m = memoryOf(before.with(segmentName(1), whole[:len(whole)-1]))
	for life := range 3 {
		s := mustOpenOn(t, m, Options{})
		mustAppend(t, s, toyID(0), table.Seq(2+life), 1)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	s = mustOpenOn(t, m, Options{})
	got, err := s.Read(t.Context(), toyID(0), 0)
	if want := toyRecords(toyID(0), 0, 5); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}

// TestDamageAfterPowerLoss has a sidecar that fell behind the segments, as
// after a loss of power: damage before the last group is still noticed.
func TestDamageAfterPowerLoss(t *testing.T) {
	m := newMemory()
	s := mustOpenOn(t, m, Options{})
	stale := m.files()[ackedName]
	sizes := []int{}
	for n := range 6 {
		mustAppend(t, s, toyID(n), 0, 1)
		sizes = append(sizes, len(m.files()[segmentName(1)]))
	}
	want, err := read(s, t)
	if err != nil {
		t.Fatal(err)
	}
	all := m.files().with(ackedName, stale)
	b := all[segmentName(1)]
	lastGroup := sizes[len(sizes)-2]
	for i := range b {
		got, open := outcome(t, all.with(segmentName(1), flip(b, i, i%8)))
		if i < lastGroup && open {
			t.Fatalf("byte %d of %d: damage before the last group was not noticed", i, len(b))
		}
		if i >= lastGroup && (!open || len(got) != len(want)-1) {
			t.Fatalf("byte %d of %d: got %d tables, open %v, want the last group to be taken for a cut write", i, len(b), len(got), open)
		}
	}
}

// TestReadNoticesDamage damages a file below a store that is open.
func TestReadNoticesDamage(t *testing.T) {
	m := newMemory()
	s := mustOpenOn(t, m, Options{})
	mustAppend(t, s, toyID(0), 0, 1)
	f, err := m.open(segmentName(1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte("?"), f.(*memoryFile).end()-2); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Read(t.Context(), toyID(0), 0); !errors.Is(err, table.ErrDamaged) {
		t.Errorf("read: got %v, %v, want ErrDamaged", got, err)
	}
	if got, err := read(s, t); !errors.Is(err, table.ErrDamaged) {
		t.Errorf("scan: got %v, %v, want ErrDamaged", got, err)
	}
}

// TestHeadlessTable has a table whose first record is missing, in groups that
// are sound: records are missing, and so the journal does not open.
func TestHeadlessTable(t *testing.T) {
	m := newMemory()
	s := mustOpenOn(t, m, Options{})
	r := new(request)
	if err := r.encode(toyID(0), 1, toyRecords(toyID(0), 1, 2)); err != nil {
		t.Fatal(err)
	}
	group := append(make([]byte, groupHeaderLen), r.item...)
	sealGroup(group, s.tail().end)
	if _, err := s.tail().file.WriteAt(group, s.tail().size); err != nil {
		t.Fatal(err)
	}
	if got, open := outcome(t, m.files()); open {
		t.Errorf("opened with %v", got)
	}
}

// TestMissingGroup cuts a whole, sound group out of the middle.
func TestMissingGroup(t *testing.T) {
	m := newMemory()
	s := mustOpenOn(t, m, Options{})
	var ends []int64
	for n := range 4 { // of tables of their own: no gap in a table tells
		mustAppend(t, s, toyID(n), 0, 1)
		ends = append(ends, s.tail().size)
	}
	all := m.files()
	b := all[segmentName(1)]
	without := append(append([]byte(nil), b[:ends[0]]...), b[ends[1]:]...)
	for _, known := range []files{all, all.with(ackedName, zeroed(all[ackedName], 0))} {
		if got, open := outcome(t, known.with(segmentName(1), without)); open {
			t.Errorf("opened with %v", got)
		}
	}
}
