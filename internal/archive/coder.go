package archive

// An arithmetic coder of bits: what is expected costs next to nothing. The
// encoder and the decoder hold the same interval [low, high] and cut it where
// the probability of a bit says. Its stored form is for ever.

// encoder appends to out.
type encoder struct {
	low, high uint32
	out       []byte
}

func newEncoder(out []byte) *encoder { return &encoder{high: 1<<32 - 1, out: out} }

// bit encodes a bit that is 1 with probability p / 65536.
func (e *encoder) bit(b uint32, p uint16) uint32 {
	middle := cut(e.low, e.high, p)
	if b != 0 {
		e.high = middle
	} else {
		e.low = middle + 1
	}
	for (e.low^e.high)>>24 == 0 {
		e.out = append(e.out, byte(e.high>>24))
		e.low, e.high = e.low<<8, e.high<<8|255
	}
	return b
}

// finish writes as much as it takes to tell the last interval from others: a
// decoder reads ones behind the end.
func (e *encoder) finish() []byte {
	for n := 0; n <= 4; n++ {
		tail := uint64(1)<<(32-8*n) - 1 // what the missing bytes read as
		value := (uint64(e.low) + tail) &^ tail
		if n == 4 {
			value = uint64(e.low)
		}
		if value|tail <= uint64(e.high) && value>>32 == 0 {
			for i := range n {
				e.out = append(e.out, byte(value>>(24-8*i)))
			}
			return e.out
		}
	}
	return e.out
}

// decoder reads what an encoder wrote.
type decoder struct {
	low, high, value uint32
	in               []byte
	// over counts the bytes read behind the end.
	over int
}

func newDecoder(in []byte) *decoder {
	d := &decoder{high: 1<<32 - 1, in: in}
	for range 4 {
		d.value = d.value<<8 | uint32(d.next())
	}
	return d
}

func (d *decoder) next() byte {
	if len(d.in) == 0 {
		d.over++
		return 255
	}
	b := d.in[0]
	d.in = d.in[1:]
	return b
}

func (d *decoder) bit(_ uint32, p uint16) uint32 {
	middle := cut(d.low, d.high, p)
	var b uint32
	if d.value <= middle {
		b, d.high = 1, middle
	} else {
		d.low = middle + 1
	}
	for (d.low^d.high)>>24 == 0 {
		d.low, d.high = d.low<<8, d.high<<8|255
		d.value = d.value<<8 | uint32(d.next())
	}
	return b
}

// cut returns the last place of the lower part, at least one and not all of
// the interval.
func cut(low, high uint32, p uint16) uint32 {
	span := uint64(high - low)
	at := span * uint64(p) >> 16
	return low + uint32(min(max(at, 0), span-1))
}
