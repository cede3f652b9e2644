package pgn

import "strings"

// cutTag reads the tag at the front of a line and returns the length of its text. A quotation mark ends the value only
// when the bracket follows, because many files do not escape the ones inside.
func cutTag(line string) (name, value string, length int, ok bool) {
	pos := skipBlanks(line, 1)
	start := pos
	for pos < len(line) && isTagNameByte(line[pos]) {
		pos++
	}
	name = line[start:pos]
	quote := skipBlanks(line, pos)
	if name == "" || quote >= len(line) || line[quote] != '"' {
		return "", "", 0, false
	}
	for pos = quote + 1; pos < len(line); pos++ {
		if line[pos] == '\\' {
			pos++
		} else if line[pos] == '"' {
			if end := skipBlanks(line, pos+1); end < len(line) && line[end] == ']' {
				return name, unescape(line[quote+1 : pos]), end + 1, true
			}
		}
	}
	return "", "", 0, false
}

func skipBlanks(line string, pos int) int {
	for pos < len(line) && isSpace(line[pos]) {
		pos++
	}
	return pos
}

func isTagNameByte(c byte) bool {
	return isNameByte(c) || strings.IndexByte("+#=:-./", c) >= 0
}

// unescape knows \" and \\; a backslash before anything else stands for itself.
func unescape(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) && (text[i+1] == '"' || text[i+1] == '\\') {
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// appendTag writes the tag as a line. Control characters, which would break the line, become spaces.
func appendTag(dst []byte, tag Tag) []byte {
	dst = append(dst, '[')
	dst = append(dst, tag.Name...)
	dst = append(dst, ' ', '"')
	for i := range len(tag.Value) {
		switch c := tag.Value[i]; {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c < ' ':
			dst = append(dst, ' ')
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '"', ']', '\n')
}
