package httpapi

import (
	"fmt"
	"net/http"
	"strings"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/wire"
)

// How many accounts, and how many deeds, a page has.
const (
	accountsPage = 50
	deedsPage    = 100
	mostOfAdmin  = 200
)

// admins returns a handler for admins. For anybody else there is nothing at the
// address; what an admin may do is asked of the store every time.
func (s *Server) admins(do func(w http.ResponseWriter, r *http.Request, me account.Login, as account.Admin) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		login, err := s.login(r)
		var a account.Account
		if err == nil {
			a, err = s.cfg.Accounts.Account(r.Context(), login.User.ID)
		}
		if err != nil || a.Role != account.RoleAdmin || a.Closed {
			s.noSuchAddress(w, r)
			return
		}
		body, err := do(w, r, login, account.Admin{People: s.people, Actor: a.ID})
		s.finish(w, r, body, err)
	}
}

// knownAccount is an account as admins see it: no secrets.
type knownAccount struct {
	ID            account.ID `json:"id"`
	Name          string     `json:"name"`
	Role          string     `json:"role"`
	CreatedMillis int64      `json:"created_at"`
}

func knownOf(u account.User) knownAccount {
	return knownAccount{u.ID, u.Name, u.Role.String(), unixMilli(u.Created)}
}

// getAccounts lists registered users by name, from the beginning of one on.
func (s *Server) getAccounts(_ http.ResponseWriter, r *http.Request, _ account.Login, _ account.Admin) (any, error) {
	q := r.URL.Query()
	limit, err := number(q, "limit", 1, mostOfAdmin)
	if err != nil {
		return nil, err
	}
	if limit == 0 {
		limit = accountsPage
	}
	prefix, list := account.NameKey(q.Get("prefix")), []knownAccount{}
	after := q.Get("cursor")
	if after == "" {
		if first, err := s.cfg.Accounts.Named(r.Context(), prefix); err == nil && !first.Guest && !first.Closed {
			list = append(list, knownOf(first.User)) // Members begins behind a name
		}
	}
	more, err := s.cfg.Accounts.Members(r.Context(), max(prefix, account.NameKey(after)), limit+1)
	if err != nil {
		return nil, err
	}
	for _, u := range more {
		if strings.HasPrefix(account.NameKey(u.Name), prefix) {
			list = append(list, knownOf(u))
		}
	}
	next := ""
	if len(list) > limit {
		list = list[:limit]
		next = list[limit-1].Name
	}
	return map[string]any{"users": list, "next": next}, nil
}

// postRole changes what a user may do.
func (s *Server) postRole(w http.ResponseWriter, r *http.Request, me account.Login, as account.Admin) (any, error) {
	var body struct {
		Role     string `json:"role"`
		Password string `json:"password"`
	}
	return s.govern(w, r, governed{me, as, &body, &body.Password}, func(of account.User) (any, error) {
		role, err := account.ParseRole(body.Role)
		if err != nil {
			return nil, err
		}
		of.Role = role
		return userAnswer{wire.UserOf(&of)}, as.SetRole(r.Context(), of.ID, role)
	})
}

// postNewName gives a user another name.
func (s *Server) postNewName(w http.ResponseWriter, r *http.Request, me account.Login, as account.Admin) (any, error) {
	var body struct {
		Name     string `json:"name"`
		Password string `json:"password"`
	}
	return s.govern(w, r, governed{me, as, &body, &body.Password}, func(of account.User) (any, error) {
		u, err := as.Rename(r.Context(), of, body.Name)
		return userAnswer{wire.UserOf(&u)}, err
	})
}

// postCloseOf closes somebody's account for ever.
func (s *Server) postCloseOf(w http.ResponseWriter, r *http.Request, me account.Login, as account.Admin) (any, error) {
	var body struct {
		Name     string `json:"name"`
		Password string `json:"password"`
	}
	return s.govern(w, r, governed{me, as, &body, &body.Password}, func(of account.User) (any, error) {
		if body.Name != of.Name {
			return nil, fmt.Errorf("%w: type the name as it is, to show that you mean it", account.ErrInvalid)
		}
		return nil, as.Close(r.Context(), of.ID)
	})
}

