package httpapi_test

import (
	"net/url"
	"strings"
	"testing"

	"kibitz/internal/account"
)

// wishBody is what a program asks for, with one field changed.
func wishBody(field, value string) string {
	fields := map[string]string{
		"response_type": "code", "client_id": "my-board", "redirect_uri": "http://localhost:7777/back?x=1",
		"code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "code_challenge_method": "S256",
		"scope": "board:play racer:write challenge:read", "state": "a b&c",
	}
	fields[field] = value
	var parts []string
	for name, v := range fields {
		parts = append(parts, `"`+name+`":"`+v+`"`)
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func TestGrants(t *testing.T) {
	w := newWorld(t, nil)
	anna, guest, nobody := w.member("Anna"), w.guest(), &person{w: w}
	const at = "/api/v1/me/grants"
	usual := wishBody("scope", "board:play racer:write challenge:read")
	checkAPI(t, []apiRow{
		{"a stranger", nobody, "POST", at, usual, 401, nil, nil},
		{"a guest", guest, "POST", at, usual, 403, nil, []string{"liu_"}},
		{"what is asked", anna, "POST", at + "/check", usual, 200,
			[]string{`"client":"my-board"`, `"scopes":["board:play","challenge:read"]`, "error=access_denied", "state=a+b%26c", "x=1"}, []string{"racer", "liu_"}},
		{"nothing known", anna, "POST", at + "/check", wishBody("scope", "racer:write"), 422, nil, nil},
		{"another answer", anna, "POST", at + "/check", wishBody("response_type", "token"), 422, nil, []string{"denied"}},
		{"a plain challenge", anna, "POST", at + "/check", wishBody("code_challenge_method", "plain"), 422, nil, nil},
		{"plain http", anna, "POST", at, wishBody("redirect_uri", "http://example.org/"), 422, nil, []string{"liu_"}},
		{"a script", anna, "POST", at, wishBody("redirect_uri", "javascript:alert(1)"), 422, nil, []string{"allowed"}},
		{"no program", anna, "POST", at, wishBody("client_id", ""), 422, nil, nil},
		{"no JSON", anna, "POST", at, "x", 400, nil, nil},
	})
	got := anna.call("POST", at, usual)
	wantStatus(t, "allow", got, 200)
	back, err := url.Parse(got.get(t, "allowed"))
	check(t, err)
	q := back.Query()
	if back.Host != "localhost:7777" || q.Get("x") != "1" || q.Get("state") != "a b&c" || !strings.HasPrefix(q.Get("code"), account.GrantPrefix) {
		t.Errorf("the browser goes to %s", back)
	}
	if strings.Contains(w.log.String(), q.Get("code")) {
		t.Error("the log holds a code")
	}
}
