package clustertest

import (
	"fmt"
	"net/netip"
	"testing"

	"kibitz/internal/account"
	"kibitz/internal/cluster"
	"kibitz/internal/table"
)

// RunningTables checks that what fresh returns, empty at first and with room
// for what the suite puts, keeps the contract.
func RunningTables(t *testing.T, fresh func(t *testing.T) cluster.RunningTables) {
	runAll(t, fresh, []part[cluster.RunningTables]{
		{"what was put is there", runningPut},
		{"what was dropped is not", runningDrop},
		{"many tables", runningMany},
	})
}

func running(n int) cluster.Running {
	client := account.Client{Device: "Linux", Browser: "Firefox 140", Addr: netip.MustParseAddr("2001:db8::7")}
	return cluster.Running{
		Table: table.ID(fmt.Sprintf("R%07d", n)), Node: "app-1", Players: []account.ID{"A1b2C3d4E5f6", "B1b2C3d4E5f6"},
		Watchers: n, At: seen, Connections: []cluster.Connection{{User: "A1b2C3d4E5f6", Client: client, Since: seen}},
	}
}

func wantRunning(t *testing.T, r cluster.RunningTables, want ...cluster.Running) {
	t.Helper()
	ids := []table.ID{running(900).Table}
	all := make(map[table.ID]cluster.Running)
	for n := range 3 {
		ids = append(ids, running(n).Table)
	}
	for _, w := range want {
		all[w.Table] = w
	}
	if got := r.Get(patient(t), ids...); fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", all) {
		t.Errorf("got %v, want %v", got, all)
	}
}

func runningPut(t *testing.T, r cluster.RunningTables) {
	wantRunning(t, r)
	r.Put(patient(t), running(0), running(1))
	wantRunning(t, r, running(0), running(1))
	moved := running(1)
	moved.Node, moved.Connections = "app-2", nil
	r.Put(patient(t), moved)
	wantRunning(t, r, running(0), moved)
	r.Put(patient(t))
	if got := r.Get(patient(t)); len(got) != 0 {
		t.Errorf("nothing was asked for, and came: %v", got)
	}
}

func runningDrop(t *testing.T, r cluster.RunningTables) {
	r.Put(patient(t), running(0), running(1), running(2))
	r.Drop(patient(t), running(1).Table, running(900).Table)
	wantRunning(t, r, running(0), running(2))
}

func runningMany(t *testing.T, r cluster.RunningTables) {
	const tables = 500
	var all []cluster.Running
	var ids []table.ID
	for n := range tables {
		all, ids = append(all, running(n)), append(ids, running(n).Table)
	}
	r.Put(patient(t), all...)
	got := r.Get(patient(t), ids...)
	for _, w := range all {
		if fmt.Sprintf("%+v", got[w.Table]) != fmt.Sprintf("%+v", w) {
			t.Fatalf("got %+v, want %+v", got[w.Table], w)
		}
	}
}
