package gateway

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/table"
)

// choiceKey finds a choice in the context of a request.
type choiceKey struct{}

// choice is the app servers for a request, the best first, and which of them
// answered.
type choice struct {
	all []cluster.Node
	at  cluster.Node
}

// choose returns the app servers for a request, the best first.
func (g *Gateway) choose(r *http.Request) []cluster.Node {
	all := g.healthy()
	switch id, ok := tableOf(r); {
	case makesTable(r):
		return roomy(all)
	case seeks(r):
		id = g.cfg.Lobby
		fallthrough
	case ok:
		if owner, _, owned := g.cfg.Cluster.Owner(id); owned {
			return first(all, owner.ID)
		}
		return all
	case r.URL.Path == "/ws":
		return roomy(all)
	}
	if id, ok := g.routed(r); ok {
		return first(all, id)
	}
	return all
}

// healthy returns the app servers that take people, in any order: if all have
// failed, all of them.
func (g *Gateway) healthy() []cluster.Node {
	g.mu.Lock()
	defer g.mu.Unlock()
	var good, bad []cluster.Node
	for _, n := range g.cfg.Cluster.Nodes() {
		switch {
		case n.Role != cluster.App || n.Gone:
		case n.Draining || time.Now().Before(g.out[n.ID]):
			bad = append(bad, n)
		default:
			good = append(good, n)
		}
	}
	rand.Shuffle(len(good), func(i, j int) { good[i], good[j] = good[j], good[i] })
	return append(good, bad...)
}

// first puts a node in front, if it is there.
func first(all []cluster.Node, id cluster.NodeID) []cluster.Node {
	if i := slices.IndexFunc(all, func(n cluster.Node) bool { return n.ID == id }); i > 0 {
		n := all[i]
		return slices.Insert(slices.Delete(all, i, i+1), 0, n)
	}
	return all
}

// roomy puts the one with more room of the first two in front: of nodes in any
// order that spreads a crowd that comes before the nodes have said how full
// they are now.
func roomy(all []cluster.Node) []cluster.Node {
	if len(all) > 1 && !all[1].Draining && all[1].Room() > all[0].Room() {
		all[0], all[1] = all[1], all[0]
	}
	return all
}

// tableWords are the parts of a path that stand before the id of a table.
var tableWords = []string{"tables", "game", "stream", "g", "export", "challenge", "round"}

// tableOf returns the table that a request is about.
func tableOf(r *http.Request) (table.ID, bool) {
	if id, err := table.ParseID(r.URL.Query().Get("table")); err == nil && r.URL.Path == "/ws" {
		return id, true
	}
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	for i := 1; i < len(parts); i++ {
		if !slices.Contains(tableWords, parts[i-1]) {
			continue
		}
		if id, err := table.ParseID(parts[i]); err == nil {
			return id, true
		}
	}
	return "", false
}

// makesTable reports whether a request asks for a new table.
func makesTable(r *http.Request) bool {
	whom, challenges := strings.CutPrefix(r.URL.Path, "/api/challenge/")
	return r.Method == http.MethodPost && (r.URL.Path == "/api/v1/tables" || challenges && !strings.Contains(whom, "/"))
}

// seeks reports whether a request looks for an opponent, as sockets do in the
// lobby.
func seeks(r *http.Request) bool {
	return r.Method == http.MethodPost && r.URL.Path == "/api/board/seek"
}
