package inmem

import (
	"cmp"
	"context"
	"slices"

	"kibitz/internal/account"
)

// AddDeed implements account.Deeds.
func (a *Accounts) AddDeed(_ context.Context, d account.Deed) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.deeds = append(a.deeds, d)
	return nil
}

// EndDeed implements account.Deeds.
func (a *Accounts) EndDeed(_ context.Context, id account.ID, o account.Outcome) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	for i := range a.deeds {
		if a.deeds[i].ID == id {
			a.deeds[i].Outcome = o
		}
	}
	return nil
}

// Deeds implements account.Deeds.
func (a *Accounts) Deeds(_ context.Context, before account.DeedCursor, n int) (all []account.Deed, err error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	for _, d := range a.deeds {
		at := d.At.UnixMilli()
		if before == (account.DeedCursor{}) || at < before.AtMillis || at == before.AtMillis && d.ID < before.ID {
			all = append(all, d)
		}
	}
	slices.SortFunc(all, func(x, y account.Deed) int { return cmp.Or(y.At.Compare(x.At), cmp.Compare(y.ID, x.ID)) })
	return all[:min(n, len(all))], nil
}
