package games

import (
	"context"
	"fmt"
	"math"

	"kibitz/internal/analysis"
	"kibitz/internal/chess"
	"kibitz/internal/chess/accuracy"
	"kibitz/internal/export"
	"kibitz/internal/uci"
)

// reviewNodes is how many positions the engine looks at for each ply.
const reviewNodes = 200_000

// maxLine is how many moves of a better line are kept.
const maxLine = 8

// maxReportNodes bounds what a client may say of its work.
const maxReportNodes = 1_000_000_000

// ReviewEngine is an engine that reviews games. *uci.Engine is one.
type ReviewEngine interface {
	Go(ctx context.Context, p uci.Position, l uci.Limits) (uci.Reply, error)
	// Name is what the engine calls itself.
	Name() string
}

// Reviewer reviews games of chess. It implements analysis.Reviewer. Without an
// engine it only checks the reports of others.
type Reviewer struct {
	Engine ReviewEngine
	// Nodes for each ply. Default: 200,000.
	Nodes int
}

var _ analysis.Reviewer = (*Reviewer)(nil)

// followGame plays through a game that is to be reviewed.
func followGame(g *export.Game) (*chessGame, error) {
	view, ok := g.State.(chess.StateView)
	if !ok {
		return nil, fmt.Errorf("%w: games of %s are not reviewed", analysis.ErrReport, g.Kind)
	}
	return follow(view)
}

// thought is what is known of a position: an evaluation from White's side, and
// the best line for the side to move.
type thought struct {
	eval accuracy.Eval
	line []string
	// over is set where the game has ended on the board.
	over bool
}

// Review implements analysis.Reviewer.
func (r *Reviewer) Review(ctx context.Context, g *export.Game, progress func(done int)) (*analysis.Report, error) {
	followed, err := followGame(g)
	if err != nil {
		return nil, err
	}
	nodes := r.Nodes
	if nodes <= 0 {
		nodes = reviewNodes
	}
	thoughts := make([]thought, 0, len(followed.positions))
	for i := range followed.positions {
		one, err := r.think(ctx, followed, i, nodes)
		if err != nil {
			return nil, fmt.Errorf("ply %d: %w", i, err)
		}
		thoughts = append(thoughts, one)
		progress(i)
	}
	report := reportOn(followed, thoughts)
	report.Engine, report.Nodes = r.Engine.Name(), nodes
	return report, nil
}

// think asks the engine for a position, unless the game is over there.
func (r *Reviewer) think(ctx context.Context, g *chessGame, i, nodes int) (thought, error) {
	if t, over := ended(&g.positions[i]); over {
		return t, nil
	}
	reply, err := r.Engine.Go(ctx, uci.Position{
		FEN: g.view.InitialFEN, Moves: g.moves[:i], Chess960: g.view.Variant == "chess960",
	}, uci.Limits{Nodes: nodes})
	if err != nil {
		return thought{}, err
	}
	score := accuracy.Eval{Centipawns: reply.Info.Score.Centipawns, Mate: reply.Info.Score.Mate}
	if g.positions[i].Turn() == chess.Black {
		score = accuracy.Eval{Centipawns: -score.Centipawns, Mate: -score.Mate}
	}
	line := reply.Info.PV
	if len(line) == 0 || line[0] != reply.Best {
		line = []string{reply.Best}
	}
	return thought{eval: score, line: line[:min(len(line), maxLine)]}, nil
}

// ended knows positions without a move.
func ended(p *chess.Position) (thought, bool) {
	if len(p.LegalMoves(nil)) > 0 {
		return thought{}, false
	}
	switch {
	case !p.InCheck():
		return thought{over: true}, true
	case p.Turn() == chess.White:
		return thought{eval: accuracy.Eval{Mate: accuracy.OverBlack}, over: true}, true
	}
	return thought{eval: accuracy.Eval{Mate: accuracy.OverWhite}, over: true}, true
}

