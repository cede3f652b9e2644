package lichessapi

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"kibitz/internal/archive"
	"kibitz/internal/chess"
	"kibitz/internal/export"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// gameRoutes are the addresses of games, for whoever wants to look at them.
func (s *Server) gameRoutes() []route {
	return []route{
		{pattern: "GET /game/export/{id}", open: true, do: s.getExport},
		{pattern: "GET /api/games/user/{username}", open: true, do: s.getUserGames, stream: true},
		{pattern: "POST /api/games/export/_ids", open: true, do: s.postExports, stream: true},
		{pattern: "GET /api/user/{username}/current-game", open: true, do: s.getCurrentGame},
		{pattern: "GET /api/stream/game/{id}", open: true, do: s.getWatch, stream: true},
		{pattern: "POST /api/stream/games-by-users", open: true, do: s.postCrowd, stream: true},
		{pattern: "POST /api/stream/games/{id}", open: true, do: s.postFollow, stream: true},
		{pattern: "POST /api/stream/games/{id}/add", open: true, do: s.postFollowed},
		{pattern: "GET /api/tv/channels", open: true, do: s.getChannels},
		{pattern: "GET /api/tv/feed", open: true, do: s.getFeed, stream: true},
		{pattern: "GET /api/tv/{channel}/feed", open: true, do: s.getFeed, stream: true},
		{pattern: "GET /api/tv/{channel}", open: true, do: s.getChannelGames, stream: true},
	}
}

// style is how games are written.
type style struct {
	json, pgnInJSON              bool
	moves, tags, clocks, opening bool
	lastFEN                      bool
	site                         string
}

// readStyle reads what an export is to hold. The clocks of a single game are
// there unless they are not wanted, and those of many the other way round.
func (s *Server) readStyle(r *http.Request, p params, single bool) style {
	accept := r.Header.Get("Accept")
	return style{
		json: strings.Contains(accept, "json"), pgnInJSON: p.flag("pgnInJson", false), moves: p.flag("moves", true),
		tags: p.flag("tags", true), clocks: p.flag("clocks", single), opening: p.flag("opening", single),
		lastFEN: p.flag("lastFen", false), site: s.siteOf(r),
	}
}

// gameOf returns a game of chess, running or finished.
func (s *Server) gameOf(ctx context.Context, id table.ID) (*export.Game, chess.StateView, error) {
	if s.cfg.Games == nil {
		return nil, chess.StateView{}, errNoGame
	}
	g, err := s.cfg.Games.Game(ctx, id)
	if err != nil {
		return nil, chess.StateView{}, err
	}
	v, ok := g.State.(chess.StateView)
	if !ok {
		return nil, chess.StateView{}, errNoGame
	}
	return g, v, nil
}

// getExport writes one game, as PGN or JSON.
func (s *Server) getExport(w http.ResponseWriter, r *http.Request, _ caller) (any, error) {
	if err := s.limits.address(&exportsOfAddress, s.cfg.ClientAddr(r), s.cfg.Now()); err != nil {
		return nil, err
	}
	p, err := readParams(w, r)
	if err != nil {
		return nil, err
	}
	id, err := parseGame(r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return s.sendGame(w, r, id, p)
}

func (s *Server) sendGame(w http.ResponseWriter, r *http.Request, id table.ID, p params) (any, error) {
	g, v, err := s.gameOf(r.Context(), id)
	if err != nil {
		return nil, err
	}
	how := s.readStyle(r, p, true)
	if how.json {
		return s.exportJSON(r.Context(), g, v, how), nil
	}
	text, err := s.exportPGN(r.Context(), g, how)
	if err != nil {
		return nil, err
	}
	w.Header().Set("Content-Type", "application/x-chess-pgn")
	_, _ = w.Write(text) // nobody is there to be told
	return nil, nil
}

// getCurrentGame writes the game that somebody plays, or has played last.
func (s *Server) getCurrentGame(w http.ResponseWriter, r *http.Request, _ caller) (any, error) {
	p, err := readParams(w, r)
	if err != nil {
		return nil, err
	}
	a, err := s.named(r.Context(), r.PathValue("username"))
	if err != nil {
		return nil, err
	}
	for _, t := range s.cfg.Host.Running(r.Context(), a.ID) {
		if !t.Waiting && t.Viewer.Seat != game.NoSeat && t.Setup.Kind == chess.Kind {
			return s.sendGame(w, r, t.Table, p)
		}
	}
	if s.cfg.History == nil {
		return nil, errNoGame
	}
	entries, _, err := s.cfg.History.History(r.Context(), a.ID, archive.Filter{}, archive.Page{Size: 1})
	if err == nil && len(entries) == 0 {
		err = errNoGame
	}
	if err != nil {
		return nil, err
	}
	return s.sendGame(w, r, entries[0].Game.ID, p)
}

// maxExport is how many games are asked for by their ids.
const maxExport = 300

// postExports writes games by their ids. Those that there are not are left
// out.
func (s *Server) postExports(w http.ResponseWriter, r *http.Request, c caller) (any, error) {
	body, err := read(w, r)
	if err != nil {
		return nil, err
	}
	ids := words(string(body))
	if len(ids) > maxExport {
		return nil, refuse(http.StatusBadRequest, "At most %d games", maxExport)
	}
	p := make(params)
	p.addAll(r.URL.Query())
	leave, err := s.alone(r, c)
	if err != nil {
		return nil, err
	}
	defer leave()
	out := s.openExport(w, r, p)
	for _, text := range ids {
		if id, err := parseGame(text); err == nil && out.write(r.Context(), id) != nil {
			return nil, nil
		}
	}
	return nil, out.flush()
}

// alone lets one export run for each user, or for each address of strangers.
func (s *Server) alone(r *http.Request, c caller) (func(), error) {
	key := "export " + string(c.user.ID)
	if c.user.ID == "" {
		key = "export " + s.cfg.ClientAddr(r).String()
	}
	if s.streams.enter(key, 1) != nil {
		return nil, &refusal{status: http.StatusTooManyRequests, retry: time.Second, text: "Please only run 1 request(s) at a time"}
	}
	var once sync.Once
	return func() { once.Do(func() { s.streams.leave(key) }) }, nil
}

// exporting writes many games.
type exporting struct {
	server *Server
	how    style
	out    *lines
}

func (s *Server) openExport(w http.ResponseWriter, r *http.Request, p params) *exporting {
	e := &exporting{server: s, how: s.readStyle(r, p, false), out: s.openLines(w)}
	if !e.how.json {
		w.Header().Set("Content-Type", "application/x-chess-pgn")
	}
	return e
}

func (e *exporting) flush() error {
	_ = e.out.rc.Flush() // the head, at least
	return nil
}

// write writes a game. Its errors are those of the client that is gone; a game
// that cannot be read is left out.
func (e *exporting) write(ctx context.Context, id table.ID) error {
	g, v, err := e.server.gameOf(ctx, id)
	if err != nil {
		if _, known := explain(err); !known && ctx.Err() == nil {
			e.server.cfg.Log.Error("a game is left out of an export", "table", id, "err", err)
		}
		return ctx.Err()
	}
	if e.how.json {
		return e.out.send(e.server.exportJSON(ctx, g, v, e.how))
	}
	text, err := e.server.exportPGN(ctx, g, e.how)
	if err != nil {
		return nil
	}
	return e.out.write(text)
}
