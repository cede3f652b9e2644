package uci

import (
	"fmt"
	"strconv"
	"strings"
)

// Reply is what an engine found.
type Reply struct {
	// Best is empty when there is no move; Ponder is the answer the engine
	// expects, and often empty.
	Best, Ponder string
	// Info is the last complete report on the best line.
	Info Info
}

// Info is one report of an engine on its search. What the engine left out is
// zero.
type Info struct {
	Depth, Nodes int
	Score        Score
	// PV is the line that the engine expects, from the first move.
	PV []string
}

// Score is for the side to move.
type Score struct {
	// Centipawns counts hundredths of a pawn, when Mate is zero.
	Centipawns int
	// Mate is the number of moves, not plies, to mate: negative for the side
	// that is mated, and -1 also for mate on the board.
	Mate int
}

// maxPV is how much of a line is kept.
const maxPV = 64

// read takes one line of an engine that searches, and reports whether it was
// the last.
func (r *Reply) read(line string) bool {
	fields := strings.Fields(line)
	if len(fields) == 0 {
		return false
	}
	switch fields[0] {
	case "bestmove":
		r.best(fields[1:])
		return true
	case "info":
		if info, ok := parseInfo(fields[1:]); ok {
			r.Info = info
		}
	}
	return false
}

func (r *Reply) best(fields []string) {
	if len(fields) > 0 && fields[0] != "(none)" && fields[0] != "0000" {
		r.Best = fields[0]
	}
	if len(fields) > 2 && fields[1] == "ponder" && isMove(fields[2]) {
		r.Ponder = fields[2]
	}
}

// check refuses what is no move; whether it is legal is for the caller.
func (r *Reply) check() error {
	if r.Best != "" && !isMove(r.Best) {
		return fmt.Errorf("%w: its best move is %q", ErrEngine, r.Best[:min(len(r.Best), 40)])
	}
	return nil
}

// parseInfo reads the fields behind "info". It reports false for what has no
// exact score of the best line.
func parseInfo(fields []string) (Info, bool) {
	var info Info
	scored := false
	for i := 0; i+1 < len(fields); i++ {
		switch fields[i] {
		case "string", "lowerbound", "upperbound":
			return Info{}, false
		case "multipv":
			if fields[i+1] != "1" {
				return Info{}, false
			}
		case "depth":
			info.Depth = number(fields[i+1])
		case "nodes":
			info.Nodes = number(fields[i+1])
		case "score":
			info.Score, scored = parseScore(fields[i+1:])
		case "pv":
			info.PV = parsePV(fields[i+1:])
			return info, scored
		}
	}
	return info, scored
}

func parseScore(fields []string) (Score, bool) {
	if len(fields) < 2 {
		return Score{}, false
	}
	n, err := strconv.Atoi(fields[1])
	switch {
	case err != nil:
		return Score{}, false
	case fields[0] == "cp":
		return Score{Centipawns: n}, true
	case fields[0] == "mate" && n == 0:
		return Score{Mate: -1}, true
	case fields[0] == "mate":
		return Score{Mate: n}, true
	}
	return Score{}, false
}

// parsePV returns the moves at the start of a list.
func parsePV(fields []string) []string {
	n := 0
	for n < len(fields) && n < maxPV && isMove(fields[n]) {
		n++
	}
	return append([]string(nil), fields[:n]...)
}

// number reads a count; what is none counts as zero.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
