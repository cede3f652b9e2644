package lichessapi_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/host"
	"kibitz/internal/lichessapi"
	"kibitz/internal/table"
)

// board begins a game between two people with boards, and opens their streams.
func board(t *testing.T, w *world, fields string) (white, black *person, id string, ws, bs *stream) {
	t.Helper()
	white, black = w.member("Wanda"), w.member("Boris")
	id = white.form(200, "/api/challenge/boris", "color=white&"+fields)["id"].(string)
	black.must(200, "POST", "/api/challenge/"+id+"/accept", "")
	ws, bs = white.open("/api/board/game/stream/"+id), black.open("/api/board/game/stream/"+id)
	is(t, "first line", ws.next(), "type", "gameFull")
	is(t, "first line", bs.next(), "type", "gameFull")
	return white, black, id, ws, bs
}

// until waits for a state for which the condition holds.
func (s *stream) state(ok func(map[string]any) bool) map[string]any {
	s.tb.Helper()
	for {
		if o := s.until("gameState"); ok(o) {
			return o
		}
	}
}

func moves(text string) func(map[string]any) bool {
	return func(o map[string]any) bool { return o["moves"] == text }
}

func set(name string) func(map[string]any) bool {
	return func(o map[string]any) bool { return o[name] == true }
}

// TestPlay does at a board whatever one can do there.
func TestPlay(t *testing.T) {
	w := newWorld(t, nil)
	white, black, id, ws, bs := board(t, w, "clock.limit=300&clock.increment=2")
	at := "/api/board/game/" + id
	black.must(400, "POST", at+"/move/e7e5", "")
	got := white.must(400, "POST", at+"/move/e2e5", "")
	if !strings.HasPrefix(got.body, `{"error":"`) {
		t.Errorf("an illegal move: %s", got.body)
	}
	white.must(400, "POST", at+"/move/xx", "")
	white.must(200, "POST", at+"/move/e2e4", "")
	white.must(200, "POST", at+"/move/e2e4", "") // the answer may have been lost
	is(t, "echo", ws.state(moves("e2e4")), "winc", 2000)
	bs.state(moves("e2e4"))
	black.must(200, "POST", at+"/move/e7e5", "")
	white.must(400, "POST", at+"/abort", "")

	black.must(200, "POST", at+"/takeback/yes", "")
	ws.state(set("btakeback"))
	white.must(200, "POST", at+"/takeback/no", "")
	white.must(200, "POST", at+"/takeback/no", "") // nothing to decline is no error
	ws.state(func(o map[string]any) bool { return o["btakeback"] == nil })

	white.must(200, "POST", at+"/move/g1f3?offeringDraw=true", "")
	bs.state(set("wdraw"))
	black.must(200, "POST", at+"/draw/0", "")
	black.must(200, "POST", "/api/round/"+id+"/add-time/20", "")
	ws.state(func(o map[string]any) bool { return o["wtime"].(float64) > 310_000 })

	white.form(200, at+"/chat", "room=player&text=hello")
	is(t, "chat", bs.until("chatLine"), "text", "hello")
	black.must(200, "POST", at+"/chat", `{"room":"spectator","text":"hi"}`)
	black.must(400, "POST", at+"/chat", `{"room":"player","text":" "}`)
	black.must(400, "POST", at+"/chat", `{"room":"x","text":"y"}`)
	if list := black.must(200, "GET", at+"/chat", "").body; list != `[{"text":"hello","user":"Wanda"}]` {
		t.Errorf("the chat is %s", list)
	}
	white.must(400, "POST", at+"/claim-victory/", "")
	white.must(400, "POST", at+"/claim-draw", "")
	w.member("Cora").must(404, "POST", at+"/resign", "")
	black.must(200, "POST", at+"/resign", "")
	for _, s := range []*stream{ws, bs} {
		end := s.state(func(o map[string]any) bool { return o["status"] != "started" })
		is(t, "end", end, "status", "resign")
		is(t, "end", end, "winner", "white")
		hasState(t, end)
		s.ended()
	}
	white.must(400, "POST", at+"/move/a2a3", "")
	over := white.open(at[:len("/api/board/game/")] + "stream/" + id)
	is(t, "a game that is over", over.next(), "state.status", "resign")
	over.ended()
}

// TestChess960 castles by both notations.
func TestChess960(t *testing.T) {
	w := newWorld(t, nil)
	white, black, id, ws, _ := board(t, w, "clock.limit=60&clock.increment=1&variant=chess960&fen=rkr5/pppppppp/8/8/8/8/PPPPPPPP/RKR5%20w%20KQkq%20-%200%201")
	at := "/api/board/game/" + id + "/move/"
	white.must(200, "POST", at+"b1c1", "")
	black.must(200, "POST", at+"b8g8", "")
	ws.state(moves("b1c1 b8c8"))
}

