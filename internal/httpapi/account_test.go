package httpapi_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base32"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"kibitz/internal/account"
	"kibitz/internal/httpapi"
)

// get reads a field of an answer.
func (r reply) get(t *testing.T, field string) string {
	t.Helper()
	var body map[string]json.RawMessage
	if err := json.Unmarshal([]byte(r.body), &body); err != nil {
		t.Fatalf("%d %s: %v", r.status, r.body, err)
	}
	var s string
	if json.Unmarshal(body[field], &s) == nil {
		return s
	}
	return string(body[field])
}

func wantStatus(t *testing.T, what string, got reply, want int) {
	t.Helper()
	if got.status != want {
		t.Fatalf("%s: %d %s, want %d", what, got.status, got.body, want)
	}
}

const newPassword = "kestrel_pumice_41"

func confirmed(fields string) string {
	if fields != "" {
		fields += ","
	}
	return `{` + fields + `"password":"` + goodPassword + `"}`
}

// TestNobodyReachesAccounts asks for every private thing as nobody and as a
// guest.
func TestNobodyReachesAccounts(t *testing.T) {
	w := newWorld(t, nil)
	nobody, guest := &person{w: w}, w.guest()
	var rows []apiRow
	for _, row := range []struct {
		method, path string
		guest        int
	}{
		{"GET", "/me", 200}, {"PATCH", "/me", 403}, {"POST", "/me/password", 403}, {"POST", "/me/rename", 403},
		{"POST", "/me/close", 403}, {"GET", "/me/export", 403}, {"GET", "/me/sessions", 200}, {"DELETE", "/me/sessions", 200},
		{"DELETE", "/me/sessions/x", 404}, {"GET", "/me/passkeys", 403}, {"POST", "/me/passkeys/options", 403},
		{"POST", "/me/passkeys", 403}, {"DELETE", "/me/passkeys/x", 403}, {"POST", "/me/totp", 403},
		{"POST", "/me/totp/confirm", 403}, {"DELETE", "/me/totp", 403}, {"POST", "/me/recovery-codes", 403},
		{"GET", "/me/settings", 200}, {"GET", "/me/blocks", 200}, {"PUT", "/me/blocks/Nobody", 404}, {"GET", "/me/tokens", 403},
		{"POST", "/me/tokens", 403}, {"DELETE", "/me/tokens/x", 403}, {"GET", "/tables/00000000/connections", 404},
		{"DELETE", "/me/session", 204},
	} {
		body := ""
		if row.method != "GET" && row.method != "DELETE" {
			body = "{}"
		}
		rows = append(rows,
			apiRow{"nobody: " + row.method + " " + row.path, nobody, row.method, "/api/v1" + row.path, body, 401, []string{`"code":"not-signed-in"`}, nil},
			apiRow{"guest: " + row.method + " " + row.path, guest, row.method, "/api/v1" + row.path, body, row.guest, nil, []string{"hash", "internal"}})
	}
	checkAPI(t, rows)
}

func TestChangePassword(t *testing.T) {
	w := newWorld(t, nil)
	anna := w.member("Anna")
	elsewhere := &person{w: w}
	wantStatus(t, "log in elsewhere", elsewhere.keep(elsewhere.call("POST", "/api/v1/login", `{"name":"Anna","password":"`+goodPassword+`"}`)), 200)
	socket := elsewhere.open()
	checkAPI(t, []apiRow{
		{"without the old one", anna, "POST", "/api/v1/me/password", `{"new":"` + newPassword + `"}`, 403, []string{`"code":"confirm"`}, nil},
		{"with a wrong old one", anna, "POST", "/api/v1/me/password", `{"old":"wrong","new":"` + newPassword + `"}`, 403, []string{`"code":"wrong"`}, nil},
		{"a weak new one", anna, "POST", "/api/v1/me/password", `{"old":"` + goodPassword + `","new":"qwertyuiop"}`, 422, []string{"easy to guess"}, nil},
		{"elsewhere is still in", elsewhere, "GET", "/api/v1/me", "", 200, nil, nil},
	})
	before := *anna
	got := anna.keep(anna.call("POST", "/api/v1/me/password", `{"old":"`+goodPassword+`","new":"`+newPassword+`"}`))
	wantStatus(t, "change", got, 200)
	_ = socket.wantClosed()
	checkAPI(t, []apiRow{
		{"elsewhere is out", elsewhere, "GET", "/api/v1/me", "", 401, nil, nil},
		{"the old session is over", &before, "GET", "/api/v1/me", "", 401, nil, nil},
		{"the new one is not", anna, "GET", "/api/v1/me", "", 200, []string{"Anna"}, nil},
		{"the old password", elsewhere, "POST", "/api/v1/login", `{"name":"Anna","password":"` + goodPassword + `"}`, 403, nil, nil},
		{"the new password", elsewhere, "POST", "/api/v1/login", `{"name":"Anna","password":"` + newPassword + `"}`, 200, nil, nil},
	})
}

