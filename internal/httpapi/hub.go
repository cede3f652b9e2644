package httpapi

import (
	"context"
	"slices"
	"sync"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/lobby"
)

// hub is all open sockets.
type hub struct {
	host  Host
	lobby *lobby.Lobby
	peers *Peers // nil without a cluster
	// people may be nil.
	people lobby.People
	// accounts knows who may write to whom.
	accounts account.People
	codec    Codec
	build    string
	born     time.Time
	// prodEvery is Config.ProdEvery.
	prodEvery time.Duration
	// ctx ends when the server closes.
	ctx    context.Context
	cancel context.CancelFunc

	mu      sync.Mutex
	sockets map[*socket]struct{}
	// guests are the sockets of other nodes that follow something here.
	guests  map[*guest]struct{}
	closed  bool
	readers sync.WaitGroup
}

func newHub(c Config) *hub {
	h := &hub{
		host: c.Host, lobby: c.Lobby, peers: c.Peers, people: c.People, accounts: account.People{Store: c.Accounts}, codec: Codec{Log: c.Log, Refused: c.Refused}, build: c.Build, prodEvery: c.ProdEvery,
		born: time.Now(), sockets: make(map[*socket]struct{}), guests: make(map[*guest]struct{}),
	}
	h.ctx, h.cancel = context.WithCancel(context.Background())
	h.readers.Go(h.prod)
	return h
}

// prod pings the sockets that are silent, until the hub closes.
func (h *hub) prod() {
	ticker := time.NewTicker(h.prodEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
		case <-h.ctx.Done():
			return
		}
		for _, s := range h.all((*socket).silent) {
			s.write(opPing, nil)
		}
	}
}

// age is a monotonic time.
func (h *hub) age() time.Duration { return time.Since(h.born) }

// add lets a socket in, unless the hub is closed.
func (h *hub) add(s *socket) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return false
	}
	h.sockets[s] = struct{}{}
	h.readers.Add(1)
	return true
}

func (h *hub) remove(s *socket) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.sockets, s)
}

// welcome lets a guest in, and farewell out.
func (h *hub) welcome(g *guest) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.guests[g] = struct{}{}
}

func (h *hub) farewell(g *guest) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.guests, g)
}

// company returns the guests.
func (h *hub) company() []*guest {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := make([]*guest, 0, len(h.guests))
	for g := range h.guests {
		all = append(all, g)
	}
	return all
}

func (h *hub) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.sockets)
}

// all returns the sockets for which the condition holds.
func (h *hub) all(which func(*socket) bool) []*socket {
	h.mu.Lock()
	defer h.mu.Unlock()
	var list []*socket
	for s := range h.sockets {
		if which(s) {
			list = append(list, s)
		}
	}
	return list
}

// users returns who has a socket.
func (h *hub) users() map[account.ID]bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := make(map[account.ID]bool, len(h.sockets))
	for s := range h.sockets {
		if s.user != nil {
			all[s.user.ID] = true
		}
	}
	return all
}

// signOut closes the sockets of sessions that have ended.
func (h *hub) signOut(ended ...account.TokenHash) {
	for _, s := range h.all(func(s *socket) bool { return s.user != nil && slices.Contains(ended, s.hash) }) {
		s.close(closePolicy, "signed out")
	}
}

// signOutUser closes all sockets of a user.
func (h *hub) signOutUser(id account.ID) {
	for _, s := range h.all(func(s *socket) bool { return s.user != nil && s.user.ID == id }) {
		s.close(closePolicy, "signed out, or changed; reconnect")
	}
}

// announce sends a frame to every socket.
func (h *hub) announce(frame []byte) {
	for _, s := range h.all(func(*socket) bool { return true }) {
		s.Send(frame)
	}
}

// close closes every socket and waits until all are let go of, or ctx is done.
func (h *hub) close(ctx context.Context) error {
	h.mu.Lock()
	h.closed = true
	h.mu.Unlock()
	for _, s := range h.all(func(*socket) bool { return true }) {
		s.close(closeRestart, "the server restarts")
	}
	h.cancel()
	done := make(chan struct{})
	go func() {
		defer close(done)
		h.readers.Wait()
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
