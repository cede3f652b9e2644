package pgn

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"kibitz/internal/archive"
	"kibitz/internal/chess"
	"kibitz/internal/chess/opening"
	"kibitz/internal/chess/pgn"
	"kibitz/internal/clock"
	"kibitz/internal/export"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// ErrTooLong: a game has more plies than can be kept.
var ErrTooLong = errors.New("the game is too long")

// MaxPlies bounds a game that is read.
const MaxPlies = 2000

// maxName bounds names and what else is taken from tags, in bytes.
const maxName = 100

// Read makes a game of a text: the main line, with the clocks it says. A text
// with a move that is not legal, or of a variant that is not played here, is
// refused with the error of package pgn.
func Read(text *pgn.Game, rules game.Rules) (*export.Game, error) {
	start, moves, err := text.Replay()
	if err != nil {
		return nil, err
	}
	if len(moves) > MaxPlies {
		return nil, fmt.Errorf("%w: %d plies, at most %d", ErrTooLong, len(moves), MaxPlies)
	}
	state, err := rules.New(setupOf(start), 2)
	if err != nil {
		return nil, err
	}
	r := reader{text: text, rules: rules, start: start}
	g := r.game()
	if state, err = r.play(state, moves); err != nil {
		return nil, err
	}
	g.Turns = r.turns(g, start)
	g.State, g.Result = state.View(game.Spectator), state.Result()
	g.Line = lineOf(start, moves)
	if o, ok := opening.Of(start, moves); ok {
		g.Opening = export.Opening{ECO: o.ECO, Name: o.Name, Ply: o.Ply}
	}
	return g, nil
}

// lineOf returns the start and the moves in bytes.
func lineOf(start chess.Position, moves []chess.Move) []byte {
	line := []byte(start.FEN())
	for _, m := range moves {
		line = binary.LittleEndian.AppendUint16(line, uint16(m))
	}
	return line
}

// setupOf returns the setup of a game that begins there.
func setupOf(start chess.Position) []byte {
	setup := map[string]any{"variant": "standard"}
	if start != chess.StartPosition() {
		setup["fen"] = start.FEN()
	}
	if start.Chess960() {
		setup["variant"] = "chess960"
	}
	b, _ := json.Marshal(setup) // two strings: cannot fail
	return b
}

type reader struct {
	text  *pgn.Game
	rules game.Rules
	start chess.Position
}

// play makes the moves, and ends the game as the text says. It goes by the
// stored form of events, since a game that was played elsewhere may have ended
// by other rules than ours.
func (r reader) play(s game.State, moves []chess.Move) (game.State, error) {
	for _, m := range moves {
		e, err := r.rules.DecodeEvent("move", binary.LittleEndian.AppendUint16(nil, uint16(m)))
		if err != nil {
			return nil, err
		}
		s = s.Evolve(e)
	}
	ended, ok := r.ended(s)
	if !ok {
		return s, nil
	}
	e, err := r.rules.DecodeEvent("ended", ended)
	if err != nil {
		return nil, err
	}
	return s.Evolve(e), nil
}

// The numbers of endings as package chess stores them (spec/chess.md 1), and
// the reason of a draw by agreement.
const (
	endMate      = 30
	endResign    = 31
	endStalemate = 32
	endTimeout   = 33
	endDraw      = 34
	endOutOfTime = 35
	byAgreement  = 1
)

// ended returns the stored form of how the game ended, and false for one that
// did not.
func (r reader) ended(s game.State) ([]byte, bool) {
	winner := byte(0)
	switch r.text.Result {
	case pgn.Unfinished:
		return nil, false
	case pgn.WhiteWins:
		winner = 1
	case pgn.BlackWins:
		winner = 2
	}
	status, reason := r.status(winner, s)
	return []byte{status, reason, winner}, true
}

// status finds the word for an ending: what stands on the board, or what the
// tag says.
func (r reader) status(winner byte, s game.State) (status, reason byte) {
	view := s.View(game.Spectator).(chess.StateView)
	last, err := chess.ParseFEN(view.FEN)
	if err == nil && len(last.LegalMoves(nil)) == 0 {
		switch {
		case last.InCheck() && winner == byte(last.Turn().Other())+1:
			return endMate, 0
		case !last.InCheck() && winner == 0:
			return endStalemate, 0
		}
	}
	why := strings.ToLower(r.text.Tag("Termination"))
	switch {
	case strings.Contains(why, "time"):
		return endOutOfTime, 0
	case strings.Contains(why, "abandon"):
		return endTimeout, 0
	case winner == 0:
		return endDraw, byAgreement
	}
	return endResign, 0
}

