package httpapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"

	"kibitz/internal/game"
	"kibitz/internal/table"
	"kibitz/internal/wire"
)

// maxBody is the largest body of a request.
const maxBody = 16 << 10

// answer writes v as JSON.
func answer(w http.ResponseWriter, status int, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("encode %T: %v", v, err)) // only plain fields: cannot fail
	}
	answerRaw(w, status, b)
}

func answerRaw(w http.ResponseWriter, status int, b []byte) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(b) // nobody is there to be told
}

// fail writes an error, and logs one that is our fault.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	err = known(err)
	if wire.IsInternal(err) && r.Context().Err() == nil {
		s.cfg.Log.Error("internal error", "path", r.URL.Path, "err", err)
	}
	writeProblem(w, wire.Explain(err))
}

func writeProblem(w http.ResponseWriter, p wire.Problem) {
	if p.Retry > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(p.Retry.Seconds()))))
	}
	var body struct {
		Error struct {
			Code    wire.Code `json:"code"`
			Message string    `json:"message"`
		} `json:"error"`
	}
	body.Error.Code, body.Error.Message = p.Code, p.Message
	answer(w, p.Status, body)
}

// read reads the JSON body of a request into v, which may have no field that
// is not known: a client that is mistaken should hear of it.
func read(w http.ResponseWriter, r *http.Request, v any) error {
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
	d.DisallowUnknownFields()
	err := d.Decode(v)
	if err == nil && d.More() {
		err = errors.New("more than one value")
	}
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return fmt.Errorf("%w: at most %d bytes", wire.ErrTooLarge, large.Limit)
	case err != nil:
		return fmt.Errorf("%w: the body is one JSON object: %w", game.ErrMalformed, err)
	}
	return nil
}

// noSuchAddress answers what no route does.
func (s *Server) noSuchAddress(w http.ResponseWriter, _ *http.Request) {
	writeProblem(w, wire.Problem{Code: wire.Malformed, Status: http.StatusNotFound, Message: "There is nothing at this address."})
}

// crossOrigin answers an unsafe request from a page of another site.
func (s *Server) crossOrigin(w http.ResponseWriter, r *http.Request) {
	s.fail(w, r, fmt.Errorf("%w: a page of another site may not do that", wire.ErrNotAllowed))
}

// pathTable reads the id of a table from the path.
func pathTable(r *http.Request) (table.ID, error) {
	id, err := table.ParseID(r.PathValue("id"))
	if err != nil {
		return "", table.ErrUnknownTable // there is none of that name
	}
	return id, nil
}
