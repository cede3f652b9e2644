package archive

import "math/bits"

// coder is an encoder or a decoder: what is written and what is read go the
// same way through the same code. Given a bit, an encoder stores it and a
// decoder returns the one that was stored.
type coder interface {
	bit(b uint32, p uint16) uint32
}

// chance is an adaptive probability of a bit being 1. It learns fast at first,
// and ever more slowly.
type chance struct {
	p uint16
	n uint8
}

// The arithmetic of chances is part of the stored form.
const (
	evens     = 1 << 15
	firstSeen = 1
	lastSeen  = 60
	believed  = 10
	leastP    = 96
)

func (c *chance) code(k coder, b uint32) uint32 {
	if c.p == 0 {
		c.p, c.n = evens, firstSeen
	}
	b = k.bit(b, c.p)
	c.learn(b)
	return b
}

func (c *chance) learn(b uint32) {
	p, weight := int32(c.p), int32(c.n)*2+3
	if b != 0 {
		p += (65536 - p) * 2 / weight
	} else {
		p -= p * 2 / weight
	}
	c.p = uint16(min(max(p, leastP), 65536-leastP))
	if c.n < lastSeen {
		c.n++
	}
}

// flag codes a truth.
func (c *chance) flag(k coder, b bool) bool {
	var bit uint32
	if b {
		bit = 1
	}
	return c.code(k, bit) != 0
}

// plain codes the lowest n bits of v without expecting anything.
func plain(k coder, v uint64, n int) uint64 {
	var out uint64
	for i := n - 1; i >= 0; i-- {
		out = out<<1 | uint64(k.bit(uint32(v>>i)&1, evens))
	}
	return out
}

// number is a model of numbers from 0 to 2^63-1, of which small ones, and those
// of the size of others, cost little: how many bits it has, the two highest
// bits behind the first, and the rest plainly.
type number struct {
	size [128]chance // a tree of 7 levels, with its root at 1
	high [64][4]chance
}

// expect returns a model that expects numbers of so many bits, from 0 on, so
// often. The counts are part of the stored form.
func expect(counts ...uint32) number {
	var m number
	var sums [256]uint32 // of the tree, with its leaves from 128 on
	for size, n := range counts {
		sums[128+size] = n
	}
	for node := 127; node > 0; node-- {
		sums[node] = sums[2*node] + sums[2*node+1]
		if sums[node] > 0 {
			m.size[node] = expected(sums[2*node+1], sums[node])
		}
	}
	return m
}

// expected returns a chance that is believed to be n of all.
func expected(n, all uint32) chance {
	p := uint32(uint64(n) << 16 / uint64(all))
	return chance{uint16(min(max(p, leastP), 65536-leastP)), believed}
}

func (m *number) code(k coder, v uint64) uint64 {
	size := bits.Len64(v)
	node := 1
	for i := 6; i >= 0; i-- {
		node = node<<1 | int(m.size[node].code(k, uint32(size>>i)&1))
	}
	size = min(node&127, 63)
	if size <= 1 {
		return uint64(size)
	}
	out, rest, context := uint64(1), size-1, 1
	for ; rest > 0 && context < 4; rest-- {
		b := m.high[size][context].code(k, uint32(v>>(rest-1))&1)
		out, context = out<<1|uint64(b), context<<1|int(b)
	}
	return out<<rest | plain(k, v, rest)
}

// signed is a model of numbers of either sign.
type signed struct {
	zero, minus chance
	size        number
}

func (m *signed) code(k coder, v int64) int64 {
	if m.zero.flag(k, v == 0) {
		return 0
	}
	minus := m.minus.flag(k, v < 0)
	size := v
	if v < 0 {
		size = -v
	}
	out := int64(m.size.code(k, uint64(size-1))) + 1
	if minus {
		return -out
	}
	return out
}
