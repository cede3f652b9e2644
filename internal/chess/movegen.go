package chess

// generator holds what all moves of one position need to know. Moves come out
// legal: pieces that give check and own pieces that are pinned are known
// before the first move is made.
type generator struct {
	p        *Position
	movers   Bitboard // only moves of these pieces
	targets  Bitboard // only moves to these squares
	own      Bitboard
	enemy    Bitboard
	checkers Bitboard
	evasions Bitboard // where a piece other than the king may go
	pinned   Bitboard // own pieces that shield the king
	king     Square
	us       Color
}

// LegalMoves appends all legal moves to dst, in no particular order, and
// returns it. It allocates only when dst has no room; 256 suffice in every
// position of a game, constructed positions can have more.
func (p *Position) LegalMoves(dst []Move) []Move {
	return p.MovesOf(dst, allBits, allBits)
}

// MovesOf appends the legal moves of the given pieces to the given squares. A
// castling move belongs to the king and goes to the rook's square.
func (p *Position) MovesOf(dst []Move, movers, targets Bitboard) []Move {
	g := newGenerator(p, movers, targets)
	dst = g.kingMoves(dst)
	if !g.checkers.several() {
		dst = g.pieceMoves(dst)
		dst = g.pawnMoves(dst)
	}
	return dst
}

// HasLegalMove tells whether the side to move can move at all; if not it is
// checkmate or stalemate.
func (p *Position) HasLegalMove() bool {
	var buffer [256]Move
	moves := buffer[:0]
	g := newGenerator(p, allBits, allBits)
	if !g.checkers.several() {
		if moves = g.pawnMoves(moves); len(moves) > 0 {
			return true
		}
		if moves = g.pieceMoves(moves); len(moves) > 0 {
			return true
		}
	}
	return len(g.kingMoves(moves)) > 0
}

// IsLegal tells whether m is a legal move of the side to move, exactly as
// LegalMoves writes it.
func (p *Position) IsLegal(m Move) bool {
	var buffer [4]Move
	for _, legal := range p.MovesOf(buffer[:0], m.From().Bit(), m.To().Bit()) {
		if legal == m {
			return true
		}
	}
	return false
}

func newGenerator(p *Position, movers, targets Bitboard) generator {
	own, enemy := p.colors[p.turn&1], p.colors[p.turn&1^1]
	king := (p.roles[King] & own).First()
	g := generator{p: p, us: p.turn, king: king, own: own, enemy: enemy, movers: movers, targets: targets}
	g.evasions = allBits
	g.checkers = p.attackers(king, g.us.Other(), own|enemy)
	if g.checkers != 0 {
		g.evasions = between(king, g.checkers.First()) | g.checkers
	}
	g.findPins()
	return g
}

// findPins looks along the lines from the king to enemy sliders as if there
// were no own pieces; one own piece alone in between is pinned.
func (g *generator) findPins() {
	p := g.p
	snipers := RookAttacks(g.king, g.enemy)&(p.roles[Rook]|p.roles[Queen]) |
		BishopAttacks(g.king, g.enemy)&(p.roles[Bishop]|p.roles[Queen])
	for snipers &= g.enemy; snipers != 0; snipers &= snipers - 1 {
		shield := between(g.king, snipers.First()) & g.own
		if !shield.several() {
			g.pinned |= shield
		}
	}
}

func (g *generator) kingMoves(moves []Move) []Move {
	if !g.movers.Has(g.king) {
		return moves
	}
	without := (g.own | g.enemy) ^ g.king.Bit()
	for set := KingAttacks(g.king) & g.targets &^ g.own; set != 0; set &= set - 1 {
		if to := set.First(); !g.p.attacked(to, g.us.Other(), without) {
			moves = append(moves, newMove(g.king, to, kindNormal))
		}
	}
	if g.checkers == 0 {
		moves = g.castlingMoves(moves)
	}
	return moves
}

func (g *generator) pieceMoves(moves []Move) []Move {
	p, occupied := g.p, g.own|g.enemy
	allowed := g.targets & g.evasions &^ g.own
	movers := g.own & g.movers &^ (p.roles[Pawn] | p.roles[King])
	for ; movers != 0; movers &= movers - 1 {
		from := movers.First()
		set := pieceAttacks(p.board[from&63].Role(), from, occupied) & allowed
		if g.pinned.Has(from) {
			set &= lineThrough(g.king, from)
		}
		for ; set != 0; set &= set - 1 {
			moves = append(moves, newMove(from, set.First(), kindNormal))
		}
	}
	return moves
}
