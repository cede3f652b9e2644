package server

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/table"
)

// apiBot is a program that asks through one gateway.
type apiBot struct {
	tb          testing.TB
	name, token string
	at          string
	events      chan map[string]any
}

// program makes the account of a bot, and listens to its events for as long
// as the test runs.
func (c *townOf) program(t *testing.T, name string, role account.Role, gateway *Gateway) *apiBot {
	t.Helper()
	people, closer, err := OpenPeople(t.Context(), Config{Database: c.database})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = closer.Close() }()
	if err := (account.Admin{People: people}).Add(t.Context(), name, "a pass phrase of its own", role); err != nil {
		t.Fatal(err)
	}
	user, err := people.Store.Named(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	_, token, err := people.NewAccessToken(t.Context(), user.ID, account.NewAccess{
		Name: "test", Scopes: []account.Scope{account.ScopeBotPlay, account.ScopeBoardPlay, account.ScopeChallengeWrite}, Days: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	p := &apiBot{tb: t, name: name, token: token, at: gateway.Addr().String(), events: make(chan map[string]any, 100)}
	go p.listen(t.Context(), "/api/stream/event", p.events)
	return p
}

// listen reads a stream of lines, and comes back when it ends, as programs do.
func (p *apiBot) listen(ctx context.Context, path string, to chan<- map[string]any) {
	for ; ctx.Err() == nil; time.Sleep(200 * time.Millisecond) {
		res, err := p.send(ctx, http.MethodGet, path, nil)
		if err != nil {
			continue
		}
		in := bufio.NewScanner(res.Body)
		for in.Scan() {
			var line map[string]any
			if json.Unmarshal(in.Bytes(), &line) == nil && line != nil {
				to <- line
			}
		}
		_ = res.Body.Close()
	}
}

// seek looks for an opponent until there is one.
func (p *apiBot) seek(t *testing.T) {
	t.Helper()
	res, err := p.send(t.Context(), http.MethodPost, "/api/board/seek", url.Values{"time": {"10"}, "increment": {"2"}})
	if err != nil {
		t.Error(err)
		return
	}
	defer func() { _ = res.Body.Close() }()
	if _, err := io.Copy(io.Discard, res.Body); err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("a seek: status %d, %v", res.StatusCode, err)
	}
}

func (p *apiBot) send(ctx context.Context, method, path string, form url.Values) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, method, "http://"+p.at+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+p.token)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return http.DefaultClient.Do(r)
}

// post asks until the answer is not that the server is busy.
func (p *apiBot) post(path string, form url.Values) map[string]any {
	p.tb.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(200 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
		res, err := p.send(ctx, http.MethodPost, path, form)
		status, body := 0, []byte(nil)
		if err == nil {
			status = res.StatusCode
			body, err = io.ReadAll(res.Body)
			_ = res.Body.Close()
		}
		cancel()
		if err == nil && status < 300 {
			var answer map[string]any
			_ = json.Unmarshal(body, &answer)
			return answer
		}
		if status != 0 && status != http.StatusServiceUnavailable || time.Now().After(deadline) {
			p.tb.Fatalf("%s: status %d, %s, %v", path, status, body, err)
		}
	}
}

// await waits for an event of a type, and returns it.
func (p *apiBot) await(typ string) map[string]any {
	p.tb.Helper()
	for timer := time.After(30 * time.Second); ; {
		select {
		case e := <-p.events:
			if e["type"] == typ {
				return e
			}
		case <-timer:
			p.tb.Fatalf("%s hears of no %s", p.name, typ)
		}
	}
}

// playPrograms has two programs at gateways of their own decline, seek and play.
// In the middle of their game its server ends.
func (c *townOf) playPrograms(t *testing.T) {
	one, two := c.program(t, "One", account.RoleUser, c.gateways[0]), c.program(t, "Two", account.RoleUser, c.gateways[1])
	until(t, "both are there", func() bool { return c.listening() == 2 })
	game := url.Values{"clock.limit": {"600"}, "clock.increment": {"2"}, "color": {"white"}}
	refused := one.post("/api/challenge/two", game)
	two.await("challenge")
	two.post(fmt.Sprintf("/api/challenge/%v/decline", refused["id"]), url.Values{"reason": {"tooFast"}})
	if e, _ := one.await("challengeDeclined")["challenge"].(map[string]any); e["declineReasonKey"] != "toofast" {
		t.Errorf("the reason is %v", e["declineReasonKey"])
	}
	for _, p := range []*apiBot{one, two} {
		go p.seek(t)
	}
	one.await("gameStart")
	two.await("gameStart")
	id := fmt.Sprint(one.post("/api/challenge/two", game)["id"])
	two.await("challenge")
	two.post("/api/challenge/"+id+"/accept", nil)
	one.await("gameStart")
	two.await("gameStart")
	seen := make(chan map[string]any, 1000)
	go two.listen(t.Context(), "/api/board/game/stream/"+id, seen)
	moves := strings.Fields("e2e4 e7e5 g1f3 b8c6 f1b5 a7a6 b5a4 g8f6")
	for ply, uci := range moves {
		if ply == len(moves)/2 {
			c.leave(table.ID(id))
		}
		[]*apiBot{one, two}[ply%2].post("/api/board/game/"+id+"/move/"+uci, nil)
	}
	awaitMoves(t, seen, strings.Join(moves, " "))
	until(t, "both listen again", func() bool { return c.listening() == 2 })
	one.post("/api/board/game/"+id+"/resign", nil)
	two.await("gameFinish")
}

// listening counts who listens to events, when every node that is left knows.
func (c *townOf) listening() int {
	all := 0
	for _, s := range c.apps {
		all += len(s.lichess.Listening())
	}
	for _, s := range c.apps {
		if known := len(s.lichess.Listening()) + len(s.node.listening(context.Background())); known != all {
			return 0
		}
	}
	return all
}

// leave ends the app server that has a table.
func (c *townOf) leave(id table.ID) {
	i := slices.IndexFunc(c.apps, func(s *Server) bool { return s.node.has(id) })
	c.stop[i]()
	c.apps, c.stop = slices.Delete(c.apps, i, i+1), slices.Delete(c.stop, i, i+1)
}

// awaitMoves waits until a stream of a game shows moves.
func awaitMoves(t *testing.T, seen <-chan map[string]any, want string) {
	t.Helper()
	last := ""
	for timer := time.After(30 * time.Second); ; {
		select {
		case line := <-seen:
			if state, ok := line["state"].(map[string]any); ok {
				line = state
			}
			if moves, ok := line["moves"].(string); ok {
				last = moves
			}
			if last == want {
				return
			}
		case <-timer:
			t.Fatalf("the stream shows %q", last)
		}
	}
}