// deleteSessionsOf signs somebody out everywhere.
func (s *Server) deleteSessionsOf(w http.ResponseWriter, r *http.Request, me account.Login, as account.Admin) (any, error) {
	var body confirmation
	return s.govern(w, r, governed{me, as, &body, &body.Password}, func(of account.User) (any, error) {
		ended, err := as.SignOut(r.Context(), of.ID)
		return map[string]int{"ended": len(ended)}, err
	})
}

// governed is who changes somebody else's account, and the body of the request
// with the password in it.
type governed struct {
	me       account.Login
	as       account.Admin
	body     any
	password *string
}

// govern confirms a change of somebody's account, does it, and closes their
// sockets, which know them as they were.
func (s *Server) govern(w http.ResponseWriter, r *http.Request, g governed, do func(of account.User) (any, error)) (any, error) {
	if err := s.confirm(w, r, g.me, g.body, g.password); err != nil {
		return nil, err
	}
	of, err := g.as.Named(r.Context(), r.PathValue("name"))
	if err == nil && of.Closed {
		err = account.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	answer, err := do(of.User)
	if err != nil {
		return nil, err
	}
	s.hub.signOutUser(of.ID)
	return answer, nil
}

// getSessionsOf lists where somebody is signed in.
func (s *Server) getSessionsOf(_ http.ResponseWriter, r *http.Request, me account.Login, as account.Admin) (any, error) {
	of, err := as.Named(r.Context(), r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	all, err := as.Sessions(r.Context(), of.ID)
	return map[string]any{"sessions": s.shown(all, me)}, err
}

// deedAnswer is a deed in a message. Names are those of now; closed accounts
// have none.
type deedAnswer struct {
	AtMillis int64           `json:"at"`
	What     account.What    `json:"what"`
	Actor    *deedPerson     `json:"actor"`
	Subject  *deedPerson     `json:"subject"`
	Detail   string          `json:"detail"`
	Outcome  account.Outcome `json:"outcome"`
}

type deedPerson struct {
	ID   account.ID `json:"id"`
	Name string     `json:"name"`
}

// getDeeds lists what was done to accounts, the newest first.
func (s *Server) getDeeds(_ http.ResponseWriter, r *http.Request, _ account.Login, _ account.Admin) (any, error) {
	q := r.URL.Query()
	limit, err := number(q, "limit", 1, mostOfAdmin)
	if err != nil {
		return nil, err
	}
	if limit == 0 {
		limit = deedsPage
	}
	var at account.DeedCursor
	if text := q.Get("cursor"); text != "" {
		if n, err := fmt.Sscanf(text, "%d-%s", &at.AtMillis, &at.ID); n != 2 || err != nil {
			return nil, fmt.Errorf("%w: cursor is what the page before gave", game.ErrMalformed)
		}
	}
	all, err := s.cfg.Accounts.Deeds(r.Context(), at, limit)
	if err != nil {
		return nil, err
	}
	list := make([]deedAnswer, 0, len(all))
	for _, d := range all {
		list = append(list, deedAnswer{
			unixMilli(d.At), d.What, s.personOf(r, d.Actor), s.personOf(r, d.Subject), d.Detail, d.Outcome,
		})
	}
	next := ""
	if len(all) == limit {
		last := all[len(all)-1]
		next = fmt.Sprintf("%d-%s", last.At.UnixMilli(), last.ID)
	}
	return map[string]any{"deeds": list, "next": next}, nil
}

// personOf returns somebody by id; nil for nobody.
func (s *Server) personOf(r *http.Request, id account.ID) *deedPerson {
	if id == "" {
		return nil
	}
	p := &deedPerson{ID: id}
	if u, err := s.cfg.Accounts.User(r.Context(), id); err == nil && !u.Closed {
		p.Name = u.Name
	}
	return p
}
