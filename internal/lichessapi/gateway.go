package lichessapi

import (
	"net/http"
	"time"

	"kibitz/internal/cluster"
)

// gatewayOf is the gateway that a request came through, empty for none.
func gatewayOf(r *http.Request) cluster.NodeID {
	return cluster.NodeID(r.Header.Get(cluster.GatewayHeader))
}

// Gateway is the one that the stream of the watcher came through, empty for none.
func (w *watcher) Gateway() cluster.NodeID { return w.through }

// Unheard implements host.Far.
func (w *watcher) Unheard() (since time.Time, unheard bool) {
	if w.through == "" {
		return time.Time{}, false
	}
	return w.unheard(w.through)
}

// Heard gives the players their time back whose streams came through a gateway that
// was unheard since then, and is heard again.
func (s *Server) Heard(gateway cluster.NodeID, since time.Time) {
	for _, w := range s.streams.through(gateway) {
		s.cfg.Host.Heard(w, since)
	}
}

// LoseThrough ends the streams of players that came through a gateway, which died:
// seen was its last sign of life, and no player pays for what came after.
func (s *Server) LoseThrough(gateway cluster.NodeID, seen time.Time) {
	for _, w := range s.streams.through(gateway) {
		s.cfg.Host.Lose(w, seen)
		w.end()
	}
}

// through returns the streams of games that came through a gateway.
func (x *streams) through(gateway cluster.NodeID) []*watcher {
	x.mu.Lock()
	defer x.mu.Unlock()
	var all []*watcher
	for _, w := range x.games {
		if w.through == gateway {
			all = append(all, w)
		}
	}
	return all
}
