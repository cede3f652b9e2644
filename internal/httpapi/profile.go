package httpapi

import (
	"context"
	"errors"
	"net/http"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/game"
)

// profile is what everybody may know of somebody.
type profile struct {
	User struct {
		ID    account.ID `json:"id"`
		Name  string     `json:"name"`
		Guest bool       `json:"guest"`
		Role  string     `json:"role"`
	} `json:"user"`
	// Online and SeenMillis are left out for who hides that.
	Online         *bool          `json:"online,omitempty"`
	SeenMillis     *int64         `json:"seen_at,omitempty"`
	JoinedMillis   int64          `json:"joined_at"`
	PlaytimeMillis int64          `json:"playtime_ms"`
	Counts         gameCounts     `json:"counts"`
	Ratings        []ratingAnswer `json:"ratings"`
	You            *profileYou    `json:"you,omitempty"`
}

type gameCounts struct {
	Games   int `json:"games"`
	Rated   int `json:"rated"`
	Win     int `json:"win"`
	Draw    int `json:"draw"`
	Loss    int `json:"loss"`
	Playing int `json:"playing"`
}

// profileYou is what is between who asks and whose page it is.
type profileYou struct {
	Self         bool `json:"self"`
	Blocked      bool `json:"blocked"`
	MayChallenge bool `json:"may_challenge"`
}

// getProfile answers with the page of somebody.
func (s *Server) getProfile(r *http.Request) (any, error) {
	a, err := s.person(r, r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	me, err := s.old(r)
	if err != nil {
		return nil, err
	}
	p := profile{JoinedMillis: a.Created.UnixMilli()}
	p.User.ID, p.User.Name, p.User.Guest, p.User.Role = a.ID, a.Name, a.Guest, a.Role.String()
	self := me != nil && me.User.ID == a.ID
	if !a.Privacy.Hidden || self {
		if err := s.presence(r.Context(), a.ID, &p); err != nil {
			return nil, err
		}
	}
	if err := s.count(r.Context(), a.ID, &p); err != nil {
		return nil, err
	}
	if p.Ratings, err = s.ratingsOf(r.Context(), a.ID); err != nil {
		return nil, err
	}
	if me != nil {
		p.You, err = s.between(r.Context(), me.User, a)
	}
	return p, err
}

// presence says whether somebody is online, and when they last were.
func (s *Server) presence(ctx context.Context, user account.ID, p *profile) error {
	online := s.Here(user) || s.cfg.Present(user)
	p.Online = &online
	sessions, err := s.cfg.Accounts.SessionsOf(ctx, user)
	if err != nil {
		return err
	}
	var seen time.Time
	for _, session := range sessions {
		if session.Seen.After(seen) {
			seen = session.Seen
		}
	}
	if !seen.IsZero() {
		ms := seen.UnixMilli()
		p.SeenMillis = &ms
	}
	return nil
}

// count sums up the games.
func (s *Server) count(ctx context.Context, user account.ID, p *profile) error {
	for _, t := range s.cfg.Host.Running(ctx, user) {
		if t.Viewer.Seat != game.NoSeat { // not an invitation
			p.Counts.Playing++
		}
	}
	if s.lib.Counts == nil {
		return nil
	}
	stats, err := s.lib.Counts.Stats(ctx, user)
	if err != nil || len(stats) == 0 {
		return err
	}
	all := stats[0]
	p.PlaytimeMillis = all.Played.Milliseconds()
	p.Counts = gameCounts{
		Games: all.Games(), Rated: all.Rated, Win: all.Wins, Draw: all.Draws, Loss: all.Losses, Playing: p.Counts.Playing,
	}
	return nil
}

// between says what one user may do with another.
func (s *Server) between(ctx context.Context, me account.User, a account.Account) (*profileYou, error) {
	you := &profileYou{Self: me.ID == a.ID}
	blocked, err := s.cfg.Accounts.BlocksOf(ctx, me.ID)
	if err != nil {
		return nil, err
	}
	for _, u := range blocked {
		you.Blocked = you.Blocked || u.ID == a.ID
	}
	theirs, err := s.cfg.Accounts.BlocksOf(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	you.MayChallenge = !you.Self && a.Privacy.Challenge.Includes(me)
	for _, u := range theirs {
		if u.ID == me.ID {
			you.MayChallenge = false
		}
	}
	return you, nil
}

// maxFound is how many names a search finds.
const maxFound = 20

// getUsers finds people by how their names begin.
func (s *Server) getUsers(r *http.Request) (any, error) {
	q := r.URL.Query()
	limit, err := number(q, "limit", 1, maxFound)
	if err != nil {
		return nil, err
	}
	if limit == 0 {
		limit = 8
	}
	key := account.NameKey(q.Get("prefix"))
	if n := len(key); n < 1 || n > 20 {
		return nil, account.ErrNotFound
	}
	found, err := s.found(r.Context(), key, limit)
	if err != nil {
		return nil, err
	}
	type one struct {
		Name   string     `json:"name"`
		User   account.ID `json:"user"`
		Role   string     `json:"role"`
		Online *bool      `json:"online,omitempty"`
	}
	list := make([]one, 0, len(found))
	for _, u := range found {
		shown := one{Name: u.Name, User: u.ID, Role: u.Role.String()}
		var p profile
		if a, err := s.cfg.Accounts.Account(r.Context(), u.ID); err == nil && !a.Privacy.Hidden {
			if s.presence(r.Context(), u.ID, &p) == nil {
				shown.Online = p.Online
			}
		}
		list = append(list, shown)
	}
	return map[string]any{"users": list}, nil
}

// found returns registered users by the beginning of their names: an equal name
// comes first, since names are listed in order.
func (s *Server) found(ctx context.Context, key string, limit int) ([]account.User, error) {
	var list []account.User
	if a, err := s.cfg.Accounts.Named(ctx, key); err == nil && !a.Guest && !a.Closed {
		list = append(list, a.User)
	} else if err != nil && !errors.Is(err, account.ErrUnknown) {
		return nil, err
	}
	more, err := s.cfg.Accounts.Members(ctx, key, limit)
	if err != nil {
		return nil, err
	}
	for _, u := range more {
		name := account.NameKey(u.Name)
		if len(list) < limit && len(name) > len(key) && name[:len(key)] == key {
			list = append(list, u)
		}
	}
	return list, nil
}

// scoreAnswer counts games by how they went.
type scoreAnswer struct {
	Win  int `json:"win"`
	Draw int `json:"draw"`
	Loss int `json:"loss"`
}

func scoreOf(s archive.Score) scoreAnswer { return scoreAnswer{s.Wins, s.Draws, s.Losses} }

// getAgainst answers with the games of two people against each other.
func (s *Server) getAgainst(r *http.Request) (any, error) {
	a, err := s.person(r, r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	b, err := s.person(r, r.PathValue("other"))
	if err == nil && s.lib.History == nil {
		err = account.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	score, err := s.lib.History.HeadToHead(r.Context(), a.ID, b.ID)
	if err != nil {
		return nil, err
	}
	entries, _, err := s.lib.History.History(r.Context(), a.ID, archive.Filter{Opponent: b.ID}, archive.Page{Size: 1})
	if err != nil {
		return nil, err
	}
	var last map[string]any
	if len(entries) > 0 {
		last = map[string]any{"table": entries[0].Game.ID, "at": entries[0].Game.Ended.UnixMilli()}
	}
	body := scoreOf(score)
	return map[string]any{"win": body.Win, "draw": body.Draw, "loss": body.Loss, "games": score.Games(), "last": last}, nil
}
