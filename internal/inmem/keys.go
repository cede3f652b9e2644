package inmem

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"kibitz/internal/account"
)

// keys are what belongs to accounts beside them. Their owner locks them.
type keys struct {
	passkeys []account.Passkey
	tokens   []account.AccessToken
	links    []account.Link
	settings map[account.ID]account.Settings
	blocks   []account.Block
	// signing is nil until somebody asks for it.
	signing   []byte
	reminders map[account.ID]account.Reminder
}

// forget drops what belongs to a user.
func (k *keys) forget(id account.ID) {
	k.passkeys = slices.DeleteFunc(k.passkeys, func(x account.Passkey) bool { return x.User == id })
	k.tokens = slices.DeleteFunc(k.tokens, func(x account.AccessToken) bool { return x.User == id })
	k.links = slices.DeleteFunc(k.links, func(x account.Link) bool { return x.User == id })
	k.blocks = slices.DeleteFunc(k.blocks, func(x account.Block) bool { return x.By == id || x.Other == id })
	delete(k.settings, id)
	delete(k.reminders, id)
}

// AddPasskey implements account.Passkeys.
func (a *Accounts) AddPasskey(_ context.Context, k account.Passkey) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if slices.ContainsFunc(a.keys.passkeys, func(x account.Passkey) bool { return x.ID == k.ID }) {
		return fmt.Errorf("%w: that passkey is known already", account.ErrDenied)
	}
	k.State = bytes.Clone(k.State)
	a.keys.passkeys = append(a.keys.passkeys, k)
	return nil
}

// PasskeysOf implements account.Passkeys.
func (a *Accounts) PasskeysOf(_ context.Context, user account.ID) (all []account.Passkey, err error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	for _, k := range a.keys.passkeys {
		if k.User == user {
			k.State = bytes.Clone(k.State)
			all = append(all, k)
		}
	}
	slices.SortFunc(all, func(x, y account.Passkey) int {
		return cmp.Or(x.Created.Compare(y.Created), cmp.Compare(x.ID, y.ID))
	})
	return all, nil
}

// UsedPasskey implements account.Passkeys.
func (a *Accounts) UsedPasskey(_ context.Context, k account.Passkey) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	for i := range a.keys.passkeys {
		if x := &a.keys.passkeys[i]; x.ID == k.ID {
			x.State, x.Used = bytes.Clone(k.State), k.Used
		}
	}
	return nil
}

// RemovePasskey implements account.Passkeys.
func (a *Accounts) RemovePasskey(_ context.Context, user account.ID, id string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	i := slices.IndexFunc(a.keys.passkeys, func(x account.Passkey) bool { return x.ID == id && x.User == user })
	if i < 0 {
		return account.ErrNotFound
	}
	a.keys.passkeys = slices.Delete(a.keys.passkeys, i, i+1)
	return nil
}

// AddToken implements account.Tokens.
func (a *Accounts) AddToken(_ context.Context, t account.AccessToken) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	t.Scopes = slices.Clone(t.Scopes)
	a.keys.tokens = append(a.keys.tokens, t)
	return nil
}

// Token implements account.Tokens.
func (a *Accounts) Token(_ context.Context, hash account.TokenHash) (account.AccessToken, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	for _, t := range a.keys.tokens {
		if t.Hash == hash {
			return t, nil
		}
	}
	return account.AccessToken{}, account.ErrNotFound
}

// TokensOf implements account.Tokens.
func (a *Accounts) TokensOf(_ context.Context, user account.ID) (all []account.AccessToken, err error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	for _, t := range a.keys.tokens {
		if t.User == user {
			all = append(all, t)
		}
	}
	slices.SortFunc(all, func(x, y account.AccessToken) int {
		return cmp.Or(x.Created.Compare(y.Created), cmp.Compare(x.ID, y.ID))
	})
	return all, nil
}

// UsedToken implements account.Tokens.
func (a *Accounts) UsedToken(_ context.Context, hash account.TokenHash, at time.Time) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	for i := range a.keys.tokens {
		if a.keys.tokens[i].Hash == hash {
			a.keys.tokens[i].Used = at
		}
	}
	return nil
}

// RemoveToken implements account.Tokens.
func (a *Accounts) RemoveToken(_ context.Context, user account.ID, id string) (account.AccessToken, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for i, t := range a.keys.tokens {
		if t.User == user && t.ID == id {
			a.keys.tokens = slices.Delete(a.keys.tokens, i, i+1)
			return t, nil
		}
	}
	return account.AccessToken{}, account.ErrNotFound
}

// AddLink implements account.Links.
func (a *Accounts) AddLink(_ context.Context, l account.Link) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.keys.links = append(slices.DeleteFunc(a.keys.links, func(x account.Link) bool { return x.User == l.User }), l)
	return nil
}

// TakeLink implements account.Links.
func (a *Accounts) TakeLink(_ context.Context, hash account.TokenHash) (account.Link, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for i, l := range a.keys.links {
		if l.Hash == hash {
			a.keys.links = slices.Delete(a.keys.links, i, i+1)
			return l, nil
		}
	}
	return account.Link{}, account.ErrNotFound
}

// Prune implements account.Sightings.
func (a *Accounts) Prune(_ context.Context, now time.Time) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	for hash, s := range a.sessions {
		if s.Ended(now) {
			delete(a.sessions, hash)
		}
	}
	a.keys.tokens = slices.DeleteFunc(a.keys.tokens, func(t account.AccessToken) bool { return t.Expires.Before(now) })
	a.keys.links = slices.DeleteFunc(a.keys.links, func(l account.Link) bool { return l.Expires.Before(now) })
	return nil
}
