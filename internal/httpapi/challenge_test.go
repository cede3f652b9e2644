package httpapi_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"kibitz/internal/httpapi"
)

// challengeOf is the body that challenges somebody.
func challengeOf(name string) string {
	return strings.Replace(friendTable, `"friend"`, `"user","name":"`+name+`"`, 1)
}

func (p *person) private(privacy string) {
	p.w.tb.Helper()
	if got := p.call("PATCH", "/api/v1/me", `{"privacy":`+privacy+`}`); got.status != 200 {
		p.w.tb.Fatalf("privacy %s: %d %s", privacy, got.status, got.body)
	}
}

func (p *person) block(name string) {
	p.w.tb.Helper()
	if got := p.call("PUT", "/api/v1/me/blocks/"+name, ""); got.status != 204 {
		p.w.tb.Fatalf("block %s: %d %s", name, got.status, got.body)
	}
}

func TestChallenge(t *testing.T) {
	w := newWorld(t, nil)
	anna, bert, guest := w.member("Anna"), w.member("Bert"), w.guest()
	w.member("Nina").private(`{"challenge":"nobody","chat":"everyone"}`)
	w.member("Rita").private(`{"challenge":"registered","chat":"everyone"}`)
	w.member("Cora").block("Anna")
	w.member("Dora")
	anna.block("Dora")
	rated := strings.Replace(challengeOf("Bert"), `"opponent"`, `"rated":true,"opponent"`, 1)
	refused := func(name string) []string {
		return []string{`{"error":{"code":"not-allowed","message":"` + name + ` does not take challenges from you."}}`}
	}
	const path = "/api/v1/tables"
	checkAPI(t, []apiRow{
		{"to a user", anna, "POST", path, challengeOf("Bert"), 201, []string{`"seat":0`}, nil},
		{"in other letters", anna, "POST", path, challengeOf("bERT"), 201, nil, nil},
		{"rated", anna, "POST", path, rated, 201, nil, nil},
		{"rated, by a guest", guest, "POST", path, rated, 400, []string{"with an account"}, nil},
		{"by a guest", guest, "POST", path, challengeOf("Bert"), 201, nil, nil},
		{"by nobody", &person{w: w}, "POST", path, challengeOf("Bert"), 401, []string{"not-signed-in"}, nil},
		{"to nobody known", anna, "POST", path, challengeOf("Nobody"), 404, []string{`"code":"not-found"`}, nil},
		{"to nobody named", anna, "POST", path, challengeOf(""), 404, []string{`"code":"not-found"`}, nil},
		{"to oneself", anna, "POST", path, challengeOf("anna"), 422, []string{`"code":"invalid"`}, nil},
		{"privacy: nobody", anna, "POST", path, challengeOf("Nina"), 403, refused("Nina"), nil},
		{"privacy: registered", anna, "POST", path, challengeOf("Rita"), 201, nil, nil},
		{"privacy: registered, a guest", guest, "POST", path, challengeOf("Rita"), 403, refused("Rita"), nil},
		{"blocked by them", anna, "POST", path, challengeOf("Cora"), 403, refused("Cora"), nil},
		{"blocked by me", anna, "POST", path, challengeOf("Dora"), 403, refused("Dora"), nil},
		{"an invitation is no game in play", bert, "GET", "/api/v1/users/Bert", "", 200, []string{`"playing":0`}, nil},
	})
}

// TestChallengeIsTold follows a challenge on the socket of who is asked.
func TestChallengeIsTold(t *testing.T) {
	w := newWorld(t, nil)
	anna, bert, cora := w.member("Anna"), w.member("Bert"), w.guest()
	c, other := bert.open(), cora.open()
	c.send(`{"type":"lobby","on":true}`)
	c.want("lobby")
	id := anna.table(challengeOf("Bert"))
	c.wantMine(id, `"seat":1`, `"my_turn":false`, `"waiting":true`, `"opponent":"Anna"`, `"invited":true`, `"control":"3+2"`)
	other.send(actFrame(id, "s1", `{"type":"sit"}`))
	if m := other.wantError("not-allowed"); m["message"] != "This seat is kept for another player." {
		t.Errorf("sitting on a kept seat: %v", m)
	}
	other.send(actFrame(id, "d1", `{"type":"decline"}`))
	other.wantError("not-allowed")
	c.send(actFrame(id, "s1", `{"type":"sit"}`))
	c.wantMine(id, `"waiting":false`)

	second := anna.table(challengeOf("Bert"))
	c.wantMine(second, `"invited":true`)
	c.send(actFrame(second, "d1", `{"type":"decline"}`))
	c.wantMine("", second)
}

