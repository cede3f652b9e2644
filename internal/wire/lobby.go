package wire

import (
	"encoding/json"
	"fmt"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// FollowLobby starts or stops following the lobby.
type FollowLobby struct{ On bool }

// EnterPool waits for an opponent at one time control.
type EnterPool struct {
	ID      string
	Control clock.Control
}

// LeavePool leaves the pool.
type LeavePool struct{ ID string }

// MakeSeek is an open challenge to everybody.
type MakeSeek struct {
	ID   string
	Kind game.Kind
	// Setup is the setup in the words of the game, for its Rules to judge; nil
	// when it was left out.
	Setup   json.RawMessage
	Control clock.Control
	Color   Color
	Rated   bool
	// MinRating and MaxRating bound the opponent's rating; 0 is no bound.
	MinRating, MaxRating int
}

// CancelSeek takes an open challenge back.
type CancelSeek struct{ ID, Seek string }

// TakeSeek plays an open challenge.
type TakeSeek struct{ ID, Seek string }

func (FollowLobby) message() {}
func (EnterPool) message()   {}
func (LeavePool) message()   {}
func (MakeSeek) message()    {}
func (CancelSeek) message()  {}
func (TakeSeek) message()    {}

// Color is the wish for a seat in a game of two.
type Color string

// The colors.
const (
	White  Color = "white"
	Black  Color = "black"
	Random Color = "random"
)

// ParseColor reads a color. None at all is Random.
func ParseColor(s string) (Color, error) {
	switch c := Color(s); c {
	case White, Black, Random:
		return c, nil
	case "":
		return Random, nil
	}
	return "", fmt.Errorf("%w: color is white, black or random", game.ErrMalformed)
}

// Seat returns the seat of the color, and NoSeat for Random.
func (c Color) Seat() game.Seat {
	switch c {
	case White:
		return 0
	case Black:
		return 1
	}
	return game.NoSeat
}

// The limits of lobby messages.
const (
	maxKindBytes = 16
	maxRating    = 4000
)

func (f *fields) followLobby() (Message, error) {
	on, err := optionalTruth("on", f.raw.on)
	return FollowLobby{On: on}, err
}

func (f *fields) enterPool() (Message, error) {
	if err := f.needID(); err != nil {
		return nil, err
	}
	control, err := timeControl(f.raw.control)
	return EnterPool{ID: f.id, Control: control}, err
}

func (f *fields) leavePool() (Message, error) {
	return LeavePool{ID: f.id}, f.needID()
}

func (f *fields) cancelSeek() (Message, error) {
	if err := f.needID(); err != nil {
		return nil, err
	}
	seek, err := seekID(f.raw.seek)
	return CancelSeek{ID: f.id, Seek: seek}, err
}

func (f *fields) takeSeek() (Message, error) {
	if err := f.needID(); err != nil {
		return nil, err
	}
	seek, err := seekID(f.raw.seek)
	return TakeSeek{ID: f.id, Seek: seek}, err
}

func (f *fields) makeSeek() (Message, error) {
	if err := f.needID(); err != nil {
		return nil, err
	}
	m := MakeSeek{ID: f.id}
	for _, read := range []func(*MakeSeek) error{f.seekGame, f.seekSide, f.seekRatings} {
		if err := read(&m); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func (f *fields) seekGame(m *MakeSeek) error {
	kind, err := optionalText("kind", f.raw.kind)
	if err != nil {
		return err
	}
	if kind == "" || len(kind) > maxKindBytes {
		return fmt.Errorf("%w: kind is the name of a game", game.ErrMalformed)
	}
	m.Kind = game.Kind(kind)
	if s := f.raw.setup; s != nil {
		if s[0] != '{' {
			return fmt.Errorf("%w: setup is an object", game.ErrMalformed)
		}
		m.Setup = append(m.Setup, s...)
	}
	m.Control, err = timeControl(f.raw.control)
	return err
}

func (f *fields) seekSide(m *MakeSeek) error {
	color, err := optionalText("color", f.raw.color)
	if err != nil {
		return err
	}
	if m.Color, err = ParseColor(color); err != nil {
		return err
	}
	m.Rated, err = optionalTruth("rated", f.raw.rated)
	return err
}

func (f *fields) seekRatings(m *MakeSeek) error {
	least, err := optionalRating("min_rating", f.raw.minRating)
	if err != nil {
		return err
	}
	most, err := optionalRating("max_rating", f.raw.maxRating)
	if err != nil {
		return err
	}
	if most != 0 && least > most {
		return fmt.Errorf("%w: min_rating is over max_rating", game.ErrMalformed)
	}
	m.MinRating, m.MaxRating = least, most
	return nil
}

func optionalRating(name string, raw []byte) (int, error) {
	if raw == nil {
		return 0, nil
	}
	n, err := whole(name, raw, 0, maxRating)
	return int(n), err
}

func optionalText(name string, raw []byte) (string, error) {
	if raw == nil {
		return "", nil
	}
	return text(name, raw)
}

func timeControl(raw []byte) (clock.Control, error) {
	s, err := optionalText("control", raw)
	if err != nil {
		return clock.Control{}, err
	}
	return ParseControl(s)
}

// ParseControl reads a time control as clients write it, as in "3+2".
func ParseControl(s string) (clock.Control, error) {
	c, err := clock.ParseControl(s)
	if err != nil {
		return clock.Control{}, fmt.Errorf("%w: %w", game.ErrMalformed, err)
	}
	return c, nil
}

// seekID checks the id of a seek, which looks like that of a table.
func seekID(raw []byte) (string, error) {
	s, err := optionalText("seek", raw)
	if err != nil {
		return "", err
	}
	if _, err := table.ParseID(s); err != nil {
		return "", fmt.Errorf("%w: seek is 8 letters and digits", game.ErrMalformed)
	}
	return s, nil
}

// ColorOf returns the color of a seat, and Random for NoSeat.
func ColorOf(s game.Seat) Color {
	switch s {
	case 0:
		return White
	case 1:
		return Black
	}
	return Random
}
