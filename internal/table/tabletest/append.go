package tabletest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

func appendAndRead(t *testing.T, h *harness) {
	id := anyID(1)
	h.wantUnknown(id)
	want := h.mustAppend(id, 0, 1)
	want = append(want, h.mustAppend(id, 1, 3)...)
	want = append(want, h.mustAppend(id, 4, 1)...)
	for after := range len(want) + 1 {
		h.wantRead(id, table.Seq(after), want[after:])
	}
	h.wantRead(id, 99, nil)
	h.wantUnknown(anyID(2))
}

func everyField(t *testing.T, h *harness) {
	id := anyID(1)
	r := table.Record{
		Table: id, Seq: 1, At: time.Date(1999, 12, 31, 23, 59, 59, 999e6, time.UTC), Seat: game.NoSeat,
		Actor: "~house", Action: "!~action-of-24-characters", Spent: 49 * time.Hour, Comp: time.Millisecond,
		Pressed: true, Type: "table.opened", Data: []byte{0, 1, 2, 0xff, '\n', '"'},
	}
	r.Action = r.Action[:table.MaxActionID]
	bare := table.Record{Table: id, Seq: 2, At: time.UnixMilli(1).UTC(), Seat: game.MaxSeats - 1, Type: "x"}
	want := []table.Record{r, bare}
	if err := h.j.Append(patient(t), id, 0, want); err != nil {
		t.Fatal(err)
	}
	h.wantRead(id, 0, want)
}

func ownCopy(t *testing.T, h *harness) {
	id := anyID(1)
	recs := h.mustAppend(id, 0, 2)
	for i := range recs {
		clear(recs[i].Data)
	}
	h.wantRead(id, 0, records(id, 0, 2))
	got, err := h.j.Read(patient(t), id, 0)
	if err != nil {
		t.Fatal(err)
	}
	clear(got[0].Data)
	h.wantRead(id, 0, records(id, 0, 2))
}

func conflict(t *testing.T, h *harness) {
	id := anyID(1)
	h.wantAppend(id, 1, records(id, 1, 1), table.ErrConflict)
	h.wantUnknown(id)
	want := h.mustAppend(id, 0, 3)
	for _, stale := range []table.Seq{0, 1, 2, 4, 99} {
		h.wantAppend(id, stale, records(id, stale, 2), table.ErrConflict)
	}
	h.wantRead(id, 0, want)
	want = append(want, h.mustAppend(id, 3, 1)...)
	h.wantRead(id, 0, want)
}

func conflictAlone(t *testing.T, h *harness) {
	const tables = 40
	for n := range tables {
		h.mustAppend(anyID(n), 0, 1)
	}
	errs := make([]error, tables)
	var wg sync.WaitGroup
	for n := range tables {
		expected := table.Seq(1 - n%2) // every second one is stale
		wg.Go(func() {
			errs[n] = h.j.Append(patient(t), anyID(n), expected, records(anyID(n), expected, 1))
		})
	}
	wg.Wait()
	for n, err := range errs {
		if n%2 == 0 && err != nil || n%2 == 1 && !errors.Is(err, table.ErrConflict) {
			t.Errorf("append %d: got %v", n, err)
		}
		h.wantRead(anyID(n), 0, records(anyID(n), 0, 2-n%2))
	}
}

func allOrNone(t *testing.T, h *harness) {
	id := anyID(1)
	var want []table.Record
	for _, n := range []int{1, 2, 7, 200, 1} {
		expected := table.Seq(len(want))
		h.wantAppend(id, expected+1, records(id, expected+1, n), table.ErrConflict)
		want = append(want, h.mustAppend(id, expected, n)...)
		h.wantRead(id, 0, want)
	}
}

func refused(t *testing.T, h *harness) {
	id := anyID(1)
	gap := records(id, 0, 2)
	gap[1].Seq = 3
	rows := []struct {
		name    string
		records []table.Record
		want    error
	}{
		{"none", nil, game.ErrMalformed},
		{"another table's", records(anyID(2), 0, 1), game.ErrMalformed},
		{"starting late", records(id, 1, 1), game.ErrMalformed},
		{"with a gap", gap, game.ErrMalformed},
		{"too large", heavy(id, table.MaxAppendBytes+1), table.ErrTooLarge},
	}
	for _, row := range rows {
		if err := h.j.Append(patient(t), id, 0, row.records); !errors.Is(err, row.want) {
			t.Errorf("records %s: got %v, want %v", row.name, err, row.want)
		}
		h.wantUnknown(id)
	}
	h.mustAppend(id, 0, 1)
}

