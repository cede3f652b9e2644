package chess

import (
	"encoding/binary"
	"fmt"

	"kibitz/internal/game"
)

// The facts of a game. Their types and stored forms are for ever:
//
//	move                              the Move, 2 bytes, low byte first
//	draw-offered, draw-declined       the seat, 1 byte
//	takeback-asked, takeback-declined the seat, 1 byte
//	takeback                          the ply gone back to, 2 bytes, low first
//	ended                             status, reason, winner: 3 bytes
type (
	movedEvent struct{ move Move }
	// seatEvent is an offer or a refusal.
	seatEvent struct {
		typ  string
		seat game.Seat
	}
	takebackEvent struct{ ply uint16 }
	endedEvent    struct{ outcome }
)

const (
	typeMove             = "move"
	typeDrawOffered      = "draw-offered"
	typeDrawDeclined     = "draw-declined"
	typeTakebackAsked    = "takeback-asked"
	typeTakebackDeclined = "takeback-declined"
	typeTakeback         = "takeback"
	typeEnded            = "ended"
)

func (movedEvent) EventType() string    { return typeMove }
func (e seatEvent) EventType() string   { return e.typ }
func (takebackEvent) EventType() string { return typeTakeback }
func (endedEvent) EventType() string    { return typeEnded }

// EncodeEvent returns the stored form of an event of this package.
func (r *Rules) EncodeEvent(e game.Event) ([]byte, error) {
	switch e := e.(type) {
	case movedEvent:
		return binary.LittleEndian.AppendUint16(nil, uint16(e.move)), nil
	case seatEvent:
		return []byte{byte(e.seat)}, nil
	case takebackEvent:
		return binary.LittleEndian.AppendUint16(nil, e.ply), nil
	case endedEvent:
		return []byte{byte(e.status), byte(e.reason), e.winner}, nil
	}
	return nil, fmt.Errorf("%w: %T is no event of chess", game.ErrMalformed, e)
}

// DecodeEvent reads what EncodeEvent wrote.
func (r *Rules) DecodeEvent(typ string, data []byte) (game.Event, error) {
	var e game.Event
	var size int
	switch typ {
	case typeMove:
		e, size = movedEvent{Move(uint16At(data))}, 2
	case typeDrawOffered, typeDrawDeclined, typeTakebackAsked, typeTakebackDeclined:
		e, size = decodeSeat(typ, data), 1
	case typeTakeback:
		e, size = takebackEvent{uint16At(data)}, 2
	case typeEnded:
		e, size = decodeEnded(data), 3
	}
	if e == nil || len(data) != size {
		return nil, fmt.Errorf("%w: event %s of chess in %d bytes", game.ErrMalformed, echo(typ), len(data))
	}
	return e, nil
}

// uint16At returns 0 when there are not 2 bytes.
func uint16At(data []byte) uint16 {
	if len(data) < 2 {
		return 0
	}
	return binary.LittleEndian.Uint16(data)
}

// decodeSeat names the event with a constant, so that nothing is kept alive
// for its sake. It returns nil for a seat that chess does not have.
func decodeSeat(typ string, data []byte) game.Event {
	if len(data) != 1 || data[0] >= seatCount {
		return nil
	}
	for _, known := range [...]string{typeDrawOffered, typeDrawDeclined, typeTakebackAsked, typeTakebackDeclined} {
		if known == typ {
			return seatEvent{known, game.Seat(data[0])}
		}
	}
	return nil
}

// decodeEnded returns nil for numbers that were never stored.
func decodeEnded(data []byte) game.Event {
	if len(data) != 3 {
		return nil
	}
	o := outcome{status: status(data[0]), reason: reason(data[1]), winner: data[2]}
	if statusNames[o.status] == "" || int(o.reason) >= len(reasonNames) || o.winner > seatCount {
		return nil
	}
	return endedEvent{o}
}
