// Package rooms finds people a table at which others come and go, and keeps
// them company there with house players.
package rooms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/host"
	"kibitz/internal/table"
)

// ErrUnknown: there is no preset of that key.
var ErrUnknown = errors.New("there are no such stakes")

// Preset is a kind of table that the lobby offers.
type Preset struct {
	// Key names it in addresses, and Title for people.
	Key   string    `json:"key"`
	Title string    `json:"title"`
	Kind  game.Kind `json:"kind"`
	// Setup is in the words of the game's Rules.
	Setup   json.RawMessage `json:"setup"`
	Seats   int             `json:"seats"`
	Control clock.Control   `json:"control"`
	// House is how many house players come at most.
	House int `json:"house"`
}

// Tables is what the package needs of a host.
type Tables interface {
	Create(ctx context.Context, s table.Setup) (table.ID, error)
	Do(ctx context.Context, cmd table.Command) (table.Seq, error)
	Rooms(ctx context.Context) []host.Room
}

// Config is what Rooms need. Fields without a default must be given.
type Config struct {
	Tables  Tables
	Presets []Preset
	// House are the players who keep people company, by the kind of game. Their
	// ids must differ.
	House map[game.Kind][]table.Player
	// Every is the time between two looks around. Default: 700 ms.
	Every time.Duration
	// Now is the time. Default: time.Now.
	Now func() time.Time
	// Log is told of house players who cannot sit down. Default: slog.Default.
	Log *slog.Logger
}

// Rooms is safe for concurrent use.
type Rooms struct {
	cfg Config

	mu   sync.Mutex
	at   time.Time
	list []host.Room
	// opened are tables that were made and may not be in the list yet.
	opened map[string]table.ID
	sent   int
}

// New returns Rooms.
func New(cfg Config) (*Rooms, error) {
	if cfg.Tables == nil {
		return nil, errors.New("rooms: Tables must be given")
	}
	if cfg.Every <= 0 {
		cfg.Every = 700 * time.Millisecond
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	return &Rooms{cfg: cfg, opened: make(map[string]table.ID)}, nil
}

// Presets returns what the lobby offers.
func (r *Rooms) Presets() []Preset { return r.cfg.Presets }

// List returns the tables of a kind that everybody may come to, as of at most
// a second ago, those with people first.
func (r *Rooms) List(ctx context.Context, kind game.Kind) []host.Room {
	return Public(r.all(ctx), kind)
}

// Public returns those of some rooms that are of a kind and to which everybody
// may come, those with people first.
func Public(all []host.Room, kind game.Kind) []host.Room {
	var public []host.Room
	for _, room := range all {
		if room.Setup.Kind == kind && room.Setup.Origin == table.OriginLobby {
			public = append(public, room)
		}
	}
	slices.SortStableFunc(public, func(a, b host.Room) int { return b.People - a.People })
	return public
}

// all returns all rooms as of at most a second ago.
func (r *Rooms) all(ctx context.Context) []host.Room {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now := r.cfg.Now(); now.Sub(r.at) >= time.Second || now.Before(r.at) {
		r.list, r.at = r.cfg.Tables.Rooms(ctx), now
	}
	return r.list
}

// Quick returns a table of a preset with a free seat, one with people if there
// is one, and a new one otherwise.
func (r *Rooms) Quick(ctx context.Context, key string) (table.ID, error) {
	i := slices.IndexFunc(r.cfg.Presets, func(p Preset) bool { return p.Key == key })
	if i < 0 {
		return "", fmt.Errorf("%w: %.40q", ErrUnknown, key)
	}
	preset := &r.cfg.Presets[i]
	for _, room := range r.List(ctx, preset.Kind) {
		if same(room.Setup, preset) && open(&room) {
			return room.Table, nil
		}
	}
	return r.open(ctx, preset)
}

// same reports whether a table is of a preset.
func same(s table.Setup, p *Preset) bool { return s.Preset == p.Key && len(s.Seats) == p.Seats }

// open reports whether somebody can sit down.
func open(room *host.Room) bool {
	return len(room.Lounge.Line) == 0 && slices.ContainsFunc(room.Setup.Seats, table.Player.Free)
}

// open makes a table of a preset, or returns one that was made a moment ago.
func (r *Rooms) open(ctx context.Context, p *Preset) (table.ID, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if id := r.opened[p.Key]; id != "" {
		return id, nil
	}
	id, err := r.cfg.Tables.Create(ctx, table.Setup{
		Kind: p.Kind, Game: p.Setup, Control: p.Control, Seats: make([]table.Player, p.Seats),
		Origin: table.OriginLobby, House: p.House, Preset: p.Key,
	})
	if err == nil {
		r.opened[p.Key] = id
	}
	return id, err
}
