package wire

import (
	"errors"
	"fmt"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Errors of Decode besides game.ErrMalformed.
var (
	// ErrUnknownType: the message is of no type of this protocol.
	ErrUnknownType = errors.New("unknown type of message")
	// ErrTooLarge: the frame is over MaxFrameBytes.
	ErrTooLarge = errors.New("the message is too large")
)

// Message is what a client sends, decoded and within all limits. The types are
// closed: Ping, Join, Leave, Act, FollowLobby, EnterPool, LeavePool, MakeSeek,
// CancelSeek and TakeSeek.
type Message interface{ message() }

// Ref is what an answer repeats of the message it answers. Both are empty when
// the message had none.
type Ref struct {
	ID    string
	Table table.ID
}

// Decode reads one frame. What it returns shares nothing with the frame. An
// error wraps game.ErrMalformed, ErrUnknownType or ErrTooLarge, and comes with
// as much of the Ref as could be read.
func Decode(frame []byte) (Message, Ref, error) {
	if len(frame) > MaxFrameBytes {
		return nil, Ref{}, fmt.Errorf("%w: at most %d bytes", ErrTooLarge, MaxFrameBytes)
	}
	var f fields
	if err := f.read(frame); err != nil {
		return nil, f.ref(), err
	}
	m, err := f.message()
	if err != nil {
		return nil, f.ref(), err
	}
	return m, f.ref(), nil
}

// message makes the message of the type that the frame says.
func (f *fields) message() (Message, error) {
	if f.raw.typ == nil {
		return nil, fmt.Errorf("%w: type is missing", game.ErrMalformed)
	}
	switch string(f.raw.typ) {
	case `"ping"`:
		return f.ping()
	case `"join"`:
		return f.join()
	case `"leave"`:
		return f.leave()
	case `"act"`:
		return f.act()
	case `"lobby"`:
		return f.followLobby()
	case `"pool"`:
		return f.enterPool()
	case `"unpool"`:
		return f.leavePool()
	case `"seek"`:
		return f.makeSeek()
	case `"unseek"`:
		return f.cancelSeek()
	case `"take"`:
		return f.takeSeek()
	}
	return nil, fmt.Errorf("%w: %.40s", ErrUnknownType, f.raw.typ)
}

// fields are the raw values of a frame. Those that most messages have are
// decoded, with the error that is told when the message needs them.
type fields struct {
	id    string
	table table.ID
	raw   struct {
		typ, after, watch, bye, action, spent, lag, at []byte
		on, control, kind, setup, color, rated, seek   []byte
		minRating, maxRating                           []byte
	}
	idErr, tableErr error
}

func (f *fields) ref() Ref { return Ref{ID: f.id, Table: f.table} }

// read splits the frame. Of a field that is there twice the last one counts.
func (f *fields) read(frame []byte) error {
	o, err := openObject(frame)
	if err != nil {
		return err
	}
	for {
		name, value, ok := o.next()
		if !ok {
			return nil
		}
		if isNull(value) {
			continue // as if it were not there
		}
		switch string(name) {
		case "id":
			f.id, f.idErr = actionID(value)
		case "table":
			f.table, f.tableErr = tableID(value)
		default:
			if slot := f.slot(name); slot != nil {
				*slot = value
			}
		}
	}
}

// slot returns where a field goes, and nil for one nobody knows.
func (f *fields) slot(name []byte) *[]byte {
	r := &f.raw
	switch string(name) {
	case "type":
		return &r.typ
	case "action":
		return &r.action
	case "spent_ms":
		return &r.spent
	case "lag_ms":
		return &r.lag
	case "at":
		return &r.at
	case "after":
		return &r.after
	case "watch":
		return &r.watch
	case "bye":
		return &r.bye
	case "on":
		return &r.on
	}
	return f.lobbySlot(name)
}

func (f *fields) lobbySlot(name []byte) *[]byte {
	r := &f.raw
	switch string(name) {
	case "control":
		return &r.control
	case "kind":
		return &r.kind
	case "setup":
		return &r.setup
	case "color":
		return &r.color
	case "rated":
		return &r.rated
	case "seek":
		return &r.seek
	case "min_rating":
		return &r.minRating
	case "max_rating":
		return &r.maxRating
	}
	return nil
}

// needTable refuses a message without a good table id.
func (f *fields) needTable() error {
	if f.tableErr != nil {
		return f.tableErr
	}
	if f.table == "" {
		return fmt.Errorf("%w: table is missing", game.ErrMalformed)
	}
	return nil
}

// needID refuses a message without a good id.
func (f *fields) needID() error {
	if f.idErr != nil {
		return f.idErr
	}
	if f.id == "" {
		return fmt.Errorf("%w: id is missing", game.ErrMalformed)
	}
	return nil
}

func tableID(raw []byte) (table.ID, error) {
	s, err := text("table", raw)
	if err != nil {
		return "", err
	}
	id, err := table.ParseID(s)
	if err != nil {
		return "", fmt.Errorf("%w: %w", game.ErrMalformed, err)
	}
	return id, nil
}

// actionID reads an id of the client's choice: 1 to table.MaxActionID
// printable ASCII characters.
func actionID(raw []byte) (string, error) {
	s, err := text("id", raw)
	if err != nil {
		return "", err
	}
	bad := len(s) == 0 || len(s) > table.MaxActionID
	for i := 0; i < len(s); i++ {
		bad = bad || s[i] < ' ' || s[i] > '~'
	}
	if bad {
		return "", fmt.Errorf("%w: id is 1 to %d printable ASCII characters", game.ErrMalformed, table.MaxActionID)
	}
	return s, nil
}
