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
	"sync"
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

func TestRecoveryCodes(t *testing.T) {
	w := newWorld(t, nil)
	anna := w.member("Anna")
	checkAPI(t, []apiRow{{"unconfirmed", anna, "POST", "/api/v1/me/recovery-codes", ``, 403, []string{"confirm"}, []string{"codes"}}})
	got := anna.call("POST", "/api/v1/me/recovery-codes", confirmed(""))
	wantStatus(t, "codes", got, 200)
	var codes struct{ Codes []string }
	check(t, json.Unmarshal([]byte(got.body), &codes))
	if len(codes.Codes) != 10 {
		t.Fatalf("codes = %v", codes)
	}
	recover := func(name, code, password string) string {
		return `{"name":"` + name + `","code":"` + code + `","password":"` + password + `"}`
	}
	p := &person{w: w}
	unknown := p.call("POST", "/api/v1/recovery/code", recover("Nobody", codes.Codes[0], newPassword))
	wrong := p.call("POST", "/api/v1/recovery/code", recover("Anna", "0000-0000-0000", newPassword))
	if unknown.status != 403 || unknown.body != wrong.body {
		t.Errorf("an unknown name: %d %s, a wrong code: %d %s; want the same", unknown.status, unknown.body, wrong.status, wrong.body)
	}
	checkAPI(t, []apiRow{
		{"a weak password", p, "POST", "/api/v1/recovery/code", recover("Anna", codes.Codes[0], "qwertyuiop"), 422, []string{"easy"}, nil},
		{"written another way", p, "POST", "/api/v1/recovery/code", recover("anna", " "+strings.ToLower(strings.ReplaceAll(codes.Codes[0], "-", "")), newPassword), 200, []string{anna.id}, nil},
		{"again", p, "POST", "/api/v1/recovery/code", recover("Anna", codes.Codes[0], newPassword), 403, []string{"wrong"}, nil},
		{"the session before is over", anna, "GET", "/api/v1/me", "", 401, nil, nil},
		{"the new password", p, "POST", "/api/v1/login", `{"name":"Anna","password":"` + newPassword + `"}`, 200, nil, nil},
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

// letter is one that was sent.
type letter struct{ to, subject, text string }

func TestRecoveryMail(t *testing.T) {
	sent := make(chan letter, 10)
	w := newWorld(t, func(c *httpapi.Config) {
		c.PublicURL = "https://play.example.org"
		c.Mail = func(_ context.Context, to, subject, text string) error { sent <- letter{to, subject, text}; return nil }
	})
	stop := w.run()
	defer stop()
	anna, p := w.member("Anna"), &person{w: w}
	w.member("Bert") // has no address
	wantStatus(t, "address", anna.call("PATCH", "/api/v1/me", confirmed(`"email":"anna@example.org"`)), 200)
	var answers []string
	for _, name := range []string{"Nobody", "Bert", "Anna"} {
		got := p.call("POST", "/api/v1/recovery/mail", `{"name":"`+name+`"}`, "Host", "evil.example")
		wantStatus(t, name, got, 202)
		answers = append(answers, got.body)
	}
	if answers[0] != answers[1] || answers[1] != answers[2] {
		t.Errorf("answers = %q, want the same", answers)
	}
	var got letter
	select {
	case got = <-sent:
	case <-time.After(patience):
		t.Fatal("no letter came")
	}
	_, token, found := strings.Cut(got.text, "https://play.example.org/recover#")
	token, _, _ = strings.Cut(token, "\n")
	if got.to != "anna@example.org" || !found {
		t.Fatalf("letter = %+v", got)
	}
	link := func(token, password string) string { return `{"token":"` + token + `","password":"` + password + `"}` }
	checkAPI(t, []apiRow{
		{"another token", p, "POST", "/api/v1/recovery/link", link(strings.Repeat("A", 43), newPassword), 403, []string{"wrong"}, nil},
		{"no token", p, "POST", "/api/v1/recovery/link", link("", newPassword), 403, nil, nil},
		{"a weak password", p, "POST", "/api/v1/recovery/link", link(token, "qwertyuiop"), 422, nil, nil},
		{"the link", p, "POST", "/api/v1/recovery/link", link(token, newPassword), 200, []string{anna.id}, nil},
		{"again", p, "POST", "/api/v1/recovery/link", link(token, goodPassword), 403, nil, nil},
		{"the session before is over", anna, "GET", "/api/v1/me", "", 401, nil, nil},
	})
	if len(sent) > 0 {
		t.Errorf("there was one more letter: %+v", <-sent)
	}
	if strings.Contains(w.log.String(), token) {
		t.Error("the log holds the token of a link")
	}
}

func TestNoMail(t *testing.T) {
	w := newWorld(t, nil)
	checkAPI(t, []apiRow{{"no mail", &person{w: w}, "POST", "/api/v1/recovery/mail", `{"name":"Anna"}`, 403, []string{"sends no mail"}, nil}})
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
