package chess

import (
	"fmt"
	"strconv"
	"strings"
)

// maxCounter bounds both move counters of a FEN.
const maxCounter = 9999

// ParseFEN reads a FEN of 4 or 6 fields. Castling rights may be classical
// (KQkq), X-FEN or Shredder-FEN. Positions that no game can reach are refused
// with the reason, as far as move generation depends on it: kings, pawns on a
// back rank, the side not to move in check, castling rights without king or
// rook in place, an en passant square without its pawn. Errors wrap ErrFEN.
func ParseFEN(s string) (Position, error) {
	fields := strings.Fields(s)
	if len(fields) != 4 && len(fields) != 6 {
		return Position{}, fmt.Errorf("%w: %d fields in %s, want 4 or 6", ErrFEN, len(fields), echo(s))
	}
	p := Position{ep: NoSquare, fullmove: 1}
	readers := [...]func(string) error{p.readBoard, p.readTurn, p.readCastling, p.readEnPassant, p.readHalfmove, p.readFullmove}
	for i, field := range fields {
		if err := readers[i](field); err != nil {
			return Position{}, err
		}
	}
	if err := p.validate(); err != nil {
		return Position{}, err
	}
	if p.ep != NoSquare {
		p.judgeEnPassant()
	}
	p.chess960 = p.chess960 || p.needsChess960()
	p.hash = p.computeHash()
	return p, nil
}

func (p *Position) readBoard(field string) error {
	ranks := strings.Split(field, "/")
	if len(ranks) != 8 {
		return fmt.Errorf("%w: %d ranks, want 8", ErrFEN, len(ranks))
	}
	for i, rank := range ranks {
		if err := p.readRank(7-i, rank); err != nil {
			return err
		}
	}
	for c := White; c <= Black; c++ {
		if n := p.Pieces(c, King).Count(); n != 1 {
			return fmt.Errorf("%w: %s has %d kings, want 1", ErrFEN, c, n)
		}
	}
	return nil
}

func (p *Position) readRank(rank int, text string) error {
	file := 0
	for i := 0; i < len(text) && file <= 8; i++ {
		letter := text[i]
		if letter >= '1' && letter <= '8' {
			file += int(letter - '0')
			continue
		}
		role := roleOf(letter)
		if role == NoRole {
			return fmt.Errorf("%w: %q on rank %d is no piece", ErrFEN, letter, rank+1)
		}
		if file < 8 {
			p.put(NewPiece(colorOf(letter), role), NewSquare(file, rank))
		}
		file++
	}
	if file != 8 {
		return fmt.Errorf("%w: rank %d %s does not have 8 squares", ErrFEN, rank+1, echo(text))
	}
	return nil
}

// colorOf reads the case of a FEN letter.
func colorOf(letter byte) Color {
	if letter >= 'a' {
		return Black
	}
	return White
}

func (p *Position) readTurn(field string) error {
	switch field {
	case "w":
		p.turn = White
	case "b":
		p.turn = Black
	default:
		return fmt.Errorf("%w: side to move %s, want w or b", ErrFEN, echo(field))
	}
	return nil
}

func (p *Position) readCastling(field string) error {
	if field == "-" {
		return nil
	}
	for i := range len(field) {
		if err := p.readCastlingRight(field[i]); err != nil {
			return err
		}
	}
	return nil
}

func (p *Position) readCastlingRight(letter byte) error {
	c := colorOf(letter)
	king := p.King(c)
	rook := p.castlingRook(letter)
	if rook == NoSquare || king.Rank() != c.backRank() {
		return fmt.Errorf("%w: castling right %q without king and rook in place", ErrFEN, letter)
	}
	for rights := p.castling & p.colors[c]; rights != 0; rights &= rights - 1 {
		if (rights.First() > king) == (rook > king) {
			return fmt.Errorf("%w: castling right %q is the second on its side", ErrFEN, letter)
		}
	}
	p.castling |= rook.Bit()
	return nil
}

// castlingRook finds the rook that a letter of the castling field means:
// outermost on its side for K and Q, on the named file for A to H.
func (p *Position) castlingRook(letter byte) Square {
	c := colorOf(letter)
	king, rooks := p.King(c), p.Pieces(c, Rook)&(rank1Bits<<(56*c))
	switch low := letter | 0x20; {
	case low == 'q':
		if rook := rooks.First(); rook < king {
			return rook
		}
	case low == 'k':
		if rook := rooks.last(); rook != NoSquare && rook > king {
			return rook
		}
	case low >= 'a' && low <= 'h':
		p.chess960 = true
		if rook := NewSquare(int(low-'a'), c.backRank()); rooks.Has(rook) {
			return rook
		}
	}
	return NoSquare
}

func (p *Position) readEnPassant(field string) error {
	if field == "-" {
		return nil
	}
	sq, err := ParseSquare(field)
	if err != nil {
		return fmt.Errorf("%w: en passant square %s", ErrFEN, echo(field))
	}
	behind := 5 - 3*int(p.turn) // rank index on which the mover's opponent leaves ep squares
	pawn := NewPiece(p.turn.Other(), Pawn)
	if sq.Rank() != behind || p.board[sq] != NoPiece || p.board[sq^8] != pawn || p.board[sq^24] != NoPiece {
		return fmt.Errorf("%w: no pawn can just have moved two squares over %s", ErrFEN, sq)
	}
	p.ep = sq
	return nil
}

func (p *Position) readHalfmove(field string) (err error) {
	p.halfmove, err = readCounter(field)
	return err
}

// readFullmove takes 0 for 1, as many programs write it.
func (p *Position) readFullmove(field string) (err error) {
	p.fullmove, err = readCounter(field)
	p.fullmove = max(p.fullmove, 1)
	return err
}

func readCounter(field string) (uint16, error) {
	n, err := strconv.ParseUint(field, 10, 16)
	if err != nil || n > maxCounter {
		return 0, fmt.Errorf("%w: move counter %s, want 0 to %d", ErrFEN, echo(field), maxCounter)
	}
	return uint16(n), nil
}

// validate checks what needs the whole position.
func (p *Position) validate() error {
	if p.roles[Pawn]&lastRanks != 0 {
		return fmt.Errorf("%w: a pawn stands on rank 1 or 8", ErrFEN)
	}
	if p.attacked(p.King(p.turn.Other()), p.turn, p.Occupied()) {
		return fmt.Errorf("%w: %s is to move and could capture the king", ErrFEN, p.turn)
	}
	if n := p.Checkers().Count(); n > 2 {
		return fmt.Errorf("%w: %d pieces give check at once, at most 2 can", ErrFEN, n)
	}
	return nil
}
