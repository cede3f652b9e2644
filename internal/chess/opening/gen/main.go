// Command gen makes the table of package opening from a file of named lines:
// tab-separated, with the columns eco, name and uci in its first line, as
// github.com/lichess-org/chess-openings publishes them.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"kibitz/internal/chess/opening"
)

func main() {
	out := flag.String("o", "openings.dat", "the `file` to write")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: gen [-o openings.dat] FILE.tsv")
		os.Exit(2)
	}
	if err := run(flag.Arg(0), *out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it is only read
	in := bufio.NewScanner(f)
	in.Scan()
	columns := strings.Split(in.Text(), "\t")
	eco, name, uci := slices.Index(columns, "eco"), slices.Index(columns, "name"), slices.Index(columns, "uci")
	if min(eco, name, uci) < 0 {
		return fmt.Errorf("%s: the first line names no columns eco, name and uci", from)
	}
	var lines []opening.Line
	for in.Scan() {
		fields := strings.Split(in.Text(), "\t")
		if len(fields) != len(columns) {
			return fmt.Errorf("%s: line %d has %d columns, want %d", from, len(lines)+2, len(fields), len(columns))
		}
		lines = append(lines, opening.Line{ECO: fields[eco], Name: fields[name], Moves: strings.Fields(fields[uci])})
	}
	if err := in.Err(); err != nil {
		return err
	}
	table, err := opening.Encode(lines)
	if err != nil {
		return err
	}
	return os.WriteFile(to, table, 0o644)
}
