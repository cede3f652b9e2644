package tabletest

import (
	"fmt"
	"sync"
	"testing"

	"kibitz/internal/table"
)

// fill appends to some tables in turn, and returns what a scan must yield.
func (h *harness) fill(tables, rounds int) map[table.ID][]table.Record {
	h.t.Helper()
	all := make(map[table.ID][]table.Record)
	for range rounds {
		for n := range tables {
			id := anyID(n)
			all[id] = append(all[id], h.mustAppend(id, table.Seq(len(all[id])), 1+n%3)...)
		}
	}
	return all
}

func scan(t *testing.T, h *harness) {
	h.wantScan(nil)
	want := h.fill(9, 5)
	h.wantScan(want)
	h.wantScan(want)
}

func scanBeside(t *testing.T, h *harness) {
	before := h.fill(9, 5)
	var wg sync.WaitGroup
	for n := range 9 {
		id := anyID(n)
		wg.Go(func() {
			for i := range 20 {
				last := table.Seq(len(before[id]) + i)
				if err := h.j.Append(patient(t), id, last, records(id, last, 1)); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	got := h.scanAll()
	for id := range before {
		if len(got[id]) < len(before[id]) {
			t.Errorf("scan of %s: got %d records, want the %d from before it at least", id, len(got[id]), len(before[id]))
		}
		wantRecords(t, fmt.Sprintf("scan of %s", id), got[id], records(id, 0, len(got[id])))
	}
	wg.Wait()
}

func scanStops(t *testing.T, h *harness) {
	h.fill(3, 5)
	for range 3 {
		seen := 0
		for _, err := range h.j.Scan(patient(t)) {
			if err != nil {
				t.Fatal(err)
			}
			if seen++; seen == 2 {
				break
			}
		}
	}
	h.mustAppend(anyID(99), 0, 1)
}
