// Package loadgen plays many games at a time against a running server, as
// browsers would: two sockets a game, the public protocol, a session cookie a
// player. It measures, and it checks what the server promised.
//
// Latency is the time from just before a mover's socket is written until the
// opponent's socket has been read, by one monotonic clock. A move that was
// refused at first, or that an outage came across, is not in it.
//
// At the end every game is read back, and compared with what the sockets were
// told:
//
//   - lost: moves that were acknowledged, and events that were shown, and are
//     not in the game;
//   - doubled: moves that are in the game more often than they were made;
//   - disordered: moves that are in the game at another place than the one
//     that was acknowledged, events that are not what was shown under their
//     number, and breaks in the numbers.
//
// charged_ms is the time that players were charged while the server was away.
// Each player checks the own clock whenever the server shows it. Between two
// showings it may have lost no more than the time during which it ran, less
// the time held for an outage as the events of the table tell, less the time
// in which the player was away because the server was. That absence begins
// when the player's socket was lost or when a connection was first refused,
// whichever came later, and it ends when the player's first join after it was
// sent: a server that is killed before it can answer may have let the clock go
// on. All times of the clock are the server's own; only the ends of an
// absence are measured here, both on the side that favours the server: the
// server was gone before the loss was seen, and it can release a clock only
// after the join was sent. A crash may therefore give a player time, and a
// busy machine makes the check milder and never false. What is over jitter
// counts in full. An absence counts for at most patience after the server was
// back, because a server need not hold a clock for ever. A socket that is
// lost while the server takes connections excuses nothing: the clock runs. Nor
// does an absence excuse a turn that began in it, by a move of an opponent who
// was back sooner: the server was there. late_ms tells how long those were.
package loadgen

import "time"

const (
	// jitter is how much a clock may lose beyond what is explained: the
	// rounding of times, and the uncertainty of another machine's clock.
	jitter = 50 * time.Millisecond
	// patience is less than what any server holds a clock for.
	patience = 20 * time.Second
)
