package httpapi_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/lxzan/gws"

	"kibitz/internal/httpapi"
	"kibitz/internal/wire"
)

const friendTable = `{"kind":"highcard","setup":{},"control":"3+2","color":"white","opponent":"friend"}`

func TestHello(t *testing.T) {
	w := newWorld(t, nil)
	p := w.guest()
	hello := p.dial().want("hello")
	if user := hello["user"].(map[string]any); hello["protocol"] != "kibitz.1" || user["id"] != p.id || user["guest"] != true {
		t.Errorf("hello = %v", hello)
	}
	if hello := (&person{w: w}).dial().want("hello"); hello["user"] != nil {
		t.Errorf("hello of nobody = %v", hello)
	}
}

// TestPlay plays a whole game over two sockets while somebody watches.
func TestPlay(t *testing.T) {
	w := newWorld(t, nil)
	anna, bert := w.guest(), w.guest()
	id := anna.table(friendTable)
	a, b, c := anna.open(), bert.open(), (&person{w: w}).open()
	for _, s := range []*client{a, b, c} {
		s.send(`{"type":"join","table":"` + id + `"}`)
		if got := s.want("table"); got["waiting"] != true {
			t.Fatalf("table = %v", got)
		}
	}
	b.send(actFrame(id, "s1", `{"type":"sit"}`))
	if ack := b.want("events"); ack["ack"] != "s1" {
		t.Fatalf("the answer to sit = %v", ack)
	}
	if you := b.want("table")["you"]; you != 1.0 {
		t.Fatalf("the seat of who sat down is %v", you)
	}
	a.want("events")
	c.want("events")

	a.send(actFrame(id, "d1", `{"type":"deal"}`))
	dealt := a.want("events")
	if dealt["ack"] != "d1" {
		t.Fatalf("the answer to deal = %v", dealt)
	}
	a.send(actFrame(id, "d1", `{"type":"deal"}`))
	if done := a.want("done"); done["id"] != "d1" || done["table"] != id {
		t.Errorf("the answer to the same again = %v", done)
	}
	b.want("events")
	if hidden := c.want("events")["events"].([]any)[0].(map[string]any); len(hidden) != 1 {
		t.Errorf("a spectator sees of the deal %v, want its number alone", hidden)
	}
	a.send(actFrame(id, "x1", `{"type":"show"}`))
	a.wantError("not-your-turn")
	c.send(actFrame(id, "x1", `{"type":"show"}`))
	c.wantError("not-signed-in")
}

func actFrame(table, id, action string) string {
	return fmt.Sprintf(`{"type":"act","table":%q,"id":%q,"action":%s,"spent_ms":10}`, table, id, action)
}

// TestResume leaves and comes back with the last number.
func TestResume(t *testing.T) {
	w := newWorld(t, nil)
	anna := w.guest()
	id := anna.table(`{"kind":"highcard","control":"3+2","color":"white","opponent":"house","level":3}`)
	first := anna.open()
	first.send(`{"type":"join","table":"` + id + `"}`)
	seq := int(first.want("table")["seq"].(float64))
	second := anna.open()
	second.send(fmt.Sprintf(`{"type":"join","table":%q,"after":%d}`, id, seq))
	if got := second.want("events"); len(got["events"].([]any)) != 0 {
		t.Errorf("nothing was missed, got %v", got)
	}
	if got := first.want("replaced"); got["table"] != id {
		t.Errorf("replaced = %v", got)
	}
	second.send(actFrame(id, "m1", `{"type":"deal"}`))
	second.want("events")
	third := anna.open()
	third.send(fmt.Sprintf(`{"type":"join","table":%q,"after":%d}`, id, seq))
	missed := third.want("events")["events"].([]any)
	if len(missed) != 1 || missed[0].(map[string]any)["seq"] != float64(seq+1) {
		t.Errorf("missed = %v, want the one deal", missed)
	}
}

func TestRefusals(t *testing.T) {
	w := newWorld(t, nil)
	anna, bert := w.guest(), w.guest()
	id := anna.table(`{"kind":"highcard","control":"3+2","color":"white","opponent":"house","level":3}`)
	for _, row := range []struct{ name, frame, code, id, table string }{
		{"not JSON", `{`, "malformed", "", ""},
		{"unknown type", `{"type":"castle","id":"m1"}`, "unknown-type", "m1", ""},
		{"5 KiB", `{"type":"ping","x":"` + strings.Repeat("x", 5<<10) + `"}`, "too-large", "", ""},
		{"unknown table", `{"type":"join","table":"00000000"}`, "unknown-table", "", "00000000"},
		{"act at an unknown table", actFrame("00000000", "m1", `{"type":"deal"}`), "unknown-table", "m1", "00000000"},
		{"not my seat", actFrame(id, "m2", `{"type":"deal"}`), "not-your-seat", "m2", id},
		{"unknown action", actFrame(id, "m3", `{"type":"castle"}`), "not-your-seat", "m3", id},
		{"unknown pool", `{"type":"pool","id":"q1","control":"7+7"}`, "malformed", "q1", ""},
		{"unknown game", `{"type":"seek","id":"q2","kind":"go","control":"3+2"}`, "malformed", "q2", ""},
		{"a setup that cannot be", `{"type":"seek","id":"q3","kind":"highcard","control":"3+2","setup":{"deck":1}}`, "malformed", "q3", ""},
		{"rated guests", `{"type":"seek","id":"q4","kind":"highcard","control":"3+2","rated":true}`, "not-allowed", "q4", ""},
		{"a seek that is gone", `{"type":"take","id":"q5","seek":"Xy12Zw34"}`, "taken", "q5", ""},
	} {
		c := bert.open()
		c.send(row.frame)
		got := c.wantError(row.code)
		if str(got["id"]) != row.id || str(got["table"]) != row.table {
			t.Errorf("%s: %v names id %q and table %q, want %q and %q", row.name, got, got["id"], got["table"], row.id, row.table)
		}
		c.send(`{"type":"ping","at":7}`)
		if pong := c.want("pong"); pong["at"] != 7.0 {
			t.Errorf("%s: afterwards %v, want a pong", row.name, pong)
		}
	}
	if log := w.log.String(); strings.Contains(log, "level=ERROR") {
		t.Errorf("a refusal is not our fault, but the log says\n%s", log)
	}
}

