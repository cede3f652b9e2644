package wire

import (
	"fmt"
	"strconv"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// AppendUpdate appends an events message: what happened at a table, as one
// class of viewers may know it. It fails only when a view has no JSON form,
// and dst is then returned as it was.
func AppendUpdate(dst []byte, u *table.Update) ([]byte, error) {
	start := len(dst)
	dst = appendTable(dst, "events", u.Table)
	if u.Ack != "" {
		dst = append(dst, `,"ack":`...)
		dst = appendString(dst, string(u.Ack))
	}
	dst, err := appendEvents(append(dst, `,"events":`...), u.Events)
	if err != nil {
		return dst[:start], fmt.Errorf("update of table %s: %w", u.Table, err)
	}
	dst = appendClocks(append(dst, `,"clocks":`...), u.Clocks)
	dst = appendDeadline(append(dst, `,"deadline":`...), u.Deadline)
	return append(dst, '}'), nil
}

func appendEvents(dst []byte, events []table.EventView) ([]byte, error) {
	dst = append(dst, '[')
	var err error
	for i := range events {
		if i > 0 {
			dst = append(dst, ',')
		}
		if dst, err = appendEvent(dst, &events[i]); err != nil {
			return dst, err
		}
	}
	return append(dst, ']'), nil
}

// appendEvent appends one event, or only its number when the viewer may not
// know of it.
func appendEvent(dst []byte, e *table.EventView) ([]byte, error) {
	dst = append(dst, `{"seq":`...)
	dst = strconv.AppendUint(dst, uint64(e.Seq), 10)
	if e.Type == "" || e.View == nil {
		return append(dst, '}'), nil
	}
	dst = appendAt(append(dst, `,"at":`...), e.At)
	if e.Seat != game.NoSeat {
		dst = appendSeat(append(dst, `,"seat":`...), e.Seat)
	}
	if e.Spent != 0 {
		dst = appendMillis(append(dst, `,"spent_ms":`...), e.Spent)
	}
	dst = appendString(append(dst, `,"type":`...), e.Type)
	dst, err := appendView(append(dst, `,"view":`...), e.View)
	if err != nil {
		return dst, fmt.Errorf("event %d, %s: %w", e.Seq, e.Type, err)
	}
	return append(dst, '}'), nil
}
