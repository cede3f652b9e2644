package chess

var (
	knightSteps = [...]step{{1, 2}, {2, 1}, {2, -1}, {1, -2}, {-1, -2}, {-2, -1}, {-2, 1}, {-1, 2}}
	kingSteps   = [...]step{{0, 1}, {1, 1}, {1, 0}, {1, -1}, {0, -1}, {-1, -1}, {-1, 0}, {-1, 1}}
	rookSteps   = [...]step{{0, 1}, {1, 0}, {0, -1}, {-1, 0}}
	bishopSteps = [...]step{{1, 1}, {1, -1}, {-1, -1}, {-1, 1}}

	knightTable = leaperTable(knightSteps[:])
	kingTable   = leaperTable(kingSteps[:])
	pawnTable   = [2][64]Bitboard{
		leaperTable([]step{{-1, 1}, {1, 1}}),
		leaperTable([]step{{-1, -1}, {1, -1}}),
	}
	betweenTable, lineTable = lineTables()
)

// step is a direction in files and ranks.
type step struct{ file, rank int }

// from returns the square one step away, false beyond the edge.
func (d step) from(sq Square) (Square, bool) {
	file, rank := sq.File()+d.file, sq.Rank()+d.rank
	return NewSquare(file, rank), file&^7 == 0 && rank&^7 == 0
}

func leaperTable(steps []step) (table [64]Bitboard) {
	for sq := range NoSquare {
		for _, d := range steps {
			if to, ok := d.from(sq); ok {
				table[sq] |= to.Bit()
			}
		}
	}
	return table
}

// ray collects the squares from sq in direction d up to and including the
// first occupied one.
func ray(sq Square, d step, occupied Bitboard) (set Bitboard) {
	for to, ok := d.from(sq); ok; to, ok = d.from(to) {
		set |= to.Bit()
		if occupied.Has(to) {
			break
		}
	}
	return set
}

// lineTables holds for each pair of aligned squares the squares strictly
// between them and the whole line through both; empty sets for other pairs.
func lineTables() (between, line *[64][64]Bitboard) {
	between, line = new([64][64]Bitboard), new([64][64]Bitboard)
	for a := range NoSquare {
		for _, d := range kingSteps {
			full := ray(a, d, 0) | ray(a, step{-d.file, -d.rank}, 0) | a.Bit()
			var passed Bitboard
			for b, ok := d.from(a); ok; b, ok = d.from(b) {
				between[a][b], line[a][b] = passed, full
				passed |= b.Bit()
			}
		}
	}
	return between, line
}

// KnightAttacks returns the squares a knight on sq attacks.
func KnightAttacks(sq Square) Bitboard { return knightTable[sq&63] }

// KingAttacks returns the squares a king on sq attacks.
func KingAttacks(sq Square) Bitboard { return kingTable[sq&63] }

// PawnAttacks returns the squares a pawn of colour c on sq attacks.
func PawnAttacks(c Color, sq Square) Bitboard { return pawnTable[c&1][sq&63] }

// QueenAttacks returns the squares a queen on sq attacks, including the first
// occupied one on each line.
func QueenAttacks(sq Square, occupied Bitboard) Bitboard {
	return RookAttacks(sq, occupied) | BishopAttacks(sq, occupied)
}

func between(a, b Square) Bitboard { return betweenTable[a&63][b&63] }

func lineThrough(a, b Square) Bitboard { return lineTable[a&63][b&63] }

// pieceAttacks is for knights, bishops, rooks and queens only.
func pieceAttacks(r Role, sq Square, occupied Bitboard) Bitboard {
	switch r {
	case Knight:
		return KnightAttacks(sq)
	case Bishop:
		return BishopAttacks(sq, occupied)
	case Rook:
		return RookAttacks(sq, occupied)
	}
	return QueenAttacks(sq, occupied)
}