// clockAt is a clock that a test moves.
type clockAt struct{ now time.Time }

func TestTOTP(t *testing.T) {
	clock := &clockAt{time.Now()}
	w := newWorld(t, func(c *httpapi.Config) { c.Now = func() time.Time { return clock.now } })
	anna, p := w.member("Anna"), &person{w: w}
	got := anna.call("POST", "/api/v1/me/totp", confirmed(""))
	wantStatus(t, "begin", got, 200)
	secret := got.get(t, "secret")
	if _, err := base32.StdEncoding.DecodeString(secret); err != nil || !strings.Contains(got.get(t, "uri"), "otpauth://totp/Kibitz:Anna?") {
		t.Fatalf("begin: %s", got.body)
	}
	code := func() string {
		c, err := totp.GenerateCode(secret, clock.now)
		check(t, err)
		return c
	}
	login := `{"name":"Anna","password":"` + goodPassword + `"}`
	wantStatus(t, "a factor that is not confirmed is not asked for", p.call("POST", "/api/v1/login", login), 200)
	wantStatus(t, "a wrong first code", anna.call("POST", "/api/v1/me/totp/confirm", `{"code":"12345"}`), 403)
	got = anna.call("POST", "/api/v1/me/totp/confirm", `{"code":"`+code()+`"}`)
	wantStatus(t, "confirm", got, 200)
	var codes struct{ Codes []string }
	check(t, json.Unmarshal([]byte(got.body), &codes))

	got = p.call("POST", "/api/v1/login", login)
	wantStatus(t, "the first half", got, 200)
	if got.header.Get("Set-Cookie") != "" || got.get(t, "need") != "totp" || strings.Contains(got.body, anna.id) {
		t.Fatalf("the first half gives %v %s", got.header, got.body)
	}
	ticket := got.get(t, "ticket")
	second := func(code string) reply {
		return p.call("POST", "/api/v1/login/totp", `{"ticket":"`+ticket+`","code":"`+code+`"}`)
	}
	wantStatus(t, "the code that was taken already", second(code()), 403)
	clock.now = clock.now.Add(30 * time.Second)
	wantStatus(t, "the next code", second(code()), 200)
	clock.now = clock.now.Add(30 * time.Second)
	wantStatus(t, "a ticket that was used", second(code()), 403)

	ticket = p.call("POST", "/api/v1/login", login).get(t, "ticket")
	wantStatus(t, "a recovery code", second(codes.Codes[3]), 200)
	ticket = p.call("POST", "/api/v1/login", login).get(t, "ticket")
	wantStatus(t, "the same again", second(codes.Codes[3]), 403)
	for range 4 {
		wantStatus(t, "guesses", second("000000"), 403)
	}
	clock.now = clock.now.Add(30 * time.Second)
	wantStatus(t, "the right code after five wrong ones", second(code()), 403)

	ticket = p.call("POST", "/api/v1/login", login).get(t, "ticket")
	clock.now = clock.now.Add(6 * time.Minute)
	wantStatus(t, "a ticket that is too old", second(code()), 403)
	again := `{"name":"Anna","code":"` + codes.Codes[5] + `","password":"` + goodPassword + `"}`
	if got := p.call("POST", "/api/v1/recovery/code", again); got.status != 200 || got.get(t, "need") != "totp" || got.header.Get("Set-Cookie") != "" {
		t.Errorf("a recovery code goes around the second factor: %d %s", got.status, got.body)
	}
	wantStatus(t, "a new password signs out", anna.call("GET", "/api/v1/me", ""), 401)
	ticket = p.call("POST", "/api/v1/login", login).get(t, "ticket")
	clock.now = clock.now.Add(time.Minute)
	anna.keep(second(code()))
	wantStatus(t, "take it away, unconfirmed", anna.call("DELETE", "/api/v1/me/totp", ""), 403)
	wantStatus(t, "take it away", anna.call("DELETE", "/api/v1/me/totp", confirmed("")), 204)
	if got := p.call("POST", "/api/v1/login", login); got.header.Get("Set-Cookie") == "" {
		t.Errorf("without a second factor: %d %s", got.status, got.body)
	}
}

