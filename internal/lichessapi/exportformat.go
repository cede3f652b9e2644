package lichessapi

import (
	"bytes"
	"context"
	"strings"

	"kibitz/internal/archive"
	"kibitz/internal/chess"
	"kibitz/internal/clock"
	"kibitz/internal/export"
	"kibitz/internal/export/pgn"
)

// exportPGN writes a game as our own PGN, which has the tags of lichess, with
// what is not wanted left out and bots marked.
func (s *Server) exportPGN(ctx context.Context, g *export.Game, how style) ([]byte, error) {
	text, err := pgn.Append(nil, g, export.Options{Site: how.site, NoClocks: !how.clocks})
	if err != nil {
		return nil, err
	}
	head, moves, _ := bytes.Cut(text, []byte("\n\n"))
	var out []byte
	if how.tags {
		out = append(s.tags(ctx, g, string(head), how), '\n')
	}
	if !how.moves {
		_, result, _ := strings.Cut(string(head), `[Result "`)
		result, _, _ = strings.Cut(result, `"`)
		return append(out, result+"\n\n\n"...), nil
	}
	return append(out, moves...), nil
}

// tags returns the wanted lines of a header, with the titles in front of the
// variant of bots that were none yet when they sat down.
func (s *Server) tags(ctx context.Context, g *export.Game, head string, how style) []byte {
	var out []byte
	for line := range strings.SplitSeq(head, "\n") {
		name, _, _ := strings.Cut(strings.TrimPrefix(line, "["), " ")
		if !how.opening && (name == "ECO" || name == "Opening") {
			continue
		}
		if name == "Variant" {
			for i, seat := range []string{"White", "Black"} {
				if p := g.Players[i]; p.House == 0 && !p.Bot && s.titles.bot(ctx, p.ID) {
					out = append(out, "["+seat+`Title "BOT"]`+"\n"...)
				}
			}
		}
		out = append(append(out, line...), '\n')
	}
	return out
}

// exportJSON describes a game to whoever exports it.
func (s *Server) exportJSON(ctx context.Context, g *export.Game, v chess.StateView, how style) object {
	kind, ended := variantOf(v), started
	if g.Over() {
		ended = statusOfEnding(g.Result.Status)
	}
	o := object{
		"id": g.ID, "rated": g.Rated, "variant": kind.Key, "speed": g.Speed(), "perf": perfKey(kind, g.Speed()),
		"createdAt": g.Created.UnixMilli(), "lastMoveAt": lastMoveMillis(g), "status": ended.Name,
		"source":  sources[g.Origin],
		"players": object{"white": s.exportPlayer(ctx, g.Players[0]), "black": s.exportPlayer(ctx, g.Players[1])},
	}
	put(o, "winner", winner(v))
	if kind != standard {
		o["initialFen"] = v.InitialFEN
	}
	if how.opening && g.Opening.Name != "" {
		o["opening"] = object{"eco": g.Opening.ECO, "name": g.Opening.Name, "ply": g.Opening.Ply}
	}
	if how.moves {
		o["moves"] = sanLine(v)
	}
	if how.lastFEN {
		o["lastFen"] = v.FEN
	}
	putControl(o, g.Control)
	if how.clocks && o["clock"] != nil {
		o["clocks"] = clocksOf(g)
	}
	if how.pgnInJSON {
		if text, err := s.exportPGN(ctx, g, how); err == nil {
			o["pgn"] = string(text)
		}
	}
	return o
}

// putControl describes a time control, in seconds or days.
func putControl(o object, c clock.Control) {
	switch {
	case c.Unlimited():
	case c.Days > 0:
		o["daysPerTurn"] = c.Days
	default:
		o["clock"] = object{
			"initial": int(c.Initial.Seconds()), "increment": int(c.Increment.Seconds()), "totalTime": int(c.Estimate().Seconds()),
		}
	}
}

// lastMoveMillis is when the last move was made, and when there is none, when
// the game began.
func lastMoveMillis(g *export.Game) int64 {
	if n := len(g.Turns); n > 0 {
		return g.Turns[n-1].At.UnixMilli()
	}
	return g.Created.UnixMilli()
}

// clocksOf returns what the players had left after each move, in centiseconds.
func clocksOf(g *export.Game) []int64 {
	list := make([]int64, len(g.Turns))
	for i, t := range g.Turns {
		list[i] = t.Left.Milliseconds() / 10
	}
	return list
}

// sanLine writes all moves with spaces between.
func sanLine(v chess.StateView) string {
	list := make([]string, 0, v.Moves.Len())
	for _, m := range v.Moves.All() {
		list = append(list, m.SAN)
	}
	return strings.Join(list, " ")
}

// exportPlayer describes who sat in a seat.
func (s *Server) exportPlayer(ctx context.Context, p archive.Player) object {
	if p.House > 0 {
		return object{"aiLevel": p.House}
	}
	user := object{"id": userID(p.Name), "name": p.Name}
	put(user, "title", s.titles.of(ctx, p.ID))
	o := object{"user": user}
	put(o, "rating", p.Before)
	put(o, "provisional", p.Provisional)
	if p.Before > 0 && p.After > 0 {
		o["ratingDiff"] = p.After - p.Before
	}
	return o
}
