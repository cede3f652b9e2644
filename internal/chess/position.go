package chess

// Position is everything the rules know about one moment of a game except
// repetitions: pieces, side to move, castling rights, en passant and the two
// move counters. It is a value: methods never change it, copies are
// independent and == compares. The zero value is not a position; get one from
// [StartPosition], [Start960] or [ParseFEN].
type Position struct {
	board    [64]Piece
	roles    [7]Bitboard // by Role; index 0 stays empty
	colors   [2]Bitboard
	castling Bitboard // the rooks that may still castle
	hash     uint64
	halfmove uint16
	fullmove uint16
	turn     Color
	ep       Square // behind a pawn that has just moved two squares
	epLegal  bool   // a capture on ep is legal
	chess960 bool
}

// Turn returns the side to move.
func (p *Position) Turn() Color { return p.turn }

// PieceAt returns what stands on sq, NoPiece when it is empty.
func (p *Position) PieceAt(sq Square) Piece { return p.board[sq&63] }

// Board returns the contents of all squares, indexed by Square.
func (p *Position) Board() [64]Piece { return p.board }

// King returns the square of c's king.
func (p *Position) King(c Color) Square { return (p.roles[King] & p.colors[c&1]).First() }

// ByColor returns the squares of all pieces of c.
func (p *Position) ByColor(c Color) Bitboard { return p.colors[c&1] }

// ByRole returns the squares of all pieces of that role, both colours.
func (p *Position) ByRole(r Role) Bitboard { return p.roles[r%7] }

// Pieces returns the squares of c's pieces of that role.
func (p *Position) Pieces(c Color, r Role) Bitboard { return p.roles[r%7] & p.colors[c&1] }

// Occupied returns the squares of all pieces.
func (p *Position) Occupied() Bitboard { return p.colors[White] | p.colors[Black] }

// HalfmoveClock counts the plies since the last capture or pawn move; 100 is
// the 50-move rule.
func (p *Position) HalfmoveClock() int { return int(p.halfmove) }

// FullmoveNumber is the number of the move to be played, from 1, raised after
// Black's moves.
func (p *Position) FullmoveNumber() int { return int(p.fullmove) }

// CastlingRooks returns the rooks of both sides that may still castle.
func (p *Position) CastlingRooks() Bitboard { return p.castling }

// EnPassant returns the square on which a pawn may legally capture en passant
// now, NoSquare when there is none.
func (p *Position) EnPassant() Square {
	if p.epLegal {
		return p.ep
	}
	return NoSquare
}

// Hash identifies the position as the repetition rule compares it: pieces,
// side to move, castling rights, and the en passant square only when a capture
// is legal. Equal in all processes and versions.
func (p *Position) Hash() uint64 { return p.hash }

// Chess960 tells whether castling is written as king takes rook in UCI. It is
// set by Start960 and by a FEN whose castling rights need or use file letters.
func (p *Position) Chess960() bool { return p.chess960 }

// WithChess960 returns the position with the castling notation chosen. Turning
// it off has no effect while a castling right remains that classical chess
// does not have.
func (p *Position) WithChess960(on bool) Position {
	q := *p
	q.chess960 = on || p.needsChess960()
	return q
}

// needsChess960 finds a castling right of a king off the e-file or of a rook
// that is not in the corner.
func (p *Position) needsChess960() bool {
	for c := White; c <= Black; c++ {
		rooks := p.castling & p.colors[c]
		if rooks != 0 && (p.King(c).File() != fileE || rooks&^(fileABits|fileHBits) != 0) {
			return true
		}
	}
	return false
}

// InCheck tells whether the side to move is in check.
func (p *Position) InCheck() bool {
	return p.attacked(p.King(p.turn), p.turn.Other(), p.Occupied())
}

// Checkers returns the pieces that give check to the side to move.
func (p *Position) Checkers() Bitboard {
	return p.attackers(p.King(p.turn), p.turn.Other(), p.Occupied())
}

// Attackers returns the pieces of colour by that attack sq, pinned ones
// included. A piece on sq itself does not matter.
func (p *Position) Attackers(sq Square, by Color) Bitboard {
	return p.attackers(sq, by, p.Occupied())
}

// IsCapture tells whether a legal move takes a piece, en passant included.
func (p *Position) IsCapture(m Move) bool {
	return m.IsEnPassant() || p.board[m.To()] != NoPiece && !m.IsCastling()
}

// attackers returns the pieces of colour by that attack sq when the board is
// occupied as given; pieces outside occupied do not count.
func (p *Position) attackers(sq Square, by Color, occupied Bitboard) Bitboard {
	set := PawnAttacks(by.Other(), sq) & p.roles[Pawn]
	set |= KnightAttacks(sq) & p.roles[Knight]
	set |= KingAttacks(sq) & p.roles[King]
	set |= RookAttacks(sq, occupied) & (p.roles[Rook] | p.roles[Queen])
	set |= BishopAttacks(sq, occupied) & (p.roles[Bishop] | p.roles[Queen])
	return set & p.colors[by&1] & occupied
}

// attacked is attackers != 0, found sooner.
func (p *Position) attacked(sq Square, by Color, occupied Bitboard) bool {
	enemy := p.colors[by&1] & occupied
	leapers := PawnAttacks(by.Other(), sq)&p.roles[Pawn] |
		KnightAttacks(sq)&p.roles[Knight] | KingAttacks(sq)&p.roles[King]
	if leapers&enemy != 0 {
		return true
	}
	if RookAttacks(sq, occupied)&(p.roles[Rook]|p.roles[Queen])&enemy != 0 {
		return true
	}
	return BishopAttacks(sq, occupied)&(p.roles[Bishop]|p.roles[Queen])&enemy != 0
}
