package httpapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/clock"
	"kibitz/internal/export"
	"kibitz/internal/game"
	"kibitz/internal/importer"
	"kibitz/internal/table"
)

// Imports is the libraries of users. *importer.Imports is one.
type Imports interface {
	Add(ctx context.Context, owner account.ID, public bool, file io.Reader) (importer.Import, error)
	Import(ctx context.Context, owner account.ID, id table.ID) (importer.Import, error)
	Imports(ctx context.Context, owner account.ID) ([]importer.Import, error)
	DropImport(ctx context.Context, owner account.ID, id table.ID) error
	Game(ctx context.Context, id table.ID, viewer account.ID) (*export.Game, error)
	Library(ctx context.Context, owner account.ID, public bool, p importer.Page) ([]importer.Entry, importer.Cursor, error)
}

var _ Imports = (*importer.Imports)(nil)

// uploadTime bounds how long a file may take to come.
const uploadTime = 5 * time.Minute

// postImport takes a file of games.
func (s *Server) postImport(w http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	if s.lib.Imports == nil {
		return nil, account.ErrNotFound
	}
	if err := s.limits.exports.take(me.User.ID, s.cfg.Now()); err != nil {
		return nil, err
	}
	public, err := choice(r.URL.Query(), "public", map[string]bool{"true": true, "false": false})
	if err != nil {
		return nil, err
	}
	if r.ContentLength > importer.MaxBytes {
		return nil, importer.ErrTooLarge
	}
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(uploadTime)) // where there is one
	_ = control.SetWriteDeadline(time.Now().Add(uploadTime))
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), uploadTime)
	defer cancel()
	one, err := s.lib.Imports.Add(ctx, me.User.ID, public, http.MaxBytesReader(w, r.Body, importer.MaxBytes+1))
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		err = importer.ErrTooLarge
	}
	if one.Errors == nil {
		one.Errors = []importer.Problem{}
	}
	return created{one}, err
}

// getImports lists the files that somebody brought.
func (s *Server) getImports(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	if s.lib.Imports == nil {
		return nil, account.ErrNotFound
	}
	list, err := s.lib.Imports.Imports(r.Context(), me.User.ID)
	if list == nil {
		list = []importer.Import{}
	}
	return map[string]any{"imports": list}, err
}

// getImport tells how far one is.
func (s *Server) getImport(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	id, err := s.importID(r)
	if err != nil {
		return nil, err
	}
	return s.lib.Imports.Import(r.Context(), me.User.ID, id)
}

// deleteImport takes an import back, with its games.
func (s *Server) deleteImport(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	id, err := s.importID(r)
	if err == nil {
		err = s.lib.Imports.DropImport(r.Context(), me.User.ID, id)
	}
	return nil, err
}

func (s *Server) importID(r *http.Request) (table.ID, error) {
	id, err := table.ParseID(r.PathValue("id"))
	if err != nil || s.lib.Imports == nil {
		return "", importer.ErrNone
	}
	return id, nil
}

// libraryRow is a game of a library in a list.
type libraryRow struct {
	Table       table.ID        `json:"table"`
	Source      string          `json:"source"`
	Kind        game.Kind       `json:"kind"`
	Variant     string          `json:"variant"`
	Speed       clock.Speed     `json:"speed,omitempty"`
	EndedMillis *int64          `json:"ended_at"`
	Plies       int             `json:"plies"`
	Players     []export.Player `json:"players"`
	Result      gameResult      `json:"result"`
	Public      bool            `json:"public"`
	ECO         string          `json:"eco,omitempty"`
	Opening     string          `json:"opening,omitempty"`
}

// getLibrary lists the games that somebody brought: to others the public ones.
func (s *Server) getLibrary(r *http.Request, owner account.Account, q url.Values) (any, error) {
	if s.lib.Imports == nil {
		return nil, account.ErrNotFound
	}
	me, err := s.old(r)
	if err != nil {
		return nil, err
	}
	page, err := libraryPage(q)
	if err != nil {
		return nil, err
	}
	public := me == nil || me.User.ID != owner.ID
	list, next, err := s.lib.Imports.Library(r.Context(), owner.ID, public, page)
	if err != nil {
		return nil, err
	}
	rows := make([]libraryRow, 0, len(list))
	for i := range list {
		rows = append(rows, libraryRowOf(&list[i]))
	}
	body := map[string]any{"games": rows, "next": ""}
	if next != (importer.Cursor{}) {
		body["next"] = fmt.Sprintf("%d-%s", next.PlayedMillis, next.ID)
	}
	return body, nil
}

func libraryPage(q url.Values) (importer.Page, error) {
	size, err := number(q, "limit", 1, mostOfGames)
	if size == 0 {
		size = pageOfGames
	}
	page := importer.Page{Size: size}
	if text := q.Get("cursor"); text != "" && err == nil {
		played, id, _ := cutLast(text)
		page.After.PlayedMillis, err = strconv.ParseInt(played, 10, 64)
		if page.After.ID = table.ID(id); err != nil {
			err = archive.ErrCursor
		} else if _, bad := table.ParseID(id); bad != nil {
			err = archive.ErrCursor
		}
	}
	return page, err
}

// cutLast cuts a text at its last dash: a time before 1970 begins with one.
func cutLast(s string) (before, after string, found bool) {
	i := strings.LastIndexByte(s, '-')
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

func libraryRowOf(e *importer.Entry) libraryRow {
	row := libraryRow{
		Table: e.ID, Source: "import", Kind: "chess", Variant: e.Variant, Plies: e.Plies, Public: e.Public,
		Result: gameResult{Status: e.Status}, ECO: e.Opening.ECO, Opening: e.Opening.Name,
	}
	if !e.Played.IsZero() {
		ms := e.Played.UnixMilli()
		row.EndedMillis = &ms
	}
	for _, p := range e.Players {
		row.Players = append(row.Players, export.PlayerOf(p))
	}
	if e.Winners != 0 {
		winner := e.Winners.First()
		row.Result.Winner = &winner
	}
	return row
}

// game returns the game of a table, or of a library that who asks may see.
func (s *Server) game(r *http.Request, id table.ID) (*export.Game, error) {
	g, err := s.lib.game(r.Context(), id)
	if s.lib.Imports == nil || !errors.Is(err, archive.ErrUnknown) {
		return g, err
	}
	me, err := s.old(r)
	if err != nil {
		return nil, err
	}
	viewer := account.ID("")
	if me != nil {
		viewer = me.User.ID
	}
	return s.lib.Imports.Game(r.Context(), id, viewer)
}
