package table

import (
	"fmt"
	"slices"
	"time"

	"kibitz/internal/game"
)

// applyOwn folds an event of the table itself.
func (t *Table) applyOwn(r *Record, viewers []game.Viewer) ([]EventView, error) {
	var body any = plain{}
	var err error
	switch r.Type {
	case typeSeated:
		body, err = fold(r, t.seat)
		t.turned = r.At
	case typeGaveTime:
		body, err = fold(r, t.give)
	case typeHeld:
		_, err = fold(r, t.hold)
	case typeClaimed:
		_, err = fold(r, func(e claim) error { t.epoch = max(t.epoch, e.Epoch); return nil })
		return ownless(r, viewers), err
	case typeReleased:
		t.clock, t.turned = t.clock.Release(r.At), r.At
	case typeChat:
		return t.applyChat(r, viewers)
	case typeRematchOffered:
		body, err = fold(r, func(e rematchBy) error { t.rematch.offer(e.By, r.At); return nil })
	case typeRematchDeclined:
		body, err = fold(r, func(rematchBy) error { t.rematch.decline(r.At); return nil })
	case typeRematch:
		body, err = fold(r, func(e rematchAt) error { t.rematch.table = e.Table; return nil })
	case typeExpired:
		t.expired = true
	case typePaused, typeResumed, typeAsked, typeApproved, typeDeclined, typeRemoved, typeOwner, typeWaits:
		body, err = t.applyLounge(r)
	default:
		err = fmt.Errorf("%w: unknown event %q of the table", game.ErrMalformed, r.Type)
	}
	return t.ownViews(r, body, viewers), err
}

// fold decodes the body of an event and hands it on.
func fold[T any](r *Record, apply func(T) error) (any, error) {
	body, err := decodeOwn[T](r)
	if err != nil {
		return nil, err
	}
	return body, apply(body)
}

func (t *Table) ownViews(r *Record, body any, viewers []game.Viewer) []EventView {
	views := make([]EventView, 0, len(viewers))
	for range viewers {
		views = append(views, eventView(r, ownView{r.Type, body}))
	}
	return views
}

// ownless is what viewers get of an event that is none of their business: its
// number.
func ownless(r *Record, viewers []game.Viewer) []EventView {
	views := make([]EventView, 0, len(viewers))
	for range viewers {
		views = append(views, eventView(r, nil))
	}
	return views
}

func (t *Table) seat(e seated) error {
	if e.Seat < 0 || int(e.Seat) >= len(t.setup.Seats) {
		return fmt.Errorf("%w: seat %d of %d", game.ErrMalformed, e.Seat, len(t.setup.Seats))
	}
	t.setup.Seats = slices.Clone(t.setup.Seats)
	t.setup.Seats[e.Seat] = e.Player
	if t.Room() {
		t.clock = t.clock.Renew(e.Seat)
		t.lounge.line = without(t.lounge.line, e.Player.ID)
	}
	return nil
}

func (t *Table) give(e gaveTime) error {
	next, err := t.clock.Give(e.To, time.Duration(e.Millis)*time.Millisecond)
	if err == nil {
		t.clock = next
	}
	return err
}

func (t *Table) hold(e held) error {
	t.clock = t.clock.Hold(time.UnixMilli(e.AliveAt))
	t.epoch = max(t.epoch, e.Epoch)
	return nil
}
