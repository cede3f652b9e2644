package scale

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kibitz/internal/natsstore"
	"kibitz/internal/table"
)

// How the journal alone is filled: so many tables at a time, of so many records.
const (
	writers   = 256
	plies     = 80
	fillTime  = 20 * time.Second
	scanSome  = 4
	scanTime  = 30 * time.Second
	moveBytes = 60
)

// TestJournalCosts measures what the NATS servers of a cluster take when nobody
// waits for a think: appends of 256 tables at a time, and the reading of whole
// partitions as who takes them over does.
func TestJournalCosts(t *testing.T) {
	s := openSite(t)
	client, err := natsstore.Connect(natsstore.Options{URLs: os.Getenv("KIBITZ_CLUSTER_NATS"), Name: "costs"})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	journal, err := client.OpenJournal(t.Context(), natsstore.JournalOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = journal.Close() }()
	for round := range 2 {
		s.fill(journal, round)
		s.scan(journal)
	}
}

// fill appends to many tables at a time, record after record to each.
func (s *site) fill(j table.Journal, round int) {
	ctx, cancel := context.WithTimeout(s.t.Context(), fillTime)
	defer cancel()
	before, begun := s.bill(), time.Now()
	own, _ := usageOf(os.Getpid())
	var appended, tables atomic.Int64
	var writing sync.WaitGroup
	for w := range writers {
		writing.Go(func() {
			for game := 0; ctx.Err() == nil; game++ {
				id := table.ID(fmt.Sprintf("C%01d%03d%03d", round, w, game))
				tables.Add(1)
				for ply := table.Seq(0); ply < plies && ctx.Err() == nil; ply++ {
					if err := j.Append(s.t.Context(), id, ply, []table.Record{move(id, ply+1)}); err != nil {
						s.t.Error(err)
						return
					}
					appended.Add(1)
				}
			}
		})
	}
	writing.Wait()
	took, used := time.Since(begun), s.bill().minus(before)
	mine, _ := usageOf(os.Getpid())
	n := float64(appended.Load())
	nats := used.parts["NATS server"]
	s.t.Logf("%.0f appends to %d tables in %v, %d at a time: %.0f/s; each took %.0f µs of the three servers' processors and %.0f µs of who appends, %.0f bytes written, %.0f bytes in files; load average %s",
		n, tables.Load(), took.Round(time.Millisecond), writers, n/took.Seconds(), float64(nats.cpu.Microseconds())/n,
		float64((mine.cpu-own.cpu).Microseconds())/n, float64(nats.written)/n, float64(used.counts["bytes in the files of NATS"])/n, load())
}

// move is a record as long as that of a move in chess.
func move(id table.ID, seq table.Seq) table.Record {
	return table.Record{Table: id, Seq: seq, At: time.Now().UTC().Truncate(time.Millisecond), Action: "m", Type: "toy.move", Data: make([]byte, moveBytes)}
}

// scan reads whole partitions, one after the other.
func (s *site) scan(j *natsstore.Journal) {
	ctx, cancel := context.WithTimeout(s.t.Context(), scanTime)
	defer cancel()
	before, begun, records := s.bill(), time.Now(), 0
	for p := range scanSome {
		for _, err := range j.ScanPartition(ctx, 5+p*(table.Partitions/scanSome)+p) {
			if err != nil {
				s.t.Error(err)
				return
			}
			records++
		}
	}
	took := time.Since(begun)
	nats := s.bill().minus(before).parts["NATS server"].cpu
	s.t.Logf("%d of %d partitions have %d records, read in %v: %.0f records/s, %.0f ms and %.0f ms of the servers' processors a partition",
		scanSome, table.Partitions, records, took.Round(time.Millisecond), float64(records)/took.Seconds(),
		float64(took.Milliseconds())/scanSome, float64(nats.Milliseconds())/scanSome)
}
