package lichessapi

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/host"
)

// accountRoutes are the addresses of one's own account, and of tokens.
func (s *Server) accountRoutes() []route {
	return []route{
		{pattern: "GET /api/account", do: s.getAccount},
		{pattern: "GET /api/account/email", scopes: []account.Scope{account.ScopeEmailRead}, do: s.getEmail},
		{pattern: "GET /api/account/preferences", scopes: []account.Scope{account.ScopePreferenceRead}, do: s.getPreferences},
		{pattern: "GET /api/account/kid", scopes: []account.Scope{account.ScopePreferenceRead}, do: s.getKid},
		{pattern: "POST /api/account/kid", do: s.postKid},
		{pattern: "GET /api/account/playing", do: s.getPlaying},
		{pattern: "POST /api/bot/account/upgrade", scopes: botPlay, do: s.postUpgrade},
		{pattern: "POST /api/token", open: true, do: s.postToken},
		{pattern: "DELETE /api/token", do: s.deleteToken},
		{pattern: "POST /api/token/test", open: true, do: s.postTokenTest},
	}
}

func (s *Server) getAccount(_ http.ResponseWriter, r *http.Request, c caller) (any, error) {
	body, err := s.userJSON(r.Context(), s.siteOf(r), c.user)
	if err != nil {
		return nil, err
	}
	body["followable"], body["following"], body["blocking"] = false, false, false
	return body, nil
}

func (s *Server) getEmail(_ http.ResponseWriter, r *http.Request, c caller) (any, error) {
	a, err := s.cfg.Accounts.Account(r.Context(), c.user.ID)
	return object{"email": a.Email}, err
}

// getPreferences answers what a client needs to begin with; the choices of our
// own client are its own.
func (s *Server) getPreferences(http.ResponseWriter, *http.Request, caller) (any, error) {
	return object{"prefs": object{}, "language": "en-GB"}, nil
}

// getKid says that nobody's account is a child's: there is no such mode here.
func (s *Server) getKid(http.ResponseWriter, *http.Request, caller) (any, error) {
	return object{"kid": false}, nil
}

// postKid refuses to make an account a child's.
func (s *Server) postKid(w http.ResponseWriter, r *http.Request, _ caller) (any, error) {
	p, err := readParams(w, r)
	if err == nil && p.flag("v", false) {
		err = refuse(http.StatusBadRequest, "There is no kid mode here")
	}
	return done, err
}

// getPlaying lists the games that the caller plays, the most urgent first.
func (s *Server) getPlaying(w http.ResponseWriter, r *http.Request, c caller) (any, error) {
	p, err := readParams(w, r)
	if err != nil {
		return nil, err
	}
	most, err := p.number("nb", 9, 1, 50)
	if err != nil {
		return nil, err
	}
	mine := slices.DeleteFunc(s.cfg.Host.Running(r.Context(), c.user.ID), func(t host.Summary) bool {
		return t.Waiting || t.Viewer.Seat == game.NoSeat
	})
	slices.SortStableFunc(mine, func(a, b host.Summary) int {
		return cmp.Or(cmp.Compare(urgency(a), urgency(b)), a.Created.Compare(b.Created))
	})
	list, turns := []object{}, 0
	for _, t := range mine {
		snap, err := s.snapshot(r.Context(), t.Table, c.user.ID)
		if err != nil || over(&snap) {
			continue // it has just ended, or is no game of chess
		}
		g := s.gameJSON(r.Context(), &snap, c.user.ID)
		if g["isMyTurn"] == true {
			turns++
		}
		if len(list) < most {
			list = append(list, g)
		}
	}
	return object{"nowPlaying": list, "nbMyTurn": turns}, nil
}

// urgency orders games: those with one's own turn by the time that is left.
func urgency(t host.Summary) time.Duration {
	switch {
	case !t.ToAct.Has(t.Viewer.Seat):
		return 1 << 62
	case t.Clocks == nil || int(t.Viewer.Seat) >= len(t.Clocks.Remaining):
		return 1 << 61
	}
	return t.Clocks.Remaining[t.Viewer.Seat]
}

