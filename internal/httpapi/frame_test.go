package httpapi

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gobwas/ws"
	"pgregory.net/rapid"
)

// masked is a frame as a client sends it.
func masked(first byte, payload string) []byte {
	b := appendFrame(nil, opText, []byte(payload))
	b[0] = first
	b[1] |= 0x80
	head := len(b) - len(payload)
	mask := [4]byte{0x12, 0xf4, 0x56, 0x99}
	b = slices.Insert(b, head, mask[:]...)
	ws.Cipher(b[head+4:], mask, 0)
	return b
}

// taken feeds pieces to an inflow, and lists what it made of them.
func taken(pieces ...[]byte) (list []string, err error) {
	in := inflow{take: func(op byte, payload []byte) error {
		list = append(list, fmt.Sprintf("%x:%s", op, payload))
		return nil
	}}
	for _, p := range pieces {
		if err = in.feed(slices.Clone(p)); err != nil {
			return list, err
		}
	}
	return list, nil
}

func TestInflow(t *testing.T) {
	long := strings.Repeat("x", 70<<10)
	for name, row := range map[string]struct {
		in   []byte
		want string
		code uint16
	}{
		"text":                     {masked(0x81, "hello"), "1:hello", 0},
		"binary is taken as text":  {masked(0x82, "hello"), "1:hello", 0},
		"empty":                    {masked(0x81, ""), "1:", 0},
		"126 bytes":                {masked(0x81, long[:126]), "1:" + long[:126], 0},
		"64 KiB":                   {masked(0x81, long[:64<<10]), "1:" + long[:64<<10], 0},
		"over 64 KiB":              {masked(0x81, long), "", 1009},
		"three parts":              {slices.Concat(masked(0x01, "a"), masked(0x00, "b"), masked(0x80, "c")), "1:abc", 0},
		"a ping between parts":     {slices.Concat(masked(0x01, "a"), masked(0x89, "p"), masked(0x80, "b")), "9:p 1:ab", 0},
		"parts over 64 KiB":        {slices.Concat(masked(0x01, long[:60<<10]), masked(0x80, long[:5<<10])), "", 1009},
		"the rest of nothing":      {masked(0x80, "a"), "", 1002},
		"a message inside another": {slices.Concat(masked(0x01, "a"), masked(0x81, "b")), "", 1002},
		"close":                    {masked(0x88, "\x03\xe8"), "8:\x03\xe8", 0},
		"a ping in parts":          {masked(0x09, "a"), "", 1002},
		"a long ping":              {masked(0x89, long[:126]), "", 1002},
		"a reserved bit":           {masked(0xc1, "a"), "", 1002},
		"unknown kind":             {masked(0x83, "a"), "", 1002},
		"unknown control":          {masked(0x8b, "a"), "", 1002},
		"no mask":                  {appendFrame(nil, opText, []byte("a")), "", 1002},
		"a length of 63 bits": {
			append(binary.BigEndian.AppendUint64([]byte{0x81, 0xff}, 1<<63-1), 1, 2, 3, 4), "", 1009},
		"a length of 64 bits": {
			append(binary.BigEndian.AppendUint64([]byte{0x81, 0xff}, 1<<64-1), 1, 2, 3, 4), "", 1002},
		"half a frame": {masked(0x81, "hello")[:8], "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			list, err := taken(row.in)
			if got := strings.Join(list, " "); got != row.want {
				t.Errorf("took %.80q, want %.80q", got, row.want)
			}
			var c closing
			errors.As(err, &c)
			if c.code != row.code {
				t.Errorf("%v, want code %d", err, row.code)
			}
		})
	}
}

// TestInflowPieces cuts what comes into pieces anywhere: it makes no difference,
// and nothing is kept when the last frame is whole.
func TestInflowPieces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []byte
		var want []string
		for i := range rapid.IntRange(1, 6).Draw(t, "frames") {
			payload := strings.Repeat(string(rune('a'+i)), rapid.SampledFrom([]int{0, 1, 7, 8, 125, 126, 300, 66_000 >> 1}).Draw(t, "size"))
			all = append(all, masked(0x81, payload)...)
			want = append(want, "1:"+payload)
		}
		var pieces [][]byte
		for rest := all; len(rest) > 0; {
			n := rapid.IntRange(1, max(1, len(rest)/2)).Draw(t, "piece")
			pieces, rest = append(pieces, rest[:n]), rest[n:]
		}
		got, err := taken(pieces...)
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("took %.200q, %v, want %.200q", got, err, want)
		}
	})
}

func TestInflowKeepsNothing(t *testing.T) {
	in := inflow{take: func(byte, []byte) error { return nil }}
	frame := masked(0x81, "hello")
	for _, piece := range [][]byte{frame[:3], frame[3:], masked(0x01, "a"), masked(0x80, "b")} {
		if err := in.feed(slices.Clone(piece)); err != nil {
			t.Fatal(err)
		}
	}
	if in.rest != nil || in.parts != nil {
		t.Errorf("keeps %q and %q", in.rest, in.parts)
	}
}

// FuzzInflow reads anything, whole and byte by byte, with the same outcome.
func FuzzInflow(f *testing.F) {
	f.Add(masked(0x81, "hello"))
	f.Add(slices.Concat(masked(0x01, "a"), masked(0x89, "p"), masked(0x80, "b")))
	f.Add([]byte{0x81, 0xfe, 0x00})
	f.Fuzz(func(t *testing.T, b []byte) {
		whole, wholeErr := taken(b)
		single, singleErr := taken(slices.Collect(slices.Chunk(b, 1))...)
		if !slices.Equal(whole, single) || !errors.Is(wholeErr, singleErr) {
			t.Errorf("%x: whole %q, %v; byte by byte %q, %v", b, whole, wholeErr, single, singleErr)
		}
	})
}

func TestAppendFrame(t *testing.T) {
	for size, head := range map[int]string{
		0: "8100", 125: "817d", 126: "817e007e", 0xffff: "817effff", 0x10000: "817f0000000000010000",
	} {
		got := appendFrame(nil, opText, bytes.Repeat([]byte{'x'}, size))
		if want := head; fmt.Sprintf("%x", got[:len(got)-size]) != want || len(got) != len(head)/2+size {
			t.Errorf("%d bytes: %x..., want %s", size, got[:min(len(got), 12)], want)
		}
	}
}