func str(v any) string {
	s, _ := v.(string)
	return s
}

func TestFrameOf64KiBCloses(t *testing.T) {
	c := newWorld(t, nil).guest().open()
	c.send(`{"type":"ping","x":"` + strings.Repeat("x", 65<<10) + `"}`)
	var closed *gws.CloseError
	if err := c.wantClosed(); !errors.As(err, &closed) || closed.Code != 1009 {
		t.Errorf("closed with %v, want 1009", err)
	}
}

func TestTooFast(t *testing.T) {
	c := newWorld(t, nil).guest().open()
	for range 60 {
		c.send(`{"type":"ping"}`)
	}
	for range 60 {
		m := c.next()
		if m["type"] == "error" {
			if m["code"] != "too-fast" || m["retry_ms"].(float64) <= 0 {
				t.Errorf("got %v, want too-fast with retry_ms", m)
			}
			return
		}
	}
	t.Error("60 messages at once were all answered, want at most 40 or so")
}

func TestTooManyTables(t *testing.T) {
	w := newWorld(t, nil)
	c := w.guest().open()
	for i := range wire.MaxTables {
		if got := c.join(fmt.Sprintf("%08d", i)); got != "unknown-table" {
			t.Fatalf("table %d: %s", i, got)
		}
	}
	if got := c.join("99999999"); got != "not-allowed" {
		t.Errorf("one table more: %s, want not-allowed", got)
	}
	time.Sleep(100 * time.Millisecond) // so that leaving is not too fast
	c.send(`{"type":"leave","table":"00000000"}`)
	if got := c.join("99999999"); got != "unknown-table" {
		t.Errorf("after leaving one: %s, want unknown-table", got)
	}
}

func TestSilentSocketsAreProdded(t *testing.T) {
	c := newWorld(t, func(c *httpapi.Config) { c.ProdEvery = time.Millisecond }).guest().open()
	for end := time.Now().Add(patience); c.pings.Load() < 3; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("got %d pings, want several", c.pings.Load())
		}
	}
}

// join joins a table that is not there, and returns the code of the refusal;
// it waits when it is told to.
func (c *client) join(id string) string {
	c.tb.Helper()
	for {
		c.send(`{"type":"join","table":"` + id + `"}`)
		m := c.want("error")
		if m["code"] != "too-fast" {
			return str(m["code"])
		}
		time.Sleep(time.Duration(m["retry_ms"].(float64)) * time.Millisecond)
	}
}

func TestHandshakeRefusals(t *testing.T) {
	w := newWorld(t, nil)
	p := &person{w: w}
	upgrade := []string{
		"Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Version", "13",
		"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol", "kibitz.1",
	}
	for _, row := range []struct {
		name   string
		header []string
		want   int
	}{
		{"as it should be", nil, http.StatusSwitchingProtocols},
		{"own origin", []string{"Origin", w.http.URL}, http.StatusSwitchingProtocols},
		{"another origin", []string{"Origin", "https://evil.example"}, http.StatusForbidden},
		{"no origin to speak of", []string{"Origin", "null"}, http.StatusForbidden},
		{"another protocol", []string{"Sec-WebSocket-Protocol", "kibitz.0"}, http.StatusBadRequest},
		{"not a WebSocket", []string{"Upgrade", "h2c"}, http.StatusBadRequest},
	} {
		if got := p.call("GET", "/ws", "", append(upgrade, row.header...)...); got.status != row.want {
			t.Errorf("%s: %d %s, want %d", row.name, got.status, got.body, row.want)
		}
	}
}

func TestSignOutClosesSockets(t *testing.T) {
	w := newWorld(t, nil)
	p := w.guest()
	c := p.open()
	if got := p.call("DELETE", "/api/v1/me/session", ""); got.status != http.StatusNoContent {
		t.Fatalf("sign out: %d %s", got.status, got.body)
	}
	c.wantClosed()
	if got := p.call("GET", "/api/v1/me", ""); got.status != http.StatusUnauthorized {
		t.Errorf("after signing out: %d %s", got.status, got.body)
	}
}
