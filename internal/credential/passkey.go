package credential

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"kibitz/internal/account"
)

// Passkeys speaks WebAuthn level 3: discoverable credentials, with user
// verification, and without attestation.
type Passkeys struct{}

var _ account.Authenticator = Passkeys{}

// site returns WebAuthn for a party.
func site(p account.Party) (*webauthn.WebAuthn, error) {
	w, err := webauthn.New(&webauthn.Config{
		RPID: p.Host, RPDisplayName: "Kibitz", RPOrigins: []string{p.Origin},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
			UserVerification: protocol.VerificationRequired,
		},
	})
	if err != nil {
		return nil, fmt.Errorf("passkeys for %s: %w", p.Origin, err)
	}
	return w, nil
}

// holder is a user as WebAuthn knows one. Ids are random, and say nothing.
type holder struct {
	account.User
	keys []webauthn.Credential
}

func (h *holder) WebAuthnID() []byte                         { return []byte(h.ID) }
func (h *holder) WebAuthnName() string                       { return h.Name }
func (h *holder) WebAuthnDisplayName() string                { return h.Name }
func (h *holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

// load reads the states of passkeys.
func (h *holder) load(all []account.Passkey) error {
	for _, k := range all {
		var c webauthn.Credential
		if err := json.Unmarshal(k.State, &c); err != nil {
			return fmt.Errorf("passkey %s: %w", k.ID, err)
		}
		h.keys = append(h.keys, c)
	}
	return nil
}

// halves writes what the browser gets, and what is kept.
func halves(options any, session *webauthn.SessionData) ([]byte, []byte, error) {
	told, err := json.Marshal(options)
	if err != nil {
		return nil, nil, err
	}
	kept, err := json.Marshal(session)
	return told, kept, err
}

// BeginRegister implements account.Authenticator.
func (Passkeys) BeginRegister(p account.Party, u account.User, has []account.Passkey) (options, state []byte, err error) {
	w, err := site(p)
	if err != nil {
		return nil, nil, err
	}
	h := &holder{User: u}
	if err := h.load(has); err != nil {
		return nil, nil, err
	}
	told, session, err := w.BeginRegistration(h, webauthn.WithExclusions(webauthn.Credentials(h.keys).CredentialDescriptors()))
	if err != nil {
		return nil, nil, fmt.Errorf("passkeys: %w", err)
	}
	return halves(told, session)
}

// FinishRegister implements account.Authenticator.
func (Passkeys) FinishRegister(p account.Party, u account.User, t account.Answer) (account.Passkey, error) {
	w, session, err := resume(p, t)
	if err != nil {
		return account.Passkey{}, err
	}
	response, err := protocol.ParseCredentialCreationResponseBytes(t.Response)
	if err != nil {
		return account.Passkey{}, refusal(err)
	}
	c, err := w.CreateCredential(&holder{User: u}, session, response)
	if err != nil {
		return account.Passkey{}, refusal(err)
	}
	return passkey(u.ID, c)
}

// BeginLogin implements account.Authenticator.
func (Passkeys) BeginLogin(p account.Party) (options, state []byte, err error) {
	w, err := site(p)
	if err != nil {
		return nil, nil, err
	}
	told, session, err := w.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, nil, fmt.Errorf("passkeys: %w", err)
	}
	return halves(told, session)
}

// FinishLogin implements account.Authenticator.
func (Passkeys) FinishLogin(p account.Party, t account.Answer, find func(account.ID) ([]account.Passkey, error)) (account.Passkey, error) {
	w, session, err := resume(p, t)
	if err != nil {
		return account.Passkey{}, err
	}
	response, err := protocol.ParseCredentialRequestResponseBytes(t.Response)
	if err != nil {
		return account.Passkey{}, refusal(err)
	}
	var user account.ID
	var broken error
	_, c, err := w.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
		user = account.ID(handle)
		h := &holder{User: account.User{ID: user}}
		var all []account.Passkey
		if all, broken = find(user); broken == nil {
			broken = h.load(all)
		}
		return h, broken
	}, session, response)
	switch {
	case broken != nil:
		return account.Passkey{}, broken
	case err != nil:
		return account.Passkey{}, refusal(err)
	case c.Authenticator.CloneWarning:
		return account.Passkey{}, refusal(errors.New("the counter went back: there may be two of it"))
	}
	return passkey(user, c)
}

// resume takes a ceremony up again.
func resume(p account.Party, t account.Answer) (*webauthn.WebAuthn, webauthn.SessionData, error) {
	var session webauthn.SessionData
	if err := json.Unmarshal(t.State, &session); err != nil {
		return nil, session, fmt.Errorf("passkeys: %w", err)
	}
	w, err := site(p)
	return w, session, err
}

// passkey writes a credential to be stored.
func passkey(user account.ID, c *webauthn.Credential) (account.Passkey, error) {
	state, err := json.Marshal(c)
	if err != nil {
		return account.Passkey{}, err
	}
	return account.Passkey{ID: base64.RawURLEncoding.EncodeToString(c.ID), User: user, State: state}, nil
}

// refusal is what a response gets that proves nothing; why is for the log.
func refusal(why error) error { return fmt.Errorf("passkey: %w (%w)", account.ErrWrong, why) }
