package chess

func (g *generator) pawnMoves(moves []Move) []Move {
	pawns := g.p.roles[Pawn] & g.own & g.movers
	allowed := g.targets & g.evasions
	moves = g.advance(moves, pawns&^g.pinned, allowed)
	for pinned := pawns & g.pinned; pinned != 0; pinned &= pinned - 1 {
		from := pinned.First()
		moves = g.advance(moves, from.Bit(), allowed&lineThrough(g.king, from))
	}
	if g.p.epLegal && g.targets.Has(g.p.ep) {
		moves = g.enPassantMoves(moves, pawns)
	}
	return moves
}

// advance generates pushes and ordinary captures of a set of pawns at once, by
// shifting the whole set.
func (g *generator) advance(moves []Move, pawns, allowed Bitboard) []Move {
	empty := ^(g.own | g.enemy)
	prey := g.enemy & allowed
	if g.us == White {
		once := pawns << 8 & empty
		twice := (once & rank3Bits) << 8 & empty
		moves = addPawns(moves, once&allowed, 8)
		moves = addPawns(moves, twice&allowed, 16)
		moves = addPawns(moves, pawns&^fileABits<<7&prey, 7)
		return addPawns(moves, pawns&^fileHBits<<9&prey, 9)
	}
	once := pawns >> 8 & empty
	twice := (once & rank6Bits) >> 8 & empty
	moves = addPawns(moves, once&allowed, -8)
	moves = addPawns(moves, twice&allowed, -16)
	moves = addPawns(moves, pawns&^fileHBits>>7&prey, -7)
	return addPawns(moves, pawns&^fileABits>>9&prey, -9)
}

// addPawns adds the moves of pawns to the squares of set, each from the square
// that lies step squares before.
func addPawns(moves []Move, set Bitboard, step int8) []Move {
	if set&lastRanks != 0 {
		moves = addPromotions(moves, set&lastRanks, step)
		set &^= lastRanks
	}
	for ; set != 0; set &= set - 1 {
		to := set.First()
		moves = append(moves, newMove(to-Square(step), to, kindNormal))
	}
	return moves
}

func addPromotions(moves []Move, set Bitboard, step int8) []Move {
	for ; set != 0; set &= set - 1 {
		to := set.First()
		for r := Queen; r >= Knight; r-- {
			moves = append(moves, newMove(to-Square(step), to, uint16(r)))
		}
	}
	return moves
}

func (g *generator) enPassantMoves(moves []Move, pawns Bitboard) []Move {
	capturers := PawnAttacks(g.us.Other(), g.p.ep) & pawns
	for ; capturers != 0; capturers &= capturers - 1 {
		if from := capturers.First(); g.p.enPassantSafe(from) {
			moves = append(moves, newMove(from, g.p.ep, kindEnPassant))
		}
	}
	return moves
}
