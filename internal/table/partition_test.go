package table_test

import (
	"hash/fnv"
	"testing"

	"pgregory.net/rapid"

	"kibitz/internal/table"
)

// TestPartition compares with the standard library's hash: which partition a
// table is in is stored knowledge.
func TestPartition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := table.ID(rapid.StringMatching(`[0-9A-Za-z]{8}`).Draw(t, "id"))
		h := fnv.New32a()
		_, _ = h.Write([]byte(id))
		if got, want := id.Partition(), int(h.Sum32()%table.Partitions); got != want {
			t.Fatalf("got %d, want %d", got, want)
		}
	})
}

func TestPartitionAllocations(t *testing.T) {
	id := table.ID("AbCd1234")
	if n := testing.AllocsPerRun(100, func() { _ = id.Partition() }); n != 0 {
		t.Errorf("allocates %v times, want 0: it runs for every record", n)
	}
}
