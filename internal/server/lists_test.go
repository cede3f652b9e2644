package server

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/gateway"
	"kibitz/internal/httpapi"
)

// serveLists makes games and rooms, public and private, through one gateway, and
// looks what all of them tell, and what they leave to app servers.
func (c *townOf) serveLists(t *testing.T) {
	one, two := c.guest(t, c.gateways[0]), c.guest(t, c.gateways[1])
	var game, unseated, public, private struct{ Table string }
	one.ask("POST", "tables", `{"kind":"chess","control":"10+5","opponent":"friend","color":"white"}`, &game)
	one.ask("POST", "tables", `{"kind":"chess","control":"10+5","opponent":"friend","color":"white"}`, &unseated)
	two.follow(game.Table)
	one.ask("POST", "poker/quick", `{"preset":"nl2"}`, &public)
	one.ask("POST", "tables", `{"kind":"poker","setup":{"variant":"holdem","structure":"no-limit","small_blind":1,"big_blind":2,"min_buy_in":40,"max_buy_in":200,"stack":200},"room":{"seats":6,"action_seconds":20,"bank_seconds":30}}`, &private)
	until(t, "the gateways list what is public", func() bool {
		games, own := list(t, c.gateways[1].Addr().String(), httpapi.PathTables, "")
		rooms, too := list(t, c.gateways[1].Addr().String(), httpapi.PathPokerTables, "")
		return own && too && strings.Contains(games, game.Table) && strings.Contains(rooms, public.Table)
	})
	c.sameLists(t)
	for _, path := range []string{httpapi.PathTables, httpapi.PathPokerTables} {
		for _, hidden := range []string{unseated.Table, private.Table} {
			if body, _ := list(t, c.gateways[0].Addr().String(), path, ""); strings.Contains(body, hidden) {
				t.Errorf("%s: %s is listed, which is private: %s", path, hidden, body)
			}
		}
		if _, own := list(t, c.gateways[0].Addr().String(), path, "Bearer x"); own {
			t.Errorf("%s: a gateway answers a program itself, whose token it does not know", path)
		}
	}
}

// sameLists waits until the gateways answer themselves what the app servers would.
func (c *townOf) sameLists(t *testing.T) {
	for _, path := range []string{httpapi.PathTables, httpapi.PathPokerTables} {
		for _, g := range c.gateways[:2] {
			until(t, "a gateway says what the app servers do at "+path, func() bool {
				got, own := list(t, g.Addr().String(), path, "")
				want, _ := list(t, c.apps[0].Addr().String(), path, "")
				return own && sorted(t, got) == sorted(t, want)
			})
		}
	}
}

// sayLag listens, as kibitz status does, until the database has told all nodes.
func (c *townOf) sayLag(t *testing.T) {
	var ids []cluster.NodeID
	for _, s := range c.apps {
		ids = append(ids, s.node.self.ID)
	}
	until(t, "all say how far the archive is behind", func() bool {
		said, err := HearLag(t.Context(), c.gateways[0].nats.client.Bus(), ids, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		return len(said) == len(ids) && !slices.ContainsFunc(said, func(l Lag) bool { return !l.Known || l.Refused || l.KeptSeconds == 0 })
	})
}

// sorted is a list in the order of ids, without what clocks show at the moment: of
// tables that are watched as much as each other, any may be first.
func sorted(t *testing.T, list string) string {
	t.Helper()
	var body map[string][]map[string]any
	if err := json.Unmarshal([]byte(list), &body); err != nil {
		t.Fatal(err)
	}
	for _, card := range body["tables"] {
		if clocks, ok := card["clocks"].(map[string]any); ok {
			card["clocks"] = slices.Sorted(maps.Keys(clocks))
		}
	}
	slices.SortFunc(body["tables"], func(a, b map[string]any) int { return cmp.Compare(fmt.Sprint(a["table"]), fmt.Sprint(b["table"])) })
	b, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// list asks for a list, and reports whether a gateway has answered itself: app
// servers give every request an id.
func list(t *testing.T, addr, path, authorization string) (body string, own bool) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+addr+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK || res.Header.Get("X-Content-Type-Options") != "nosniff" ||
		res.Header.Get("Content-Type") != "application/json" {
		t.Fatalf("%s: status %d, headers %v, %v", path, res.StatusCode, res.Header, err)
	}
	return string(b), res.Header.Get("X-Request-Id") == ""
}

// What does not fit into a message is not said, and the list is not whole.
func TestPartIsBounded(t *testing.T) {
	card := encoded(strings.Repeat("x", maxPart/4))
	for name, row := range map[string]struct {
		entries, want int
		cut           bool
	}{
		"nothing":   {0, 0, false},
		"it fits":   {3, 3, false},
		"too large": {9, 3, true},
	} {
		var all []gateway.Entry
		for range row.entries {
			all = append(all, gateway.Entry{Card: card})
		}
		if p := partOf("n", "l", all); len(p.Entries) != row.want || p.Cut != row.cut {
			t.Errorf("%s: %d of %d entries, cut %v", name, len(p.Entries), row.entries, p.Cut)
		}
	}
	if p := partOf("n", "l", []gateway.Entry{{Card: encoded(func() {})}}); !p.Cut {
		t.Error("what cannot be encoded is left out, and nobody is told")
	}
}
