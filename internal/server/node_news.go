package server

import (
	"context"
	"encoding/json"

	"kibitz/internal/account"
	"kibitz/internal/cluster"
	"kibitz/internal/host"
	"kibitz/internal/lichessapi"
	lines "kibitz/internal/relay"
	"kibitz/internal/table"
)

// watchedAtMost is how many tables a node names to others.
const watchedAtMost = 50

// answers are what this node does for others.
func (n *appNode) answers() map[string]lines.Answer {
	s := n.server
	return map[string]lines.Answer{
		"create": func(ctx context.Context, q []byte) ([]byte, error) {
			var setup table.Setup
			if err := json.Unmarshal(q, &setup); err != nil {
				return nil, err
			}
			id, err := s.host.Create(ctx, setup)
			return []byte(id), told(err)
		},
		"running": func(_ context.Context, q []byte) ([]byte, error) {
			return json.Marshal(s.host.RunningOf(account.ID(q)))
		},
		"watched": func(context.Context, []byte) ([]byte, error) { return json.Marshal(s.host.MostWatched(watchedAtMost)) },
		"rooms":   func(ctx context.Context, _ []byte) ([]byte, error) { return sendRooms(s.host.Rooms(ctx)) },
		"touched": func(_ context.Context, q []byte) ([]byte, error) {
			var users []account.ID
			err := json.Unmarshal(q, &users)
			s.lobby.Touched(users...)
			return nil, err
		},
		"do": n.doFor,
		"connections": func(_ context.Context, q []byte) ([]byte, error) {
			return json.Marshal(s.edge.Connected(table.ID(q)))
		},
		"first":     n.firstHere,
		"present":   n.presentHere,
		"listening": func(context.Context, []byte) ([]byte, error) { return json.Marshal(s.lichess.Listening()) },
		"noted": func(_ context.Context, q []byte) ([]byte, error) {
			var note lichessapi.Note
			err := json.Unmarshal(q, &note)
			if err == nil {
				s.lichess.Hear(note)
			}
			return nil, err
		},
		"voided": func(_ context.Context, q []byte) ([]byte, error) {
			var token account.TokenHash
			err := json.Unmarshal(q, &token)
			if err == nil {
				s.edge.SignOut(token)
				s.lichess.Voided(token)
			}
			return nil, err
		},
		"changed": func(_ context.Context, q []byte) ([]byte, error) {
			var c host.Change
			err := json.Unmarshal(q, &c)
			s.lichess.Changed(c)
			return nil, err
		},
	}
}

// changed passes on what others must know of a change here. It does not block.
func (n *appNode) changed(c host.Change) {
	if n == nil {
		return
	}
	n.mu.Lock()
	for _, p := range c.Players {
		if p.House == 0 && !p.Free() {
			n.touched[p.ID] = struct{}{}
		}
	}
	n.mu.Unlock()
	if c.Created || c.Began || c.Over {
		n.tellOthers("changed", c)
	}
}

// tellOthers tells all other app servers something. It does not block.
func (n *appNode) tellOthers(what string, news any) {
	if n == nil {
		return
	}
	b, err := json.Marshal(news)
	for _, one := range n.keeper.Nodes() {
		if err == nil && one.Role == cluster.App && one.ID != n.self.ID {
			err = n.relay.Tell(one.ID, what, b)
		}
	}
	if err != nil {
		n.cfg.Log.Warn("other nodes do not hear of something", "what", what, "err", err)
	}
}

// tellLobby tells the lobby, where another node has it, whose tables have
// changed.
func (n *appNode) tellLobby() {
	n.mu.Lock()
	users := make([]account.ID, 0, len(n.touched))
	for id := range n.touched {
		users = append(users, id)
	}
	clear(n.touched)
	n.mu.Unlock()
	at, ok := n.owner(lobbyTable)
	if !ok || at == "" || len(users) == 0 {
		return
	}
	news, err := json.Marshal(users)
	if err == nil {
		err = n.relay.Tell(at, "touched", news)
	}
	if err != nil {
		n.cfg.Log.Warn("the lobby does not hear of a change", "err", err)
	}
}

// counts returns how many are online, and how many games are on, everywhere.
func (n *appNode) counts() (online, playing int) {
	for _, one := range n.keeper.Nodes() {
		if one.Role == cluster.App {
			online += one.Sockets
			playing += one.Tables
		}
	}
	return online, playing
}

// heedGateways closes the sockets that came through gateways that end, or that
// died.
func (n *appNode) heedGateways() {
	known := n.gateways
	n.gateways = make(map[cluster.NodeID]bool)
	for _, one := range n.keeper.Nodes() {
		if one.Role != cluster.Gateway {
			continue
		}
		n.gateways[one.ID] = true
		if one.Draining {
			n.server.edge.CloseThrough(one.ID)
		}
	}
	for id := range known {
		if n.gateways[id] {
			continue
		}
		if seen, dead := n.keeper.Dead(id); dead && !seen.IsZero() {
			n.server.edge.LoseThrough(id, seen)
			n.server.lichess.LoseThrough(id, seen)
		} else if !dead {
			n.gateways[id] = true // what became of it is told later
		}
	}
}
