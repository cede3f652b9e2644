package lichessapi_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/importer"
	"kibitz/internal/lichessapi"
	"kibitz/internal/table"
)

// TestDrawOfferIsWithdrawn takes an offer back in both ways.
func TestDrawOfferIsWithdrawn(t *testing.T) {
	w := newWorld(t, nil)
	white, black, id, ws, _ := board(t, w, "clock.limit=300&clock.increment=2")
	at := "/api/board/game/" + id
	none := func(o map[string]any) bool { return o["wdraw"] == nil && o["bdraw"] == nil }
	white.must(200, "POST", at+"/move/e2e4", "")
	black.must(200, "POST", at+"/move/e7e5?offeringDraw=false", "")
	white.must(200, "POST", at+"/draw/yes", "")
	ws.state(set("wdraw"))
	white.must(200, "POST", at+"/draw/no", "")
	ws.state(none)
	white.must(200, "POST", at+"/draw/no", "") // nothing to withdraw is no error
	white.must(200, "POST", at+"/move/g1f3", "")
	black.must(200, "POST", at+"/draw/yes", "")
	ws.state(set("bdraw"))
	black.must(200, "POST", at+"/move/b8c6?offeringDraw=false", "")
	if got := ws.state(moves("e2e4 e7e5 g1f3 b8c6")); got["bdraw"] != nil {
		t.Errorf("the offer was not withdrawn with the move: %v", got)
	}
}

// TestTimeIsGiven gives what is asked for, and no other.
func TestTimeIsGiven(t *testing.T) {
	w := newWorld(t, nil)
	_, black, id, ws, _ := board(t, w, "clock.limit=300&clock.increment=2")
	black.must(200, "POST", "/api/round/"+id+"/add-time/7", "")
	is(t, "seven", ws.state(func(o map[string]any) bool { return o["wtime"].(float64) > 300_000 }), "wtime", 307_000)
	for _, seconds := range []string{"4", "61", "x"} {
		if got := black.must(400, "POST", "/api/round/"+id+"/add-time/"+seconds, ""); !strings.Contains(got.body, `"seconds"`) {
			t.Errorf("%s seconds: %s", seconds, got.body)
		}
	}
}

// TestRules plays by what the maker of a challenge forbade.
func TestRules(t *testing.T) {
	w := newWorld(t, nil)
	white, black, id, _, _ := board(t, w, "clock.limit=300&clock.increment=2&rules=noAbort,noRematch,noGiveTime,noClaimWin,noEarlyDraw")
	at := "/api/board/game/" + id
	white.must(400, "POST", at+"/abort", "")
	white.must(400, "POST", "/api/round/"+id+"/add-time/15", "")
	white.must(200, "POST", at+"/move/e2e4", "")
	black.must(200, "POST", at+"/move/e7e5", "")
	white.must(400, "POST", at+"/draw/yes", "")
	white.must(400, "POST", at+"/claim-victory", "")
	white.must(200, "POST", at+"/resign", "")
	if err := w.try(white, id, "rematch", `{"type":"rematch"}`); err == nil {
		t.Error("a rematch is offered where there is none")
	}
	o := white.form(200, "/api/challenge/boris", "rules=noEarlyDraw,noAbort")
	if got := fmt.Sprint(o["rules"]); got != "[noAbort noEarlyDraw]" {
		t.Errorf("the challenge says %s", got)
	}
}

// TestChosenUsers makes an open challenge for two.
func TestChosenUsers(t *testing.T) {
	w := newWorld(t, nil)
	nobody, anna, bert := &person{w: w}, w.member("Anna"), w.member("Bert")
	o := nobody.must(200, "POST", "/api/challenge/open", "clock.limit=180&clock.increment=2&users=Anna,bert", "Content-Type: application/x-www-form-urlencoded").json(t)
	if got, _ := field(o, "open.userIds"); fmt.Sprint(got) != "[anna bert]" {
		t.Errorf("for whom it is: %v", got)
	}
	id := o["id"].(string)
	w.member("Cora").must(404, "POST", "/api/challenge/"+id+"/accept", "")
	anna.must(200, "POST", "/api/challenge/"+id+"/accept", "")
	bert.must(200, "POST", "/api/challenge/"+id+"/accept", "")
	for _, users := range []string{"anna", "anna,anna", "anna,nobody", "a,b,c"} {
		if got := nobody.form(400, "/api/challenge/open", "users="+users); got["error"].(map[string]any)["users"] == nil {
			t.Errorf("users=%s: %v", users, got)
		}
	}
}

