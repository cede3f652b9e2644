package botclient

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Config is what a Bot needs. URL, Token and Open must be given.
type Config struct {
	// URL is where the server is: the root, as in "https://play.example.org".
	URL string
	// Token acts for the bot; it has the scope bot:play.
	Token string
	// Open starts an engine: there is one for every game at a time.
	Open func(context.Context) (Engine, error)
	// Level holds the engine down, from 1 to MaxLevel; 0 does not.
	Level int
	// Ponder lets the engine think on the time of the opponent.
	Ponder bool
	// Games is how many games are played at a time. Default: 1.
	Games int
	// Upgrade makes the account a bot, for ever, if it is none.
	Upgrade bool
	// Challenge is somebody to challenge again and again, Count times; empty
	// for nobody.
	Challenge string
	Count     int
	// Limit, Increment and Variant are of those games. Default: a minute, no
	// increment, standard.
	Limit, Increment time.Duration
	Variant          string
	Rated            bool
	// Ended is told of every game that was played, of one after the other.
	// Default: nobody is told.
	Ended func(Outcome)
	Log   *slog.Logger // Default: slog.Default.
}

// Bot plays for one account.
type Bot struct {
	cfg     Config
	api     *client
	me      profile
	engines chan Engine // nil for one that is not started yet
	games   sync.WaitGroup
	// settled tells the challenger what came of its challenges.
	settled chan event

	ending  sync.Mutex // held while Ended is called
	mu      sync.Mutex
	playing map[string]chan struct{} // closed when the game is over
}

// New checks a configuration, and asks nobody.
func New(cfg Config) (*Bot, error) {
	if cfg.Open == nil || cfg.Token == "" {
		return nil, errors.New("a bot needs an engine and a token")
	}
	if cfg.Level < 0 || cfg.Level > MaxLevel {
		return nil, fmt.Errorf("the level is 1 to %d, or 0 for full strength, not %d", MaxLevel, cfg.Level)
	}
	api, err := newClient(cfg.URL, cfg.Token)
	if err != nil {
		return nil, err
	}
	if cfg.Games <= 0 {
		cfg.Games = 1
	}
	if cfg.Limit == 0 && cfg.Increment == 0 {
		cfg.Limit = time.Minute
	}
	if cfg.Variant == "" {
		cfg.Variant = "standard"
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.Ended == nil {
		cfg.Ended = func(Outcome) {}
	}
	b := &Bot{cfg: cfg, api: api, engines: make(chan Engine, cfg.Games), playing: make(map[string]chan struct{}), settled: make(chan event, 64)}
	for range cfg.Games {
		b.engines <- nil
	}
	return b, nil
}

// Run plays until ctx is done, or, with somebody to challenge, until the last
// of those games is over. It reconnects for as long as the server is away, and
// fails only when the server does not want the bot.
func (b *Bot) Run(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	if err := b.signIn(ctx); err != nil {
		return err
	}
	b.cfg.Log.Info("here", "bot", b.me.Username, "server", b.api.base)
	var running sync.WaitGroup
	running.Go(func() { stop(b.listen(ctx)) })
	if b.cfg.Challenge != "" {
		running.Go(func() { stop(b.challengeAll(ctx)) })
	}
	running.Wait()
	b.games.Wait()
	b.close()
	if err := context.Cause(ctx); err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, errEnough) {
		return err
	}
	return nil
}

// close ends the engines.
func (b *Bot) close() {
	for range b.cfg.Games {
		if e := <-b.engines; e != nil {
			e.Close()
		}
	}
}

// signIn learns who the bot is, and makes a bot of the account if it may.
func (b *Bot) signIn(ctx context.Context) error {
	if err := b.api.get(ctx, "/api/account", &b.me); err != nil {
		return err
	}
	if b.me.Title == "BOT" {
		return nil
	}
	if !b.cfg.Upgrade {
		return fmt.Errorf("%w: %s is not a bot; an account without games becomes one with --upgrade", ErrRefused, b.me.Username)
	}
	return b.api.post(ctx, "/api/bot/account/upgrade", nil)
}

