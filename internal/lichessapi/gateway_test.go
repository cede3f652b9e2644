package lichessapi_test

import (
	"sync/atomic"
	"testing"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/game"
	"kibitz/internal/lichessapi"
	"kibitz/internal/table"
)

// TestStreamThroughAGateway has a clock wait for a player whose stream comes through
// a gateway that is silent, or dies.
func TestStreamThroughAGateway(t *testing.T) {
	var silent atomic.Pointer[time.Time]
	w := newWorld(t, func(c *lichessapi.Config) {
		c.Unheard = func(id cluster.NodeID) (time.Time, bool) {
			if since := silent.Load(); since != nil && id == "gate" {
				return *since, true
			}
			return time.Time{}, false
		}
	})
	white, black, id, ws, bs := board(t, w, "clock.limit=300&clock.increment=2")
	at := "/api/board/game/"
	open := func() *stream {
		s := white.openWith(white.request("GET", at+"stream/"+id, "", cluster.GatewayHeader+": gate"))
		is(t, "first line", s.next(), "type", "gameFull")
		return s
	}
	through := open()
	ws.ended()
	white.must(200, "POST", at+id+"/move/e2e4", "")
	black.must(200, "POST", at+id+"/move/e7e5", "")
	bs.state(moves("e2e4 e7e5"))
	held := func(when string, want bool) {
		t.Helper()
		for end := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
			snap, err := w.host.Snapshot(t.Context(), table.ID(id), game.Spectator)
			check(t, err)
			if snap.Clocks.Held == want {
				return
			}
			if time.Now().After(end) {
				t.Fatalf("%s: held is %v, want %v", when, !want, want)
			}
		}
	}
	held("at first", false)
	since := time.Now()
	silent.Store(&since)
	w.api.Heard("other", since)
	w.api.Heard("gate", since)
	held("silent", true)
	silent.Store(nil)
	w.api.Heard("gate", since)
	held("heard again", false)
	w.api.LoseThrough("gate", time.Now())
	through.ended()
	held("lost", true)
	open()
	held("back", false)
}
