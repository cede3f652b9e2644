package credential_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/descope/virtualwebauthn"

	"kibitz/internal/account"
	"kibitz/internal/credential"
)

var (
	here  = account.Party{Host: "play.example.org", Origin: "https://play.example.org"}
	party = virtualwebauthn.RelyingParty{ID: here.Host, Name: "Kibitz", Origin: here.Origin}
	anna  = account.User{ID: "A1b2C3d4E5f6", Name: "Anna"}
)

// device is a phone with one passkey of Anna's.
type device struct {
	authenticator virtualwebauthn.Authenticator
	key           virtualwebauthn.Credential
	stored        account.Passkey
}

func newDevice(t *testing.T) *device {
	t.Helper()
	d := &device{
		authenticator: virtualwebauthn.NewAuthenticatorWithOptions(virtualwebauthn.AuthenticatorOptions{UserHandle: []byte(anna.ID)}),
		key:           virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2),
	}
	options, state, err := credential.Passkeys{}.BeginRegister(here, anna, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"residentKey":"required"`, `"userVerification":"required"`, `"id":"play.example.org"`} {
		if !bytes.Contains(options, []byte(want)) {
			t.Errorf("options %s lack %s", options, want)
		}
	}
	asked, err := virtualwebauthn.ParseAttestationOptions(string(options))
	if err != nil {
		t.Fatal(err)
	}
	response := virtualwebauthn.CreateAttestationResponse(party, d.authenticator, d.key, *asked)
	d.stored, err = credential.Passkeys{}.FinishRegister(here, anna, account.Answer{State: state, Response: []byte(response)})
	if err != nil {
		t.Fatal(err)
	}
	d.authenticator.AddCredential(d.key)
	return d
}

func (d *device) find(user account.ID) ([]account.Passkey, error) {
	if user != anna.ID {
		return nil, nil
	}
	return []account.Passkey{d.stored}, nil
}

// login answers a fresh challenge for a site, as seen by another.
func (d *device) login(t *testing.T, site virtualwebauthn.RelyingParty, a virtualwebauthn.Authenticator) (account.Passkey, error) {
	t.Helper()
	options, state, err := credential.Passkeys{}.BeginLogin(here)
	if err != nil {
		t.Fatal(err)
	}
	asked, err := virtualwebauthn.ParseAssertionOptions(string(options))
	if err != nil {
		t.Fatal(err)
	}
	response := virtualwebauthn.CreateAssertionResponse(site, a, d.key, *asked)
	return credential.Passkeys{}.FinishLogin(here, account.Answer{State: state, Response: []byte(response)}, d.find)
}

func TestPasskey(t *testing.T) {
	d := newDevice(t)
	if d.stored.User != anna.ID || d.stored.ID == "" {
		t.Fatalf("stored %+v", d.stored)
	}
	d.key.Counter = 5
	used, err := d.login(t, party, d.authenticator)
	if err != nil || used.User != anna.ID || used.ID != d.stored.ID || bytes.Equal(used.State, d.stored.State) {
		t.Fatalf("login: %+v, %v", used, err)
	}
	d.stored = used
	d.key.Counter = 4
	if _, err := d.login(t, party, d.authenticator); !errors.Is(err, account.ErrWrong) {
		t.Errorf("a counter that went back: %v, want ErrWrong", err)
	}
	again, _, err := credential.Passkeys{}.BeginRegister(here, anna, []account.Passkey{d.stored})
	if err != nil || !bytes.Contains(again, []byte(d.stored.ID)) {
		t.Errorf("a known passkey is not excluded: %s, %v", again, err)
	}
}

func TestPasskeyRefuses(t *testing.T) {
	d := newDevice(t)
	other := func(change func(*virtualwebauthn.RelyingParty)) virtualwebauthn.RelyingParty {
		p := party
		change(&p)
		return p
	}
	options := func(o virtualwebauthn.AuthenticatorOptions) virtualwebauthn.Authenticator {
		a := virtualwebauthn.NewAuthenticatorWithOptions(o)
		a.AddCredential(d.key)
		return a
	}
	for _, row := range []struct {
		name string
		site virtualwebauthn.RelyingParty
		a    virtualwebauthn.Authenticator
	}{
		{"a page of another origin", other(func(p *virtualwebauthn.RelyingParty) { p.Origin = "https://evil.example" }), d.authenticator},
		{"a key for another site", other(func(p *virtualwebauthn.RelyingParty) { p.ID = "evil.example" }), d.authenticator},
		{"somebody else's handle", party, options(virtualwebauthn.AuthenticatorOptions{UserHandle: []byte("B1b2C3d4E5f6")})},
		{"no handle", party, options(virtualwebauthn.AuthenticatorOptions{})},
		{"a user who was not verified", party, options(virtualwebauthn.AuthenticatorOptions{UserHandle: []byte(anna.ID), UserNotVerified: true})},
	} {
		if got, err := d.login(t, row.site, row.a); !errors.Is(err, account.ErrWrong) {
			t.Errorf("%s: %+v, %v; want ErrWrong", row.name, got, err)
		}
	}
	stranger := newDevice(t)
	stranger.stored = d.stored // the server knows another key
	if _, err := stranger.login(t, party, stranger.authenticator); !errors.Is(err, account.ErrWrong) {
		t.Errorf("a key that nobody knows: %v, want ErrWrong", err)
	}
	_, state, err := credential.Passkeys{}.BeginLogin(here)
	if err != nil {
		t.Fatal(err)
	}
	for _, response := range []string{"", "{}", `{"id":1}`, "null"} {
		_, err := credential.Passkeys{}.FinishLogin(here, account.Answer{State: state, Response: []byte(response)}, d.find)
		if !errors.Is(err, account.ErrWrong) {
			t.Errorf("response %q: %v, want ErrWrong", response, err)
		}
		_, err = credential.Passkeys{}.FinishRegister(here, anna, account.Answer{State: state, Response: []byte(response)})
		if !errors.Is(err, account.ErrWrong) {
			t.Errorf("registration %q: %v, want ErrWrong", response, err)
		}
	}
}