func TestRename(t *testing.T) {
	w := newWorld(t, nil)
	anna := w.member("Anna")
	w.member("Bert")
	rename := func(name string) string { return confirmed(`"name":"` + name + `"`) }
	checkAPI(t, []apiRow{
		{"unconfirmed", anna, "POST", "/api/v1/me/rename", `{"name":"Carla"}`, 403, []string{"confirm"}, nil},
		{"taken", anna, "POST", "/api/v1/me/rename", rename("BERT"), 409, []string{"taken"}, nil},
		{"reserved", anna, "POST", "/api/v1/me/rename", rename("Kibitz"), 422, []string{"invalid"}, nil},
		{"other letters", anna, "POST", "/api/v1/me/rename", rename("ANNA"), 200, []string{`"name":"ANNA"`}, nil},
		{"once", anna, "POST", "/api/v1/me/rename", rename("Carla"), 200, []string{`"name":"Carla"`, anna.id}, nil},
		{"at once everywhere", anna, "GET", "/api/v1/me", "", 200, []string{`"name":"Carla"`, `"renamed":true`}, nil},
		{"twice", anna, "POST", "/api/v1/me/rename", rename("Dora"), 403, []string{"once"}, nil},
		{"the old name is free", anna, "GET", "/api/v1/names/anna", "", 200, []string{`"free":true`}, nil},
	})
}

func TestPatchMe(t *testing.T) {
	w := newWorld(t, nil)
	anna := w.member("Anna")
	checkAPI(t, []apiRow{
		{"address, unconfirmed", anna, "PATCH", "/api/v1/me", `{"email":"a@example.org"}`, 403, []string{"confirm"}, nil},
		{"address, wrong password", anna, "PATCH", "/api/v1/me", `{"email":"a@example.org","password":"wrong"}`, 403, []string{"wrong"}, nil},
		{"address", anna, "PATCH", "/api/v1/me", confirmed(`"email":"a@example.org"`), 200, []string{`"email":"a@example.org"`}, nil},
		{"no address", anna, "PATCH", "/api/v1/me", confirmed(`"email":"a@@b"`), 422, []string{"invalid"}, nil},
		{"privacy", anna, "PATCH", "/api/v1/me", `{"privacy":{"challenge":"registered","chat":"nobody","hidden":true}}`, 200, []string{`"chat":"nobody"`, `"hidden":true`, "a@example.org"}, nil},
		{"no such audience", anna, "PATCH", "/api/v1/me", `{"privacy":{"challenge":"friends","chat":"nobody"}}`, 422, []string{"everyone, registered or nobody"}, nil},
		{"a role", anna, "PATCH", "/api/v1/me", `{"role":"admin"}`, 400, []string{"malformed"}, nil},
	})
}

