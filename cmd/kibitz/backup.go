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
	"path/filepath"
	"syscall"
	"time"

	"kibitz/internal/config"
	"kibitz/internal/server"
)

// stored are the settings of a command that reads what a server keeps.
func stored(name string, stderr io.Writer) (*config.Resolver, *server.Config) {
	flags := flag.NewFlagSet("kibitz "+name, flag.ContinueOnError)
	flags.SetOutput(stderr)
	cfg := &server.Config{Log: slog.New(slog.NewTextHandler(stderr, nil))}
	flags.StringVar(&cfg.Data, "data", "data", "the `folder` of everything that is kept")
	flags.StringVar(&cfg.Database, "database", "", "the `file` or URL of the database; empty: kibitz.db in the data folder")
	return &config.Resolver{Flags: flags, Getenv: os.LookupEnv}, cfg
}

// oneFile resolves settings behind which one file is named.
func oneFile(name string, settings *config.Resolver, args []string, stderr io.Writer) (file string, status int, done bool) {
	switch err := settings.Resolve(args); {
	case errors.Is(err, flag.ErrHelp):
		return "", exitOK, true
	case err != nil:
		fmt.Fprintln(stderr, "kibitz:", err)
		return "", exitUsage, true
	}
	if settings.Flags.NArg() != 1 {
		fmt.Fprintf(stderr, "usage: kibitz %s [--data FOLDER] FILE\n", name)
		return "", exitUsage, true
	}
	return settings.Flags.Arg(0), exitOK, false
}

// interruptible is a context that ends with the process being told to.
func interruptible() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
}

// runBackup writes a copy of everything, also of a server that runs, to a new
// file.
func runBackup(args []string, stdout, stderr io.Writer) int {
	settings, cfg := stored("backup", stderr)
	file, status, done := oneFile("backup", settings, args, stderr)
	if done {
		return status
	}
	ctx, stop := interruptible()
	defer stop()
	size, err := writeNew(file, func(w io.Writer) error { return server.Backup(ctx, *cfg, w) })
	if err != nil {
		fmt.Fprintln(stderr, "kibitz backup:", err)
		return exitFailed
	}
	fmt.Fprintf(stdout, "%s: %d bytes\n", file, size)
	return exitOK
}

// writeNew makes a file that is there as a whole or not at all.
func writeNew(file string, write func(io.Writer) error) (size int64, err error) {
	if _, err := os.Lstat(file); err == nil {
		return 0, fmt.Errorf("%s: %w; name a new file", file, os.ErrExist)
	}
	f, err := os.CreateTemp(filepath.Dir(file), ".kibitz-backup-")
	if err != nil {
		return 0, err
	}
	defer func() { _ = os.Remove(f.Name()) }() // it has moved, or is worth nothing
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	info, statErr := f.Stat()
	closeErr := f.Close()
	for _, e := range []error{err, statErr, closeErr} {
		if e != nil {
			return 0, e
		}
	}
	return info.Size(), os.Rename(f.Name(), file)
}

// runRestore makes a data folder from a backup.
func runRestore(args []string, stdout, stderr io.Writer) int {
	settings, cfg := stored("restore", stderr)
	file, status, done := oneFile("restore", settings, args, stderr)
	if done {
		return status
	}
	f, err := os.Open(file)
	if err != nil {
		fmt.Fprintln(stderr, "kibitz restore:", err)
		return exitUsage
	}
	defer func() { _ = f.Close() }() // it is only read
	found, err := server.Restore(context.Background(), *cfg, f)
	if err != nil {
		fmt.Fprintln(stderr, "kibitz restore:", err)
		return exitFailed
	}
	fmt.Fprintf(stdout, "%s: %d files, %d bytes, as of %s\n", cfg.Data, found.Files, found.Bytes, found.Created.UTC().Format(time.RFC3339))
	return exitOK
}
