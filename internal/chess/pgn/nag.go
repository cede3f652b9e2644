package pgn

import "strconv"

// NAG is a numeric annotation glyph, the number behind the dollar sign.
type NAG uint8

// The judgements that have a glyph of their own behind a move.
const (
	GoodMove    NAG = 1 // !
	Mistake     NAG = 2 // ?
	Brilliant   NAG = 3 // !!
	Blunder     NAG = 4 // ??
	Interesting NAG = 5 // !?
	Dubious     NAG = 6 // ?!
	lastGlyph       = Dubious
	maxNAG          = 255
)

var glyphs = [lastGlyph + 1]string{GoodMove: "!", Mistake: "?", Brilliant: "!!", Blunder: "??", Interesting: "!?", Dubious: "?!"}

// String returns the numeric form.
func (n NAG) String() string { return "$" + strconv.Itoa(int(n)) }

// Glyph returns the mark that stands directly behind a move, and "" for an annotation without one.
func (n NAG) Glyph() string {
	if n > lastGlyph {
		return ""
	}
	return glyphs[n]
}

// cutGlyph takes the longest glyph from the front of a text that begins with ! or ?.
func cutGlyph(text string) (nag NAG, length int) {
	for length = min(2, len(text)); length > 0; length-- {
		for n := GoodMove; n <= lastGlyph; n++ {
			if glyphs[n] == text[:length] {
				return n, length
			}
		}
	}
	return 0, 0
}

// symbolNAG reads the signs that books print for the value of a position.
func symbolNAG(word string) (NAG, bool) {
	switch word {
	case "=":
		return 10, true
	case "+=", "+/=":
		return 14, true
	case "=+", "=/+":
		return 15, true
	case "+/-":
		return 16, true
	case "-/+":
		return 17, true
	case "+-":
		return 18, true
	case "-+":
		return 19, true
	}
	return 0, false
}