func TestSettingsAndBlocks(t *testing.T) {
	w := newWorld(t, nil)
	anna, bert, guest := w.member("Anna"), w.member("Bert"), w.guest()
	checkAPI(t, []apiRow{
		{"none yet", anna, "GET", "/api/v1/me/settings", "", 200, []string{`{"version":0,"settings":{}}`}, nil},
		{"first", anna, "PUT", "/api/v1/me/settings", `{"version":0,"settings":{"theme":"dark"}}`, 200, []string{`{"version":1}`}, nil},
		{"from an old page", anna, "PUT", "/api/v1/me/settings", `{"version":0,"settings":{"theme":"light"}}`, 409, []string{`"code":"changed"`}, nil},
		{"read", anna, "GET", "/api/v1/me/settings", "", 200, []string{`{"version":1,"settings":{"theme":"dark"}}`}, nil},
		{"somebody else's", bert, "GET", "/api/v1/me/settings", "", 200, []string{`"version":0`}, []string{"dark"}},
		{"a guest's", guest, "PUT", "/api/v1/me/settings", `{"version":0,"settings":{"theme":"blue"}}`, 200, []string{`"version":1`}, nil},
		{"no object", anna, "PUT", "/api/v1/me/settings", `{"version":1,"settings":[1]}`, 422, []string{"object"}, nil},
		{"null", anna, "PUT", "/api/v1/me/settings", `{"version":1,"settings":null}`, 422, []string{"object"}, nil},
		{"too many", anna, "PUT", "/api/v1/me/settings", `{"version":1,"settings":{"x":"` + strings.Repeat("x", 13000) + `"}}`, 422, []string{"at most"}, nil},
		{"block nobody", anna, "PUT", "/api/v1/me/blocks/Nobody", "", 404, []string{"not-found"}, nil},
		{"block myself", anna, "PUT", "/api/v1/me/blocks/anna", "", 422, nil, nil},
		{"block", anna, "PUT", "/api/v1/me/blocks/bert", "", 204, nil, nil},
		{"again", anna, "PUT", "/api/v1/me/blocks/Bert", "", 204, nil, nil},
		{"list", anna, "GET", "/api/v1/me/blocks", "", 200, []string{`{"blocks":[{"id":"` + bert.id + `","name":"Bert"}]}`}, nil},
		{"he does not see it", bert, "GET", "/api/v1/me/blocks", "", 200, []string{`{"blocks":[]}`}, nil},
		{"unblock", anna, "DELETE", "/api/v1/me/blocks/Bert", "", 204, nil, nil},
		{"none", anna, "GET", "/api/v1/me/blocks", "", 200, []string{`{"blocks":[]}`}, nil},
	})
}

func TestExport(t *testing.T) {
	w := newWorld(t, func(c *httpapi.Config) { c.Games = twoGames{} })
	anna := w.member("Anna")
	wantStatus(t, "address", anna.call("PATCH", "/api/v1/me", confirmed(`"email":"anna@example.org"`)), 200)
	got := anna.call("GET", "/api/v1/me/export", "")
	wantStatus(t, "export", got, 200)
	z, err := zip.NewReader(strings.NewReader(got.body), int64(len(got.body)))
	check(t, err)
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		check(t, err)
		b, err := io.ReadAll(r)
		check(t, err)
		parts[f.Name] = string(b)
	}
	for name, want := range map[string]string{
		"README.txt": "everything", "profile.json": "anna@example.org", "sessions.json": "127.0.0.1", "passkeys.json": "[]",
		"tokens.json": "[]", "settings.json": "{}", "blocks.json": "[]", "games.pgn": "1-0", "hands.phhs": "[1]",
	} {
		if !strings.Contains(strings.ToLower(parts[name]), want) {
			t.Errorf("%s = %q, want %s", name, parts[name], want)
		}
	}
	token := strings.SplitN(anna.cookie, "=", 2)[1]
	for name, text := range parts {
		if strings.Contains(text, "argon2") || strings.Contains(text, token) {
			t.Errorf("%s holds a secret", name)
		}
	}
	for range 2 {
		anna.call("GET", "/api/v1/me/export", "")
	}
	if got := anna.call("GET", "/api/v1/me/export", ""); got.status != 429 || got.header.Get("Retry-After") == "" {
		t.Errorf("the fourth export: %d", got.status)
	}
}

