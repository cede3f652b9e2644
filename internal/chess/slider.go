package chess

// slider looks up the attacks of a rook or bishop on one square by magic
// multiplication: the blockers that matter, times the magic, shifted, give an
// index into the shared table.
type slider struct {
	mask   Bitboard
	magic  uint64
	offset uint32
	shift  uint8
}

// sliderTableSize is the sum of 2^(relevant blockers) over all squares:
// 102,400 for rooks and 5,248 for bishops.
const sliderTableSize = 102400 + 5248

var rookSliders, bishopSliders, sliderTable = buildSliders()

// buildSliders fills the table when the program starts, in about a
// millisecond.
func buildSliders() (rooks, bishops *[64]slider, table *[sliderTableSize]Bitboard) {
	rooks, bishops = new([64]slider), new([64]slider)
	table = new([sliderTableSize]Bitboard)
	next := uint32(0)
	for sq := range NoSquare {
		rooks[sq] = newSlider(sq, rookSteps, rookMagics[sq])
		next = rooks[sq].fill(table, next, sq, rookSteps)
	}
	for sq := range NoSquare {
		bishops[sq] = newSlider(sq, bishopSteps, bishopMagics[sq])
		next = bishops[sq].fill(table, next, sq, bishopSteps)
	}
	return rooks, bishops, table
}

// newSlider computes the mask of relevant blockers: all squares in reach
// except the last of each ray, behind which there is nothing to block.
func newSlider(sq Square, steps [4]step, magic uint64) slider {
	var mask Bitboard
	for _, d := range steps {
		for to, ok := d.from(sq); ok; to, ok = d.from(to) {
			if _, more := d.from(to); more {
				mask |= to.Bit()
			}
		}
	}
	return slider{mask: mask, magic: magic, shift: uint8(64 - mask.Count())}
}

// fill enters the attacks for every set of blockers at offset and returns the
// first free index after them.
func (s *slider) fill(table *[sliderTableSize]Bitboard, offset uint32, sq Square, steps [4]step) uint32 {
	s.offset = offset
	for blockers := Bitboard(0); ; {
		var set Bitboard
		for _, d := range steps {
			set |= ray(sq, d, blockers)
		}
		table[s.index(blockers)] = set
		if blockers = (blockers - s.mask) & s.mask; blockers == 0 {
			return offset + 1<<s.mask.Count()
		}
	}
}

func (s *slider) index(occupied Bitboard) uint32 {
	return s.offset + uint32(uint64(occupied&s.mask)*s.magic>>(s.shift&63))
}

// RookAttacks returns the squares a rook on sq attacks, including the first
// occupied one on each line.
func RookAttacks(sq Square, occupied Bitboard) Bitboard {
	return sliderTable[rookSliders[sq&63].index(occupied)]
}

// BishopAttacks returns the squares a bishop on sq attacks, including the
// first occupied one on each line.
func BishopAttacks(sq Square, occupied Bitboard) Bitboard {
	return sliderTable[bishopSliders[sq&63].index(occupied)]
}
