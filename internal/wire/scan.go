package wire

import (
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf8"

	"kibitz/internal/game"
)

// object walks the fields of one JSON object that json.Valid accepted, without
// allocating: a client's frame is read this way because encoding/json would
// take several times as long for it.
type object struct {
	rest []byte
}

// openObject returns the walk of a frame or of a raw value. It refuses, with
// game.ErrMalformed, what is not exactly one JSON object in UTF-8.
func openObject(b []byte) (object, error) {
	if !utf8.Valid(b) || !json.Valid(b) {
		return object{}, fmt.Errorf("%w: a message is one JSON object", game.ErrMalformed)
	}
	b = trimSpace(b)
	if len(b) == 0 || b[0] != '{' {
		return object{}, fmt.Errorf("%w: a message is one JSON object", game.ErrMalformed)
	}
	return object{rest: b[1:]}, nil
}

// next returns the next field: its name without quotes and its raw value,
// both shared with the frame. A name with an escape in it is given as it is
// written, and so is the name of no field.
func (o *object) next() (name, value []byte, ok bool) {
	o.rest = trimSpace(o.rest)
	if len(o.rest) > 0 && o.rest[0] == ',' {
		o.rest = trimSpace(o.rest[1:])
	}
	if len(o.rest) == 0 || o.rest[0] != '"' {
		return nil, nil, false
	}
	n := stringLen(o.rest)
	name = o.rest[1 : n-1]
	o.rest = trimSpace(o.rest[n:])
	o.rest = trimSpace(o.rest[1:]) // the colon
	n = valueLen(o.rest)
	value, o.rest = o.rest[:n], o.rest[n:]
	return name, value, true
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

// valueLen returns how long the valid JSON value at the start of b is.
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

func trimSpace(b []byte) []byte {
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\t' || b[0] == '\r' || b[0] == '\n') {
		b = b[1:]
	}
	return b
}

// text reads a string value.
func text(name string, raw []byte) (string, error) {
	if raw[0] != '"' {
		return "", fmt.Errorf("%w: %s is a string", game.ErrMalformed, name)
	}
	inner := raw[1 : len(raw)-1]
	for _, c := range inner {
		if c == '\\' {
			return unescaped(name, raw)
		}
	}
	return string(inner), nil
}

func unescaped(name string, raw []byte) (string, error) {
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return "", fmt.Errorf("%w: %s is a string", game.ErrMalformed, name)
	}
	return s, nil
}

// truth reads a boolean value.
func truth(name string, raw []byte) (bool, error) {
	switch string(raw) {
	case "true":
		return true, nil
	case "false":
		return false, nil
	}
	return false, fmt.Errorf("%w: %s is true or false", game.ErrMalformed, name)
}

// whole reads an integer from least to most.
func whole(name string, raw []byte, least, most int64) (int64, error) {
	n, err := strconv.ParseInt(string(raw), 10, 64)
	if err != nil || n < least || n > most {
		return 0, fmt.Errorf("%w: %s is a whole number from %d to %d", game.ErrMalformed, name, least, most)
	}
	return n, nil
}

func isNull(raw []byte) bool { return string(raw) == "null" }
