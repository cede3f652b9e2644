package httpapi_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/analysis"
	"kibitz/internal/archive"
	"kibitz/internal/chess"
	"kibitz/internal/clock"
	"kibitz/internal/export"
	"kibitz/internal/export/pgn"
	"kibitz/internal/game"
	"kibitz/internal/games"
	"kibitz/internal/httpapi"
	"kibitz/internal/importer"
	"kibitz/internal/inmem"
	"kibitz/internal/sqlstore"
	"kibitz/internal/table"
)

// shelves is a node with a database of finished games.
type shelves struct {
	*world
	db      *sqlstore.Store
	journal *inmem.Journal
	catalog game.Catalog
}

// newShelves starts a node whose library is real, with no engine.
func newShelves(t *testing.T) *shelves {
	t.Helper()
	db, err := sqlstore.Open(t.Context(), t.TempDir()+"/a.db")
	check(t, err)
	t.Cleanup(func() { _ = db.Close() })
	s := &shelves{db: db, journal: inmem.NewJournal(), catalog: game.Catalog{chess.Kind: chess.NewRules(chess.DrawLichess)}}
	source := &export.Source{Catalog: s.catalog, Journal: s.journal, Archive: db, Opening: pgn.Opening}
	imports, err := importer.New(importer.Config{Store: db, Reader: pgn.File{Rules: s.catalog[chess.Kind]}, Dir: t.TempDir()})
	check(t, err)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); imports.Run(ctx) }()
	t.Cleanup(func() { stop(); <-done })
	s.world = newWorld(t, func(c *httpapi.Config) {
		c.Catalog = s.catalog
		c.Library = httpapi.Library{
			Games: source, Collection: &export.Collection{Source: source, History: db, PGN: pgn.Format},
			Formats: map[string]export.Format{"pgn": pgn.Format, "ndjson": export.NDJSON},
			Rows:    db, History: db, Ratings: db, Counts: db, Imports: imports,
			Facets: db, Standings: db, Finals: finals{archive.Library{Games: db, Catalog: s.catalog}},
			Reviews: analysis.New(analysis.Config{Store: db, Games: source, Reviewer: &games.Reviewer{}}),
		}
	})
	return s
}

var begun = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

// play makes the records of a game between two people; each move takes two
// seconds.
func (s *shelves) play(t *testing.T, id table.ID, seats []table.Player, actions ...string) []table.Record {
	t.Helper()
	records, err := table.Create(id, table.Setup{
		Kind: chess.Kind, Control: clock.Control{Initial: 3 * time.Minute, Increment: 2 * time.Second}, Seats: seats, Origin: table.OriginLobby,
	}, begun, s.catalog, dice{})
	check(t, err)
	tab, err := table.Load(s.catalog, records)
	check(t, err)
	for i, action := range actions {
		typ, data := "move", `{"type":"move","uci":"`+action+`"}`
		if action == "resign" {
			typ, data = action, `{"type":"resign"}`
		}
		more, err := tab.Judge(table.Command{
			Table: id, Actor: seats[tab.ToAct().First()], ID: table.ActionID(fmt.Sprint("a", i)), At: begun.Add(time.Duration(i+1) * 2 * time.Second),
			Report: clock.Report{Spent: -1, Lag: -1, FrameLag: -1}, Type: typ, Data: []byte(data),
		}, table.Presence{Chance: dice{}})
		check(t, err)
		_, err = tab.Apply(more, nil)
		check(t, err)
		records = append(records, more...)
	}
	return records
}

// finish puts a game into the archive.
func (s *shelves) finish(t *testing.T, records []table.Record) {
	t.Helper()
	sum, err := archive.Summarize(s.catalog, records)
	check(t, err)
	sum.Game.Opening = archive.Opening{ECO: "C20", Name: "King's Pawn Game"}
	blob, err := archive.Pack(&sum.Game, s.catalog[chess.Kind], records)
	check(t, err)
	check(t, s.db.Write(t.Context(), &archive.Batch{
		Projection: archive.ProjectArchive, Finished: []archive.Finished{{Game: sum.Game, Blob: blob}},
	}))
}

func seatOf(p *person, name string) table.Player {
	return table.Player{ID: account.ID(p.id), Name: name, Guest: true}
}

// nameOf asks a guest for their name.
func nameOf(p *person) string {
	var body struct {
		User struct{ Name string }
	}
	_ = json.Unmarshal([]byte(p.call("GET", "/api/v1/me", "").body), &body)
	return body.User.Name
}

