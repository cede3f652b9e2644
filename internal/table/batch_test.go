package table_test

import (
	"errors"
	"reflect"
	"testing"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

func someRecords(id table.ID, first table.Seq, n int) []table.Record {
	records := make([]table.Record, n)
	for i := range records {
		r := storedForms[0].want
		r.Table, r.Seq = id, first+table.Seq(i)
		records[i] = r
	}
	return records
}

func TestBatchRoundTrip(t *testing.T) {
	want := someRecords("AbCd1234", 5, 4)
	b, err := table.AppendBatch([]byte("before"), "AbCd1234", 4, want)
	if err != nil {
		t.Fatal(err)
	}
	b = b[len("before"):]
	for after, rest := range map[table.Seq][]table.Record{0: want, 6: want[2:], 8: nil} {
		got, err := table.DecodeBatch(nil, b, after)
		if err != nil || !reflect.DeepEqual(got, rest) {
			t.Errorf("after %d: got %v, %v\nwant %v", after, got, err, rest)
		}
	}
	if got, err := table.DecodeBatch(nil, b[:len(b)-1], 0); !errors.Is(err, game.ErrMalformed) {
		t.Errorf("a batch cut short: got %v, %v, want ErrMalformed", got, err)
	}
}

func TestBatchRefused(t *testing.T) {
	const id = table.ID("AbCd1234")
	gap := someRecords(id, 1, 2)
	gap[1].Seq = 3
	seat := someRecords(id, 1, 1)
	seat[0].Seat = game.MaxSeats
	event := someRecords(id, 1, 1)
	event[0].Data = make([]byte, table.MaxAppendBytes+1)
	sum := someRecords(id, 1, 2)
	sum[0].Data = make([]byte, table.MaxAppendBytes/2)
	sum[1].Data = sum[0].Data
	rows := []struct {
		name    string
		id      table.ID
		records []table.Record
		want    error
	}{
		{"none", id, nil, game.ErrMalformed},
		{"another table", "Zzzz9999", someRecords(id, 1, 1), game.ErrMalformed},
		{"no table", "short", someRecords("short", 1, 1), game.ErrMalformed},
		{"starts late", id, someRecords(id, 2, 1), game.ErrMalformed},
		{"gap", id, gap, game.ErrMalformed},
		{"seat", id, seat, game.ErrMalformed},
		{"one event", id, event, table.ErrTooLarge},
		{"in sum", id, sum, table.ErrTooLarge},
	}
	for _, row := range rows {
		got, err := table.AppendBatch([]byte("dst"), row.id, 0, row.records)
		if !errors.Is(err, row.want) || string(got) != "dst" {
			t.Errorf("%s: got %d bytes, %v, want dst untouched, %v", row.name, len(got), err, row.want)
		}
	}
}

func FuzzDecodeBatch(f *testing.F) {
	b, err := table.AppendBatch(nil, "AbCd1234", 0, someRecords("AbCd1234", 1, 3))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b, uint64(1))
	f.Fuzz(func(t *testing.T, b []byte, after uint64) {
		records, err := table.DecodeBatch(nil, b, table.Seq(after))
		if err != nil && !errors.Is(err, game.ErrMalformed) {
			t.Fatalf("error %v does not wrap ErrMalformed", err)
		}
		for _, r := range records {
			if r.Seq <= table.Seq(after) {
				t.Fatalf("record %d, want only those over %d", r.Seq, after)
			}
		}
	})
}
