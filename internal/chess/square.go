package chess

import "fmt"

// Square is a field of the board: a1 = 0, b1 = 1, ... h8 = 63. Other values
// name no square.
type Square uint8

// NoSquare is the absent square, for instance when there is no en passant.
const NoSquare Square = 64

// The files and ranks used by the rules.
const (
	fileC = 2
	fileD = 3
	fileE = 4
	fileF = 5
	fileG = 6
)

// NewSquare returns the square at a file and a rank, both counted from 0 and
// taken modulo 8.
func NewSquare(file, rank int) Square { return Square(rank&7<<3 | file&7) }

// ParseSquare reads a name from "a1" to "h8". Errors wrap ErrSyntax.
func ParseSquare(s string) (Square, error) {
	if len(s) == 2 {
		if sq := squareAt(s, 0); sq != NoSquare {
			return sq, nil
		}
	}
	return NoSquare, fmt.Errorf("%w: %s is not a square from a1 to h8", ErrSyntax, echo(s))
}

// squareAt reads the square name at s[i:i+2], which must exist; NoSquare when
// it is none.
func squareAt(s string, i int) Square {
	file, rank := s[i]-'a', s[i+1]-'1'
	if file > 7 || rank > 7 {
		return NoSquare
	}
	return Square(rank<<3 | file)
}

// File counts from 0 for the a-file to 7.
func (sq Square) File() int { return int(sq & 7) }

// Rank counts from 0 for White's back rank to 7.
func (sq Square) Rank() int { return int(sq>>3) & 7 }

// String returns the name such as "e4"; "-" when sq is no square.
func (sq Square) String() string {
	if sq >= NoSquare {
		return "-"
	}
	return string(sq.append(nil))
}

func (sq Square) append(dst []byte) []byte {
	return append(dst, 'a'+byte(sq&7), '1'+byte(sq>>3))
}