// wantMine waits until the running tables that the socket is told have all the
// texts, and a table; with an empty one, until they have none of them.
func (c *client) wantMine(id string, texts ...string) {
	c.tb.Helper()
	for {
		m := c.next()
		if m["type"] != "mine" {
			continue
		}
		if c.mineHas(m, append(texts, id), id != "") {
			return
		}
	}
}

func (c *client) mineHas(m map[string]any, texts []string, want bool) bool {
	c.tb.Helper()
	var all struct{ Tables []json.RawMessage }
	b, err := json.Marshal(m)
	check(c.tb, err)
	check(c.tb, json.Unmarshal(b, &all))
	for _, one := range all.Tables {
		found := true
		for _, text := range texts {
			found = found && strings.Contains(string(one), text)
		}
		if found {
			return want
		}
	}
	return !want
}

func TestChallengesAreBounded(t *testing.T) {
	now := time.Now()
	w := newWorld(t, func(c *httpapi.Config) {
		c.Now = func() time.Time { now = now.Add(3 * time.Second); return now }
	})
	anna := w.member("Anna")
	w.member("Bert")
	cora := w.member("Cora")
	var last string
	for range 20 {
		last = anna.table(challengeOf("Bert"))
	}
	const path = "/api/v1/tables"
	checkAPI(t, []apiRow{
		{"one too many by Anna", anna, "POST", path, challengeOf("Cora"), 403, []string{"20 of your challenges wait"}, nil},
		{"one too many to Bert", cora, "POST", path, challengeOf("Bert"), 403, []string{"Too many challenges wait for Bert"}, nil},
		{"a table for a friend", anna, "POST", path, friendTable, 201, nil, nil},
	})
	c := anna.open()
	c.send(actFrame(last, "c1", `{"type":"cancel"}`))
	c.want("done")
	checkAPI(t, []apiRow{{"after one is cancelled", anna, "POST", path, challengeOf("Cora"), 201, nil, nil}})
}

// TestChatPrivacy says who is heard by an opponent.
func TestChatPrivacy(t *testing.T) {
	w := newWorld(t, nil)
	rows := []struct {
		name   string
		set    func(bert *person, anna string)
		refuse bool
	}{
		{"open", func(*person, string) {}, false},
		{"registered", func(bert *person, _ string) { bert.private(`{"challenge":"everyone","chat":"registered"}`) }, false},
		{"nobody", func(bert *person, _ string) { bert.private(`{"challenge":"everyone","chat":"nobody"}`) }, true},
		{"blocked", (*person).block, true},
	}
	for i, row := range rows {
		annas, berts := fmt.Sprint("Anna", i), fmt.Sprint("Bert", i)
		anna, bert := w.member(annas), w.member(berts)
		id := anna.table(challengeOf(berts))
		a, b := anna.open(), bert.open()
		b.send(actFrame(id, "s1", `{"type":"sit"}`))
		b.want("done")
		row.set(bert, annas)
		a.send(actFrame(id, "c1", `{"type":"chat","preset":"hi"}`))
		if row.refuse {
			if m := a.wantError("not-allowed"); m["message"] != "Your opponent does not take chat from you." || m["id"] != "c1" {
				t.Errorf("%s: %v", row.name, m)
			}
			continue
		}
		if m := a.want("done"); m["id"] != "c1" {
			t.Errorf("%s: %v", row.name, m)
		}
	}
}
