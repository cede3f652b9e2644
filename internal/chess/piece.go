package chess

// Color is a side. The numbers are stored: White 0, Black 1.
type Color uint8

// The two sides.
const (
	White Color = 0
	Black Color = 1
)

// Other returns the opponent of c.
func (c Color) Other() Color { return c ^ 1 }

// String returns "white" or "black", the names used on the wire.
func (c Color) String() string {
	if c == White {
		return "white"
	}
	return "black"
}

// backRank is the rank index (0..7) on which c's pieces start.
func (c Color) backRank() int { return int(c) * 7 }

// Role is a kind of piece without its colour. The numbers are stored in moves
// and games and never change.
type Role uint8

// The roles. NoRole stands for "no piece" and "no promotion".
const (
	NoRole Role = 0
	Pawn   Role = 1
	Knight Role = 2
	Bishop Role = 3
	Rook   Role = 4
	Queen  Role = 5
	King   Role = 6
)

// String returns the English name in lower case; NoRole gives "none".
func (r Role) String() string {
	switch r {
	case Pawn:
		return "pawn"
	case Knight:
		return "knight"
	case Bishop:
		return "bishop"
	case Rook:
		return "rook"
	case Queen:
		return "queen"
	case King:
		return "king"
	}
	return "none"
}

// Letter returns the English capital used in SAN and FEN: P N B R Q K, or '-'
// for NoRole.
func (r Role) Letter() byte { return "-PNBRQK-"[r&7] }

// roleOf reads an English piece letter of either case; NoRole for any other.
func roleOf(letter byte) Role {
	switch letter | 0x20 {
	case 'p':
		return Pawn
	case 'n':
		return Knight
	case 'b':
		return Bishop
	case 'r':
		return Rook
	case 'q':
		return Queen
	case 'k':
		return King
	}
	return NoRole
}

// Piece is a role with a colour in one byte: role in bits 0-2, colour in bit 3.
type Piece uint8

// NoPiece is the content of an empty square.
const NoPiece Piece = 0

// NewPiece returns the piece of that colour and role; NoRole gives NoPiece for
// either colour.
func NewPiece(c Color, r Role) Piece {
	if r == NoRole {
		return NoPiece
	}
	return Piece(c)<<3 | Piece(r)
}

// Role returns the piece's role, NoRole for NoPiece.
func (pc Piece) Role() Role { return Role(pc & 7) }

// Color returns the piece's side; it means nothing for NoPiece.
func (pc Piece) Color() Color { return Color(pc >> 3 & 1) }

// Letter returns the FEN letter, upper case for White, '.' for NoPiece.
func (pc Piece) Letter() byte { return ".PNBRQK..pnbrqk."[pc&15] }

// String returns the FEN letter.
func (pc Piece) String() string { return string(rune(pc.Letter())) }
