package inmem

import (
	"context"
	"strings"
	"sync"

	"kibitz/internal/account"
)

// Accounts is an account.Store in memory.
type Accounts struct {
	mu       sync.RWMutex
	users    map[account.ID]account.User
	names    map[string]account.ID // in lower case
	sessions map[account.TokenHash]account.Session
}

var _ account.Store = (*Accounts)(nil)

// NewAccounts returns a store without users.
func NewAccounts() *Accounts {
	return &Accounts{
		users:    make(map[account.ID]account.User),
		names:    make(map[string]account.ID),
		sessions: make(map[account.TokenHash]account.Session),
	}
}

// Add implements account.Users.
func (a *Accounts) Add(ctx context.Context, u account.User, first account.Session) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	name := strings.ToLower(u.Name)
	if _, taken := a.names[name]; taken {
		return account.ErrNameTaken
	}
	a.users[u.ID], a.names[name], a.sessions[first.Hash] = u, u.ID, first
	return nil
}

// User implements account.Users.
func (a *Accounts) User(_ context.Context, id account.ID) (account.User, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	u, ok := a.users[id]
	if !ok {
		return account.User{}, account.ErrUnknown
	}
	return u, nil
}

// Open implements account.Sessions.
func (a *Accounts) Open(_ context.Context, s account.Session) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, ok := a.users[s.User]; !ok {
		return account.ErrUnknown
	}
	a.sessions[s.Hash] = s
	return nil
}

// Login implements account.Sessions.
func (a *Accounts) Login(_ context.Context, hash account.TokenHash) (account.Login, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	s, ok := a.sessions[hash]
	if !ok {
		return account.Login{}, account.ErrNotSignedIn
	}
	return account.Login{User: a.users[s.User], Session: s}, nil
}

// End implements account.Sessions.
func (a *Accounts) End(_ context.Context, hash account.TokenHash) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.sessions, hash)
	return nil
}
