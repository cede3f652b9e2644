// Package pgn writes finished games of chess in Portable Game Notation, with
// the tags and in the order that players know from lichess (spec/lichess-api.md
// section 6).
package pgn

import (
	"fmt"
	"strconv"
	"time"

	"kibitz/internal/archive"
	"kibitz/internal/chess"
	"kibitz/internal/chess/pgn"
	"kibitz/internal/clock"
	"kibitz/internal/export"
)

// Format is this format in the list of all.
var Format = export.Format{Name: "pgn", Type: "application/x-chess-pgn", Append: Append}

// Append writes a game, and two blank lines behind it. Games of other kinds are
// refused with export.ErrFormat. Games that run are written as far as they are.
func Append(dst []byte, g *export.Game, o export.Options) ([]byte, error) {
	view, ok := g.State.(chess.StateView)
	if !ok {
		return dst, fmt.Errorf("%w: %s is a game of %s", export.ErrFormat, g.ID, g.Kind)
	}
	text := pgn.NewGame()
	text.Result = result(g)
	writer{g, view, o, text}.write()
	return append(pgn.Format{FullRoster: true}.Append(dst, text), '\n'), nil
}

// writer fills a text with a game.
type writer struct {
	game *export.Game
	view chess.StateView
	opts export.Options
	text *pgn.Game
}

func (w writer) write() {
	judged := w.judged()
	w.tags(judged != nil)
	at := pgn.Root
	for i, m := range w.view.Moves.All() {
		at = w.text.AddMove(at, m.SAN)
		node := &w.text.Nodes[at]
		if commands := w.commands(i, judged); len(commands) > 0 {
			node.After = []pgn.Comment{{Commands: commands}}
		}
		if i < len(judged) {
			if nag := glyph(judged[i].Class); nag != 0 {
				node.NAGs = []pgn.NAG{nag}
			}
		}
	}
}

func (w writer) judged() []export.Judgement {
	if w.opts.Judge == nil {
		return nil
	}
	return w.opts.Judge(w.game)
}

// commands are what stands behind a move.
func (w writer) commands(ply int, judged []export.Judgement) []pgn.Command {
	var list []pgn.Command
	if ply < len(judged) && judged[ply].Known {
		list = append(list, evalCommand(judged[ply]))
	}
	if !w.opts.NoClocks && !w.game.Control.Unlimited() && ply < len(w.game.Turns) {
		list = append(list, pgn.ClockCommand(w.game.Turns[ply].Left))
	}
	return list
}

func evalCommand(j export.Judgement) pgn.Command {
	if j.Mate != 0 {
		return pgn.Command{Name: "eval", Args: "#" + strconv.Itoa(j.Mate)}
	}
	return pgn.Command{Name: "eval", Args: strconv.FormatFloat(float64(j.Centipawns)/100, 'f', -1, 64)}
}

func glyph(class string) pgn.NAG {
	switch class {
	case "inaccuracy":
		return pgn.Dubious
	case "mistake":
		return pgn.Mistake
	case "blunder":
		return pgn.Blunder
	}
	return 0
}

func result(g *export.Game) pgn.Result {
	switch {
	case !g.Over() || g.Result.Void:
		return pgn.Unfinished
	case g.Result.Winners.Has(0):
		return pgn.WhiteWins
	case g.Result.Winners.Has(1):
		return pgn.BlackWins
	}
	return pgn.Draw
}

// tags writes the header.
func (w writer) tags(judged bool) {
	g := w.game
	began := g.Started
	if began.IsZero() {
		began = g.Created
	}
	began = began.UTC()
	w.tag("Event", event(g))
	w.tag("Site", w.site())
	w.tag("Date", began.Format("2006.01.02"))
	w.tag("Round", "-")
	w.tag("White", g.Players[0].Name)
	w.tag("Black", g.Players[1].Name)
	w.tag("Result", w.text.Result.String())
	if !g.Imported {
		w.tag("GameId", string(g.ID))
	}
	w.tag("UTCDate", began.Format("2006.01.02"))
	w.tag("UTCTime", began.Format(time.TimeOnly))
	w.ratings()
	w.tag("Variant", w.variant())
	w.tag("TimeControl", timeControl(g.Control))
	if g.Opening.Name != "" {
		w.tag("ECO", g.Opening.ECO)
		w.tag("Opening", g.Opening.Name)
	}
	w.tag("Termination", termination(g))
	if variant := w.variant(); variant != "Standard" {
		w.tag("FEN", w.view.InitialFEN)
		w.tag("SetUp", "1")
	}
	if judged {
		w.tag("Annotator", "Kibitz")
	}
}

var standardFEN = func() string { p := chess.StartPosition(); return p.FEN() }()

func (w writer) tag(name, value string) {
	w.text.Tags = append(w.text.Tags, pgn.Tag{Name: name, Value: value})
}

func (w writer) site() string {
	if w.opts.Site == "" {
		return "?"
	}
	return w.opts.Site + "/g/" + string(w.game.ID)
}

// ratings writes those before the game, and what it changed.
func (w writer) ratings() {
	names := [...]string{"White", "Black"}
	for i, p := range w.game.Players[:2] {
		if p.Before > 0 {
			w.tag(names[i]+"Elo", strconv.Itoa(p.Before))
		}
	}
	for i, p := range w.game.Players[:2] {
		if p.Before > 0 && p.After > 0 {
			w.tag(names[i]+"RatingDiff", fmt.Sprintf("%+d", p.After-p.Before))
		}
	}
	for i, p := range w.game.Players[:2] {
		if isBot(p) {
			w.tag(names[i]+"Title", "BOT")
		}
	}
}

func isBot(p archive.Player) bool { return p.House > 0 || p.Bot }

func event(g *export.Game) string {
	kind := "Casual"
	if g.Rated {
		kind = "Rated"
	}
	return fmt.Sprintf("%s %s game", kind, g.Speed())
}

// variant goes by the start of the game.
func (w writer) variant() string {
	switch {
	case w.view.Variant == "chess960":
		return "Chess960"
	case w.view.InitialFEN != standardFEN:
		return "From Position"
	}
	return "Standard"
}

// daySeconds are those of a day.
const daySeconds = 24 * 60 * 60

// timeControl writes seconds, as in "180+2", or those of every turn, as in
// "1/259200".
func timeControl(c clock.Control) string {
	if c.Days > 0 {
		return "1/" + strconv.Itoa(c.Days*daySeconds)
	}
	if c.Unlimited() {
		return "-"
	}
	return fmt.Sprintf("%d+%d", int(c.Initial.Seconds()), int(c.Increment.Seconds()))
}

func termination(g *export.Game) string {
	switch g.Result.Status {
	case "":
		return "Unterminated"
	case "outoftime":
		return "Time forfeit"
	case "timeout", "aborted", "nostart":
		return "Abandoned"
	}
	return "Normal"
}
