package httpapi

import (
	"net/http"

	"kibitz/internal/account"
	"kibitz/internal/wire"
)

// privacy is account.Privacy in a message.
type privacy struct {
	Challenge account.Audience `json:"challenge"`
	Chat      account.Audience `json:"chat"`
	Hidden    bool             `json:"hidden"`
}

// myAccount is what a user is told of their own account, and nobody else is.
type myAccount struct {
	Email         string  `json:"email"`
	CreatedMillis int64   `json:"created_at"`
	Password      bool    `json:"password"`
	TOTP          bool    `json:"totp"`
	CodesLeft     int     `json:"recovery_codes_left"`
	Renamed       bool    `json:"renamed"`
	Privacy       privacy `json:"privacy"`
}

// getMe tells who is signed in; of a registered user also the account.
func (s *Server) getMe(w http.ResponseWriter, r *http.Request) {
	login, err := s.login(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.tellMe(w, r, login.User.ID)
}

// tellMe answers with a user's own account.
func (s *Server) tellMe(w http.ResponseWriter, r *http.Request, id account.ID) {
	a, err := s.cfg.Accounts.Account(r.Context(), id)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	body := struct {
		User    *wire.User `json:"user"`
		Account *myAccount `json:"account,omitempty"`
	}{User: wire.UserOf(&a.User)}
	if !a.Guest {
		body.Account = myAccountOf(a)
	}
	answer(w, http.StatusOK, body)
}

func myAccountOf(a account.Account) *myAccount {
	return &myAccount{
		Email: a.Email, CreatedMillis: a.Created.UnixMilli(), Password: a.Password != "", TOTP: a.TOTP.On,
		CodesLeft: len(a.Recovery), Renamed: !a.Renamed.IsZero(), Privacy: privacy(a.Privacy),
	}
}
