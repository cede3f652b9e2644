package wire

import (
	"fmt"
	"strconv"

	"kibitz/internal/game"
)

// Ping asks for a sign of life and the server's time.
type Ping struct {
	// At is the client's own number; Pong repeats it.
	At float64
}

func (Ping) message() {}

func (f *fields) ping() (Message, error) {
	if f.raw.at == nil {
		return Ping{}, nil
	}
	at, err := strconv.ParseFloat(string(f.raw.at), 64)
	if err != nil {
		return nil, fmt.Errorf("%w: at is a number", game.ErrMalformed)
	}
	return Ping{At: at}, nil
}
