package chess

import (
	"fmt"
	"strings"
)

// ParseSAN reads a move in standard algebraic notation and finds it among the
// legal ones. It is lenient about what people and programs write: castling
// with zeros, missing or wrong + and #, glyphs such as !?, promotion with or
// without =, "e.p.", a dash or colon, more disambiguation than needed. It does
// not guess: a missing promotion or too little disambiguation is an error.
// Errors wrap ErrSyntax or ErrIllegalMove, ambiguous moves ErrAmbiguous too.
func (p *Position) ParseSAN(s string) (Move, error) {
	text := trimSAN(s)
	if side, ok := castlingSAN(text); ok {
		return p.findCastling(side, s)
	}
	w, ok := readSAN(text)
	if !ok {
		return NoMove, fmt.Errorf("%w: %s, want for instance e4, Nbd7, exd8=Q or O-O", ErrSyntax, echo(s))
	}
	return p.findSAN(w, s)
}

// written is what a SAN move says: the mover's role and the sets of possible
// origins.
type written struct {
	role      Role
	promotion Role
	origins   Bitboard
	to        Square
}

// trimSAN removes what follows the move proper.
func trimSAN(s string) string {
	s = strings.TrimRight(strings.TrimSpace(s), "+#!?")
	for _, suffix := range [...]string{"e.p.", "ep"} {
		if rest, ok := strings.CutSuffix(s, suffix); ok {
			return strings.TrimRight(strings.TrimSpace(rest), "+#!?")
		}
	}
	return s
}

// castlingSAN returns the file the king goes to.
func castlingSAN(text string) (kingFile int, ok bool) {
	switch text {
	case "O-O", "0-0", "o-o", "OO", "00":
		return fileG, true
	case "O-O-O", "0-0-0", "o-o-o", "OOO", "000":
		return fileC, true
	}
	return 0, false
}

func (p *Position) findCastling(kingFile int, original string) (Move, error) {
	var buffer [4]Move
	for _, m := range p.MovesOf(buffer[:0], p.King(p.turn).Bit(), p.castling) {
		if kingTo, _ := m.CastlingTargets(); m.IsCastling() && kingTo.File() == kingFile {
			return m, nil
		}
	}
	return NoMove, p.refuse(original)
}

// readSAN takes the parts off from both ends: role in front, promotion and
// destination at the back; the rest says where the piece comes from.
func readSAN(text string) (w written, ok bool) {
	w.role = Pawn
	if text != "" && text[0] < 'a' {
		if w.role = roleOf(text[0]); w.role == NoRole {
			return w, false
		}
		text = text[1:]
	}
	text, w.promotion = cutPromotion(text)
	if len(text) < 2 {
		return w, false
	}
	w.to = squareAt(text, len(text)-2)
	w.origins, ok = readOrigin(text[:len(text)-2])
	if w.role == Pawn && w.origins == allBits {
		w.origins = fileABits << w.to.File() // "e4" is never a capture
	}
	return w, ok && w.to != NoSquare
}

// cutPromotion takes =Q, Q, (Q) or /Q off the end.
func cutPromotion(text string) (rest string, promotion Role) {
	trimmed := strings.TrimSuffix(text, ")")
	if trimmed == "" {
		return text, NoRole
	}
	last := len(trimmed) - 1
	role := roleOf(trimmed[last])
	if role < Knight || role > Queen {
		return text, NoRole
	}
	return strings.TrimRight(trimmed[:last], "=(/"), role
}

// readOrigin reads the part between role and destination: file, rank or both,
// then a sign for captures or a dash.
func readOrigin(text string) (origins Bitboard, ok bool) {
	text = strings.TrimRight(text, "x:-")
	origins = allBits
	if text != "" && text[0] >= 'a' && text[0] <= 'h' {
		origins &= fileABits << (text[0] - 'a')
		text = text[1:]
	}
	if text != "" && text[0] >= '1' && text[0] <= '8' {
		origins &= rank1Bits << (8 * (text[0] - '1'))
		text = text[1:]
	}
	return origins, text == ""
}

// findSAN looks for the one legal move that fits. A castling move is none of
// them: it goes by its own notation.
func (p *Position) findSAN(w written, original string) (Move, error) {
	var buffer [16]Move
	found, count := NoMove, 0
	for _, m := range p.MovesOf(buffer[:0], w.origins&p.roles[w.role], w.to.Bit()) {
		if !m.IsCastling() && m.Promotion() == w.promotion {
			found = m
			count++
		}
	}
	switch count {
	case 0:
		return NoMove, p.refuse(original)
	case 1:
		return found, nil
	}
	return NoMove, fmt.Errorf("%w: %w: %s in %s", ErrIllegalMove, ErrAmbiguous, echo(original), p.FEN())
}
