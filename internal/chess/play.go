package chess

// Play returns the position after m, which must be legal here (see
// [Position.IsLegal]); any other move gives a meaningless position.
func (p *Position) Play(m Move) Position {
	q := *p
	q.clearEnPassant()
	q.halfmove++
	pc := q.board[m.From()]
	switch {
	case m.IsCastling():
		q.castle(m)
	case pc.Role() == Pawn:
		q.movePawn(m)
	default:
		q.movePiece(pc, m)
	}
	if q.castling != 0 {
		q.dropCastling(pc, m)
	}
	q.passTurn()
	if q.ep != NoSquare {
		q.judgeEnPassant()
	}
	return q
}

// put places pc on an empty square.
func (p *Position) put(pc Piece, sq Square) {
	p.board[sq&63] = pc
	p.roles[pc&7] |= sq.Bit()
	p.colors[pc>>3&1] |= sq.Bit()
	p.hash ^= zobrist.piece[pc&15][sq&63]
}

// remove empties an occupied square.
func (p *Position) remove(sq Square) {
	pc := p.board[sq&63]
	p.board[sq&63] = NoPiece
	p.roles[pc&7] &^= sq.Bit()
	p.colors[pc>>3&1] &^= sq.Bit()
	p.hash ^= zobrist.piece[pc&15][sq&63]
}

func (p *Position) clearEnPassant() {
	if p.epLegal {
		p.hash ^= zobrist.enPassant[p.ep&7]
	}
	p.ep, p.epLegal = NoSquare, false
}

func (p *Position) castle(m Move) {
	kingTo, rookTo := m.CastlingTargets()
	king, rook := p.board[m.From()], p.board[m.To()]
	p.remove(m.From())
	p.remove(m.To())
	p.put(king, kingTo)
	p.put(rook, rookTo)
}

func (p *Position) movePiece(pc Piece, m Move) {
	if p.board[m.To()] != NoPiece {
		p.remove(m.To())
		p.halfmove = 0
	}
	p.remove(m.From())
	p.put(pc, m.To())
}

func (p *Position) movePawn(m Move) {
	from, to := m.From(), m.To()
	pawn := p.board[from]
	p.halfmove = 0
	switch {
	case m.IsEnPassant():
		p.remove(to ^ 8) // the passed pawn, one rank nearer to the capturer
	case p.board[to] != NoPiece:
		p.remove(to)
	case from^to == 16: // two ranks straight ahead
		p.ep = (from + to) / 2
	}
	p.remove(from)
	if r := m.Promotion(); r != NoRole {
		pawn = NewPiece(p.turn, r)
	}
	p.put(pawn, to)
}

// dropCastling ends the rights of a king that moved (castling included) and of
// a rook that moved or was captured.
func (p *Position) dropCastling(mover Piece, m Move) {
	lost := m.From().Bit() | m.To().Bit()
	if mover.Role() == King {
		lost |= rank1Bits << (56 * p.turn)
	}
	lost &= p.castling
	p.castling ^= lost
	for ; lost != 0; lost &= lost - 1 {
		p.hash ^= zobrist.castling[lost.First()&63]
	}
}

func (p *Position) passTurn() {
	p.hash ^= zobrist.black
	p.fullmove += uint16(p.turn)
	p.turn ^= 1
}

// judgeEnPassant finds out whether a capture on p.ep is legal for the side to
// move and enters it in the hash.
func (p *Position) judgeEnPassant() {
	capturers := PawnAttacks(p.turn.Other(), p.ep) & p.Pieces(p.turn, Pawn)
	for ; capturers != 0; capturers &= capturers - 1 {
		if p.enPassantSafe(capturers.First()) {
			p.epLegal = true
			p.hash ^= zobrist.enPassant[p.ep&7]
			return
		}
	}
}

// enPassantSafe tells whether the own king is safe after the pawn on from has
// captured en passant: both pawns leave their rank at once, which no pin
// covers.
func (p *Position) enPassantSafe(from Square) bool {
	occupied := p.Occupied() ^ from.Bit() ^ (p.ep ^ 8).Bit() | p.ep.Bit()
	return !p.attacked(p.King(p.turn), p.turn.Other(), occupied)
}
