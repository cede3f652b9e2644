package memcached

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/bradfitz/gomemcache/memcache"

	"kibitz/internal/account"
)

// Sessions is an account.Store with logins in memcached in front. What is
// changed through it is forgotten by all nodes at once; where a server did not
// hear of it, nodes find out by the store's news: an entry says up to which
// mark it knows them, and is not believed about a user who has changed since.
// So a revoked session is over everywhere when the node has asked for news,
// and after loginLife at the latest.
type Sessions struct {
	account.Store
	cache *Cache

	mu sync.Mutex
	// mark is how far the news is known, below 0 for not at all.
	mark    int64
	changed map[account.ID]change
	// unsaid are sessions that have ended and whose server was not reached, each
	// with when no entry of it can be left.
	unsaid map[account.TokenHash]time.Time
}

// maxUnsaid bounds them.
const maxUnsaid = 100_000

// change is that a user has changed at some time up to a mark.
type change struct {
	mark int64
	at   time.Time
}

// How long logins are kept, how long after its end a session cannot be kept
// again, and how old what was read may be that is put into the cache. The last
// is the shorter, so that nobody keeps what was read before the end.
const (
	loginLife = 5 * time.Minute
	endedLife = time.Minute
	freshFor  = 10 * time.Second
)

// ended stands in the place of a session that was revoked or changed.
var ended = []byte("-")

// entry is a login as kept.
type entry struct {
	Mark int64 `json:"mark"`
	// Read is when the store was asked.
	Read  time.Time     `json:"read"`
	Login account.Login `json:"login"`
}

// NewSessions puts the cache before the store.
func NewSessions(s account.Store, c *Cache) *Sessions {
	return &Sessions{Store: s, cache: c, mark: -1, changed: make(map[account.ID]change), unsaid: make(map[account.TokenHash]time.Time)}
}

func key(hash account.TokenHash) string { return "login:" + hex.EncodeToString(hash[:]) }

// Add implements account.Users.
func (s *Sessions) Add(ctx context.Context, u account.User, first account.Session) error {
	begin, mark := time.Now(), s.known(ctx)
	if err := s.Store.Add(ctx, u, first); err != nil {
		return err
	}
	if b := encode(entry{mark, begin, account.Login{User: u, Session: first}}); b != nil {
		s.cache.add(key(first.Hash), b, loginLife)
	}
	return nil
}

// Login implements account.Sessions.
func (s *Sessions) Login(ctx context.Context, hash account.TokenHash) (account.Login, error) {
	item := s.cache.get(key(hash))
	if item != nil {
		if e, ok := decode(item.Value); ok && e.Login.Session.Hash == hash && s.believes(e) {
			return e.Login, nil
		}
	}
	begin, mark := time.Now(), s.known(ctx)
	l, err := s.Store.Login(ctx, hash)
	if err != nil {
		return account.Login{}, err
	}
	if time.Since(begin) < freshFor {
		s.keep(item, entry{mark, begin, l})
	}
	return l, nil
}

// keep puts an entry in the place of what was there, if it still is.
func (s *Sessions) keep(was *memcache.Item, e entry) {
	b := encode(e)
	switch {
	case b == nil || was != nil && string(was.Value) == string(ended):
	case was == nil:
		s.cache.add(key(e.Login.Session.Hash), b, loginLife)
	default:
		s.cache.replace(was, b, loginLife)
	}
}

// encode returns nil for what must not be kept: nobody would know when it is
// out of date.
func encode(e entry) []byte {
	if e.Mark < 0 {
		return nil
	}
	b, err := json.Marshal(e)
	if err != nil {
		return nil
	}
	return b
}

func decode(b []byte) (e entry, ok bool) {
	return e, json.Unmarshal(b, &e) == nil
}

