package host

import (
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
)

// other is the player behind a socket that looks on: through another the player
// has the seat.
type other struct {
	user account.ID
	// until is when the other socket took the seat from this one, zero when this
	// one did not have it.
	until time.Time
}

func (k *keeper) setOther(c Conn, o other) {
	if k.others == nil {
		k.others = make(map[Conn]other)
	}
	k.others[c] = o
}

// elsewhere reports whether the player of a seat is at the table by another
// socket, too, which can be heard.
func (k *keeper) elsewhere(s game.Seat) bool {
	for c, o := range k.others {
		if _, unheard := unheardOf(c); o.user == k.players[s].ID && !unheard {
			return true
		}
	}
	return false
}

// lose lets a socket go to which the way was lost, and gives its player the time
// back that this takes.
func (k *keeper) lose(l leave) {
	at, was := game.NoSeat, k.others[l.conn]
	if v, ok := k.viewerOf(l.conn); ok {
		at = v.Seat
	}
	k.detach(l)
	if k.t == nil || k.archived || k.over() {
		return
	}
	if at == game.NoSeat && !was.until.IsZero() {
		k.makeUp(was, l.seen)
		return
	}
	if at == game.NoSeat || k.elsewhere(at) {
		return
	}
	k.outage.lose(at, k.host.now(), k.host.cfg.HoldFor)
	if k.awaited(at) {
		_ = k.giveBack(l.seen) // which is logged
	}
}

// makeUp gives a player back who was faster than the news of the loss what passed
// until then, unless something was done since.
func (k *keeper) makeUp(was other, seen time.Time) {
	at := k.t.SeatOf(was.user)
	if at == game.NoSeat || k.state(at) != Online || k.elsewhere(at) || !k.t.ToAct().Has(at) {
		return
	}
	if seen.Before(k.t.Touched()) {
		seen = k.t.Touched()
	}
	if missed := was.until.Sub(seen); missed > 0 {
		_ = k.giveBack(k.host.now().Add(-missed)) // which is logged
	}
}

// awaited reports whether it is a seat's turn, and nobody else is there whose turn
// it is as well.
func (k *keeper) awaited(at game.Seat) bool {
	if !k.t.ToAct().Has(at) {
		return false
	}
	for s := range k.t.ToAct().All() {
		if s != at && k.state(s) == Online {
			return false
		}
	}
	return true
}

// giveBack sets the clocks back. Its error says that the table is not this host's
// any more, or cannot be read.
func (k *keeper) giveBack(since time.Time) error {
	err := k.setBack(since, k.host.cfg.HoldFor)
	if err != nil {
		k.host.cfg.Log.Warn("a clock is not set back", "table", k.id, "err", err)
	}
	return err
}
