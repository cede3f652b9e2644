package chess_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"kibitz/internal/chess"
)

// perftBudget is the number of nodes per line, from KIBITZ_PERFT_NODES.
func perftBudget(t *testing.T) uint64 {
	text := os.Getenv("KIBITZ_PERFT_NODES")
	if text == "" {
		return 20_000
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("KIBITZ_PERFT_NODES: %v", err)
	}
	return n
}

// TestPerft counts the positions that come with the source.
func TestPerft(t *testing.T) {
	lines := perftFile(t, "testdata/perft/core.txt")
	if lines < 30 {
		t.Errorf("got %d lines, want at least 30", lines)
	}
}

// TestPerftShared counts every standard and Chess960 line of the large set.
func TestPerftShared(t *testing.T) {
	lines := perftFile(t, sharedFile(t, "perft.txt"))
	if lines != 380 {
		t.Errorf("got %d lines of standard and Chess960, want 380", lines)
	}
}

func perftFile(t *testing.T, path string) (lines int) {
	budget := perftBudget(t)
	eachLine(t, path, func(line string) {
		fields := strings.Split(line, "|")
		if variant := fields[0]; variant != "standard" && variant != "chess960" {
			return // other variants have their own tests
		}
		lines++
		if err := perftLine(fields[2], fields[3], budget); err != nil {
			t.Errorf("%s: %v", fields[1], err)
		}
	})
	return lines
}

// perftLine checks "depth:nodes depth:nodes ..." up to the budget.
func perftLine(fen, counts string, budget uint64) error {
	p, err := chess.ParseFEN(fen)
	if err != nil {
		return err
	}
	for _, count := range strings.Fields(counts) {
		var depth int
		var want uint64
		if _, err := fmt.Sscanf(count, "%d:%d", &depth, &want); err != nil {
			return fmt.Errorf("%q: %w", count, err)
		}
		if want > budget {
			break
		}
		if got := chess.Perft(&p, depth); got != want {
			return fmt.Errorf("%s depth %d: got %d nodes, want %d", fen, depth, got, want)
		}
	}
	return nil
}
