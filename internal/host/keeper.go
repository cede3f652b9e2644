package host

import (
	"cmp"
	"errors"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"kibitz/internal/table"
)

// keeper owns one table in memory. While there is something in its inbox it
// has one goroutine, and the fields below the line belong to that.
type keeper struct {
	host  *Host
	id    table.ID
	alarm alarm

	mu    sync.Mutex
	inbox []queued
	// waiting counts the bounded messages in the inbox.
	waiting     int
	awake, gone bool

	ringing atomic.Bool
	// watchers and public serve the list of tables to watch.
	watchers atomic.Int32
	public   atomic.Bool
	// ended says that the game is known to be over.
	ended atomic.Bool
	// carried is when the records were last stored anew, or the first one was, in
	// Unix milliseconds, 0 when the table was never loaded.
	carried atomic.Int64
	// room says that the table is one at which people come and go.
	room atomic.Bool

	// ---- of the goroutine

	// t is nil when the table is to be read from the journal, and shown is
	// then the last record that viewers have seen.
	t     *table.Table
	shown table.Seq
	// retiring says that the room ends as soon as it can.
	retiring bool
	// archived says that t came from the archive: nothing can be added.
	archived bool
	// players is the player of every seat, and involved are these and who is
	// invited to the free one. They are never changed in place.
	players, involved []table.Player

	seats      []seat
	spectators []Conn
	others     map[Conn]other // the spectators that are players; nil without
	// lost are sockets that turned out to be gone.
	lost     []Conn
	refusals refusals
	house    []houseSeat // nil without house players
	board    *board      // nil when nobody joined since the last change
	outage   outage
	stall    *stall // the last one that was seen to
	// blind is since when the table can be neither read nor written, zero while it
	// can.
	blind time.Time
	// quiet counts the changes of watchers that nobody was told.
	quiet int
	// holdUntil, blipAt, idleSince and retryAt are zero when nothing is due:
	// the release of a held clock, the news that a seat is away, when a
	// finished table was last used, and another try of what did not work.
	holdUntil, blipAt, idleSince, retryAt time.Time
}

// seat is who holds a seat: a socket, or since when there is none.
type seat struct {
	conn  Conn
	since time.Time
	bye   bool
}

// message is something for a keeper to do.
type message interface {
	// handle does it, on the keeper's goroutine.
	handle(k *keeper)
	// refuse answers that it will not be done.
	refuse(k *keeper, err error)
}

type queued struct {
	message
	limit limit
}

// limit says whether a message counts against the bound of the inbox. What
// does not, is bounded by its nature: one alarm a table, one leave a socket,
// one thought a seat.
type limit bool

const (
	bounded   limit = true
	unbounded limit = false
)

// keptInbox is the largest inbox that an idle keeper holds on to.
const keptInbox = 4

// push puts a message into the inbox and sees to it that somebody works there.
func (k *keeper) push(m message, l limit) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	switch {
	case k.gone:
		return errGone
	case l == bounded && k.waiting >= k.host.cfg.Inbox:
		return ErrBusy
	}
	k.inbox = append(k.inbox, queued{m, l})
	if l == bounded {
		k.waiting++
	}
	if !k.awake {
		k.awake = true
		k.host.work.Add(1)
		go k.run()
	}
	return nil
}

// run works until the inbox is empty.
func (k *keeper) run() {
	defer k.host.work.Done()
	for m := k.next(); m != nil; m = k.next() {
		k.work(m)
	}
}

// next takes the first message out, and nil when there is none and the
// goroutine must end.
func (k *keeper) next() message {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.inbox) == 0 {
		k.awake = false
		if cap(k.inbox) > keptInbox {
			k.inbox = nil
		}
		return nil
	}
	q := k.inbox[0]
	last := copy(k.inbox, k.inbox[1:])
	k.inbox[last] = queued{}
	k.inbox = k.inbox[:last]
	if q.limit == bounded {
		k.waiting--
	}
	return q.message
}

// work does one message and what follows from it. A panic out of the rules of
// a game costs that table its memory, which the journal gives back, and no
// other table anything.
func (k *keeper) work(m message) {
	defer func() {
		if p := recover(); p != nil {
			k.host.cfg.Log.Error("panic at a table", "table", k.id, "panic", p, "stack", string(debug.Stack()))
			k.unload()
			m.refuse(k, ErrInternal)
			k.retryAt = k.host.now().Add(retryEvery)
			k.host.alarms.set(k, k.retryAt)
		}
	}()
	if _, alarm := m.(wake); !alarm {
		k.idleSince = time.Time{}
	}
	if err := cmp.Or(k.afterStall(), k.afterBlind()); err != nil && !errors.Is(err, errAgain) {
		m.refuse(k, err)
	} else {
		m.handle(k)
	}
	k.settle()
}

// settle sees to what a message may have left: sockets that are gone, a held
// clock whose player is there, house players to ask, the next alarm.
func (k *keeper) settle() {
	k.bury()
	if k.t != nil {
		k.close()
	}
	if k.t != nil {
		k.release()
		k.think()
	}
	if !k.gone && !k.dismiss() { // only this goroutine sets gone
		k.host.alarms.set(k, k.nextAlarm())
	}
}

// shortestAlarm bounds how often alarms wake a keeper, and so how late.
const shortestAlarm = 5 * time.Millisecond

// nextAlarm is the earliest time at which something falls due; zero is never.
func (k *keeper) nextAlarm() time.Time {
	at := earlier(earlier(k.retryAt, k.holdUntil), earlier(k.blipAt, k.idleUntil()))
	if k.t != nil {
		next, _ := k.t.Next()
		at = earlier(at, next)
	}
	if at.IsZero() {
		return at
	}
	// Something due that nothing was done about must not spin.
	if soonest := k.host.now().Add(shortestAlarm); at.Before(soonest) {
		return soonest
	}
	return at
}

// earlier returns the earlier of two times, of which zero is never.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// over reports whether the game at the loaded table has ended.
func (k *keeper) over() bool { return k.t.Result().Over() }
