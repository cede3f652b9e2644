package inmem

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"time"

	"kibitz/internal/account"
)

// Reminder implements account.Reminders.
func (a *Accounts) Reminder(_ context.Context, user account.ID) (account.Reminder, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.keys.reminders[user], nil
}

// PutReminder implements account.Reminders.
func (a *Accounts) PutReminder(_ context.Context, user account.ID, afterHours int) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if one, ok := a.accounts[user]; !ok || one.Closed {
		return nil
	}
	r := a.keys.reminders[user]
	r.AfterHours = afterHours
	a.keys.reminders[user] = r
	return nil
}

// Absent implements account.Reminders.
func (a *Accounts) Absent(_ context.Context, after account.ID, now time.Time, n int) (all []account.Absent, err error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	seen := make(map[account.ID]time.Time)
	for _, s := range a.sessions {
		if s.Seen.After(seen[s.User]) {
			seen[s.User] = s.Seen
		}
	}
	for id, r := range a.keys.reminders {
		one := a.accounts[id]
		away := now.Add(-time.Duration(r.AfterHours) * time.Hour)
		if id > after && r.AfterHours > 0 && !one.Closed && one.Email != "" && !seen[id].After(away) && !r.Sent.After(now.Add(-account.ReminderPause)) {
			all = append(all, account.Absent{User: one.User, Email: one.Email})
		}
	}
	slices.SortFunc(all, func(x, y account.Absent) int { return cmp.Compare(x.ID, y.ID) })
	return all[:min(n, len(all))], nil
}

// Reminding implements account.Reminders.
func (a *Accounts) Reminding(_ context.Context, user account.ID, now time.Time) (bool, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	r := a.keys.reminders[user]
	if r.AfterHours == 0 || r.Sent.After(now.Add(-account.ReminderPause)) {
		return false, nil
	}
	r.Sent = now
	a.keys.reminders[user] = r
	return true, nil
}

// SigningKey implements account.Reminders.
func (a *Accounts) SigningKey(_ context.Context, fresh []byte) ([]byte, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.keys.signing == nil {
		a.keys.signing = bytes.Clone(fresh)
	}
	return bytes.Clone(a.keys.signing), nil
}
