package lichessapi

import (
	"context"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// gameJSON describes a game to one of its players: in events, and in the list
// of games that run.
func (s *Server) gameJSON(ctx context.Context, snap *table.Snapshot, user account.ID) object {
	v, _ := boardOf(snap)
	seat := seatOf(snap, user)
	moves := v.Moves.UCI()
	kind, speed, state := variantOf(v), snap.Setup.Control.Speed(), statusOf(snap)
	o := object{
		"id": snap.Table, "gameId": snap.Table, "fullId": fullID(snap.Table, user), "color": color(max(seat, 0)),
		"fen": v.FEN, "lastMove": "", "source": sources[snap.Setup.Origin], "status": state, "variant": kind.json(),
		"speed": speed, "perf": perfKey(kind, speed), "rated": snap.Setup.Rated,
		"hasMoved": len(moves) > int(max(seat, 0)), "isMyTurn": v.Turn == seat && state == started,
		"compat": compat(),
	}
	if n := len(moves); n > 0 {
		o["lastMove"] = moves[n-1]
	}
	if seat == game.NoSeat {
		return o
	}
	o["opponent"] = s.opponentJSON(snap.Setup.Seats[seat.Other()])
	put(o, "rating", snap.Setup.Seats[seat].Rating)
	put(o, "winner", winner(v))
	if !snap.Setup.Control.Unlimited() {
		o["secondsLeft"] = secondsLeft(snap, seat)
	}
	return o
}

// opponentJSON describes who sits across.
func (s *Server) opponentJSON(p table.Player) object {
	if p.House > 0 {
		return object{"id": nil, "username": p.Name, "ai": p.House}
	}
	o := object{"id": userID(p.Name), "username": p.Name}
	put(o, "rating", p.Rating)
	return o
}

// playerJSON describes who sits in a seat, in a stream of the game.
func (s *Server) playerJSON(ctx context.Context, p table.Player) object {
	if p.House > 0 {
		return object{"aiLevel": p.House}
	}
	o := object{"id": userID(p.Name), "name": p.Name, "title": nil}
	if title := s.titles.of(ctx, p.ID); title != "" {
		o["title"] = title
	}
	put(o, "rating", p.Rating)
	put(o, "provisional", p.Provisional)
	return o
}

// fullJSON is the first line of a stream of a game.
func (s *Server) fullJSON(ctx context.Context, snap *table.Snapshot) object {
	v, _ := boardOf(snap)
	kind, speed := variantOf(v), snap.Setup.Control.Speed()
	o := object{
		"type": "gameFull", "id": snap.Table, "variant": kind.json(), "speed": speed,
		"perf": object{"name": perfNames[perfKey(kind, speed)]}, "rated": snap.Setup.Rated,
		"createdAt": snap.Created.UnixMilli(), "initialFen": "startpos",
		"white": s.playerJSON(ctx, snap.Setup.Seats[0]), "black": s.playerJSON(ctx, snap.Setup.Seats[1]),
		"state": stateJSON(snap),
	}
	if kind != standard {
		o["initialFen"] = v.InitialFEN
	}
	switch c := snap.Setup.Control; {
	case c.Unlimited():
	case c.Days > 0:
		o["daysPerTurn"] = c.Days
	default:
		o["clock"] = object{"initial": c.Initial.Milliseconds(), "increment": c.Increment.Milliseconds()}
	}
	return o
}

// stateJSON is how a game stands.
func stateJSON(snap *table.Snapshot) gameState {
	v, _ := boardOf(snap)
	step := snap.Setup.Control.Increment.Milliseconds()
	g := gameState{
		Type: "gameState", Moves: v.Moves.UCI(), White: remaining(snap, 0), Black: remaining(snap, 1),
		WhiteStep: step, BlackStep: step, Status: statusOf(snap).Name, Winner: winner(v), Rematch: snap.Rematch,
	}
	offered := func(by *game.Seat, seat game.Seat) bool { return by != nil && *by == seat }
	g.WhiteDraw, g.BlackDraw = offered(v.DrawOfferedBy, 0), offered(v.DrawOfferedBy, 1)
	g.Expiration = expirationOf(snap)
	g.WhiteBack, g.BlackBack = offered(v.TakebackAskedBy, 0), offered(v.TakebackAskedBy, 1)
	return g
}

// gameState is a line of a stream. Clients break where one of the first seven
// fields is missing.
type gameState struct {
	Type      string   `json:"type"`
	Moves     uciLine  `json:"moves"`
	White     int64    `json:"wtime"`
	Black     int64    `json:"btime"`
	WhiteStep int64    `json:"winc"`
	BlackStep int64    `json:"binc"`
	Status    string   `json:"status"`
	Winner    string   `json:"winner,omitempty"`
	WhiteDraw bool     `json:"wdraw,omitempty"`
	BlackDraw bool     `json:"bdraw,omitempty"`
	WhiteBack bool     `json:"wtakeback,omitempty"`
	BlackBack bool     `json:"btakeback,omitempty"`
	Rematch   table.ID `json:"rematch,omitempty"`
	// Expiration is nil where no first move is waited for.
	Expiration *expiration `json:"expiration,omitempty"`
}

// expiration is how long a first move has been waited for, and how long it may
// take; in milliseconds.
type expiration struct {
	Idle int64 `json:"idleMillis"`
	Most int64 `json:"millisToMove"`
}

// expirationOf tells when a game without a first move ends.
func expirationOf(snap *table.Snapshot) *expiration {
	if snap.Deadline == nil || snap.Clocks == nil || over(snap) {
		return nil
	}
	most := snap.Setup.FirstMove()
	left := min(max(0, snap.Deadline.At.Sub(snap.Clocks.At)), most)
	return &expiration{(most - left).Milliseconds(), most.Milliseconds()}
}

// secondsLeft is how long a player has for the game, or for the first move of
// one with days for every turn.
func secondsLeft(snap *table.Snapshot, seat game.Seat) int64 {
	if d := snap.Deadline; d != nil && d.Seat == seat && snap.Clocks != nil && snap.Setup.Control.Days > 0 {
		return max(0, int64(d.At.Sub(snap.Clocks.At).Seconds()))
	}
	return remaining(snap, seat) / 1000
}
