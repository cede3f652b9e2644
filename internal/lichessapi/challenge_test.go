package lichessapi_test

import (
	"strings"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/lichessapi"
)

// TestChallenges follows challenges to every end, on both streams of events.
func TestChallenges(t *testing.T) {
	w := newWorld(t, nil)
	anna, bert := w.member("Anna"), w.bot("Bert")
	a, b := anna.open("/api/stream/event"), bert.open("/api/stream/event")
	make := func() string {
		t.Helper()
		o := anna.form(200, "/api/challenge/bert", "clock.limit=180&clock.increment=2&color=random&rated=false")
		id := o["id"].(string)
		is(t, "challenge", o, "status", "created")
		is(t, "challenge", o, "direction", "out")
		is(t, "challenge", o, "color", "random")
		is(t, "own event", a.until("challenge"), "challenge.id", id)
		got := b.until("challenge")
		is(t, "event", got, "challenge.id", id)
		is(t, "event", got, "challenge.direction", "in")
		is(t, "event", got, "compat.bot", true)
		return id
	}

	id := make()
	in := bert.must(200, "GET", "/api/challenge", "").body
	if !strings.Contains(in, `"in":[{`) || !strings.Contains(in, id) || !strings.Contains(in, `"out":[]`) {
		t.Errorf("the list is %s", in)
	}
	is(t, "show", anna.must(200, "GET", "/api/challenge/"+id+"/show", "").json(t), "destUser.name", "Bert")
	bert.must(200, "POST", "/api/challenge/"+id+"/decline", `{"reason":"tooFast"}`)
	for _, s := range []*stream{a, b} {
		o := s.until("challengeDeclined")
		is(t, "declined", o, "challenge.id", id)
		is(t, "declined", o, "challenge.declineReasonKey", "toofast")
		has(t, "declined", o, "challenge.declineReason", "challenge.finalColor")
	}
	bert.must(404, "POST", "/api/challenge/"+id+"/accept", "")

	id = make()
	anna.must(200, "POST", "/api/challenge/"+id+"/cancel", "")
	is(t, "canceled", b.until("challengeCanceled"), "challenge.id", id)
	bert.must(404, "POST", "/api/challenge/"+id+"/accept", "")

	id = make()
	w.member("Cora").must(404, "POST", "/api/challenge/"+id+"/accept", "")
	bert.must(200, "POST", "/api/challenge/"+id+"/accept", "")
	for _, s := range []*stream{a, b} {
		is(t, "start", s.until("gameStart"), "game.gameId", id)
	}
	anna.must(200, "POST", "/api/challenge/"+id+"/cancel", "") // aborts what has only begun
	is(t, "finish", a.until("gameFinish"), "game.status.name", "aborted")
}

// TestChallengeRefusals wants the shapes of errors that clients know.
func TestChallengeRefusals(t *testing.T) {
	w := newWorld(t, nil)
	anna, bert := w.member("Anna"), w.member("Bert")
	check(t, w.people.SetPrivacy(t.Context(), bert.user.ID, account.Privacy{Challenge: account.Nobody, Chat: account.Everyone}))
	reader := &person{w, anna.user, w.member("Reader", account.ScopeRead).token}
	for _, row := range []struct {
		name       string
		who        *person
		path, body string
		status     int
		want       string
	}{
		{"nobody", anna, "/api/challenge/nobody", "", 404, `{"error":"Not found."}`},
		{"oneself", anna, "/api/challenge/anna", "", 400, `{"error":"`},
		{"who takes none", anna, "/api/challenge/bert", "", 400, `{"error":"Bert does not take`},
		{"no such days", anna, "/api/challenge/bert", "days=4", 400, `{"error":{"days":["`},
		{"days and a clock", anna, "/api/challenge/bert", "days=2&clock.limit=60", 400, `{"error":{"days":["`},
		{"no such rule", anna, "/api/challenge/bert", "rules=noAbort,noFun", 400, `{"error":{"rules":["`},
		{"a bad clock", anna, "/api/challenge/bert", "clock.limit=61", 400, `{"error":{"clock.limit":["`},
		{"no number", anna, "/api/challenge/bert", "clock.limit=x", 400, `{"error":{"clock.limit":["`},
		{"another variant", anna, "/api/challenge/bert", "variant=atomic", 400, `{"error":{"variant":["`},
		{"a position without one", anna, "/api/challenge/ai", "level=1&variant=fromPosition", 400, `{"error":{"fen":["`},
		{"no position", anna, "/api/challenge/ai", "level=1&variant=fromPosition&fen=x", 400, `{"error":"`},
		{"no color", anna, "/api/challenge/ai", "level=1&color=red", 400, `{"error":{"color":["`},
		{"no level", anna, "/api/challenge/ai", "", 400, `{"error":{"level":["`},
		{"no such level", anna, "/api/challenge/ai", "level=9", 400, `{"error":{"level":["`},
		{"half JSON", anna, "/api/challenge/ai", `{"level":`, 400, `{"error":"The body is not a JSON object"}`},
		{"no form", anna, "/api/challenge/ai", `%zz`, 400, `{"error":"The body is not a form"}`},
		{"a large body", anna, "/api/challenge/ai", strings.Repeat("a", 70<<10), 413, `{"error":"`},
		{"no challenge", anna, "/api/challenge/00000000/accept", "", 404, `{"error":"Not found."}`},
		{"no id", anna, "/api/challenge/x/decline", "", 404, `{"error":"Not found."}`},
		{"a stranger", &person{w: w}, "/api/challenge/bert", "", 401, `{"error":"Missing authorization header"}`},
		{"a wrong token", &person{w, anna.user, "lip_nonsense"}, "/api/challenge/bert", "", 401, `{"error":"No such token"}`},
		{"a scope too few", reader, "/api/challenge/bert", "", 403, `{"error":"Missing scope: challenge:write"}`},
	} {
		got := row.who.call("POST", row.path, row.body)
		if got.status != row.status || !strings.HasPrefix(got.body, row.want) {
			t.Errorf("%s: %d %s, want %d %s", row.name, got.status, got.body, row.status, row.want)
		}
		if got.header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: pages of other sites cannot read the answer", row.name)
		}
	}
	got := reader.call("POST", "/api/challenge/bert", "")
	if got.header.Get("X-OAuth-Scopes") != "read" || !strings.Contains(got.header.Get("X-Accepted-OAuth-Scopes"), "challenge:write") {
		t.Errorf("the headers about scopes are %v", got.header)
	}
}

