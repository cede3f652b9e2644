package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/cluster"
	"kibitz/internal/host"
	"kibitz/internal/httpapi"
	lines "kibitz/internal/relay"
	"kibitz/internal/table"
)

// anywhere is tables that can be used from any node: what is asked of a table
// is done where it is. Sockets have a way of their own; this is for who asks
// over HTTP.
type anywhere struct {
	tables
	codec httpapi.Codec

	mu    sync.Mutex
	lines map[host.Conn]*lines.Line
}

func newAnywhere(t tables, codec httpapi.Codec) *anywhere {
	return &anywhere{tables: t, codec: codec, lines: make(map[host.Conn]*lines.Line)}
}

// How long one try may take to have something done on another node, how long
// all of them, which is longer than it takes to find another owner for the
// tables of a dead node, and the time between two.
const (
	tryTime   = 2 * time.Second
	tryFor    = 8 * time.Second
	tryPause  = 100 * time.Millisecond
	firstPart = 10 // base of the sequence number in an answer
)

// farCommand is a table.Command on its way to another node.
type farCommand struct {
	Table table.ID        `json:"table"`
	Actor table.Player    `json:"actor"`
	ID    table.ActionID  `json:"id"`
	Type  string          `json:"type"`
	Data  json.RawMessage `json:"data"`
}

// command is what the owner is asked. It arrived when the owner got it.
func (c farCommand) command() table.Command {
	return table.Command{Table: c.Table, Actor: c.Actor, ID: c.ID, Report: clock.NoReport(), Type: c.Type, Data: c.Data}
}

// Do does a command where its table is. The id of the action makes it safe to
// ask again, and so a table that moves meanwhile is waited for.
func (a *anywhere) Do(ctx context.Context, cmd table.Command) (table.Seq, error) {
	if a.node == nil {
		return a.Host.Do(ctx, cmd)
	}
	ctx, cancel := context.WithTimeout(ctx, tryFor)
	defer cancel()
	for {
		seq, err := a.try(ctx, cmd)
		if !errors.Is(err, host.ErrBusy) || !pauseBetween(ctx) {
			return seq, err
		}
	}
}

func (a *anywhere) try(ctx context.Context, cmd table.Command) (table.Seq, error) {
	at, known := a.node.owner(cmd.Table)
	switch {
	case !known:
		return 0, fmt.Errorf("%w: the table moves to another server", host.ErrBusy)
	case at == "":
		return a.Host.Do(ctx, cmd)
	}
	q, err := json.Marshal(farCommand{cmd.Table, cmd.Actor, cmd.ID, cmd.Type, cmd.Data})
	if err != nil {
		return 0, err
	}
	ctx, cancel := context.WithTimeout(ctx, tryTime)
	defer cancel()
	answer, err := a.node.relay.Ask(ctx, at, "do", q)
	if err != nil {
		return 0, fmt.Errorf("at another server: %w", understood(err))
	}
	seq, err := strconv.ParseUint(string(answer), firstPart, 64)
	return table.Seq(seq), err
}

// doFor does a command that another node asks for.
func (n *appNode) doFor(ctx context.Context, q []byte) ([]byte, error) {
	var c farCommand
	if err := json.Unmarshal(q, &c); err != nil {
		return nil, err
	}
	seq, err := n.server.host.Do(ctx, c.command())
	return strconv.AppendUint(nil, uint64(seq), firstPart), told(err)
}

func pauseBetween(ctx context.Context) bool {
	select {
	case <-time.After(tryPause):
		return true
	case <-ctx.Done():
		return false
	}
}

// Join lets a conn follow one table, wherever that is.
func (a *anywhere) Join(j host.Join) {
	at, known := cluster.NodeID(""), true
	if a.node != nil {
		at, known = a.node.owner(j.Table)
	}
	if known && at == "" {
		a.Host.Join(j)
		return
	}
	busy := func() {
		err := fmt.Errorf("%w: the table moves to another server", host.ErrBusy)
		j.Conn.Send(a.codec.Answer(host.Answer{Table: j.Table, Err: err}))
	}
	if !known {
		busy()
		return
	}
	line, err := a.node.peers().Follow(at, j, busy)
	if err != nil {
		busy()
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.lines[j.Conn] = line
}

// Drop implements lichessapi.Host.
func (a *anywhere) Drop(c host.Conn) {
	if line := a.leave(c); line != nil {
		line.Close()
		return
	}
	a.Host.Drop(c)
}

// Lose implements lichessapi.Host.
func (a *anywhere) Lose(c host.Conn, seen time.Time) {
	if line := a.leave(c); line != nil {
		line.Lose()
		return
	}
	a.Host.Lose(c, seen)
}

// leave returns the line by which a conn follows a table, nil for none, and
// forgets it.
func (a *anywhere) leave(c host.Conn) *lines.Line {
	a.mu.Lock()
	defer a.mu.Unlock()
	line := a.lines[c]
	delete(a.lines, c)
	return line
}
