package search

import (
	"math/bits"

	"kibitz/internal/chess"
)

// value is the worth of each role in hundredths of a pawn.
var value = [8]Score{chess.Pawn: 100, chess.Knight: 320, chess.Bishop: 330, chess.Rook: 500, chess.Queen: 900}

// phaseOf is how much each role counts towards the middlegame; fullPhase is
// that of all pieces at the start.
var phaseOf = [8]int{chess.Knight: 1, chess.Bishop: 1, chess.Rook: 2, chess.Queen: 4}

const fullPhase = 24

// Terms of the evaluation, in hundredths of a pawn.
const (
	tempo        = 10
	bishopPair   = 30
	doubledPawn  = -12
	isolatedPawn = -12
	mobility     = 3
	shield       = 10
	openFile     = 15
	centreKing   = 8
)

// passed is the worth of a passed pawn by the ranks it has advanced.
var passed = [8]Score{0, 5, 10, 20, 35, 60, 100, 0}

// centre is how near a square is to the centre, 0 to 6.
func centre(sq chess.Square) Score {
	distance := func(x int) int { return max(3-x, x-4) }
	return Score(6 - distance(sq.File()) - distance(sq.Rank()))
}

// evaluate scores a position for the side to move by material, activity,
// pawns and the safety of the kings.
func evaluate(p *chess.Position) Score {
	phase := 0
	for role := chess.Knight; role <= chess.Queen; role++ {
		phase += phaseOf[role] * bits.OnesCount64(uint64(p.ByRole(role)))
	}
	e := evaluation{p: p, phase: min(phase, fullPhase)}
	us := p.Turn()
	return e.side(us) - e.side(us.Other()) + tempo
}

type evaluation struct {
	p     *chess.Position
	phase int
}

// blend weighs a middlegame against an endgame score.
func (e *evaluation) blend(middle, end Score) Score {
	return (middle*Score(e.phase) + end*Score(fullPhase-e.phase)) / fullPhase
}

func (e *evaluation) side(c chess.Color) Score {
	score := e.pawns(c) + e.king(c)
	for role := chess.Knight; role <= chess.Queen; role++ {
		for rest := e.p.Pieces(c, role); rest != 0; rest &= rest - 1 {
			score += value[role] + e.piece(role, c, rest.First())
		}
	}
	if bits.OnesCount64(uint64(e.p.Pieces(c, chess.Bishop))) >= 2 {
		score += bishopPair
	}
	return score
}

// piece scores where a piece stands and how far it reaches.
func (e *evaluation) piece(role chess.Role, c chess.Color, sq chess.Square) Score {
	var reach chess.Bitboard
	switch role {
	case chess.Knight:
		return centre(sq)*6 - 12
	case chess.Bishop:
		reach = chess.BishopAttacks(sq, e.p.Occupied())
	case chess.Rook:
		reach = chess.RookAttacks(sq, e.p.Occupied())
	case chess.Queen:
		return e.blend(0, centre(sq)*4)
	}
	score := Score(bits.OnesCount64(uint64(reach&^e.p.ByColor(c)))) * mobility
	if role == chess.Rook && file(sq)&e.p.Pieces(c, chess.Pawn) == 0 {
		score += openFile
	}
	return score
}

func (e *evaluation) pawns(c chess.Color) Score {
	own, enemy := e.p.Pieces(c, chess.Pawn), e.p.Pieces(c.Other(), chess.Pawn)
	var score Score
	for rest := own; rest != 0; rest &= rest - 1 {
		sq := rest.First()
		advanced := sq.Rank()
		if c == chess.Black {
			advanced = 7 - advanced
		}
		score += value[chess.Pawn] + e.blend(centre(sq)*3, Score(advanced)*4)
		if ahead(c, sq)&file(sq)&own != 0 {
			score += doubledPawn
		}
		if neighbours(sq)&own == 0 {
			score += isolatedPawn
		}
		if ahead(c, sq)&(file(sq)|neighbours(sq))&enemy == 0 {
			score += e.blend(passed[advanced]/2, passed[advanced])
		}
	}
	return score
}

// king wants pawns around it while there are pieces, and the centre later.
func (e *evaluation) king(c chess.Color) Score {
	sq := e.p.King(c)
	cover := bits.OnesCount64(uint64(chess.KingAttacks(sq) & e.p.Pieces(c, chess.Pawn)))
	return e.blend(Score(cover)*shield-centre(sq)*centreKing, centre(sq)*centreKing)
}

// file returns all squares of the file of a square.
func file(sq chess.Square) chess.Bitboard {
	return chess.Bitboard(0x0101010101010101) << sq.File()
}

// neighbours returns the files beside that of a square.
func neighbours(sq chess.Square) chess.Bitboard {
	f := file(sq)
	return f<<1&^0x0101010101010101 | f>>1&^0x8080808080808080
}

// ahead returns all ranks in front of a square as a colour sees it.
func ahead(c chess.Color, sq chess.Square) chess.Bitboard {
	if c == chess.White {
		return ^chess.Bitboard(0) << (8 * (sq.Rank() + 1))
	}
	return chess.Bitboard(1)<<(8*sq.Rank()) - 1
}
