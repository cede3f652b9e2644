package lichessapi_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// recorded is one request of a real client.
type recorded struct {
	Method      string  `json:"m"`
	Path        string  `json:"p"`
	ContentType *string `json:"ct"`
	Accept      string  `json:"ac"`
	Auth        bool    `json:"auth"`
	UserAgent   string  `json:"ua"`
	Body        string  `json:"body"`
}

// playedGame is what the recordings do not tell of a game.
type playedGame struct {
	Variant    string `json:"variant"`
	InitialFEN string `json:"initialFen"`
	Moves      string `json:"moves"`
}

// recordings are the folder of the recorded requests.
const recordings = "../../../shared/data/lichess-bot"

func readRecording(t *testing.T, name string) (requests []recorded, played playedGame) {
	t.Helper()
	f, err := os.Open(filepath.Join(recordings, name))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the recordings of real clients are not beside this checkout: %v", err)
	}
	check(t, err)
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var r recorded
		check(t, json.Unmarshal(lines.Bytes(), &r))
		requests = append(requests, r)
	}
	text, err := os.ReadFile(filepath.Join(recordings, "games.json"))
	check(t, err)
	var all map[string]playedGame
	check(t, json.Unmarshal(text, &all))
	return requests, all[name]
}

// replay is a recorded client at play against somebody who uses no API.
type replay struct {
	*testing.T
	w          *world
	bot, human *person
	played     playedGame
	moves      []string
	ply        int
	id         string
	events     *stream
	game       *stream
}

// TestReplay sends what lichess-bot and berserk sent, in their order, and
// wants the answers that they need.
func TestReplay(t *testing.T) {
	for _, name := range []string{
		"requests-standard.jsonl", "requests-standard2.jsonl", "requests-chess960.jsonl", "requests-chess960-full.jsonl", "requests-berserk.jsonl",
	} {
		t.Run(name, func(t *testing.T) {
			requests, played := readRecording(t, name)
			w := newWorld(t, nil)
			r := &replay{T: t, w: w, bot: w.bot("Botty"), human: w.member("Human"), played: played, moves: strings.Fields(played.Moves)}
			for _, request := range requests {
				r.send(request)
			}
			if r.game != nil {
				r.finish()
			}
		})
	}
}

// send sends one request, after what the human did meanwhile.
func (r *replay) send(q recorded) {
	r.Helper()
	path := strings.ReplaceAll(q.Path, "CHALLE01", r.id)
	headers := []string{"Accept: " + q.Accept, "User-Agent: " + q.UserAgent}
	if q.ContentType != nil {
		headers = append(headers, "Content-Type: "+*q.ContentType)
	}
	switch {
	case q.Path == "/api/stream/event":
		r.openEvents(r.bot.openWith(r.bot.request("GET", path, "", headers...)))
		return
	case strings.HasPrefix(q.Path, "/api/bot/game/stream/"):
		r.openGame(r.bot.openWith(r.bot.request("GET", path, "", headers...)))
		return
	case strings.Contains(q.Path, "/move/"):
		r.humanMoves()
	case q.Body == "room=player&text=gg", strings.HasPrefix(q.Path, "/game/export/"):
		r.resign()
	}
	body := q.Body
	if q.Path == "/api/token/test" {
		body = r.bot.token
	}
	r.answered(q, r.bot.must(200, q.Method, path, body, headers...))
}

// answered looks at an answer as the client does.
func (r *replay) answered(q recorded, got reply) {
	r.Helper()
	switch path, _, _ := strings.Cut(q.Path, "?"); {
	case strings.HasPrefix(path, "/game/export/"):
		r.exported(got.body)
	case path == "/api/token/test":
		is(r, path, got.json(r), r.bot.token+".userId", "botty")
		scopes, _ := field(got.json(r), r.bot.token+".scopes")
		if !strings.Contains(","+scopes.(string)+",", ",bot:play,") {
			r.Errorf("the scopes are %v", scopes)
		}
	case path == "/api/account":
		o := got.json(r)
		is(r, path, o, "username", "Botty")
		is(r, path, o, "id", "botty")
		is(r, path, o, "title", "BOT")
		has(r, path, o, "perfs.bullet.rating", "perfs.bullet.games", "createdAt", "seenAt")
	case path == "/api/account/playing":
		has(r, path, got.json(r), "nowPlaying")
	case path == "/api/bot/online":
		r.online(got)
	default: // lichess-bot reads every answer to a command as JSON
		is(r, path, got.json(r), "ok", true)
	}
	if strings.Contains(q.Path, "/move/") {
		r.ply++
		r.state(r.ply, "started")
	}
}

func (r *replay) online(got reply) {
	r.Helper()
	if kind := got.header.Get("Content-Type"); kind != "application/x-ndjson" {
		r.Errorf("bots come as %s", kind)
	}
	if !strings.Contains(got.body, `"username":"Botty"`) {
		r.Errorf("a bot with a stream of events is not online: %q", got.body)
	}
}

