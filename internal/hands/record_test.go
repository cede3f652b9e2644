package hands_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kibitz/internal/hands"
)

func records() *rapid.Generator[hands.Record] {
	return rapid.Custom(func(t *rapid.T) hands.Record {
		r := hands.Record{Setup: rapid.SliceOf(rapid.Byte()).Draw(t, "setup"), Made: millis(t)}
		for range rapid.IntRange(0, 20).Draw(t, "events") {
			r.Events = append(r.Events, hands.Event{
				Type: rapid.StringMatching(`[a-z-]{0,12}`).Draw(t, "type"), At: millis(t), Data: rapid.SliceOf(rapid.Byte()).Draw(t, "data"),
			})
		}
		return r
	})
}

func millis(t *rapid.T) time.Time {
	return time.UnixMilli(rapid.Int64Range(0, 1<<42).Draw(t, "at")).UTC()
}

func TestRecordsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := records().Draw(t, "record")
		b, err := hands.Pack(r)
		if err != nil {
			t.Fatal(err)
		}
		got, err := hands.Unpack(b)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(r) {
			t.Fatalf("got %v, %v; want %v", got, err, r)
		}
	})
}

func TestDamage(t *testing.T) {
	whole, err := hands.Pack(hands.Record{Setup: []byte("{}"), Made: time.UnixMilli(5), Events: []hands.Event{{Type: "acted", At: time.UnixMilli(7), Data: []byte(`{"pos":1}`)}}})
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		for _, flip := range []byte{1, 0x80} {
			bad := bytes.Clone(whole)
			bad[i] ^= flip
			if _, err := hands.Unpack(bad); !errors.Is(err, hands.ErrDamaged) {
				t.Errorf("byte %d changed by %#x: %v", i, flip, err)
			}
		}
		if _, err := hands.Unpack(whole[:i]); !errors.Is(err, hands.ErrDamaged) {
			t.Errorf("cut at %d: %v", i, err)
		}
	}
}

func FuzzUnpack(f *testing.F) {
	whole, err := hands.Pack(hands.Record{Made: time.UnixMilli(5), Events: []hands.Event{{Type: "dealt", At: time.UnixMilli(7), Data: []byte(`{}`)}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add([]byte{1, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := hands.Unpack(b)
		if err != nil {
			if !errors.Is(err, hands.ErrDamaged) {
				t.Fatalf("%v is not damage", err)
			}
			return
		}
		again, err := hands.Pack(r)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := hands.Unpack(again); err != nil || fmt.Sprint(back) != fmt.Sprint(r) {
			t.Fatalf("got %v, %v; want %v", back, err, r)
		}
	})
}

func TestKeys(t *testing.T) {
	for _, row := range []struct {
		text string
		ok   bool
	}{
		{"Ab3dEf6h-17", true}, {"Ab3dEf6h-1", true}, {"Ab3dEf6h-0", false}, {"Ab3dEf6h-017", false}, {"Ab3dEf6h--1", false}, {"Ab3dEf6h", false},
		{"Ab3dEf6h-", false}, {"-1", false}, {"Ab3dEf6h-1-2", false}, {"Ab3dEf6h-99999999999999999999", false}, {"ab-1", false}, {"", false},
	} {
		k, err := hands.ParseKey(row.text)
		if row.ok && (err != nil || k.String() != row.text) || !row.ok && !errors.Is(err, hands.ErrUnknown) {
			t.Errorf("%q: %v, %v", row.text, k, err)
		}
	}
}

func TestCursors(t *testing.T) {
	for _, row := range []struct {
		text string
		ok   bool
	}{{"", true}, {"1795363200000-Ab3dEf6h-17", true}, {"x-Ab3dEf6h-17", false}, {"5", false}, {"05-Ab3dEf6h-17", false}, {"5-Ab3dEf6h-0", false}} {
		c, err := hands.ParseCursor(row.text)
		if row.ok && (err != nil || c.String() != row.text) || !row.ok && !errors.Is(err, hands.ErrCursor) {
			t.Errorf("%q: %v, %v", row.text, c, err)
		}
	}
}
