package pgn

import "strings"

// cutTag reads the tag at the front of the text and returns its length; a tag ends on its line. A quotation mark ends
// the value only when the bracket follows, because many files do not escape the ones inside.
func cutTag(text string) (name, value string, length int, ok bool) {
	pos := skipBlanks(text, 1)
	start := pos
	for pos < len(text) && isTagNameByte(text[pos]) {
		pos++
	}
	name = text[start:pos]
	quote := skipBlanks(text, pos)
	if name == "" || quote >= len(text) || text[quote] != '"' {
		return "", "", 0, false
	}
	for pos = quote + 1; pos < len(text) && text[pos] != '\n'; pos++ {
		if text[pos] == '\\' && !strings.HasPrefix(text[pos+1:], "\n") {
			pos++
		} else if text[pos] == '"' {
			if end := skipBlanks(text, pos+1); end < len(text) && text[end] == ']' {
				return name, unescape(text[quote+1 : pos]), end + 1, true
			}
		}
	}
	return "", "", 0, false
}

func skipBlanks(text string, pos int) int {
	for pos < len(text) && isSpace(text[pos]) && text[pos] != '\n' {
		pos++
	}
	return pos
}

func isTagNameByte(c byte) bool {
	return isNameByte(c) || strings.IndexByte("+#=:-./", c) >= 0
}

// unescape knows \" and \\; a backslash before anything else stands for itself. Control characters become spaces, as
// they do in writing.
func unescape(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r == '\\' || r < ' ' }) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '\\' && i+1 < len(text) && (text[i+1] == '"' || text[i+1] == '\\') {
			i++
			c = text[i]
		}
		b.WriteByte(max(c, ' '))
	}
	return b.String()
}

// appendTag writes the tag as a line. Control characters, which would break the line, become spaces.
func appendTag(dst []byte, tag Tag) []byte {
	dst = append(dst, '[')
	dst = append(dst, tag.Name...)
	dst = append(dst, ' ', '"')
	for i := range len(tag.Value) {
		c := tag.Value[i]
		if c == '"' || c == '\\' {
			dst = append(dst, '\\')
		}
		dst = append(dst, max(c, ' '))
	}
	return append(dst, '"', ']', '\n')
}
