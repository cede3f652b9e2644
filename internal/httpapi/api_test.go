package httpapi_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"kibitz/internal/httpapi"
)

// apiRow is one request, and what its answer has and must not have.
type apiRow struct {
	name               string
	who                *person
	method, path, body string
	status             int
	has                []string
	lacks              []string
}

func checkAPI(t *testing.T, rows []apiRow) {
	t.Helper()
	for _, row := range rows {
		got := row.who.call(row.method, row.path, row.body)
		if got.status != row.status {
			t.Errorf("%s: %d %s, want %d", row.name, got.status, got.body, row.status)
		}
		for _, want := range row.has {
			if !strings.Contains(got.body, want) {
				t.Errorf("%s: %s lacks %s", row.name, got.body, want)
			}
		}
		for _, not := range row.lacks {
			if strings.Contains(got.body, not) {
				t.Errorf("%s: %s must not have %s", row.name, got.body, not)
			}
		}
	}
}

// TestAPI says of every address what it answers, and what must be absent.
func TestAPI(t *testing.T) {
	w := newWorld(t, nil)
	anna, nobody := w.guest(), &person{w: w}
	id := anna.table(`{"kind":"highcard","control":"3+2","color":"white","opponent":"house","level":3}`)
	c := anna.open()
	c.send(actFrame(id, "d1", `{"type":"deal"}`))
	if m := c.want("done"); m["id"] != "d1" {
		t.Fatalf("deal: %v", m)
	}
	token := strings.SplitN(anna.cookie, "=", 2)[1]
	checkAPI(t, []apiRow{
		{"me", anna, "GET", "/api/v1/me", "", 200, []string{`"guest":true`, anna.id}, []string{token, "hash", "account"}},
		{"me, nobody", nobody, "GET", "/api/v1/me", "", 401, []string{`"code":"not-signed-in"`}, []string{"user"}},
		{"guest again", anna, "POST", "/api/v1/guests", "", 200, []string{anna.id}, []string{token}},
		{"sign out, nobody", nobody, "DELETE", "/api/v1/me/session", "", 401, []string{"not-signed-in"}, nil},
		{"house", nobody, "GET", "/api/v1/house", "", 200, []string{`{"levels":[{"level":1,"name":"House level 1"},{"level":3,"name":"House level 3"}]}`}, []string{"~house"}},
		{"tables", nobody, "GET", "/api/v1/tables", "", 200, []string{`"table":"` + id, `"watchers":0`, `"control":"3+2"`}, []string{`"cards"`, token}},
		{"table", anna, "GET", "/api/v1/tables/" + id, "", 200, []string{`"you":null`, `"type":"table.created"`, `"events":[`, `{"seq":2}`}, []string{"Cards", "dealt"}},
		{"table, unknown", nobody, "GET", "/api/v1/tables/00000000", "", 404, []string{`"code":"unknown-table"`}, []string{"events"}},
		{"table, not an id", nobody, "GET", "/api/v1/tables/x", "", 404, []string{`"code":"unknown-table"`}, nil},
		{"new table, nobody", nobody, "POST", "/api/v1/tables", friendTable, 401, []string{"not-signed-in"}, []string{"table\""}},
		{"new table", anna, "POST", "/api/v1/tables", friendTable, 201, []string{`"seat":0`, `"table":"`}, nil},
		{"new table, black", anna, "POST", "/api/v1/tables", strings.Replace(friendTable, "white", "black", 1), 201, []string{`"seat":1`}, nil},
		{"new table, unlimited", anna, "POST", "/api/v1/tables", strings.Replace(friendTable, "3+2", "unlimited", 1), 201, []string{`"seat":0`}, nil},
		{"new table, bad control", anna, "POST", "/api/v1/tables", strings.Replace(friendTable, "3+2", "3-2", 1), 400, []string{"malformed"}, nil},
		{"new table, another game", anna, "POST", "/api/v1/tables", strings.Replace(friendTable, "highcard", "go", 1), 400, []string{"malformed"}, nil},
		{"new table, bad setup", anna, "POST", "/api/v1/tables", strings.Replace(friendTable, "{}", `{"deck":1}`, 1), 400, []string{"malformed"}, nil},
		{"new table, no such level", anna, "POST", "/api/v1/tables", strings.Replace(friendTable, `"friend"`, `"house","level":9`, 1), 400, []string{"level 9"}, nil},
		{"new table, a field too many", anna, "POST", "/api/v1/tables", `{"kind":"highcard","admin":true}`, 400, []string{"malformed"}, nil},
		{"new table, too large", anna, "POST", "/api/v1/tables", `{"kind":"` + strings.Repeat("x", 20000) + `"}`, 413, []string{"too-large"}, nil},
		{"no such address", nobody, "GET", "/api/v1/users", "", 404, []string{`"error"`}, nil},
		{"healthy", nobody, "GET", "/healthz", "", 200, []string{`"ok":true`}, nil},
		{"ready", nobody, "GET", "/readyz", "", 200, []string{`"ok":true`}, nil},
		{"a page", nobody, "GET", "/g/" + id, "", 200, []string{"make build"}, nil},
		{"posting to a page", nobody, "POST", "/g/" + id, "", 405, nil, nil},
	})
	if log := w.log.String(); strings.Contains(log, token) {
		t.Error("the log holds a token")
	}
}

