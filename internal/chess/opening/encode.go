package opening

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kibitz/internal/chess"
)

// Line is a named line of moves from the classical start.
type Line struct {
	ECO, Name string
	// Moves are in UCI notation.
	Moves []string
}

// ErrLine is wrapped by what Encode says of a line that it cannot take.
var ErrLine = errors.New("not a named line of moves")

// Encode makes a table of named lines, for the file that is embedded:
//
//	count u32; count keys u64, growing: the hashes of the positions;
//	count+1 places u32, of texts, from the end of the places on;
//	texts: three letters of ECO, and the name
//
// Integers are big endian. Of lines that end in the same position the first
// counts.
func Encode(lines []Line) ([]byte, error) {
	type entry struct {
		key  uint64
		text string
	}
	seen := make(map[uint64]chess.Position, len(lines))
	entries := make([]entry, 0, len(lines))
	for _, l := range lines {
		p, err := l.position()
		if err != nil {
			return nil, err
		}
		key := p.Hash()
		if other, again := seen[key]; again {
			if other.Board() != p.Board() {
				return nil, fmt.Errorf("%w: %s has the hash of another position", ErrLine, l.Name)
			}
			continue
		}
		seen[key] = p
		entries = append(entries, entry{key, l.ECO + l.Name})
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Compare(a.key, b.key) })
	out := binary.BigEndian.AppendUint32(nil, uint32(len(entries)))
	for _, e := range entries {
		out = binary.BigEndian.AppendUint64(out, e.key)
	}
	place := 0
	var texts strings.Builder
	for _, e := range entries {
		out = binary.BigEndian.AppendUint32(out, uint32(place))
		texts.WriteString(e.text)
		place = texts.Len()
	}
	out = binary.BigEndian.AppendUint32(out, uint32(place))
	return append(out, texts.String()...), nil
}

func (l Line) position() (chess.Position, error) {
	p := chess.StartPosition()
	if len(l.ECO) != ecoLen || l.Name == "" || len(l.Moves) == 0 {
		return p, fmt.Errorf("%w: %q %q", ErrLine, l.ECO, l.Name)
	}
	for _, text := range l.Moves {
		m, err := p.ParseUCI(text)
		if err != nil {
			return p, fmt.Errorf("%w: %s: %w", ErrLine, l.Name, err)
		}
		p = p.Play(m)
	}
	return p, nil
}
