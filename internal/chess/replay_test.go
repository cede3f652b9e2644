package chess_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"kibitz/internal/chess"
)

var (
	tagLine    = regexp.MustCompile(`(?m)^\[(\w+) "(.*)"\]$`)
	moveNumber = regexp.MustCompile(`\d+\.+`)
)

// TestReplayRandomGames replays complete games, some to 75 moves, and expects
// each to end at its last ply and not before, for the right reason.
func TestReplayRandomGames(t *testing.T) {
	for _, file := range []string{"random-standard.pgn", "random-chess960.pgn"} {
		t.Run(file, func(t *testing.T) {
			text, err := os.ReadFile(sharedFile(t, file))
			if err != nil {
				t.Fatal(err)
			}
			games := strings.Split(string(text), "[Event ")[1:]
			if len(games) != 125 {
				t.Fatalf("got %d games, want 125", len(games))
			}
			for _, game := range games {
				replay(t, "[Event "+game)
			}
		})
	}
}

func replay(t *testing.T, game string) {
	tags := make(map[string]string)
	for _, match := range tagLine.FindAllStringSubmatch(game, -1) {
		tags[match[1]] = match[2]
	}
	start := chess.StartPosition()
	if fen := tags["FEN"]; fen != "" {
		start = mustFEN(t, fen)
	}
	moves := strings.Fields(moveNumber.ReplaceAllString(tagLine.ReplaceAllString(game, ""), ""))
	h := chess.NewHistory(start)
	for _, san := range moves[:len(moves)-1] { // the last word is the result
		if ending := h.Ending(chess.DrawNoFifty); ending != chess.Ongoing {
			t.Fatalf("%s: ended early after %d plies: %s", tags["Event"], h.Plies(), ending)
		}
		m, err := h.Position().ParseSAN(san)
		if err != nil {
			t.Fatalf("%s: ply %d: %v", tags["Event"], h.Plies()+1, err)
		}
		if got := h.Position().SAN(m); got != san {
			t.Errorf("%s: ply %d: got SAN %s, want %s", tags["Event"], h.Plies()+1, got, san)
		}
		h.Play(m)
	}
	checkReplayed(t, &h, tags)
}

func checkReplayed(t *testing.T, h *chess.History, tags map[string]string) {
	t.Helper()
	if got, want := h.Position().FEN(), tags["FinalFEN"]; got != want {
		t.Errorf("%s: got %s, want %s", tags["Event"], got, want)
	}
	want := map[string]chess.Ending{
		"CHECKMATE":             chess.Checkmate,
		"STALEMATE":             chess.Stalemate,
		"INSUFFICIENT_MATERIAL": chess.DeadPosition,
		"SEVENTYFIVE_MOVES":     chess.SeventyFiveMoves,
		"PLY_LIMIT":             chess.Ongoing, // the generator's own limit of 400
	}[tags["Termination"]]
	if got := h.Ending(chess.DrawNoFifty); got != want {
		t.Errorf("%s: got %s, want %s", tags["Event"], got, want)
	}
}
