package lichessapi

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// challengeRoutes are the addresses of challenges and seeks.
func (s *Server) challengeRoutes() []route {
	read := []account.Scope{account.ScopeChallengeRead, account.ScopeChallengeWrite, account.ScopeBotPlay, account.ScopeBoardPlay}
	return []route{
		{pattern: "GET /api/stream/event", scopes: eventScope, do: s.getEvents, stream: true},
		{pattern: "GET /api/challenge", scopes: read, do: s.getChallenges},
		{pattern: "POST /api/challenge/ai", scopes: challenge, do: s.postAI},
		{pattern: "POST /api/challenge/open", open: true, do: s.postOpen},
		{pattern: "POST /api/challenge/{username}", scopes: challenge, do: s.postChallenge, stream: true},
		{pattern: "GET /api/challenge/{id}/show", scopes: read, do: s.getChallenge},
		{pattern: "POST /api/challenge/{id}/accept", scopes: challenge, do: s.postAccept},
		{pattern: "POST /api/challenge/{id}/decline", scopes: challenge, do: s.postDecline},
		{pattern: "POST /api/challenge/{id}/cancel", scopes: challenge, do: s.postCancel},
		{pattern: "POST /api/board/seek", scopes: boardPlay, do: people(s.postSeek), stream: true},
	}
}

// postChallenge asks somebody for a game.
func (s *Server) postChallenge(w http.ResponseWriter, r *http.Request, c caller) (any, error) {
	p, err := readParams(w, r)
	if err != nil {
		return nil, err
	}
	o, err := readOffer(p)
	if err != nil {
		return nil, err
	}
	if err := s.limits.user(&challengesOfUser, c.user.ID, s.cfg.Now()); err != nil {
		return nil, err
	}
	to, err := s.opponentNamed(r.Context(), c, r.PathValue("username"))
	if err != nil {
		return nil, err
	}
	if token := p["acceptByToken"]; token != "" {
		return s.playAtOnce(r.Context(), c, o, to, token)
	}
	o.setup.Invited = playerOf(to)
	id, _, err := s.make(r.Context(), o, c.player(), table.Player{})
	if err != nil {
		return nil, err
	}
	keep := p.flag("keepAliveStream", false)
	s.note(id, func(n *Note) {
		n.Maker, n.Made, n.Random = c.user.ID, s.cfg.Now(), o.seat == game.NoSeat
		n.Waits = keep || o.setup.Control.Days > 0
	})
	snap, err := s.snapshot(r.Context(), id, c.user.ID)
	if err != nil {
		return nil, err
	}
	body := s.challengeJSON(r.Context(), &snap, c.user.ID)
	if keep {
		return nil, s.keepAlive(w, r, c, id, body)
	}
	return body, nil
}

// playAtOnce makes a game with somebody whose token says that they want to.
func (s *Server) playAtOnce(ctx context.Context, c caller, o offer, to account.User, token string) (any, error) {
	login, scopes, err := s.people.Access(ctx, token)
	accepter := caller{user: login.User, scopes: scopes}
	if err != nil || login.User.ID != to.ID || !accepter.may([]account.Scope{account.ScopeChallengeWrite}) {
		return nil, badField("acceptByToken", "The token is not one of %s, or lacks challenge:write", to.Name)
	}
	id, _, err := s.make(ctx, o, c.player(), playerOf(to))
	if err != nil {
		return nil, err
	}
	snap, err := s.snapshot(ctx, id, c.user.ID)
	if err != nil {
		return nil, err
	}
	g := s.gameJSON(ctx, &snap, c.user.ID)
	g["url"] = s.gameURL(id)
	return object{"game": g}, nil
}

// keepAlive streams a challenge for as long as its maker listens, and what
// came of it.
func (s *Server) keepAlive(w http.ResponseWriter, r *http.Request, c caller, id table.ID, body object) error {
	if err := s.streams.enter(string(c.user.ID), streamsOfUser); err != nil {
		return err
	}
	defer s.streams.leave(string(c.user.ID))
	e := newEventStream(c)
	e.hash = account.TokenHash{} // it replaces no stream of events
	s.streams.addEvents(e)
	defer s.streams.removeEvents(e)
	out := s.openLines(w)
	if out.send(body) != nil {
		return s.abandon(id, c)
	}
	p := time.NewTicker(s.cfg.KeepAlive)
	defer p.Stop()
	for {
		switch s.await(r.Context(), p, e.wake, e.done) {
		case closed:
			return s.abandon(id, c)
		case beat:
			if out.blank() != nil {
				return s.abandon(id, c)
			}
		case woken:
			if came := s.outcome(r.Context(), id, c); came != "" {
				_ = out.send(object{"done": came}) // nobody is there to be told
				return nil
			}
		}
	}
}

