package scale

import (
	"hash/maphash"

	"kibitz/internal/cluster"
)

// plans are those that were made, by what they were made of. Nodes that see the
// same make the same plan, so that a simulation need not make it for each.
type plans map[uint64]map[cluster.NodeID][]cluster.Move

// current is the plan of what all have heard and were told.
type current struct {
	heard, told int
	by          map[cluster.NodeID][]cluster.Move
}

// plansKept bounds how many are remembered.
const plansKept = 64

// ofWhat is the seed of what names a map and nodes.
var ofWhat = maphash.MakeSeed()

// of returns what each node has to do by the plan: what is taken from it, and
// what it should take.
func (p plans) of(m *cluster.Map, nodes []cluster.Node) map[cluster.NodeID][]cluster.Move {
	var h maphash.Hash
	h.SetSeed(ofWhat)
	for i := range m {
		_, _ = h.WriteString(string(m[i].Owner))
		_ = h.WriteByte(0)
	}
	for _, n := range nodes {
		_, _ = h.WriteString(string(n.ID))
		if n.Draining {
			_ = h.WriteByte(1)
		}
		_ = h.WriteByte(0)
	}
	key := h.Sum64()
	if known, ok := p[key]; ok {
		return known
	}
	if len(p) >= plansKept {
		clear(p)
	}
	by := make(map[cluster.NodeID][]cluster.Move)
	for _, move := range cluster.Plan(m, nodes) {
		by[move.To] = append(by[move.To], move)
		if move.From != "" {
			by[move.From] = append(by[move.From], move)
		}
	}
	p[key] = by
	return by
}
