package chess

import (
	"iter"
	"strconv"
)

// Moves is the moves of a game, written only when somebody reads them: most
// views are made for something else. It is an immutable value and encodes as
// a list of {"uci","san"}. The zero Moves is empty.
type Moves struct{ state *state }

// MoveText is a move as people and programs write it.
type MoveText struct{ UCI, SAN string }

// Len returns the number of moves.
func (m Moves) Len() int {
	if m.state == nil {
		return 0
	}
	return m.state.Ply()
}

// All yields the moves in order, counted from 0.
func (m Moves) All() iter.Seq2[int, MoveText] {
	return func(yield func(int, MoveText) bool) {
		if m.state == nil {
			return
		}
		p := m.state.origin.start
		for i, move := range m.state.line.all() {
			if !yield(i, MoveText{p.UCI(move), p.SAN(move)}) {
				return
			}
			p = p.Play(move)
		}
	}
}

// Moves returns the moves.
func (m Moves) Moves() []Move {
	if m.state == nil {
		return nil
	}
	return m.state.line.all()
}

// UCI returns the moves in UCI notation.
func (m Moves) UCI() []string {
	list := make([]string, 0, m.Len())
	if m.state == nil {
		return list
	}
	p := m.state.origin.start
	for _, move := range m.state.line.all() {
		list = append(list, p.UCI(move))
		p = p.Play(move)
	}
	return list
}

// moveTextSpace is about what a move takes in JSON.
const moveTextSpace = 32

// MarshalJSON encodes the moves as docs/protocol.md has them.
func (m Moves) MarshalJSON() ([]byte, error) {
	dst := make([]byte, 0, 2+moveTextSpace*m.Len())
	dst = append(dst, '[')
	for i, text := range m.All() {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = strconv.AppendQuote(append(dst, `{"uci":`...), text.UCI)
		dst = strconv.AppendQuote(append(dst, `,"san":`...), text.SAN)
		dst = append(dst, '}')
	}
	return append(dst, ']'), nil
}
