package lichessapi

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/chess"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// selection is which games of a user are wanted.
type selection struct {
	user     account.ID
	filter   archive.Filter
	max      int
	oldest   bool // first
	finished bool
	ongoing  bool
}

// getUserGames writes the games of somebody.
func (s *Server) getUserGames(w http.ResponseWriter, r *http.Request, c caller) (any, error) {
	p, err := readParams(w, r)
	if err != nil {
		return nil, err
	}
	a, err := s.named(r.Context(), r.PathValue("username"))
	if err != nil {
		return nil, err
	}
	which, keep, err := s.readSelection(r.Context(), p, a.ID)
	if err != nil {
		return nil, err
	}
	leave, err := s.alone(r, c)
	if err != nil {
		return nil, err
	}
	defer leave()
	ids, err := s.find(r.Context(), which, keep)
	if err != nil {
		return nil, err
	}
	out := s.openExport(w, r, p)
	for _, id := range ids {
		if out.write(r.Context(), id) != nil {
			return nil, nil
		}
	}
	return nil, out.flush()
}

// readSelection reads the filters. Keep takes what a filter of the archive
// cannot say.
func (s *Server) readSelection(ctx context.Context, p params, user account.ID) (selection, func(*archive.Game) bool, error) {
	which := selection{user: user, oldest: p["sort"] == "dateAsc", finished: p.flag("finished", true), ongoing: p.flag("ongoing", false)}
	var f archive.Filter
	var err error
	if which.max, err = p.number("max", maxGames, 0, 1_000_000); err != nil {
		return which, nil, err
	}
	if f.From, err = p.time("since"); err != nil {
		return which, nil, err
	}
	if f.To, err = p.time("until"); err != nil {
		return which, nil, err
	}
	if p["rated"] != "" {
		f.Rated = archive.Never
		if truthy(p["rated"]) {
			f.Rated = archive.Only
		}
	}
	if p["color"] != "" {
		seat, err := readColor(p["color"])
		if err != nil {
			return which, nil, err
		}
		f.Seats = game.SeatSet(seat)
	}
	if p["vs"] != "" {
		other, err := s.named(ctx, p["vs"])
		if err != nil {
			return which, nil, err
		}
		f.Opponent = other.ID
	}
	which.filter = f
	return which, keepPerfs(words(p["perfType"])), nil
}

// keepPerfs takes games of some ladders; of all, when none is named.
func keepPerfs(keys []string) func(*archive.Game) bool {
	return func(g *archive.Game) bool {
		return g.Kind == chess.Kind && (len(keys) == 0 || slices.Contains(keys, string(g.Ladder())))
	}
}

// maxGames is how many games of a user are written unless more are asked for.
const maxGames = 100_000

// time reads a time in milliseconds.
func (p params) time(name string) (time.Time, error) {
	if p[name] == "" {
		return time.Time{}, nil
	}
	ms, err := strconv.ParseInt(p[name], 10, 64)
	if err != nil || ms < 0 {
		return time.Time{}, badField(name, "Must be a time in milliseconds")
	}
	return time.UnixMilli(ms), nil
}

// find returns the games that are wanted, in the order that is wanted.
func (s *Server) find(ctx context.Context, which selection, keep func(*archive.Game) bool) ([]table.ID, error) {
	var ids []table.ID
	if which.finished && s.cfg.History != nil {
		var err error
		if ids, err = s.findFinished(ctx, which, keep); err != nil {
			return nil, err
		}
	}
	if which.ongoing {
		var running []table.ID
		for _, t := range s.cfg.Host.Running(ctx, which.user) {
			if !t.Waiting && t.Viewer.Seat != game.NoSeat {
				running = append(running, t.Table)
			}
		}
		ids = append(running, ids...)
	}
	if which.oldest {
		slices.Reverse(ids)
	}
	return ids[:min(which.max, len(ids))], nil
}

func (s *Server) findFinished(ctx context.Context, which selection, keep func(*archive.Game) bool) ([]table.ID, error) {
	var ids []table.ID
	for page := (archive.Page{Size: archive.MaxPage}); ; {
		entries, next, err := s.cfg.History.History(ctx, which.user, which.filter, page)
		if err != nil {
			return nil, err
		}
		for i := range entries {
			if keep(&entries[i].Game) {
				ids = append(ids, entries[i].Game.ID)
			}
		}
		if enough := !which.oldest && len(ids) >= which.max; enough || next == (archive.Cursor{}) {
			return ids, nil
		}
		page.Before = next
	}
}
