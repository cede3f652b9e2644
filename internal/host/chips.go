package host

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kibitz/internal/table"
)

// ErrChips: somebody has not the chips that an action needs.
var ErrChips = errors.New("you have not enough chips")

// reserveTime bounds how long an action waits for the cashier, and spendTime how
// long after that the chips may come to the table: what was reserved for longer,
// the ledger may take back.
const (
	reserveTime = 10 * time.Second
	spendTime   = time.Minute
)

// pay has the cashier reserve what a good command waits for, off the keeper's
// goroutine, and brings the command back; it reports whether it does. What was
// reserved for a command that is refused after all goes back.
func (r *request) pay(k *keeper, err error) bool {
	var price *table.Price
	switch {
	case errors.As(err, &price) && r.cmd.Paid == 0:
		r.cmd.Paid, r.reserved = price.Chips, k.host.now()
		k.host.loops.Go(func() { r.reserve(k) })
		return true
	case err != nil && r.cmd.Paid > 0 && decided(err):
		k.host.loops.Go(func() { r.refund(k.host) })
	}
	return false
}

// decided reports whether a refusal is the last word about a command. Where it is
// not, the command may be sent again, perhaps to another host that has the table
// now, and bring the same chips: then the ledger's own round finds out whether they
// came.
func decided(err error) bool {
	return !errors.Is(err, ErrInternal) && !errors.Is(err, ErrMoved) && !errors.Is(err, ErrBusy)
}

// late reports whether the command comes back from the cashier so late that its
// chips may be gone.
func (r *request) late(k *keeper) bool {
	return r.cmd.Paid > 0 && k.host.now().Sub(r.reserved) > spendTime
}

// tooLate gives the chips back, unless they came: the command may have been sent
// twice.
func (r *request) tooLate(k *keeper) {
	if err := k.ensure(); err != nil {
		r.answer(k, 0, err)
		return
	}
	if seq, ok := k.t.Done(r.cmd.Actor.ID, r.cmd.ID); ok {
		r.answer(k, seq, nil)
		return
	}
	if k.host.keeps(k.id) {
		k.host.loops.Go(func() { r.refund(k.host) })
	}
	r.answer(k, 0, fmt.Errorf("%w: that took too long, try again", ErrBusy))
}

func (r *request) voucher() Voucher {
	return Voucher{
		ID: table.Voucher(r.cmd.Table, r.cmd.Actor.ID, r.cmd.ID), Table: r.cmd.Table, Player: r.cmd.Actor, Chips: r.cmd.Paid,
	}
}

// reserve runs on a goroutine of its own.
func (r *request) reserve(k *keeper) {
	ctx, cancel := context.WithTimeout(k.host.life, reserveTime)
	defer cancel()
	if err := k.host.cfg.Cashier.Reserve(ctx, r.voucher()); err != nil {
		if !errors.Is(err, ErrChips) {
			k.host.cfg.Log.Warn("chips cannot be reserved", "table", k.id, "err", err)
			err = fmt.Errorf("%w: the chips cannot be had at the moment, try again", ErrBusy)
		}
		r.reply(k.host, err)
		return
	}
	if err := k.host.deliver(k.id, r); err != nil {
		if decided(err) {
			r.refund(k.host)
		}
		r.reply(k.host, err)
	}
}

// reply answers from outside the keeper's goroutine.
func (r *request) reply(h *Host, err error) {
	a := Answer{Table: r.cmd.Table, ID: r.cmd.ID, Err: err}
	if r.done != nil {
		r.done <- a
	}
	if r.conn != nil {
		r.conn.Send(h.cfg.Codec.Answer(a))
	}
}

// refund gives back what a refused command has reserved. When that fails, the
// ledger's own round finds it.
func (r *request) refund(h *Host) {
	ctx, cancel := context.WithTimeout(h.life, reserveTime)
	defer cancel()
	if err := h.cfg.Cashier.Cancel(ctx, r.voucher()); err != nil {
		h.cfg.Log.Warn("chips are not back yet", "table", r.cmd.Table, "err", err)
	}
}

// noCashier is for hosts without chips.
type noCashier struct{}

func (noCashier) Reserve(context.Context, Voucher) error {
	return fmt.Errorf("%w: this server has none", ErrChips)
}

func (noCashier) Cancel(context.Context, Voucher) error { return nil }
