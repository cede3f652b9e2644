package host

import (
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
)

// Far is a Conn to which the way leads through other nodes of ours.
type Far interface {
	Conn
	// Unheard reports whether one of these nodes is silent for longer than one that
	// is well, and since when. It must not block.
	Unheard() (since time.Time, unheard bool)
}

// Heard tells the host that a node on the way to a socket is heard again, which was
// not since then: whatever its player did, or was shown, was perhaps on its way. No
// clock of that player ran meanwhile.
func (h *Host) Heard(c Conn, since time.Time) {
	for _, id := range h.follows.of(c) {
		h.tell(id, heard{c, since.Truncate(time.Millisecond).UTC()})
	}
}

// heard is a socket whose way was unheard since then.
type heard struct {
	conn  Conn
	since time.Time
}

func (m heard) handle(k *keeper) {
	if v, ok := k.viewerOf(m.conn); ok {
		_ = k.excuse(v.Seat, m.since) // which is logged
	}
}

func (heard) refuse(*keeper, error) {}

// unheard reports whether the way to the socket of a seat is.
func (k *keeper) unheard(at game.Seat) (since time.Time, unheard bool) {
	if at == game.NoSeat {
		return time.Time{}, false
	}
	return unheardOf(k.seats[at].conn)
}

func unheardOf(c Conn) (since time.Time, unheard bool) {
	far, ok := c.(Far)
	if !ok {
		return time.Time{}, false
	}
	since, unheard = far.Unheard()
	return since.Truncate(time.Millisecond).UTC(), unheard
}

// there reports whether who has a seat is, and can be heard.
func (k *keeper) there(at game.Seat) bool {
	_, unheard := k.unheard(at)
	return k.state(at) == Online && !unheard
}

// excuse gives a player the time back that has passed since then, if it is their
// turn and they had no other way. Its error is one of giveBack.
func (k *keeper) excuse(at game.Seat, since time.Time) error {
	if at == game.NoSeat || k.t == nil || k.archived || k.over() || k.elsewhere(at) || !k.awaited(at) {
		return nil
	}
	return k.giveBack(since)
}

// excuseUnheard does so for a player to whom the way is unheard.
func (k *keeper) excuseUnheard(at game.Seat) error {
	if since, unheard := k.unheard(at); unheard {
		return k.excuse(at, since)
	}
	return nil
}

// excuseActor does so before an action of theirs is judged, whichever way it came.
func (k *keeper) excuseActor(who account.ID) error {
	if k.t == nil {
		return nil
	}
	return k.excuseUnheard(k.t.SeatOf(who))
}

// excuseLate does so before a flag falls.
func (k *keeper) excuseLate() error {
	next, ok := k.t.Next()
	if !ok || k.host.now().Before(next) {
		return nil
	}
	for s := range k.t.ToAct().All() {
		if err := k.excuseUnheard(s); err != nil {
			return err
		}
	}
	return nil
}
