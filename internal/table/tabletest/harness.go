package tabletest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// patience ends a test that waits for what never comes. Nothing is measured
// by it.
const patience = time.Minute

func patient(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// idIn returns the n-th id that the suite uses in a partition.
func idIn(partition, n int) table.ID {
	for i := 0; ; i++ {
		id := table.ID(fmt.Sprintf("T%07d", i))
		if id.Partition() != partition {
			continue
		}
		if n == 0 {
			return id
		}
		n--
	}
}

// anyID returns the n-th id of some order over all partitions.
func anyID(n int) table.ID { return table.ID(fmt.Sprintf("A%07d", n)) }

// records makes n records of a table that follow seq. Their data names them.
func records(id table.ID, seq table.Seq, n int) []table.Record {
	out := make([]table.Record, n)
	for i := range out {
		seq++
		out[i] = table.Record{
			Table: id, Seq: seq, At: time.UnixMilli(1_700_000_000_000 + int64(seq)).UTC(),
			Seat: game.Seat(seq % 2), Actor: "abcdefghijkl", Action: table.ActionID(fmt.Sprintf("a%d", seq)),
			Spent: time.Duration(seq) * time.Millisecond, Pressed: true,
			Type: "toy.move", Data: fmt.Appendf(nil, "%s/%d", id, seq),
		}
	}
	return out
}

func (h *harness) mustAppend(id table.ID, expected table.Seq, n int) []table.Record {
	h.t.Helper()
	recs := records(id, expected, n)
	if err := h.j.Append(patient(h.t), id, expected, recs); err != nil {
		h.t.Fatalf("append of %d records to %s at %d: %v", n, id, expected, err)
	}
	return recs
}

func (h *harness) wantAppend(id table.ID, expected table.Seq, recs []table.Record, want error) {
	h.t.Helper()
	if err := h.j.Append(patient(h.t), id, expected, recs); !errors.Is(err, want) {
		h.t.Errorf("append of %d records to %s at %d: got %v, want %v", len(recs), id, expected, err, want)
	}
}

func (h *harness) wantRead(id table.ID, after table.Seq, want []table.Record) {
	h.t.Helper()
	got, err := h.j.Read(patient(h.t), id, after)
	if err != nil {
		h.t.Fatalf("read of %s after %d: %v", id, after, err)
	}
	wantRecords(h.t, fmt.Sprintf("read of %s after %d", id, after), got, want)
}

func (h *harness) wantUnknown(id table.ID) {
	h.t.Helper()
	if got, err := h.j.Read(patient(h.t), id, 0); !errors.Is(err, table.ErrUnknownTable) {
		h.t.Errorf("read of %s: got %d records, %v, want ErrUnknownTable", id, len(got), err)
	}
}

func wantRecords(t *testing.T, what string, got, want []table.Record) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: got %d records, want %d", what, len(got), len(want))
	}
	for i := range got {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Fatalf("%s: record %d\n got %+v\nwant %+v", what, i, got[i], want[i])
		}
	}
}

// scanAll returns what a scan yields, by table.
func (h *harness) scanAll() map[table.ID][]table.Record {
	h.t.Helper()
	all := make(map[table.ID][]table.Record)
	for r, err := range h.j.Scan(patient(h.t)) {
		if err != nil {
			h.t.Fatalf("scan: %v", err)
		}
		all[r.Table] = append(all[r.Table], r)
	}
	return all
}

func (h *harness) wantScan(want map[table.ID][]table.Record) {
	h.t.Helper()
	got := h.scanAll()
	if len(got) != len(want) {
		h.t.Errorf("scan: got %d tables, want %d", len(got), len(want))
	}
	for id := range want {
		wantRecords(h.t, fmt.Sprintf("scan of %s", id), got[id], want[id])
	}
}

// take follows a partition for n entries.
func (h *harness) take(partition int, after table.Position, n int) []table.Entry {
	h.t.Helper()
	entries, err := take(patient(h.t), h.j, follow{partition, after, n})
	if err != nil {
		h.t.Fatalf("follow of partition %d after %d: %v", partition, after, err)
	}
	return entries
}

// follow is a wish: n entries of a partition behind a position.
type follow struct {
	partition int
	after     table.Position
	n         int
}

func take(ctx context.Context, j table.Journal, f follow) ([]table.Entry, error) {
	var entries []table.Entry
	last := f.after
	for e, err := range j.Follow(ctx, f.partition, f.after) {
		if err != nil {
			return entries, err
		}
		if e.Position <= last {
			return entries, fmt.Errorf("position %d comes after %d", e.Position, last)
		}
		last = e.Position
		if entries = append(entries, e); len(entries) == f.n {
			return entries, nil
		}
	}
	return entries, fmt.Errorf("ended after %d of %d entries: %v", len(entries), f.n, ctx.Err())
}

func recordsOf(entries []table.Entry) []table.Record {
	out := make([]table.Record, len(entries))
	for i, e := range entries {
		out[i] = e.Record
	}
	return out
}
