package host

import (
	"errors"
	"time"
)

// idleUntil is when a finished table that nobody looks at leaves the memory.
func (k *keeper) idleUntil() time.Time {
	if k.idleSince.IsZero() {
		return time.Time{}
	}
	return k.idleSince.Add(k.host.cfg.KeepOver)
}

// dismiss lets go of a table that need not be in memory, and reports whether
// it did: one that could not be loaded and has no socket, or a finished one
// that nobody has looked at for long.
func (k *keeper) dismiss() bool {
	if k.watched() || k.t == nil && k.shown > 0 {
		k.idleSince = time.Time{}
		return false
	}
	if k.t != nil {
		if !k.over() {
			return false
		}
		now := k.host.now()
		if k.idleSince.IsZero() {
			k.idleSince = now
		}
		if now.Before(k.idleUntil()) {
			return false
		}
	}
	return k.vanish(ifIdle)
}

// watched reports whether any socket follows the table.
func (k *keeper) watched() bool {
	for i := range k.seats {
		if k.seats[i].conn != nil {
			return true
		}
	}
	return len(k.spectators) > 0
}

// vanishing says whether a keeper goes although messages wait for it.
type vanishing bool

const (
	ifIdle vanishing = false
	atOnce vanishing = true
)

// vanish takes the keeper out of the host, and reports whether it did.
func (k *keeper) vanish(how vanishing) bool {
	k.mu.Lock()
	if how == ifIdle && len(k.inbox) > 0 {
		k.mu.Unlock()
		return false
	}
	k.gone = true
	k.host.forget(k)
	k.mu.Unlock()
	k.host.alarms.set(k, time.Time{})
	k.host.players.remove(k, k.involved)
	k.publish(false)
	return true
}

// letGo gives the table up because of err, tells everybody, and returns err.
func (k *keeper) letGo(err error) error {
	if errors.Is(err, ErrMoved) && k.host.cfg.Shared {
		k.host.making.set(k.id, left) // it runs, wherever
	}
	k.vanish(atOnce)
	frame := k.host.cfg.Codec.Answer(Answer{Table: k.id, Err: err})
	for i := range k.seats {
		k.part(k.seats[i].conn, frame)
	}
	for _, c := range k.spectators {
		k.part(c, frame)
	}
	k.t, k.seats, k.spectators = nil, nil, nil
	for m := k.next(); m != nil; m = k.next() {
		m.refuse(k, err)
	}
	return err
}

// part sends a last frame to a socket.
func (k *keeper) part(c Conn, frame []byte) {
	if c == nil {
		return
	}
	k.host.follows.remove(c, k.id)
	k.send(c, frame)
}
