package host

import (
	"slices"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// board is the frame of the whole table for spectators, good until the next
// record: a crowd that joins at once gets the same bytes.
type board struct {
	seq   table.Seq
	frame []byte
}

// send queues a frame, and notes a socket that is gone.
func (k *keeper) send(c Conn, frame []byte) {
	if frame != nil && !c.Send(frame) {
		k.lost = append(k.lost, c)
	}
}

// broadcast sends one frame to everybody, the players first.
func (k *keeper) broadcast(frame []byte) {
	for i := range k.seats {
		if c := k.seats[i].conn; c != nil {
			k.send(c, frame)
		}
	}
	for _, c := range k.spectators {
		k.send(c, frame)
	}
}

// viewers appends the classes of viewers that have a socket: the players
// first, then the spectators as one.
func (k *keeper) viewers(dst []game.Viewer) []game.Viewer {
	for i := range k.seats {
		if k.seats[i].conn != nil {
			dst = append(dst, game.Viewer{Seat: game.Seat(i)})
		}
	}
	if len(k.spectators) > 0 {
		dst = append(dst, game.Spectator)
	}
	return dst
}

// class returns the sockets of one class of viewers. It is shared.
func (k *keeper) class(v game.Viewer) []Conn {
	if v == game.Spectator {
		return k.spectators
	}
	return []Conn{k.seats[v.Seat].conn}
}

// show sends an update to its class, with the acknowledgement to the sender
// alone, and reports whether the sender was in the class.
func (k *keeper) show(u *table.Update, sender Conn, ack table.ActionID) bool {
	if u.Viewer != game.Spectator {
		c := k.seats[u.Viewer.Seat].conn
		u.Ack = ""
		if c == sender {
			u.Ack = ack
		}
		k.send(c, k.host.cfg.Codec.Update(u))
		return c == sender
	}
	return k.showSpectators(u, sender, ack)
}

func (k *keeper) showSpectators(u *table.Update, sender Conn, ack table.ActionID) bool {
	u.Ack = ""
	var shared []byte
	found := false
	for _, c := range k.spectators {
		if c == sender {
			found = true
			continue
		}
		if shared == nil {
			shared = k.host.cfg.Codec.Update(u)
		}
		k.send(c, shared)
	}
	if found {
		u.Ack = ack
		k.send(sender, k.host.cfg.Codec.Update(u))
	}
	return found
}

// whole makes the frame of the whole table.
func (k *keeper) whole(v game.Viewer) []byte {
	if v != game.Spectator {
		s := k.t.Snapshot(v, k.host.now())
		return k.host.cfg.Codec.Snapshot(&s)
	}
	if k.board == nil || k.board.seq != k.t.Seq() {
		s := k.t.Snapshot(v, k.host.now())
		k.board = &board{k.t.Seq(), k.host.cfg.Codec.Snapshot(&s)}
	}
	return k.board.frame
}

// viewerOf returns as what a socket looks at the table, and whether it does.
func (k *keeper) viewerOf(c Conn) (game.Viewer, bool) {
	for i := range k.seats {
		if k.seats[i].conn == c {
			return game.Viewer{Seat: game.Seat(i)}, true
		}
	}
	return game.Spectator, slices.Contains(k.spectators, c)
}
