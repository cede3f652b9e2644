//go:build unix

package walstore

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"kibitz/internal/table"
)

// benchRecord is a move as it is stored, about 100 bytes.
func benchRecord(id table.ID) table.Record {
	return table.Record{
		Table: id, At: time.UnixMilli(1_767_323_045_000), Actor: "abcdefghijkl", Action: "a1b2c3d4",
		Spent: 1234 * time.Millisecond, Pressed: true, Type: "chess.moved",
		Data: []byte(`{"uci":"e2e4","san":"e4","clock":[180000,178766]}`),
	}
}

// BenchmarkAppend appends single records to 10,000 tables with so many appends
// outstanding, and then writes the same groups to a bare file with one
// fdatasync each: "of-raw" is the share of its speed that is reached.
func BenchmarkAppend(b *testing.B) {
	for name, window := range windows {
		for _, outstanding := range []int{1, 10, 100, 1000} {
			b.Run(fmt.Sprintf("%s/outstanding=%d", name, outstanding), func(b *testing.B) {
				benchAppend(b, outstanding, window)
			})
		}
	}
}

// windows are the default, and none.
var windows = map[string]time.Duration{"window": 0, "none": -1}

func benchAppend(b *testing.B, outstanding int, window time.Duration) {
	const tables = 10_000
	dir := b.TempDir()
	s, err := Open(dir, Options{Window: window})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	ids := make([]table.ID, tables)
	for n := range ids {
		ids[n] = toyID(n)
	}
	var next atomic.Int64
	took := make([][]time.Duration, outstanding)
	b.ReportAllocs()
	b.ResetTimer()
	var wg sync.WaitGroup
	for w := range outstanding {
		wg.Go(func() {
			last := make([]table.Seq, tables/outstanding)
			took[w] = make([]time.Duration, 0, 2*b.N/outstanding)
			records := make([]table.Record, 1)
			for i := 0; next.Add(1) <= int64(b.N); i++ {
				n := i % len(last)
				id := ids[w*len(last)+n]
				records[0] = benchRecord(id)
				records[0].Seq = last[n] + 1
				start := time.Now()
				if err := s.Append(context.Background(), id, last[n], records); err != nil {
					b.Error(err)
					return
				}
				took[w] = append(took[w], time.Since(start))
				last[n]++
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	rate := float64(b.N) / b.Elapsed().Seconds()
	all := slices.Concat(took...)
	slices.Sort(all)
	groups := groupSizes(b, s)
	raw := rawFile(b, dir, groups)
	b.ReportMetric(rate, "records/s")
	b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(b.N)/float64(len(groups)), "records/sync")
	b.ReportMetric(raw.Seconds()/b.Elapsed().Seconds(), "of-raw")
}

func groupSizes(b *testing.B, s *Store) []int {
	var sizes []int
	for _, seg := range s.segments {
		r := newGroupReader(seg, seg.size)
		for {
			_, payload, err := r.next()
			if err != nil {
				break
			}
			sizes = append(sizes, groupHeaderLen+len(payload))
		}
	}
	if len(sizes) == 0 {
		b.Fatal("no groups")
	}
	return sizes
}

// rawFile returns how long a bare file takes for the same writes and syncs.
func rawFile(b *testing.B, dir string, sizes []int) time.Duration {
	f, err := os.Create(filepath.Join(dir, "raw"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	buf := make([]byte, slices.Max(sizes))
	start := time.Now()
	off := int64(0)
	for _, n := range sizes {
		if _, err := f.WriteAt(buf[:n], off); err != nil {
			b.Fatal(err)
		}
		if err := syncData(f); err != nil {
			b.Fatal(err)
		}
		off += int64(n)
	}
	return time.Since(start)
}

// BenchmarkPaced appends at a steady rate, far under what the store can do:
// what the collecting of groups costs a server that is not busy.
func BenchmarkPaced(b *testing.B) {
	for _, perSecond := range []int{50, 1000, 5000, 20_000} {
		for name, window := range windows {
			b.Run(fmt.Sprintf("rate=%d/%s", perSecond, name), func(b *testing.B) {
				benchPaced(b, perSecond, window)
			})
		}
	}
}

func benchPaced(b *testing.B, perSecond int, window time.Duration) {
	s, err := Open(b.TempDir(), Options{Window: window})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	took := make([]time.Duration, b.N)
	before := processor()
	var wg sync.WaitGroup
	start := time.Now()
	b.ResetTimer()
	for i := range b.N {
		due := start.Add(time.Duration(i) * time.Second / time.Duration(perSecond))
		time.Sleep(time.Until(due))
		wg.Go(func() {
			r := benchRecord(toyID(i))
			r.Seq = 1
			if err := s.Append(context.Background(), r.Table, 0, []table.Record{r}); err != nil {
				b.Error(err)
			}
			took[i] = time.Since(due)
		})
	}
	wg.Wait()
	b.StopTimer()
	b.ReportMetric(float64((processor()-before).Microseconds())/float64(b.N), "cpu-us/op")
	b.ReportMetric(float64(b.N)/float64(len(groupSizes(b, s))), "records/sync")
	slices.Sort(took)
	b.ReportMetric(float64(took[b.N/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[b.N*99/100].Microseconds())/1000, "p99-ms")
}

// BenchmarkStart opens a journal of 10,000 running tables with 80 records
// each, scans it, and reads one table.
func BenchmarkStart(b *testing.B) {
	const tables, each = 10_000, 80
	dir := b.TempDir()
	fill(b, dir, tables, each)
	before := heap()
	var open, scan, read time.Duration
	var held uint64
	b.ResetTimer()
	for b.Loop() {
		start := time.Now()
		s, err := Open(dir, Options{})
		if err != nil {
			b.Fatal(err)
		}
		open += time.Since(start)
		held = heap() - before
		start = time.Now()
		n := 0
		for _, err := range s.Scan(b.Context()) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		scan += time.Since(start)
		if n != tables*each {
			b.Fatalf("scanned %d records, want %d", n, tables*each)
		}
		start = time.Now()
		if _, err := s.Read(b.Context(), toyID(77), 0); err != nil {
			b.Fatal(err)
		}
		read += time.Since(start)
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
	n := float64(b.N)
	b.ReportMetric(open.Seconds()*1000/n, "open-ms")
	b.ReportMetric(scan.Seconds()*1000/n, "scan-ms")
	b.ReportMetric(float64(read.Microseconds())/n, "read-us")
	b.ReportMetric(float64(held)/(tables*each), "B/record")
}

func fill(b *testing.B, dir string, tables, each int) {
	s, err := Open(dir, Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	var wg sync.WaitGroup
	const workers = 1000
	for w := range workers {
		wg.Go(func() {
			for seq := range table.Seq(each) {
				for n := w; n < tables; n += workers {
					r := benchRecord(toyID(n))
					r.Seq = seq + 1
					if err := s.Append(context.Background(), r.Table, seq, []table.Record{r}); err != nil {
						b.Error(err)
						return
					}
				}
			}
		})
	}
	wg.Wait()
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// processor is the processor time that this process has used.
func processor() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
