package chess

import "fmt"

// StartCount is the number of Chess960 start positions.
const StartCount = 960

// ClassicalStart is the number of the classical start position.
const ClassicalStart = 518

// StartPosition returns the start of a standard game.
func StartPosition() Position {
	p := newStart(backRank960(ClassicalStart))
	p.chess960 = false
	return p
}

// Start960 returns the Chess960 start position with that number, 0 to 959,
// counted as usual (Scharnagl); 518 has the classical array but keeps the
// Chess960 notation. Errors wrap ErrStartNumber.
func Start960(n int) (Position, error) {
	if n < 0 || n >= StartCount {
		return Position{}, fmt.Errorf("%w: %d is not in 0..%d", ErrStartNumber, n, StartCount-1)
	}
	return newStart(backRank960(n)), nil
}

func newStart(rank [8]Role) Position {
	p := Position{ep: NoSquare, fullmove: 1, chess960: true}
	for file, role := range rank {
		for c := White; c <= Black; c++ {
			sq := NewSquare(file, c.backRank())
			p.put(NewPiece(c, role), sq)
			p.put(NewPiece(c, Pawn), sq^8)
			if role == Rook {
				p.castling |= sq.Bit()
			}
		}
	}
	p.hash = p.computeHash()
	return p
}

// knightPlaces are the pairs of free squares that the last digit of a start
// number stands for, among the five squares left.
var knightPlaces = [10][2]int{
	{0, 1}, {0, 2}, {0, 3}, {0, 4}, {1, 2}, {1, 3}, {1, 4}, {2, 3}, {2, 4}, {3, 4},
}

// backRank960 decodes a start number: light bishop, dark bishop, queen,
// knights; rook, king and rook fill what is left.
func backRank960(n int) (rank [8]Role) {
	rank[n%4*2+1] = Bishop
	n /= 4
	rank[n%4*2] = Bishop
	n /= 4
	free := freeFiles(rank)
	rank[free[n%6]] = Queen
	n /= 6
	free = freeFiles(rank)
	rank[free[knightPlaces[n][0]]] = Knight
	rank[free[knightPlaces[n][1]]] = Knight
	free = freeFiles(rank)
	rank[free[0]], rank[free[1]], rank[free[2]] = Rook, King, Rook
	return rank
}

// freeFiles lists the files of empty squares, the rest of the list is zero.
func freeFiles(rank [8]Role) (files [8]int) {
	n := 0
	for file, role := range rank {
		if role == NoRole {
			files[n] = file
			n++
		}
	}
	return files
}
