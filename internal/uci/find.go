package uci

import (
	"fmt"
	"os/exec"
)

// places are where to look for an engine. Debian keeps games off the path of
// most services.
var places = [...]string{"stockfish", "/usr/games/stockfish"}

// Find returns the path of a chess engine on this machine, or ErrNotFound with
// what to install.
func Find() (string, error) {
	for _, place := range places {
		if path, err := exec.LookPath(place); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("%w: install it as in apt-get install stockfish", ErrNotFound)
}
