package wire

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Code says in one word why something was refused. Clients depend on them;
// never rename one.
type Code string

// The codes.
const (
	Malformed    Code = "malformed"
	UnknownType  Code = "unknown-type"
	TooLarge     Code = "too-large"
	TooFast      Code = "too-fast"
	Busy         Code = "busy"
	NotSignedIn  Code = "not-signed-in"
	NotAllowed   Code = "not-allowed"
	UnknownTable Code = "unknown-table"
	NotYourSeat  Code = "not-your-seat"
	NotYourTurn  Code = "not-your-turn"
	Illegal      Code = "illegal"
	Over         Code = "over"
	Taken        Code = "taken"
	Moved        Code = "moved"
	Internal     Code = "internal"
	NotFound     Code = "not-found"
	Invalid      Code = "invalid"
	Wrong        Code = "wrong"
	Confirm      Code = "confirm"
	Changed      Code = "changed"
	Chips        Code = "chips"
)

// Refusals that the edges make themselves.
var (
	// ErrTooFast: more messages than one socket or address may send.
	ErrTooFast = errors.New("slow down a little")
	// ErrBusy: an inbox, or the server, is full for the moment.
	ErrBusy = errors.New("the server is busy; please try again")
	// ErrChips: somebody has not the chips for it.
	ErrChips = errors.New("you have not enough chips")
	// ErrNotAllowed: not for this user, or not for anybody.
	ErrNotAllowed = errors.New("that is not possible")
)

// awayRetry is how long a client waits while the database is away.
const awayRetry = 5 * time.Second

// busyRetry is how long a client waits after Busy.
const busyRetry = 250 * time.Millisecond

// Problem is an error as a client may see it.
type Problem struct {
	Code Code
	// Status is the fitting status of plain HTTP.
	Status int
	// Message is for people. It says nothing about what is inside the server.
	Message string
	// Retry is when it may be tried again; zero when that does not help, or
	// needs no waiting.
	Retry time.Duration
}

// known is the one table of what clients are told. The first row that an
// error wraps decides, so what wraps something else stands above it.
var known = []struct {
	err    error
	code   Code
	status int
	retry  time.Duration
}{
	{account.ErrAway, Busy, http.StatusServiceUnavailable, awayRetry},
	{ErrUnknownType, UnknownType, http.StatusBadRequest, 0},
	{ErrTooLarge, TooLarge, http.StatusRequestEntityTooLarge, 0},
	{ErrTooFast, TooFast, http.StatusTooManyRequests, time.Second},
	{ErrBusy, Busy, http.StatusServiceUnavailable, busyRetry},
	{ErrNotAllowed, NotAllowed, http.StatusForbidden, 0},
	{ErrChips, Chips, http.StatusConflict, 0},
	{account.ErrBusy, Busy, http.StatusServiceUnavailable, time.Second},
	{account.ErrInvalid, Invalid, http.StatusUnprocessableEntity, 0},
	{account.ErrNameTaken, Taken, http.StatusConflict, 0},
	{account.ErrWrong, Wrong, http.StatusForbidden, 0},
	{account.ErrConfirm, Confirm, http.StatusForbidden, 0},
	{account.ErrDenied, NotAllowed, http.StatusForbidden, 0},
	{account.ErrNotFound, NotFound, http.StatusNotFound, 0},
	{account.ErrChanged, Changed, http.StatusConflict, 0},
	{account.ErrNotSignedIn, NotSignedIn, http.StatusUnauthorized, 0},
	{table.ErrUnknownTable, UnknownTable, http.StatusNotFound, 0},
	{table.ErrConflict, Moved, http.StatusConflict, 0},
	{table.ErrOver, Over, http.StatusConflict, 0},
	{table.ErrTaken, Taken, http.StatusConflict, 0},
	{table.ErrSeat, NotYourSeat, http.StatusForbidden, 0},
	{table.ErrNotAllowed, NotAllowed, http.StatusForbidden, 0},
	{game.ErrTurn, NotYourTurn, http.StatusConflict, 0},
	{game.ErrIllegal, Illegal, http.StatusUnprocessableEntity, 0},
	{game.ErrMalformed, Malformed, http.StatusBadRequest, 0},
	{table.ErrSetup, Malformed, http.StatusBadRequest, 0},
	{clock.ErrControl, Malformed, http.StatusBadRequest, 0},
}

// Explain says what a client is told of an error. One that it does not know is
// Internal: the caller logs it, and the client does not see it.
func Explain(err error) Problem {
	for _, k := range known {
		if errors.Is(err, k.err) {
			return Problem{Code: k.code, Status: k.status, Message: sentence(reason(err, k.err)), Retry: retryOf(err, k.retry)}
		}
	}
	return Problem{Code: Internal, Status: http.StatusInternalServerError,
		Message: "Something went wrong on our side. Please try again."}
}

// reason is the text of an error from the sentinel on: what stands before it
// is for logs. Behind an "illegal action: " only the reason itself is left.
func reason(err, sentinel error) string {
	text, name := err.Error(), sentinel.Error()
	_, behind, found := strings.Cut(text, name+": ")
	if found && behind != "" {
		return behind
	}
	return strings.TrimPrefix(name, game.ErrIllegal.Error()+": ")
}

// sentence writes a reason as one, with a capital and a full stop.
func sentence(s string) string {
	if s == "" {
		return s
	}
	if c := s[0]; c >= 'a' && c <= 'z' {
		s = string(c-'a'+'A') + s[1:]
	}
	if strings.ContainsRune(".!?", rune(s[len(s)-1])) {
		return s
	}
	return s + "."
}
