package server

import (
	"context"
	"sync"

	"kibitz/internal/archive"
	"kibitz/internal/games"
	"kibitz/internal/table"
)

// knownFinals is how many positions stay in memory, twice; each takes about 150
// bytes.
const knownFinals = 25_000

// finals tells how games ended on the board. A finished game never changes, so
// that what is known stays true.
type finals struct {
	library archive.Library

	mu sync.Mutex
	// young is what was asked lately; when it is full it takes the place of old.
	young, old map[table.ID]string
}

func newFinals(l archive.Library) *finals {
	return &finals{library: l, young: make(map[table.ID]string)}
}

// FEN implements httpapi.Finals.
func (f *finals) FEN(ctx context.Context, id table.ID) (string, error) {
	if fen, ok := f.known(id); ok {
		return fen, nil
	}
	state, err := f.library.Final(ctx, id)
	if err != nil {
		return "", err
	}
	fen := games.FEN(state)
	f.keep(id, fen)
	return fen, nil
}

func (f *finals) known(id table.ID) (string, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if fen, ok := f.young[id]; ok {
		return fen, true
	}
	fen, ok := f.old[id]
	return fen, ok
}

func (f *finals) keep(id table.ID, fen string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.young) >= knownFinals {
		f.old, f.young = f.young, make(map[table.ID]string)
	}
	f.young[id] = fen
}
