package httpapi_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/httpapi"
)

// TestAdmin says what admins can do to others, what is written down of it, and
// that there is nothing for anybody else.
func TestAdmin(t *testing.T) {
	var accounts *account.Cached
	box := &letterbox{}
	w := newWorld(t, func(c *httpapi.Config) {
		accounts = c.Accounts
		c.Now = func() time.Time { box.later(5 * time.Second); return box.now() } // passwords are limited
	})
	anna, bert, cora, guest, nobody := w.member("Anna"), w.member("Bert"), w.member("Cora"), w.guest(), &person{w: w}
	role := func(name string, r account.Role) {
		t.Helper()
		a, err := accounts.Named(context.Background(), name)
		check(t, err)
		check(t, accounts.Change(context.Background(), a.ID, func(a *account.Account) error { a.Role = r; return nil }))
	}
	role("Anna", account.RoleAdmin)
	role("Cora", account.RoleModerator)
	const users = "/api/v1/admin/users"
	with := func(fields string) string { return `{` + fields + `,"password":"` + goodPassword + `"}` }
	secrets := []string{strings.SplitN(bert.cookie, "=", 2)[1], "$argon2", "hash", "email"}

	for _, address := range []struct{ method, path, body string }{
		{"GET", users, ""}, {"GET", users + "/Bert/sessions", ""}, {"DELETE", users + "/Bert/sessions", with(`"x":1`)},
		{"POST", users + "/Bert/role", with(`"role":"admin"`)}, {"POST", users + "/Bert/rename", with(`"name":"Bertha"`)},
		{"POST", users + "/Bert/close", with(`"name":"Bert"`)}, {"GET", "/api/v1/admin/deeds", ""},
	} {
		for who, p := range map[string]*person{"nobody": nobody, "guest": guest, "user": bert, "moderator": cora} {
			got, none := p.call(address.method, address.path, address.body), p.call(address.method, "/api/v1/nothing", address.body)
			if got.status != 404 || got.body != none.body {
				t.Errorf("%s %s by a %s: %d %s, want as at no address: %s", address.method, address.path, who, got.status, got.body, none.body)
			}
		}
	}

	checkAPI(t, []apiRow{
		{"list", anna, "GET", users, "", 200, []string{`"name":"Anna","role":"admin"`, `"name":"Bert","role":"user"`, `"next":""`}, append(secrets, "Guest-")},
		{"a page", anna, "GET", users + "?limit=2", "", 200, []string{"Anna", "Bert", `"next":"Bert"`}, []string{"Cora"}},
		{"the next page", anna, "GET", users + "?limit=2&cursor=Bert", "", 200, []string{"Cora", `"next":""`}, []string{"Anna", `"name":"Bert"`}},
		{"search", anna, "GET", users + "?prefix=be", "", 200, []string{"Bert"}, []string{"Anna", "Cora"}},
		{"search for all of a name", anna, "GET", users + "?prefix=BERT", "", 200, []string{"Bert"}, []string{"Anna", "Cora"}},
		{"bad limit", anna, "GET", users + "?limit=201", "", 400, []string{"malformed"}, nil},
		{"sessions", anna, "GET", users + "/bert/sessions", "", 200, []string{`"addr":"127.0.0.1"`, `"current":false`}, secrets},
		{"sessions of nobody", anna, "GET", users + "/xyz/sessions", "", 404, []string{"not-found"}, nil},
		{"sessions of a guest", anna, "GET", users + "/" + nameOf(guest) + "/sessions", "", 404, []string{"not-found"}, nil},

		{"role, not confirmed", anna, "POST", users + "/Bert/role", `{"role":"moderator"}`, 403, []string{`"code":"confirm"`}, nil},
		{"role, wrong password", anna, "POST", users + "/Bert/role", `{"role":"moderator","password":"no"}`, 403, []string{`"code":"wrong"`}, nil},
		{"no such role", anna, "POST", users + "/Bert/role", with(`"role":"queen"`), 422, []string{"invalid"}, nil},
		{"role", anna, "POST", users + "/Bert/role", with(`"role":"moderator"`), 200, []string{`"role":"moderator"`}, nil},
		{"the last admin stays", anna, "POST", users + "/Anna/role", with(`"role":"user"`), 403, []string{"only admin"}, nil},
		{"rename, a bad name", anna, "POST", users + "/Bert/rename", with(`"name":"root"`), 422, []string{"invalid"}, nil},
		{"rename, taken", anna, "POST", users + "/Bert/rename", with(`"name":"cora"`), 409, []string{"taken"}, nil},
		{"rename", anna, "POST", users + "/Bert/rename", with(`"name":"Bertha"`), 200, []string{`"name":"Bertha"`}, nil},
		{"again", anna, "POST", users + "/Bertha/rename", with(`"name":"Berthold"`), 200, []string{`"name":"Berthold"`}, nil},
		{"it is told", bert, "GET", "/api/v1/me", "", 200, []string{`"name":"Berthold"`, `"renamed":false`}, nil},
		{"close, not typed", anna, "POST", users + "/Berthold/close", with(`"name":"Bert"`), 422, []string{"as it is"}, nil},
		{"the log has the names", anna, "GET", "/api/v1/admin/deeds", "", 200, []string{`"what":"rename"`, `"detail":"Bertha"`, `"outcome":"refused"`}, secrets},
		{"sign out", anna, "DELETE", users + "/Berthold/sessions", `{"password":"` + goodPassword + `"}`, 200, []string{`"ended":1`}, nil},
		{"it is so", bert, "GET", "/api/v1/me", "", 401, nil, nil},
		{"close", anna, "POST", users + "/Berthold/close", with(`"name":"Berthold"`), 204, nil, nil},
		{"twice", anna, "POST", users + "/Berthold/close", with(`"name":"Berthold"`), 404, []string{"not-found"}, nil},
		{"the last admin cannot be closed", anna, "POST", users + "/Anna/close", with(`"name":"Anna"`), 403, []string{"only admin"}, nil},

		{"the log", anna, "GET", "/api/v1/admin/deeds", "", 200,
			[]string{`"what":"close"`, `"what":"sign-out"`, `"what":"rename"`, `"what":"sessions"`, `"detail":"moderator"`, `"name":"Anna"`, `"next":""`},
			append(secrets, "Bert")},
		{"a page of the log", anna, "GET", "/api/v1/admin/deeds?limit=1", "", 200, []string{`"what":"close"`, `"outcome":"refused"`, `"next":"17`}, []string{"sign-out"}},
		{"a bad cursor", anna, "GET", "/api/v1/admin/deeds?cursor=x", "", 400, []string{"malformed"}, nil},
	})

	made := anna.call("POST", "/api/v1/me/tokens", with(`"name":"x","scopes":["read","play","settings"],"days":1`))
	_, token, _ := strings.Cut(made.body, `"token":"`)
	token, _, _ = strings.Cut(token, `"`)
	if got := nobody.call("GET", users, "", "Authorization", "Bearer "+token); made.status != 201 || got.status != 404 {
		t.Errorf("with a token of an admin: %d %s, want 404", got.status, got.body)
	}
}
