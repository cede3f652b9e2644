package chess

import "kibitz/internal/game"

// offers is what the players have asked of each other and not yet answered,
// and when they last asked.
type offers struct {
	drawBy, takebackBy game.Seat
	// drawAt and takebackAt are one more than the ply at which each seat asked
	// last, and zero when it never did.
	drawAt, takebackAt [seatCount]int16
}

var noOffers = offers{drawBy: game.NoSeat, takebackBy: game.NoSeat}

// drawEvery is how many plies lie between two draw offers of a player.
const drawEvery = 20

// moved withdraws what a move of by answers: a takeback, whoever asked, and
// the opponent's draw offer. One's own draw offer goes with the move.
func (o *offers) moved(by game.Seat) {
	o.takebackBy = game.NoSeat
	if o.drawBy == by.Other() {
		o.drawBy = game.NoSeat
	}
}

// heard notes an offer or a refusal.
func (o *offers) heard(e seatEvent, ply int) {
	switch e.typ {
	case typeDrawOffered:
		o.drawBy, o.drawAt[e.seat] = e.seat, int16(ply)+1
	case typeDrawDeclined:
		o.drawBy = game.NoSeat
	case typeTakebackAsked:
		o.takebackBy, o.takebackAt[e.seat] = e.seat, int16(ply)+1
	case typeTakebackDeclined:
		o.takebackBy = game.NoSeat
	}
}

// tookBack drops what was asked in a position that is no more. When draws were
// last offered stays known.
func (o *offers) tookBack() {
	o.drawBy, o.takebackBy = game.NoSeat, game.NoSeat
	o.takebackAt = [seatCount]int16{}
}

// mayOfferDraw reports whether the last draw offer of a seat is long ago.
func (o *offers) mayOfferDraw(seat game.Seat, ply int) bool {
	return o.drawAt[seat] == 0 || ply+1-int(o.drawAt[seat]) >= drawEvery
}

// mayAskTakeback reports whether a seat has not asked in this position.
func (o *offers) mayAskTakeback(seat game.Seat, ply int) bool {
	return int(o.takebackAt[seat]) != ply+1
}
