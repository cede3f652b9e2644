package httpapi_test

import (
	"fmt"
	"testing"
)

// TestBlocksAtTables keeps people apart who meet by a link, or again, and says
// the same to both of them.
func TestBlocksAtTables(t *testing.T) {
	w := newWorld(t, nil)
	rows := []struct {
		name   string
		block  func(anna, bert *person, annas, berts string)
		refuse bool
	}{
		{"nobody is blocked", func(*person, *person, string, string) {}, false},
		{"by who made the table", func(anna, _ *person, _, berts string) { anna.block(berts) }, true},
		{"by who sits down", func(_, bert *person, annas, _ string) { bert.block(annas) }, true},
	}
	for i, row := range rows {
		annas, berts := fmt.Sprint("Anna", i), fmt.Sprint("Bert", i)
		anna, bert := w.member(annas), w.member(berts)
		played, waits := anna.table(friendTable), anna.table(friendTable)
		a, b := anna.open(), bert.open()
		b.send(actFrame(played, "s0", `{"type":"sit"}`))
		b.want("done")
		row.block(anna, bert, annas, berts)
		if !row.refuse {
			b.send(actFrame(waits, "s1", `{"type":"sit"}`))
			b.want("done")
			continue
		}
		b.send(actFrame(waits, "s1", `{"type":"sit"}`))
		if m := b.wantError("not-allowed"); m["message"] != "This seat is kept for another player." || m["id"] != "s1" {
			t.Errorf("%s: sitting down: %v", row.name, m)
		}
		for who, c := range map[string]*client{"anna": a, "bert": b} {
			c.send(actFrame(played, "r1", `{"type":"rematch"}`))
			if m := c.wantError("not-allowed"); m["message"] != "There is no rematch of this game." || m["id"] != "r1" {
				t.Errorf("%s: a rematch for %s: %v", row.name, who, m)
			}
		}
	}
}
