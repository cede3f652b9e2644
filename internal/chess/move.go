package chess

// Move is one move in 16 bits, stored in games for ever: bits 0-5 the square
// of origin, bits 6-11 the destination, bits 12-15 the kind. Castling is kept
// as king takes own rook, which is unambiguous in Chess960 too. A Move means
// something only together with the position it is played in.
type Move uint16

// NoMove is the absent move; no legal move has this value.
const NoMove Move = 0

// Kinds in the upper four bits. 2 to 5 are the role promoted to.
const (
	kindNormal    = 0
	kindCastling  = 8
	kindEnPassant = 9
)

func newMove(from, to Square, kind uint16) Move {
	return Move(uint16(from) | uint16(to)<<6 | kind<<12)
}

// From returns the square the piece leaves; the king's when castling.
func (m Move) From() Square { return Square(m & 63) }

// To returns the square the piece reaches; the own rook's square when castling.
func (m Move) To() Square { return Square(m >> 6 & 63) }

func (m Move) kind() uint16 { return uint16(m >> 12) }

// Promotion returns the role a pawn becomes, NoRole for all other moves.
func (m Move) Promotion() Role {
	if k := m.kind(); k >= uint16(Knight) && k <= uint16(Queen) {
		return Role(k)
	}
	return NoRole
}

// IsCastling tells castling apart from all other moves.
func (m Move) IsCastling() bool { return m.kind() == kindCastling }

// IsEnPassant tells whether the captured pawn stands beside the destination.
func (m Move) IsEnPassant() bool { return m.kind() == kindEnPassant }

// KingSide tells on which side a castling move goes; it means nothing for
// others.
func (m Move) KingSide() bool { return m.To() > m.From() }

// CastlingTargets returns where king and rook stand after a castling move:
// g and f file, or c and d file.
func (m Move) CastlingTargets() (king, rook Square) {
	rank := m.From() &^ 7
	if m.KingSide() {
		return rank | fileG, rank | fileF
	}
	return rank | fileC, rank | fileD
}

// String returns from, to and promotion letter, with castling as king takes
// rook. [Position.UCI] gives the notation that suits the position.
func (m Move) String() string {
	if m == NoMove {
		return "0000"
	}
	return string(m.appendPlain(nil, m.To()))
}

func (m Move) appendPlain(dst []byte, to Square) []byte {
	dst = to.append(m.From().append(dst))
	if r := m.Promotion(); r != NoRole {
		dst = append(dst, r.Letter()|0x20)
	}
	return dst
}
