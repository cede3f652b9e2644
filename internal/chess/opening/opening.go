// Package opening knows the names of chess openings, keyed by position: it
// does not matter by which moves a position came about.
//
// The names are those of github.com/lichess-org/chess-openings, which are in
// the public domain (CC0 1.0).
package opening

import (
	_ "embed" // the names
	"encoding/binary"

	"kibitz/internal/chess"
)

//go:generate go run ./gen -o openings.dat FILE.tsv

// data is the table in the form that Encode describes. It is searched where it
// stands: nothing is made of it when the program starts.
//
//go:embed openings.dat
var data string

// maxPlies is how far into a game names are looked for. The longest named line
// has 36 plies, and some are reached by detours.
const maxPlies = 40

// Opening is the name of the opening of a game.
type Opening struct {
	// ECO is a letter from A to E and two digits.
	ECO string `json:"eco"`
	// Name is in English, as in "Italian Game: Classical Variation".
	Name string `json:"name"`
	// Ply is that of the named position, 1 after White's first move.
	Ply int `json:"ply"`
}

// Of returns the opening of a game: the last of its positions that has a name.
// Games from other starts than the classical one have none.
func Of(start chess.Position, moves []chess.Move) (Opening, bool) {
	var found Opening
	if start != chess.StartPosition() {
		return found, false
	}
	p := start
	for i, m := range moves[:min(len(moves), maxPlies)] {
		p = p.Play(m)
		if eco, name, ok := At(&p); ok {
			found = Opening{eco, name, i + 1}
		}
	}
	return found, found.Ply > 0
}

// At returns the name of a position.
func At(p *chess.Position) (eco, name string, ok bool) {
	return table(data).find(p.Hash())
}

// table is an encoded table.
type table string

// The parts of a table, in bytes.
const (
	headLen  = 4
	keyLen   = 8
	placeLen = 4
	ecoLen   = 3
)

func (t table) count() int { return int(binary.BigEndian.Uint32([]byte(t[:headLen]))) }

func (t table) key(i int) uint64 {
	at := headLen + i*keyLen
	return binary.BigEndian.Uint64([]byte(t[at : at+keyLen]))
}

// place returns where the text of entry i begins; it ends where the next does.
func (t table) place(i int) int {
	n := t.count()
	at := headLen + n*keyLen + i*placeLen
	return headLen + n*(keyLen+placeLen) + placeLen + int(binary.BigEndian.Uint32([]byte(t[at:at+placeLen])))
}

func (t table) find(key uint64) (eco, name string, ok bool) {
	low, high := 0, t.count()
	for low < high {
		mid := int(uint(low+high) >> 1)
		if t.key(mid) < key {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low == t.count() || t.key(low) != key {
		return "", "", false
	}
	text := string(t[t.place(low):t.place(low+1)])
	return text[:ecoLen], text[ecoLen:], true
}
