package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"kibitz/internal/server"
)

// runExport writes finished games to the standard output.
func runExport(args []string, stdout, stderr io.Writer) int {
	settings, cfg := stored("export", stderr)
	var want server.Wanted
	settings.Flags.StringVar(&want.User, "user", "", "the `name` of whose games; empty: all games")
	settings.Flags.StringVar(&want.Format, "format", "pgn", "pgn or ndjson")
	settings.Flags.StringVar(&want.Site, "site", "", "the `address` of the server, as games name it")
	if status, done := resolve(settings, args, stderr); done {
		return status
	}
	ctx, stop := interruptible()
	defer stop()
	out := bufio.NewWriterSize(stdout, 1<<16)
	n, err := server.Export(ctx, *cfg, want, out)
	if err := errors.Join(err, out.Flush()); err != nil {
		fmt.Fprintln(stderr, "kibitz export:", err)
		if errors.Is(err, server.ErrExport) {
			return exitUsage
		}
		return exitFailed
	}
	fmt.Fprintf(stderr, "%d games\n", n)
	return exitOK
}
