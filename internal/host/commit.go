package host

import (
	"errors"
	"fmt"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// sender is who gets the acknowledgement of a change; the zero sender is the
// table itself.
type sender struct {
	conn Conn
	id   table.ActionID
	// told is set when the acknowledgement was among the frames shown.
	told bool
}

// commit makes records durable and then visible. Its errors are ErrMoved, with
// the table let go of; errAgain, when the table was read again because nobody
// knew the outcome, and the caller must judge anew; and others that wrap
// ErrInternal.
func (k *keeper) commit(records []table.Record, by *sender) error {
	err := k.host.cfg.Journal.Append(k.host.life, k.id, k.t.Seq(), records)
	switch {
	case err == nil:
		if err := k.apply(records, by); err != nil {
			return err
		}
		return k.afterAppend(records[len(records)-1].At)
	case errors.Is(err, table.ErrConflict):
		k.host.cfg.Log.Warn("somebody else writes to a table", "table", k.id)
		return k.letGo(k.host.moved())
	}
	k.host.cfg.Log.Warn("an append has an unknown outcome", "table", k.id, "err", err)
	return k.again(err, records[len(records)-1].At)
}

// again reads the table anew, of which nobody knows how it stands since then.
func (k *keeper) again(cause error, since time.Time) error {
	if k.blind.IsZero() {
		k.blind = since
	}
	before := k.t.Seq()
	k.unload()
	if errors.Is(cause, table.ErrStopped) {
		k.host.fail(cause)
		return fmt.Errorf("%w: %v", ErrInternal, cause)
	}
	if err := k.ensure(); err != nil {
		return err
	}
	if k.t.Seq() > before {
		if err := k.afterAppend(k.t.Touched()); err != nil {
			return err
		}
	}
	return errAgain
}

// apply folds durable records into the table and shows them.
func (k *keeper) apply(records []table.Record, by *sender) error {
	var room [4]game.Viewer
	waiting, over := k.t.Waiting(), k.over()
	updates, err := k.t.Apply(records, k.viewers(room[:0]))
	if err != nil {
		k.host.cfg.Log.Error("a table cannot take its own records", "table", k.id, "err", err)
		return k.again(err, records[len(records)-1].At)
	}
	k.board = nil
	for i := range updates {
		if k.show(&updates[i], by.conn, by.id) {
			by.told = true
		}
	}
	if waiting || over != k.over() || &k.players[0] != &k.t.Setup().Seats[0] {
		k.enroll()
	}
	if waiting && !k.t.Waiting() {
		k.countAbsence()
	}
	k.host.cfg.Changed(Change{Table: k.id, Players: k.involved, Began: waiting && !k.t.Waiting(), Over: k.over()})
	return nil
}
