package chess

func (g *generator) pawnMoves() {
	pawns := g.p.roles[Pawn] & g.own & g.movers
	allowed := g.targets & g.evasions
	g.advance(pawns&^g.pinned, allowed)
	for pinned := pawns & g.pinned; pinned != 0; pinned &= pinned - 1 {
		from := pinned.First()
		g.advance(from.Bit(), allowed&lineThrough(g.king, from))
	}
	if g.p.epLegal && g.targets.Has(g.p.ep) {
		g.enPassantMoves(pawns)
	}
}

// advance generates pushes and ordinary captures of a set of pawns at once, by
// shifting the whole set.
func (g *generator) advance(pawns, allowed Bitboard) {
	empty := ^(g.own | g.enemy)
	prey := g.enemy & allowed
	if g.us == White {
		once := pawns << 8 & empty
		twice := (once & rank3Bits) << 8 & empty
		g.addPawns(once&allowed, 8)
		g.addPawns(twice&allowed, 16)
		g.addPawns(pawns&^fileABits<<7&prey, 7)
		g.addPawns(pawns&^fileHBits<<9&prey, 9)
		return
	}
	once := pawns >> 8 & empty
	twice := (once & rank6Bits) >> 8 & empty
	g.addPawns(once&allowed, -8)
	g.addPawns(twice&allowed, -16)
	g.addPawns(pawns&^fileHBits>>7&prey, -7)
	g.addPawns(pawns&^fileABits>>9&prey, -9)
}

// addPawns adds the moves of pawns to the squares of set, each from the square
// that lies step squares before.
func (g *generator) addPawns(set Bitboard, step int8) {
	for last := set & lastRanks; last != 0; last &= last - 1 {
		to := last.First()
		from := to - Square(step)
		g.add(from, to, uint16(Queen))
		g.add(from, to, uint16(Rook))
		g.add(from, to, uint16(Bishop))
		g.add(from, to, uint16(Knight))
	}
	for set &^= lastRanks; set != 0; set &= set - 1 {
		to := set.First()
		g.add(to-Square(step), to, kindNormal)
	}
}

func (g *generator) enPassantMoves(pawns Bitboard) {
	capturers := PawnAttacks(g.us.Other(), g.p.ep) & pawns
	for ; capturers != 0; capturers &= capturers - 1 {
		if from := capturers.First(); g.p.enPassantSafe(from) {
			g.add(from, g.p.ep, kindEnPassant)
		}
	}
}
