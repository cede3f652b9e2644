package account

import (
	"context"
	"sync"
)

// Cached is a Store with a bounded memory of logins in front, so that a socket
// of somebody who was just here costs no query. A session that is ended
// through it is forgotten at once; one that is ended elsewhere stays known
// here until it is driven out, so every way to end one must lead through
// the same Cached. Losing the memory signs nobody out.
type Cached struct {
	Store
	size int

	mu     sync.RWMutex
	logins map[TokenHash]Login
	// ended counts End, so that a Login that was under way meanwhile does
	// not bring an ended session back.
	ended uint64
}

// NewCached returns a cache of at most size logins, about 200 bytes each.
func NewCached(s Store, size int) *Cached {
	return &Cached{Store: s, size: size, logins: make(map[TokenHash]Login)}
}

// Add implements Users.
func (c *Cached) Add(ctx context.Context, u User, first Session) error {
	if err := c.Store.Add(ctx, u, first); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keep(Login{User: u, Session: first})
	return nil
}

// Login implements Sessions.
func (c *Cached) Login(ctx context.Context, hash TokenHash) (Login, error) {
	c.mu.RLock()
	l, ok := c.logins[hash]
	ended := c.ended
	c.mu.RUnlock()
	if ok {
		return l, nil
	}
	l, err := c.Store.Login(ctx, hash)
	if err != nil {
		return Login{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended == ended {
		c.keep(l)
	}
	return l, nil
}

// End implements Sessions.
func (c *Cached) End(ctx context.Context, hash TokenHash) error {
	err := c.Store.End(ctx, hash)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended++
	delete(c.logins, hash)
	return err
}

// keep remembers a login, and forgets any other when there are too many: with
// a map's order that is nearly as good as the oldest, and costs nothing.
func (c *Cached) keep(l Login) {
	for hash := range c.logins {
		if len(c.logins) < c.size {
			break
		}
		delete(c.logins, hash)
	}
	c.logins[l.Session.Hash] = l
}