// TestChallengeBlocked has nobody come together with whom they block.
func TestChallengeBlocked(t *testing.T) {
	w := newWorld(t, nil)
	anna, bert, cora := w.member("Anna"), w.member("Bert"), w.member("Cora")
	id := anna.form(200, "/api/challenge/open", "clock.limit=180&clock.increment=2")["id"].(string)
	anna.must(200, "POST", "/api/challenge/"+id+"/accept", "")
	check(t, w.people.Block(t.Context(), anna.user.ID, "Bert"))
	check(t, w.people.Block(t.Context(), cora.user.ID, "Bert"))
	bert.must(404, "POST", "/api/challenge/"+id+"/accept", "")
	cora.must(200, "POST", "/api/challenge/"+id+"/accept", "")
}

// TestChallengeExpires wants a challenge to end when its maker is not there.
func TestChallengeExpires(t *testing.T) {
	w := newWorld(t, func(c *lichessapi.Config) { c.ChallengeLife = time.Millisecond })
	anna, bert := w.member("Anna"), w.bot("Bert")
	o := anna.form(200, "/api/challenge/Bert", "")
	is(t, "challenge", o, "timeControl.type", "unlimited")
	anna.awaits(o["id"].(string), "canceled")
	bert.must(404, "POST", "/api/challenge/"+o["id"].(string)+"/accept", "")
}

// awaits waits until a challenge has a status. Nobody may hear of one that ends
// as soon as it is made.
func (p *person) awaits(id, status string) {
	p.w.tb.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		o := p.must(200, "GET", "/api/challenge/"+id+"/show", "").json(p.w.tb)
		if o["status"] == status {
			return
		}
		if time.Now().After(end) {
			p.w.tb.Fatalf("challenge %s is %v, want %s", id, o["status"], status)
		}
	}
}

// TestKeepAliveStream holds a challenge open, and lets it end by both ways.
func TestKeepAliveStream(t *testing.T) {
	w := newWorld(t, nil)
	anna, bert := w.member("Anna"), w.bot("Bert")
	b := bert.open("/api/stream/event")
	ask := func() (*stream, string) {
		s := anna.openWith(anna.request("POST", "/api/challenge/bert", `{"clock":{"limit":60,"increment":1},"keepAliveStream":true}`))
		return s, s.next()["id"].(string)
	}
	s, id := ask()
	b.until("challenge")
	bert.must(200, "POST", "/api/challenge/"+id+"/decline", "")
	is(t, "stream", s.next(), "done", "declined")
	s.ended()

	s, id = ask()
	b.until("challenge")
	bert.must(200, "POST", "/api/challenge/"+id+"/accept", "")
	is(t, "stream", s.next(), "done", "accepted")
	s.ended()

	s, id = ask()
	is(t, "event", b.until("challenge"), "challenge.id", id)
	s.close()
	is(t, "event", b.until("challengeCanceled"), "challenge.id", id)
}

