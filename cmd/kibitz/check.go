package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"

	"kibitz/internal/config"
	"kibitz/internal/server"
)

// runCheck compares journal, archive, ratings and statistics. The exit status
// is 1 when something is not as it should be.
func runCheck(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("kibitz check", flag.ContinueOnError)
	flags.SetOutput(stderr)
	var cfg server.Config
	flags.StringVar(&cfg.Data, "data", "data", "the `folder` of everything that is kept")
	flags.StringVar(&cfg.Database, "database", "", "the `file` or URL of the database; empty: kibitz.db in the data folder")
	flags.StringVar(&cfg.Cluster.NATS, "nats", "", "the `URLs` of the NATS servers of a cluster, whose database must be named, too; empty: the data folder")
	flags.StringVar(&cfg.Cluster.NATSSystem, "nats-system", "", "the same `URLs` with a user of the system account")
	flags.BoolVar(&cfg.Cluster.UnsafeJournal, "unsafe-journal", false, "ask NATS servers that may lose what they acknowledged, too")
	if status, done := resolve(&config.Resolver{Flags: flags, Getenv: os.LookupEnv}, args, stderr); done {
		return status
	}
	if _, err := os.Stat(cfg.Data); err != nil && cfg.Cluster.NATS == "" {
		fmt.Fprintf(stderr, "kibitz check: there is nothing in %q to check: %v\n", cfg.Data, err)
		return exitUsage
	}
	cfg.Log = slog.New(slog.NewTextHandler(stderr, nil))
	audit, err := server.Check(context.Background(), cfg, stdout)
	if err != nil {
		fmt.Fprintln(stderr, "kibitz check:", err)
		if errors.Is(err, server.ErrConfig) {
			return exitUsage
		}
		return exitFailed
	}
	fmt.Fprintf(stdout, "%d games of %d users, %d ratings after %d rated games, %d hands, %d tables in the journal with %d chips, %d of them not archived yet: %d differences\n",
		audit.Games, audit.Users, audit.Ratings, audit.Rated, audit.Hands, audit.Tables, audit.Chips, audit.Pending, audit.Differences)
	if audit.Differences > 0 {
		return exitFailed
	}
	return exitOK
}