// heavy makes one record with so much data.
func heavy(id table.ID, bytesOfData int) []table.Record {
	recs := records(id, 0, 1)
	recs[0].Data = bytes.Repeat([]byte{0xa5}, bytesOfData)
	return recs
}

func largest(t *testing.T, h *harness) {
	want := heavy(anyID(1), table.MaxAppendBytes-1000)
	if err := h.j.Append(patient(t), anyID(1), 0, want); err != nil {
		t.Fatal(err)
	}
	h.wantRead(anyID(1), 0, want)
	h.mustAppend(anyID(2), 0, 1)
}

func twoOwners(t *testing.T, h *harness) {
	const records = 60
	id := anyID(1)
	var won [2]map[table.Seq]bool
	var wg sync.WaitGroup
	for owner := range won {
		won[owner] = make(map[table.Seq]bool)
		wg.Go(func() { own(t, h.j, id, owner, won[owner], records) })
	}
	wg.Wait()
	got, err := h.j.Read(patient(t), id, 0)
	if err != nil || len(got) < records {
		t.Fatalf("got %d records, %v, want at least %d", len(got), err, records)
	}
	for i, r := range got {
		if r.Seq != table.Seq(i+1) {
			t.Fatalf("record %d has number %d", i+1, r.Seq)
		}
		writer := int(r.Seat)
		if !won[writer][r.Seq] || won[1-writer][r.Seq] {
			t.Errorf("record %d is of owner %d, but the owners were told %v and %v",
				r.Seq, writer, won[0][r.Seq], won[1][r.Seq])
		}
	}
}

// own appends to a table as one of its owners until it has enough records, and
// notes which appends were acknowledged.
func own(t *testing.T, j table.Journal, id table.ID, owner int, won map[table.Seq]bool, enough int) {
	ctx := patient(t)
	var last table.Seq
	for int(last) < enough {
		r := records(id, last, 1)
		r[0].Seat = game.Seat(owner)
		err := j.Append(ctx, id, last, r)
		switch {
		case err == nil:
			last++
			won[last] = true
		case errors.Is(err, table.ErrConflict):
			got, err := j.Read(ctx, id, last)
			if err != nil {
				t.Errorf("owner %d reads: %v", owner, err)
				return
			}
			last += table.Seq(len(got))
		default:
			t.Errorf("owner %d at %d: %v", owner, last, err)
			return
		}
	}
}

func manyTables(t *testing.T, h *harness) {
	const tables, rounds = 64, 10
	var failed atomic.Int32
	var wg sync.WaitGroup
	for n := range tables {
		wg.Go(func() {
			if err := play(patient(t), h.j, anyID(n), rounds); err != nil {
				t.Error(err)
				failed.Add(1)
			}
		})
	}
	wg.Wait()
	want := make(map[table.ID][]table.Record)
	for n := range tables {
		want[anyID(n)] = records(anyID(n), 0, rounds*(rounds+1)/2)
		h.wantRead(anyID(n), 0, want[anyID(n)])
	}
	h.wantScan(want)
}

// play appends 1, 2, 3 ... records to a table, and checks that each append is
// there when it was acknowledged.
func play(ctx context.Context, j table.Journal, id table.ID, rounds int) error {
	var last table.Seq
	for n := 1; n <= rounds; n++ {
		if err := j.Append(ctx, id, last, records(id, last, n)); err != nil {
			return fmt.Errorf("%s at %d: %w", id, last, err)
		}
		got, err := j.Read(ctx, id, last)
		if err != nil || len(got) != n {
			return fmt.Errorf("%s after %d: got %d records, %v, want the %d just appended", id, last, len(got), err, n)
		}
		last += table.Seq(n)
	}
	return nil
}
