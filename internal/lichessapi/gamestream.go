package lichessapi

import (
	"context"
	"net/http"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/host"
	"kibitz/internal/table"
)

// getGameStream streams a game to one of its players. Holding it open is being
// there: the seat of a player without one counts as left.
func (s *Server) getGameStream(w http.ResponseWriter, r *http.Request, c caller) (any, error) {
	snap, seat, err := s.mine(r, c)
	if err != nil {
		return nil, err
	}
	if err := s.streams.enter(string(c.user.ID), streamsOfUser); err != nil {
		return nil, err
	}
	defer s.streams.leave(string(c.user.ID))
	g := &gameFeed{server: s, user: c.user, seat: seat, id: snap.Table, watcher: newWatcher(c.hash)}
	g.watcher.through, g.watcher.unheard = gatewayOf(r), s.cfg.Unheard
	key := gameKey{c.user.ID, snap.Table, r.UserAgent()}
	s.streams.addGame(key, g.watcher)
	defer s.streams.removeGame(key, g.watcher)
	if !over(&snap) {
		s.cfg.Host.Join(host.Join{Table: snap.Table, User: c.player(), Conn: g.watcher})
		defer s.cfg.Host.Drop(g.watcher)
		// What happened before the table knew of the stream is in this look.
		if snap, err = s.snapshot(r.Context(), snap.Table, c.user.ID); err != nil {
			return nil, err
		}
	}
	g.out = s.openLines(w)
	if g.begin(r.Context(), &snap) == nil && !over(&snap) {
		g.run(r.Context())
	}
	g.watcher.end()
	return nil, nil
}

// mine returns the table of a request whose caller plays there.
func (s *Server) mine(r *http.Request, c caller) (table.Snapshot, game.Seat, error) {
	id, err := parseGame(r.PathValue("id"))
	if err != nil {
		return table.Snapshot{}, game.NoSeat, err
	}
	snap, err := s.snapshot(r.Context(), id, c.user.ID)
	if err != nil {
		return snap, game.NoSeat, err
	}
	seat := seatOf(&snap, c.user.ID)
	switch {
	case seat == game.NoSeat:
		return snap, seat, errNotYours
	case snap.Waiting:
		return snap, seat, errNoGame
	}
	return snap, seat, nil
}

// gameFeed writes one game to one player.
type gameFeed struct {
	server  *Server
	user    account.User
	seat    game.Seat
	id      table.ID
	watcher *watcher
	out     *lines

	seq   table.Seq // of the state that was sent last
	chat  int       // the lines of chat that were sent
	claim time.Time // when the opponent's absence was told to end
}

// begin sends the whole game, and what was said before.
func (g *gameFeed) begin(ctx context.Context, snap *table.Snapshot) error {
	g.seq = snap.Seq
	if err := g.out.send(g.server.fullJSON(ctx, snap)); err != nil {
		return err
	}
	return g.tellChat(snap)
}

// run sends what happens until the game is over or the client is gone.
func (g *gameFeed) run(ctx context.Context) {
	p := time.NewTicker(g.server.cfg.KeepAlive)
	defer p.Stop()
	for {
		ended, err := false, error(nil)
		switch g.server.await(ctx, p, g.watcher.wake, g.watcher.done) {
		case closed:
			return
		case beat:
			err = g.out.blank()
		case woken:
			ended, err = g.tell(ctx)
		}
		if err != nil || ended {
			return
		}
	}
}

// tell sends what has changed, and reports whether that was the end.
func (g *gameFeed) tell(ctx context.Context) (bool, error) {
	snap, err := g.server.snapshot(ctx, g.id, g.user.ID)
	if err != nil || g.watcher.lost() {
		return true, err // the client comes back
	}
	said := len(snap.Chat) - g.chat
	if err := g.tellChat(&snap); err != nil {
		return true, err
	}
	happened := int64(snap.Seq) - int64(g.seq)
	g.seq = snap.Seq
	if happened > int64(said) || over(&snap) { // more than talk
		if err := g.out.send(stateJSON(&snap)); err != nil {
			return true, err
		}
	}
	if over(&snap) {
		return true, nil
	}
	return false, g.tellGone()
}

// chatLine is a line of a stream.
type chatLine struct {
	Type     string `json:"type"`
	Room     string `json:"room"`
	Username string `json:"username"`
	Text     string `json:"text"`
}

// rooms are those of the chat by the words of lichess.
var rooms = map[table.Room]string{table.RoomPlayers: "player", table.RoomSpectators: "spectator"}

func (g *gameFeed) tellChat(snap *table.Snapshot) error {
	for _, line := range snap.Chat[min(g.chat, len(snap.Chat)):] {
		if err := g.out.send(chatLine{"chatLine", rooms[line.Room], line.Name, line.Text}); err != nil {
			return err
		}
	}
	g.chat = len(snap.Chat)
	return nil
}

// tellGone tells that the opponent went away, or came back.
func (g *gameFeed) tellGone() error {
	at := g.watcher.gone(g.seat.Other())
	if at.Equal(g.claim) {
		return nil
	}
	g.claim = at
	if at.IsZero() {
		return g.out.send(object{"type": "opponentGone", "gone": false})
	}
	left := max(0, int64(at.Sub(g.server.cfg.Now()).Seconds()))
	return g.out.send(object{"type": "opponentGone", "gone": true, "claimWinInSeconds": left})
}
