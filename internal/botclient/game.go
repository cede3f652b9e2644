package botclient

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"kibitz/internal/uci"
)

// Outcome is how a game ended for the bot.
type Outcome struct {
	Game     string
	Opponent string
	// Status is the word of lichess for the ending, Winner "white", "black" or
	// empty.
	Status, Winner string
	Plies          int
	// Won says that the bot is the winner.
	Won bool
}

// match is one game that the bot plays.
type match struct {
	id     string
	me     string // the bot's id
	api    *client
	think  *thinker
	ponder bool
	log    *slog.Logger

	known    bool
	black    bool
	blackTo  bool // Black moves first, from a position
	opponent string
	now      state
	// answered is how many plies the position had that was moved in last.
	answered int
	score    uci.Score
	thoughts chan thought
	claim    *time.Timer
}

// errOver ends the reading of a stream whose game is over.
var errOver = errors.New("the game is over")

// play plays a game to its end. A stream that breaks is opened again.
func (m *match) play(ctx context.Context) (Outcome, error) {
	m.answered, m.thoughts = -1, make(chan thought, 1)
	m.claim = time.NewTimer(0)
	<-m.claim.C
	defer m.claim.Stop()
	defer m.think.stop()
	for pause := firstPause; ; pause = min(2*pause, longPause) {
		begun := time.Now()
		err := m.follow(ctx)
		switch {
		case errors.Is(err, errOver):
			return m.outcome(), nil
		case ctx.Err() != nil:
			return Outcome{}, ctx.Err()
		case errors.Is(err, ErrRefused):
			return Outcome{}, err
		}
		if time.Since(begun) > silence {
			pause = firstPause
		}
		m.log.Warn("the stream of a game broke", "game", m.id, "err", err)
		if !sleep(ctx, pause) {
			return Outcome{}, ctx.Err()
		}
	}
}

func (m *match) outcome() Outcome {
	mine := "white"
	if m.black {
		mine = "black"
	}
	return Outcome{
		Game: m.id, Opponent: m.opponent, Status: m.now.Status, Winner: m.now.Winner,
		Plies: len(m.now.moves()), Won: m.now.Winner == mine,
	}
}

// follow reads the stream of the game, and acts.
func (m *match) follow(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	lines, ended := make(chan line), make(chan error, 1)
	go func() {
		ended <- m.api.stream(ctx, "/api/bot/game/stream/"+m.id, func(b []byte) error {
			var l line
			if err := json.Unmarshal(b, &l); err != nil {
				return fmt.Errorf("%w: game %s: %w", ErrRefused, m.id, err)
			}
			select {
			case lines <- l:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	m.answered = -1 // what was on its way may be lost
	for {
		var err error
		select {
		case l := <-lines:
			err = m.hear(ctx, l)
		case t := <-m.thoughts:
			err = m.move(ctx, t)
		case <-m.claim.C:
			err = m.api.post(ctx, "/api/bot/game/"+m.id+"/claim-victory", nil)
			m.complain("claim", err)
			err = nil
		case err := <-ended:
			if err == nil {
				err = fmt.Errorf("%w: the stream ended", ErrAway)
			}
			return err
		case <-ctx.Done():
			return ctx.Err()
		}
		if err != nil {
			return err
		}
	}
}

// hear takes a line of the stream in.
func (m *match) hear(ctx context.Context, l line) error {
	switch l.Type {
	case "gameFull":
		m.begin(l)
		return m.see(ctx, *l.Full)
	case "gameState":
		return m.see(ctx, l.state)
	case "opponentGone":
		m.claim.Stop()
		if l.Gone {
			m.claim.Reset(time.Duration(l.ClaimSeconds+1) * time.Second)
		}
	}
	return nil
}

// begin learns what the game is.
func (m *match) begin(l line) {
	m.black = strings.EqualFold(l.Black.ID, m.me)
	other := l.Black
	if m.black {
		other = l.White
	}
	m.opponent = other.Name
	m.think.start = uci.Position{FEN: l.InitialFEN, Chess960: l.Variant.Key == "chess960"}
	if l.InitialFEN == "startpos" || l.InitialFEN == "" {
		m.think.start.FEN = "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1"
	}
	if fields := strings.Fields(m.think.start.FEN); len(fields) > 1 {
		m.blackTo = fields[1] == "b"
	}
	m.known = true
}

// mine reports whether it is the bot's turn.
func (m *match) mine(plies int) bool { return (plies%2 == 1) != m.blackTo == m.black }

// see looks at how the game stands, and begins to think when it is time.
func (m *match) see(ctx context.Context, s state) error {
	m.now = s
	moves := s.moves()
	if s.over() {
		return errOver
	}
	m.answerOffers(ctx, s)
	if !m.mine(len(moves)) || m.answered == len(moves) {
		return nil
	}
	m.answered = len(moves)
	left, step := s.White, s.WhiteStep
	if m.black {
		left, step = s.Black, s.BlackStep
	}
	m.think.stop()
	select { // what an older position led to
	case <-m.thoughts:
	default:
	}
	m.think.think(ctx, moves, budget(time.Duration(left)*time.Millisecond, time.Duration(step)*time.Millisecond), m.thoughts)
	return nil
}

// drawFrom is the ply from which the bot takes draws.
const drawFrom = 40

// answerOffers grants takebacks, and takes a draw when it stands no better.
func (m *match) answerOffers(ctx context.Context, s state) {
	back, draw := s.WhiteBack, s.WhiteDraw
	if !m.black {
		back, draw = s.BlackBack, s.BlackDraw
	}
	if back {
		m.complain("takeback", m.api.post(ctx, "/api/bot/game/"+m.id+"/takeback/yes", nil))
	}
	if draw && len(s.moves()) >= drawFrom && m.score.Centipawns <= 0 && m.score.Mate <= 0 {
		m.complain("draw", m.api.post(ctx, "/api/bot/game/"+m.id+"/draw/yes", nil))
	}
}

// move makes the move that was found, and thinks on while the opponent does.
func (m *match) move(ctx context.Context, t thought) error {
	moves := m.now.moves()
	if t.plies != len(moves) || m.now.over() {
		return nil // the game went on meanwhile
	}
	if t.err != nil || t.reply.Best == "" {
		m.log.Error("the engine finds no move", "game", m.id, "err", t.err)
		return m.api.post(ctx, "/api/bot/game/"+m.id+"/resign", nil)
	}
	m.score = t.reply.Info.Score
	err := m.api.post(ctx, "/api/bot/game/"+m.id+"/move/"+t.reply.Best, nil)
	if errors.Is(err, ErrRefused) {
		m.complain("move "+t.reply.Best, err) // the game may be over: the stream tells
		return nil
	}
	if err == nil && m.ponder {
		m.think.ponder(ctx, append(moves, t.reply.Best), t.reply.Ponder)
	}
	return err
}

// complain logs what was refused.
func (m *match) complain(what string, err error) {
	if err != nil {
		m.log.Warn("refused", "game", m.id, "what", what, "err", err)
	}
}
