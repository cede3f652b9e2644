package loadgen

import "strconv"

// object walks the fields of one JSON object without allocating. The server
// is trusted to write JSON: what is not ends the walk, and does no harm.
type object struct{ rest []byte }

func openObject(b []byte) object {
	b = trim(b)
	if len(b) == 0 || b[0] != '{' {
		return object{}
	}
	return object{b[1:]}
}

// next returns the next field: its name without quotes and its raw value, both
// shared with the frame.
func (o *object) next() (name, value []byte, ok bool) {
	b := trim(o.rest)
	if len(b) > 0 && b[0] == ',' {
		b = trim(b[1:])
	}
	if len(b) < 2 || b[0] != '"' {
		return nil, nil, false
	}
	n := stringLen(b)
	if n < 2 {
		return nil, nil, false
	}
	name, b = b[1:n-1], trim(b[n:])
	if len(b) < 2 || b[0] != ':' {
		return nil, nil, false
	}
	b = trim(b[1:])
	n = valueLen(b)
	value, o.rest = b[:n], b[n:]
	return name, value, n > 0
}

// lookup returns the value of a field, empty when there is none.
func lookup(b []byte, field string) []byte {
	for o := openObject(b); ; {
		name, value, ok := o.next()
		if !ok || string(name) == field {
			return value
		}
	}
}

// array walks the values of one JSON array.
type array struct{ rest []byte }

func openArray(b []byte) array {
	b = trim(b)
	if len(b) == 0 || b[0] != '[' {
		return array{}
	}
	return array{b[1:]}
}

func (a *array) next() (value []byte, ok bool) {
	b := trim(a.rest)
	if len(b) > 0 && b[0] == ',' {
		b = trim(b[1:])
	}
	n := valueLen(b)
	value, a.rest = b[:n], b[n:]
	return value, n > 0
}

// stringLen returns how long the quoted string at the start of b is.
func stringLen(b []byte) int {
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(b)
}

// valueLen returns how long the JSON value at the start of b is; zero at the
// end of an object or array.
func valueLen(b []byte) int {
	depth := 0
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '"':
			i += stringLen(b[i:]) - 1
			if depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return i
			}
		}
	}
	return len(b)
}

func trim(b []byte) []byte {
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\t' || b[0] == '\r' || b[0] == '\n') {
		b = b[1:]
	}
	return b
}

// text returns a string as it is written, without its quotes. The ids and
// codes of the protocol need no escapes.
func text(raw []byte) []byte {
	if len(raw) < 2 || raw[0] != '"' {
		return nil
	}
	return raw[1 : len(raw)-1]
}

// whole returns a whole number, or the fallback for what is none.
func whole(raw []byte, fallback int64) int64 {
	n, err := strconv.ParseInt(string(raw), 10, 64) // the conversion stays on the stack
	if err != nil {
		return fallback
	}
	return n
}
