package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"kibitz/internal/httpapi"
)

const goodPassword = "orbit-walnut-plinth"

// keep takes the cookie of an answer, as a browser does.
func (p *person) keep(got reply) reply {
	if set := got.header.Get("Set-Cookie"); set != "" {
		p.cookie, _, _ = strings.Cut(set, ";")
	}
	return got
}

// member signs somebody up.
func (w *world) member(name string) *person {
	w.tb.Helper()
	p := w.guest()
	got := p.keep(p.call("POST", "/api/v1/signup", `{"name":"`+name+`","password":"`+goodPassword+`"}`))
	if got.status != http.StatusCreated {
		w.tb.Fatalf("sign up %s: %d %s", name, got.status, got.body)
	}
	return p
}

func TestSignUp(t *testing.T) {
	w := newWorld(t, nil)
	guest, nobody := w.guest(), &person{w: w}
	w.member("Taken")
	signUp := func(name, password, email string) string {
		return `{"name":"` + name + `","password":"` + password + `","email":"` + email + `"}`
	}
	rows := []apiRow{
		{"a short name", guest, "POST", "/api/v1/signup", signUp("A", goodPassword, ""), 422, []string{`"code":"invalid"`, "2 to 20"}, nil},
		{"a long name", guest, "POST", "/api/v1/signup", signUp(strings.Repeat("a", 21), goodPassword, ""), 422, []string{"2 to 20"}, nil},
		{"a name that looks like another", guest, "POST", "/api/v1/signup", signUp("Аnna", goodPassword, ""), 422, []string{"A-Z"}, nil},
		{"a reserved name", guest, "POST", "/api/v1/signup", signUp("Admin_1", goodPassword, ""), 422, []string{"choose another"}, nil},
		{"a guest's name", guest, "POST", "/api/v1/signup", signUp("guest-4f7a", goodPassword, ""), 422, []string{"invalid"}, nil},
		{"a taken name", guest, "POST", "/api/v1/signup", signUp("tAKEN", goodPassword, ""), 409, []string{`"code":"taken"`}, nil},
		{"a short password", guest, "POST", "/api/v1/signup", signUp("Anna", "x7-pQ", ""), 422, []string{"10 characters"}, []string{"x7-pQ"}},
		{"a common password", guest, "POST", "/api/v1/signup", signUp("Anna", "Password123", ""), 422, []string{"easy to guess"}, nil},
		{"a password of the name", guest, "POST", "/api/v1/signup", signUp("Annabelle-", "annabelle-1234", ""), 422, []string{"easy to guess"}, nil},
		{"a password too long", guest, "POST", "/api/v1/signup", signUp("Anna", strings.Repeat("xkw7", 65), ""), 422, []string{"at most 256"}, nil},
		{"no address", guest, "POST", "/api/v1/signup", signUp("Anna", goodPassword, "anna"), 422, []string{"e-mail"}, nil},
		{"two addresses", guest, "POST", "/api/v1/signup", signUp("Anna", goodPassword, "a@example.org, b@example.org"), 422, []string{"e-mail"}, nil},
		{"a role", guest, "POST", "/api/v1/signup", `{"name":"Anna","password":"` + goodPassword + `","role":"admin"}`, 400, []string{"malformed"}, nil},
		{"still a guest", guest, "GET", "/api/v1/me", "", 200, []string{`"guest":true`}, []string{"account"}},
		{"a free name", nobody, "GET", "/api/v1/names/Anna", "", 200, []string{`"free":true`}, []string{"why"}},
		{"a name that is taken", nobody, "GET", "/api/v1/names/taken", "", 200, []string{`"free":false`, "taken"}, []string{"id"}},
		{"a name that nobody may have", nobody, "GET", "/api/v1/names/root", "", 200, []string{`"free":false`, `"why":"That name`}, nil},
	}
	checkAPI(t, rows)
	got := guest.call("POST", "/api/v1/signup", signUp("Anna", goodPassword, "anna@example.org"))
	if got.status != 201 || !strings.Contains(got.body, guest.id) || strings.Contains(got.body, `"guest":true`) {
		t.Fatalf("sign up: %d %s, want the guest's id %s", got.status, got.body, guest.id)
	}
	old := *guest
	guest.keep(got)
	checkAPI(t, []apiRow{
		{"the old session is over", &old, "GET", "/api/v1/me", "", 401, []string{"not-signed-in"}, nil},
		{"the new one is not", guest, "GET", "/api/v1/me", "", 200, []string{`"name":"Anna"`, `"email":"anna@example.org"`, `"password":true`, `"challenge":"everyone"`}, []string{"argon2", goodPassword, "hash"}},
		{"again", guest, "POST", "/api/v1/signup", signUp("Berta", goodPassword, ""), 403, []string{"sign out first"}, nil},
	})
	if log := w.log.String(); strings.Contains(log, goodPassword) || strings.Contains(log, "anna@") {
		t.Error("the log holds a password or an address")
	}
}