// abandon takes back a challenge whose maker is gone.
func (s *Server) abandon(id table.ID, c caller) error {
	ctx, cancel := context.WithTimeout(context.Background(), answerTime)
	defer cancel()
	_ = s.do(ctx, id, c.player(), "cancel", nil) // it may have been answered
	return nil
}

// outcome says what came of a challenge, nothing while it waits.
func (s *Server) outcome(ctx context.Context, id table.ID, c caller) string {
	snap, err := s.snapshot(ctx, id, c.user.ID)
	switch {
	case err != nil || snap.Waiting && !snap.Closed:
		return ""
	case !snap.Waiting:
		return "accepted"
	case s.declined(ctx, &snap):
		return "declined"
	}
	return "canceled"
}

// inviteLife is how long a challenge waits at the most, a little less than the
// table does: one that ended later was given up by nobody.
func inviteLife(snap *table.Snapshot) time.Duration {
	if snap.Setup.Control.Days > 0 {
		return 14*clock.Day - time.Hour
	}
	return 23 * time.Hour
}

// declined reports whether a challenge that is not open any more was declined,
// rather than taken back.
func (s *Server) declined(ctx context.Context, snap *table.Snapshot) bool {
	if s.notes.of(snap.Table).Declined != "" {
		return true
	}
	events, err := s.cfg.Host.Events(ctx, snap.Table, game.Spectator)
	if err != nil || len(events) == 0 {
		return false
	}
	last := events[len(events)-1]
	return last.Seat == game.NoSeat && last.At.Sub(snap.Created) < inviteLife(snap)
}

// postAccept takes a challenge, or the offer of a rematch.
func (s *Server) postAccept(w http.ResponseWriter, r *http.Request, c caller) (any, error) {
	snap, err := s.challenged(r, c)
	if err == nil {
		err = s.together(r.Context(), &snap, c)
	}
	if err != nil {
		return nil, err
	}
	if !snap.Waiting {
		return done, s.do(r.Context(), snap.Table, c.player(), "rematch", nil)
	}
	p, err := readParams(w, r)
	if err != nil {
		return nil, err
	}
	seat, err := readColor(p["color"])
	if err != nil {
		return nil, err
	}
	fields := object{}
	if seat != game.NoSeat && snap.Setup.Invited.Free() {
		fields["seat"] = seat
	}
	err = s.do(r.Context(), snap.Table, s.rated(r.Context(), c.player(), snap.Setup), table.ActionSit, fields)
	if errors.Is(err, table.ErrTaken) || errors.Is(err, table.ErrOver) || errors.Is(err, table.ErrNotAllowed) {
		err = errNotFound
	}
	return done, err
}

// together refuses to bring two people together of whom one blocks the other. It
// does not say so: it could have other reasons.
func (s *Server) together(ctx context.Context, snap *table.Snapshot, c caller) error {
	for _, p := range snap.Setup.Seats {
		if p.Free() || p.House != 0 || p.ID == c.user.ID {
			continue
		}
		may, err := s.people.Together(ctx, c.user.ID, p.ID)
		if err != nil {
			return err
		}
		if !may {
			return errNotFound
		}
	}
	return nil
}

// challenged returns the table of a challenge that the caller may answer: one
// that waits, or a game with the offer of a rematch.
func (s *Server) challenged(r *http.Request, c caller) (table.Snapshot, error) {
	id, err := parseGame(r.PathValue("id"))
	if err != nil {
		return table.Snapshot{}, errNotFound
	}
	snap, err := s.snapshot(r.Context(), id, c.user.ID)
	if errors.Is(err, table.ErrUnknownTable) {
		err = errNotFound
	}
	if err != nil {
		return snap, err
	}
	mine := seatOf(&snap, c.user.ID)
	rematch := snap.RematchBy != game.NoSeat && mine != game.NoSeat && snap.RematchBy != mine && over(&snap)
	open := snap.Waiting && !snap.Closed && mine == game.NoSeat
	invited := snap.Setup.Invited.Free() || snap.Setup.Invited.ID == c.user.ID
	if !rematch && !(open && invited) {
		return snap, errNotFound
	}
	return snap, nil
}

