package httpapi_test

import (
	"context"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"kibitz/internal/httpapi"
)

// letterbox keeps what was sent, at a time that a test sets.
type letterbox struct {
	mu      sync.Mutex
	letters []string
	ahead   time.Duration
}

func (b *letterbox) send(_ context.Context, to, subject, text string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.letters = append(b.letters, to+"\n"+subject+"\n"+text)
	return nil
}

// taken returns the letters, and empties the box.
func (b *letterbox) taken() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := b.letters
	b.letters = nil
	return all
}

func (b *letterbox) now() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return time.Now().Add(b.ahead)
}

func (b *letterbox) later(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ahead += d
}

var stopLink = regexp.MustCompile(`https://play\.example\.org(/unsubscribe\?t=\S+)`)

// TestReminders lets two people be away from games, of which one waits for one
// of them, and ends the letters by their link.
func TestReminders(t *testing.T) {
	box := &letterbox{}
	w := newWorld(t, func(c *httpapi.Config) { c.Mail, c.PublicURL, c.Now = box.send, "https://play.example.org", box.now })
	anna, bert, nobody := w.member("Anna"), w.member("Bert"), &person{w: w}
	const path = "/api/v1/me/reminders"
	address := func(who string) string {
		return `{"email":"` + who + `@example.org","password":"` + goodPassword + `"}`
	}
	checkAPI(t, []apiRow{
		{"off at first", anna, "GET", path, "", 200, []string{`{"after_hours":0,"mail":true}`}, nil},
		{"without an address", anna, "PUT", path, `{"after_hours":24}`, 422, []string{"invalid", "address"}, nil},
		{"an address", anna, "PATCH", "/api/v1/me", address("anna"), 200, nil, nil},
		{"another", bert, "PATCH", "/api/v1/me", address("bert"), 200, nil, nil},
		{"too long", anna, "PUT", path, `{"after_hours":721}`, 422, []string{"720"}, nil},
		{"below nothing", anna, "PUT", path, `{"after_hours":-1}`, 422, []string{"invalid"}, nil},
		{"on", anna, "PUT", path, `{"after_hours":24}`, 200, []string{`"after_hours":24`}, nil},
		{"on for another", bert, "PUT", path, `{"after_hours":24}`, 200, nil, nil},
		{"for a guest", w.guest(), "PUT", path, `{"after_hours":24}`, 403, []string{"sign up"}, nil},
		{"for nobody", nobody, "GET", path, "", 401, nil, nil},
	})
	slow := strings.Replace(friendTable, `"3+2"`, `"unlimited"`, 1)
	if slow == friendTable {
		t.Fatal("friendTable has another control")
	}
	waits, fast := anna.table(slow), anna.table(friendTable)
	b := bert.open()
	for _, id := range []string{waits, fast} {
		b.send(actFrame(id, "s"+id, `{"type":"sit"}`))
		b.want("done")
	}
	check(t, b.conn.NetConn().Close())
	remind := func(after time.Duration) []string {
		t.Helper()
		box.later(after)
		check(t, w.server.RemindAll(t.Context()))
		return box.taken()
	}
	if got := remind(23 * time.Hour); len(got) != 0 {
		t.Errorf("after 23 hours there are the letters %q", got)
	}
	first := remind(2 * time.Hour)
	if len(first) != 1 || !strings.Contains(first[0], "A game waits for your move") || !strings.Contains(first[0], "/g/"+waits) || strings.Contains(first[0], fast) {
		t.Fatalf("got %q, want one letter about %s alone", first, waits)
	}
	if got := remind(23 * time.Hour); len(got) != 0 {
		t.Errorf("there is a second letter within a day: %q", got)
	}
	if got := remind(2 * time.Hour); len(got) != 1 {
		t.Errorf("the next day there are %q, want one letter", got)
	}
	link := stopLink.FindStringSubmatch(first[0])
	if link == nil {
		t.Fatalf("there is no link to end them in %s", first[0])
	}
	checkAPI(t, []apiRow{
		{"a spoilt link", nobody, "POST", link[1] + "x", "", 404, []string{"not whole"}, nil},
		{"another's link", nobody, "POST", strings.Replace(link[1], "?t=", "?t=Somebody0000", 1), "", 404, nil, nil},
		{"no link", nobody, "GET", "/unsubscribe", "", 404, nil, nil},
		{"only looking", nobody, "GET", link[1], "", 200, []string{`method="post"`}, []string{"example.org@", "Anna"}},
	})
	if got := remind(25 * time.Hour); len(got) != 1 {
		t.Errorf("after somebody looked at the link there are %q, want one letter", got)
	}
	checkAPI(t, []apiRow{{"ending them", nobody, "POST", link[1], "", 200, []string{"no more letters"}, nil}})
	if got := remind(25 * time.Hour); len(got) != 0 {
		t.Errorf("after the end there are the letters %q", got)
	}
}

func TestNoReminders(t *testing.T) {
	w := newWorld(t, nil)
	anna := w.member("Anna")
	checkAPI(t, []apiRow{
		{"a server without mail", anna, "GET", "/api/v1/me/reminders", "", 200, []string{`"mail":false`}, nil},
		{"asking for letters", anna, "PUT", "/api/v1/me/reminders", `{"after_hours":24}`, 403, []string{"no mail"}, nil},
		{"asking for none", anna, "PUT", "/api/v1/me/reminders", `{"after_hours":0}`, 200, nil, nil},
	})
}
