package wire_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
	"kibitz/internal/wire"
)

var errInCheck = fmt.Errorf("%w: the king would be in check", game.ErrIllegal)

func TestExplain(t *testing.T) {
	for _, row := range []struct {
		name string
		err  error
		want wire.Problem
	}{
		{"a rule", fmt.Errorf("act at aB3dE6gH: %w", errInCheck), wire.Problem{Code: wire.Illegal, Status: 422, Message: "The king would be in check."}},
		{"a rule without a reason", game.ErrIllegal, wire.Problem{Code: wire.Illegal, Status: 422, Message: "Illegal action."}},
		{"the turn", fmt.Errorf("x: %w", game.ErrTurn), wire.Problem{Code: wire.NotYourTurn, Status: 409, Message: "It is not your turn."}},
		{"malformed", fmt.Errorf("%w: id is missing", game.ErrMalformed), wire.Problem{Code: wire.Malformed, Status: 400, Message: "Id is missing."}},
		{"no such table", fmt.Errorf("join: %w", table.ErrUnknownTable), wire.Problem{Code: wire.UnknownTable, Status: 404, Message: "Unknown table."}},
		{"not signed in", account.ErrNotSignedIn, wire.Problem{Code: wire.NotSignedIn, Status: 401, Message: "You are not signed in."}},
		{"not in a seat", table.ErrSeat, wire.Problem{Code: wire.NotYourSeat, Status: 403, Message: "You do not play here."}},
		{"over", table.ErrOver, wire.Problem{Code: wire.Over, Status: 409, Message: "The game is over."}},
		{"taken", table.ErrTaken, wire.Problem{Code: wire.Taken, Status: 409, Message: "The seat is taken."}},
		{"moved", table.ErrConflict, wire.Problem{Code: wire.Moved, Status: 409, Message: "The table has moved on."}},
		{"not here", fmt.Errorf("%w: guests may only use presets", table.ErrNotAllowed), wire.Problem{Code: wire.NotAllowed, Status: 403, Message: "Guests may only use presets."}},
		{"a bad control", fmt.Errorf("%w: %w", table.ErrSetup, clock.ErrControl), wire.Problem{Code: wire.Malformed, Status: 400, Message: "Bad time control."}},
		{"too fast", wire.RetryIn{Err: wire.ErrTooFast, Wait: 70 * time.Millisecond}, wire.Problem{Code: wire.TooFast, Status: 429, Message: "Slow down a little.", Retry: 70 * time.Millisecond}},
		{"busy", wire.ErrBusy, wire.Problem{Code: wire.Busy, Status: 503, Message: "The server is busy; please try again.", Retry: 250 * time.Millisecond}},
		{"no database", fmt.Errorf("history of ann: dial 10.0.0.7: refused; %w", account.ErrAway), wire.Problem{Code: wire.Busy, Status: 503,
			Message: "Accounts and finished games cannot be read or stored at the moment; running games go on; please try again soon.", Retry: 5 * time.Second}},
		{"our fault", errors.New("dial postgres://admin:secret@db"), wire.Problem{Code: wire.Internal, Status: 500, Message: "Something went wrong on our side. Please try again."}},
	} {
		if got := wire.Explain(row.err); got != row.want {
			t.Errorf("%s: got %+v, want %+v", row.name, got, row.want)
		}
	}
}
