package httpapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/host"
	"kibitz/internal/ledger"
	"kibitz/internal/rooms"
	"kibitz/internal/table"
	"kibitz/internal/wire"
)

// Rooms is where tables are found at which people come and go.
type Rooms interface {
	Presets() []rooms.Preset
	List(ctx context.Context, kind game.Kind) []host.Room
	// Quick returns a table of a preset with a free seat, or fails with
	// rooms.ErrUnknown.
	Quick(ctx context.Context, key string) (table.ID, error)
}

// getRooms lists the tables of a kind, and what can be opened.
func (s *Server) getRooms(kind game.Kind) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		list := []wire.Room{}
		for _, room := range s.cfg.Rooms.List(r.Context(), kind) {
			list = append(list, RoomCard(&room))
		}
		answer(w, http.StatusOK, RoomsBody(list, s.cfg.Rooms.Presets(), kind))
	}
}

// postQuick finds a table with a free seat.
func (s *Server) postQuick(w http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	if err := s.limits.tables.take(me.User.ID, s.cfg.Now()); err != nil {
		return nil, err
	}
	var body struct {
		Preset string `json:"preset"`
	}
	if err := read(w, r, &body); err != nil {
		return nil, err
	}
	id, err := s.cfg.Rooms.Quick(r.Context(), body.Preset)
	if errors.Is(err, rooms.ErrUnknown) {
		err = fmt.Errorf("%w: %w", game.ErrMalformed, err)
	}
	return map[string]any{"table": id}, err
}

// postRoom makes a private room, of which the maker is the owner.
func (s *Server) postRoom(w http.ResponseWriter, r *http.Request, me account.Login, body newTable) {
	setup, err := body.Room.Setup(me.User.ID)
	if err == nil {
		setup.Kind, setup.Game = body.Kind, body.Setup
		var id table.ID
		if id, err = s.cfg.Host.Create(r.Context(), setup); err == nil {
			answer(w, http.StatusCreated, map[string]any{"table": id})
			return
		}
	}
	s.fail(w, r, err)
}

// purse is what somebody has, in an answer.
type purse struct {
	Chips int64 `json:"chips"`
	Daily bool  `json:"daily"`
	// NextMillis is when the next daily chips can be had, in Unix milliseconds.
	NextMillis int64 `json:"next"`
	DailyChips int64 `json:"daily_chips"`
}

// getChips answers with what I have.
func (s *Server) getChips(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	p, err := s.cfg.Bank.Purse(r.Context(), me.User.ID)
	return purse{p.Chips, p.Daily, p.Next.UnixMilli(), ledger.Daily}, err
}

// postDaily gives me today's chips.
func (s *Server) postDaily(w http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	err := s.cfg.Bank.TakeDaily(r.Context(), me.User.ID)
	if errors.Is(err, ledger.ErrDaily) {
		return nil, fmt.Errorf("%w: %w", wire.ErrNotAllowed, err)
	}
	if err != nil {
		return nil, err
	}
	return s.getChips(w, r, me)
}

// transfersAtOnce is how many transfers are listed.
const transfersAtOnce = 50

// getTransfers lists where my chips came from and went.
func (s *Server) getTransfers(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	before := s.cfg.Now().Add(time.Second)
	if text := r.URL.Query().Get("before"); text != "" {
		ms, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%w: before is a time in Unix milliseconds", game.ErrMalformed)
		}
		before = time.UnixMilli(ms)
	}
	mine := ledger.OfUser(me.User.ID)
	all, err := s.cfg.Bank.Book.Transfers(r.Context(), mine, before, transfersAtOnce)
	list := []map[string]any{}
	for _, t := range all {
		chips, other := t.Chips, t.From
		if t.From == mine {
			chips, other = -t.Chips, t.To
		}
		line := map[string]any{"at": t.At.UnixMilli(), "chips": chips, "why": t.Why, "state": t.State}
		if id, ok := other.Table(); ok {
			line["table"] = id
		}
		list = append(list, line)
	}
	return map[string]any{"transfers": list}, err
}
