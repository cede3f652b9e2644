package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"kibitz/internal/botclient"
	"kibitz/internal/config"
	"kibitz/internal/uci"
)

// botSettings are the settings of kibitz bot, and where their values go.
type botSettings struct {
	bot     botclient.Config
	engine  string
	options uci.Options
}

func newBotSettings(stderr io.Writer) (*config.Resolver, *botSettings) {
	flags := flag.NewFlagSet("kibitz bot", flag.ContinueOnError)
	flags.SetOutput(stderr)
	var s botSettings
	flags.StringVar(&s.engine, "engine", "auto", "the `path` of a UCI engine, or auto: look for one")
	flags.StringVar(&s.bot.URL, "url", "http://127.0.0.1:8080", "where the `server` is")
	flags.StringVar(&s.bot.Token, "token", "", "the access `token` of the bot, with the scope bot:play; others on this machine do not see it in KIBITZ_TOKEN")
	flags.IntVar(&s.bot.Level, "level", 0, "how strong, from 1 to 8; 0: as strong as the engine is")
	flags.BoolVar(&s.bot.Ponder, "ponder", false, "think on the opponent's time, too")
	flags.IntVar(&s.bot.Games, "games", 1, "how many games to play at a time")
	flags.IntVar(&s.options.Threads, "threads", 1, "threads of one engine")
	flags.IntVar(&s.options.HashMB, "hash", 16, "memory of one engine, in megabytes")
	flags.BoolVar(&s.bot.Upgrade, "upgrade", false, "make the account a bot, for ever, if it is none; it must not have played")
	flags.StringVar(&s.bot.Challenge, "challenge", "", "the `name` of somebody to challenge; then it ends after the last game")
	flags.IntVar(&s.bot.Count, "count", 1, "how many games against them")
	flags.DurationVar(&s.bot.Limit, "limit", 0, "the time of those games; default: 1m")
	flags.DurationVar(&s.bot.Increment, "increment", 0, "the increment of those games")
	flags.StringVar(&s.bot.Variant, "variant", "standard", "the variant of those games: standard or chess960")
	flags.BoolVar(&s.bot.Rated, "rated", false, "play those games rated")
	s.bot.Log = slog.New(slog.NewTextHandler(stderr, nil))
	return &config.Resolver{Flags: flags, Getenv: os.LookupEnv}, &s
}

// runBot plays with an engine as a bot on some server.
func runBot(args []string, stdout, stderr io.Writer) int {
	settings, s := newBotSettings(stderr)
	if status, done := resolve(settings, args, stderr); done {
		return status
	}
	if err := s.open(); err != nil {
		fmt.Fprintln(stderr, "kibitz bot:", err)
		return exitUsage
	}
	s.bot.Ended = func(o botclient.Outcome) {
		fmt.Fprintf(stdout, "%s against %s: %s, winner %s, %d plies\n", o.Game, o.Opponent, o.Status, orNobody(o.Winner), o.Plies)
	}
	bot, err := botclient.New(s.bot)
	if err != nil {
		fmt.Fprintln(stderr, "kibitz bot:", err)
		return exitUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := bot.Run(ctx); err != nil {
		fmt.Fprintln(stderr, "kibitz bot:", err)
		return exitFailed
	}
	return exitOK
}

func orNobody(winner string) string {
	if winner == "" {
		return "nobody"
	}
	return winner
}

// open finds the engine, and sees that it is there.
func (s *botSettings) open() error {
	path := s.engine
	if path == "auto" {
		var err error
		if path, err = uci.Find(); err != nil {
			return err
		}
	}
	if s.bot.Token == "" {
		return errors.New("give the --token of the bot, or set KIBITZ_TOKEN; its owner makes one in the settings")
	}
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("engine: %w", err)
	}
	s.bot.Open = func(ctx context.Context) (botclient.Engine, error) {
		e, err := uci.Open(ctx, path, s.options)
		if err != nil {
			return nil, err // and no engine: a nil *uci.Engine would be one
		}
		return e, nil
	}
	return nil
}
