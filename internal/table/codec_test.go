package table_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// recordGen draws any record that a table may store.
var recordGen = rapid.Custom(func(t *rapid.T) table.Record {
	millis := rapid.Int64Range(-1e12, 1e12)
	r := table.Record{
		Table:   table.ID(rapid.StringMatching(`[0-9A-Za-z]{8}`).Draw(t, "table")),
		Seq:     table.Seq(rapid.Uint64().Draw(t, "seq")),
		At:      time.UnixMilli(rapid.Int64Range(-1e14, 1e14).Draw(t, "at")).UTC(),
		Seat:    game.Seat(rapid.Int8Range(-1, game.MaxSeats-1).Draw(t, "seat")),
		Actor:   account.ID(rapid.String().Draw(t, "actor")),
		Action:  table.ActionID(rapid.StringMatching(`[!-~]{0,24}`).Draw(t, "action")),
		Spent:   time.Duration(millis.Draw(t, "spent")) * time.Millisecond,
		Comp:    time.Duration(millis.Draw(t, "comp")) * time.Millisecond,
		Gain:    time.Duration(millis.Draw(t, "gain")) * time.Millisecond,
		Pressed: rapid.Bool().Draw(t, "pressed"),
		Type:    rapid.String().Draw(t, "type"),
		Data:    rapid.SliceOf(rapid.Byte()).Draw(t, "data"),
	}
	if len(r.Data) == 0 {
		r.Data = nil
	}
	return r
})

func TestRecordRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := recordGen.Draw(t, "record")
		got, err := table.DecodeRecord(table.AppendRecord([]byte("before"), &want)[len("before"):])
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("got %+v, %v\nwant %+v", got, err, want)
		}
	})
}

// storedForms are bytes that some journal holds: their meaning never changes.
var storedForms = []struct {
	name string
	hex  string
	want table.Record
}{
	{
		name: "a move",
		hex: "010100" + "02" + "90b2cccaef66" + "8c1d" + "64" + "a40d" + "08070404" +
			"4162436431323334" + "61632d30303031" + "61303031" + "74657374" + "05" + "6532653465",
		want: table.Record{
			Table: "AbCd1234", Seq: 2, At: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Seat: 0,
			Actor: "ac-0001", Action: "a001", Spent: 1862 * time.Millisecond, Comp: 50 * time.Millisecond, Gain: 850 * time.Millisecond,
			Pressed: true, Type: "test", Data: []byte("e2e4e"),
		},
	},
	{
		name: "the table itself",
		hex:  "0100ff" + "01" + "00" + "00" + "00" + "00" + "08000001" + "4142434431323334" + "74" + "00",
		want: table.Record{
			Table: "ABCD1234", Seq: 1, At: time.UnixMilli(0).UTC(), Seat: game.NoSeat, Type: "t",
		},
	},
}

func TestRecordStoredForm(t *testing.T) {
	for _, row := range storedForms {
		t.Run(row.name, func(t *testing.T) {
			if got := hex.EncodeToString(table.AppendRecord(nil, &row.want)); got != row.hex {
				t.Errorf("encoded\n got %s\nwant %s", got, row.hex)
			}
			b, err := hex.DecodeString(row.hex)
			if err != nil {
				t.Fatal(err)
			}
			got, err := table.DecodeRecord(b)
			if err != nil || !reflect.DeepEqual(got, row.want) {
				t.Errorf("decoded\n got %+v, %v\nwant %+v", got, err, row.want)
			}
		})
	}
}

func TestRecordZeroTime(t *testing.T) {
	r := table.Record{Table: "AbCd1234", Seq: 1}
	got, err := table.DecodeRecord(table.AppendRecord(nil, &r))
	if err != nil || !got.At.IsZero() {
		t.Errorf("got %v, %v, want the zero time", got.At, err)
	}
}

func TestRecordMalformed(t *testing.T) {
	good := table.AppendRecord(nil, &storedForms[0].want)
	with := func(i int, b byte) []byte {
		bad := bytes.Clone(good)
		bad[i] = b
		return bad
	}
	rows := map[string][]byte{
		"nothing":         nil,
		"later version":   with(0, 2),
		"unknown flag":    with(1, 3),
		"seat under -1":   with(2, 0xfe),
		"seat 16":         with(2, game.MaxSeats),
		"a byte too many": append(bytes.Clone(good), 0),
	}
	for n := range good {
		rows[fmt.Sprintf("cut to %d bytes", n)] = good[:n]
	}
	for name, b := range rows {
		if got, err := table.DecodeRecord(b); !errors.Is(err, game.ErrMalformed) {
			t.Errorf("%s: got %+v, %v, want ErrMalformed", name, got, err)
		}
	}
}

func TestRecordSharesNothing(t *testing.T) {
	b := table.AppendRecord(nil, &storedForms[0].want)
	got, err := table.DecodeRecord(b)
	if err != nil {
		t.Fatal(err)
	}
	clear(b)
	if !reflect.DeepEqual(got, storedForms[0].want) {
		t.Errorf("got %+v after the input was cleared, want %+v", got, storedForms[0].want)
	}
}

func TestRecordAllocations(t *testing.T) {
	r := storedForms[0].want
	buf := make([]byte, 0, 256)
	if n := testing.AllocsPerRun(100, func() { buf = table.AppendRecord(buf[:0], &r) }); n != 0 {
		t.Errorf("encoding allocates %v times, want 0", n)
	}
	if n := testing.AllocsPerRun(100, func() { _, _ = table.DecodeRecord(buf) }); n > 2 {
		t.Errorf("decoding allocates %v times, want at most 2", n)
	}
}

func FuzzDecodeRecord(f *testing.F) {
	for _, row := range storedForms {
		f.Add(table.AppendRecord(nil, &row.want))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := table.DecodeRecord(b)
		if err != nil {
			if !errors.Is(err, game.ErrMalformed) {
				t.Fatalf("error %v does not wrap ErrMalformed", err)
			}
			return
		}
		again, err := table.DecodeRecord(table.AppendRecord(nil, &r))
		if err != nil || !reflect.DeepEqual(again, r) {
			t.Fatalf("got %+v, %v\nwant %+v", again, err, r)
		}
	})
}

func BenchmarkAppendRecord(b *testing.B) {
	r := storedForms[0].want
	buf := make([]byte, 0, 256)
	b.ReportAllocs()
	for b.Loop() {
		buf = table.AppendRecord(buf[:0], &r)
	}
}

func BenchmarkDecodeRecord(b *testing.B) {
	buf := table.AppendRecord(nil, &storedForms[0].want)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := table.DecodeRecord(buf); err != nil {
			b.Fatal(err)
		}
	}
}
