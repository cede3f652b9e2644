package chess

import "kibitz/internal/game"

// status is how a game ended. The numbers are stored, and are those of
// spec/chess.md section 1; 0 is a running game.
type status uint8

const (
	statusAborted      status = 25
	statusMate         status = 30
	statusResign       status = 31
	statusStalemate    status = 32
	statusTimeout      status = 33
	statusDraw         status = 34
	statusOutOfTime    status = 35
	statusNoStart      status = 37
	statusInsufficient status = 39
)

// statusNames are the words on the wire and in results; never rename one.
var statusNames = map[status]string{
	statusAborted: "aborted", statusMate: "mate", statusResign: "resign", statusStalemate: "stalemate",
	statusTimeout: "timeout", statusDraw: "draw", statusOutOfTime: "outoftime", statusNoStart: "nostart",
	statusInsufficient: "insufficient",
}

// reason is why a game is a draw, where the status is statusDraw. The numbers
// are stored.
type reason uint8

const (
	reasonAgreement    reason = 1
	reasonThreefold    reason = 2
	reasonFivefold     reason = 3
	reasonFifty        reason = 4
	reasonSeventyFive  reason = 5
	reasonDeadPosition reason = 6
	reasonPlyLimit     reason = 7
)

// reasonNames are the words on the wire; never rename one.
var reasonNames = [...]string{"", "agreement", "threefold", "fivefold", "fifty-moves",
	"seventy-five-moves", "dead-position", "ply-limit"}

// outcome is how a game ended; the zero outcome is a running game.
type outcome struct {
	status status
	reason reason
	// winner is one more than the seat that won, so that zero is nobody.
	winner uint8
}

func won(s status, by game.Seat) outcome { return outcome{status: s, winner: uint8(by) + 1} }

func drawn(why reason) outcome { return outcome{status: statusDraw, reason: why} }

func (o outcome) over() bool { return o.status != 0 }

// seat returns who won, or NoSeat.
func (o outcome) seat() game.Seat { return game.Seat(o.winner) - 1 }

func (o outcome) result() game.Result {
	if !o.over() {
		return game.Result{}
	}
	return game.Result{
		Status:  statusNames[o.status],
		Winners: game.SeatSet(o.seat()),
		Void:    o.status == statusAborted,
	}
}

// outcomeOf turns what the rules say of a position into how the game ended.
// Whoever is to move has been mated.
func outcomeOf(e Ending, turn Color) outcome {
	switch e {
	case Checkmate:
		return won(statusMate, seatOf(turn.Other()))
	case Stalemate:
		return outcome{status: statusStalemate}
	case DeadPosition:
		return drawn(reasonDeadPosition)
	case FivefoldRepetition:
		return drawn(reasonFivefold)
	case FiftyMoves:
		return drawn(reasonFifty)
	case SeventyFiveMoves:
		return drawn(reasonSeventyFive)
	case PlyLimit:
		return drawn(reasonPlyLimit)
	}
	return outcome{}
}

// seatOf returns who plays a colour.
func seatOf(c Color) game.Seat { return game.Seat(c) }
