package wire

import (
	"fmt"
	"math"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Join follows a table.
type Join struct {
	Table table.ID
	// After is the last sequence number that the client showed; 0 is none.
	After table.Seq
	// Watch keeps the socket a spectator although its user has a seat.
	Watch bool
}

// Leave stops following a table.
type Leave struct {
	Table table.ID
	// Bye means that the player closed the page.
	Bye bool
}

// Act is an action at a table, not yet judged.
type Act struct {
	Table table.ID
	ID    table.ActionID
	// Type and Data are the action; Data is its whole JSON object, at most
	// MaxFrameBytes.
	Type string
	Data []byte
	// Spent is the thinking time by the client's clock, and Lag what the
	// client believes the network takes; negative where it gave none.
	Spent, Lag time.Duration
}

func (Join) message()  {}
func (Leave) message() {}
func (Act) message()   {}

// Report is what is known of the time the action took, given the round trip
// that the server measured (negative when unknown).
func (a Act) Report(frameLag time.Duration) clock.Report {
	return clock.Report{Spent: a.Spent, Lag: a.Lag, FrameLag: frameLag}
}

// maxMillis bounds every length of time that a client reports: a month.
const maxMillis = 31 * 24 * 60 * 60 * 1000

// maxTypeBytes is the longest name of an action.
const maxTypeBytes = 32

func (f *fields) join() (Message, error) {
	m := Join{Table: f.table}
	if err := f.needTable(); err != nil {
		return nil, err
	}
	if f.raw.after != nil {
		n, err := whole("after", f.raw.after, 0, math.MaxInt64)
		if err != nil {
			return nil, err
		}
		m.After = table.Seq(n)
	}
	watch, err := optionalTruth("watch", f.raw.watch)
	m.Watch = watch
	return m, err
}

func (f *fields) leave() (Message, error) {
	if err := f.needTable(); err != nil {
		return nil, err
	}
	bye, err := optionalTruth("bye", f.raw.bye)
	return Leave{Table: f.table, Bye: bye}, err
}

func (f *fields) act() (Message, error) {
	if err := f.needTable(); err != nil {
		return nil, err
	}
	if err := f.needID(); err != nil {
		return nil, err
	}
	m := Act{Table: f.table, ID: table.ActionID(f.id)}
	var err error
	if m.Type, err = actionType(f.raw.action); err != nil {
		return nil, err
	}
	if m.Spent, err = optionalMillis("spent_ms", f.raw.spent); err != nil {
		return nil, err
	}
	if m.Lag, err = optionalMillis("lag_ms", f.raw.lag); err != nil {
		return nil, err
	}
	m.Data = append([]byte(nil), f.raw.action...)
	return m, nil
}

// actionType finds the type in the raw action, which is part of a frame that
// was found valid.
func actionType(raw []byte) (string, error) {
	if len(raw) == 0 || raw[0] != '{' {
		return "", fmt.Errorf("%w: action is an object with a type", game.ErrMalformed)
	}
	o := object{rest: raw[1:]}
	var typ []byte
	for {
		name, value, ok := o.next()
		if !ok {
			break
		}
		if string(name) == "type" {
			typ = value
		}
	}
	if typ == nil {
		return "", fmt.Errorf("%w: action is an object with a type", game.ErrMalformed)
	}
	s, err := text("action.type", typ)
	if err == nil && (s == "" || len(s) > maxTypeBytes) {
		err = fmt.Errorf("%w: action.type is 1 to %d characters", game.ErrMalformed, maxTypeBytes)
	}
	return s, err
}

// optionalMillis reads a length of time, and gives -1 when there is none.
func optionalMillis(name string, raw []byte) (time.Duration, error) {
	if raw == nil {
		return -1, nil
	}
	n, err := whole(name, raw, 0, maxMillis)
	return time.Duration(n) * time.Millisecond, err
}

func optionalTruth(name string, raw []byte) (bool, error) {
	if raw == nil {
		return false, nil
	}
	return truth(name, raw)
}
