package host

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// How a table is read again when the journal fails: so often, and with a pause
// that starts here and doubles. Then whoever asked gets ErrInternal, and a
// table that viewers have seen is tried again every retryEvery.
const (
	loadTries  = 5
	loadPause  = 10 * time.Millisecond
	retryEvery = time.Second
)

// unload forgets the table in memory: only the journal knows how it stands.
func (k *keeper) unload() {
	if k.t != nil {
		k.shown = k.t.Seq()
		k.t, k.board = nil, nil
	}
}

// ensure loads the table unless it is there. Its error is an answer.
func (k *keeper) ensure() error {
	if k.t != nil {
		return nil
	}
	k.retryAt = time.Time{}
	t, err := k.load()
	if err == nil && k.host.cfg.Shared && !k.archived {
		t, err = k.retake(t)
	}
	switch {
	case err == nil:
		k.adopt(t)
		return nil
	case errors.Is(err, table.ErrUnknownTable):
		return k.letGo(table.ErrUnknownTable)
	case errors.Is(err, ErrMoved):
		k.host.cfg.Log.Warn("a table is another server's now", "table", k.id)
		return k.letGo(err)
	}
	if errors.Is(err, table.ErrStopped) {
		k.host.fail(err)
	} else {
		k.host.cfg.Log.Error("a table cannot be loaded", "table", k.id, "err", err)
	}
	if k.shown > 0 {
		k.retryAt = k.host.now().Add(retryEvery)
	}
	return fmt.Errorf("%w: %v", ErrInternal, err)
}

// retake claims a table that was read again, unless that has been done: a host
// that has lost its partition, and does not know yet, must find out.
func (k *keeper) retake(t *table.Table) (*table.Table, error) {
	epoch := k.host.epoch(k.id)
	switch {
	case epoch == 0:
		return nil, errMoving
	case t.Epoch() == epoch:
		return t, nil
	}
	t, err := k.host.claimOne(k.host.life, t, Tenure{Epoch: epoch, Alive: k.blind}.claim)
	if err == nil && t == nil {
		return nil, errMoving
	}
	return t, err
}

// load reads the table from the journal, or else from the archive.
func (k *keeper) load() (*table.Table, error) {
	var records []table.Record
	var err error
	for try := range loadTries {
		if try > 0 && !sleep(k.host.life, loadPause<<(try-1)) {
			break
		}
		records, k.archived, err = k.host.records(k.host.life, k.id)
		if err == nil {
			return table.Load(k.host.cfg.Catalog, records)
		}
		if errors.Is(err, table.ErrStopped) || errors.Is(err, table.ErrUnknownTable) {
			break
		}
	}
	return nil, err
}

// adopt makes t the table of the keeper, and shows viewers what they have not
// seen of it.
func (k *keeper) adopt(t *table.Table) {
	k.t = t
	k.enroll()
	if k.shown > 0 && t.Seq() > k.shown && k.watched() {
		k.catchUp()
	}
	k.shown = t.Seq()
}

// enroll takes over who sits at the table, at the start and after every
// change of that.
func (k *keeper) enroll() {
	setup := k.t.Setup()
	if k.seats == nil {
		k.seats = make([]seat, len(setup.Seats))
		now := k.host.now()
		for i := range k.seats {
			k.seats[i].since = now
		}
	}
	k.rise()
	before := k.involved
	k.players, k.involved = setup.Seats, setup.Seats
	if setup.Kept() != game.NoSeat {
		k.involved = append(slices.Clone(setup.Seats), setup.Invited)
	}
	k.hire()
	k.host.players.remove(k, before)
	if !k.over() {
		k.host.players.add(k, k.involved)
	}
	k.ended.Store(k.over())
	k.carried.CompareAndSwap(0, k.t.Created().UnixMilli())
	k.room.Store(k.t.Room() && !k.over())
	k.publish(!k.over() && !k.t.Waiting())
}

// rise makes spectators of the sockets whose players do not hold their seats
// any more, and has them see the table as such.
func (k *keeper) rise() {
	seats := k.t.Setup().Seats
	for i := range k.players {
		c := k.seats[i].conn
		if k.players[i].ID == seats[i].ID {
			continue
		}
		k.seats[i] = seat{since: k.host.now()}
		if c != nil {
			k.spectators = append(k.spectators, c)
			k.count()
			k.send(c, k.whole(game.Spectator))
		}
		if i < len(k.house) {
			k.house[i] = houseSeat{}
		}
	}
}

// catchUp sends what came to be while the table was not in memory.
func (k *keeper) catchUp() {
	var records []table.Record
	if !k.t.Room() {
		var err error
		if records, _, err = k.host.records(k.host.life, k.id); err != nil {
			k.host.cfg.Log.Warn("viewers get whole tables", "table", k.id, "err", err)
		}
	}
	for _, v := range k.viewers(nil) {
		frame := k.missed(v, k.shown, records)
		for _, c := range k.class(v) {
			k.send(c, frame)
		}
	}
}

// missed makes the frame with what a viewer has not seen, out of all records,
// or without those that of the whole table.
func (k *keeper) missed(v game.Viewer, after table.Seq, records []table.Record) []byte {
	now := k.host.now()
	snapshot := k.t.Snapshot(v, now)
	if uint64(len(records)) >= uint64(k.t.Seq()) {
		events, err := table.Replay(k.host.cfg.Catalog, records[:k.t.Seq()], v, after)
		if err == nil {
			return k.host.cfg.Codec.Update(&table.Update{
				Table: k.id, Viewer: v, Events: events, Clocks: snapshot.Clocks, Deadline: snapshot.Deadline,
			})
		}
		k.host.cfg.Log.Error("a table cannot be replayed", "table", k.id, "err", err)
	}
	return k.host.cfg.Codec.Snapshot(&snapshot)
}
