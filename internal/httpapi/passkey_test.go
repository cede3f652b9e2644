package httpapi_test

import (
	"strings"
	"testing"

	"github.com/descope/virtualwebauthn"
)

// phone is an authenticator of somebody at http://localhost.
type phone struct {
	party         virtualwebauthn.RelyingParty
	authenticator virtualwebauthn.Authenticator
	key           virtualwebauthn.Credential
}

func newPhone(owner string) *phone {
	return &phone{
		party:         virtualwebauthn.RelyingParty{ID: "localhost", Name: "Kibitz", Origin: "http://localhost"},
		authenticator: virtualwebauthn.NewAuthenticatorWithOptions(virtualwebauthn.AuthenticatorOptions{UserHandle: []byte(owner)}),
		key:           virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2),
	}
}

// create answers the options of a registration.
func (p *phone) create(t *testing.T, options string) string {
	t.Helper()
	asked, err := virtualwebauthn.ParseAttestationOptions(options)
	check(t, err)
	p.authenticator.AddCredential(p.key)
	return virtualwebauthn.CreateAttestationResponse(p.party, p.authenticator, p.key, *asked)
}

// get answers the options of a sign-in.
func (p *phone) get(t *testing.T, options string) string {
	t.Helper()
	asked, err := virtualwebauthn.ParseAssertionOptions(options)
	check(t, err)
	p.key.Counter++
	return virtualwebauthn.CreateAssertionResponse(p.party, p.authenticator, p.key, *asked)
}

func TestPasskeys(t *testing.T) {
	w := newWorld(t, nil)
	anna, bert, p := w.member("Anna"), w.member("Bert"), &person{w: w}
	local := func(p *person, method, path, body string) reply {
		return p.keep(p.call(method, "/api/v1"+path, body, "Host", "localhost"))
	}
	second := func(ticket, name, credential string) string {
		return `{"ticket":"` + ticket + `","name":"` + name + `","credential":` + credential + `}`
	}
	wantStatus(t, "on plain HTTP elsewhere", anna.call("POST", "/api/v1/me/passkeys/options", confirmed("")), 403)
	wantStatus(t, "unconfirmed", local(anna, "POST", "/me/passkeys/options", ""), 403)

	annas := newPhone(anna.id)
	begun := local(anna, "POST", "/me/passkeys/options", confirmed(""))
	wantStatus(t, "begin", begun, 200)
	ticket, made := begun.get(t, "ticket"), annas.create(t, begun.get(t, "options"))
	wantStatus(t, "somebody else's ticket", local(bert, "POST", "/me/passkeys", second(ticket, "Phone", made)), 403)
	begun = local(anna, "POST", "/me/passkeys/options", confirmed(""))
	ticket, made = begun.get(t, "ticket"), annas.create(t, begun.get(t, "options"))
	wantStatus(t, "register", local(anna, "POST", "/me/passkeys", second(ticket, "Phone", made)), 201)
	wantStatus(t, "the same again", local(anna, "POST", "/me/passkeys", second(ticket, "Phone", made)), 403)

	login := func(ticket, credential string) reply {
		return local(p, "POST", "/login/passkey", `{"ticket":"`+ticket+`","credential":`+credential+`}`)
	}
	begun = local(p, "POST", "/login/passkey/options", "{}")
	wantStatus(t, "ask", begun, 200)
	if strings.Contains(begun.body, anna.id) {
		t.Errorf("the options name somebody: %s", begun.body)
	}
	ticket, got := begun.get(t, "ticket"), annas.get(t, begun.get(t, "options"))
	in := login(ticket, got)
	wantStatus(t, "sign in", in, 200)
	if !strings.Contains(in.body, anna.id) || in.header.Get("Set-Cookie") == "" {
		t.Errorf("sign in: %s", in.body)
	}
	wantStatus(t, "the same answer again", login(ticket, got), 403)
	other := local(p, "POST", "/login/passkey/options", "{}")
	wantStatus(t, "the answer to another challenge", login(other.get(t, "ticket"), got), 403)

	list := anna.call("GET", "/api/v1/me/passkeys", "")
	if !strings.Contains(list.body, `"name":"Phone"`) || strings.Contains(list.body, "publicKey") || strings.Contains(list.body, `"used_at":0`) {
		t.Errorf("list = %s", list.body)
	}
	_, id, _ := strings.Cut(list.body, `"id":"`)
	id, _, _ = strings.Cut(id, `"`)
	checkAPI(t, []apiRow{
		{"not his", bert, "DELETE", "/api/v1/me/passkeys/" + id, confirmed(""), 404, []string{"not-found"}, nil},
		{"unconfirmed", anna, "DELETE", "/api/v1/me/passkeys/" + id, "", 403, []string{"confirm"}, nil},
		{"mine", anna, "DELETE", "/api/v1/me/passkeys/" + id, confirmed(""), 204, nil, nil},
	})
	begun = local(p, "POST", "/login/passkey/options", "{}")
	wantStatus(t, "a passkey that was removed", login(begun.get(t, "ticket"), annas.get(t, begun.get(t, "options"))), 403)
}
