package gametest

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"kibitz/internal/game"
)

// lapses checks that what a table does for a seat can be done.
func (t *trial) lapses() error {
	causes := []game.Lapse{game.FlagFell, game.NoFirstMove, game.LeftLoss, game.LeftDraw}
	for seat := range game.Seat(t.Seats) {
		for _, why := range causes {
			if err := t.lapse(seat, why); err != nil {
				return fmt.Errorf("lapse %d of seat %d: %w", why, seat, err)
			}
		}
	}
	return t.same("after lapses")
}

func (t *trial) lapse(seat game.Seat, why game.Lapse) error {
	a := t.live.Lapse(seat, why)
	if a == nil {
		return nil
	}
	if t.live.Result().Over() {
		return errors.New("it has a meaning after the end")
	}
	events, err := t.live.Decide(seat, a, t.chance)
	if err != nil || len(events) == 0 {
		return fmt.Errorf("the action for it causes %d events, %v", len(events), err)
	}
	s := t.live
	for _, e := range events {
		if err := t.show(s, e); err != nil {
			return err
		}
		if _, err := t.codec(e); err != nil {
			return err
		}
		s = s.Evolve(e)
	}
	_, err = marshal(s.View(game.Spectator))
	return err
}

// store takes an event into the replay, the way a journal does.
func (t *trial) store(e game.Event) error {
	if err := t.show(t.replay, e); err != nil {
		return err
	}
	stored, err := t.codec(e)
	if err != nil {
		return err
	}
	t.replay = t.replay.Evolve(stored)
	return nil
}

// show encodes what everybody may know of an event.
func (t *trial) show(s game.State, e game.Event) error {
	for _, v := range t.viewers() {
		if _, err := marshal(s.EventView(e, v)); err != nil {
			return err
		}
	}
	return nil
}

// codec returns the event as read back, and checks that nothing is lost, that
// it keeps no hold of the bytes it was read from, and that bytes cut short
// are refused or at least survived.
func (t *trial) codec(e game.Event) (game.Event, error) {
	typ := e.EventType()
	if typ == "" || strings.HasPrefix(typ, "table.") {
		return nil, fmt.Errorf("event type %q", typ)
	}
	data, err := t.Rules.EncodeEvent(e)
	if err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	buffer := bytes.Clone(data)
	stored, err := t.Rules.DecodeEvent(typ, buffer)
	if err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	for i := range buffer {
		buffer[i] = 0xEE
	}
	if !reflect.DeepEqual(e, stored) {
		return nil, fmt.Errorf("it is read back as\n%+v, want\n%+v", stored, e)
	}
	again, err := t.Rules.EncodeEvent(stored)
	if err != nil || !bytes.Equal(again, data) {
		return nil, fmt.Errorf("encoded again: %x, %v, want %x", again, err, data)
	}
	for n := range data {
		if _, err := t.Rules.DecodeEvent(typ, data[:n]); err != nil && !errors.Is(err, game.ErrMalformed) {
			return nil, fmt.Errorf("cut to %d bytes it is refused with %w, which is not ErrMalformed", n, err)
		}
	}
	return stored, nil
}
