package clustertest

import (
	"context"
	"testing"
	"time"

	"kibitz/internal/cluster"
)

// Members checks that what fresh returns, empty at first, keeps the contract.
func Members(t *testing.T, fresh func(t *testing.T) cluster.Members) {
	runAll(t, fresh, []part[cluster.Members]{
		{"those who renew are on the list", memberRenews},
		{"those who leave are not", memberLeaves},
		{"a watcher ends with its context", memberWatchDone},
	})
}

func member(id cluster.NodeID) cluster.Node {
	return cluster.Node{
		ID: id, Name: "app", Role: cluster.App, Addr: "127.0.0.1:8080", Started: time.UnixMilli(1_700_000_000_000).UTC(),
		Weight: 2, Tables: 3, Sockets: 4, MaxTables: 5, MaxSockets: 6, Busy: 0.5, Draining: true,
	}
}

func mustRenew(t *testing.T, m cluster.Members, n cluster.Node) {
	t.Helper()
	if err := m.Renew(patient(t), n); err != nil {
		t.Fatalf("renew %s: %v", n.ID, err)
	}
}

// awaitMembers watches until enough says so of the last signs.
func awaitMembers(t *testing.T, m cluster.Members, enough func(map[cluster.NodeID]cluster.Sign) bool) {
	t.Helper()
	got := make(map[cluster.NodeID]cluster.Sign)
	for signs, err := range m.Watch(patient(t)) {
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range signs {
			got[s.Node.ID] = s
		}
		if enough(got) {
			return
		}
	}
	t.Fatalf("got %v, and no more", got)
}

func memberRenews(t *testing.T, m cluster.Members) {
	awaitMembers(t, m, func(got map[cluster.NodeID]cluster.Sign) bool { return len(got) == 0 })
	a, b := member("a-1"), member("b-2")
	mustRenew(t, m, a)
	mustRenew(t, m, b)
	var first time.Time
	awaitMembers(t, m, func(got map[cluster.NodeID]cluster.Sign) bool {
		first = got["a-1"].At
		return got["a-1"].Node == a && got["b-2"].Node == b && !first.IsZero()
	})
	a.Tables = 99
	renewed := false
	awaitMembers(t, m, func(got map[cluster.NodeID]cluster.Sign) bool {
		if !renewed {
			renewed = true
			mustRenew(t, m, a)
		}
		return got["a-1"].Node.Tables == 99 && got["a-1"].At.After(first)
	})
}

func memberLeaves(t *testing.T, m cluster.Members) {
	mustRenew(t, m, member("a"))
	mustRenew(t, m, member("b"))
	left := false
	awaitMembers(t, m, func(got map[cluster.NodeID]cluster.Sign) bool {
		if !left && len(got) == 2 {
			left = true
			if err := m.Leave(patient(t), "a"); err != nil {
				t.Fatal(err)
			}
		}
		return got["a"].Left && !got["b"].Left
	})
	if err := m.Leave(patient(t), "nobody"); err != nil {
		t.Errorf("leaving without having been there: %v", err)
	}
	awaitMembers(t, m, func(got map[cluster.NodeID]cluster.Sign) bool {
		_, there := got["a"]
		return !there && !got["b"].At.IsZero()
	})
}

func memberWatchDone(t *testing.T, m cluster.Members) {
	ctx, cancel := context.WithCancel(patient(t))
	defer cancel()
	for _, err := range m.Watch(ctx) {
		if err != nil {
			t.Fatalf("got %v, want an end without an error", err)
		}
		cancel()
	}
}
