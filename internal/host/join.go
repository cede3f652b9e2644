package host

import (
	"slices"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Join is the wish of a socket to follow a table.
type Join struct {
	Table table.ID
	// User is who it is; the zero Player is nobody, who can only watch.
	User table.Player
	Conn Conn
	// After is the last record that the viewer has seen, 0 when none.
	After table.Seq
	// Watch keeps the socket off the seat that its user has.
	Watch bool
}

// Join lets a socket follow a table. If its user has a seat there the socket
// takes it, and the one before is told that it was replaced and goes on as a
// spectator. The socket gets what it missed, or the whole table, and then the
// presence; or an Answer with ErrBusy, table.ErrUnknownTable or another error.
func (h *Host) Join(j Join) {
	added := h.follows.add(j.Conn, j.Table)
	if err := h.deliver(j.Table, &j); err != nil {
		if added {
			h.follows.remove(j.Conn, j.Table)
		}
		j.Conn.Send(h.cfg.Codec.Answer(Answer{Table: j.Table, Err: err}))
	}
}

// Leaving says how a socket stops following a table.
type Leaving struct {
	// Bye means that the player closed the page, rather than lost it.
	Bye bool
}

// Leave lets a socket follow a table no longer.
func (h *Host) Leave(id table.ID, c Conn, how Leaving) {
	if h.follows.remove(c, id) {
		h.tell(id, leave{conn: c, bye: how.Bye, at: h.now()})
	}
}

// Drop lets a socket that is gone follow nothing any more.
func (h *Host) Drop(c Conn) {
	for _, id := range h.follows.drop(c) {
		h.tell(id, leave{conn: c, at: h.now()})
	}
}

// Lose is Drop for a socket to which a way between nodes of ours was lost: it was
// last whole, or the node there last alive, at seen. No clock runs from then until the player is back, or has had
// a while to come.
func (h *Host) Lose(c Conn, seen time.Time) {
	for _, id := range h.follows.drop(c) {
		h.tell(id, leave{conn: c, at: h.now(), seen: seen.Truncate(time.Millisecond).UTC()})
	}
}

// leave is a socket that went away at a time.
type leave struct {
	conn Conn
	bye  bool
	at   time.Time
	// seen is set when the way to the socket was lost, and not the socket: it was
	// last whole then.
	seen time.Time
}

func (l leave) handle(k *keeper) {
	if !l.seen.IsZero() {
		k.lose(l)
		return
	}
	k.detach(l)
}
func (l leave) refuse(*keeper, error) {}

func (j *Join) handle(k *keeper) {
	if err := k.ensure(); err != nil {
		j.refuse(k, err)
		return
	}
	if err := k.excuseOlder(j); err != nil {
		j.refuse(k, err)
		return
	}
	after := j.After
	before, followed := k.viewerOf(j.Conn)
	v := k.admit(j)
	if followed && before != v {
		after = 0 // what it saw was another viewer's
	}
	k.send(j.Conn, k.resume(v, after))
	k.greet(j.Conn, v)
}

func (j *Join) refuse(k *keeper, err error) {
	k.host.follows.remove(j.Conn, k.id)
	k.send(j.Conn, k.host.cfg.Codec.Answer(Answer{Table: k.id, Err: err}))
}

// excuseOlder gives a player back who comes another way, as the one before is
// silent, what it has cost.
func (k *keeper) excuseOlder(j *Join) error {
	if j.Watch || j.User.Free() || k.t == nil {
		return nil
	}
	return k.excuseUnheard(k.t.SeatOf(j.User.ID))
}

// admit gives the socket its place, and returns as what it looks on.
func (k *keeper) admit(j *Join) game.Viewer {
	at := game.NoSeat
	if !j.Watch && !j.User.Free() {
		at = k.t.SeatOf(j.User.ID)
	}
	if k.unseat(j.Conn) && at == game.NoSeat {
		k.blipAt = k.host.now()
	}
	if at == game.NoSeat {
		k.spectators = append(k.spectators, j.Conn)
		k.count()
		if !j.User.Free() && k.t.SeatOf(j.User.ID) != game.NoSeat {
			k.setOther(j.Conn, other{user: j.User.ID})
		}
		return game.Spectator
	}
	if older := k.seats[at].conn; older != nil {
		k.send(older, k.host.cfg.Codec.Replaced(k.id))
		k.spectators = append(k.spectators, older)
		k.count()
		k.setOther(older, other{j.User.ID, k.host.now()})
	}
	k.seats[at] = seat{conn: j.Conn}
	k.outage.seen(at)
	return game.Viewer{Seat: at}
}

// Resume is what a socket that joins a table is sent.
type Resume string

// The ways to resume.
const (
	// ResumeWhole: the whole table.
	ResumeWhole Resume = "whole"
	// ResumeMissed: the records that the viewer has not seen.
	ResumeMissed Resume = "missed"
	// ResumeNothing: the viewer has seen all there is.
	ResumeNothing Resume = "nothing"
)

// resume makes the frame for a viewer who has seen the records up to after:
// the few that are missing, or the whole table. A room has too many records to
// go through them for one viewer.
func (k *keeper) resume(v game.Viewer, after table.Seq) []byte {
	seq := k.t.Seq()
	switch {
	case after == 0 || after > seq || seq-after > table.Seq(k.host.cfg.Resume), after < seq && k.t.Room():
		k.host.cfg.Resumed(ResumeWhole)
		return k.whole(v)
	case after == seq:
		k.host.cfg.Resumed(ResumeNothing)
		s := k.t.Snapshot(v, k.host.now())
		return k.host.cfg.Codec.Update(&table.Update{
			Table: k.id, Viewer: v, Clocks: s.Clocks, Deadline: s.Deadline,
		})
	}
	records, _, err := k.host.records(k.host.life, k.id)
	if err != nil {
		k.host.cfg.Log.Warn("a viewer gets the whole table", "table", k.id, "err", err)
		k.host.cfg.Resumed(ResumeWhole)
		return k.whole(v)
	}
	k.host.cfg.Resumed(ResumeMissed)
	return k.missed(v, after, records)
}

// unseat takes a socket from wherever it is, and reports whether it held a
// seat.
func (k *keeper) unseat(c Conn) bool {
	for i := range k.seats {
		if k.seats[i].conn == c {
			k.seats[i] = seat{since: k.host.now()}
			return true
		}
	}
	if i := slices.Index(k.spectators, c); i >= 0 {
		last := len(k.spectators) - 1
		k.spectators[i] = k.spectators[last]
		k.spectators[last] = nil
		k.spectators = k.spectators[:last]
		delete(k.others, c)
		k.count()
	}
	return false
}

// count notes how many spectators there are.
func (k *keeper) count() {
	if len(k.spectators) == 0 {
		k.spectators, k.board = nil, nil
	}
	k.watchers.Store(int32(len(k.spectators)))
	k.quiet++
}

// detach lets a socket go.
func (k *keeper) detach(l leave) {
	for i := range k.seats {
		if k.seats[i].conn == l.conn {
			k.seats[i] = seat{since: l.at, bye: l.bye}
			k.awaitReturn(l)
			return
		}
	}
	before := len(k.spectators)
	k.unseat(l.conn)
	if len(k.spectators) != before {
		k.tellWatchers()
	}
}

// bury detaches the sockets that turned out to be gone.
func (k *keeper) bury() {
	for len(k.lost) > 0 {
		lost := k.lost
		k.lost = nil
		for _, c := range lost {
			k.host.follows.remove(c, k.id)
			k.detach(leave{conn: c, at: k.host.now()})
		}
	}
}
