package chess

import "fmt"

// UCI writes a legal move as engines and the wire do: from, to, promotion
// letter. Castling is king takes rook (e1h1) when p is Chess960, otherwise the
// king's two steps (e1g1).
func (p *Position) UCI(m Move) string { return string(p.AppendUCI(nil, m)) }

// AppendUCI appends what UCI returns.
func (p *Position) AppendUCI(dst []byte, m Move) []byte {
	to := m.To()
	if m.IsCastling() && !p.chess960 {
		to, _ = m.CastlingTargets()
	}
	return m.appendPlain(dst, to)
}

// ParseUCI reads a move and finds it among the legal ones. Both castling
// notations are understood in every position; where the king's destination
// would also be a plain king move, it is the plain move. Errors wrap ErrSyntax
// or ErrIllegalMove.
func (p *Position) ParseUCI(s string) (Move, error) {
	from, to, promotion := splitUCI(s)
	if from == NoSquare || to == NoSquare || from == to {
		return NoMove, fmt.Errorf("%w: %s, want for instance e2e4 or e7e8q", ErrSyntax, echo(s))
	}
	var buffer [4]Move
	for _, m := range p.MovesOf(buffer[:0], from.Bit(), to.Bit()) {
		if m.Promotion() == promotion {
			return m, nil
		}
	}
	if m := p.castlingTo(from, to); m != NoMove && promotion == NoRole {
		return m, nil
	}
	return NoMove, p.refuse(s)
}

// splitUCI returns NoSquare for from when s has not the form of a move.
func splitUCI(s string) (from, to Square, promotion Role) {
	if len(s) != 4 && len(s) != 5 {
		return NoSquare, NoSquare, NoRole
	}
	if len(s) == 5 {
		promotion = roleOf(s[4])
		if promotion < Knight || promotion > Queen {
			return NoSquare, NoSquare, NoRole
		}
	}
	return squareAt(s, 0), squareAt(s, 2), promotion
}

// castlingTo finds the castling move that brings the king from its square to
// another two or more files away, the classical notation.
func (p *Position) castlingTo(from, to Square) Move {
	distance := to.File() - from.File()
	if from != p.King(p.turn) || distance*distance < 4 {
		return NoMove
	}
	var buffer [4]Move
	for _, m := range p.MovesOf(buffer[:0], from.Bit(), p.castling) {
		if kingTo, _ := m.CastlingTargets(); m.IsCastling() && kingTo == to {
			return m
		}
	}
	return NoMove
}

// refuse says that a well-formed move is not legal here.
func (p *Position) refuse(move string) error {
	return fmt.Errorf("%w: %s with %s to move in %s", ErrIllegalMove, echo(move), p.turn, p.FEN())
}
