package lichessapi_test

import (
	"bufio"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/lichessapi"
)

// TestPeople reads what everybody may know of people, without a token.
func TestPeople(t *testing.T) {
	w := newWorld(t, nil)
	anna, nobody := w.member("Anna"), &person{w: w}
	w.bot("Robby").open("/api/stream/event")
	anna.must(201, "POST", "/api/challenge/ai", "level=1&color=white&clock.limit=300&clock.increment=3")

	u := nobody.must(200, "GET", "/api/user/ANNA", "").json(t)
	is(t, "user", u, "id", "anna")
	is(t, "user", u, "count.playing", 1)
	has(t, "user", u, "perfs.bullet.rating", "perfs.chess960.rd", "createdAt", "seenAt", "playTime.total", "url", "playing")
	for _, absent := range []string{"email", "title", "blocking", "password"} {
		if _, ok := field(u, absent); ok {
			t.Errorf("everybody sees %s of a user", absent)
		}
	}
	check(t, w.people.Block(t.Context(), anna.user.ID, "Robby"))
	is(t, "who is blocked", anna.must(200, "GET", "/api/user/robby", "").json(t), "blocking", true)
	nobody.must(404, "GET", "/api/user/nobody", "")

	list := nobody.must(200, "POST", "/api/users", "anna,robby,nobody").body
	if strings.Count(list, `"username"`) != 2 || !strings.Contains(list, `"title":"BOT"`) {
		t.Errorf("two users: %s", list)
	}
	status := nobody.must(200, "GET", "/api/users/status?ids=anna,robby,nobody&withGameIds=true", "").body
	for _, want := range []string{`"id":"anna"`, `"playing":true`, `"playingId":"`, `"title":"BOT"`, `"online":true`} {
		if !strings.Contains(status, want) {
			t.Errorf("the status has no %s: %s", want, status)
		}
	}
	check(t, w.people.SetPrivacy(t.Context(), anna.user.ID, account.Privacy{Challenge: account.Everyone, Chat: account.Everyone, Hidden: true}))
	anna.open("/api/stream/event")
	if got := nobody.must(200, "GET", "/api/users/status?ids=anna", "").body; strings.Contains(got, "online") {
		t.Errorf("who hides is seen: %s", got)
	}
	cross := nobody.must(200, "GET", "/api/crosstable/anna/robby", "").json(t)
	is(t, "crosstable", cross, "nbGames", 0)
	is(t, "crosstable", cross, "users.anna", 0)
	if got := nobody.must(200, "GET", "/api/player/autocomplete?term=ann", "").body; got != `["Anna"]` {
		t.Errorf("autocomplete: %s", got)
	}
	has(t, "players", nobody.must(200, "GET", "/api/player", "").json(t), "bullet", "blitz", "chess960")
	has(t, "top", nobody.must(200, "GET", "/api/player/top/5/blitz", "").json(t), "users")
	nobody.must(404, "GET", "/api/player/top/5/atomic", "")
	nobody.must(400, "GET", "/api/player/top/999/blitz", "")
	if got := nobody.must(200, "GET", "/api/user/anna/rating-history", "").body; !strings.Contains(got, `{"name":"Bullet","points":[]}`) {
		t.Errorf("rating history: %s", got)
	}
	is(t, "mail", anna.must(200, "GET", "/api/account/email", "").json(t), "email", "")
	has(t, "preferences", anna.must(200, "GET", "/api/account/preferences", "").json(t), "prefs", "language")
}