// postDecline declines a challenge, with a reason.
func (s *Server) postDecline(w http.ResponseWriter, r *http.Request, c caller) (any, error) {
	snap, err := s.challenged(r, c)
	if err != nil {
		return nil, err
	}
	if !snap.Waiting {
		return done, s.do(r.Context(), snap.Table, c.player(), "rematch-decline", nil)
	}
	if snap.Setup.Invited.Free() {
		return nil, errNotFound // an open challenge concerns nobody in particular
	}
	p, err := readParams(w, r)
	if err != nil {
		return nil, err
	}
	return done, s.decline(r.Context(), snap.Table, c, p["reason"])
}

// decline declines a challenge. The reason is noted first, for whoever hears
// of it at once.
func (s *Server) decline(ctx context.Context, id table.ID, c caller, reason string) error {
	key := strings.ToLower(reason)
	if _, ok := reasons[key]; !ok {
		key = "generic"
	}
	s.note(id, func(n *Note) { n.Declined = key })
	err := s.do(ctx, id, c.player(), "decline", nil)
	if err != nil {
		s.note(id, func(n *Note) { n.Declined = "" })
	}
	return err
}

// postCancel takes a challenge back. One to the caller is declined by it, and a
// game that has only begun aborted.
func (s *Server) postCancel(_ http.ResponseWriter, r *http.Request, c caller) (any, error) {
	id, err := parseGame(r.PathValue("id"))
	if err != nil {
		return nil, errNotFound
	}
	snap, err := s.snapshot(r.Context(), id, c.user.ID)
	if errors.Is(err, table.ErrUnknownTable) || err == nil && over(&snap) {
		err = errNotFound
	}
	if err != nil {
		return nil, err
	}
	mine := seatOf(&snap, c.user.ID)
	switch {
	case mine == game.NoSeat && snap.Waiting && snap.Setup.Invited.ID == c.user.ID:
		return done, s.decline(r.Context(), id, c, "generic")
	case mine == game.NoSeat:
		return nil, errNotFound
	case snap.Waiting:
		return done, s.do(r.Context(), id, c.player(), "cancel", nil)
	}
	return done, s.do(r.Context(), id, c.player(), "abort", nil)
}

// getChallenge shows one challenge to those whom it concerns.
func (s *Server) getChallenge(_ http.ResponseWriter, r *http.Request, c caller) (any, error) {
	id, err := parseGame(r.PathValue("id"))
	if err != nil {
		return nil, errNotFound
	}
	snap, err := s.snapshot(r.Context(), id, c.user.ID)
	if errors.Is(err, table.ErrUnknownTable) {
		err = errNotFound
	}
	if err != nil {
		return nil, err
	}
	invited := snap.Setup.Invited
	if seatOf(&snap, c.user.ID) == game.NoSeat && !invited.Free() && invited.ID != c.user.ID {
		return nil, errNotFound
	}
	return s.challengeJSON(r.Context(), &snap, c.user.ID), nil
}

// getChallenges lists what waits for an answer.
func (s *Server) getChallenges(_ http.ResponseWriter, r *http.Request, c caller) (any, error) {
	in, out := []object{}, []object{}
	for _, t := range s.cfg.Host.Running(r.Context(), c.user.ID) {
		if !t.Waiting {
			continue
		}
		snap, err := s.snapshot(r.Context(), t.Table, c.user.ID)
		if err != nil || snap.Closed || !snap.Waiting {
			continue // it was answered just now, or is no game of chess
		}
		body := s.challengeJSON(r.Context(), &snap, c.user.ID)
		if seatOf(&snap, c.user.ID) == game.NoSeat {
			in = append(in, body)
		} else {
			out = append(out, body)
		}
	}
	return object{"in": in, "out": out}, nil
}

// expire takes back challenges whose makers are not connected.
func (s *Server) expire() {
	tick := time.NewTicker(max(s.cfg.ChallengeLife/4, 10*time.Millisecond))
	defer tick.Stop()
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-tick.C:
		}
		for id, n := range s.notes.brief(s.cfg.Now().Add(-s.cfg.ChallengeLife)) {
			if s.cfg.Mine(id) {
				s.expireOne(id, n)
			}
		}
	}
}

func (s *Server) expireOne(id table.ID, n Note) {
	ctx, cancel := context.WithTimeout(s.ctx, answerTime)
	defer cancel()
	snap, err := s.cfg.Host.Snapshot(ctx, id, game.Spectator)
	if err != nil || !snap.Waiting || snap.Closed {
		s.notes.settled(id)
		return
	}
	if s.online(n.Maker) {
		return
	}
	if s.do(ctx, id, table.Player{ID: n.Maker}, "cancel", nil) == nil {
		s.notes.settled(id)
	}
}
