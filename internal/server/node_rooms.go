package server

import (
	"context"
	"encoding/json"
	"fmt"

	"kibitz/internal/game"
	"kibitz/internal/host"
	"kibitz/internal/table"
)

// roomTables are the tables at which people come and go, of the whole cluster.
// Each node keeps company at its own.
type roomTables struct{ tables }

// Rooms implements rooms.Tables.
func (t roomTables) Rooms(ctx context.Context) []host.Room {
	all := t.Host.Rooms(ctx)
	t.node.eachOther(ctx, "rooms", nil, func(answer []byte) {
		var some []farRoom
		if json.Unmarshal(answer, &some) != nil {
			return
		}
		for _, r := range some {
			r.Room.Brief = r.Brief
			all = append(all, r.Room)
		}
	})
	return all
}

// Do implements rooms.Tables. What is about a table elsewhere is that node's to
// do.
func (t roomTables) Do(ctx context.Context, cmd table.Command) (table.Seq, error) {
	if t.node != nil {
		if at, ok := t.node.owner(cmd.Table); !ok || at != "" {
			return 0, fmt.Errorf("%w: by house players of another node", table.ErrTaken)
		}
	}
	return t.Host.Do(ctx, cmd)
}

// farRoom is a room on its way to another node.
type farRoom struct {
	host.Room
	Brief farView `json:"brief"`
}

// farView is a view that another node has encoded.
type farView struct {
	Type string          `json:"type"`
	Data json.RawMessage `json:"data"`
}

var _ game.View = farView{}

// ViewType implements game.View.
func (v farView) ViewType() string { return v.Type }

// MarshalJSON encodes the view as the other node did.
func (v farView) MarshalJSON() ([]byte, error) { return v.Data, nil }

// sentRoom is a farRoom to be sent.
type sentRoom struct {
	host.Room
	Brief sentView `json:"brief"`
}

type sentView struct {
	Type string    `json:"type"`
	Data game.View `json:"data"`
}

// sendRooms encodes the rooms of this node.
func sendRooms(rooms []host.Room) ([]byte, error) {
	all := make([]sentRoom, 0, len(rooms))
	for _, r := range rooms {
		brief := r.Brief
		r.Brief = nil
		one := sentRoom{Room: r}
		if brief != nil {
			one.Brief = sentView{brief.ViewType(), brief}
		}
		all = append(all, one)
	}
	return json.Marshal(all)
}
