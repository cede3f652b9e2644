package chess

// castlingMoves is called only when the king is not in check.
func (g *generator) castlingMoves(moves []Move) []Move {
	for rooks := g.p.castling & g.own & g.targets; rooks != 0; rooks &= rooks - 1 {
		if m := newMove(g.king, rooks.First(), kindCastling); g.canCastle(m) {
			moves = append(moves, m)
		}
	}
	return moves
}

// canCastle checks paths and attacks in a way that holds for Chess960 too:
// king and rook may stand on each other's way and on each other's target.
func (g *generator) canCastle(m Move) bool {
	king, rook := m.From(), m.To()
	kingTo, rookTo := m.CastlingTargets()
	others := (g.own | g.enemy) &^ (king.Bit() | rook.Bit())
	kingPath := between(king, kingTo) | kingTo.Bit()
	rookPath := between(rook, rookTo) | rookTo.Bit()
	if (kingPath|rookPath)&others != 0 {
		return false
	}
	for path := kingPath; path != 0; path &= path - 1 {
		if g.p.attacked(path.First(), g.us.Other(), others|rook.Bit()) {
			return false
		}
	}
	// The rook may have shielded the king's target from an attack along the
	// back rank, for instance with the king on b1 and a black rook on a1.
	return !g.p.attacked(kingTo, g.us.Other(), others|rookTo.Bit())
}
