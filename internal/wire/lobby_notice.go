package wire

import (
	"encoding/json"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Pool is one quick time control and how many wait there.
type Pool struct {
	Control string `json:"control"`
	Waiting int    `json:"waiting"`
}

// Seek is an open challenge in the list.
type Seek struct {
	Seek string `json:"seek"`
	Name string `json:"name"`
	// Bot is true where a program plays.
	Bot bool `json:"bot,omitempty"`
	// Mine is true for who made it.
	Mine    bool        `json:"mine"`
	Kind    game.Kind   `json:"kind"`
	Variant string      `json:"variant"`
	Control string      `json:"control"`
	Speed   clock.Speed `json:"speed"`
	Color   Color       `json:"color"`
	Rated   bool        `json:"rated"`
	// Rating is nil for who has none.
	Rating *int `json:"rating"`
	// Provisional means that the rating is not known well yet.
	Provisional bool `json:"provisional,omitempty"`
	// MinRating and MaxRating bound who may take it; 0 is no bound.
	MinRating int `json:"min_rating,omitempty"`
	MaxRating int `json:"max_rating,omitempty"`
}

// Lobby is all of the lobby.
type Lobby struct {
	Online  int    `json:"online"`
	Playing int    `json:"playing"`
	Pools   []Pool `json:"pools"`
	Seeks   []Seek `json:"seeks"`
}

// LobbyChange is what of the lobby changed; what is nil or empty did not.
type LobbyChange struct {
	Online  *int     `json:"online,omitempty"`
	Playing *int     `json:"playing,omitempty"`
	Pools   []Pool   `json:"pools,omitempty"`
	Added   []Seek   `json:"added,omitempty"`
	Removed []string `json:"removed,omitempty"`
}

// MyTable is a running table of a user, for the strip on the first page.
type MyTable struct {
	Table   table.ID  `json:"table"`
	Kind    game.Kind `json:"kind"`
	Seat    game.Seat `json:"seat"`
	MyTurn  bool      `json:"my_turn"`
	Waiting bool      `json:"waiting"`
	// Opponent is who plays against the user, or is invited to; it is empty
	// while nobody has come to a table that waits for anybody.
	Opponent string `json:"opponent"`
	// Invited means that the user is asked to take Seat; Control and Rated are
	// then what of. Control is also there where a turn has days.
	Invited bool   `json:"invited,omitempty"`
	Control string `json:"control,omitempty"`
	Rated   bool   `json:"rated,omitempty"`
	// FEN is a position to draw, left out where the game gives none.
	FEN    string `json:"fen,omitempty"`
	Clocks Clocks `json:"clocks"`
}

// Mine is all running tables of a user.
type Mine struct {
	Tables []MyTable `json:"tables"`
}

// WatchTable is a running table in the list of those to watch.
type WatchTable struct {
	Table    table.ID        `json:"table"`
	Kind     game.Kind       `json:"kind"`
	Seats    []*table.Player `json:"seats"`
	Control  string          `json:"control"`
	Speed    clock.Speed     `json:"speed"`
	Rated    bool            `json:"rated"`
	Watchers int             `json:"watchers"`
	FEN      string          `json:"fen,omitempty"`
	Clocks   Clocks          `json:"clocks"`
}

func (Lobby) noticeType() string       { return "lobby" }
func (LobbyChange) noticeType() string { return "lobby-change" }
func (Mine) noticeType() string        { return "mine" }

// Clocks is the clocks of a table within a notice; nil ones are null.
type Clocks struct{ State *clock.State }

// MarshalJSON writes the same as in a table message.
func (c Clocks) MarshalJSON() ([]byte, error) { return appendClocks(nil, c.State), nil }

// Glancer is implemented by views of a state that have a short text to draw
// the position from, such as a FEN.
type Glancer interface{ Glance() string }

// Glance returns the short text of a view, or nothing.
func Glance(v game.View) string {
	if g, ok := v.(Glancer); ok {
		return g.Glance()
	}
	return ""
}

// MyTableOf tells a player about one of their tables; who has no seat there
// is invited to it.
func MyTableOf(s *table.Snapshot, myTurn bool) MyTable {
	m := MyTable{
		Table: s.Table, Kind: s.Setup.Kind, Seat: s.Viewer.Seat, MyTurn: myTurn, Waiting: s.Waiting,
		FEN: Glance(s.State), Clocks: Clocks{s.Clocks},
	}
	kept := s.Setup.Kept()
	if s.Setup.Control.Days > 0 {
		m.Control = s.Setup.Control.String()
	}
	if m.Seat == game.NoSeat {
		m.Seat, m.Invited = kept, true
		m.Control, m.Rated = s.Setup.Control.String(), s.Setup.Rated
	}
	for i, p := range s.Setup.Seats {
		if game.Seat(i) == kept {
			p = s.Setup.Invited
		}
		if game.Seat(i) != m.Seat && m.Opponent == "" {
			m.Opponent = p.Name
		}
	}
	return m
}

// WatchTableOf tells everybody about a running table, given what a spectator
// may know of it.
func WatchTableOf(s *table.Snapshot, watchers int) WatchTable {
	return WatchTable{
		Table: s.Table, Kind: s.Setup.Kind, Seats: people(s.Setup.Seats),
		Control: s.Setup.Control.String(), Speed: s.Setup.Control.Speed(), Rated: s.Setup.Rated,
		Watchers: watchers, FEN: Glance(s.State), Clocks: Clocks{s.Clocks},
	}
}

// VariantOf reads the name of the variant from the setup of any game; a setup
// without one is of the game's standard form.
func VariantOf(setup json.RawMessage) string {
	var s struct {
		Variant string `json:"variant"`
	}
	if len(setup) == 0 || json.Unmarshal(setup, &s) != nil || s.Variant == "" {
		return "standard"
	}
	return s.Variant
}