func TestCookie(t *testing.T) {
	for _, row := range []struct {
		name   string
		secure bool
		want   []string
		lacks  string
	}{
		{"plain HTTP", false, []string{"kibitz=", "Path=/", "HttpOnly", "SameSite=Lax"}, "Secure"},
		{"behind TLS", true, []string{"__Host-kibitz=", "Path=/", "HttpOnly", "SameSite=Lax", "Secure"}, "Domain"},
	} {
		w := newWorld(t, func(c *httpapi.Config) { c.Secure = row.secure })
		got := (&person{w: w}).call("POST", "/api/v1/guests", "").header.Get("Set-Cookie")
		parts := strings.Split(got, "; ")
		for _, want := range row.want {
			if !slices.ContainsFunc(parts, func(p string) bool { return strings.HasPrefix(p, want) }) {
				t.Errorf("%s: %s lacks %s", row.name, got, want)
			}
		}
		if strings.Contains(got, row.lacks) {
			t.Errorf("%s: %s must not have %s", row.name, got, row.lacks)
		}
	}
}

func TestGuestLimit(t *testing.T) {
	w := newWorld(t, func(c *httpapi.Config) { c.GuestsPerMinute, c.GuestBurst = 1, 2 })
	p := &person{w: w}
	for i, want := range []int{201, 201, 429} {
		got := p.call("POST", "/api/v1/guests", "")
		if got.status != want {
			t.Errorf("guest %d: %d %s, want %d", i, got.status, got.body, want)
		}
		if want == 429 && got.header.Get("Retry-After") == "" {
			t.Error("a refusal for haste has no Retry-After")
		}
	}
}

func TestSecurityHeaders(t *testing.T) {
	w := newWorld(t, nil)
	p := w.guest()
	for _, path := range []string{"/", "/api/v1/me", "/healthz", "/assets/none.js", "/api/none"} {
		h := p.call("GET", path, "").header
		if csp := h.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'self'; script-src 'self' 'wasm-unsafe-eval';") {
			t.Errorf("%s: policy %q", path, csp)
		} else {
			for _, want := range []string{"object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"} {
				if !strings.Contains(csp, want) {
					t.Errorf("%s: policy %q lacks %s", path, csp, want)
				}
			}
		}
		if strings.HasPrefix(path, "/api/") && h.Get("Cache-Control") != "no-store" || h.Get("Referrer-Policy") != "same-origin" {
			t.Errorf("%s: headers %v", path, h)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("X-Request-Id") == "" || h.Get("Server") != "" {
			t.Errorf("%s: headers %v", path, h)
		}
	}
	got := p.call("DELETE", "/api/v1/me/session", "", "Sec-Fetch-Site", "cross-site")
	if got.status != http.StatusForbidden {
		t.Errorf("signing out from another site: %d %s", got.status, got.body)
	}
}

// TestRunningTablesAreTold follows the lobby and sees one's own table come.
func TestRunningTablesAreTold(t *testing.T) {
	w := newWorld(t, nil)
	anna := w.guest()
	c := anna.open()
	c.send(`{"type":"lobby","on":true}`)
	c.want("lobby")
	id := anna.table(friendTable)
	for {
		b, err := json.Marshal(c.want("mine"))
		check(t, err)
		if strings.Contains(string(b), id) {
			return
		}
	}
}

// TestLobbyOverSockets pairs two in a pool, and two by a seek.
func TestLobbyOverSockets(t *testing.T) {
	w := newWorld(t, nil)
	a, b := w.guest().open(), w.guest().open()
	a.send(`{"type":"pool","id":"p1","control":"3+2"}`)
	a.want("done")
	b.send(`{"type":"pool","id":"p2","control":"3+2"}`)
	b.want("done")
	first, second := a.want("paired"), b.want("paired")
	if first["table"] != second["table"] || first["seat"].(float64)+second["seat"].(float64) != 1 {
		t.Errorf("paired %v and %v", first, second)
	}
	a.send(`{"type":"seek","id":"s1","kind":"highcard","control":"10+0","color":"black"}`)
	seek := a.want("done")["seek"].(string)
	b.send(`{"type":"take","id":"t1","seek":"` + seek + `"}`)
	if first, second := a.want("paired"), b.want("paired"); first["seat"] != 1.0 || second["seat"] != 0.0 {
		t.Errorf("paired %v and %v, want the maker of the seek in seat 1", first, second)
	} else if first["kind"] != "highcard" || second["kind"] != "highcard" {
		t.Errorf("paired %v and %v, want the kind of the seek", first, second)
	}
	(&person{w: w}).nobodySeeks()
}

func (p *person) nobodySeeks() {
	c := p.open()
	c.send(`{"type":"pool","id":"p1","control":"3+2"}`)
	c.wantError("not-signed-in")
}
