package httpapi_test

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"kibitz/internal/account"
	"kibitz/internal/httpapi"
)

func TestSessions(t *testing.T) {
	w := newWorld(t, nil)
	anna, bert, other := w.member("Anna"), w.member("Bert"), &person{w: w}
	got := other.keep(other.call("POST", "/api/v1/login", `{"name":"Anna","password":"`+goodPassword+`"}`,
		"User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1"))
	wantStatus(t, "log in", got, 200)
	list := func(p *person) (out struct {
		Sessions []struct {
			ID, Device, Browser, Addr string
			Current                   bool
		}
	}) {
		got := p.call("GET", "/api/v1/me/sessions", "")
		wantStatus(t, "list", got, 200)
		check(t, json.Unmarshal([]byte(got.body), &out))
		return out
	}
	mine := list(anna).Sessions
	if len(mine) != 2 {
		t.Fatalf("sessions = %+v", mine)
	}
	var theirs string
	for _, x := range mine {
		if x.Addr != "127.0.0.1" || x.Current == (x.Device == "iPhone") {
			t.Errorf("session = %+v", x)
		}
		if x.Device == "iPhone" {
			theirs = x.ID
			if x.Browser != "Safari 19" {
				t.Errorf("session = %+v", x)
			}
		}
	}
	socket := other.open()
	checkAPI(t, []apiRow{
		{"somebody else's session", bert, "DELETE", "/api/v1/me/sessions/" + theirs, "", 404, []string{"not-found"}, nil},
		{"still in", other, "GET", "/api/v1/me", "", 200, nil, nil},
		{"my session", anna, "DELETE", "/api/v1/me/sessions/" + theirs, "", 204, nil, nil},
		{"out", other, "GET", "/api/v1/me", "", 401, nil, nil},
		{"again", anna, "DELETE", "/api/v1/me/sessions/" + theirs, "", 404, nil, nil},
	})
	_ = socket.wantClosed()
	wantStatus(t, "log in again", other.keep(other.call("POST", "/api/v1/login", `{"name":"Anna","password":"`+goodPassword+`"}`)), 200)
	checkAPI(t, []apiRow{
		{"sign out others", anna, "DELETE", "/api/v1/me/sessions", "", 200, []string{`"ended":1`}, nil},
		{"out", other, "GET", "/api/v1/me", "", 401, nil, nil},
		{"in", anna, "GET", "/api/v1/me", "", 200, nil, nil},
		{"in", bert, "GET", "/api/v1/me", "", 200, nil, nil},
	})
}

func TestTokens(t *testing.T) {
	w := newWorld(t, nil)
	anna, bert := w.member("Anna"), w.member("Bert")
	make := func(fields string) string { return confirmed(fields) }
	checkAPI(t, []apiRow{
		{"unconfirmed", anna, "POST", "/api/v1/me/tokens", `{"name":"bot","scopes":["play"],"days":30}`, 403, []string{"confirm"}, nil},
		{"no scope", anna, "POST", "/api/v1/me/tokens", make(`"name":"bot","scopes":[],"days":30`), 422, nil, nil},
		{"unknown scope", anna, "POST", "/api/v1/me/tokens", make(`"name":"bot","scopes":["admin"],"days":30`), 422, nil, nil},
		{"for ever", anna, "POST", "/api/v1/me/tokens", make(`"name":"bot","scopes":["play"],"days":9999`), 422, nil, nil},
	})
	got := anna.call("POST", "/api/v1/me/tokens", make(`"name":"my bot","scopes":["play"],"days":30`))
	wantStatus(t, "make", got, 201)
	secret, id := got.get(t, "token"), got.get(t, "id")
	bot := func(method, path, body, token string) reply {
		return (&person{w: w}).call(method, path, body, "Authorization", "Bearer "+token)
	}
	for _, row := range []struct {
		name, method, path, body, token string
		status                          int
	}{
		{"play", "POST", "/api/v1/tables", friendTable, secret, 201},
		{"no scope to read", "GET", "/api/v1/me", "", secret, 403},
		{"never: sessions", "GET", "/api/v1/me/sessions", "", secret, 403},
		{"never: tokens", "POST", "/api/v1/me/tokens", make(`"name":"x","scopes":["read"],"days":1`), secret, 403},
		{"never: password", "POST", "/api/v1/me/password", `{"old":"` + goodPassword + `","new":"` + newPassword + `"}`, secret, 403},
		{"never: export", "GET", "/api/v1/me/export", "", secret, 403},
		{"without the prefix", "POST", "/api/v1/tables", friendTable, strings.TrimPrefix(secret, "kbz_"), 401},
		{"another", "POST", "/api/v1/tables", friendTable, "kbz_" + strings.Repeat("A", 43), 401},
		{"a session's token", "POST", "/api/v1/tables", friendTable, strings.SplitN(anna.cookie, "=", 2)[1], 401},
	} {
		if got := bot(row.method, row.path, row.body, row.token); got.status != row.status {
			t.Errorf("%s: %d %s, want %d", row.name, got.status, got.body, row.status)
		}
	}
	checkAPI(t, []apiRow{
		{"a token is no cookie", &person{w: w, cookie: "kibitz=" + strings.TrimPrefix(secret, "kbz_")}, "GET", "/api/v1/me", "", 401, nil, nil},
		{"list", anna, "GET", "/api/v1/me/tokens", "", 200, []string{`"name":"my bot"`, `"scopes":["play"]`}, []string{"kbz_", `"used_at":0`, "hash"}},
		{"not his", bert, "GET", "/api/v1/me/tokens", "", 200, []string{`{"tokens":[]}`}, nil},
		{"not for him to void", bert, "DELETE", "/api/v1/me/tokens/" + id, "", 404, nil, nil},
		{"void", anna, "DELETE", "/api/v1/me/tokens/" + id, "", 204, nil, nil},
	})
	if got := bot("POST", "/api/v1/tables", friendTable, secret); got.status != 401 {
		t.Errorf("a void token: %d %s", got.status, got.body)
	}
	if strings.Contains(w.log.String(), secret) {
		t.Error("the log holds a token")
	}
}