// game is what the tags say.
func (r reader) game() *export.Game {
	g := &export.Game{
		Kind: chess.Kind, Variant: r.variant(), Origin: "import", Imported: true,
		Control: parseTimeControl(r.text.Tag("TimeControl")), Started: r.began(),
		Players: []archive.Player{r.player("White"), r.player("Black")},
	}
	g.Created, g.Ended = g.Started, g.Started
	return g
}

func (r reader) variant() string {
	switch {
	case r.start.Chess960():
		return "chess960"
	case r.start != chess.StartPosition():
		return game.FromPosition
	}
	return game.Standard
}

func (r reader) player(color string) archive.Player {
	p := archive.Player{Name: clip(r.text.Tag(color))}
	if p.Name == "" {
		p.Name = "?"
	}
	if elo, err := strconv.Atoi(r.text.Tag(color + "Elo")); err == nil && elo > 0 && elo < 5000 {
		p.Before = elo
		if diff, err := strconv.Atoi(r.text.Tag(color + "RatingDiff")); err == nil && diff > -1000 && diff < 1000 {
			p.After = elo + diff
		}
	}
	return p
}

// clip bounds a text, at a whole letter.
func clip(s string) string {
	if len(s) <= maxName {
		return s
	}
	return strings.ToValidUTF8(s[:maxName], "")
}

// began is when the game was played, as far as the tags say; zero for unknown.
func (r reader) began() time.Time {
	day := r.text.Tag("UTCDate")
	if day == "" {
		day = r.text.Tag("Date")
	}
	day = strings.ReplaceAll(day, "??", "01")
	if at, err := time.Parse("2006.01.02 15:04:05", day+" "+r.text.Tag("UTCTime")); err == nil {
		return at
	}
	at, err := time.Parse("2006.01.02", day)
	if err != nil || at.Year() < 1000 {
		return time.Time{}
	}
	return at
}

// parseTimeControl reads seconds and increment, or the days of a turn; all else is a game without a
// clock.
func parseTimeControl(s string) clock.Control {
	if turn, ok := strings.CutPrefix(s, "1/"); ok {
		seconds, err := strconv.Atoi(turn)
		c := clock.Control{Days: seconds / daySeconds}
		if err != nil || seconds%daySeconds != 0 || c.Validate() != nil {
			return clock.Control{}
		}
		return c
	}
	initial, increment, _ := strings.Cut(s, "+")
	start, err := strconv.Atoi(initial)
	if err != nil || start < 0 || start > 24*60*60 {
		return clock.Control{}
	}
	gain, err := strconv.Atoi(increment)
	if increment != "" && (err != nil || gain < 0 || gain > 60*60) {
		return clock.Control{}
	}
	return clock.Control{Initial: time.Duration(start) * time.Second, Increment: time.Duration(gain) * time.Second}
}

// turns takes the clocks from the comments: what was spent follows from what
// was left before and after.
func (r reader) turns(g *export.Game, start chess.Position) []table.Turn {
	turns := make([]table.Turn, 0, r.text.Plies())
	left := [2]time.Duration{g.Control.Initial, g.Control.Initial}
	seat := game.Seat(start.Turn())
	at := g.Started
	for id := r.text.Nodes[pgn.Root].Next; id != pgn.Root; id = r.text.Nodes[id].Next {
		turn := table.Turn{Seat: seat, Left: left[seat]}
		if clk, ok := r.text.Nodes[id].Clock(); ok {
			turn.Spent, turn.Left = max(0, left[seat]+g.Control.Increment-clk), clk
		} else if took, ok := r.text.Nodes[id].Elapsed(); ok {
			turn.Spent = took
			turn.Left = max(0, left[seat]+g.Control.Increment-took)
		}
		left[seat] = turn.Left
		at = at.Add(turn.Spent)
		turn.At = at
		turns = append(turns, turn)
		seat = seat.Other()
	}
	if len(turns) > 0 && !g.Started.IsZero() {
		g.Ended = at
	}
	return turns
}

// Opening names the opening of a game of chess.
func Opening(g *export.Game) (export.Opening, bool) {
	view, ok := g.State.(chess.StateView)
	if !ok || view.InitialFEN != standardFEN || view.Variant != "standard" {
		return export.Opening{}, false
	}
	start := chess.StartPosition()
	p, moves := start, make([]chess.Move, 0, view.Moves.Len())
	for _, text := range view.Moves.UCI() {
		m, err := p.ParseUCI(text)
		if err != nil {
			return export.Opening{}, false
		}
		moves = append(moves, m)
		p = p.Play(m)
	}
	o, ok := opening.Of(start, moves)
	return export.Opening{ECO: o.ECO, Name: o.Name, Ply: o.Ply}, ok
}
