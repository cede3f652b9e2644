package lichessapi

import (
	"bytes"
	"encoding/json"
	"sync"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/cluster"
	"kibitz/internal/game"
	"kibitz/internal/wire"
)

// watcher follows a table as a socket does. It keeps no frame: each is news
// that there is something to look at, and who looks gets how the table stands.
// So a slow reader costs a table nothing, and misses no state but those that
// newer ones have replaced.
type watcher struct {
	hash account.TokenHash
	// through is the gateway that the stream came through, if any, and unheard
	// tells whether that is silent.
	through cluster.NodeID
	unheard func(cluster.NodeID) (since time.Time, unheard bool)

	wake chan struct{}
	done chan struct{}
	once sync.Once

	mu       sync.Mutex
	presence *wire.Presence
	refused  bool
}

func newWatcher(hash account.TokenHash) *watcher {
	return &watcher{hash: hash, wake: make(chan struct{}, 1), done: make(chan struct{})}
}

// end closes the stream behind the watcher.
func (w *watcher) end() { w.once.Do(func() { close(w.done) }) }

// The beginnings of the frames that say more than that something happened.
var (
	presenceFrame = []byte(`{"type":"presence",`)
	errorFrame    = []byte(`{"type":"error",`)
)

// Send implements host.Conn.
func (w *watcher) Send(frame []byte) bool {
	select {
	case <-w.done:
		return false
	default:
	}
	switch {
	case bytes.HasPrefix(frame, presenceFrame):
		var p wire.Presence
		if json.Unmarshal(frame, &p) == nil {
			w.mu.Lock()
			w.presence = &p
			w.mu.Unlock()
		}
	case bytes.HasPrefix(frame, errorFrame):
		w.mu.Lock()
		w.refused = true // the table was let go of
		w.mu.Unlock()
	}
	select {
	case w.wake <- struct{}{}:
	default:
	}
	return true
}

// gone returns from when the game of a seat that is away may be claimed; the
// zero time while the seat is not away.
func (w *watcher) gone(seat game.Seat) time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.presence == nil || int(seat) >= len(w.presence.Seats) {
		return time.Time{}
	}
	s := w.presence.Seats[seat]
	if s.State != wire.Away || s.ClaimMillis == 0 {
		return time.Time{}
	}
	return time.UnixMilli(s.ClaimMillis)
}

// lost reports whether the table does not answer to the watcher any more.
func (w *watcher) lost() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.refused
}
