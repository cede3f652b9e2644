package lichessapi

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/chess"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// maxCrowd is how many users one stream is about.
const maxCrowd = 300

// postCrowd streams the games between users of a list: a line when one begins,
// and one when it is over.
func (s *Server) postCrowd(w http.ResponseWriter, r *http.Request, c caller) (any, error) {
	body, err := read(w, r)
	if err != nil {
		return nil, err
	}
	users, err := s.crowd(r.Context(), words(string(body)))
	if err != nil {
		return nil, err
	}
	leave, err := s.strangerStream(r)
	if err != nil {
		return nil, err
	}
	defer leave()
	e := newEventStream(c)
	defer s.streams.addCrowd(e, users)() // before the first look, so that nothing falls between
	f := &crowdFeed{server: s, users: users, out: s.openLines(w), told: make(map[table.ID]phase), since: s.cfg.Now().Truncate(time.Millisecond)}
	// The head of the answer says that what runs is noted: its end will be told.
	if f.begin(r.Context(), truthy(r.URL.Query().Get("withCurrentGames"))) != nil || f.out.rc.Flush() != nil {
		return nil, nil
	}
	s.pump(r.Context(), e, f.out, f.tell)
	return nil, nil
}

// crowd returns the users of a list. Names of nobody are left out.
func (s *Server) crowd(ctx context.Context, names []string) (map[account.ID]bool, error) {
	if len(names) > maxCrowd {
		return nil, refuse(http.StatusBadRequest, "At most %d users", maxCrowd)
	}
	users := make(map[account.ID]bool, len(names))
	for _, name := range names {
		switch a, err := s.named(ctx, name); {
		case err == nil:
			users[a.ID] = true
		case !errors.Is(err, errNotFound):
			return nil, err
		}
	}
	return users, nil
}

// crowdFeed writes the games between some users.
type crowdFeed struct {
	server *Server
	users  map[account.ID]bool
	out    *lines
	since  time.Time
	// told is what is known of games: that they run, or that they are over.
	told map[table.ID]phase
}

// begin notes the games that run, and tells of them if that is wanted.
func (f *crowdFeed) begin(ctx context.Context, tell bool) error {
	for user := range f.users {
		for _, t := range f.server.cfg.Host.Running(ctx, user) {
			if t.Waiting || t.Viewer.Seat == game.NoSeat || t.Setup.Kind != chess.Kind {
				continue
			}
			if !tell {
				f.told[t.Table] = playing
			} else if err := f.tell(ctx, t.Table); err != nil {
				return err
			}
		}
	}
	return nil
}

// tell tells that a game of the crowd has begun or is over, if that is news.
func (f *crowdFeed) tell(ctx context.Context, id table.ID) error {
	snap, err := f.server.snapshot(ctx, id, "")
	if errors.Is(err, table.ErrUnknownTable) {
		return nil // another game, or none
	}
	if err != nil || snap.Waiting || !f.among(&snap) {
		return err
	}
	was, is := f.told[id], playing
	if over(&snap) {
		is = finished
	}
	f.note(id, is)
	if was >= is || was == unknown && is == finished && snap.Created.Before(f.since) {
		return nil // it was told, or over before anybody asked
	}
	return f.out.send(f.server.crowdJSON(&snap))
}

// note notes how far a game is. Of too many, those that are over are forgotten.
func (f *crowdFeed) note(id table.ID, is phase) {
	if len(f.told) >= maxNotes {
		maps.DeleteFunc(f.told, func(_ table.ID, p phase) bool { return p == finished })
	}
	f.told[id] = is
}

// among reports whether both players are of the list.
func (f *crowdFeed) among(snap *table.Snapshot) bool {
	for _, p := range snap.Setup.Seats {
		if !f.users[p.ID] {
			return false
		}
	}
	return true
}

// crowdJSON describes a game in few words.
func (s *Server) crowdJSON(snap *table.Snapshot) object {
	v, _ := boardOf(snap)
	kind, speed, state := variantOf(v), snap.Setup.Control.Speed(), statusOf(snap)
	players := object{}
	for i, p := range snap.Setup.Seats {
		one := object{"userId": userID(p.Name)}
		put(one, "rating", p.Rating)
		put(one, "provisional", p.Provisional)
		players[color(game.Seat(i))] = one
	}
	o := object{
		"id": snap.Table, "rated": snap.Setup.Rated, "variant": kind.Key, "speed": speed, "perf": perfKey(kind, speed),
		"createdAt": snap.Created.UnixMilli(), "status": state.ID, "statusName": state.Name, "players": players,
		"source": sources[snap.Setup.Origin],
	}
	put(o, "winner", winner(v))
	putControl(o, snap.Setup.Control)
	return o
}
