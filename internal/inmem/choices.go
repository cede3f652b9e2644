package inmem

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"kibitz/internal/account"
)

// Settings implements account.Preferences.
func (a *Accounts) Settings(_ context.Context, user account.ID) (account.Settings, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	s, ok := a.keys.settings[user]
	if !ok {
		s.JSON = []byte("{}")
	}
	return s, nil
}

// PutSettings implements account.Preferences.
func (a *Accounts) PutSettings(_ context.Context, user account.ID, s account.Settings) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.keys.settings[user].Version != s.Version {
		return account.ErrChanged
	}
	a.keys.settings[user] = account.Settings{Version: s.Version + 1, JSON: bytes.Clone(s.JSON)}
	return nil
}

// AddBlock implements account.Blocks.
func (a *Accounts) AddBlock(_ context.Context, b account.Block) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	n := 0
	for _, x := range a.keys.blocks {
		if x.By == b.By && x.Other == b.Other {
			return nil
		}
		if x.By == b.By {
			n++
		}
	}
	if n >= account.MaxBlocks {
		return fmt.Errorf("%w: at most %d users; unblock one first", account.ErrDenied, account.MaxBlocks)
	}
	a.keys.blocks = append(a.keys.blocks, b)
	return nil
}

// RemoveBlock implements account.Blocks.
func (a *Accounts) RemoveBlock(_ context.Context, by, other account.ID) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.keys.blocks = slices.DeleteFunc(a.keys.blocks, func(x account.Block) bool { return x.By == by && x.Other == other })
	return nil
}

// BlocksOf implements account.Blocks.
func (a *Accounts) BlocksOf(_ context.Context, by account.ID) (all []account.User, err error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	mine := slices.DeleteFunc(slices.Clone(a.keys.blocks), func(x account.Block) bool { return x.By != by })
	slices.SortFunc(mine, func(x, y account.Block) int {
		return cmp.Or(y.At.Compare(x.At), cmp.Compare(x.Other, y.Other))
	})
	for _, x := range mine {
		all = append(all, a.accounts[x.Other].User)
	}
	return all, nil
}

// Blocked implements account.Blocks.
func (a *Accounts) Blocked(_ context.Context, by, other account.ID) (bool, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return slices.ContainsFunc(a.keys.blocks, func(x account.Block) bool { return x.By == by && x.Other == other }), nil
}