// listen follows the stream of events, again and again.
func (b *Bot) listen(ctx context.Context) error {
	for pause := firstPause; ; pause = min(2*pause, longPause) {
		begun := time.Now()
		err := b.api.stream(ctx, "/api/stream/event", func(line []byte) error { return b.hear(ctx, line) })
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if errors.Is(err, ErrRefused) {
			return err
		}
		if time.Since(begun) > silence {
			pause = firstPause
		}
		b.cfg.Log.Warn("the stream of events broke", "err", err)
		if !sleep(ctx, pause) {
			return ctx.Err()
		}
	}
}

// hear does what an event asks for.
func (b *Bot) hear(ctx context.Context, line []byte) error {
	var e event
	if err := json.Unmarshal(line, &e); err != nil {
		return fmt.Errorf("%w: an event is no JSON: %w", ErrRefused, err)
	}
	switch e.Type {
	case "gameStart":
		b.start(ctx, e.Game.ID)
		b.tell(e)
	case "challengeDeclined", "challengeCanceled":
		b.tell(e)
	case "challenge":
		if who := e.Challenge.Challenger; who == nil || who.ID != b.me.ID {
			b.games.Go(func() { b.answer(ctx, e.Challenge) })
		}
	}
	return nil
}

// tell passes an event to the challenger, if there is one.
func (b *Bot) tell(e event) {
	select {
	case b.settled <- e:
	default: // nobody challenges
	}
}

// variants are those that engines play.
var variants = []string{"standard", "chess960", "fromPosition"}

// answer accepts a challenge that the bot can play, and declines others.
func (b *Bot) answer(ctx context.Context, c challenge) {
	path, form := "/api/challenge/"+url.PathEscape(c.ID)+"/accept", url.Values(nil)
	b.mu.Lock()
	busy := len(b.playing) >= b.cfg.Games
	b.mu.Unlock()
	switch {
	case !slices.Contains(variants, c.Variant.Key):
		path, form = "/api/challenge/"+url.PathEscape(c.ID)+"/decline", url.Values{"reason": {"variant"}}
	case busy:
		path, form = "/api/challenge/"+url.PathEscape(c.ID)+"/decline", url.Values{"reason": {"later"}}
	}
	if err := b.api.call(ctx, http.MethodPost, path, form, nil); err != nil && ctx.Err() == nil {
		b.cfg.Log.Warn("a challenge was not answered", "challenge", c.ID, "err", err)
	}
}

// start plays a game, unless it is played already.
func (b *Bot) start(ctx context.Context, id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.playing[id] != nil {
		return
	}
	over := make(chan struct{})
	b.playing[id] = over
	b.games.Go(func() {
		defer close(over)
		b.play(ctx, id)
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.playing, id)
	})
}

// play waits for an engine and plays a game with it.
func (b *Bot) play(ctx context.Context, id string) {
	var e Engine
	select {
	case e = <-b.engines:
	case <-ctx.Done():
		return
	}
	defer func() { b.engines <- e }()
	if e == nil {
		opened, err := b.cfg.Open(ctx)
		if err != nil {
			b.cfg.Log.Error("the engine does not start", "game", id, "err", err)
			return
		}
		e = opened
	}
	m := &match{
		id: id, me: b.me.ID, api: b.api, ponder: b.cfg.Ponder, log: b.cfg.Log,
		think: &thinker{engine: e, strength: strengths[b.cfg.Level]},
	}
	outcome, err := m.play(ctx)
	if err != nil {
		if ctx.Err() == nil {
			b.cfg.Log.Error("a game was given up", "game", id, "err", err)
		}
		return
	}
	b.cfg.Log.Info("over", "game", id, "against", outcome.Opponent, "status", outcome.Status, "winner", outcome.Winner, "plies", outcome.Plies)
	b.ending.Lock()
	defer b.ending.Unlock()
	b.cfg.Ended(outcome)
}
