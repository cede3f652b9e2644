package account

import (
	"bytes"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/maypok86/otter/v2"
)

// cacheLife is how long a login stays known without asking the store again. It
// bounds how long a cache may be wrong that missed the news.
const cacheLife = 5 * time.Minute

// maxUnseen is how many sightings wait to be written; more are not kept.
const maxUnseen = 100_000

// Cached is a Store with a bounded memory of logins in front, so that a socket
// of somebody who was just here costs no query. What is changed through it is
// forgotten at once. What is changed elsewhere is forgotten when Refresh is
// called; call it every few seconds. Losing the memory signs nobody out.
type Cached struct {
	Store
	logins *otter.Cache[TokenHash, Login]

	mu sync.Mutex
	// epoch counts what was forgotten, so that a Login that was under way
	// meanwhile does not bring an ended session back.
	epoch uint64
	// mark is how far the news is known.
	mark int64
	// unseen are sightings that are not written yet.
	unseen map[TokenHash]Sighting
}

// NewCached returns a cache of at most size logins, about 300 bytes each.
func NewCached(s Store, size int) *Cached {
	return &Cached{
		Store: s, mark: -1, unseen: make(map[TokenHash]Sighting),
		logins: otter.Must(&otter.Options[TokenHash, Login]{
			MaximumSize: size, ExpiryCalculator: otter.ExpiryWriting[TokenHash, Login](cacheLife),
		}),
	}
}

// Add implements Users.
func (c *Cached) Add(ctx context.Context, u User, first Session) error {
	if err := c.Store.Add(ctx, u, first); err != nil {
		return err
	}
	c.logins.Set(first.Hash, Login{User: u, Session: first})
	return nil
}

// Login implements Sessions.
func (c *Cached) Login(ctx context.Context, hash TokenHash) (Login, error) {
	if l, ok := c.logins.GetIfPresent(hash); ok {
		return l, nil
	}
	c.mu.Lock()
	before := c.epoch
	c.mu.Unlock()
	l, err := c.Store.Login(ctx, hash)
	if err != nil {
		return Login{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.epoch == before {
		c.logins.Set(hash, l)
	}
	return l, nil
}

// forget drops logins from the memory.
func (c *Cached) forget(hashes ...TokenHash) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.epoch++
	for _, hash := range hashes {
		c.logins.Invalidate(hash)
		delete(c.unseen, hash)
	}
}

// forgetUser drops what is known of a user. It looks at every login: changes
// of accounts are rare beside requests.
func (c *Cached) forgetUser(id ID) {
	var hashes []TokenHash
	for hash, l := range c.logins.All() {
		if l.User.ID == id {
			hashes = append(hashes, hash)
		}
	}
	c.forget(hashes...)
}

// Open implements Sessions.
func (c *Cached) Open(ctx context.Context, s Session) error { return c.Store.Open(ctx, s) }

// End implements Sessions.
func (c *Cached) End(ctx context.Context, hash TokenHash) error {
	err := c.Store.End(ctx, hash)
	c.forget(hash)
	return err
}

// EndOthers implements Sessions.
func (c *Cached) EndOthers(ctx context.Context, user ID, keep TokenHash) ([]TokenHash, error) {
	ended, err := c.Store.EndOthers(ctx, user, keep)
	c.forget()
	c.forgetUser(user)
	return ended, err
}

// Change implements Accounts.
func (c *Cached) Change(ctx context.Context, id ID, change func(*Account) error) error {
	err := c.Store.Change(ctx, id, change)
	c.forget()
	c.forgetUser(id)
	return err
}

// Erase implements Accounts.
func (c *Cached) Erase(ctx context.Context, id ID, change func(*Account) error) error {
	err := c.Store.Erase(ctx, id, change)
	c.forget()
	c.forgetUser(id)
	return err
}

// See notes that a session is used, for SessionsOf at once and for the store
// at the next Flush. It never waits.
func (c *Cached) See(x Sighting) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, known := c.unseen[x.Hash]; known || len(c.unseen) < maxUnseen {
		c.unseen[x.Hash] = x
	}
}

// Flush writes the sightings since the last Flush.
func (c *Cached) Flush(ctx context.Context) error {
	c.mu.Lock()
	unseen := c.unseen
	c.unseen = make(map[TokenHash]Sighting)
	c.mu.Unlock()
	if len(unseen) == 0 {
		return nil
	}
	all := make([]Sighting, 0, len(unseen))
	for _, x := range unseen {
		all = append(all, x)
	}
	// In one order on all nodes, or their transactions wait for each other.
	slices.SortFunc(all, func(a, b Sighting) int { return bytes.Compare(a.Hash[:], b.Hash[:]) })
	return c.Store.Saw(ctx, all)
}

// SessionsOf implements Sessions.
func (c *Cached) SessionsOf(ctx context.Context, user ID) ([]Session, error) {
	all, err := c.Store.SessionsOf(ctx, user)
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, s := range all {
		if x, ok := c.unseen[s.Hash]; ok {
			all[i].Seen, all[i].Client.Addr = x.At, x.Client.Addr
		}
	}
	return all, err
}

// Refresh forgets what was changed elsewhere since the last Refresh, and
// returns whose.
func (c *Cached) Refresh(ctx context.Context) ([]ID, error) {
	c.mu.Lock()
	mark := c.mark
	c.mu.Unlock()
	users, next, err := c.Store.Changed(ctx, mark)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	c.mark = next
	c.mu.Unlock()
	for _, id := range users {
		c.forget()
		c.forgetUser(id)
	}
	return users, nil
}