// TestExports writes one game in every form.
func TestExports(t *testing.T) {
	w := newWorld(t, nil)
	anna, robby, nobody := w.member("Anna"), w.bot("Robby"), &person{w: w}
	id := anna.form(200, "/api/challenge/robby", "color=white&clock.limit=180&clock.increment=2")["id"].(string)
	robby.must(200, "POST", "/api/challenge/"+id+"/accept", "")
	watch := nobody.open("/api/stream/game/" + id)
	is(t, "watched", watch.next(), "players.black.user.title", "BOT")
	watch.next()
	for n, uci := range []string{"f2f3", "e7e5", "g2g4", "d8h4"} {
		at := []string{"/api/board/game/", "/api/bot/game/"}[n%2]
		[]*person{anna, robby}[n%2].must(200, "POST", at+id+"/move/"+uci, "")
		is(t, "watched", watch.next(), "lm", uci)
	}
	end := watch.next()
	is(t, "watched", end, "status.name", "mate")
	is(t, "watched", end, "winner", "black")
	watch.ended()

	pgn := nobody.must(200, "GET", "/game/export/"+id, "")
	for _, want := range []string{`[Site "` + w.http.URL + "/g/" + id, `[Result "0-1"]`, `[BlackTitle "BOT"]`, `[Opening "`, "Qh4#", "[%clk 0:03:00]"} {
		if !strings.Contains(pgn.body, want) {
			t.Errorf("the PGN has no %s:\n%s", want, pgn.body)
		}
	}
	bare := nobody.must(200, "GET", "/game/export/"+id+"?tags=false&clocks=0", "").body
	if strings.Contains(bare, "[") || !strings.HasPrefix(bare, "1. f3 e5") {
		t.Errorf("without tags and clocks: %s", bare)
	}
	headers := nobody.must(200, "GET", "/game/export/"+id+"?moves=0&opening=0", "").body
	if strings.Contains(headers, "Qh4") || strings.Contains(headers, "[ECO") || !strings.HasSuffix(headers, "0-1\n\n\n") {
		t.Errorf("without moves and opening: %s", headers)
	}
	o := nobody.must(200, "GET", "/game/export/"+id+"?pgnInJson=true&lastFen=1", "", "Accept: application/json").json(t)
	is(t, "JSON", o, "moves", "f3 e5 g4 Qh4#")
	is(t, "JSON", o, "status", "mate")
	is(t, "JSON", o, "winner", "black")
	is(t, "JSON", o, "players.black.user.title", "BOT")
	is(t, "JSON", o, "clock.initial", 180)
	has(t, "JSON", o, "clocks", "pgn", "lastFen", "opening.eco", "createdAt", "lastMoveAt", "speed", "perf", "rated", "variant", "source")
	two := nobody.must(200, "POST", "/api/games/export/_ids", id+",nonsense,00000000", "Accept: application/x-ndjson").body
	if strings.Count(two, "\n") != 1 || !strings.Contains(two, id) {
		t.Errorf("by ids: %s", two)
	}
	nobody.must(404, "GET", "/game/export/00000000", "")
	nobody.must(404, "GET", "/api/stream/game/00000000", "")
	nobody.must(404, "GET", "/api/user/anna/current-game", "")
}

// TestTV shows a game that runs, and the next when it is over.
func TestTV(t *testing.T) {
	w := newWorld(t, nil)
	anna, bert, nobody := w.member("Anna"), w.member("Bert"), &person{w: w}
	begin := func() string {
		id := anna.form(200, "/api/challenge/bert", "color=white&clock.limit=300&clock.increment=3")["id"].(string)
		bert.must(200, "POST", "/api/challenge/"+id+"/accept", "")
		return id
	}
	id := begin()
	feed := nobody.open("/api/tv/feed")
	first := feed.next()
	is(t, "feed", first, "t", "featured")
	is(t, "feed", first, "d.id", id)
	has(t, "feed", first, "d.orientation", "d.players", "d.fen")
	anna.must(200, "POST", "/api/board/game/"+id+"/move/e2e4", "")
	moved := feed.next()
	is(t, "feed", moved, "t", "fen")
	is(t, "feed", moved, "d.lm", "e2e4")
	is(t, "channels", nobody.must(200, "GET", "/api/tv/channels", "").json(t), "best.gameId", id)
	if got := nobody.must(200, "GET", "/api/tv/blitz", "", "Accept: application/x-ndjson").body; !strings.Contains(got, id) {
		t.Errorf("the games of a channel: %s", got)
	}
	nobody.must(404, "GET", "/api/tv/atomic/feed", "")
	bert.must(200, "POST", "/api/board/game/"+id+"/resign", "")
	next := begin()
	is(t, "feed", feed.next(), "d.id", next)
}