// TestOwnKind keeps bots from boards and people from the addresses of bots.
func TestOwnKind(t *testing.T) {
	w := newWorld(t, nil)
	anna, robby := w.member("Anna"), w.bot("Robby")
	anna.must(400, "GET", "/api/bot/game/stream/00000000", "")
	robby.must(400, "GET", "/api/board/game/stream/00000000", "")
	robby.must(404, "GET", "/api/bot/game/stream/00000000", "")
	robby.must(404, "GET", "/api/bot/game/stream/nonsense", "")
	robby.must(404, "GET", "/api/bot/game/a/b", "")
}

// TestUpgrade makes a bot of an account once, and of none that has played.
func TestUpgrade(t *testing.T) {
	w := newWorld(t, nil)
	anna, bert := w.member("Anna"), w.member("Bert")
	anna.must(200, "POST", "/api/bot/account/upgrade", "")
	anna.must(400, "POST", "/api/bot/account/upgrade", "")
	is(t, "account", anna.must(200, "GET", "/api/account", "").json(t), "title", "BOT")
	bert.must(201, "POST", "/api/challenge/ai", "level=1&color=black")
	got := bert.must(400, "POST", "/api/bot/account/upgrade", "")
	if !strings.Contains(got.body, "games played") {
		t.Errorf("who has played: %s", got.body)
	}
	w.member("Cora", account.ScopeBoardPlay).must(403, "POST", "/api/bot/account/upgrade", "")
}

// TestStreams wants empty lines, and one stream of events a token.
func TestStreams(t *testing.T) {
	w := newWorld(t, func(c *lichessapi.Config) { c.KeepAlive = 20 * time.Millisecond })
	anna := w.member("Anna")
	first := anna.open("/api/stream/event")
	for range 3 {
		if line, ok := first.raw(); line != "" || !ok {
			t.Fatalf("got %q, want an empty line", line)
		}
	}
	if got := first.header.Get("X-Accel-Buffering"); got != "no" {
		t.Errorf("a proxy may keep lines back: %q", got)
	}
	second := anna.open("/api/stream/event")
	first.ended()
	status := anna.must(200, "GET", "/api/users/status?ids=anna", "").body
	if !strings.Contains(status, `"online":true`) {
		t.Errorf("who holds a stream open: %s", status)
	}
	anna.must(http.StatusNoContent, "DELETE", "/api/token", "")
	second.ended()
	anna.must(401, "GET", "/api/account", "")
}

// TestEmptyLinesInSpiteOfNews wants empty lines from a stream that wakes up all
// the time and has nothing to tell.
func TestEmptyLinesInSpiteOfNews(t *testing.T) {
	w := newWorld(t, func(c *lichessapi.Config) { c.KeepAlive = 20 * time.Millisecond })
	anna := w.member("Anna")
	events := anna.open("/api/stream/event")
	stop := make(chan struct{})
	var crowd sync.WaitGroup
	crowd.Go(func() {
		news := host.Change{Table: "00000000", Players: []table.Player{{ID: anna.user.ID}}}
		for {
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
				w.api.Changed(news)
			}
		}
	})
	for range 5 {
		if line, ok := events.raw(); line != "" || !ok {
			t.Errorf("got %q, want an empty line", line)
		}
	}
	close(stop)
	crowd.Wait()
}

// TestTooManyStreams refuses one more stream than a user may have.
func TestTooManyStreams(t *testing.T) {
	w := newWorld(t, func(c *lichessapi.Config) { c.Unpaced = true })
	anna := w.member("Anna")
	var last reply
	for n := range 70 {
		id := anna.must(201, "POST", "/api/challenge/ai", "level=1&color=black&clock.limit=300&clock.increment=3").json(t)["id"].(string)
		if n < 64 {
			anna.open("/api/board/game/stream/" + id)
			continue
		}
		last = anna.must(429, "GET", "/api/board/game/stream/"+id, "")
		break
	}
	if !strings.HasPrefix(last.body, `{"error":"`) {
		t.Errorf("one stream too many: %s", last.body)
	}
}

// TestPreflight lets pages of other sites call.
func TestPreflight(t *testing.T) {
	w := newWorld(t, nil)
	got := (&person{w: w}).must(204, "OPTIONS", "/api/board/game/abcdefgh/move/e2e4", "", "Origin: https://example.org")
	for header, want := range map[string]string{
		"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "Authorization", "Access-Control-Allow-Methods": "POST",
	} {
		if !strings.Contains(got.header.Get(header), want) {
			t.Errorf("%s is %q", header, got.header.Get(header))
		}
	}
	anna := w.member("Anna")
	anna.must(201, "POST", "/api/challenge/ai", "level=1", "Origin: https://example.org", "Sec-Fetch-Site: cross-site")
}
