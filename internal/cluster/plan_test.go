package cluster_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kibitz/internal/cluster"
	"kibitz/internal/table"
)

func app(n int) cluster.Node {
	id := fmt.Sprintf("app-%d", n)
	return cluster.Node{ID: cluster.NodeID(id), Name: id, Role: cluster.App}
}

func apply(m cluster.Map, moves []cluster.Move) cluster.Map {
	for _, move := range moves {
		m[move.Partition].Owner = move.To
	}
	return m
}

func TestPlan(t *testing.T) {
	draining, gateway := app(2), app(3)
	draining.Draining = true
	gateway.Role = cluster.Gateway
	heavy := app(4)
	heavy.Weight = 3
	for _, row := range []struct {
		name  string
		nodes []cluster.Node
		want  map[cluster.NodeID]int
	}{
		{"nobody", nil, map[cluster.NodeID]int{"": 256}},
		{"one", []cluster.Node{app(1)}, map[cluster.NodeID]int{"app-1": 256}},
		{"three", []cluster.Node{app(1), app(5), app(6)}, map[cluster.NodeID]int{"app-1": 86, "app-5": 85, "app-6": 85}},
		{"one drains", []cluster.Node{app(1), draining}, map[cluster.NodeID]int{"app-1": 256}},
		{"all drain", []cluster.Node{draining}, map[cluster.NodeID]int{"": 256}},
		{"a gateway", []cluster.Node{app(1), gateway}, map[cluster.NodeID]int{"app-1": 256}},
		{"by weight", []cluster.Node{app(1), heavy}, map[cluster.NodeID]int{"app-1": 64, "app-4": 192}},
	} {
		m := cluster.NewMap()
		m = apply(m, cluster.Plan(&m, row.nodes))
		got := make(map[cluster.NodeID]int)
		for _, l := range m {
			got[l.Owner]++
		}
		if fmt.Sprint(got) != fmt.Sprint(row.want) {
			t.Errorf("%s: got %v, want %v", row.name, got, row.want)
		}
	}
}

// What one node leaves behind is spread over all others.
func TestPlanSpreadsTheLoad(t *testing.T) {
	nodes := []cluster.Node{app(1), app(2), app(3), app(4)}
	m := cluster.NewMap()
	m = apply(m, cluster.Plan(&m, nodes))
	gains := make(map[cluster.NodeID]int)
	for _, move := range cluster.Plan(&m, nodes[1:]) {
		gains[move.To]++
	}
	for id, n := range gains {
		if n < 21 || n > 22 {
			t.Errorf("%s gains %d of 64", id, n)
		}
	}
}

// fleet draws a cluster in any state: some nodes alive, some draining, and
// partitions of the living, the dead and nobody.
func fleet(t *rapid.T) (cluster.Map, []cluster.Node) {
	var nodes []cluster.Node
	for n := range rapid.IntRange(0, 12).Draw(t, "nodes") {
		a := app(n)
		a.Weight = rapid.IntRange(0, 4).Draw(t, "weight")
		a.Draining = rapid.IntRange(0, 4).Draw(t, "drains") == 0
		if rapid.IntRange(0, 5).Draw(t, "role") == 0 {
			a.Role = cluster.Worker
		}
		nodes = append(nodes, a)
	}
	m := cluster.NewMap()
	for p := range m {
		if n := rapid.IntRange(-1, 14).Draw(t, "owner"); n >= 0 {
			m[p].Owner = app(n).ID
		}
	}
	return m, nodes
}

func TestPlanProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, nodes := fleet(t)
		moves := cluster.Plan(&m, nodes)
		eligible := make(map[cluster.NodeID]int) // to weight
		total := 0
		for _, n := range nodes {
			if n.Role == cluster.App && !n.Draining {
				eligible[n.ID] = max(1, n.Weight)
				total += max(1, n.Weight)
			}
		}
		if len(eligible) == 0 {
			if moves != nil {
				t.Fatalf("nobody can own anything, and the plan is %v", moves)
			}
			return
		}
		after := apply(m, moves)
		checkMoves(t, &m, moves)
		need := 0
		for id, weight := range eligible {
			floor := table.Partitions * weight / total
			got := len(after.Of(id))
			if got < floor || got > floor+1 {
				t.Errorf("%s owns %d, with a share of %d", id, got, floor)
			}
			need += max(0, got-len(m.Of(id)))
		}
		if len(moves) != need {
			t.Errorf("%d moves where %d are enough", len(moves), need)
		}
		if again := cluster.Plan(&after, nodes); len(again) != 0 {
			t.Errorf("the plan's outcome is not good enough: %v", again)
		}
		slices.Reverse(nodes)
		if other := cluster.Plan(&m, nodes); !slices.Equal(other, moves) {
			t.Errorf("the plan depends on the order of nodes")
		}
	})
}

func checkMoves(t *rapid.T, m *cluster.Map, moves []cluster.Move) {
	seen := make(map[int]bool)
	for _, move := range moves {
		if seen[move.Partition] || move.From == move.To || m[move.Partition].Owner != move.From {
			t.Errorf("%+v makes no sense", move)
		}
		seen[move.Partition] = true
	}
}