// postUpgrade makes the caller a bot, for ever. Who has played cannot become
// one: their games and ratings are a person's.
func (s *Server) postUpgrade(_ http.ResponseWriter, r *http.Request, c caller) (any, error) {
	switch {
	case c.bot():
		return nil, refuse(http.StatusBadRequest, "This account is a bot already")
	case c.user.Guest || c.user.Role != account.RoleUser && c.user.Role != "":
		return nil, refuse(http.StatusBadRequest, "This account cannot become a bot")
	}
	played, err := s.played(r.Context(), c.user.ID)
	if err != nil {
		return nil, err
	}
	if played {
		return nil, refuse(http.StatusBadRequest, "You already have games played. Make a new account.")
	}
	if err := s.people.SetRole(r.Context(), c.user.ID, account.RoleBot); err != nil {
		return nil, err
	}
	s.titles.set(c.user.ID, true)
	s.cfg.Log.Info("account", "event", "became a bot", "user", c.user.ID)
	return done, nil
}

// played reports whether somebody has played, or plays, a game.
func (s *Server) played(ctx context.Context, user account.ID) (bool, error) {
	for _, t := range s.cfg.Host.Running(ctx, user) {
		if !t.Waiting {
			return true, nil
		}
	}
	if s.cfg.Counts == nil {
		return false, nil
	}
	stats, err := s.cfg.Counts.Stats(ctx, user)
	if err != nil {
		return false, fmt.Errorf("games of %s: %w", user, err)
	}
	return len(stats) > 0 && stats[0].Games() > 0, nil
}

// maxTokens is how many tokens are tested at a time.
const maxTokens = 1000

// postTokenTest tells whose tokens are, and what they may do.
func (s *Server) postTokenTest(w http.ResponseWriter, r *http.Request, _ caller) (any, error) {
	if err := s.limits.address(&tokensOfAddress, s.cfg.ClientAddr(r), s.cfg.Now()); err != nil {
		return nil, err
	}
	body, err := read(w, r)
	if err != nil {
		return nil, err
	}
	list := words(string(body))
	if len(list) > maxTokens {
		return nil, refuse(http.StatusBadRequest, "At most %d tokens", maxTokens)
	}
	told := object{}
	for _, token := range list {
		about, err := s.people.About(r.Context(), token)
		switch {
		case errors.Is(err, account.ErrNotSignedIn) || errors.Is(err, account.ErrUnknown):
			told[token] = nil
		case err != nil:
			return nil, err
		default:
			told[token] = object{
				"userId": userID(about.User.Name), "scopes": scopeList(about.Token.Scopes, ","),
				"expires": about.Token.Expires.UnixMilli(),
			}
		}
	}
	return told, nil
}

// postToken gives a program its token (RFC 6749 4.1.3).
func (s *Server) postToken(w http.ResponseWriter, r *http.Request, _ caller) (any, error) {
	if err := s.limits.address(&tokensOfAddress, s.cfg.ClientAddr(r), s.cfg.Now()); err != nil {
		return nil, err
	}
	p, err := readParams(w, r)
	if err != nil {
		return nil, err
	}
	for _, field := range []string{"grant_type", "code", "code_verifier", "redirect_uri", "client_id"} {
		if p[field] == "" {
			return oauthError(w, "invalid_request", field+" required")
		}
	}
	if p["grant_type"] != "authorization_code" {
		return oauthError(w, "unsupported_grant_type", "only authorization_code is supported")
	}
	t, secret, err := s.people.Exchange(r.Context(), account.Claim{
		Code: p["code"], Verifier: p["code_verifier"], Client: p["client_id"], Redirect: p["redirect_uri"],
	})
	for _, sentinel := range []error{account.ErrGrantRequest, account.ErrGrant} {
		if errors.Is(err, sentinel) {
			return oauthError(w, sentinel.Error(), reason(err, sentinel))
		}
	}
	if err != nil {
		return nil, err
	}
	return object{
		"token_type": "Bearer", "access_token": secret, "expires_in": int(t.Expires.Sub(t.Created).Seconds()),
		"scope": strings.ReplaceAll(scopeList(t.Scopes, " "), ",", " "),
	}, nil
}

// oauthError answers with an error of RFC 6749 5.2.
func oauthError(w http.ResponseWriter, code, description string) (any, error) {
	answer(w, http.StatusBadRequest, object{"error": code, "error_description": description})
	return nil, nil
}

// deleteToken voids the token that the request comes with.
func (s *Server) deleteToken(w http.ResponseWriter, r *http.Request, c caller) (any, error) {
	t, err := s.cfg.Accounts.Token(r.Context(), c.hash)
	if err != nil {
		return nil, err
	}
	if _, err := s.cfg.Accounts.RemoveToken(r.Context(), c.user.ID, t.ID); err != nil {
		return nil, err
	}
	s.streams.endToken(c.hash)
	s.cfg.Revoked(c.hash)
	w.WriteHeader(http.StatusNoContent)
	return nil, nil
}