// TestGames says of every address of games what it answers, and what must be
// absent: of a game that runs no review, and of a person nothing that is
// theirs alone.
func TestGames(t *testing.T) {
	s := newShelves(t)
	anna, bert, eve, nobody := s.guest(), s.guest(), s.guest(), &person{w: s.world}
	a, b := nameOf(anna), nameOf(bert)
	seats := []table.Player{seatOf(anna, a), seatOf(bert, b)}
	s.finish(t, s.play(t, "over0001", seats, "e2e4", "e7e5", "f1c4", "b8c6", "d1h5", "g8f6", "h5f7"))
	s.finish(t, s.play(t, "over0002", []table.Player{seats[1], seats[0]}, "d2d4", "d7d5", "resign"))
	running := s.play(t, "runs0001", seats, "e2e4", "e7e5", "g1f3")
	check(t, s.journal.Append(t.Context(), "runs0001", 0, running))
	waits := s.play(t, "wait0001", []table.Player{seats[0], {}})
	check(t, s.journal.Append(t.Context(), "wait0001", 0, waits))
	secret := strings.SplitN(anna.cookie, "=", 2)[1]
	absent := []string{secret, "password", "email", "hash"}

	report := `{"engine":"wasm","nodes":100000,"start":{"cp":20},"plies":[{"cp":20},{"cp":25},{"cp":10},{"cp":15},{"cp":-20},{"mate":1,"best":"g7g6","pv":["g7g6"]},{}]}`
	users, games := "/api/v1/users/", "/api/v1/games/"
	checkAPI(t, []apiRow{
		{"a finished game", nobody, "GET", games + "over0001", "", 200,
			[]string{`"running":false`, `"status":"mate"`, `"san":"Qxf7#"`, `"left_ms":[180000,180000,180000`, `"spent_ms":[`,
				`"eco":"C23"`, `"review":"none"`, `"control":"3+2"`, `"ended_at":17`}, absent},
		{"a game that runs", nobody, "GET", games + "runs0001", "", 200, []string{`"running":true`, `"ended_at":null`, `"san":"Nf3"`, `"review":"none"`}, append(absent, "report")},
		{"a table that waits", nobody, "GET", games + "wait0001", "", 404, []string{"unknown-table"}, []string{a}},
		{"no game", nobody, "GET", games + "none0001", "", 404, []string{"unknown-table"}, nil},
		{"not an id", nobody, "GET", games + "x", "", 404, []string{"unknown-table"}, nil},
		{"pgn", nobody, "GET", games + "over0001.pgn", "", 200, []string{`[ECO "C23"]`, "Qxf7# { [%clk 0:03", "1-0", "/g/over0001"}, append(absent, "eval")},
		{"pgn without clocks", nobody, "GET", games + "over0001.pgn?clocks=false", "", 200, []string{"Qxf7# 1-0"}, []string{"clk"}},
		{"pgn for programs", nobody, "GET", "/api/games/over0001.pgn", "", 200, []string{"Qxf7#"}, absent},
		{"no such format", nobody, "GET", games + "over0001.exe", "", 404, []string{"unknown-table"}, nil},

		{"review of a game that runs", anna, "GET", games + "runs0001/analysis", "", 403, []string{"still running"}, []string{"report"}},
		{"asking for one", anna, "POST", games + "runs0001/analysis", "", 403, []string{"still running"}, nil},
		{"adding one", anna, "PUT", games + "runs0001/analysis", report, 403, []string{"still running"}, nil},
		{"no review", nobody, "GET", games + "over0001/analysis", "", 200, []string{`"status":"none"`, `"engine":false`}, []string{"report", "ahead"}},
		{"no engine", anna, "POST", games + "over0001/analysis", "", 403, []string{"no engine"}, nil},
		{"asking, nobody", nobody, "POST", games + "over0001/analysis", "", 401, []string{"not-signed-in"}, nil},
		{"adding, nobody", nobody, "PUT", games + "over0001/analysis", report, 401, []string{"not-signed-in"}, nil},
		{"adding, a stranger", eve, "PUT", games + "over0001/analysis", report, 403, []string{"only its players"}, nil},
		{"adding nonsense", anna, "PUT", games + "over0001/analysis", `[1]`, 400, []string{"malformed"}, nil},
		{"adding a part", anna, "PUT", games + "over0001/analysis", `{"engine":"x","nodes":1,"plies":[]}`, 422, []string{"invalid", "7"}, nil},
		{"adding", anna, "PUT", games + "over0001/analysis", report, 204, nil, nil},
		{"adding again", bert, "PUT", games + "over0001/analysis", report, 409, []string{"taken"}, nil},
		{"the review", nobody, "GET", games + "over0001/analysis", "", 200,
			[]string{`"status":"done"`, `"by":"client"`, `"class":"blunder"`, `"best":"g7g6"`, `"accuracy":`}, append(absent, "mine")},
		{"pgn with what was thought", nobody, "GET", games + "over0001.pgn?evals=true", "", 200, []string{"[%eval #1]", "Nf6??"}, nil},
		{"cancelling nothing", anna, "DELETE", games + "over0001/analysis", "", 404, []string{"not-found"}, nil},

		{"history", nobody, "GET", users + a + "/games", "", 200,
			[]string{`"table":"over0001"`, `"table":"over0002"`, `"you":1`, `"next":""`, `"status":"resign"`,
				`"fen":"r1bqkb1r/pppp1Qpp/2n2n2/4p3/2B1P3/8/PPPP1PPP/RNB1K1NR b KQkq - 0 4"`}, append(absent, "runs0001", "wait0001")},
		{"history, case", nobody, "GET", users + strings.ToUpper(a) + "/games", "", 200, []string{"over0001"}, nil},
		{"history, a page", nobody, "GET", users + a + "/games?limit=1", "", 200, []string{`"next":"17`}, nil},
		{"history, wins", nobody, "GET", users + a + "/games?result=win&color=white", "", 200, []string{"over0001"}, []string{"over0002"}},
		{"history, losses", nobody, "GET", users + a + "/games?result=loss", "", 200, []string{`"games":[]`}, nil},
		{"history, rated", nobody, "GET", users + a + "/games?rated=true", "", 200, []string{`"games":[]`}, nil},
		{"history, a day", nobody, "GET", users + a + "/games?from=2026-03-14&to=2026-03-14&speed=blitz&kind=chess", "", 200, []string{"over0001"}, nil},
		{"history, another day", nobody, "GET", users + a + "/games?from=2026-03-15", "", 200, []string{`"games":[]`}, nil},
		{"history, opponent", nobody, "GET", users + a + "/games?opponent=" + b, "", 200, []string{"over0001"}, nil},
		{"history, no such opponent", nobody, "GET", users + a + "/games?opponent=xyz", "", 200, []string{`"games":[]`}, nil},
		{"history, bad speed", nobody, "GET", users + a + "/games?speed=slow", "", 400, []string{"malformed"}, nil},
		{"history, bad day", nobody, "GET", users + a + "/games?from=yesterday", "", 400, []string{"malformed"}, nil},
		{"history, bad limit", nobody, "GET", users + a + "/games?limit=51", "", 400, []string{"malformed"}, nil},
		{"history, bad cursor", nobody, "GET", users + a + "/games?cursor=1-drop", "", 400, []string{"malformed"}, nil},
		{"history of nobody", nobody, "GET", users + "xyz/games", "", 404, []string{"not-found"}, nil},
		{"against", nobody, "GET", users + a + "/against/" + b, "", 200, []string{`"games":2`, `"win":2`, `"last":{"at":`}, absent},
		{"against nobody", nobody, "GET", users + a + "/against/xyz", "", 404, []string{"not-found"}, nil},

		{"profile", nobody, "GET", users + a, "", 200, []string{`"name":"` + a, `"joined_at":`, `"ratings":[]`, `"online":false`}, append(absent, `"you"`)},
		{"profile, mine", anna, "GET", users + a, "", 200, []string{`"self":true`, `"may_challenge":false`}, absent},
		{"profile, another's", bert, "GET", users + a, "", 200, []string{`"self":false`, `"may_challenge":true`, `"blocked":false`}, absent},
		{"profile of nobody", nobody, "GET", users + "xyz", "", 404, []string{"not-found"}, nil},
		{"statistics", nobody, "GET", users + a + "/stats", "", 200, []string{`"best_win":null`, `"openings":[]`, `"colors":{"black":{"win":0,"draw":0,"loss":0},"white":{"win":0`, `"controls":[]`}, absent},
		{"chart", nobody, "GET", users + a + "/ratings/blitz/history", "", 200, []string{`"points":[]`}, nil},
		{"no such chart", nobody, "GET", users + a + "/ratings/slow/history", "", 404, []string{"not-found"}, nil},
		{"leaderboard", nobody, "GET", "/api/v1/leaderboards/blitz", "", 200, []string{`"players":[]`, `"next":""`}, []string{`"you"`}},
		{"no such leaderboard", nobody, "GET", "/api/v1/leaderboards/slow", "", 404, []string{"not-found"}, nil},
		{"my ratings", anna, "GET", "/api/v1/me/ratings", "", 200, []string{`"ratings":[]`}, nil},
		{"search", nobody, "GET", "/api/v1/users?prefix=gu", "", 200, []string{`"users":[]`}, []string{a}},
		{"search for nothing", nobody, "GET", "/api/v1/users?prefix=", "", 404, nil, nil},

		{"all mine", anna, "GET", "/api/v1/me/games.pgn", "", 200, []string{"over0002", "over0001"}, append(absent, "runs0001")},
		{"all mine, nobody", nobody, "GET", "/api/v1/me/games.pgn", "", 401, nil, []string{"over0001"}},
		{"all mine from where it broke", anna, "GET", "/api/v1/me/games.ndjson?after=over0001", "", 200, []string{`"table":"over0002"`}, []string{`"table":"over0001"`}},
		{"all of somebody", nobody, "GET", users + a + "/games.pgn?result=win&color=white", "", 200, []string{"over0001"}, append(absent, "over0002")},
		{"all of somebody, bad filter", nobody, "GET", users + a + "/games.pgn?max=x", "", 400, []string{"malformed"}, nil},
		{"all of nobody", nobody, "GET", users + "xyz/games.pgn", "", 404, nil, nil},
		{"imports are for members", anna, "GET", "/api/v1/me/imports", "", 403, []string{"sign up"}, nil},
		{"imports, nobody", nobody, "POST", "/api/v1/me/imports", "1. e4 *", 401, nil, nil},
	})
}

