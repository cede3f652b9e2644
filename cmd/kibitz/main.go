// Command kibitz is the server and its tools, one subcommand each.
package main

import (
	"fmt"
	"io"
	"os"
)

// command is one subcommand. run gets the arguments behind the name and returns the exit status.
type command struct {
	name    string
	summary string
	run     func(args []string, stdout, stderr io.Writer) int
}

// The exit statuses of every subcommand.
const (
	exitOK     = 0
	exitFailed = 1 // the work was done, or begun, and the answer is no
	exitUsage  = 2 // bad arguments, or an input that cannot be read
)

// commands lists the subcommands in the order of the help. Each has a file of its own.
var commands = []command{
	{"serve", "run the server", runServe},
	{"user", "add people, set their passwords and roles, close accounts", runUser},
	{"config", "show every setting of the server, and where it came from", runConfig},
	{"bot", "let a chess engine play on a server, as a bot", runBot},
	{"bench", "play many games against a running server, and measure and check it", runBench},
	{"bench-archive", "fill an archive with invented games, and measure its questions", runBenchArchive},
	{"export", "write finished games, as PGN or lines of JSON", runExport},
	{"status", "say how a server, or a cluster, is", runStatus},
	{"backup", "copy everything, while the server runs or not", runBackup},
	{"restore", "make a data folder from a backup", runRestore},
	{"check", "compare journal, archive, ratings and statistics of a server that is stopped", runCheck},
	{"verify", "check files of positions and games against the rules", runVerify},
}

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		usage(stderr)
		return exitUsage
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		usage(stdout)
		return exitOK
	}
	for _, c := range commands {
		if c.name == args[0] {
			return c.run(args[1:], stdout, stderr)
		}
	}
	fmt.Fprintf(stderr, "kibitz: there is no subcommand %q; see kibitz help\n", args[0])
	return exitUsage
}

func usage(w io.Writer) {
	fmt.Fprint(w, "usage: kibitz COMMAND [ARGUMENTS]\n\n")
	for _, c := range commands {
		fmt.Fprintf(w, "  %-13s %s\n", c.name, c.summary)
	}
	fmt.Fprintf(w, "  %-13s %s\n\nkibitz COMMAND -h shows the arguments of a command.\n", "help", "show this list")
}
