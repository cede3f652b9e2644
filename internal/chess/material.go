package chess

// CanMate tells whether c could still checkmate by some sequence of moves, by
// material alone. It decides whether running out of time loses or draws. A
// side cannot mate with a bare king; with one knight against king and queens;
// or with bishops that, counting both sides, all stand on one square colour,
// when the opponent has no knight or pawn (spec/chess.md 3.3).
func (p *Position) CanMate(c Color) bool {
	own, enemy := p.colors[c&1], p.colors[c&1^1]
	king, knights, bishops := p.roles[King], p.roles[Knight], p.roles[Bishop]
	switch {
	case own == own&king:
		return false
	case own == own&(king|knights) && (own&knights).Count() == 1:
		return enemy&^(king|p.roles[Queen]) != 0
	case own == own&(king|bishops):
		return bishopsOnBothColors(bishops) || enemy&(knights|p.roles[Pawn]) != 0
	}
	return true
}

// DeadPosition tells whether neither side can mate and the game is drawn at
// once: kings with at most one minor piece, or with bishops on one square
// colour only. Blocked pawns are not analysed.
func (p *Position) DeadPosition() bool {
	occupied := p.Occupied()
	king, bishops := p.roles[King], p.roles[Bishop]
	if occupied&^(king|bishops|p.roles[Knight]) != 0 {
		return false
	}
	return occupied.Count() <= 3 || occupied == king|bishops && !bishopsOnBothColors(bishops)
}

func bishopsOnBothColors(bishops Bitboard) bool {
	return bishops&lightBits != 0 && bishops&darkBits != 0
}
