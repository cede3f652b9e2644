package chess

// The parts of a position's hash. All are fixed by zobristSeed, so hashes are
// the same in every process and may be stored.
var zobrist = newZobristKeys()

// zobristSeed spells "Kibitz".
const zobristSeed = 0x4B696269747A

type zobristKeys struct {
	piece     [16][64]uint64
	castling  [64]uint64 // by the square of the rook that may castle
	enPassant [8]uint64  // by file
	black     uint64     // Black is to move
}

func newZobristKeys() *zobristKeys {
	keys, state := new(zobristKeys), uint64(zobristSeed)
	for c := White; c <= Black; c++ {
		for r := Pawn; r <= King; r++ {
			splitMixFill(keys.piece[NewPiece(c, r)][:], &state)
		}
	}
	splitMixFill(keys.castling[:], &state)
	splitMixFill(keys.enPassant[:], &state)
	keys.black = splitMix(&state)
	return keys
}

func splitMixFill(dst []uint64, state *uint64) {
	for i := range dst {
		dst[i] = splitMix(state)
	}
}

// splitMix is the generator splitmix64 (Steele, Lea, Flood 2014).
func splitMix(state *uint64) uint64 {
	*state += 0x9E3779B97F4A7C15
	z := *state
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// computeHash derives the hash from nothing but the position; playing a move
// updates it piece by piece instead.
func (p *Position) computeHash() uint64 {
	var h uint64
	for sq := range NoSquare {
		if pc := p.board[sq]; pc != NoPiece {
			h ^= zobrist.piece[pc][sq]
		}
	}
	for b := p.castling; b != 0; b &= b - 1 {
		h ^= zobrist.castling[b.First()]
	}
	if p.epLegal {
		h ^= zobrist.enPassant[p.ep.File()]
	}
	if p.turn == Black {
		h ^= zobrist.black
	}
	return h
}
