package lichessapi

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// playRoutes are the addresses of players at their games: the same for bots
// and for people with boards, but for who may use them.
func (s *Server) playRoutes() []route {
	list := []route{
		{pattern: "POST /api/round/{id}/add-time/{seconds}", scopes: []account.Scope{account.ScopeChallengeWrite}, do: s.postTime},
	}
	for _, as := range []struct {
		path   string
		scopes []account.Scope
		only   func(handler) handler
	}{{"/api/bot/game/", botPlay, bots}, {"/api/board/game/", boardPlay, people}} {
		for pattern, do := range map[string]handler{
			"POST {id}/move/{uci}":     s.postMove,
			"POST {id}/chat":           s.postChat,
			"POST {id}/abort":          s.act("abort"),
			"POST {id}/resign":         s.act("resign"),
			"POST {id}/draw/{yes}":     s.either("draw", "draw-decline"),
			"POST {id}/takeback/{yes}": s.either("takeback", "takeback-decline"),
			"POST {id}/claim-victory":  s.act("claim-win"),
			"POST {id}/claim-victory/": s.act("claim-win"),
			"POST {id}/claim-draw":     s.postClaimDraw,
			"POST {id}/claim-draw/":    s.postClaimDraw,
		} {
			method, path, _ := strings.Cut(pattern, " ")
			list = append(list, route{pattern: method + " " + as.path + path, scopes: as.scopes, do: as.only(do)})
		}
		list = append(list, route{pattern: "GET " + as.path + "{one}/{two}", scopes: as.scopes, do: as.only(s.getGamePart), stream: true})
	}
	return list
}

// getGamePart tells stream/{id} from {id}/chat, which http.ServeMux cannot have
// both.
func (s *Server) getGamePart(w http.ResponseWriter, r *http.Request, c caller) (any, error) {
	switch one, two := r.PathValue("one"), r.PathValue("two"); {
	case one == "stream":
		r.SetPathValue("id", two)
		return s.getGameStream(w, r, c)
	case two == "chat":
		r.SetPathValue("id", one)
		return s.getChat(w, r, c)
	}
	return nil, errNotFound
}

// bots keeps people out, and people keeps bots out.
func bots(do handler) handler {
	return func(w http.ResponseWriter, r *http.Request, c caller) (any, error) {
		if !c.bot() {
			return nil, errBotsOnly
		}
		return do(w, r, c)
	}
}

func people(do handler) handler {
	return func(w http.ResponseWriter, r *http.Request, c caller) (any, error) {
		if c.bot() {
			return nil, errNoBots
		}
		return do(w, r, c)
	}
}

// do sends a command to a table and waits until it is done.
func (s *Server) do(ctx context.Context, id table.ID, by table.Player, typ string, fields object) error {
	body := object{"type": typ}
	for key, value := range fields {
		body[key] = value
	}
	data, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("action %s: %w", typ, err)
	}
	_, err = s.cfg.Host.Do(ctx, table.Command{
		Table: id, Actor: by, ID: table.ActionID(rand.Text()[:20]), At: s.cfg.Now().Truncate(time.Millisecond),
		Report: clock.NoReport(), Type: typ, Data: data,
	})
	return err
}

// act returns a handler for an action of a player.
func (s *Server) act(typ string) handler {
	return func(_ http.ResponseWriter, r *http.Request, c caller) (any, error) {
		snap, _, err := s.mine(r, c)
		if err != nil {
			return nil, err
		}
		err = s.do(r.Context(), snap.Table, c.player(), typ, nil)
		if typ == "abort" && (errors.Is(err, game.ErrIllegal) || errors.Is(err, table.ErrOver)) {
			err = errNoAbort
		}
		return done, err
	}
}

// either returns a handler that offers or accepts, or declines and withdraws.
// There being nothing to decline is no error.
func (s *Server) either(yes, no string) handler {
	return func(_ http.ResponseWriter, r *http.Request, c caller) (any, error) {
		snap, _, err := s.mine(r, c)
		if err != nil {
			return nil, err
		}
		if truthy(r.PathValue("yes")) {
			return done, s.do(r.Context(), snap.Table, c.player(), yes, nil)
		}
		return done, legal(s.do(r.Context(), snap.Table, c.player(), no, nil))
	}
}

