package accounttest

import (
	"bytes"
	"testing"
	"time"

	"kibitz/internal/account"
)

// written gives an account an address.
func written(t *testing.T, s account.Store, id account.ID, email string) {
	t.Helper()
	must(t, s.Change(t.Context(), id, func(a *account.Account) error { a.Guest, a.Email = false, email; return nil }))
}

// mustBeAbsent says who is away at a time.
func mustBeAbsent(t *testing.T, s account.Store, what string, now time.Time, want ...account.ID) {
	t.Helper()
	all, err := s.Absent(t.Context(), "", now, 10)
	must(t, err)
	if len(all) != len(want) {
		t.Errorf("%s: %+v are away, want %v", what, all, want)
		return
	}
	for i := range want {
		if all[i].ID != want[i] || all[i].Email == "" || all[i].Name == "" {
			t.Errorf("%s: %+v are away, want %v", what, all, want)
		}
	}
}

func reminders(t *testing.T, s account.Store) {
	two(t, s)
	seen := session(anna, 1).Seen
	written(t, s, anna, "anna@example.org")
	later := seen.Add(48 * time.Hour)
	if r, err := s.Reminder(t.Context(), anna); err != nil || r != (account.Reminder{}) {
		t.Errorf("Reminder() = %+v, %v, want none", r, err)
	}
	mustBeAbsent(t, s, "nobody asked", later)
	must(t, s.PutReminder(t.Context(), anna, 24))
	must(t, s.PutReminder(t.Context(), bert, 24))
	must(t, s.PutReminder(t.Context(), "Nobody000000", 24))
	mustBeAbsent(t, s, "too early", seen.Add(24*time.Hour-time.Millisecond))
	mustBeAbsent(t, s, "just away", seen.Add(24*time.Hour), anna)
	written(t, s, bert, "bert@example.org")
	mustBeAbsent(t, s, "two", later, anna, bert)
	if all, err := s.Absent(t.Context(), anna, later, 10); err != nil || len(all) != 1 || all[0].ID != bert {
		t.Errorf("after anna come %+v, %v, want bert", all, err)
	}
	if all, err := s.Absent(t.Context(), "", later, 1); err != nil || len(all) != 1 || all[0].ID != anna {
		t.Errorf("the first is %+v, %v, want anna", all, err)
	}
	must(t, s.Open(t.Context(), account.Session{Hash: account.TokenHash{9, 9}, User: bert, Created: created, Seen: later.Add(-time.Hour)}))
	mustBeAbsent(t, s, "bert was there with another session", later, anna)
	must(t, s.PutReminder(t.Context(), anna, 0))
	mustBeAbsent(t, s, "anna wants no more", later)
}

func remindedOnceADay(t *testing.T, s account.Store) {
	two(t, s)
	written(t, s, anna, "anna@example.org")
	now := session(anna, 1).Seen.Add(48 * time.Hour)
	if ok, err := s.Reminding(t.Context(), anna, now); ok || err != nil {
		t.Errorf("Reminding() of who wants none = %v, %v", ok, err)
	}
	must(t, s.PutReminder(t.Context(), anna, 1))
	for _, tt := range []struct {
		at   time.Duration
		want bool
	}{{0, true}, {0, false}, {account.ReminderPause - time.Millisecond, false}, {account.ReminderPause, true}} {
		at := now.Add(tt.at)
		if tt.want {
			mustBeAbsent(t, s, "before a letter", at, anna)
		}
		if ok, err := s.Reminding(t.Context(), anna, at); ok != tt.want || err != nil {
			t.Errorf("Reminding() after %v = %v, %v, want %v", tt.at, ok, err, tt.want)
		}
		mustBeAbsent(t, s, "after a letter", at)
	}
	must(t, s.PutReminder(t.Context(), anna, 2))
	if r, err := s.Reminder(t.Context(), anna); err != nil || r.AfterHours != 2 || !r.Sent.Equal(now.Add(account.ReminderPause)) {
		t.Errorf("Reminder() = %+v, %v", r, err)
	}
	must(t, s.Erase(t.Context(), anna, func(a *account.Account) error { a.Closed = true; return nil }))
	if r, err := s.Reminder(t.Context(), anna); err != nil || r.AfterHours != 0 {
		t.Errorf("Reminder() of a closed account = %+v, %v", r, err)
	}
	must(t, s.PutReminder(t.Context(), anna, 2))
	if r, err := s.Reminder(t.Context(), anna); err != nil || r.AfterHours != 0 {
		t.Errorf("Reminder() of a closed account that asked = %+v, %v", r, err)
	}
}

func signingKey(t *testing.T, s account.Store) {
	for _, fresh := range []string{"the first", "the second"} {
		if key, err := s.SigningKey(t.Context(), []byte(fresh)); err != nil || !bytes.Equal(key, []byte("the first")) {
			t.Errorf("SigningKey() = %q, %v, want the first", key, err)
		}
	}
}
