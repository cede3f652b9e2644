package accounttest

import (
	"fmt"
	"testing"
	"time"

	"kibitz/internal/account"
)

func deeds(t *testing.T, s account.Store) {
	two(t, s)
	deed := func(n int, what account.What, subject account.ID, detail string) account.Deed {
		return account.Deed{
			ID: account.ID(fmt.Sprintf("Deed%08d", n)), At: created.Add(time.Duration(n/2) * time.Second), Actor: bert, What: what, Subject: subject,
			Detail: detail, Outcome: account.Begun,
		}
	}
	all := []account.Deed{
		deed(0, account.DeedRole, anna, "admin"), deed(1, account.DeedRename, anna, "Old"), deed(2, account.DeedClose, anna, ""), deed(3, account.DeedRename, bert, "Older"),
	}
	for _, d := range all {
		must(t, s.AddDeed(t.Context(), d))
	}
	must(t, s.EndDeed(t.Context(), all[1].ID, account.Done))
	must(t, s.EndDeed(t.Context(), all[2].ID, account.Refused))
	all[1].Outcome, all[2].Outcome = account.Done, account.Refused
	wantDeeds(t, s, all)
	must(t, s.Erase(t.Context(), anna, func(a *account.Account) error { a.Closed = true; return nil }))
	all[1].Detail = "" // a name
	wantDeeds(t, s, all)
}

// wantDeeds reads deeds in pages of every size; want has the oldest first.
func wantDeeds(t *testing.T, s account.Store, want []account.Deed) {
	t.Helper()
	for size := 1; size <= len(want)+1; size++ {
		var at account.DeedCursor
		left := len(want)
		for {
			page, err := s.Deeds(t.Context(), at, size)
			must(t, err)
			if len(page) == 0 {
				break
			}
			for _, d := range page {
				left--
				if left < 0 || d != want[left] {
					t.Fatalf("pages of %d: got %+v, want %+v", size, d, want[max(0, left)])
				}
				at = account.DeedCursor{AtMillis: d.At.UnixMilli(), ID: d.ID}
			}
		}
		if left != 0 {
			t.Errorf("pages of %d: %d deeds are missing", size, left)
		}
	}
}
