package lichessapi

import (
	"context"
	"sync"
	"time"

	"kibitz/internal/account"
)

// titleLife is how long it is remembered who is a bot.
const titleLife = 30 * time.Second

// maxTitles bounds how many are remembered.
const maxTitles = 10_000

// titles knows who is a bot. It is safe for concurrent use.
type titles struct {
	accounts account.Accounts
	now      func() time.Time

	mu    sync.Mutex
	known map[account.ID]titled
}

type titled struct {
	bot   bool
	until time.Time
}

// of returns "BOT" for a bot, and nothing for people.
func (t *titles) of(ctx context.Context, user account.ID) string {
	if t.bot(ctx, user) {
		return "BOT"
	}
	return ""
}

func (t *titles) bot(ctx context.Context, user account.ID) bool {
	now := t.now()
	t.mu.Lock()
	known, ok := t.known[user]
	t.mu.Unlock()
	if ok && now.Before(known.until) {
		return known.bot
	}
	a, err := t.accounts.Account(ctx, user)
	if err != nil {
		return false // not worth failing an answer for
	}
	t.set(user, a.Role == account.RoleBot)
	return a.Role == account.RoleBot
}

// set notes whether somebody is a bot.
func (t *titles) set(user account.ID, bot bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for old := range t.known {
		if len(t.known) < maxTitles {
			break
		}
		delete(t.known, old)
	}
	t.known[user] = titled{bot, t.now().Add(titleLife)}
}
