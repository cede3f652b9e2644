package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"kibitz/internal/verify"
)

// defaultMaxNodes keeps the whole perft file of the tests in the range of a minute.
const defaultMaxNodes = 5_000_000

const verifyUsage = `usage: kibitz verify KIND [--nodes N] FILE...

Checks files against the rules of chess and poker and prints a line for every
failure. The file - is the standard input. The exit status is 0 when everything agrees,
1 when something does not, and 2 when a file cannot be read.

KIND is one of
  perft      lines of variant|id|FEN|depth:nodes depth:nodes ...
  positions  positions with all legal moves, one JSON object a line
  pgn        games: moves, variations, results, ends
  phh        hands of poker: every action and the finishing stacks; a directory
             stands for all its .phh and .phhs files
  ohh        hands of poker in the Open Hand History format: every chip
  legality   what players may do after betting sequences, a JSON array

flags of perft
  --nodes N  count the depths of at most N nodes (default 5000000)
`

// verifyKind checks one input.
type verifyKind func(report *verify.Report, in io.Reader) error

func runVerify(args []string, stdout, stderr io.Writer) int {
	kind, files, err := parseVerify(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stdout, verifyUsage)
		return exitOK
	}
	if err != nil {
		fmt.Fprintf(stderr, "kibitz verify: %v\n\n%s", err, verifyUsage)
		return exitUsage
	}
	out := bufio.NewWriter(stdout)
	report := verify.NewReport(out)
	status := exitOK
	for _, file := range files {
		if err := verifyFile(kind, report, file); err != nil {
			out.Flush()
			fmt.Fprintf(stderr, "kibitz verify: %v\n", err)
			status = exitUsage
		}
	}
	fmt.Fprintln(out, report.Summary())
	if err := out.Flush(); err != nil {
		return exitUsage
	}
	if status == exitOK && report.Failed > 0 {
		return exitFailed
	}
	return status
}

func parseVerify(args []string) (verifyKind, []string, error) {
	flags := flag.NewFlagSet("verify", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	if len(args) == 0 {
		return nil, nil, errors.New("say what to verify")
	}
	var kind verifyKind
	maxNodes := uint64(defaultMaxNodes)
	switch args[0] {
	case "perft":
		flags.Uint64Var(&maxNodes, "nodes", defaultMaxNodes, "")
		kind = func(report *verify.Report, in io.Reader) error { return verify.Perft(report, in, maxNodes) }
	case "positions":
		kind = verify.Positions
	case "pgn":
		kind = verify.PGN
	case "phh":
		kind = verify.PHH
	case "ohh":
		kind = verify.OHH
	case "legality":
		kind = verify.Legality
	case "help", "-h", "-help", "--help":
		return nil, nil, flag.ErrHelp
	default:
		return nil, nil, fmt.Errorf("there is no kind %q", args[0])
	}
	if err := flags.Parse(args[1:]); err != nil {
		return nil, nil, err
	}
	if flags.NArg() == 0 {
		return nil, nil, errors.New("name at least one file")
	}
	files := flags.Args()
	if args[0] == "phh" {
		var err error
		if files, err = handFiles(files); err != nil {
			return nil, nil, err
		}
	}
	return kind, files, nil
}

// handFiles puts the hands of a directory and of those below it in its place.
func handFiles(names []string) ([]string, error) {
	var files []string
	for _, name := range names {
		if info, err := os.Stat(name); err != nil || !info.IsDir() {
			files = append(files, name) // what cannot be opened is reported later
			continue
		}
		err := filepath.WalkDir(name, func(path string, entry fs.DirEntry, err error) error {
			if ext := filepath.Ext(path); err == nil && entry.Type().IsRegular() && (ext == ".phh" || ext == ".phhs") {
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	if len(files) == 0 {
		return nil, errors.New("there is no .phh or .phhs file")
	}
	return files, nil
}

func verifyFile(kind verifyKind, report *verify.Report, name string) error {
	in := os.Stdin
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		in = file
	}
	report.Begin(name)
	if err := kind(report, in); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
