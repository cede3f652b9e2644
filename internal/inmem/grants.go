package inmem

import (
	"context"
	"slices"

	"kibitz/internal/account"
)

// AddGrant implements account.Grants.
func (a *Accounts) AddGrant(_ context.Context, g account.Grant) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	made := g.Expires.Add(-account.GrantLife)
	a.grants = slices.DeleteFunc(a.grants, func(x account.Grant) bool { return x.Expires.Before(made) })
	g.Scopes = slices.Clone(g.Scopes)
	a.grants = append(a.grants, g)
	return nil
}

// TakeGrant implements account.Grants.
func (a *Accounts) TakeGrant(_ context.Context, code account.TokenHash) (account.Grant, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for i, g := range a.grants {
		if g.Code == code {
			a.grants = slices.Delete(a.grants, i, i+1)
			return g, nil
		}
	}
	return account.Grant{}, account.ErrNotFound
}
