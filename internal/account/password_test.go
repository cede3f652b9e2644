package account_test

import (
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kibitz/internal/account"
)

func TestCheckPassword(t *testing.T) {
	for _, row := range []struct {
		name, password string
		ok             bool
	}{
		{"four words", "orbit walnut plinth quay", true},
		{"three words", "orbit-walnut-plinth", true},
		{"letters by chance", "xkqvjwmzpt", true},
		{"ten characters of another alphabet", "шахматныйк", true},
		{"only spaces between", "tea for the otter", true},
		{"64 characters", strings.Repeat("kumquat-", 7) + "xylophon", true},
		{"nine characters", "xkqvjwmzp", false},
		{"ten bytes, five characters", "ж1ж2ж3ж4ж", false},
		{"the most common", "1234567890", false},
		{"common, in capitals", "QWERTYUIOP", false},
		{"common, as leet", "p@ssw0rd1!", false},
		{"common with a year", "password2024", false},
		{"common twice", "dragondragon", false},
		{"one letter", "aaaaaaaaaaaa", false},
		{"two letters", "ababababab", false},
		{"the alphabet", "abcdefghijklm", false},
		{"the keys backwards", "poiuytrewq", false},
		{"the site", "kibitzkibitz", false},
		{"the name", "Annabelle-77", false},
		{"the name twice", "annabelleannabelle", false},
		{"not UTF-8", "xkqvjwmzpt\xff", false},
		{"257 bytes", strings.Repeat("x7kq", 64) + "y", false},
	} {
		err := account.CheckPassword(row.password, "Annabelle")
		if (err == nil) != row.ok || err != nil && !errors.Is(err, account.ErrInvalid) {
			t.Errorf("%s: CheckPassword(%q) = %v, want ok %v", row.name, row.password, err, row.ok)
		}
	}
}

func FuzzCheckPassword(f *testing.F) {
	f.Add("orbit-walnut", "Anna")
	f.Fuzz(func(t *testing.T, password, name string) {
		if err := account.CheckPassword(password, name); err != nil && !errors.Is(err, account.ErrInvalid) {
			t.Errorf("CheckPassword(%q) = %v", password, err)
		}
	})
}

// TestNamesThatMayBe draws names and looks at what they are made of.
func TestNamesThatMayBe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.String().Draw(t, "name")
		if account.CheckName(name) != nil {
			return
		}
		if len(name) < 2 || len(name) > 20 || strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			t.Errorf("CheckName(%q) = nil", name)
		}
	})
	for _, name := range []string{"ab", "A1", "x_y-z", strings.Repeat("a", 20)} {
		if err := account.CheckName(name); err != nil {
			t.Errorf("CheckName(%q) = %v", name, err)
		}
	}
	for _, name := range []string{"", "a", "12", "--", "a b", "ä1", "Guest-4F7A", "GUEST-x", "closed-1", "Admin", "mod_", "_root_", "House3"} {
		if err := account.CheckName(name); !errors.Is(err, account.ErrInvalid) {
			t.Errorf("CheckName(%q) = %v, want ErrInvalid", name, err)
		}
	}
}

func TestParseClient(t *testing.T) {
	for _, row := range []struct{ agent, device, browser string }{
		{"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Linux", "Firefox 140"},
		{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0", "Windows", "Edge 141"},
		{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Safari/605.1.15", "Mac", "Safari 19"},
		{"Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36", "Android", "Chrome 141"},
		{"Mozilla/5.0 (iPad; CPU OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/141.0 Mobile/15E148 Safari/604.1", "iPad", "Chrome 141"},
		{"curl/8.14.1", "", "curl 8"},
		{"", "", ""},
		{"<script>alert(1)</script>", "", ""},
		{"Firefox/<b>", "", "Firefox"},
		{"Firefox/99999999999999999999", "", "Firefox 9999"},
	} {
		got := account.ParseClient(row.agent, netip.MustParseAddr("::ffff:203.0.113.7"))
		want := account.Client{Device: row.device, Browser: row.browser, Addr: netip.MustParseAddr("203.0.113.7")}
		if got != want {
			t.Errorf("ParseClient(%q) = %+v, want %+v", row.agent, got, want)
		}
	}
}

func TestTickets(t *testing.T) {
	var tickets account.Tickets
	now := time.Unix(1_800_000_000, 0)
	issue := func(kind string) string {
		t.Helper()
		token, err := tickets.Issue(account.Ticket{Kind: kind, User: "A1b2C3d4E5f6"}, chance{}, now)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	token := issue(account.TicketTOTP)
	for _, row := range []struct {
		name, token, kind string
		at                time.Time
	}{
		{"another kind", token, account.TicketPasskey, now},
		{"too late", token, account.TicketTOTP, now.Add(5*time.Minute + 1)},
		{"no token", "", account.TicketTOTP, now},
		{"another token", issue(account.TicketPasskey), account.TicketTOTP, now},
	} {
		if _, err := tickets.Try(row.token, row.kind, row.at); !errors.Is(err, account.ErrWrong) {
			t.Errorf("%s: %v, want ErrWrong", row.name, err)
		}
	}
	for n := 1; n <= 6; n++ {
		k, err := tickets.Try(token, account.TicketTOTP, now)
		if n <= 5 && (err != nil || k.User != "A1b2C3d4E5f6") || n == 6 && !errors.Is(err, account.ErrWrong) {
			t.Errorf("try %d: %+v, %v", n, k, err)
		}
	}
	once := issue(account.TicketPasskey)
	if _, err := tickets.Take(once, account.TicketPasskey, now); err != nil {
		t.Error(err)
	}
	if _, err := tickets.Take(once, account.TicketPasskey, now); !errors.Is(err, account.ErrWrong) {
		t.Errorf("Take() again = %v, want ErrWrong", err)
	}
}