// run looks after sessions until the function it returns is called.
func (w *world) run() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var work sync.WaitGroup
	work.Go(func() { w.server.Run(ctx) })
	return func() { cancel(); work.Wait() }
}

// TestNewsFromElsewhere changes accounts behind the server's back, as
// kibitz user does.
func TestNewsFromElsewhere(t *testing.T) {
	var store account.Store
	w := newWorld(t, func(c *httpapi.Config) { store = c.Accounts.Store })
	stop := w.run()
	defer stop()
	anna, bert := w.member("Anna"), w.member("Bert")
	a, b := anna.open(), bert.open()
	if _, err := store.EndOthers(t.Context(), account.ID(anna.id), account.TokenHash{}); err != nil {
		t.Fatal(err)
	}
	_ = a.wantClosed()
	checkAPI(t, []apiRow{
		{"out", anna, "GET", "/api/v1/me", "", 401, nil, nil},
		{"in", bert, "GET", "/api/v1/me", "", 200, nil, nil},
	})
	b.send(`{"type":"ping","at":7}`)
	b.want("pong")
	check(t, store.Change(t.Context(), account.ID(bert.id), func(x *account.Account) error { x.Role = account.RoleAdmin; return nil }))
	_ = b.wantClosed()
	checkAPI(t, []apiRow{{"with a role", bert, "GET", "/api/v1/me", "", 200, []string{`"role":"admin"`}, nil}})
}

func TestConnections(t *testing.T) {
	var store account.Store
	w := newWorld(t, func(c *httpapi.Config) { store = c.Accounts })
	anna, bert, carl, ada := w.member("Anna"), w.guest(), w.member("Carl"), w.member("Ada")
	check(t, store.Change(t.Context(), account.ID(ada.id), func(x *account.Account) error { x.Role = account.RoleAdmin; return nil }))
	id := anna.table(friendTable)
	a, b := anna.open(), bert.open()
	for _, c := range []*client{a, b} {
		c.send(`{"type":"join","table":"` + id + `"}`)
		c.want("table")
	}
	b.send(actFrame(id, "s1", `{"type":"sit"}`))
	b.want("events")
	path := "/api/v1/tables/" + id + "/connections"
	checkAPI(t, []apiRow{
		{"mine", anna, "GET", path, "", 200, []string{anna.id, "127.0.0.1"}, []string{bert.id}},
		{"his", bert, "GET", path, "", 200, []string{bert.id}, []string{anna.id}},
		{"a spectator", carl, "GET", path, "", 404, []string{"unknown-table"}, []string{anna.id}},
		{"an admin", ada, "GET", path, "", 200, []string{anna.id, bert.id}, nil},
	})
}
