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
	"kibitz/internal/archive"
	"kibitz/internal/game"
)

// peopleRoutes are the addresses of people.
func (s *Server) peopleRoutes() []route {
	return []route{
		{pattern: "GET /api/user/{username}", open: true, do: s.getUser},
		{pattern: "POST /api/users", open: true, do: s.postUsers},
		{pattern: "GET /api/users/status", open: true, do: s.getStatus},
		{pattern: "GET /api/user/{username}/rating-history", open: true, do: s.getRatingHistory},
		{pattern: "GET /api/user/{username}/perf/{perf}", open: true, do: s.getPerf},
		{pattern: "GET /api/crosstable/{one}/{two}", open: true, do: s.getCrosstable},
		{pattern: "GET /api/player", open: true, do: s.getPlayers},
		{pattern: "GET /api/player/top/{nb}/{perf}", open: true, do: s.getTop},
		{pattern: "GET /api/player/autocomplete", open: true, do: s.getAutocomplete},
		{pattern: "GET /api/bot/online", open: true, do: s.getBotsOnline, stream: true},
	}
}

// named returns somebody by name. Guests have no page.
func (s *Server) named(ctx context.Context, name string) (account.Account, error) {
	a, err := s.cfg.Accounts.Named(ctx, name)
	if errors.Is(err, account.ErrUnknown) || err == nil && a.Guest {
		return a, errNotFound
	}
	return a, err
}

