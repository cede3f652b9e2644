package wire

import (
	"encoding/json"
	"strconv"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Appender is implemented by views that write their own JSON, because they
// are sent often: it must be what encoding/json would write, or simpler.
type Appender interface {
	AppendJSON(dst []byte) ([]byte, error)
}

// appendView appends what a viewer may know. The type of v is why nothing
// else can be sent: a game.Event is not a game.View.
func appendView(dst []byte, v game.View) ([]byte, error) {
	if a, ok := v.(Appender); ok {
		return a.AppendJSON(dst)
	}
	return appendJSON(dst, v)
}

func appendJSON(dst []byte, v any) ([]byte, error) {
	b, err := json.Marshal(v)
	return append(dst, b...), err
}

// appendString appends a quoted string.
func appendString(dst []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			b, _ := json.Marshal(s) // a string always has a JSON form
			return append(dst, b...)
		}
	}
	dst = append(dst, '"')
	dst = append(dst, s...)
	return append(dst, '"')
}

func appendAt(dst []byte, at time.Time) []byte {
	return strconv.AppendInt(dst, at.UnixMilli(), 10)
}

func appendMillis(dst []byte, d time.Duration) []byte {
	return strconv.AppendInt(dst, d.Milliseconds(), 10)
}

// appendSeat appends a seat, and null for nobody.
func appendSeat(dst []byte, s game.Seat) []byte {
	if s == game.NoSeat {
		return append(dst, "null"...)
	}
	return strconv.AppendInt(dst, int64(s), 10)
}

// appendLengths appends a list of lengths of time.
func appendLengths(dst []byte, all []time.Duration) []byte {
	dst = append(dst, '[')
	for i, d := range all {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendMillis(dst, d)
	}
	return append(dst, ']')
}

// appendClocks appends the clocks of a table, and null when it has none.
func appendClocks(dst []byte, s *clock.State) []byte {
	if s == nil {
		return append(dst, "null"...)
	}
	dst = append(dst, `{"left_ms":`...)
	dst = appendLengths(dst, s.Remaining)
	if s.Delay > 0 {
		dst = append(dst, `,"delay_ms":`...)
		dst = appendMillis(dst, s.Delay)
	}
	dst = append(dst, `,"running":`...)
	dst = appendSeat(dst, s.Running)
	dst = append(dst, `,"held":`...)
	dst = strconv.AppendBool(dst, s.Held)
	dst = append(dst, `,"at":`...)
	dst = appendAt(dst, s.At)
	return append(dst, '}')
}

// appendDeadline appends when the table will act by itself, or null.
func appendDeadline(dst []byte, d *table.Deadline) []byte {
	if d == nil {
		return append(dst, "null"...)
	}
	dst = append(dst, `{"seat":`...)
	dst = appendSeat(dst, d.Seat)
	dst = append(dst, `,"at":`...)
	dst = appendAt(dst, d.At)
	dst = append(dst, `,"why":`...)
	dst = appendString(dst, d.Why)
	return append(dst, '}')
}

// appendTable appends the start of a message about a table.
func appendTable(dst []byte, typ string, id table.ID) []byte {
	dst = append(dst, `{"type":"`...)
	dst = append(dst, typ...)
	dst = append(dst, `","table":`...)
	return appendString(dst, string(id))
}
