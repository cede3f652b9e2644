package cluster

import (
	"cmp"
	"slices"
)

// Move says that a partition should change hands.
type Move struct {
	Partition int
	// From is empty when nobody owns the partition.
	From, To NodeID
}

// Plan returns the fewest moves after which every partition has an owner among
// the nodes that run tables and are not draining, and each of these has its
// share, by weight. Every node that sees the same makes the same plan. Nodes
// are those that are alive; an owner that is not among them has died.
func Plan(m *Map, nodes []Node) []Move {
	shares := fairShares(m, nodes)
	if len(shares) == 0 {
		return nil
	}
	var moves []Move
	left := make(map[NodeID]int, len(shares)) // how many more a node should have
	for _, s := range shares {
		left[s.id] = s.want
	}
	var homeless, surplus []int
	for p := range m {
		n, eligible := left[m[p].Owner]
		switch {
		case !eligible:
			homeless = append(homeless, p)
		case n == 0:
			surplus = append(surplus, p)
		default:
			left[m[p].Owner]--
		}
	}
	next := 0
	for _, p := range append(homeless, surplus...) {
		for left[shares[next%len(shares)].id] == 0 {
			next++
		}
		to := shares[next%len(shares)].id
		left[to]--
		next++ // spread what one node leaves behind over all others
		moves = append(moves, Move{Partition: p, From: m[p].Owner, To: to})
	}
	return moves
}

// quota is how many partitions a node should own.
type quota struct {
	id        NodeID
	weight    int
	want      int
	remainder int // of the division, in 1/total
	owns      int
}

// fairShares divides the partitions by weight, to whole numbers by largest
// remainder; where remainders are equal, who owns more keeps more. They come in
// the order of ids.
func fairShares(m *Map, nodes []Node) []quota {
	var all []quota
	total := 0
	for _, n := range nodes {
		if n.Role == App && !n.Draining && !n.Gone {
			w := max(1, n.Weight)
			all = append(all, quota{id: n.ID, weight: w, owns: len(m.Of(n.ID))})
			total += w
		}
	}
	rest := len(m)
	for i := range all {
		all[i].want = len(m) * all[i].weight / total
		all[i].remainder = len(m) * all[i].weight % total
		rest -= all[i].want
	}
	slices.SortFunc(all, func(a, b quota) int {
		return cmp.Or(cmp.Compare(b.remainder, a.remainder), cmp.Compare(b.owns-b.want, a.owns-a.want), cmp.Compare(a.id, b.id))
	})
	for i := range all[:min(rest, len(all))] {
		all[i].want++
	}
	slices.SortFunc(all, func(a, b quota) int { return cmp.Compare(a.id, b.id) })
	return all
}
