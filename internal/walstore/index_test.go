package walstore

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kibitz/internal/table"
)

// TestIndex compares an index with plain lists of what was added and not
// forgotten.
func TestIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ix, pos := newIndex(), uint64(1)<<32
		partition := key{'0', '0', '0', '0', '0', '0', '0', '0'}.partition()
		keys := keysOf(partition, 12)
		model := map[key][]placed{}
		for range rapid.IntRange(1, 120).Draw(t, "steps") {
			k := rapid.SampledFrom(keys).Draw(t, "table")
			if rapid.IntRange(0, 9).Draw(t, "kind") == 0 {
				checkForget(t, ix, k, model[k])
				delete(model, k)
				continue
			}
			for range rapid.IntRange(1, 40).Draw(t, "batches") {
				it := item{key: k, first: ix.last(k) + 1, count: rapid.IntRange(1, 3).Draw(t, "records")}
				pos += rapid.SampledFrom([]uint64{90, 200, 70_000, 1 << 33}).Draw(t, "gap")
				ix.add(&it, pos)
				model[k] = append(model[k], placed{pos, it.last()})
			}
		}
		for _, k := range keys {
			checkTable(t, ix, k, model[k])
		}
		checkPartition(t, &ix.partitions[partition], model, pos)
	})
}

// placed is where a batch is, and its last record.
type placed struct {
	pos uint64
	end table.Seq
}

// keysOf returns tables of a partition.
func keysOf(partition, n int) (all []key) {
	for i := 0; len(all) < n; i++ {
		k, _ := keyOf(table.ID(fmt.Sprintf("%08d", i)))
		if k.partition() == partition {
			all = append(all, k)
		}
	}
	return all
}

func positionsOf(all []placed) (at []uint64) {
	for _, p := range all {
		at = append(at, p.pos)
	}
	return at
}

func checkForget(t *rapid.T, ix *index, k key, want []placed) {
	if got := ix.forget(k); !slices.Equal(got, positionsOf(want)) {
		t.Fatalf("forgot %v, want %v", got, want)
	}
}

func checkTable(t *rapid.T, ix *index, k key, want []placed) {
	h := ix.tables[k]
	if h == nil || len(want) == 0 {
		if h != nil || len(want) > 0 {
			t.Fatalf("table %s: %v, want %v", k[:], h, want)
		}
		return
	}
	last := want[len(want)-1].end
	if h.last() != last || h.first() != want[0].pos {
		t.Fatalf("table %s ends with %d and begins at %d, want %v", k[:], h.last(), h.first(), want)
	}
	for seq := range last + 2 {
		i := slices.IndexFunc(want, func(p placed) bool { return p.end > seq })
		if i < 0 {
			i = len(want)
		}
		if got := h.after(seq); !slices.Equal(got, positionsOf(want[i:])) {
			t.Fatalf("table %s after %d: %v, want %v", k[:], seq, got, want[i:])
		}
	}
}

// checkPartition follows a partition from every position, and between them.
func checkPartition(t *rapid.T, p *partition, model map[key][]placed, last uint64) {
	var all []uint64
	for _, placed := range model {
		all = append(all, positionsOf(placed)...)
	}
	slices.Sort(all)
	for _, from := range append(slices.Clone(all), 0, last, last+1) {
		for _, from := range []uint64{from, from + 1} {
			i, found := slices.BinarySearch(all, from)
			if !found {
				i = max(i-1, 0)
			}
			for _, most := range []int{2, followBatches} {
				want := all[i:min(len(all), i+most)]
				if got := p.page(nil, from, most); !slices.Equal(got, want) {
					t.Fatalf("%d positions from %d: %v, want %v", most, from, got, want)
				}
			}
		}
	}
}