// postMove makes a move. A move that its player has just made is not made
// again, and that is no error: the client may not have got our answer.
func (s *Server) postMove(_ http.ResponseWriter, r *http.Request, c caller) (any, error) {
	snap, seat, err := s.mine(r, c)
	if err != nil {
		return nil, err
	}
	v, _ := boardOf(&snap)
	uci := strings.ToLower(r.PathValue("uci"))
	switch {
	case over(&snap):
		return nil, errTurn
	case v.Turn != seat:
		if moves := v.Moves.UCI(); len(moves) > 0 && moves[len(moves)-1] == uci {
			return done, nil
		}
		return nil, errTurn
	}
	agreed, err := s.offerDraw(r, &snap, c)
	if err != nil || agreed {
		return done, err // a draw ends the game before the move
	}
	return done, s.do(r.Context(), snap.Table, c.player(), "move", object{"uci": uci})
}

// offerDraw does what a move says of a draw: it offers one or takes the
// opponent's, or withdraws the offer that stands. It reports whether that ended
// the game. An offer that may not be made is no error.
func (s *Server) offerDraw(r *http.Request, snap *table.Snapshot, c caller) (bool, error) {
	said := r.URL.Query().Get("offeringDraw")
	if said == "" {
		return false, nil
	}
	v, _ := boardOf(snap)
	by := v.DrawOfferedBy
	mine := by != nil && *by == seatOf(snap, c.user.ID)
	switch {
	case truthy(said):
		err := s.do(r.Context(), snap.Table, c.player(), "draw", nil)
		return err == nil && by != nil && !mine, legal(err)
	case mine:
		return false, legal(s.do(r.Context(), snap.Table, c.player(), "draw-decline", nil))
	}
	return false, nil
}

// legal forgives what the rules refuse.
func legal(err error) error {
	if errors.Is(err, game.ErrIllegal) {
		return nil
	}
	return err
}

// postClaimDraw claims a draw: for what is on the board, or because the
// opponent has been gone for long.
func (s *Server) postClaimDraw(_ http.ResponseWriter, r *http.Request, c caller) (any, error) {
	snap, _, err := s.mine(r, c)
	if err != nil {
		return nil, err
	}
	if err := s.do(r.Context(), snap.Table, c.player(), "draw-claim", nil); err == nil || !errors.Is(err, game.ErrIllegal) {
		return done, err
	}
	return done, s.do(r.Context(), snap.Table, c.player(), "claim-draw", nil)
}

// postTime gives the opponent time; a day, where a turn has days.
func (s *Server) postTime(_ http.ResponseWriter, r *http.Request, c caller) (any, error) {
	seconds, err := params{"seconds": r.PathValue("seconds")}.number("seconds", 0, 5, 60)
	if err != nil {
		return nil, err
	}
	snap, _, err := s.mine(r, c)
	if err != nil {
		return nil, err
	}
	return done, s.do(r.Context(), snap.Table, c.player(), "give-time", object{"seconds": seconds})
}

// postChat says something. Players write to each other alone: a line for the
// spectators is taken and not shown, since clients stop at a refusal.
func (s *Server) postChat(w http.ResponseWriter, r *http.Request, c caller) (any, error) {
	snap, seat, err := s.mine(r, c)
	if err != nil {
		return nil, err
	}
	p, err := readParams(w, r)
	if err != nil {
		return nil, err
	}
	switch {
	case p["room"] != "player" && p["room"] != "spectator":
		return nil, badField("room", "Must be player or spectator")
	case strings.TrimSpace(p["text"]) == "":
		return nil, badField("text", "This field is required")
	case p["room"] == "spectator":
		return done, nil
	}
	if err := s.mayChat(r.Context(), c.user, snap.Setup.Seats[seat.Other()]); err != nil {
		return nil, err
	}
	return done, s.do(r.Context(), snap.Table, c.player(), table.ActionChat, object{"text": p["text"]})
}

// mayChat refuses a line to somebody who does not listen to its author.
func (s *Server) mayChat(ctx context.Context, from account.User, to table.Player) error {
	if to.House > 0 {
		return nil
	}
	may, err := s.people.May(ctx, from, account.ToChat, to.ID)
	switch {
	case errors.Is(err, account.ErrUnknown): // a guest who was forgotten
		return nil
	case err != nil:
		return err
	case !may:
		return refuse(http.StatusBadRequest, "%s does not take chat from you", to.Name)
	}
	return nil
}

// getChat returns what the players have said.
func (s *Server) getChat(_ http.ResponseWriter, r *http.Request, c caller) (any, error) {
	snap, _, err := s.mine(r, c)
	if err != nil {
		return nil, err
	}
	list := []object{}
	for _, line := range snap.Chat {
		list = append(list, object{"text": line.Text, "user": line.Name})
	}
	return list, nil
}
