package lichessapi

import (
	"context"
	"net/http"
	"strings"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/host"
	"kibitz/internal/table"
)

// sighted is who watches a game, and what to do when a move was made.
type sighted struct {
	out   *lines
	moved func(*table.Snapshot) error
}

// watch follows a running game as a spectator, from a ply on, until it is
// over. It fails when the client is gone.
func (s *Server) watch(ctx context.Context, id table.ID, ply int, by sighted) error {
	w := newWatcher(account.TokenHash{})
	s.cfg.Host.Join(host.Join{Table: id, Conn: w, Watch: true})
	defer s.cfg.Host.Drop(w)
	defer w.end()
	p := time.NewTicker(s.cfg.KeepAlive)
	defer p.Stop()
	for {
		switch s.await(ctx, p, w.wake, nil) {
		case closed:
			return context.Canceled
		case beat:
			if err := by.out.blank(); err != nil {
				return err
			}
			continue
		}
		snap, err := s.cfg.Host.Snapshot(ctx, id, game.Spectator)
		if err != nil || w.lost() {
			return nil // the game is not to be seen any more
		}
		v, ok := boardOf(&snap)
		if ok && v.Moves.Len() != ply {
			ply = v.Moves.Len()
			if err := by.moved(&snap); err != nil {
				return err
			}
		}
		if !ok || over(&snap) {
			return nil
		}
	}
}

// positionJSON is a board with its clocks, in seconds.
func positionJSON(snap *table.Snapshot) object {
	v, _ := boardOf(snap)
	o := object{"fen": boardFEN(v.FEN)}
	if moves := v.Moves.UCI(); len(moves) > 0 {
		o["lm"] = moves[len(moves)-1]
	}
	if snap.Clocks != nil && len(snap.Clocks.Remaining) == 2 {
		o["wc"], o["bc"] = remaining(snap, 0)/1000, remaining(snap, 1)/1000
	}
	return o
}

// boardFEN is a position without its castling rights and counters.
func boardFEN(fen string) string {
	if parts := strings.SplitN(fen, " ", 3); len(parts) == 3 {
		return parts[0] + " " + parts[1]
	}
	return fen
}

// getWatch streams a game to whoever wants to see it: what it is, a line for
// every move, and what it was in the end.
func (s *Server) getWatch(w http.ResponseWriter, r *http.Request, _ caller) (any, error) {
	id, err := parseGame(r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	snap, err := s.snapshot(r.Context(), id, "")
	if err == nil && snap.Waiting {
		err = errNoGame
	}
	if err != nil {
		return nil, err
	}
	leave, err := s.strangerStream(r)
	if err != nil {
		return nil, err
	}
	defer leave()
	out := s.openLines(w)
	if out.send(s.watchedJSON(r.Context(), &snap)) != nil || out.send(positionJSON(&snap)) != nil {
		return nil, nil
	}
	if !over(&snap) {
		v, _ := boardOf(&snap)
		err := s.watch(r.Context(), id, v.Moves.Len(), sighted{out, func(now *table.Snapshot) error { return out.send(positionJSON(now)) }})
		if err != nil {
			return nil, nil
		}
	}
	if snap, err = s.snapshot(r.Context(), id, ""); err == nil {
		_ = out.send(s.watchedJSON(r.Context(), &snap)) // nobody is there to be told
	}
	return nil, nil
}

// watchedJSON describes a game to spectators.
func (s *Server) watchedJSON(ctx context.Context, snap *table.Snapshot) object {
	v, _ := boardOf(snap)
	kind, speed := variantOf(v), snap.Setup.Control.Speed()
	o := object{
		"id": snap.Table, "variant": kind.json(), "speed": speed, "perf": perfKey(kind, speed), "rated": snap.Setup.Rated,
		"initialFen": v.InitialFEN, "fen": v.FEN, "player": color(game.Seat(v.Moves.Len() & 1)), "turns": v.Moves.Len(),
		"startedAtTurn": 0, "source": sources[snap.Setup.Origin], "status": statusOf(snap), "createdAt": snap.Created.UnixMilli(),
	}
	if v.Turn != game.NoSeat {
		o["player"] = color(v.Turn)
	}
	put(o, "winner", winner(v))
	players := object{}
	for i, p := range snap.Setup.Seats {
		one := object{}
		if p.House > 0 {
			one["aiLevel"] = p.House
		} else {
			user := object{"id": userID(p.Name), "name": p.Name}
			put(user, "title", s.titles.of(ctx, p.ID))
			one["user"] = user
			put(one, "rating", p.Rating)
		}
		players[color(game.Seat(i))] = one
	}
	o["players"] = players
	return o
}
