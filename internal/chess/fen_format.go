package chess

import "strconv"

// FEN returns the position in X-FEN of 6 fields: KQkq with file letters only
// for inner rooks, the en passant square only when a capture is legal.
func (p *Position) FEN() string { return p.format(false, p.EnPassant()) }

// ShredderFEN is FEN with file letters for all castling rights (HAha).
func (p *Position) ShredderFEN() string { return p.format(true, p.EnPassant()) }

// FullEPFEN is FEN with the en passant square after every double step, as the
// original definition of FEN has it.
func (p *Position) FullEPFEN() string { return p.format(false, p.ep) }

// fenSpace is enough for every FEN, so that one allocation makes it.
const fenSpace = 96

func (p *Position) format(fileLetters bool, ep Square) string {
	dst := make([]byte, 0, fenSpace)
	dst = append(p.appendBoard(dst), ' ', "wb"[p.turn&1], ' ')
	dst = append(p.appendCastling(dst, fileLetters), ' ')
	if ep == NoSquare {
		dst = append(dst, '-')
	} else {
		dst = ep.append(dst)
	}
	dst = strconv.AppendUint(append(dst, ' '), uint64(p.halfmove), 10)
	dst = strconv.AppendUint(append(dst, ' '), uint64(p.fullmove), 10)
	return string(dst)
}

func (p *Position) appendBoard(dst []byte) []byte {
	for rank := 7; rank >= 0; rank-- {
		if rank < 7 {
			dst = append(dst, '/')
		}
		dst = p.appendRank(dst, rank)
	}
	return dst
}

func (p *Position) appendRank(dst []byte, rank int) []byte {
	empty := byte(0)
	for file := range 8 {
		pc := p.board[NewSquare(file, rank)]
		if pc == NoPiece {
			empty++
			continue
		}
		if empty > 0 {
			dst = append(dst, '0'+empty)
			empty = 0
		}
		dst = append(dst, pc.Letter())
	}
	if empty > 0 {
		dst = append(dst, '0'+empty)
	}
	return dst
}

func (p *Position) appendCastling(dst []byte, fileLetters bool) []byte {
	if p.castling == 0 {
		return append(dst, '-')
	}
	for c := White; c <= Black; c++ {
		for rights := p.castling & p.colors[c]; rights != 0; {
			rook := rights.last() // king side first
			rights &^= rook.Bit()
			dst = append(dst, p.castlingLetter(c, rook, fileLetters)|byte(c)<<5)
		}
	}
	return dst
}

// castlingLetter returns the capital for a right: the rook's file when asked
// for or when another rook stands further out.
func (p *Position) castlingLetter(c Color, rook Square, fileLetters bool) byte {
	rooks := p.Pieces(c, Rook) & (rank1Bits << (56 * c))
	switch {
	case fileLetters:
	case rook > p.King(c) && rook == rooks.last():
		return 'K'
	case rook < p.King(c) && rook == rooks.First():
		return 'Q'
	}
	return 'A' + byte(rook.File())
}
