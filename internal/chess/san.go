package chess

// SAN writes a legal move in standard algebraic notation with the shortest
// disambiguation and the suffix + or #.
func (p *Position) SAN(m Move) string {
	var buffer [16]byte
	return string(p.AppendSAN(buffer[:0], m))
}

// AppendSAN appends what SAN returns, without allocating when dst has room.
func (p *Position) AppendSAN(dst []byte, m Move) []byte {
	role := p.board[m.From()].Role()
	switch {
	case m.IsCastling() && m.KingSide():
		dst = append(dst, "O-O"...)
	case m.IsCastling():
		dst = append(dst, "O-O-O"...)
	case role == Pawn:
		dst = p.appendPawnSAN(dst, m)
	default:
		dst = p.appendPieceSAN(dst, m, role)
	}
	next := p.Play(m)
	if !next.InCheck() {
		return dst
	}
	if next.HasLegalMove() {
		return append(dst, '+')
	}
	return append(dst, '#')
}

func (p *Position) appendPawnSAN(dst []byte, m Move) []byte {
	if m.From().File() != m.To().File() {
		dst = append(dst, 'a'+byte(m.From().File()), 'x')
	}
	dst = m.To().append(dst)
	if r := m.Promotion(); r != NoRole {
		dst = append(dst, '=', r.Letter())
	}
	return dst
}

func (p *Position) appendPieceSAN(dst []byte, m Move, role Role) []byte {
	dst = append(dst, role.Letter())
	if role != King {
		dst = p.appendOrigin(dst, m, role)
	}
	if p.board[m.To()] != NoPiece {
		dst = append(dst, 'x')
	}
	return m.To().append(dst)
}

// appendOrigin tells m apart from legal moves of other pieces of the same role
// to the same square: by file if that suffices, else by rank, else by both.
func (p *Position) appendOrigin(dst []byte, m Move, role Role) []byte {
	from := m.From()
	others := p.Pieces(p.turn, role) &^ from.Bit()
	if others == 0 {
		return dst
	}
	var buffer [8]Move
	var rivals Bitboard
	for _, rival := range p.MovesOf(buffer[:0], others, m.To().Bit()) {
		rivals |= rival.From().Bit()
	}
	if rivals == 0 {
		return dst
	}
	sameFile := rivals&(fileABits<<from.File()) != 0
	sameRank := rivals&(rank1Bits<<(from.Rank()*8)) != 0
	if !sameFile || sameRank {
		dst = append(dst, 'a'+byte(from.File()))
	}
	if sameFile {
		dst = append(dst, '1'+byte(from.Rank()))
	}
	return dst
}
