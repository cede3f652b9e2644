package host

import (
	"time"

	"kibitz/internal/game"
)

// outage is what a keeper remembers of the restart that it came from.
type outage struct {
	// unseen are the seats whose players have not been back since.
	unseen game.Seats
	// until is how long clocks wait for them.
	until time.Time
}

// begin has the clocks wait for all players of the table.
func (o *outage) begin(k *keeper) {
	o.until = k.host.now().Add(k.host.cfg.HoldFor)
	for i, p := range k.players {
		if p.House == 0 && !p.Free() {
			o.unseen |= game.SeatSet(game.Seat(i))
		}
	}
}

// seen notes that the player of a seat is back.
func (o *outage) seen(s game.Seat) { o.unseen &^= game.SeatSet(s) }

// lose has the clocks wait for one more player.
func (o *outage) lose(s game.Seat, now time.Time, hold time.Duration) {
	if !now.Before(o.until) {
		o.unseen = 0 // these have been waited for
	}
	o.unseen |= game.SeatSet(s)
	o.until = now.Add(hold)
}

// release lets a held clock go on when a player it waits for is there.
func (k *keeper) release() {
	if k.over() {
		k.holdUntil = time.Time{}
		return
	}
	if !k.t.Held() && !k.holdLate() {
		k.holdUntil = time.Time{}
		return
	}
	for s := range k.t.ToAct().All() {
		if k.there(s) {
			k.letRun(s)
			return
		}
	}
	if k.holdUntil.IsZero() {
		k.holdUntil = k.host.now().Add(k.host.cfg.HoldFor)
	}
}

// holdLate holds the clock of a player whose turn begins before they are back
// from an outage, because their opponent was faster.
func (k *keeper) holdLate() bool {
	now := k.host.now()
	for s := range (k.outage.unseen & k.t.ToAct()).All() {
		if k.state(s) == Online {
			k.outage.seen(s)
		}
	}
	if k.outage.unseen&k.t.ToAct() == 0 || !now.Before(k.outage.until) {
		return false
	}
	for range judgeTries {
		records, err := k.t.Claim(time.Time{}, now) // from the start of the turn
		if err != nil {
			k.host.cfg.Log.Error("a clock cannot wait for a player", "table", k.id, "err", err)
			return false
		}
		if len(records) == 0 || k.commit(records, &sender{}) != errAgain {
			break
		}
	}
	k.holdUntil = k.outage.until
	return k.t != nil && k.t.Held()
}

// letRun journals that a held clock goes on.
func (k *keeper) letRun(s game.Seat) {
	for range judgeTries {
		records := k.t.Release(s, k.host.now())
		if len(records) == 0 || k.commit(records, &sender{}) != errAgain {
			return
		}
	}
}