func TestClose(t *testing.T) {
	w := newWorld(t, nil)
	anna, bert, p := w.member("Anna"), w.member("Bert"), &person{w: w}
	id := anna.table(`{"kind":"highcard","control":"3+2","color":"white","opponent":"house","level":3}`)
	socket := anna.open()
	checkAPI(t, []apiRow{
		{"unconfirmed", anna, "POST", "/api/v1/me/close", `{"name":"Anna"}`, 403, []string{"confirm"}, nil},
		{"another name", anna, "POST", "/api/v1/me/close", confirmed(`"name":"Bert"`), 422, []string{"Type your name"}, nil},
		{"blocked before", bert, "PUT", "/api/v1/me/blocks/Anna", "", 204, nil, nil},
		{"close", anna, "POST", "/api/v1/me/close", confirmed(`"name":"Anna"`), 204, nil, nil},
		{"in nobody's list", bert, "GET", "/api/v1/me/blocks", "", 200, []string{`{"blocks":[]}`}, nil},
		{"signed out", anna, "GET", "/api/v1/me", "", 401, nil, nil},
		{"no way back", p, "POST", "/api/v1/login", `{"name":"Anna","password":"` + goodPassword + `"}`, 403, []string{"wrong"}, nil},
		{"the name is free", p, "GET", "/api/v1/names/Anna", "", 200, []string{`"free":true`}, nil},
		{"the game is there", p, "GET", "/api/v1/tables/" + id, "", 200, []string{`"events"`}, nil},
	})
	_ = socket.wantClosed()
}

func TestFirstAdmin(t *testing.T) {
	const code = "K7QF-2M9X-PD4T"
	first := func(code, name string) string {
		return `{"code":"` + code + `","name":"` + name + `","password":"` + goodPassword + `"}`
	}
	w := newWorld(t, func(c *httpapi.Config) { c.FirstCode = code })
	p := &person{w: w}
	checkAPI(t, []apiRow{
		{"none yet", p, "GET", "/api/v1/site", "", 200, []string{`"admin":false`, `"sign_up":"open"`, `"mail":false`}, []string{code}},
		{"a wrong code", p, "POST", "/api/v1/admin/first", first("K7QF-2M9X-PD4S", "Root1"), 403, []string{"wrong"}, nil},
		{"no code", p, "POST", "/api/v1/admin/first", first("", "Root1"), 403, []string{"wrong"}, nil},
		{"a weak password", p, "POST", "/api/v1/admin/first", `{"code":"` + code + `","name":"Ada","password":"qwertyuiop"}`, 422, nil, nil},
		{"the code", p, "POST", "/api/v1/admin/first", first(" k7qf-2m9x-pd4t", "Ada"), 201, []string{`"role":"admin"`}, nil},
		{"one time", &person{w: w}, "POST", "/api/v1/admin/first", first(code, "Eve"), 404, []string{"not-found"}, nil},
		{"there is one", p, "GET", "/api/v1/site", "", 200, []string{`"admin":true`}, nil},
	})
	without := &person{w: newWorld(t, nil)}
	checkAPI(t, []apiRow{{"without a code", without, "POST", "/api/v1/admin/first", first("", "Ada"), 404, nil, nil}})
}

// twoGames is an archive.
type twoGames struct{}

func (twoGames) WritePGN(_ context.Context, user account.ID, w io.Writer) error {
	_, err := io.Copy(w, bytes.NewBufferString(`[White "`+string(user)+`"]`+"\n\n1. e4 1-0\n"))
	return err
}

func (twoGames) WriteHands(_ context.Context, _ account.ID, w io.Writer) error {
	_, err := io.WriteString(w, "[1]\nvariant = 'NT'\n")
	return err
}

// TestAPILimit asks for too much.
func TestAPILimit(t *testing.T) {
	clock := &clockAt{time.Now()}
	w := newWorld(t, func(c *httpapi.Config) { c.Now = func() time.Time { return clock.now } })
	p := &person{w: w}
	var last reply
	for range 700 {
		if last = p.call("GET", "/api/v1/house", ""); last.status != http.StatusOK {
			break
		}
	}
	if last.status != 429 || last.header.Get("Retry-After") == "" {
		t.Errorf("after 700 requests at once: %d", last.status)
	}
	wantStatus(t, "a page", p.call("GET", "/", ""), 200)
}
