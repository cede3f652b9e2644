package httpapi

import (
	"net/http"

	"kibitz/internal/account"
)

// mySession is a session as its owner sees it.
type mySession struct {
	ID            account.SessionID `json:"id"`
	Device        string            `json:"device"`
	Browser       string            `json:"browser"`
	Addr          string            `json:"addr"`
	CreatedMillis int64             `json:"created_at"`
	SeenMillis    int64             `json:"seen_at"`
	Current       bool              `json:"current"`
}

// getSessions lists where a user is signed in.
func (s *Server) getSessions(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	all, err := s.cfg.Accounts.SessionsOf(r.Context(), me.User.ID)
	return map[string]any{"sessions": s.shown(all, me)}, err
}

// shown returns the sessions that have not ended, as they are listed.
func (s *Server) shown(all []account.Session, me account.Login) []mySession {
	list := make([]mySession, 0, len(all))
	for _, x := range all {
		if x.Ended(s.cfg.Now()) {
			continue
		}
		one := mySession{
			ID: x.ID(), Device: x.Client.Device, Browser: x.Client.Browser, Current: x.Hash == me.Session.Hash,
			CreatedMillis: unixMilli(x.Created), SeenMillis: unixMilli(x.Seen),
		}
		if x.Client.Addr.IsValid() {
			one.Addr = x.Client.Addr.String()
		}
		list = append(list, one)
	}
	return list
}

// deleteSessions signs out everywhere else.
func (s *Server) deleteSessions(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	ended, err := s.cfg.Accounts.EndOthers(r.Context(), me.User.ID, me.Session.Hash)
	if err != nil {
		return nil, err
	}
	s.hub.signOut(ended...)
	s.note(r, me, "signed out elsewhere")
	return map[string]int{"ended": len(ended)}, nil
}

// deleteOneSession signs out in one place.
func (s *Server) deleteOneSession(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	all, err := s.cfg.Accounts.SessionsOf(r.Context(), me.User.ID)
	if err != nil {
		return nil, err
	}
	for _, x := range all {
		if string(x.ID()) != r.PathValue("id") {
			continue
		}
		if err := s.cfg.Accounts.End(r.Context(), x.Hash); err != nil {
			return nil, err
		}
		s.hub.signOut(x.Hash)
		s.note(r, me, "session ended")
		return nil, nil
	}
	return nil, account.ErrNotFound
}
