package natsstore_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"kibitz/internal/natsstore"
	"kibitz/internal/natsstore/natstest"
	"kibitz/internal/table"
)

// BenchmarkAppend appends single records to many tables, with so many
// outstanding, on servers that sync every one.
func BenchmarkAppend(b *testing.B) {
	for _, servers := range []int{1, 3} {
		c := natstest.Start(b, natstest.Options{Servers: servers})
		j := mustOpen(b, c.URL, natsstore.JournalOptions{})
		run := 0
		for _, outstanding := range []int{1, 16, 256} {
			b.Run(fmt.Sprintf("servers=%d/outstanding=%d", servers, outstanding), func(b *testing.B) {
				run++
				benchAppend(b, j, run, outstanding)
			})
		}
	}
}

func benchAppend(b *testing.B, j table.Journal, run, outstanding int) {
	var mu sync.Mutex
	var took []time.Duration
	left := b.N
	var writing sync.WaitGroup
	for w := range outstanding {
		id := table.ID(fmt.Sprintf("B%03d%04d", run, w))
		writing.Go(func() {
			for last := benchStart(b, j, id); ; last++ {
				mu.Lock()
				left--
				done := left < 0
				mu.Unlock()
				if done {
					return
				}
				begin := time.Now()
				if err := j.Append(b.Context(), id, last, moves(id, last, 1, "bench")); err != nil {
					b.Error(err)
					return
				}
				mu.Lock()
				took = append(took, time.Since(begin))
				mu.Unlock()
			}
		})
	}
	writing.Wait()
	slices.Sort(took)
	b.ReportMetric(float64(len(took))/b.Elapsed().Seconds(), "records/s")
	b.ReportMetric(took[len(took)/2].Seconds()*1000, "p50-ms")
	b.ReportMetric(took[len(took)*99/100].Seconds()*1000, "p99-ms")
}

// benchStart returns where a table stands: a benchmark runs more than once.
func benchStart(b *testing.B, j table.Journal, id table.ID) table.Seq {
	records, err := j.Read(b.Context(), id, 0)
	if err != nil {
		return 0
	}
	return table.Seq(len(records))
}