// reportOn works out what follows from what was thought of every position.
func reportOn(g *chessGame, thoughts []thought) *analysis.Report {
	judged := accuracy.Game{BlackFirst: g.positions[0].Turn() == chess.Black}
	for _, t := range thoughts {
		judged.Evals = append(judged.Evals, t.eval)
	}
	report := &analysis.Report{Start: evalOf(thoughts[0]), Sides: sidesOf(judged)}
	for i, class := range judged.Classes() {
		ply := analysis.Ply{Eval: evalOf(thoughts[i+1])}
		if line := thoughts[i].line; len(line) > 0 && line[0] != g.moves[i] {
			ply.Best, ply.PV, ply.Class = line[0], line, class.String()
			report.Sides[g.positions[i].Turn()].Count(class.String())
		}
		report.Plies = append(report.Plies, ply)
	}
	return report
}

func evalOf(t thought) analysis.Eval {
	cp, mate := t.eval.Centipawns, t.eval.Mate
	switch {
	case t.over && mate != 0:
		return analysis.Eval{}
	case mate != 0:
		return analysis.Eval{Mate: &mate}
	}
	return analysis.Eval{Centipawns: &cp}
}

// sidesOf sums up the sides, but for what was wrong with single moves.
func sidesOf(g accuracy.Game) []analysis.Side {
	white, black := g.Of()
	sides := make([]analysis.Side, 2)
	for i, side := range []accuracy.Side{white, black} {
		if !side.Moved {
			continue
		}
		percent := math.Round(side.Percent*10) / 10
		loss := int(math.Round(g.Loss(i == 1)))
		sides[i].Accuracy, sides[i].Loss = &percent, &loss
	}
	return sides
}

// Check implements analysis.Reviewer.
func (r *Reviewer) Check(g *export.Game, sent *analysis.Report) (*analysis.Report, error) {
	followed, err := followGame(g)
	if err != nil {
		return nil, err
	}
	if len(sent.Plies) != len(followed.moves) || len(sent.Plies) == 0 {
		return nil, fmt.Errorf("%w: it has %d plies, and the game has %d", analysis.ErrReport, len(sent.Plies), len(followed.moves))
	}
	if len(sent.Engine) == 0 || len(sent.Engine) > 80 || sent.Nodes <= 0 || sent.Nodes > maxReportNodes {
		return nil, fmt.Errorf("%w: say the name of the engine, in at most 80 bytes, and its nodes for each ply", analysis.ErrReport)
	}
	thoughts := make([]thought, len(followed.positions))
	for i := range thoughts {
		if thoughts[i], err = sentThought(followed, sent, i); err != nil {
			return nil, err
		}
	}
	report := reportOn(followed, thoughts)
	report.Engine, report.Nodes = sent.Engine, sent.Nodes
	return report, nil
}

// sentThought takes what a client thinks of a position.
func sentThought(g *chessGame, sent *analysis.Report, i int) (thought, error) {
	if t, over := ended(&g.positions[i]); over {
		return t, nil
	}
	eval := sent.Start
	if i > 0 {
		eval = sent.Plies[i-1].Eval
	}
	t := thought{}
	switch {
	case eval.Mate != nil && *eval.Mate != 0 && abs(*eval.Mate) <= 500:
		t.eval.Mate = *eval.Mate
	case eval.Mate == nil && eval.Centipawns != nil && abs(*eval.Centipawns) <= 100_000:
		t.eval.Centipawns = *eval.Centipawns
	default:
		return t, fmt.Errorf("%w: the position after ply %d needs a cp or a mate", analysis.ErrReport, i)
	}
	if i < len(sent.Plies) {
		t.line = sent.Plies[i].PV
		if best := sent.Plies[i].Best; best != "" && len(t.line) == 0 {
			t.line = []string{best}
		}
	}
	if len(t.line) == 0 && i < len(g.moves) {
		t.line = g.moves[i : i+1] // it says nothing better
	}
	t.line = t.line[:min(len(t.line), maxLine)]
	return t, legalLine(g.positions[i], t.line, i)
}

// legalLine refuses a line that cannot be played.
func legalLine(p chess.Position, line []string, ply int) error {
	for _, text := range line {
		m, err := p.ParseUCI(text)
		if err != nil {
			return fmt.Errorf("%w: the line at ply %d: %w", analysis.ErrReport, ply+1, err)
		}
		p = p.Play(m)
	}
	return nil
}

func abs(n int) int { return max(n, -n) }
