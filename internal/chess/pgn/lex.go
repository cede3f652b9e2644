package pgn

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind uint8

const (
	tokenEnd tokenKind = iota
	tokenTag
	tokenComment
	tokenMove
	tokenNAG
	tokenOpen
	tokenClose
	tokenResult
)

// token is one meaningful piece of the text. Which fields are set depends on the kind.
type token struct {
	kind   tokenKind
	text   string // the move, the raw comment, the tag's value
	name   string // the tag's name
	nag    NAG
	result Result
}

// maxMoveBytes is more than any move needs: Qa1xb2=Q+ has 9.
const maxMoveBytes = 16

// lexer cuts a section of the input into tokens. Move numbers, dots and white space are no tokens.
type lexer struct {
	text string
	pos  int
	line int // of the input, at pos
	at   int // line on which the last token began
}

func (l *lexer) next() (token, error) {
	for l.pos < len(l.text) {
		switch c := l.text[l.pos]; c {
		case '\n':
			l.line++
			l.pos++
		case ' ', '\t', '\r', '\v', '\f', '.':
			l.pos++
		default:
			l.at = l.line
			if tok, err := l.token(c); err != nil || tok.kind != tokenEnd {
				return tok, err
			}
		}
	}
	return token{}, nil
}

// token reads what begins with c. It returns an end token for what means nothing.
func (l *lexer) token(c byte) (token, error) {
	switch c {
	case '{':
		return l.braceComment()
	case ';':
		return l.lineComment(), nil
	case '(':
		return l.single(token{kind: tokenOpen}), nil
	case ')':
		return l.single(token{kind: tokenClose}), nil
	case '*':
		return l.single(token{kind: tokenResult}), nil
	case '$':
		return l.numericNAG()
	case '!', '?':
		return l.glyph(), nil
	case '[':
		return l.tag()
	}
	return l.word()
}

func (l *lexer) single(tok token) token {
	l.pos++
	return tok
}

func (l *lexer) braceComment() (token, error) {
	inside := l.text[l.pos+1:]
	end := strings.IndexByte(inside, '}')
	if end < 0 {
		return token{}, syntaxf("a comment has no closing }")
	}
	l.pos += end + 2
	l.line += strings.Count(inside[:end], "\n")
	return token{kind: tokenComment, text: inside[:end]}, nil
}

func (l *lexer) lineComment() token {
	inside := l.text[l.pos+1:]
	end := strings.IndexByte(inside, '\n')
	if end < 0 {
		end = len(inside)
	}
	l.pos += end + 1
	return token{kind: tokenComment, text: inside[:end]}
}

func (l *lexer) numericNAG() (token, error) {
	end := l.pos + 1
	for end < len(l.text) && isDigit(l.text[end]) {
		end++
	}
	n, ok := parseDigits(l.text[l.pos+1 : end])
	if !ok || n > maxNAG {
		return token{}, syntaxf("%q is not an annotation; $0 to $255 are", clip(l.text[l.pos:end]))
	}
	l.pos = end
	return token{kind: tokenNAG, nag: NAG(n)}, nil
}

func (l *lexer) glyph() token {
	nag, length := cutGlyph(l.text[l.pos:])
	l.pos += length
	return token{kind: tokenNAG, nag: nag}
}

func (l *lexer) tag() (token, error) {
	name, value, length, ok := cutTag(l.text[l.pos:])
	if !ok {
		line, _, _ := strings.Cut(l.text[l.pos:], "\n")
		return token{}, syntaxf("%q is not a tag; write [Name \"value\"]", clip(strings.TrimSpace(line)))
	}
	l.pos += length
	return token{kind: tokenTag, name: name, text: value}, nil
}

// word reads a run of symbol characters. It returns an end token for a run that means nothing, such as a move number.
func (l *lexer) word() (token, error) {
	start := l.pos
	for l.pos < len(l.text) && isSymbol(l.text[l.pos]) {
		l.pos++
	}
	if l.pos == start {
		return token{}, l.skipRune()
	}
	word := l.text[start:l.pos]
	if move, ok := strings.CutSuffix(word, "e"); ok && strings.HasPrefix(l.text[l.pos:], ".p.") {
		l.pos += len(".p.")
		word = move
	}
	return classify(word)
}

// skipRune passes over white space beyond ASCII, stray byte order marks and the one-character ellipsis.
func (l *lexer) skipRune() error {
	r, size := utf8.DecodeRuneInString(l.text[l.pos:])
	if r != '\uFEFF' && r != '…' && !unicode.IsSpace(r) {
		return syntaxf("the character %q has no meaning here", r)
	}
	l.pos += size
	return nil
}

func classify(word string) (token, error) {
	if isNumber(word) || word == "ep" {
		return token{}, nil
	}
	if result, ok := ParseResult(word); ok {
		return token{kind: tokenResult, result: result}, nil
	}
	if nag, ok := symbolNAG(word); ok {
		return token{kind: tokenNAG, nag: nag}, nil
	}
	switch word {
	case "--", "Z0", "Z1", "null", "pass", "@@@@", "0000":
		return token{}, ErrNullMove
	}
	if !looksLikeMove(word) {
		return token{}, syntaxf("%q is not a move", clip(word))
	}
	return token{kind: tokenMove, text: word}, nil
}

// looksLikeMove tells words from moves: a move is castling or names a rank. Whether it is legal is for the rules layer.
func looksLikeMove(word string) bool {
	if len(word) > maxMoveBytes {
		return false
	}
	switch word[:min(3, len(word))] {
	case "O-O", "0-0", "o-o":
		return true
	}
	return isLetter(word[0]) && strings.ContainsAny(word, "12345678")
}

func isNumber(word string) bool {
	for i := range len(word) {
		if !isDigit(word[i]) {
			return false
		}
	}
	return word != "0000"
}

func isSymbol(c byte) bool {
	return isNameByte(c) || strings.IndexByte("+#=:-@/", c) >= 0
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isSpace(c byte) bool {
	return c == ' ' || '\t' <= c && c <= '\r'
}

// clip keeps hostile input short in error texts.
func clip(text string) string {
	const most = 40
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
