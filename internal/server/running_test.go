package server

import (
	"hash/maphash"
	"slices"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/cluster"
	"kibitz/internal/table"
)

// The cache hears of a table when it is new, when it has changed, and again
// before it is forgotten there.
func TestBook(t *testing.T) {
	b := book{seed: maphash.MakeSeed(), told: make(map[table.ID]entry)}
	begin := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	one := cluster.Running{Table: "aB3dE6gH", Node: "n1", Players: []account.ID{"anna", "ben"}}
	watched := one
	watched.Connections = []cluster.Connection{{User: "anna", Since: begin}}
	other := cluster.Running{Table: "bB3dE6gH", Node: "n1"}
	for _, row := range []struct {
		name   string
		after  time.Duration
		tables []cluster.Running
		news   int
		over   []table.ID
	}{
		{"new", 0, []cluster.Running{one}, 1, nil},
		{"the same a moment later", bookEvery, []cluster.Running{one}, 0, nil},
		{"somebody connects", 2 * bookEvery, []cluster.Running{watched, other}, 2, nil},
		{"one ends", 3 * bookEvery, []cluster.Running{watched}, 0, []table.ID{other.Table}},
		{"nothing happens for long", 2*bookEvery + renewEvery, []cluster.Running{watched}, 1, nil},
		{"and again", 2*bookEvery + 2*renewEvery, []cluster.Running{watched}, 1, nil},
		{"all is over", 3 * renewEvery, nil, 0, []table.ID{one.Table}},
	} {
		now := begin.Add(row.after)
		for i := range row.tables {
			row.tables[i].At = now
		}
		news, over := b.news(row.tables, now)
		if len(news) != row.news || !slices.Equal(over, row.over) {
			t.Errorf("%s: got %d news and %v over, want %d and %v", row.name, len(news), over, row.news, row.over)
		}
	}
	if bookEvery+renewEvery > cluster.RunningLife/2 {
		t.Error("what is not renewed once is forgotten")
	}
}
