package chess

import (
	"cmp"
	"fmt"
	"slices"

	"kibitz/internal/game"
)

// Rank implements game.Ranker: the place of a move among the legal ones, most
// of which are far worse than a few. Games are stored as such places: nothing
// that changes the order of moves may ever change.
func (r *Rules) Rank(s game.State, e game.Event) (rank, of int, ok bool) {
	st, isChess := s.(*state)
	moved, isMove := e.(movedEvent)
	if !isChess || !isMove || st.outcome.over() {
		return 0, 0, false
	}
	var room [256]rankedMove
	list := st.ranked(room[:0])
	rank = slices.IndexFunc(list, func(m rankedMove) bool { return m.move == moved.move })
	return rank, len(list), rank >= 0
}

// Ranked implements game.Ranker.
func (r *Rules) Ranked(s game.State, rank int) (game.Event, error) {
	st, isChess := s.(*state)
	if !isChess || st.outcome.over() {
		return nil, fmt.Errorf("%w: no move is possible there", game.ErrMalformed)
	}
	var room [256]rankedMove
	list := st.ranked(room[:0])
	if rank < 0 || rank >= len(list) {
		return nil, fmt.Errorf("%w: move %d of %d", game.ErrMalformed, rank, len(list))
	}
	return movedEvent{list[rank].move}, nil
}

type rankedMove struct {
	move  Move
	score int
}

// ranked appends the legal moves to dst, the likeliest first.
func (s *state) ranked(dst []rankedMove) []rankedMove {
	var room [256]Move
	g := newGuess(&s.history.position, s.line.last())
	for _, m := range s.history.position.LegalMoves(room[:0]) {
		dst = append(dst, rankedMove{m, g.score(m)})
	}
	slices.SortFunc(dst, func(a, b rankedMove) int {
		if a.score != b.score {
			return cmp.Compare(b.score, a.score)
		}
		return cmp.Compare(a.move, b.move)
	})
	return dst
}

// last returns the last move, NoMove before the first.
func (l *line) last() Move {
	if l.n == 0 {
		return NoMove
	}
	return l.tail[(l.n-1)%blockLen]
}

// guess says how likely moves are in one position, without looking ahead. Its
// numbers are stored in every game; see Rank.
type guess struct {
	p        *Position
	us       Color
	enemy    Bitboard
	occupied Bitboard
	pawns    Bitboard // squares that enemy pawns attack
	last     Square   // where the opponent has just gone
}

// worth is what a piece counts for when it is captured, by role.
var worth = [8]int{0, 100, 310, 325, 500, 950, 2000, 0}

func newGuess(p *Position, last Move) *guess {
	g := &guess{p: p, us: p.turn, enemy: p.colors[p.turn&1^1], occupied: p.Occupied(), last: NoSquare}
	for set := g.enemy & p.roles[Pawn]; set != 0; set &= set - 1 {
		g.pawns |= PawnAttacks(p.turn.Other(), set.First())
	}
	if last != NoMove {
		g.last = last.To()
	}
	return g
}

func (g *guess) score(m Move) int {
	p := g.p
	if m.IsCastling() {
		return 130
	}
	from, to := m.From(), m.To()
	role := p.board[from].Role()
	score := g.place(role, to) - g.place(role, from)
	if victim := p.board[to].Role(); victim != NoRole || m.IsEnPassant() {
		score += g.capture(role, max(victim, Pawn), to)
	}
	if promoted := m.Promotion(); promoted == Queen {
		score += 800
	} else if promoted != NoRole {
		score -= 300
	}
	if role != Pawn && role != King {
		score += g.safety(role, from, to)
	}
	return score + g.check(m, role)
}

// capture is what taking is worth: more on a square where somebody has just
// arrived.
func (g *guess) capture(role, victim Role, to Square) int {
	score := worth[victim]
	if to == g.last {
		score += 350
	}
	if g.p.attacked(to, g.us.Other(), g.occupied) {
		score -= worth[role] * 9 / 10
	}
	return score + 60
}

// safety is what a piece wins by leaving a square and loses by entering one.
func (g *guess) safety(role Role, from, to Square) int {
	score := 0
	if g.pawns.Has(from) {
		score += worth[role] / 3
	} else if g.p.attacked(from, g.us.Other(), g.occupied) && !g.p.attacked(from, g.us, g.occupied&^from.Bit()) {
		score += worth[role] / 5
	}
	if g.p.board[to] != NoPiece {
		return score
	}
	switch without := g.occupied &^ from.Bit(); {
	case g.pawns.Has(to):
		score -= worth[role] * 2 / 3
	case g.p.attacked(to, g.us.Other(), without):
		score -= worth[role] / 4
	}
	return score
}

// check is a small premium for moves that attack the king.
func (g *guess) check(m Move, role Role) int {
	king := g.p.King(g.us.Other())
	switch role {
	case Pawn:
		if PawnAttacks(g.us, m.To()).Has(king) {
			return 60
		}
	case Knight, Bishop, Rook, Queen:
		if pieceAttacks(role, m.To(), g.occupied&^m.From().Bit()).Has(king) {
			return 60
		}
	}
	return 0
}

// place is how well a piece stands on a square.
func (g *guess) place(role Role, sq Square) int {
	file, rank := int(sq&7), int(sq>>3)
	if g.us == Black {
		rank = 7 - rank
	}
	middle := 6 - (abs(2*file-7)+abs(2*rank-7))/2 // 0 in the corners to 5
	switch role {
	case Pawn:
		return [8]int{0, 0, 8, 20, 30, 60, 120, 200}[rank] * (4 + min(file, 7-file)) / 5
	case Knight:
		return 13 * middle
	case Bishop:
		return 7*middle + 6*min(rank, 2)
	case Rook:
		return 5*min(file, 7-file) + [8]int{0, 0, 0, 0, 0, 5, 25, 10}[rank]
	case Queen:
		return 4*middle + 3*min(rank, 1)
	case King:
		return g.kingPlace(file, rank, middle)
	}
	return 0
}

// kingPlace hides the king while there are queens, and then takes it to the
// middle.
func (g *guess) kingPlace(file, rank, middle int) int {
	if g.p.roles[Queen] == 0 || g.occupied.Count() < 14 {
		return 12 * middle
	}
	return 10*abs(file-3) - 25*rank
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