// TestImports brings a file, and looks at who sees what of it.
func TestImports(t *testing.T) {
	s := newShelves(t)
	anna, other := s.member("Anna"), s.member("Other")
	const file = "[White \"Wanda\"]\n[Black \"Bruno\"]\n[Result \"1-0\"]\n\n1. e4 e5 2. Nf3 {good} 1-0\n\n" +
		"[White \"Wanda\"]\n\n1. e4 e4 *\n\n[White \"Wanda\"]\n[Black \"Bruno\"]\n[Result \"1-0\"]\n\n1. e4 e5 2. Nf3 1-0\n"
	first := s.bring(t, anna, "", file)
	if first.State != importer.Done || first.Games != 3 || first.Added != 1 || first.Duplicates != 1 || first.Refused != 1 ||
		len(first.Errors) != 1 || first.Errors[0].Game != 2 || first.Errors[0].Line != 7 {
		t.Errorf("got %+v", first)
	}
	again := s.bring(t, anna, "?public=true", strings.Replace(file, "Bruno", "Berta", 1))
	if again.Added != 1 || again.Duplicates != 1 {
		t.Errorf("got %+v", again)
	}
	mine := anna.call("GET", "/api/v1/users/Anna/games?source=import", "").body
	theirs := other.call("GET", "/api/v1/users/Anna/games?source=import", "").body
	if strings.Count(mine, `"source":"import"`) != 2 || strings.Count(theirs, `"source":"import"`) != 1 || strings.Contains(theirs, "Bruno") {
		t.Errorf("got %s to the owner and %s to others", mine, theirs)
	}
	var list struct {
		Games []struct{ Table, Opening string }
	}
	check(t, json.Unmarshal([]byte(mine), &list))
	seen := 0
	for _, g := range list.Games {
		if got := anna.call("GET", "/api/v1/games/"+g.Table+".pgn", ""); got.status != 200 || !strings.Contains(got.body, "2. Nf3") {
			t.Errorf("%s: %d %s", g.Table, got.status, got.body)
		}
		if other.call("GET", "/api/v1/games/"+g.Table, "").status == 200 {
			seen++
		}
	}
	if seen != 1 {
		t.Errorf("others see %d games, want the public one", seen)
	}
	path := "/api/v1/me/imports/" + string(first.ID)
	checkAPI(t, []apiRow{
		{"somebody else's import", other, "GET", path, "", 404, []string{"not-found"}, []string{"Wanda"}},
		{"deleting it", anna, "DELETE", path, "", 204, nil, nil},
		{"gone", anna, "GET", path, "", 404, []string{"not-found"}, nil},
		{"the list", anna, "GET", "/api/v1/me/imports", "", 200, []string{string(again.ID)}, []string{string(first.ID)}},
		{"the games are gone, too", anna, "GET", "/api/v1/users/Anna/games?source=import", "", 200, []string{"Berta"}, []string{"Bruno"}},
	})
}

// bring imports a file and waits until it is done.
func (s *shelves) bring(t *testing.T, p *person, query, file string) importer.Import {
	t.Helper()
	var one importer.Import
	got := p.call("POST", "/api/v1/me/imports"+query, file)
	if got.status != http.StatusCreated {
		t.Fatal(got.status, got.body)
	}
	check(t, json.Unmarshal([]byte(got.body), &one))
	for range 2000 {
		check(t, json.Unmarshal([]byte(p.call("GET", "/api/v1/me/imports/"+string(one.ID), "").body), &one))
		if one.State != importer.Running {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	return one
}
