package host

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// judgeTries is how often a command is judged when the outcome of its append
// stays unknown.
const judgeTries = 3

// Submit hands a command to its table. The answer goes to conn as a frame: an
// Update that names the action, or an Answer, ErrBusy included. Command.At is
// when the command arrived, and now when it is zero.
func (h *Host) Submit(cmd table.Command, conn Conn) {
	if err := h.submit(request{cmd: cmd, conn: conn}); err != nil {
		conn.Send(h.cfg.Codec.Answer(Answer{Table: cmd.Table, ID: cmd.ID, Err: err}))
	}
}

// Do is Submit for whoever has no socket. It returns where the action stands,
// or the refusal; after any other end of ctx, sending it again does it once.
func (h *Host) Do(ctx context.Context, cmd table.Command) (table.Seq, error) {
	done := make(chan Answer, 1)
	if err := h.submit(request{cmd: cmd, done: done}); err != nil {
		return 0, err
	}
	select {
	case a := <-done:
		return a.Seq, a.Err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (h *Host) submit(r request) error {
	if r.cmd.At.IsZero() {
		r.cmd.At = h.now()
	}
	return h.deliver(r.cmd.Table, &r)
}

// request is a command on its way, and who waits for the answer: a socket, or
// a channel with room for one.
type request struct {
	cmd  table.Command
	conn Conn
	done chan<- Answer
	// reserved is when the cashier was asked for Command.Paid.
	reserved time.Time
}

func (r *request) handle(k *keeper) {
	if r.late(k) {
		r.tooLate(k)
		return
	}
	if err := k.excuseActor(r.cmd.Actor.ID); err != nil {
		r.answer(k, 0, err)
		return
	}
	by := sender{conn: r.conn, id: r.cmd.ID}
	seq, err := k.execute(&r.cmd, &by)
	if r.pay(k, err) {
		return
	}
	if by.told && err == nil {
		return
	}
	r.answer(k, seq, err)
}

func (r *request) refuse(k *keeper, err error) { r.answer(k, 0, err) }

func (r *request) answer(k *keeper, seq table.Seq, err error) {
	a := Answer{Table: k.id, ID: r.cmd.ID, Seq: seq, Err: err}
	if r.done != nil {
		select {
		case r.done <- a:
		default: // a panic came after the answer
		}
	}
	if r.conn != nil {
		k.send(r.conn, k.host.cfg.Codec.Answer(a))
	}
}

// execute does a command once, and returns where it stands.
func (k *keeper) execute(cmd *table.Command, by *sender) (table.Seq, error) {
	for range judgeTries {
		if err := k.ensure(); err != nil {
			return 0, err
		}
		if k.archived {
			return 0, fmt.Errorf("%w: the game was archived", table.ErrNotAllowed)
		}
		if seq, ok := k.t.Done(cmd.Actor.ID, cmd.ID); ok {
			return seq, nil
		}
		if err := k.refusals.find(cmd.Actor.ID, cmd.ID); err != nil {
			return 0, err
		}
		err := k.afterBlind()
		if err == nil {
			err = k.attempt(cmd, by)
		}
		if err == nil {
			return k.stands(cmd), nil
		}
		if !errors.Is(err, errAgain) {
			return 0, err
		}
	}
	return 0, fmt.Errorf("%w: the journal does not take the action", ErrInternal)
}

// stands returns the first record of a command that was done just now.
func (k *keeper) stands(cmd *table.Command) table.Seq {
	if seq, ok := k.t.Done(cmd.Actor.ID, cmd.ID); ok {
		return seq
	}
	return k.t.Seq()
}

// attempt judges a command and commits what came of it. A refusal may come
// with records of its own: a flag that the command came too late for.
func (k *keeper) attempt(cmd *table.Command, by *sender) error {
	if err := k.prepareRematch(cmd); err != nil {
		return err
	}
	stood := k.t.SeatOf(cmd.Actor.ID) == game.NoSeat
	records, refusal := k.t.Judge(*cmd, k.presence())
	if refusal != nil {
		by = &sender{}
	}
	if len(records) > 0 {
		if err := k.commit(records, by); err != nil {
			return err
		}
	}
	if errors.Is(refusal, table.ErrChips) {
		return refusal // which is none yet
	}
	if refusal != nil {
		k.refusals.add(cmd.Actor.ID, cmd.ID, refusal)
		return refusal
	}
	if stood {
		k.seatSender(cmd, by.conn)
	}
	return nil
}

// seatSender gives a socket the seat that its player just sat down on, with
// the whole table as seen from there.
func (k *keeper) seatSender(cmd *table.Command, c Conn) {
	at := k.t.SeatOf(cmd.Actor.ID)
	if at == game.NoSeat {
		return
	}
	k.seats[at] = seat{since: k.host.now()}
	if c != nil && slices.Contains(k.spectators, c) {
		k.unseat(c)
		k.seats[at] = seat{conn: c}
		k.send(c, k.whole(game.Viewer{Seat: at}))
	}
	k.tellPresence()
}
