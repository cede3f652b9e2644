package lichessapi

import (
	"context"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// reasons are why a challenge is declined, by the words of lichess. Their keys
// are in small letters, as events have them.
var reasons = map[string]string{
	"generic":     "I'm not accepting challenges at the moment.",
	"later":       "This is not the right time for me, please ask again later.",
	"toofast":     "This time control is too fast for me, please challenge again with a slower game.",
	"tooslow":     "This time control is too slow for me, please challenge again with a faster game.",
	"timecontrol": "I'm not accepting challenges with this time control.",
	"rated":       "Please send me a rated challenge instead.",
	"casual":      "Please send me a casual challenge instead.",
	"standard":    "I'm not accepting variant challenges right now.",
	"variant":     "I'm not willing to play this variant right now.",
	"nobot":       "I'm not accepting challenges from bots.",
	"onlybot":     "I'm only accepting challenges from bots.",
}

// challengeJSON describes a challenge to one of the two whom it concerns, or
// to a stranger.
func (s *Server) challengeJSON(ctx context.Context, snap *table.Snapshot, user account.ID) object {
	v, _ := boardOf(snap)
	kind, speed := variantOf(v), snap.Setup.Control.Speed()
	key := perfKey(kind, speed)
	o := object{
		"id": snap.Table, "url": s.gameURL(snap.Table), "status": challengeStatus(snap), "challenger": nil, "destUser": nil,
		"variant": kind.json(), "rated": snap.Setup.Rated, "speed": speed, "timeControl": controlJSON(snap.Setup.Control),
		"perf": object{"icon": "#", "name": perfNames[key]}, "color": "random", "finalColor": "white",
	}
	if kind != standard {
		o["initialFen"] = v.InitialFEN
	}
	if rules := rulesOf(snap.Setup.Rules, v); len(rules) > 0 {
		o["rules"] = rules
	}
	maker := makerOf(snap)
	if maker != game.NoSeat {
		o["challenger"] = s.challengerJSON(ctx, snap.Setup.Seats[maker])
		o["color"], o["finalColor"] = color(maker), color(maker)
		if s.notes.of(snap.Table).Random {
			o["color"] = "random"
		}
		put(o, "direction", direction(snap, maker, user))
	}
	if to := snap.Setup.Invited; !to.Free() {
		o["destUser"] = s.challengerJSON(ctx, s.rated(ctx, to, snap.Setup))
	}
	return o
}

// direction says whether a challenge goes out or comes in.
func direction(snap *table.Snapshot, maker game.Seat, user account.ID) string {
	switch user {
	case "":
		return ""
	case snap.Setup.Seats[maker].ID:
		return "out"
	}
	return "in"
}

// makerOf returns the seat of who made a challenge: the one across from whom
// it invites, or the only one who sits.
func makerOf(snap *table.Snapshot) game.Seat {
	for i, p := range snap.Setup.Seats {
		if !p.Free() && p.ID != snap.Setup.Invited.ID {
			return game.Seat(i)
		}
	}
	return game.NoSeat
}

func challengeStatus(snap *table.Snapshot) string {
	switch {
	case snap.Closed:
		return "canceled"
	case !snap.Waiting:
		return "accepted"
	}
	return "created"
}

// challengerJSON describes one of the two of a challenge.
func (s *Server) challengerJSON(ctx context.Context, p table.Player) object {
	o := object{"id": userID(p.Name), "name": p.Name, "title": nil, "online": s.online(p.ID)}
	if title := s.titles.of(ctx, p.ID); title != "" {
		o["title"] = title
	}
	put(o, "rating", p.Rating)
	put(o, "provisional", p.Provisional)
	return o
}

// controlJSON describes a time control.
func controlJSON(c clock.Control) object {
	switch {
	case c.Unlimited():
		return object{"type": "unlimited"}
	case c.Days > 0:
		return object{"type": "correspondence", "daysPerTurn": c.Days}
	}
	return object{
		"type": "clock", "limit": int(c.Initial / time.Second), "increment": int(c.Increment / time.Second), "show": c.String(),
	}
}

// rematchJSON describes the wish to play once more: a challenge with the id of
// the game that is over.
func (s *Server) rematchJSON(ctx context.Context, snap *table.Snapshot) object {
	by := snap.RematchBy
	maker, to := snap.Setup.Seats[by], snap.Setup.Seats[by.Other()]
	next := *snap
	next.Setup.Seats = []table.Player{{}, {}}
	next.Setup.Seats[by.Other()] = maker // colors change
	next.Setup.Invited, next.Waiting = to, true
	o := s.challengeJSON(ctx, &next, to.ID)
	o["status"], o["rematchOf"] = "created", snap.Table
	return o
}

// gameURL is where people find a game. Without a configured address it is a
// path.
func (s *Server) gameURL(id table.ID) string { return s.cfg.PublicURL + "/g/" + string(id) }
