package httpapi

import (
	"net/http"
	"time"

	"kibitz/internal/account"
)

// myPasskey is a passkey as its owner sees it.
type myPasskey struct {
	ID            string `json:"id"`
	Name          string `json:"name"`
	CreatedMillis int64  `json:"created_at"`
	UsedMillis    int64  `json:"used_at"`
}

// unixMilli is a time in a message: 0 is never.
func unixMilli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func myPasskeyOf(k account.Passkey) myPasskey {
	return myPasskey{ID: k.ID, Name: k.Name, CreatedMillis: unixMilli(k.Created), UsedMillis: unixMilli(k.Used)}
}

// getPasskeys lists a user's passkeys.
func (s *Server) getPasskeys(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	all, err := s.cfg.Accounts.PasskeysOf(r.Context(), me.User.ID)
	list := make([]myPasskey, 0, len(all))
	for _, k := range all {
		list = append(list, myPasskeyOf(k))
	}
	return map[string]any{"passkeys": list}, err
}

// postMyPasskeyOptions begins the registration of a passkey.
func (s *Server) postMyPasskeyOptions(w http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	var body confirmation
	if err := s.confirm(w, r, me, &body, &body.Password); err != nil {
		return nil, err
	}
	at, err := s.party(r)
	if err != nil {
		return nil, err
	}
	options, state, err := s.people.BeginPasskey(r.Context(), me.User, at)
	if err != nil {
		return nil, err
	}
	return s.begin(account.Ticket{Kind: account.TicketRegister, User: me.User.ID, State: state}, options)
}

// postPasskey ends the registration of a passkey.
func (s *Server) postPasskey(w http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	var body passkeyAnswer
	if err := read(w, r, &body); err != nil {
		return nil, err
	}
	at, err := s.party(r)
	if err != nil {
		return nil, err
	}
	ticket, err := s.tickets.Take(body.Ticket, account.TicketRegister, s.cfg.Now())
	if err != nil {
		return nil, err
	}
	if ticket.User != me.User.ID {
		return nil, account.ErrWrong
	}
	k, err := s.people.AddPasskey(r.Context(), me.User, account.Registration{
		At: at, Name: body.Name, Answer: account.Answer{State: ticket.State, Response: body.Credential},
	})
	if err != nil {
		s.refused(r, "new passkey", err)
		return nil, hidden(err)
	}
	s.note(r, me, "passkey added")
	return created{myPasskeyOf(k)}, nil
}

// deletePasskey forgets a passkey.
func (s *Server) deletePasskey(w http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	var body confirmation
	if err := s.confirm(w, r, me, &body, &body.Password); err != nil {
		return nil, err
	}
	err := s.people.RemovePasskey(r.Context(), me.User.ID, r.PathValue("id"))
	if err == nil {
		s.note(r, me, "passkey removed")
	}
	return nil, err
}