// openEvents challenges the bot, and wants to see that come.
func (r *replay) openEvents(s *stream) {
	r.Helper()
	if got := s.header.Get("Content-Type"); got != "application/x-ndjson" {
		r.Errorf("events come as %s", got)
	}
	r.events = s
	if r.played.Moves == "" {
		return // berserk only looked
	}
	fields := "rated=false&clock.limit=60&clock.increment=0&color=white&variant=" + r.played.Variant
	if r.played.InitialFEN != "startpos" {
		fields += "&fen=" + strings.NewReplacer(" ", "%20").Replace(r.played.InitialFEN)
	}
	r.id = r.human.form(200, "/api/challenge/botty", fields)["id"].(string)
	o := s.next()
	is(r, "event", o, "type", "challenge")
	has(r, "challenge", o["challenge"].(map[string]any), "id", "rated", "variant.key", "perf.name", "speed", "color", "finalColor",
		"timeControl.type", "challenger.name", "challenger.title", "destUser.name", "status", "url")
	is(r, "challenge", o, "challenge.id", r.id)
	is(r, "challenge", o, "challenge.timeControl.limit", 60)
	is(r, "challenge", o, "challenge.timeControl.increment", 0)
	is(r, "challenge", o, "challenge.speed", "bullet")
	is(r, "challenge", o, "challenge.variant.key", r.played.Variant)
}

// openGame wants the start of the game, and the whole game as the first line.
func (r *replay) openGame(s *stream) {
	r.Helper()
	start := r.events.until("gameStart")
	is(r, "gameStart", start, "game.id", r.id)
	has(r, "gameStart", start, "game.opponent.username", "game.isMyTurn", "game.secondsLeft", "game.color", "game.fen", "game.fullId")
	line, _ := s.raw() // the client does not skip an empty line here
	var o map[string]any
	if err := json.Unmarshal([]byte(line), &o); err != nil {
		r.Fatalf("the first line is %q", line)
	}
	is(r, "first line", o, "type", "gameFull")
	is(r, "gameFull", o, "id", r.id)
	is(r, "gameFull", o, "white.name", "Human")
	is(r, "gameFull", o, "black.name", "Botty")
	is(r, "gameFull", o, "black.title", "BOT")
	is(r, "gameFull", o, "clock.initial", 60_000)
	is(r, "gameFull", o, "initialFen", r.played.InitialFEN)
	is(r, "gameFull", o, "variant.name", map[string]string{"standard": "Standard", "chess960": "Chess960"}[r.played.Variant])
	has(r, "gameFull", o, "speed", "perf.name", "rated", "createdAt", "white", "black")
	hasState(r, o["state"].(map[string]any))
	is(r, "gameFull", o, "state.status", "started")
	is(r, "gameFull", o, "state.moves", "")
	r.game = s
}

// hasState wants the fields without which clients break.
func hasState(tb testing.TB, o map[string]any) {
	tb.Helper()
	is(tb, "state", o, "type", "gameState")
	has(tb, "state", o, "moves", "wtime", "btime", "winc", "binc", "status")
}

// humanMoves makes White's move when it is White's turn.
func (r *replay) humanMoves() {
	r.Helper()
	if r.ply%2 == 0 && r.ply < len(r.moves) {
		r.w.do(r.human, r.id, "move", `{"type":"move","uci":"`+r.moves[r.ply]+`"}`)
		r.ply++
		r.state(r.ply, "started")
	}
}

// state waits until the stream has told of so many moves.
func (r *replay) state(ply int, status string) {
	r.Helper()
	for {
		o := r.game.until("gameState")
		hasState(r, o)
		if moves := strings.Fields(o["moves"].(string)); len(moves) == ply {
			if got := strings.Join(moves, " "); got != strings.Join(r.moves[:ply], " ") {
				r.Errorf("the moves are %q", got)
			}
			is(r, "state", o, "status", status)
			return
		}
	}
}

// resign ends the game once, and wants the final state and then the end.
func (r *replay) resign() {
	r.Helper()
	if r.ply < 0 {
		return
	}
	r.w.do(r.human, r.id, "resign", `{"type":"resign"}`)
	o := r.game.until("gameState")
	hasState(r, o)
	is(r, "final state", o, "status", "resign")
	is(r, "final state", o, "winner", "black")
	r.game.ended()
	r.ply = -1
}

// finish ends a game whose recording stopped in the middle, and wants the bot
// to take the next challenge.
func (r *replay) finish() {
	r.Helper()
	r.resign()
	is(r, "event", r.events.until("gameFinish"), "game.id", r.id)
	id := r.human.form(200, "/api/challenge/Botty", "clock.limit=60&clock.increment=0")["id"]
	is(r, "next challenge", r.events.until("challenge"), "challenge.id", id)
}

func (r *replay) exported(text string) {
	r.Helper()
	for _, tag := range []string{`[White "Human"]`, `[Black "Botty"]`, `[BlackTitle "BOT"]`, `[Result "0-1"]`, `[TimeControl "60+0"]`} {
		if !strings.Contains(text, tag) {
			r.Errorf("the PGN has no %s:\n%s", tag, text)
		}
	}
	if n := strings.Count(text, `Title "`); n != 1 {
		r.Errorf("the PGN has %d titles:\n%s", n, text)
	}
	if !strings.Contains(text, "[%clk ") {
		r.Errorf("the PGN has no clocks:\n%s", text)
	}
	if r.played.Variant == "chess960" {
		for _, tag := range []string{`[Variant "Chess960"]`, `[SetUp "1"]`, `[FEN "` + r.played.InitialFEN + `"]`} {
			if !strings.Contains(text, tag) {
				r.Errorf("the PGN has no %s:\n%s", tag, text)
			}
		}
	}
}
