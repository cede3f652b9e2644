package lichessapi

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/host"
	"kibitz/internal/table"
)

// eventStream tells a user of their challenges and games.
type eventStream struct {
	user account.User
	hash account.TokenHash
	wake chan struct{}
	done chan struct{}
	once sync.Once

	mu      sync.Mutex
	touched map[table.ID]struct{}
}

func newEventStream(c caller) *eventStream {
	return &eventStream{
		user: c.user, hash: c.hash, wake: make(chan struct{}, 1), done: make(chan struct{}),
		touched: make(map[table.ID]struct{}),
	}
}

// end closes the stream.
func (e *eventStream) end() { e.once.Do(func() { close(e.done) }) }

// touch notes that a table of the user has changed. A stream that is too far
// behind is closed: its client begins anew.
func (e *eventStream) touch(id table.ID) {
	e.mu.Lock()
	e.touched[id] = struct{}{}
	behind := len(e.touched) > maxTouched
	e.mu.Unlock()
	if behind {
		e.end()
		return
	}
	select {
	case e.wake <- struct{}{}:
	default:
	}
}

// take returns the tables that have changed since it was last called.
func (e *eventStream) take() map[table.ID]struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	list := e.touched
	e.touched = make(map[table.ID]struct{})
	return list
}

// getEvents streams what happens to the caller.
func (s *Server) getEvents(w http.ResponseWriter, r *http.Request, c caller) (any, error) {
	if err := s.streams.enter(string(c.user.ID), streamsOfUser); err != nil {
		return nil, err
	}
	defer s.streams.leave(string(c.user.ID))
	e := newEventStream(c)
	s.streams.addEvents(e) // before the first look, so that nothing falls between
	defer s.streams.removeEvents(e)
	t := &teller{server: s, user: c.user, out: s.openLines(w), known: make(map[table.ID]phase), since: s.cfg.Now().Truncate(time.Millisecond)}
	if err := t.open(r.Context()); err != nil {
		return nil, nil // the client is gone
	}
	s.pump(r.Context(), e, t.out, t.tell)
	return nil, nil
}

// pump tells of every table that a stream hears of, until the stream ends.
func (s *Server) pump(ctx context.Context, e *eventStream, out *lines, tell func(context.Context, table.ID) error) {
	p := time.NewTicker(s.cfg.KeepAlive)
	defer p.Stop()
	for {
		switch s.await(ctx, p, e.wake, e.done) {
		case closed:
			return
		case beat:
			if out.blank() != nil {
				return
			}
		case woken:
			for id := range e.take() {
				if tell(ctx, id) != nil {
					return
				}
			}
		}
	}
}

// phase is what a stream has told of a table.
type phase uint8

const (
	unknown  phase = iota
	asked          // a challenge
	playing        // the game began
	finished       // the game ended
	offered        // a rematch is offered
)

// maxFinished is how many games a stream remembers that are over, for their
// rematches.
const maxFinished = 64

// teller makes events of how tables stand.
type teller struct {
	server *Server
	user   account.User
	out    *lines
	since  time.Time
	known  map[table.ID]phase
	past   []table.ID
}

// open tells of the games that run, and then of the challenges that wait.
func (t *teller) open(ctx context.Context) error {
	if err := t.out.rc.Flush(); err != nil { // the head of the answer
		return err
	}
	running := t.server.cfg.Host.Running(ctx, t.user.ID)
	for _, waiting := range []bool{false, true} {
		for i := range running {
			if running[i].Waiting != waiting {
				continue
			}
			if err := t.tell(ctx, running[i].Table); err != nil {
				return err
			}
		}
	}
	return nil
}

// tell compares how a table stands with what was told, and tells the rest.
func (t *teller) tell(ctx context.Context, id table.ID) error {
	snap, err := t.server.snapshot(ctx, id, t.user.ID)
	switch {
	case errors.Is(err, table.ErrUnknownTable): // another game, or none
		return nil
	case errors.Is(err, host.ErrBusy) || ctx.Err() != nil:
		return err // the client comes back, or has gone
	case err != nil:
		t.server.cfg.Log.Error("a stream of events is cut", "table", id, "err", err)
		return err
	}
	switch {
	case snap.Waiting && !snap.Closed:
		return t.tellChallenge(ctx, &snap)
	case snap.Waiting || snap.Closed && t.known[id] == asked:
		return t.tellWithdrawn(ctx, &snap)
	case over(&snap):
		return t.tellOver(ctx, &snap)
	}
	return t.tellStart(ctx, &snap)
}

func (t *teller) tellChallenge(ctx context.Context, s *table.Snapshot) error {
	if t.known[s.Table] != unknown || s.Setup.Invited.Free() {
		return nil
	}
	t.known[s.Table] = asked
	return t.out.send(object{
		"type": "challenge", "challenge": t.server.challengeJSON(ctx, s, t.user.ID), "compat": compat(),
	})
}

// compat says what may play a game here: everything, unlike at lichess.
func compat() object { return object{"bot": true, "board": true} }

func (t *teller) tellWithdrawn(ctx context.Context, s *table.Snapshot) error {
	if t.known[s.Table] != asked {
		return nil
	}
	delete(t.known, s.Table)
	body := t.server.challengeJSON(ctx, s, t.user.ID)
	if !t.server.declined(ctx, s) {
		body["status"] = "canceled"
		return t.out.send(object{"type": "challengeCanceled", "challenge": body})
	}
	key := t.server.notes.of(s.Table).Declined
	if key == "" {
		key = "generic"
	}
	body["status"], body["declineReasonKey"], body["declineReason"] = "declined", key, reasons[key]
	return t.out.send(object{"type": "challengeDeclined", "challenge": body})
}

func (t *teller) tellStart(ctx context.Context, s *table.Snapshot) error {
	if t.known[s.Table] >= playing {
		return nil
	}
	t.known[s.Table] = playing
	return t.out.send(object{"type": "gameStart", "game": t.server.gameJSON(ctx, s, t.user.ID)})
}

func (t *teller) tellOver(ctx context.Context, s *table.Snapshot) error {
	was := t.known[s.Table]
	if was == unknown && s.Created.Before(t.since) {
		t.remember(s.Table) // it ended before anybody asked
	}
	if was < playing && t.known[s.Table] < finished {
		if err := t.tellStart(ctx, s); err != nil {
			return err
		}
	}
	if t.known[s.Table] == playing {
		t.remember(s.Table)
		if err := t.out.send(object{"type": "gameFinish", "game": t.server.gameJSON(ctx, s, t.user.ID)}); err != nil {
			return err
		}
	}
	return t.tellRematch(ctx, s)
}

// remember notes that a game is over.
func (t *teller) remember(id table.ID) {
	t.known[id] = finished
	t.past = append(t.past, id)
	if len(t.past) > maxFinished {
		delete(t.known, t.past[0])
		t.past = t.past[1:]
	}
}

// tellRematch tells of the opponent's wish to play again, as a challenge with
// the id of the game that is over.
func (t *teller) tellRematch(ctx context.Context, s *table.Snapshot) error {
	mine := seatOf(s, t.user.ID)
	wants := s.RematchBy != game.NoSeat && s.RematchBy != mine && s.Rematch == ""
	switch {
	case wants && t.known[s.Table] == finished:
		t.known[s.Table] = offered
		return t.out.send(object{
			"type": "challenge", "challenge": t.server.rematchJSON(ctx, s), "compat": compat(),
		})
	case !wants && t.known[s.Table] == offered:
		t.known[s.Table] = finished
	}
	return nil
}
