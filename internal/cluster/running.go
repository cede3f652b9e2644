package cluster

import (
	"context"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/table"
)

// Running is what other nodes may know of a running table: where it is, who
// plays, and from where they are connected. The owner stores it at every change
// that matters and again before RunningLife is over. It is never the truth.
type Running struct {
	Table   table.ID     `json:"table"`
	Node    NodeID       `json:"node"`
	Players []account.ID `json:"players,omitempty"`
	// Watchers counts the sockets of spectators.
	Watchers    int          `json:"watchers,omitempty"`
	Connections []Connection `json:"connections,omitempty"`
	// At is when the owner said so.
	At time.Time `json:"at"`
}

// Connection is one socket at a table. It is personal: only its owner and
// administrators may see it.
type Connection struct {
	User   account.ID     `json:"user,omitempty"`
	Name   string         `json:"name,omitempty"`
	Client account.Client `json:"client"`
	Since  time.Time      `json:"since"`
}

// RunningLife is how long what is stored of a running table is kept.
const RunningLife = time.Minute

// RunningTables keeps what is known of running tables for RunningLife, or not
// at all: it has no errors, as nothing depends on it. It is safe for concurrent
// use.
type RunningTables interface {
	// Put stores tables.
	Put(ctx context.Context, tables ...Running)
	// Drop forgets tables.
	Drop(ctx context.Context, ids ...table.ID)
	// Get returns those of the tables that are known.
	Get(ctx context.Context, ids ...table.ID) map[table.ID]Running
}