// TestCorrespondence plays a game with days for every turn.
func TestCorrespondence(t *testing.T) {
	w := newWorld(t, nil)
	anna, bert := w.member("Anna"), w.bot("Bert")
	b := bert.open("/api/stream/event")
	o := anna.form(200, "/api/challenge/bert", "days=3&color=white&rated=true")
	id := o["id"].(string)
	is(t, "challenge", o, "timeControl.type", "correspondence")
	is(t, "challenge", o, "timeControl.daysPerTurn", 3)
	is(t, "challenge", o, "speed", "correspondence")
	b.until("challenge")
	bert.must(200, "POST", "/api/challenge/"+id+"/accept", "")
	start := b.until("gameStart")
	is(t, "start", start, "game.speed", "correspondence")
	is(t, "start", start, "game.secondsLeft", 3*86_400)
	game := bert.open("/api/bot/game/stream/" + id)
	full := game.next()
	is(t, "game", full, "daysPerTurn", 3)
	is(t, "game", full, "state.wtime", 3*86_400_000)
	is(t, "game", full, "state.winc", 0)
	is(t, "game", full, "state.expiration.millisToMove", 3*86_400_000)
	if full["clock"] != nil {
		t.Errorf("a game of days has a clock: %v", full)
	}
	anna.must(200, "POST", "/api/board/game/"+id+"/move/e2e4", "")
	bert.must(200, "POST", "/api/bot/game/"+id+"/move/e7e5", "")
	bert.must(200, "POST", "/api/round/"+id+"/add-time/15", "")
	given := game.state(func(o map[string]any) bool { return o["wtime"].(float64) > 3*86_400_000 })
	is(t, "one more day", given, "btime", 3*86_400_000)
	anna.must(400, "POST", "/api/board/game/"+id+"/claim-victory", "")
	anna.must(200, "POST", "/api/board/game/"+id+"/resign", "")
	text := anna.must(200, "GET", "/game/export/"+id, "").body
	if !strings.Contains(text, `[TimeControl "1/259200"]`) || !strings.Contains(text, `[Event "Rated correspondence game"]`) {
		t.Errorf("the PGN is %s", text)
	}
	is(t, "export", anna.must(200, "GET", "/game/export/"+id, "", "Accept: application/json").json(t), "daysPerTurn", 3)
	is(t, "house", anna.must(201, "POST", "/api/challenge/ai", "level=1&days=1&color=black").json(t), "speed", "correspondence")
	got := anna.form(400, "/api/board/seek", "days=2")
	has(t, "seek", got, "error.days")
}

// TestCorrespondenceChallengeWaits keeps a challenge whose maker is not there.
func TestCorrespondenceChallengeWaits(t *testing.T) {
	w := newWorld(t, func(c *lichessapi.Config) { c.ChallengeLife = time.Millisecond })
	anna, bert := w.member("Anna"), w.bot("Bert")
	stays := anna.form(200, "/api/challenge/Bert", "days=14")["id"].(string)
	anna.awaits(anna.form(200, "/api/challenge/Bert", "clock.limit=60&clock.increment=1")["id"].(string), "canceled")
	bert.must(200, "POST", "/api/challenge/"+stays+"/accept", "")
}

// TestImport hands a game on, and the library's refusals back.
func TestImport(t *testing.T) {
	w := newWorld(t, func(c *lichessapi.Config) {
		c.PublicURL = "https://play.example.org"
		c.Import = func(_ context.Context, owner account.ID, pgn []byte) (table.ID, error) {
			if !strings.HasPrefix(string(pgn), "1. e4") {
				return "", fmt.Errorf("%w: move 1 is none", importer.ErrGame)
			}
			return "Brought1", nil
		}
	})
	anna := w.member("Anna")
	got := anna.form(200, "/api/import", "pgn=1.+e4+e5+*")
	is(t, "import", got, "id", "Brought1")
	is(t, "import", got, "url", "https://play.example.org/g/Brought1/review")
	is(t, "no game", anna.form(400, "/api/import", "pgn=x"), "error", "move 1 is none")
	has(t, "nothing", anna.form(400, "/api/import", "pgn="), "error.pgn")
	(&person{w: w}).must(401, "POST", "/api/import", "pgn=1.+e4+*")
	for range 18 {
		anna.form(200, "/api/import", "pgn=1.+e4+*")
	}
	if over := anna.form(429, "/api/import", "pgn=1.+e4+*"); over["error"] == nil {
		t.Errorf("one too many: %v", over)
	}
}

// TestKid wants the mode to be off, and to stay so.
func TestKid(t *testing.T) {
	w := newWorld(t, nil)
	anna := w.member("Anna")
	is(t, "kid", anna.must(200, "GET", "/api/account/kid", "").json(t), "kid", false)
	anna.must(200, "POST", "/api/account/kid?v=false", "")
	anna.must(400, "POST", "/api/account/kid?v=true", "")
}

// TestGamesOfUsers follows the games between users of a list, and no others.
func TestGamesOfUsers(t *testing.T) {
	w := newWorld(t, nil)
	anna, bert, cora := w.member("Anna"), w.member("Bert"), w.member("Cora")
	begin := func(who, other *person) string {
		id := who.form(200, "/api/challenge/"+other.user.Name, "clock.limit=60&clock.increment=1&color=white")["id"].(string)
		other.must(200, "POST", "/api/challenge/"+id+"/accept", "")
		return id
	}
	runs := begin(anna, bert)
	anna.must(200, "POST", "/api/board/game/"+runs+"/move/e2e4", "")
	nobody := &person{w: w}
	open := func(query string) *stream {
		return nobody.openWith(nobody.request("POST", "/api/stream/games-by-users"+query, "Anna,bert,nobody", "Content-Type: text/plain"))
	}
	news, all := open(""), open("?withCurrentGames=true")
	is(t, "what runs", all.next(), "id", runs)
	begin(anna, cora)
	bert.must(200, "POST", "/api/board/game/"+runs+"/move/e7e5", "")
	bert.must(200, "POST", "/api/board/game/"+runs+"/resign", "")
	for _, s := range []*stream{news, all} {
		end := s.next()
		is(t, "end", end, "id", runs)
		is(t, "end", end, "statusName", "resign")
		is(t, "end", end, "winner", "white")
		is(t, "end", end, "players.black.userId", "bert")
		is(t, "end", end, "clock.initial", 60)
	}
	next := begin(bert, anna)
	start := news.next()
	is(t, "start", start, "id", next)
	is(t, "start", start, "status", 20)
	if status := nobody.call("GET", "/api/users/status?ids=anna", "").body; strings.Contains(status, `"online":true`) {
		t.Errorf("who is watched counts as here: %s", status)
	}
}