// siteOf is the address of this server, as the request found it.
func (s *Server) siteOf(r *http.Request) string {
	switch {
	case s.cfg.PublicURL != "":
		return s.cfg.PublicURL
	case s.cfg.Secure || r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// userJSON describes a user to everybody.
func (s *Server) userJSON(ctx context.Context, site string, u account.User) (object, error) {
	o := object{"id": userID(u.Name), "username": u.Name}
	if u.Closed {
		o["disabled"] = true
		return o, nil
	}
	if u.Role == account.RoleBot {
		o["title"] = "BOT"
	}
	perfs, err := s.perfs(ctx, u.ID)
	if err != nil {
		return nil, err
	}
	o["perfs"], o["createdAt"], o["url"] = perfs, u.Created.UnixMilli(), site+"/@/"+u.Name
	o["seenAt"] = s.seen(ctx, u)
	return o, s.count(ctx, site, u.ID, o)
}

// seen is when somebody was last here: now, for who is.
func (s *Server) seen(ctx context.Context, u account.User) int64 {
	if s.online(u.ID) {
		return s.cfg.Now().UnixMilli()
	}
	last := u.Created
	if sessions, err := s.cfg.Accounts.SessionsOf(ctx, u.ID); err == nil && len(sessions) > 0 {
		if seen := sessions[0].Seen; seen.After(last) {
			last = seen
		}
	}
	if tokens, err := s.cfg.Accounts.TokensOf(ctx, u.ID); err == nil {
		for _, t := range tokens {
			if t.Used.After(last) {
				last = t.Used
			}
		}
	}
	return last.UnixMilli()
}

// perfs are the ratings of a user: a new one begins with the same everywhere.
func (s *Server) perfs(ctx context.Context, user account.ID) (object, error) {
	all := object{}
	for _, key := range perfKeys {
		all[key] = object{"games": 0, "rating": 1500, "rd": 500, "prog": 0, "prov": true}
	}
	if s.cfg.Ratings == nil {
		return all, nil
	}
	list, err := s.cfg.Ratings.Ratings(ctx, user)
	if err != nil {
		return nil, fmt.Errorf("ratings of %s: %w", user, err)
	}
	for _, r := range list {
		o := object{"games": r.Games, "rating": r.Rounded(), "rd": int(r.Deviation), "prog": 0}
		put(o, "prov", r.Provisional())
		all[string(r.Ladder)] = o
	}
	return all, nil
}

// count adds how many games there are of a user, and which one runs.
func (s *Server) count(ctx context.Context, site string, user account.ID, o object) error {
	counts, played := map[string]int{
		"all": 0, "rated": 0, "ai": 0, "draw": 0, "drawH": 0, "loss": 0, "lossH": 0, "win": 0, "winH": 0,
		"bookmark": 0, "playing": 0, "import": 0, "me": 0,
	}, time.Duration(0)
	for _, t := range s.cfg.Host.Running(ctx, user) {
		if !t.Waiting && t.Viewer.Seat != game.NoSeat {
			counts["playing"]++
			o["playing"] = site + "/g/" + string(t.Table) + "/" + color(t.Viewer.Seat&1)
		}
	}
	if s.cfg.Counts != nil {
		stats, err := s.cfg.Counts.Stats(ctx, user)
		if err != nil {
			return fmt.Errorf("statistics of %s: %w", user, err)
		}
		if len(stats) > 0 {
			all := stats[0]
			played = all.Played
			counts["all"], counts["rated"] = all.Games(), all.Rated
			counts["win"], counts["draw"], counts["loss"] = all.Wins, all.Draws, all.Losses
			counts["winH"], counts["drawH"], counts["lossH"] = all.Wins, all.Draws, all.Losses
		}
	}
	o["count"], o["playTime"] = counts, object{"total": int(played.Seconds()), "tv": 0}
	return nil
}

// getUser describes one user.
func (s *Server) getUser(_ http.ResponseWriter, r *http.Request, c caller) (any, error) {
	a, err := s.named(r.Context(), r.PathValue("username"))
	if err != nil {
		return nil, err
	}
	o, err := s.userJSON(r.Context(), s.siteOf(r), a.User)
	if err != nil || c.user.ID == "" || a.Closed {
		return o, err
	}
	blocking, err := s.cfg.Accounts.Blocked(r.Context(), c.user.ID, a.ID)
	o["followable"], o["following"], o["blocking"] = false, false, blocking
	return o, err
}

// The most names in one request.
const (
	maxNames  = 300
	maxStatus = 100
)

// postUsers describes many users. Names that nobody has are left out.
func (s *Server) postUsers(w http.ResponseWriter, r *http.Request, _ caller) (any, error) {
	body, err := read(w, r)
	if err != nil {
		return nil, err
	}
	names := words(string(body))
	if len(names) > maxNames {
		return nil, refuse(http.StatusBadRequest, "At most %d names", maxNames)
	}
	list := []object{}
	for _, name := range names {
		a, err := s.named(r.Context(), name)
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		o, err := s.userJSON(r.Context(), s.siteOf(r), a.User)
		if err != nil {
			return nil, err
		}
		list = append(list, o)
	}
	return list, nil
}

// getStatus tells who is online and plays.
func (s *Server) getStatus(w http.ResponseWriter, r *http.Request, c caller) (any, error) {
	p, err := readParams(w, r)
	if err != nil {
		return nil, err
	}
	names := words(p["ids"])
	if len(names) > maxStatus {
		return nil, refuse(http.StatusBadRequest, "At most %d names", maxStatus)
	}
	list := []object{}
	for _, name := range names {
		a, err := s.named(r.Context(), name)
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, s.statusJSON(r.Context(), a, c, p))
	}
	return list, nil
}

// statusJSON tells of one user. Who hides is not seen by others.
func (s *Server) statusJSON(ctx context.Context, a account.Account, c caller, p params) object {
	o := object{"id": userID(a.Name), "name": a.Name}
	put(o, "title", s.titles.of(ctx, a.ID))
	put(o, "online", s.online(a.ID) && (!a.Privacy.Hidden || a.ID == c.user.ID))
	for _, t := range s.cfg.Host.Running(ctx, a.ID) {
		if t.Waiting || t.Viewer.Seat == game.NoSeat {
			continue
		}
		o["playing"] = true
		if p.flag("withGameIds", false) {
			o["playingId"] = t.Table
		}
		if p.flag("withGameMetas", false) {
			meta := object{"id": t.Table}
			if !t.Setup.Control.Unlimited() {
				meta["clock"] = t.Setup.Control.String()
			}
			o["playing"] = meta
		}
		break
	}
	if p.flag("withSignal", false) && o["online"] == true {
		o["signal"] = 4
	}
	return o
}

// getAutocomplete finds people by how their names begin.
func (s *Server) getAutocomplete(w http.ResponseWriter, r *http.Request, _ caller) (any, error) {
	p, err := readParams(w, r)
	if err != nil {
		return nil, err
	}
	const shortest, most = 3, 10
	term := strings.ToLower(p["term"])
	if len(term) < shortest || len(term) > 20 {
		return nil, badField("term", "Must have %d to 20 characters", shortest)
	}
	var found []account.User
	if a, err := s.named(r.Context(), term); err == nil && !a.Closed {
		found = append(found, a.User)
	}
	members, err := s.cfg.Accounts.Members(r.Context(), term, most)
	if err != nil {
		return nil, err
	}
	for _, u := range members {
		if name := userID(u.Name); strings.HasPrefix(name, term) && name != term {
			found = append(found, u)
		}
	}
	names, objects := []string{}, []object{}
	for _, u := range found {
		names = append(names, u.Name)
		o := object{"id": userID(u.Name), "name": u.Name}
		put(o, "title", s.titles.of(r.Context(), u.ID))
		put(o, "online", s.online(u.ID))
		objects = append(objects, o)
	}
	if p.flag("object", false) {
		return object{"result": objects}, nil
	}
	return names, nil
}

// allListening returns who holds a stream of events open anywhere, each once.
func (s *Server) allListening(ctx context.Context) []account.User {
	all := append(s.streams.listening(), s.cfg.Listening(ctx)...)
	slices.SortFunc(all, func(a, b account.User) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(all, func(a, b account.User) bool { return a.ID == b.ID })
}

// getBotsOnline lists the bots that hold a stream of events open.
func (s *Server) getBotsOnline(w http.ResponseWriter, r *http.Request, _ caller) (any, error) {
	p, err := readParams(w, r)
	if err != nil {
		return nil, err
	}
	most, err := p.number("nb", 100, 1, 512)
	if err != nil {
		return nil, err
	}
	out := s.openLines(w)
	for _, u := range s.allListening(r.Context()) {
		if most == 0 {
			break
		}
		if !s.titles.bot(r.Context(), u.ID) {
			continue
		}
		u.Role = account.RoleBot
		o, err := s.userJSON(r.Context(), s.siteOf(r), u)
		if err != nil || out.send(o) != nil {
			return nil, nil
		}
		most--
	}
	_ = out.rc.Flush() // the head, at least
	return nil, nil
}

// getCrosstable counts the games of two users against each other.
func (s *Server) getCrosstable(_ http.ResponseWriter, r *http.Request, _ caller) (any, error) {
	one, err := s.named(r.Context(), r.PathValue("one"))
	if err != nil {
		return nil, err
	}
	two, err := s.named(r.Context(), r.PathValue("two"))
	if err != nil {
		return nil, err
	}
	var score archive.Score
	if s.cfg.History != nil {
		if score, err = s.cfg.History.HeadToHead(r.Context(), one.ID, two.ID); err != nil {
			return nil, err
		}
	}
	points := func(wins int) float64 { return float64(wins) + float64(score.Draws)/2 }
	return object{
		"users":   object{userID(one.Name): points(score.Wins), userID(two.Name): points(score.Losses)},
		"nbGames": score.Games(),
	}, nil
}
