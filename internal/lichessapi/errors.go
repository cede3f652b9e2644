package lichessapi

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/clock"
	"kibitz/internal/export"
	"kibitz/internal/game"
	"kibitz/internal/host"
	"kibitz/internal/importer"
	"kibitz/internal/table"
)

// refusal is an error with the status and the text that clients of lichess
// know. A refusal with a field is about one field of a form.
type refusal struct {
	status int
	text   string
	field  string
	// retry is when it may be tried again; zero says nothing.
	retry time.Duration
	// need and have are the scopes of a token that lacks one.
	need, have string
}

// Error implements error.
func (r *refusal) Error() string { return r.text }

func refuse(status int, format string, args ...any) error {
	return &refusal{status: status, text: fmt.Sprintf(format, args...)}
}

// badField is the refusal of one field of a form.
func badField(field, format string, args ...any) error {
	return &refusal{status: http.StatusBadRequest, field: field, text: fmt.Sprintf(format, args...)}
}

// The refusals that many handlers make, in the words of lichess: clients look
// for some of them.
var (
	errNoSuchToken = &refusal{status: http.StatusUnauthorized, text: "No such token"}
	errNoToken     = &refusal{status: http.StatusUnauthorized, text: "Missing authorization header"}
	errNotFound    = &refusal{status: http.StatusNotFound, text: "Not found."}
	errNoGame      = &refusal{status: http.StatusNotFound, text: "No such game"}
	errNotYours    = &refusal{status: http.StatusNotFound, text: "Not your game"}
	errTurn        = &refusal{status: http.StatusBadRequest, text: "Not your turn, or game already over"}
	errNoAbort     = &refusal{status: http.StatusBadRequest, text: "This game can no longer be aborted"}
	errBotsOnly    = &refusal{status: http.StatusBadRequest, text: "This endpoint can only be used with a Bot account"}
	errNoBots      = &refusal{status: http.StatusBadRequest, text: "This endpoint cannot be used with a Bot account"}
)

// known is what the errors of the core are in the words of lichess. The first
// row that an error wraps decides. An empty text stands for that of the error.
var known = []struct {
	err    error
	status int
	text   string
}{
	{host.ErrBusy, http.StatusServiceUnavailable, "The server is busy, please try again"},
	{account.ErrNotSignedIn, http.StatusUnauthorized, "No such token"},
	{account.ErrUnknown, http.StatusNotFound, "Not found."},
	{account.ErrNotFound, http.StatusNotFound, "Not found."},
	{account.ErrDenied, http.StatusBadRequest, ""},
	{account.ErrInvalid, http.StatusBadRequest, ""},
	{importer.ErrGame, http.StatusBadRequest, ""},
	{importer.ErrBusy, http.StatusTooManyRequests, "Please wait until the file is read that you are importing"},
	{importer.ErrFull, http.StatusBadRequest, "Your library is full"},
	{archive.ErrUnknown, http.StatusNotFound, "No such game"},
	{export.ErrFormat, http.StatusNotFound, "No such game"},
	{table.ErrUnknownTable, http.StatusNotFound, "No such game"},
	{table.ErrOver, http.StatusBadRequest, "Not your turn, or game already over"},
	{table.ErrSeat, http.StatusNotFound, "Not your game"},
	{table.ErrTaken, http.StatusBadRequest, ""},
	{table.ErrNotAllowed, http.StatusBadRequest, ""},
	{game.ErrTurn, http.StatusBadRequest, "Not your turn, or game already over"},
	{game.ErrIllegal, http.StatusBadRequest, ""},
	{table.ErrSetup, http.StatusBadRequest, ""},
	{clock.ErrControl, http.StatusBadRequest, ""},
	{game.ErrMalformed, http.StatusBadRequest, ""},
}

// explain returns what a client is told of an error, and false for one that
// is our fault.
func explain(err error) (*refusal, bool) {
	var r *refusal
	if errors.As(err, &r) {
		return r, true
	}
	for _, k := range known {
		if !errors.Is(err, k.err) {
			continue
		}
		text := k.text
		if text == "" {
			text = reason(err, k.err)
		}
		return &refusal{status: k.status, text: text}, true
	}
	return &refusal{status: http.StatusInternalServerError, text: "Something went wrong on our side, please try again"}, false
}

// reason is the text of an error behind its sentinel: what stands before is
// for logs.
func reason(err, sentinel error) string {
	if _, behind, found := strings.Cut(err.Error(), sentinel.Error()+": "); found {
		return behind
	}
	return sentinel.Error()
}

// fail answers with an error, and logs one that is our fault.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	told, ours := explain(err)
	if !ours && r.Context().Err() == nil {
		s.cfg.Log.Error("internal error", "path", r.URL.Path, "err", err)
	}
	h := w.Header()
	if told.retry > 0 {
		h.Set("Retry-After", strconv.Itoa(int((told.retry+time.Second-1)/time.Second)))
	}
	if told.need != "" {
		h.Set("X-Accepted-OAuth-Scopes", told.need)
		h.Set("X-OAuth-Scopes", told.have)
	}
	var body any = told.text
	if told.field != "" {
		body = map[string][]string{told.field: {told.text}}
	}
	answer(w, told.status, map[string]any{"error": body})
}
