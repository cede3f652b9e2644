package verify

import (
	"errors"
	"fmt"
	"io"
	"strconv"

	"kibitz/internal/chess"
	"kibitz/internal/chess/pgn"
)

// PGN checks games: syntax, every move of the main line and of the variations, the result against the tags and against
// the final position, and the tags Termination, FinalFEN and PlyCount where they are. Games of variants that the core
// does not know are skipped.
func PGN(report *Report, in io.Reader) error {
	skipped := map[string]int{}
	for game, err := range pgn.NewReader(in, pgn.Limits{}).All() {
		var bad *pgn.Error
		switch {
		case errors.As(err, &bad):
			report.unit(fmt.Sprintf("game %d", bad.Game), []string{fmt.Sprintf("line %d: %v", bad.Line, bad.Err)})
			continue
		case err != nil:
			return err
		}
		found, err := verifyGame(game)
		if errors.Is(err, pgn.ErrVariant) {
			skipped[err.Error()]++
			continue
		}
		report.unit(fmt.Sprintf("game %d", game.Number), found)
	}
	for why, n := range skipped {
		report.skip(n, why)
	}
	return nil
}

// played is a game with what its replay has shown.
type played struct {
	game  *pgn.Game
	last  pgn.NodeID // of the main line
	final chess.Position
	plies int
	ended []end // automatic ends before the last ply
}

// end is an automatic end of the game that stood on the board after a ply.
type end struct {
	ply  int
	name string
}

func verifyGame(game *pgn.Game) (problems, error) {
	var found problems
	p, err := replay(game)
	if errors.Is(err, pgn.ErrVariant) {
		return nil, err
	} else if err != nil {
		found.addf("%v", err)
		return found, nil
	}
	p.verifyResult(&found)
	p.verifyTermination(&found)
	p.verifyFinalTags(&found)
	return found, nil
}

func replay(game *pgn.Game) (*played, error) {
	start, err := game.Start()
	if err != nil {
		return nil, err
	}
	p := &played{game: game, final: start}
	err = game.Walk(func(step pgn.Step) error {
		if step.Depth > 0 {
			return nil
		}
		if name := endOf(step.Before); name != "" {
			p.ended = append(p.ended, end{step.Ply, name})
		}
		p.last, p.final, p.plies = step.Node, *step.After, step.Ply+1
		return nil
	})
	return p, err
}

// The ends that files call by name and that need no claim. Repetition is left out: games may go on behind it.
const (
	checkmate   = "CHECKMATE"
	stalemate   = "STALEMATE"
	dead        = "INSUFFICIENT_MATERIAL"
	seventyFive = "SEVENTYFIVE_MOVES"
	plyLimit    = "PLY_LIMIT"
)

func endOf(p *chess.Position) string {
	switch {
	case p.IsCheckmate():
		return checkmate
	case p.IsStalemate():
		return stalemate
	case p.DeadPosition():
		return dead
	case p.HalfmoveClock() >= chess.SeventyFiveMovePlies:
		return seventyFive
	}
	return ""
}

// verifyResult compares the result behind the moves with the tag and with the final position.
func (p *played) verifyResult(found *problems) {
	got := p.game.Result
	if tag, ok := p.game.LookupTag("Result"); ok && tag != got.String() {
		found.addf("the tag Result says %s, the moves end with %v", tag, got)
	}
	want := pgn.Draw
	switch endOf(&p.final) {
	case "":
		return
	case checkmate:
		want = winOf(p.final.Turn().Other())
	}
	if got != want {
		found.addf("result %v, want %v: the final position is %s; %s", got, want, endOf(&p.final), p.final.FEN())
	}
}

func winOf(c chess.Color) pgn.Result {
	if c == chess.White {
		return pgn.WhiteWins
	}
	return pgn.BlackWins
}

func (p *played) verifyTermination(found *problems) {
	switch termination := p.game.Tag("Termination"); termination {
	case checkmate, stalemate, dead, seventyFive:
		p.verifyNotEarlier(found)
		if got := endOf(&p.final); got != termination {
			found.addf("Termination %s, but the final position is %s; %s", termination, orNoEnd(got), p.final.FEN())
		}
	case plyLimit:
		p.verifyNotEarlier(found)
		if got := endOf(&p.final); got != "" {
			found.addf("Termination %s, but the final position is %s; %s", termination, got, p.final.FEN())
		}
		if p.game.Result != pgn.Unfinished {
			found.addf("result %v, want * for Termination %s", p.game.Result, termination)
		}
	case "Time forfeit":
		p.verifyTimeForfeit(found)
	}
}

// verifyNotEarlier reports the first position in which the game was over and went on.
func (p *played) verifyNotEarlier(found *problems) {
	if len(p.ended) > 0 {
		found.addf("the game was over after ply %d by %s and goes on to ply %d", p.ended[0].ply, p.ended[0].name, p.plies)
	}
}

// verifyTimeForfeit knows that the clock of the side to move ran out: the other side wins if it can still mate.
func (p *played) verifyTimeForfeit(found *problems) {
	if got := endOf(&p.final); got == checkmate || got == stalemate {
		found.addf("Termination Time forfeit, but the final position is %s; %s", got, p.final.FEN())
		return
	}
	loser := p.final.Turn()
	canMate := p.final.CanMate(loser.Other())
	want := pgn.Draw
	if canMate {
		want = winOf(loser.Other())
	}
	if p.game.Result == want || p.game.Result == pgn.Draw && p.drawnBeforeFlag() {
		return
	}
	found.addf("result %v, want %v: time forfeit of %v, and that %v can mate is %t; %s",
		p.game.Result, want, loser, loser.Other(), canMate, p.final.FEN())
}

// drawnBeforeFlag recognises the closing comment of lichess for a draw that has nothing to do with mating material: one
// that was offered before the flag fell, or claimed from a player who had left. It files both under Time forfeit.
func (p *played) drawnBeforeFlag() bool {
	comments := p.game.Nodes[p.last].After
	return len(comments) > 0 && comments[len(comments)-1].Text == "The game is a draw."
}

func (p *played) verifyFinalTags(found *problems) {
	if text, ok := p.game.LookupTag("PlyCount"); ok && text != strconv.Itoa(p.plies) {
		found.addf("PlyCount %s, but %d plies were played", text, p.plies)
	}
	text, ok := p.game.LookupTag("FinalFEN")
	if !ok {
		return
	}
	if want, err := chess.ParseFEN(text); err != nil {
		found.addf("tag FinalFEN: %v", err)
	} else if got := p.final.FEN(); got != want.FEN() {
		found.addf("FinalFEN %s, but the game ends in %s", text, got)
	}
}

func orNoEnd(name string) string {
	if name == "" {
		return "not an end"
	}
	return name
}
