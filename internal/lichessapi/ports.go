package lichessapi

import (
	"context"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/host"
	"kibitz/internal/table"
)

// Host is the tables: those of a host.Host, whose methods these are, or those
// of a whole cluster.
type Host interface {
	Create(ctx context.Context, s table.Setup) (table.ID, error)
	Do(ctx context.Context, cmd table.Command) (table.Seq, error)
	Join(j host.Join)
	Drop(c host.Conn)
	Lose(c host.Conn, seen time.Time)
	Heard(c host.Conn, since time.Time)
	Snapshot(ctx context.Context, id table.ID, v game.Viewer) (table.Snapshot, error)
	Events(ctx context.Context, id table.ID, v game.Viewer) ([]table.EventView, error)
	Running(ctx context.Context, user account.ID) []host.Summary
	Watchable(ctx context.Context, n int) []host.Summary
}

var _ Host = (*host.Host)(nil)
