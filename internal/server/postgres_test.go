package server

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/clock"
	"kibitz/internal/sqlstore/pgtest"
	"kibitz/internal/table"
)

// pgKills is how often the server on PostgreSQL is killed.
const pgKills = 8

// visitor is a browser at a server.
type visitor struct {
	t    *testing.T
	base string
	web  http.Client
}

func visit(t *testing.T, s *Server) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{t, "http://" + s.Addr().String() + "/api/v1/", http.Client{Jar: jar}}
}

// ask sends a request, which must succeed, and reads the answer into v unless
// that is nil.
func (v *visitor) ask(method, path, body string, into any) {
	v.t.Helper()
	r, err := http.NewRequestWithContext(v.t.Context(), method, v.base+path, strings.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	answer, err := v.web.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode >= 300 {
		v.t.Fatalf("%s %s: %d %s, %v", method, path, answer.StatusCode, text, err)
	}
	if into != nil {
		if err := json.NewDecoder(bytes.NewReader(text)).Decode(into); err != nil {
			v.t.Fatalf("%s %s: %s: %v", method, path, text, err)
		}
	}
}

const visitorPassword = "violet-Kettle-93-drum"

// signUp makes an account, and returns its player.
func (v *visitor) signUp(name string) table.Player {
	v.t.Helper()
	var body struct{ User struct{ ID account.ID } }
	v.ask("POST", "signup", `{"name":"`+name+`","password":"`+visitorPassword+`"}`, &body)
	return table.Player{ID: body.User.ID, Name: name}
}

// history returns the tables and endings of the games of somebody.
func (v *visitor) history(name string) (all []string) {
	v.t.Helper()
	var body struct {
		Games []struct {
			Table  string
			Result struct{ Status string }
		}
	}
	v.ask("GET", "users/"+name+"/games", "", &body)
	for _, g := range body.Games {
		all = append(all, g.Table+" "+g.Result.Status)
	}
	return all
}

// resigned plays a rated game that Black gives up.
func resigned(t *testing.T, s *Server, seats []table.Player) table.ID {
	t.Helper()
	id, err := s.host.Create(t.Context(), table.Setup{
		Kind: "chess", Control: clock.Control{Initial: 3 * time.Minute}, Origin: table.OriginPool, Rated: true, Seats: seats,
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, move := range []string{`{"uci":"e2e4"}`, `{"uci":"e7e5"}`} {
		do(t, s.host, table.Command{Table: id, Actor: seats[i], ID: table.ActionID("m" + move[8:10]), Type: "move", Data: []byte(move)})
	}
	do(t, s.host, table.Command{Table: id, Actor: seats[1], ID: "r", Type: "resign", Data: []byte("{}")})
	return id
}

// TestPostgres runs a server on PostgreSQL from the first account to the last
// game, kills it on the way, and checks what it kept.
func TestPostgres(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts and kills a server many times")
	}
	at := Config{Data: t.TempDir(), Database: pgtest.New(t)}
	s, stop := serveAt(t, at)
	anna, bert := visit(t, s), visit(t, s)
	seats := []table.Player{anna.signUp("Anna"), bert.signUp("Bert")}
	want := string(resigned(t, s, seats)) + " resign"
	until(t, "the game is in the history", func() bool { return len(bert.history("Anna")) == 1 })
	stop()
	killed(t, at, pgKills)

	s, stop = serveAt(t, at)
	defer stop()
	anna = visit(t, s)
	anna.ask("POST", "login", `{"name":"anna","password":"`+visitorPassword+`"}`, nil)
	if got := anna.history("Anna"); len(got) != 1 || got[0] != want {
		t.Errorf("after %d kills the history is %q, want %q", pgKills, got, want)
	}
	var me struct{ Ratings []struct{ Games int } }
	anna.ask("GET", "me/ratings", "", &me)
	if len(me.Ratings) != 1 || me.Ratings[0].Games != 1 {
		t.Errorf("the ratings are %+v, want one after one game", me.Ratings)
	}
	anna.ask("POST", "me/close", `{"name":"Anna","password":"`+visitorPassword+`"}`, nil)
	until(t, "the closed account is erased", func() bool {
		n, err := s.stores.archive.Closing(t.Context())
		return err == nil && n == 0
	})
	g, err := s.stores.archive.Game(t.Context(), table.ID(want[:table.IDLen]))
	if err != nil || !g.Players[0].Closed() || g.Players[1].Name != "Bert" {
		t.Errorf("the game is %+v, %v, want a closed account against Bert", g, err)
	}
	stop()
	var report strings.Builder
	at.Log = slog.New(slog.DiscardHandler)
	if audit, err := Check(t.Context(), at, &report); err != nil || audit.Differences != 0 {
		t.Errorf("Check() = %+v, %v\n%s", audit, err, report.String())
	}
}