// TestAcceptByToken begins a game with two tokens.
func TestAcceptByToken(t *testing.T) {
	w := newWorld(t, nil)
	anna, bert := w.member("Anna"), w.member("Bert")
	o := anna.form(200, "/api/challenge/bert", "clock.limit=60&clock.increment=1&color=white&acceptByToken="+bert.token)
	is(t, "game", o, "game.color", "white")
	has(t, "game", o, "game.id", "game.url")
	got := anna.form(400, "/api/challenge/bert", "acceptByToken="+anna.token)
	has(t, "refusal", got, "error.acceptByToken")
}

// TestAI plays the house, and every level finds somebody.
func TestAI(t *testing.T) {
	w := newWorld(t, nil)
	anna := w.member("Anna")
	events := anna.open("/api/stream/event")
	for level, house := range map[string]int{"1": 1, "4": 1, "5": 2, "8": 2} {
		o := anna.must(201, "POST", "/api/challenge/ai", "level="+level+"&color=black&clock.limit=300&clock.increment=3").json(t)
		is(t, "answer", o, "player", "black")
		is(t, "answer", o, "source", "ai")
		is(t, "answer", o, "rated", false)
		is(t, "answer", o, "variant.key", "standard")
		has(t, "answer", o, "id", "fullId", "fen", "turns", "status.name", "createdAt", "speed", "perf")
		start := events.until("gameStart")
		is(t, "start", start, "game.id", o["id"])
		is(t, "start", start, "game.opponent.ai", house)
		game := anna.open("/api/board/game/stream/" + o["fullId"].(string))
		is(t, "game", game.next(), "white.aiLevel", house)
		game.close()
	}
}

// TestOpenChallenge lets two strangers to it take a challenge.
func TestOpenChallenge(t *testing.T) {
	w := newWorld(t, nil)
	nobody, anna, bert := &person{w: w}, w.member("Anna"), w.member("Bert")
	o := nobody.must(200, "POST", "/api/challenge/open", `{"clock.limit":180,"clock.increment":2}`).json(t)
	id := o["id"].(string)
	has(t, "open", o, "urlWhite", "urlBlack", "url", "open", "color", "finalColor")
	is(t, "open", o, "challenger", nil)
	anna.must(200, "POST", "/api/challenge/"+id+"/accept?color=black", "")
	bert.must(200, "POST", "/api/challenge/"+id+"/accept", "")
	is(t, "playing", anna.must(200, "GET", "/api/account/playing", "").json(t), "nbMyTurn", 0)
	is(t, "playing", bert.must(200, "GET", "/api/account/playing", "").json(t), "nbMyTurn", 1)
	w.member("Cora").must(404, "POST", "/api/challenge/"+id+"/accept", "")
}

// TestRematch plays once more after a game, by the id of the game.
func TestRematch(t *testing.T) {
	w := newWorld(t, nil)
	anna, bert := w.member("Anna"), w.bot("Bert")
	b := bert.open("/api/stream/event")
	id := anna.form(200, "/api/challenge/bert", "clock.limit=60&clock.increment=1&color=white")["id"].(string)
	bert.must(200, "POST", "/api/challenge/"+id+"/accept", "")
	anna.must(200, "POST", "/api/board/game/"+id+"/abort", "")
	b.until("gameFinish")
	w.do(anna, id, "rematch", `{"type":"rematch"}`)
	o := b.until("challenge")
	is(t, "rematch", o, "challenge.id", id)
	is(t, "rematch", o, "challenge.rematchOf", id)
	is(t, "rematch", o, "challenge.challenger.name", "Anna")
	bert.must(200, "POST", "/api/challenge/"+id+"/accept", "")
	next := b.until("gameStart")
	is(t, "next game", next, "game.color", "white")
	if got, _ := field(next, "game.id"); got == id {
		t.Error("the rematch is the same game")
	}
}

// TestSeek pairs two boards, and takes the seek of a client that is gone back.
func TestSeek(t *testing.T) {
	w := newWorld(t, nil)
	anna, bert := w.member("Anna"), w.member("Bert")
	events := anna.open("/api/stream/event")
	seek := func(p *person, body string) *stream {
		return p.openWith(p.request("POST", "/api/board/seek", body, "Content-Type: application/x-www-form-urlencoded", "Accept: text/plain"))
	}
	gone := seek(anna, "time=10&increment=5")
	gone.raw()
	gone.close()
	other := seek(bert, "time=15&increment=10&color=white")
	other.raw()
	first := seek(anna, "time=15&increment=10&color=white") // two do not fit who want the same color
	first.raw()
	first.close()
	second := seek(anna, "time=15&increment=10&rated=false&color=black")
	second.ended()
	other.ended()
	start := events.until("gameStart")
	is(t, "start", start, "game.opponent.username", "Bert")
	is(t, "start", start, "game.color", "black")
	is(t, "start", start, "game.source", "lobby")
	w.bot("Robby").must(400, "POST", "/api/board/seek", "time=10&increment=5")
	anna.form(400, "/api/board/seek", "increment=5")
	anna.form(400, "/api/board/seek", "time=10&ratingRange=up")
}
