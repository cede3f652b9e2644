package httpapi

import (
	"encoding/json"
	"fmt"
	"net/http"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/table"
	"kibitz/internal/wire"
)

// newTable is the body that asks for a table.
type newTable struct {
	Kind     game.Kind       `json:"kind"`
	Setup    json.RawMessage `json:"setup"`
	Control  string          `json:"control"`
	Color    string          `json:"color"`
	Opponent string          `json:"opponent"`
	Name     string          `json:"name"`
	Level    int             `json:"level"`
	Rated    bool            `json:"rated"`
	// Room asks for a table at which people come and go.
	Room *wire.NewRoom `json:"room"`
}

// postTable makes a table against a friend, who comes by its link, against a
// user, who is asked, or against the house.
func (s *Server) postTable(w http.ResponseWriter, r *http.Request) {
	login, err := s.login(r)
	if err == nil {
		err = s.limits.tables.take(login.User.ID, s.cfg.Now())
	}
	var body newTable
	if err == nil {
		err = read(w, r, &body)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if body.Room != nil {
		s.postRoom(w, r, login, body)
		return
	}
	setup, seat, err := s.setup(body, login.User)
	if err == nil && body.Opponent == "user" {
		setup.Invited, err = s.invited(r.Context(), login.User, body.Name)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	setup.Seats[seat] = rated(r.Context(), s.cfg.People, setup.Seats[seat], setup)
	id, err := s.cfg.Host.Create(r.Context(), setup)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	answer(w, http.StatusCreated, map[string]any{"table": id, "seat": seat})
}

// setup makes of a body what the host needs, and the seat of who asked.
func (s *Server) setup(body newTable, u account.User) (table.Setup, game.Seat, error) {
	if _, ok := s.cfg.Catalog[body.Kind]; !ok {
		return table.Setup{}, 0, fmt.Errorf("%w: this server does not play %.20q", game.ErrMalformed, body.Kind)
	}
	control, err := wire.ParseControl(body.Control)
	if err != nil {
		return table.Setup{}, 0, err
	}
	color, err := wire.ParseColor(body.Color)
	if err != nil {
		return table.Setup{}, 0, err
	}
	opponent, origin, err := s.opponent(body)
	if err != nil {
		return table.Setup{}, 0, err
	}
	seat := color.Seat()
	if seat == game.NoSeat {
		seat = s.coin()
	}
	seats := make([]table.Player, 2)
	seats[seat] = playerOf(u)
	seats[seat.Other()] = opponent
	return table.Setup{Kind: body.Kind, Game: body.Setup, Control: control, Seats: seats, Origin: origin, Rated: body.Rated}, seat, nil
}

// opponent returns who sits opposite; nobody yet, for a friend.
func (s *Server) opponent(body newTable) (table.Player, table.Origin, error) {
	switch body.Opponent {
	case "friend", "user":
		return table.Player{}, table.OriginFriend, nil
	case "house":
		for _, p := range s.cfg.House {
			if p.House == body.Level {
				return p, table.OriginHouse, nil
			}
		}
		return table.Player{}, "", fmt.Errorf("%w: there is no house player of level %d", game.ErrMalformed, body.Level)
	}
	return table.Player{}, "", fmt.Errorf("%w: opponent is friend, user or house", game.ErrMalformed)
}

// coin is one of two seats.
func (s *Server) coin() game.Seat {
	var b [1]byte
	_, _ = s.cfg.Random.Read(b[:]) // without chance it is seat 0
	return game.Seat(b[0] & 1)
}

// getTables lists running tables to watch.
func (s *Server) getTables(w http.ResponseWriter, r *http.Request) {
	list := []wire.WatchTable{}
	for _, t := range s.cfg.Host.Watchable(r.Context(), Watchable) {
		list = append(list, WatchCard(&t))
	}
	answer(w, http.StatusOK, TablesBody(list))
}

// getTable returns a table with all its events, as a spectator sees it; one at
// which people come and go without them.
func (s *Server) getTable(w http.ResponseWriter, r *http.Request) {
	id, err := pathTable(r)
	var snap table.Snapshot
	if err == nil {
		snap, err = s.cfg.Host.Snapshot(r.Context(), id, game.Spectator)
	}
	var events []table.EventView
	if err == nil && snap.Lounge == nil {
		events, err = s.cfg.Host.Events(r.Context(), id, game.Spectator)
	}
	var body []byte
	if err == nil {
		body, err = wire.AppendReplay(nil, &snap, events)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	answerRaw(w, http.StatusOK, body)
}
