package export

import (
	"encoding/json"
	"fmt"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// NDJSON writes a line of JSON for each game, which holds what GET
// /api/v1/games/{id} answers.
var NDJSON = Format{Name: "ndjson", Type: "application/x-ndjson", Append: appendLine}

// Document is a game as JSON; docs/api.md describes it.
type Document struct {
	Table   table.ID       `json:"table"`
	Kind    game.Kind      `json:"kind"`
	Variant string         `json:"variant"`
	Speed   clock.Speed    `json:"speed"`
	Control string         `json:"control"`
	Clock   *clock.Control `json:"clock"`
	Rated   bool           `json:"rated"`
	Origin  table.Origin   `json:"origin"`
	Prior   table.ID       `json:"prior,omitempty"`
	Source  string         `json:"source,omitempty"`
	Running bool           `json:"running"`

	CreatedMillis int64  `json:"created_at"`
	StartedMillis *int64 `json:"started_at"`
	EndedMillis   *int64 `json:"ended_at"`

	Players []Player  `json:"players"`
	State   game.View `json:"state"`
	// SpentMillis and LeftMillis are by ply.
	SpentMillis []int64  `json:"spent_ms"`
	LeftMillis  []int64  `json:"left_ms"`
	Opening     *Opening `json:"opening"`
}

// Player is who sat in a seat.
type Player struct {
	Name        string     `json:"name"`
	User        account.ID `json:"user,omitempty"`
	Guest       bool       `json:"guest,omitempty"`
	House       int        `json:"house,omitempty"`
	Bot         bool       `json:"bot,omitempty"`
	Rating      int        `json:"rating,omitempty"`
	Provisional bool       `json:"provisional,omitempty"`
	// Diff is what the game changed the rating by; nil where it changed none.
	Diff *int `json:"diff,omitempty"`
}

// PlayerOf returns what everybody may know of a player.
func PlayerOf(p archive.Player) Player {
	shown := Player{Name: p.Name, User: p.ID, Guest: p.Guest, House: p.House, Bot: p.Bot, Rating: p.Before, Provisional: p.Provisional}
	if p.Before != 0 && p.After != 0 {
		diff := p.After - p.Before
		shown.Diff = &diff
	}
	return shown
}

// DocumentOf returns a game as JSON.
func DocumentOf(g *Game) Document {
	d := Document{
		Table: g.ID, Kind: g.Kind, Variant: g.Variant, Speed: g.Speed(), Control: g.Control.String(),
		Rated: g.Rated, Origin: g.Origin, Prior: g.Prior, Running: !g.Over(),
		CreatedMillis: g.Created.UnixMilli(), StartedMillis: millis(g.Started), EndedMillis: millis(g.Ended),
		Players: make([]Player, len(g.Players)), State: g.State,
		SpentMillis: make([]int64, len(g.Turns)),
	}
	for i, p := range g.Players {
		d.Players[i] = PlayerOf(p)
	}
	for i, t := range g.Turns {
		d.SpentMillis[i] = t.Spent.Milliseconds()
	}
	if !g.Control.Unlimited() {
		d.Clock = &g.Control
		d.LeftMillis = make([]int64, len(g.Turns))
		for i, t := range g.Turns {
			d.LeftMillis[i] = t.Left.Milliseconds()
		}
	}
	if g.Opening.Name != "" {
		d.Opening = &g.Opening
	}
	if g.Imported {
		d.Source = "import"
	}
	return d
}

// millis returns nil for the zero time.
func millis(t time.Time) *int64 {
	if t.IsZero() {
		return nil
	}
	ms := t.UnixMilli()
	return &ms
}

func appendLine(dst []byte, g *Game, _ Options) ([]byte, error) {
	b, err := json.Marshal(DocumentOf(g))
	if err != nil {
		return dst, fmt.Errorf("export %s: %w", g.ID, err)
	}
	return append(append(dst, b...), '\n'), nil
}
