package chess

import (
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
	var room [256]likely
	list := st.likely(room[:0])
	i := slices.IndexFunc(list, func(l likely) bool { return l.move() == moved.move })
	if i < 0 {
		return -1, len(list), false
	}
	for _, l := range list {
		if l < list[i] {
			rank++
		}
	}
	return rank, len(list), true
}

// Turns implements game.Ranker.
func (r *Rules) Turns(s game.State) int {
	st, isChess := s.(*state)
	if !isChess || st.outcome.over() {
		return 0
	}
	var room [256]Move
	return len(st.history.position.LegalMoves(room[:0]))
}

// Ranked implements game.Ranker.
func (r *Rules) Ranked(s game.State, rank int) (game.Event, error) {
	st, isChess := s.(*state)
	if !isChess || st.outcome.over() {
		return nil, fmt.Errorf("%w: no move is possible there", game.ErrMalformed)
	}
	var room [256]likely
	list := st.likely(room[:0])
	if rank < 0 || rank >= len(list) {
		return nil, fmt.Errorf("%w: move %d of %d", game.ErrMalformed, rank, len(list))
	}
	return movedEvent{nth(list, rank).move()}, nil
}

// likely is a move with its score: the likelier of two is the smaller, and of
// two with the same score the one that is the smaller as a number.
type likely int64

func newLikely(m Move, score int) likely { return likely(-score)<<16 | likely(m) }

func (l likely) move() Move { return Move(l & 0xffff) }

// nth returns the element that n others are smaller than. The first few, which
// are asked for most, it finds without sorting all.
func nth(list []likely, n int) likely {
	const few = 6
	if n >= few {
		slices.Sort(list)
		return list[n]
	}
	for i := range n + 1 {
		for j := i + 1; j < len(list); j++ {
			if list[j] < list[i] {
				list[i], list[j] = list[j], list[i]
			}
		}
	}
	return list[n]
}

// likely appends the legal moves to dst with their scores.
func (s *state) likely(dst []likely) []likely {
	var room [256]Move
	g := newGuess(&s.history.position, s.line.last())
	for _, m := range s.history.position.LegalMoves(room[:0]) {
		dst = append(dst, newLikely(m, g.score(m)))
	}
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
