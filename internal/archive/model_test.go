package archive

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestCoder codes any numbers with every model, and reads them back.
func TestCoder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOf(rapid.Int64()).Draw(t, "numbers")
		e := newEncoder(nil)
		codeAll(e, numbers)
		blob := e.finish()
		d := newDecoder(blob)
		got := codeAll(d, make([]int64, len(numbers)))
		for i, want := range numbers {
			want = max(want, -math.MaxInt64)
			if got[i] != want {
				t.Fatalf("number %d came back as %d, want %d", i, got[i], want)
			}
		}
		if d.over > 4 {
			t.Fatalf("the decoder read %d bytes behind the end of %d", d.over, len(blob))
		}
	})
}

func codeAll(k coder, numbers []int64) []int64 {
	var any signed
	var small number
	likely := expect(1, 1, 100)
	var yes chance
	out := make([]int64, len(numbers))
	for i, n := range numbers {
		out[i] = any.code(k, max(n, -math.MaxInt64))
		if got := small.code(k, uint64(out[i]&15)); got != uint64(out[i]&15) {
			out[i] = 0
		}
		if got := likely.code(k, uint64(out[i]>>1&(math.MaxInt64>>1))); got != uint64(out[i]>>1&(math.MaxInt64>>1)) {
			out[i] = 0
		}
		if yes.flag(k, out[i] > 0) != (out[i] > 0) {
			out[i] = 0
		}
	}
	return out
}

// TestExpectEach holds that numbers cost what their counts say, and that others
// come back all the same.
func TestExpectEach(t *testing.T) {
	m := expectEach("zaaayaaaaaaaaaaa.....x") // 0, 4 and those about 21 come often
	for v := range uint64(200) {
		e, packing := newEncoder(nil), m
		for range 8 {
			fresh := packing
			fresh.code(e, v)
		}
		blob := e.finish()
		if often := v == 0 || v == 4 || v>>2 == 5; often != (len(blob) <= 5) {
			t.Errorf("8 times %d takes %d bytes: that it comes often is %t", v, len(blob), often)
		}
		d := newDecoder(blob)
		for range 8 {
			fresh := packing
			if got := fresh.code(d, 0); got != v {
				t.Fatalf("%d came back as %d", v, got)
			}
		}
	}
}

// TestExpectedIsCheap holds that what is expected costs next to nothing.
func TestExpectedIsCheap(t *testing.T) {
	for _, tt := range []struct {
		name  string
		first chance
		most  int
	}{
		{"learned", chance{}, 4},
		{"expected", expected(1, 100), 2},
	} {
		e := newEncoder(nil)
		c := tt.first
		for range 200 {
			c.flag(e, false)
		}
		if got := len(e.finish()); got > tt.most {
			t.Errorf("%s: 200 times no takes %d bytes, want at most %d", tt.name, got, tt.most)
		}
	}
}
