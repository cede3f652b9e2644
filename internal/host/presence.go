package host

import (
	"time"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// presence is what the table must know to judge.
func (k *keeper) presence() table.Presence {
	p := table.Presence{Chance: k.host.cfg.Chance}
	for i := range k.seats {
		if k.state(game.Seat(i)) != Away {
			continue
		}
		p.Away |= game.SeatSet(game.Seat(i))
		if at := k.claimAt(game.Seat(i)); !at.IsZero() {
			if p.ClaimAt == nil {
				p.ClaimAt = make(map[game.Seat]time.Time)
			}
			p.ClaimAt[game.Seat(i)] = at
		}
	}
	return p
}

// state is how a seat is. A house player is always there.
func (k *keeper) state(s game.Seat) State {
	switch {
	case k.players[s].Free():
		return Free
	case k.seats[s].conn != nil || k.players[s].House > 0:
		return Online
	}
	return Away
}

// claimAt is when an opponent of a seat that is away may claim the game, and
// zero where nobody may.
func (k *keeper) claimAt(s game.Seat) time.Time {
	setup := k.t.Setup()
	if !setup.Claimable() || k.t.Waiting() || k.over() {
		return time.Time{}
	}
	return k.seats[s].since.Add(setup.GoneAfter(s, k.seats[s].bye))
}

// countAbsence counts the time that seats are away from now, when the game
// begins.
func (k *keeper) countAbsence() {
	now := k.host.now()
	for i := range k.seats {
		if k.seats[i].conn == nil {
			k.seats[i].since = now
		}
	}
}

// present makes the frame of who is there.
func (k *keeper) present() []byte {
	p := Presence{Table: k.id, Seats: make([]SeatPresence, len(k.seats)), Watchers: len(k.spectators)}
	for i := range p.Seats {
		p.Seats[i].State = k.state(game.Seat(i))
		if p.Seats[i].State == Away {
			p.Seats[i].ClaimAt = k.claimAt(game.Seat(i))
		}
	}
	return k.host.cfg.Codec.Presence(&p)
}

// tellPresence tells everybody who is there.
func (k *keeper) tellPresence() {
	k.quiet, k.blipAt = 0, time.Time{}
	if k.t != nil && k.watched() {
		k.broadcast(k.present())
	}
}

// greet tells a socket that joined as v who is there, and the others as far as
// it concerns them.
func (k *keeper) greet(c Conn, v game.Viewer) {
	if v != game.Spectator || k.quiet >= quietFor(len(k.spectators)) {
		k.tellPresence()
		return
	}
	k.send(c, k.present())
}

// tellWatchers tells everybody how many watch, now and then.
func (k *keeper) tellWatchers() {
	if k.quiet >= quietFor(len(k.spectators)) {
		k.tellPresence()
	}
}

// quietFor is how many changes of so many spectators make one piece of news
// (chess.md section 9).
func quietFor(spectators int) int {
	switch {
	case spectators > 10_000:
		return 100
	case spectators > 1_000:
		return 50
	case spectators > 100:
		return 10
	}
	return 1
}

// awaitReturn tells at once of a player who said goodbye, and of another only
// when a moment passes without a new socket: a reload of the page is no news.
func (k *keeper) awaitReturn(l leave) {
	if l.bye {
		k.tellPresence()
		return
	}
	if k.blipAt.IsZero() {
		k.blipAt = l.at.Add(k.host.cfg.Blip)
	}
}