// believes reports whether an entry may be true: it is not too old, nor about a
// session that has ended or a user who has changed since.
func (s *Sessions) believes(e entry) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, over := s.unsaid[e.Login.Session.Hash]; over || time.Since(e.Read) > loginLife {
		return false
	}
	return e.Mark >= s.changed[e.Login.User.ID].mark
}

// known returns how far the news is known, and asks when it is not at all.
func (s *Sessions) known(ctx context.Context) int64 {
	s.mu.Lock()
	mark := s.mark
	s.mu.Unlock()
	if mark >= 0 {
		return mark
	}
	_, mark, err := s.Store.Changed(ctx, -1)
	if err != nil {
		return -1
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mark = max(s.mark, mark)
	return s.mark
}

// Changed implements account.News, and learns from it. It also says again what
// a server has not heard.
func (s *Sessions) Changed(ctx context.Context, after int64) ([]account.ID, int64, error) {
	users, mark, err := s.Store.Changed(ctx, after)
	if err != nil {
		return nil, 0, err
	}
	s.learn(users, mark)
	s.forget(s.toSay()...)
	return users, mark, nil
}

func (s *Sessions) learn(users []account.ID, mark int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	s.mark = max(s.mark, mark)
	for _, id := range users {
		s.changed[id] = change{mark, now}
	}
	for id, c := range s.changed {
		if now.Sub(c.at) > loginLife+freshFor {
			delete(s.changed, id)
		}
	}
}

// toSay takes what some server has not heard, and may still matter.
func (s *Sessions) toSay() []account.TokenHash {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []account.TokenHash
	for hash, until := range s.unsaid {
		if time.Now().After(until) {
			delete(s.unsaid, hash)
			continue
		}
		all = append(all, hash)
	}
	return all
}

// End implements account.Sessions.
func (s *Sessions) End(ctx context.Context, hash account.TokenHash) error {
	err := s.Store.End(ctx, hash)
	s.forget(hash)
	return err
}

// EndOthers implements account.Sessions.
func (s *Sessions) EndOthers(ctx context.Context, user account.ID, keep account.TokenHash) ([]account.TokenHash, error) {
	hashes, err := s.Store.EndOthers(ctx, user, keep)
	s.forget(hashes...)
	return hashes, err
}

// Change implements account.Accounts.
func (s *Sessions) Change(ctx context.Context, id account.ID, change func(*account.Account) error) error {
	if err := s.Store.Change(ctx, id, change); err != nil {
		return err
	}
	s.forgetUser(ctx, id)
	return nil
}

// forgetUser forgets the logins of a user. Where the store does not say which
// they are, the news will.
func (s *Sessions) forgetUser(ctx context.Context, id account.ID) {
	sessions, err := s.Store.SessionsOf(ctx, id)
	if err != nil {
		s.cache.cfg.Log.Warn("logins of a changed user stay in the cache for a moment", "user", id, "err", err)
	}
	for _, x := range sessions {
		s.forget(x.Hash)
	}
}

// Erase implements account.Accounts.
func (s *Sessions) Erase(ctx context.Context, id account.ID, change func(*account.Account) error) error {
	sessions, err := s.Store.SessionsOf(ctx, id)
	if err != nil {
		return fmt.Errorf("erase %s: sessions: %w", id, err)
	}
	if err := s.Store.Erase(ctx, id, change); err != nil {
		return err
	}
	for _, x := range sessions {
		s.forget(x.Hash)
	}
	return nil
}

// forget puts a sign in the place of logins, which who has read them before
// does not overwrite.
func (s *Sessions) forget(hashes ...account.TokenHash) {
	for _, hash := range hashes {
		said := s.cache.set(key(hash), ended, endedLife)
		s.mu.Lock()
		switch _, waits := s.unsaid[hash]; {
		case said:
			delete(s.unsaid, hash)
		case !waits && len(s.unsaid) < maxUnsaid:
			s.unsaid[hash] = time.Now().Add(loginLife + freshFor)
		}
		s.mu.Unlock()
	}
}