// TestOAuth exchanges a code, and hears why others are not.
func TestOAuth(t *testing.T) {
	w := newWorld(t, nil)
	anna, program := w.member("Anna"), &person{w: w}
	verifier := strings.Repeat("v", 50)
	sum := sha256.Sum256([]byte(verifier))
	code, err := w.people.Allow(t.Context(), anna.user, account.Grant{
		Client: "my-board", Redirect: "http://localhost/back", Challenge: base64.RawURLEncoding.EncodeToString(sum[:]),
		Scopes: []account.Scope{account.ScopeBoardPlay},
	})
	check(t, err)
	form := url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "code_verifier": {verifier}, "client_id": {"my-board"},
		"redirect_uri": {"http://localhost/back"},
	}
	for _, row := range []struct{ field, value, want string }{
		{"grant_type", "password", "unsupported_grant_type"}, {"code_verifier", "short", "invalid_request"}, {"code", "", "invalid_request"},
		{"code", "liu_nonsense", "invalid_grant"},
	} {
		bad := url.Values{}
		for name, values := range form {
			bad[name] = values
		}
		bad.Set(row.field, row.value)
		o := program.form(400, "/api/token", bad.Encode())
		is(t, row.field, o, "error", row.want)
		has(t, row.field, o, "error_description")
	}
	o := program.form(200, "/api/token", form.Encode())
	is(t, "token", o, "token_type", "Bearer")
	is(t, "token", o, "expires_in", 365*24*60*60)
	is(t, "again", program.form(400, "/api/token", form.Encode()), "error", "invalid_grant")
	with := &person{w, anna.user, o["access_token"].(string)}
	is(t, "account", with.must(200, "GET", "/api/account", "").json(t), "username", "Anna")
	with.must(403, "GET", "/api/account/email", "")
	tested := program.must(200, "POST", "/api/token/test", with.token+",lip_other").json(t)
	is(t, "test", tested, with.token+".scopes", "board:play")
	is(t, "test", tested, "lip_other", nil)
}

// TestSlowReader cuts a client that does not read, and nobody else notices.
func TestSlowReader(t *testing.T) {
	w := newWorld(t, func(c *lichessapi.Config) { c.KeepAlive, c.WriteTime = time.Microsecond, 50*time.Millisecond })
	anna := w.member("Anna")
	id := anna.must(201, "POST", "/api/challenge/ai", "level=1&color=white&clock.limit=300&clock.increment=3").json(t)["id"].(string)
	conn, err := net.Dial("tcp", w.http.Listener.Addr().String())
	check(t, err)
	defer conn.Close()
	check(t, conn.(*net.TCPConn).SetReadBuffer(1024))
	_, err = conn.Write([]byte("GET /api/board/game/stream/" + id + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + anna.token + "\r\n\r\n"))
	check(t, err)
	head, err := bufio.NewReaderSize(conn, 16).ReadString('\n')
	check(t, err)
	if !strings.Contains(head, "200") {
		t.Fatalf("the stream begins with %q", head)
	}
	for _, uci := range []string{"e2e4", "d2d4"} { // the game goes on meanwhile
		for anna.call("POST", "/api/board/game/"+id+"/move/"+uci, "").status != http.StatusOK {
			time.Sleep(time.Millisecond) // until the house has moved
		}
	}
	for w.api.Present(anna.user.ID) { // until the stream is cut
		time.Sleep(10 * time.Millisecond)
	}
}

// FuzzBody reads any body as a form or as JSON: no answer is our fault.
func FuzzBody(f *testing.F) {
	for _, seed := range []string{"level=1", `{"level":1,"clock":{"limit":60}}`, `{"level":null}`, "a=%", "{", `{"clock.limit":1e9}`} {
		f.Add(seed, "application/json")
	}
	w := newWorld(f, func(c *lichessapi.Config) { c.Unpaced = true })
	anna := w.member("Anna")
	f.Fuzz(func(t *testing.T, body, kind string) {
		if strings.ContainsAny(kind, "\r\n\x00") {
			return
		}
		r, err := http.NewRequestWithContext(t.Context(), "POST", w.http.URL+"/api/challenge/ai", strings.NewReader(body))
		check(t, err)
		r.Header["Content-Type"], r.Header["Authorization"] = []string{kind}, []string{"Bearer " + anna.token}
		answer, err := w.http.Client().Do(r)
		if err != nil {
			return // no header field can have that value
		}
		defer answer.Body.Close()
		var o map[string]any
		if err := json.NewDecoder(answer.Body).Decode(&o); err != nil && answer.Header.Get("Content-Type") == "application/json" {
			t.Errorf("%q: the answer is no JSON: %v", body, err)
		}
		if answer.StatusCode >= http.StatusInternalServerError {
			t.Errorf("%q: %d %v", body, answer.StatusCode, o)
		}
	})
}
