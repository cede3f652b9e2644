package lichessapi

import (
	"context"
	"errors"
	"net/http"
	"sync"

	"kibitz/internal/table"
)

// maxFollowed is how many games one stream is about.
const maxFollowed = 500

// followKey names a stream of games: clients choose its last word.
type followKey struct{ owner, stream string }

// follower is an open stream about games of a list, which grows. Its list belongs
// to followers.mu.
type follower struct {
	*eventStream
	list map[table.ID]struct{}
}

// followers knows the open streams about games of lists. It is safe for concurrent
// use.
type followers struct {
	mu   sync.Mutex
	open map[followKey]*follower
	// games are the streams about a game.
	games map[table.ID]map[*follower]struct{}
}

func newFollowers() *followers {
	return &followers{open: make(map[followKey]*follower), games: make(map[table.ID]map[*follower]struct{})}
}

// enter opens a stream, and ends an older one of the same name.
func (x *followers) enter(key followKey, p *follower) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if old := x.open[key]; old != nil {
		old.end()
	}
	x.open[key] = p
}

// leave forgets a stream.
func (x *followers) leave(key followKey, p *follower) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.open[key] == p {
		delete(x.open, key)
	}
	for id := range p.list {
		delete(x.games[id], p)
		if len(x.games[id]) == 0 {
			delete(x.games, id)
		}
	}
}

// add adds games to the stream of a name, which then tells how they stand.
func (x *followers) add(key followKey, ids []table.ID) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	p := x.open[key]
	if p == nil {
		return errNotFound
	}
	if len(p.list)+len(ids) > maxFollowed {
		return refuse(http.StatusBadRequest, "At most %d games in a stream", maxFollowed)
	}
	for _, id := range ids {
		if _, has := p.list[id]; has {
			continue
		}
		p.list[id] = struct{}{}
		if x.games[id] == nil {
			x.games[id] = make(map[*follower]struct{})
		}
		x.games[id][p] = struct{}{}
		p.touch(id)
	}
	return nil
}

// touch tells the streams about a game that it has changed.
func (x *followers) touch(id table.ID) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for p := range x.games[id] {
		p.touch(id)
	}
}

// followKeyOf names the stream of a request: those of a user are the user's own,
// and others belong to an address.
func (s *Server) followKeyOf(r *http.Request, c caller) followKey {
	owner := string(c.user.ID)
	if owner == "" {
		owner = "at " + s.cfg.ClientAddr(r).String()
	}
	return followKey{owner, r.PathValue("id")}
}

// readFollowed reads a list of games. What can be no id is left out.
func readFollowed(w http.ResponseWriter, r *http.Request) ([]table.ID, error) {
	body, err := read(w, r)
	if err != nil {
		return nil, err
	}
	var ids []table.ID
	for _, text := range words(string(body)) {
		if id, err := parseGame(text); err == nil {
			ids = append(ids, id)
		}
	}
	if len(ids) > maxFollowed {
		return nil, refuse(http.StatusBadRequest, "At most %d games in a stream", maxFollowed)
	}
	return ids, nil
}

// postFollow streams how the games of a list stand: a line for each at once, and
// one when it begins or is over.
func (s *Server) postFollow(w http.ResponseWriter, r *http.Request, c caller) (any, error) {
	ids, err := readFollowed(w, r)
	if err != nil {
		return nil, err
	}
	leave, err := s.strangerStream(r)
	if err != nil {
		return nil, err
	}
	defer leave()
	key, p := s.followKeyOf(r, c), &follower{newEventStream(c), make(map[table.ID]struct{})}
	s.followers.enter(key, p)
	defer s.followers.leave(key, p)
	f := &followFeed{server: s, out: s.openLines(w), told: make(map[table.ID]phase)}
	if f.out.rc.Flush() != nil {
		return nil, nil
	}
	// A stream that a newer one has replaced meanwhile ends at once.
	if s.followers.add(key, ids) == nil {
		s.pump(r.Context(), p.eventStream, f.out, f.tell)
	}
	return nil, nil
}

// postFollowed adds games to a stream that is open.
func (s *Server) postFollowed(w http.ResponseWriter, r *http.Request, c caller) (any, error) {
	ids, err := readFollowed(w, r)
	if err != nil {
		return nil, err
	}
	return done, s.followers.add(s.followKeyOf(r, c), ids)
}

// followFeed writes the games of a list.
type followFeed struct {
	server *Server
	out    *lines
	told   map[table.ID]phase
}

// tell tells that a game runs or is over, if that is news.
func (f *followFeed) tell(ctx context.Context, id table.ID) error {
	snap, err := f.server.snapshot(ctx, id, "")
	if errors.Is(err, table.ErrUnknownTable) {
		return nil // another game, or none
	}
	if err != nil || snap.Waiting {
		return err
	}
	is := playing
	if over(&snap) {
		is = finished
	}
	if f.told[id] >= is {
		return nil
	}
	f.told[id] = is
	return f.out.send(f.server.crowdJSON(&snap))
}
