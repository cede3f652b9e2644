package chess

// whyNot says to a player why a well-formed move that ParseUCI refused is not
// possible here.
func (p *Position) whyNot(uci string) error {
	from, to, promotion := splitUCI(uci)
	switch pc := p.board[from&63]; {
	case pc == NoPiece:
		return refused("there is no piece on %s", from)
	case pc.Color() != p.turn:
		return refused("the piece on %s is not yours", from)
	case promotion == NoRole && p.promotes(from, to):
		return refused("say what the pawn becomes, as in %sq", uci)
	case p.reaches(from, to) && (promotion == NoRole || pc.Role() == Pawn && lastRanks.Has(to)):
		return refused("the king would be in check")
	case pc.Role() == King && p.looksLikeCastling(from, to):
		return refused("castling is not possible here")
	}
	return refused("there is no legal move %s here", uci)
}

// promotes tells whether some legal move between the squares is a promotion.
func (p *Position) promotes(from, to Square) bool {
	var buffer [4]Move
	moves := p.MovesOf(buffer[:0], from.Bit(), to.Bit())
	return len(moves) > 0 && moves[0].Promotion() != NoRole
}

// looksLikeCastling tells whether the king on from, which has the right to
// castle, was to go to a rook or further along its rank than one step.
func (p *Position) looksLikeCastling(from, to Square) bool {
	if p.castling&p.colors[p.turn] == 0 || from.Rank() != to.Rank() {
		return false
	}
	return p.castling.Has(to) || !KingAttacks(from).Has(to)
}

// reaches tells whether the piece on from could go to another square if the
// king were no concern. Castling does not count.
func (p *Position) reaches(from, to Square) bool {
	if p.colors[p.turn].Has(to) {
		return false
	}
	switch role := p.board[from].Role(); role {
	case Pawn:
		return p.pawnReaches(from, to)
	case King:
		return KingAttacks(from).Has(to)
	default:
		return pieceAttacks(role, from, p.Occupied()).Has(to)
	}
}

func (p *Position) pawnReaches(from, to Square) bool {
	if PawnAttacks(p.turn, from).Has(to) {
		return p.board[to] != NoPiece || to == p.ep
	}
	up := int(to) - int(from)
	if p.turn == Black {
		up = -up
	}
	switch {
	case p.board[to] != NoPiece:
		return false
	case up == 8:
		return true
	}
	return up == 16 && from.Rank() == p.turn.pawnRank() && p.board[(from+to)/2] == NoPiece
}

// pawnRank is the rank index on which c's pawns start.
func (c Color) pawnRank() int { return 1 + 5*int(c) }
