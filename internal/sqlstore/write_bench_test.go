package sqlstore_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/game"
	"kibitz/internal/sqlstore"
	"kibitz/internal/table"
)

// BenchmarkWriteMoves stores batches as the archiver makes them: 1,000 moves of
// 500 tables, and where 200 partitions of the journal stand.
func BenchmarkWriteMoves(b *testing.B) {
	s, err := sqlstore.Open(b.Context(), filepath.Join(b.TempDir(), "bench.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	const tables, moves, partitions = 500, 1000, 200
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		batch := archive.Batch{Projection: archive.ProjectArchive, Positions: map[int]table.Position{}}
		for p := range partitions {
			batch.Positions[p] = table.Position(n + p)
		}
		for k := range moves {
			ply := 2*(n/moves) + k/tables + 1
			batch.Moves = append(batch.Moves, archive.Move{
				Table: table.ID(fmt.Sprintf("%08d", k%tables)), Ply: ply, Seq: table.Seq(ply + 1), Seat: game.Seat(ply % 2),
				User: account.ID(fmt.Sprintf("user%08d", k%tables)), At: at.Add(time.Duration(n) * time.Millisecond), Spent: 1234 * time.Millisecond, What: "e2e4",
			})
		}
		if err := s.Write(b.Context(), &batch); err != nil {
			b.Fatal(err)
		}
		n += moves
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(n), "us/move")
}