func TestSignUpWithoutAGuest(t *testing.T) {
	w := newWorld(t, nil)
	p := &person{w: w}
	got := p.keep(p.call("POST", "/api/v1/signup", `{"name":"Anna","password":"`+goodPassword+`"}`))
	if got.status != 201 || p.cookie == "" {
		t.Fatalf("%d %s", got.status, got.body)
	}
	checkAPI(t, []apiRow{{"me", p, "GET", "/api/v1/me", "", 200, []string{`"name":"Anna"`, `"guest":false`}, nil}})
}

func TestSignUpClosed(t *testing.T) {
	w := newWorld(t, func(c *httpapi.Config) { c.SignUpClosed = true })
	checkAPI(t, []apiRow{{"closed", w.guest(), "POST", "/api/v1/signup", `{"name":"Anna","password":"` + goodPassword + `"}`, 403, []string{"no new accounts"}, nil}})
}

func TestLogin(t *testing.T) {
	w := newWorld(t, nil)
	anna := w.member("Anna")
	guest := w.guest()
	other := &person{w: w}
	login := func(name, password string) string { return `{"name":"` + name + `","password":"` + password + `"}` }
	wrong := other.call("POST", "/api/v1/login", login("Anna", "not-"+goodPassword))
	unknown := other.call("POST", "/api/v1/login", login("Nobody", goodPassword))
	if wrong.status != 403 || wrong.body != unknown.body || wrong.status != unknown.status {
		t.Errorf("a wrong password: %d %s, an unknown name: %d %s; want the same", wrong.status, wrong.body, unknown.status, unknown.body)
	}
	checkAPI(t, []apiRow{
		{"a guest's name", other, "POST", "/api/v1/login", login("Guest-0000", ""), 403, []string{`"code":"wrong"`}, nil},
		{"no password", other, "POST", "/api/v1/login", login("Anna", ""), 403, []string{`"code":"wrong"`}, nil},
		{"not JSON", other, "POST", "/api/v1/login", "name=Anna", 400, []string{"malformed"}, nil},
	})
	got := guest.call("POST", "/api/v1/login", login("anna", goodPassword))
	if got.status != 200 || !strings.Contains(got.body, anna.id) {
		t.Fatalf("login: %d %s", got.status, got.body)
	}
	before := *guest
	guest.keep(got)
	if guest.cookie == before.cookie || guest.cookie == anna.cookie {
		t.Error("a login must give a new token")
	}
	checkAPI(t, []apiRow{
		{"the session before is over", &before, "GET", "/api/v1/me", "", 401, nil, nil},
		{"both are signed in", anna, "GET", "/api/v1/me", "", 200, []string{anna.id}, nil},
		{"both are signed in", guest, "GET", "/api/v1/me", "", 200, []string{anna.id}, nil},
		{"sign out", guest, "DELETE", "/api/v1/me/session", "", 204, nil, nil},
		{"signed out", guest, "GET", "/api/v1/me", "", 401, nil, nil},
		{"elsewhere not", anna, "GET", "/api/v1/me", "", 200, []string{anna.id}, nil},
	})
}

// TestLoginIsThrottled guesses at one name from one address.
func TestLoginIsThrottled(t *testing.T) {
	w := newWorld(t, nil)
	w.member("Anna")
	p := &person{w: w}
	for n := range 40 {
		got := p.call("POST", "/api/v1/login", `{"name":"aNNa","password":"wrong-wrong-`+string(rune('a'+n%26))+`"}`)
		if got.status == 429 {
			if got.header.Get("Retry-After") == "" || !strings.Contains(got.body, "too-fast") {
				t.Errorf("%v %s, want Retry-After", got.header, got.body)
			}
			if got := p.call("POST", "/api/v1/login", `{"name":"Anna","password":"`+goodPassword+`"}`); got.status != 429 {
				t.Errorf("the right password after too many wrong ones: %d, want 429", got.status)
			}
			return
		}
	}
	t.Error("nobody stops 40 guesses")
}

// TestCrossSite sends what a page of another site can make a browser send.
func TestCrossSite(t *testing.T) {
	w := newWorld(t, nil)
	anna := w.member("Anna")
	for _, path := range []string{"/api/v1/login", "/api/v1/signup", "/api/v1/guests"} {
		for _, header := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}} {
			got := anna.call("POST", path, `{}`, header...)
			if got.status != 403 || !strings.Contains(got.body, "another site") || got.header.Get("Set-Cookie") != "" {
				t.Errorf("%s with %v: %d %s, want 403", path, header, got.status, got.body)
			}
		}
	}
}
