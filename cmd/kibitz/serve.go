package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"syscall"

	"kibitz/internal/config"
	"kibitz/internal/server"
)

// serveSettings returns the settings of the server, and where their values go.
func serveSettings(stderr io.Writer) (*config.Resolver, *server.Config) {
	flags := flag.NewFlagSet("kibitz serve", flag.ContinueOnError)
	flags.SetOutput(stderr)
	var c server.Config
	flags.StringVar(&c.Listen, "listen", "127.0.0.1:8080", "the `address` to answer at")
	flags.StringVar(&c.Data, "data", "data", "the `folder` of everything that is kept; empty: keep nothing")
	flags.StringVar(&c.Database, "database", "", "where accounts and finished games are kept: a `file`, or the URL of a PostgreSQL server; empty: kibitz.db in the data folder")
	flags.StringVar(&c.Engine, "engine", "auto", "the `path` of a UCI engine for the strong house players, auto, or none")
	flags.StringVar(&c.Draws, "draws", "lichess", "how long games of chess end: lichess or fide")
	flags.BoolVar(&c.Secure, "secure", false, "a proxy in front speaks HTTPS with the browsers")
	peopleSettings(flags, &c)
	clusterSettings(flags, &c.Cluster)
	flags.IntVar(&c.GuestsPerMinute, "guests-per-minute", 0, "new guests that one address may bring; 0: the default, negative: no limit")
	flags.StringVar(&c.MetricsListen, "metrics-listen", "", "the `address` of metrics and profiles, for operators alone; empty: none")
	flags.StringVar(&c.Programs.Listen, "acpc-listen", "", "the `address` for programs that speak the dealer protocol of the ACPC; empty: none")
	flags.IntVar(&c.Programs.Seats, "acpc-seats", 2, "how many sit at a table of programs, house players included")
	flags.IntVar(&c.Programs.House, "acpc-house", 0, "how many house players sit at a table of programs")
	flags.BoolVar(&c.Programs.Fixed, "acpc-fixed-limit", false, "programs play with fixed limits")
	level := new(slog.LevelVar)
	flags.TextVar(level, "log-level", level, "what is logged: debug (every request), info, warn or error")
	c.Log = slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: level}))
	return &config.Resolver{Flags: flags, Getenv: os.LookupEnv}, &c
}

// runServe runs the server until it is told to stop.
func runServe(args []string, stdout, stderr io.Writer) int {
	settings, cfg := serveSettings(stderr)
	if status, done := resolve(settings, args, stderr); done {
		return status
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	s, err := server.Start(*cfg)
	if err != nil {
		fmt.Fprintln(stderr, "kibitz serve:", err)
		if errors.Is(err, server.ErrConfig) {
			return exitUsage
		}
		return exitFailed
	}
	fmt.Fprintf(stdout, "Kibitz is at %s\n", address(cfg, s.Addr()))
	if code := s.FirstCode(); code != "" {
		fmt.Fprintf(stdout, "There is no admin yet. Become it at %s/first-run with the code %s\n", address(cfg, s.Addr()), code)
	}
	if err := s.Serve(ctx); err != nil {
		fmt.Fprintln(stderr, "kibitz serve:", err)
		return exitFailed
	}
	return exitOK
}

// resolve fills settings, and reports the exit status when that is all.
func resolve(settings *config.Resolver, args []string, stderr io.Writer) (status int, done bool) {
	switch err := settings.Resolve(args); {
	case errors.Is(err, flag.ErrHelp):
		return exitOK, true
	case err != nil:
		fmt.Fprintln(stderr, "kibitz:", err)
		return exitUsage, true
	}
	if settings.Flags.NArg() > 0 {
		fmt.Fprintf(stderr, "kibitz: %q is one argument too many; settings begin with --\n", settings.Flags.Arg(0))
		return exitUsage, true
	}
	return exitOK, false
}

// address returns where a browser finds the server.
func address(c *server.Config, at net.Addr) string {
	if c.TLS.Domain != "" {
		return "https://" + c.TLS.Domain
	}
	return "http://" + browsable(at)
}

// browsable returns an address that a browser on this machine can open.
func browsable(a net.Addr) string {
	tcp, ok := a.(*net.TCPAddr)
	if !ok || !tcp.IP.IsUnspecified() {
		return a.String()
	}
	return net.JoinHostPort("127.0.0.1", fmt.Sprint(tcp.Port))
}
