package lobby

import (
	"fmt"
	"strings"
	"testing"

	"kibitz/internal/account"
	"kibitz/internal/table"
)

// waits makes a waiter out of "name rating waves"; a rating of 0 is a guest.
func waits(tb testing.TB, text string) *waiter {
	tb.Helper()
	var name string
	w := &waiter{}
	if _, err := fmt.Sscan(text, &name, &w.about.Rating, &w.missed); err != nil {
		tb.Fatalf("%q: %v", text, err)
	}
	w.entrant.Member = &Member{Player: table.Player{ID: account.ID(name), Guest: w.about.Rating == 0}}
	return w
}

func TestMatch(t *testing.T) {
	for _, row := range []struct {
		name    string
		waiting []string
		blocked string // who the first of those waiting has blocked
		want    string
	}{
		{"nobody else", []string{"anna 1500 9"}, "", ""},
		{"near in rating", []string{"anna 1500 0", "bert 1590 0"}, "", "anna-bert"},
		{"too far", []string{"anna 1400 0", "bert 1600 0"}, "", ""},
		{"far, after waiting", []string{"anna 1400 3", "bert 1600 3"}, "", "anna-bert"},
		{"only one has waited", []string{"anna 1400 9", "bert 1600 0"}, "", ""},
		{"the nearest of several", []string{"anna 1500 0", "bert 1580 0", "cora 1510 0"}, "", "anna-cora"},
		{"two pairs that fit", []string{"anna 1000 0", "bert 2000 0", "cora 1010 0", "dora 2010 0"}, "", "anna-cora bert-dora"},
		{"strong players reach farther", []string{"anna 2700 0", "bert 2880 0"}, "", "anna-bert"},
		{"but not without end", []string{"anna 2700 0", "bert 2950 0"}, "", ""},
		{"guests come as they come", []string{"anna 0 0", "bert 0 0", "cora 0 0"}, "", "anna-bert"},
		{"a guest will not do at once", []string{"anna 1500 0", "bert 0 0"}, "", ""},
		{"a guest will do later", []string{"anna 1500 3", "bert 0 0"}, "", "bert-anna"},
		{"rather no guest", []string{"anna 1500 5", "bert 0 5", "cora 1520 0"}, "", "anna-cora"},
		{"never oneself", []string{"anna 1500 9", "anna 1500 9"}, "", ""},
		{"never who is blocked", []string{"anna 1500 9", "bert 1500 9"}, "bert", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			var waiting []*waiter
			for _, text := range row.waiting {
				waiting = append(waiting, waits(t, text))
			}
			waiting[0].about.Blocked = []account.ID{account.ID(row.blocked)}
			var got []string
			for _, p := range match(waiting) {
				got = append(got, fmt.Sprintf("%s-%s", p[0].Player.ID, p[1].Player.ID))
			}
			if text := strings.Join(got, " "); text != row.want {
				t.Errorf("got %q, want %q", text, row.want)
			}
		})
	}
}

// A crowd of any size is paired in one go, and everybody at most once.
func TestMatchACrowd(t *testing.T) {
	var waiting []*waiter
	for i := range 2001 {
		waiting = append(waiting, waits(t, fmt.Sprintf("p%d %d 2", i, 800+i%1700)))
	}
	seen := map[account.ID]bool{}
	pairs := match(waiting)
	for _, p := range pairs {
		for _, e := range p {
			if seen[e.Player.ID] {
				t.Fatalf("%s plays twice", e.Player.ID)
			}
			seen[e.Player.ID] = true
		}
	}
	if len(pairs) < 990 {
		t.Errorf("got %d pairs of 2001 players, want nearly 1000", len(pairs))
	}
}
