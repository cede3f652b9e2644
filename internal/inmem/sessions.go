package inmem

import (
	"bytes"
	"context"
	"slices"

	"kibitz/internal/account"
)

// Open implements account.Sessions.
func (a *Accounts) Open(_ context.Context, s account.Session) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if owner, ok := a.accounts[s.User]; !ok || owner.Closed {
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
	return account.Login{User: a.accounts[s.User].User, Session: s}, nil
}

// End implements account.Sessions.
func (a *Accounts) End(_ context.Context, hash account.TokenHash) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.sessions, hash)
	return nil
}

// SessionsOf implements account.Sessions.
func (a *Accounts) SessionsOf(_ context.Context, user account.ID) ([]account.Session, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	var all []account.Session
	for _, s := range a.sessions {
		if s.User == user {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(x, y account.Session) int {
		if c := y.Seen.Compare(x.Seen); c != 0 {
			return c
		}
		if c := y.Created.Compare(x.Created); c != 0 {
			return c
		}
		return bytes.Compare(x.Hash[:], y.Hash[:])
	})
	return all[:min(len(all), account.MaxSessions)], nil
}

// EndOthers implements account.Sessions.
func (a *Accounts) EndOthers(_ context.Context, user account.ID, keep account.TokenHash) ([]account.TokenHash, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.tell(user)
	return a.endOthers(user, keep), nil
}

func (a *Accounts) endOthers(user account.ID, keep account.TokenHash) (ended []account.TokenHash) {
	for hash, s := range a.sessions {
		if s.User == user && hash != keep {
			delete(a.sessions, hash)
			ended = append(ended, hash)
		}
	}
	return ended
}

// Saw implements account.Sightings.
func (a *Accounts) Saw(_ context.Context, all []account.Sighting) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, x := range all {
		if s, ok := a.sessions[x.Hash]; ok && s.Seen.Before(x.At) {
			s.Seen, s.Client.Addr = x.At, x.Client.Addr
			a.sessions[x.Hash] = s
		}
	}
	return nil
}
