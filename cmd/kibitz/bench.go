package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"kibitz/internal/chess"
	"kibitz/internal/chess/pgn"
	"kibitz/internal/loadgen"
)

// benchGames are the games that are played unless others are given: the house
// engine against itself.
//
//go:embed bench.pgn
var benchGames []byte

// maxBenchGames bounds what is read of a file of games.
const maxBenchGames = 10_000

const benchUsage = `usage: kibitz bench --url URL [ARGUMENTS]

Plays many games at a time against a running server, measures how long a move
takes from its sender to the opponent, and at the end reads every game back and
checks it against what was acknowledged and shown. The server may be killed and
started again meanwhile. The exit status is 0 when nothing was lost, doubled,
disordered or charged, 1 when something was or could not be checked, and 2 when
the arguments are bad or it could not play at all.

`

// bench is the arguments of the subcommand.
type bench struct {
	load loadgen.Config
	pgn  string
	json bool
}

func benchFlags(b *bench) *flag.FlagSet {
	c := &b.load
	flags := flag.NewFlagSet("kibitz bench", flag.ContinueOnError)
	flags.StringVar(&c.URL, "url", "http://127.0.0.1:8080", "where the server is")
	flags.IntVar(&c.Games, "games", 100, "how many games at a time")
	flags.DurationVar(&c.Think, "think", time.Second, "how long a player thinks, give or take a half; 0: not at all")
	flags.DurationVar(&c.Duration, "duration", 20*time.Second, "how long to measure")
	flags.StringVar(&b.pgn, "pgn", "", "a `file` of games to play; else the house's own")
	flags.BoolVar(&b.json, "json", false, "print one JSON object")
	flags.StringVar(&c.Control, "control", "30+20", "the time control")
	flags.Uint64Var(&c.Seed, "seed", 1, "decides the thinking times and who plays which game")
	flags.IntVar(&c.PerAddress, "sockets-per-address", 10_000, "how many sockets share one source address 127.0.0.x")
	flags.DurationVar(&c.Ramp, "ramp", 0, "how long the games take to begin (default 1s for every 1,000)")
	flags.DurationVar(&c.RetryMin, "retry-min", 100*time.Millisecond, "the first pause before a lost socket is connected again")
	flags.DurationVar(&c.RetryMax, "retry-max", 2*time.Second, "the longest such pause; a browser's are 500ms to 8s")
	flags.IntVar(&c.Rate, "rate", 20, "how many actions a second a player takes at most")
	flags.BoolVar(&c.Remote, "remote", false, "allow a server that is not this machine, with leave of its owner")
	return flags
}

func runBench(args []string, stdout, stderr io.Writer) int {
	b, err := parseBench(args, stdout)
	if errors.Is(err, flag.ErrHelp) {
		return exitOK
	}
	if err != nil {
		fmt.Fprintf(stderr, "kibitz bench: %v; see kibitz bench -h\n", err)
		return exitUsage
	}
	b.load.Progress = stderr
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	result, err := loadgen.Play(ctx, b.load)
	if err == nil {
		err = b.print(stdout, result)
	}
	if err != nil {
		fmt.Fprintf(stderr, "kibitz bench: %v\n", err)
		return exitUsage
	}
	if !result.OK() {
		return exitFailed
	}
	return exitOK
}

func parseBench(args []string, stdout io.Writer) (bench, error) {
	var b bench
	flags := benchFlags(&b)
	flags.SetOutput(io.Discard)
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stdout, benchUsage)
		flags.SetOutput(stdout)
		flags.PrintDefaults()
	}
	if err == nil && flags.NArg() > 0 {
		err = fmt.Errorf("unexpected %q", flags.Arg(0))
	}
	if err == nil {
		b.load.Scripts, err = readScripts(b.pgn)
	}
	return b, err
}

func (b *bench) print(out io.Writer, r loadgen.Result) error {
	if !b.json {
		return r.WriteTable(out)
	}
	return json.NewEncoder(out).Encode(r)
}

// readScripts reads the games of a file, and our own without a name.
func readScripts(name string) ([][]string, error) {
	if name == "" {
		return scriptsOf(bytes.NewReader(benchGames))
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	scripts, err := scriptsOf(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return scripts, nil
}

// scriptsOf turns games into lists of moves in UCI. Games of variants, from
// other positions or without a move are left out.
func scriptsOf(in io.Reader) ([][]string, error) {
	var scripts [][]string
	for game, err := range pgn.NewReader(in, pgn.Limits{ResultOptional: true}).All() {
		if err != nil {
			return nil, err
		}
		script, err := scriptOf(game)
		if err != nil {
			return nil, fmt.Errorf("game %d: %w", game.Number, err)
		}
		if len(script) > 0 {
			scripts = append(scripts, script)
		}
		if len(scripts) == maxBenchGames {
			break
		}
	}
	return scripts, nil
}

// scriptOf returns the moves of a game as far as a server lets it go: until the
// rules end it.
func scriptOf(game *pgn.Game) ([]string, error) {
	start, moves, err := game.Replay()
	if errors.Is(err, pgn.ErrVariant) || err == nil && start != chess.StartPosition() {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	history := chess.NewHistory(start)
	var script []string
	for _, m := range moves {
		if history.Ending(chess.DrawLichess) != chess.Ongoing {
			break
		}
		script = append(script, history.Position().UCI(m))
		history.Play(m)
	}
	return script, nil
}
