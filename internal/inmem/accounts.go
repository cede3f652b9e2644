package inmem

import (
	"context"
	"slices"
	"strings"
	"sync"

	"kibitz/internal/account"
)

// Accounts is an account.Store in memory.
type Accounts struct {
	mu       sync.RWMutex
	accounts map[account.ID]account.Account
	names    map[string]account.ID // by account.NameKey
	sessions map[account.TokenHash]account.Session
	news     map[account.ID]int64
	mark     int64
	keys     keys
	grants   []account.Grant
	deeds    []account.Deed
}

var _ account.Store = (*Accounts)(nil)

// NewAccounts returns a store without users.
func NewAccounts() *Accounts {
	return &Accounts{
		accounts: make(map[account.ID]account.Account),
		names:    make(map[string]account.ID),
		sessions: make(map[account.TokenHash]account.Session),
		news:     make(map[account.ID]int64),
		keys:     keys{settings: make(map[account.ID]account.Settings), reminders: make(map[account.ID]account.Reminder)},
	}
}

// Add implements account.Users.
func (a *Accounts) Add(ctx context.Context, u account.User, first account.Session) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	name := account.NameKey(u.Name)
	if _, taken := a.names[name]; taken {
		return account.ErrNameTaken
	}
	u.Role = account.Role(u.Role.String())
	a.accounts[u.ID], a.names[name], a.sessions[first.Hash] = account.Account{User: u}, u.ID, first
	return nil
}

// User implements account.Users.
func (a *Accounts) User(ctx context.Context, id account.ID) (account.User, error) {
	found, err := a.Account(ctx, id)
	return found.User, err
}

// Account implements account.Accounts.
func (a *Accounts) Account(_ context.Context, id account.ID) (account.Account, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.account(id)
}

func (a *Accounts) account(id account.ID) (account.Account, error) {
	found, ok := a.accounts[id]
	if !ok {
		return account.Account{}, account.ErrUnknown
	}
	found.Recovery = slices.Clone(found.Recovery)
	return found, nil
}

// Named implements account.Accounts.
func (a *Accounts) Named(_ context.Context, name string) (account.Account, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.account(a.names[account.NameKey(name)])
}

// Members implements account.Accounts.
func (a *Accounts) Members(_ context.Context, after string, n int) (all []account.User, err error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	for _, x := range a.accounts {
		if !x.Guest && !x.Closed && account.NameKey(x.Name) > account.NameKey(after) {
			all = append(all, x.User)
		}
	}
	slices.SortFunc(all, func(x, y account.User) int {
		return strings.Compare(account.NameKey(x.Name), account.NameKey(y.Name))
	})
	return all[:min(n, len(all))], nil
}

// Admins implements account.Accounts.
func (a *Accounts) Admins(context.Context) (n int, err error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	for _, x := range a.accounts {
		if x.Role == account.RoleAdmin && !x.Closed {
			n++
		}
	}
	return n, nil
}

// Change implements account.Accounts.
func (a *Accounts) Change(_ context.Context, id account.ID, change func(*account.Account) error) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.change(id, change)
}

func (a *Accounts) change(id account.ID, change func(*account.Account) error) error {
	next, err := a.account(id)
	if err != nil {
		return err
	}
	was := account.NameKey(next.Name)
	if err := change(&next); err != nil {
		return err
	}
	name := account.NameKey(next.Name)
	if _, taken := a.names[name]; taken && name != was {
		return account.ErrNameTaken
	}
	delete(a.names, was)
	next.Role = account.Role(next.Role.String())
	a.names[name], a.accounts[id] = id, next
	a.tell(id)
	return nil
}

// Erase implements account.Accounts.
func (a *Accounts) Erase(_ context.Context, id account.ID, change func(*account.Account) error) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.change(id, change); err != nil {
		return err
	}
	a.endOthers(id, account.TokenHash{})
	a.keys.forget(id)
	for i := range a.deeds {
		if d := &a.deeds[i]; d.Subject == id && d.What == account.DeedRename {
			d.Detail = ""
		}
	}
	return nil
}

// tell notes that a user was changed.
func (a *Accounts) tell(id account.ID) {
	a.mark++
	a.news[id] = a.mark
}

// Changed implements account.News.
func (a *Accounts) Changed(_ context.Context, after int64) (users []account.ID, mark int64, err error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if after < 0 {
		return nil, a.mark, nil
	}
	for user, at := range a.news {
		if at > after {
			users = append(users, user)
		}
	}
	return users, a.mark, nil
}
