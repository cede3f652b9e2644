package archiver_test

import (
	"bytes"
	"compress/flate"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/clock"
	"kibitz/internal/game/gametest"
	"kibitz/internal/importer"
	"kibitz/internal/sqlstore"
	"kibitz/internal/sqlstore/pgtest"
	"kibitz/internal/table"
	"kibitz/internal/worker"
	"kibitz/internal/worker/archiver"
	"kibitz/internal/worker/ratings"
	"kibitz/internal/worker/stats"
)

// zoe closes her account. She was a guest under another name before.
var (
	zoe      = table.Player{ID: "ZoeZoeZoeZoe", Name: "Zanzibar", Rating: 1510}
	guestZoe = table.Player{ID: zoe.ID, Name: "Guest-ZANZ", Guest: true}
	secrets  = []string{"zanzibar", "guest-zanz", "zoe@example.org", "my secret", "my number"}
)

// onBoth runs a test on a bench on every kind of database; source opens the
// database beside the store.
func onBoth(t *testing.T, test func(t *testing.T, b *bench, driver, source string)) {
	for _, d := range []struct {
		name, driver string
		fresh        func(testing.TB) string
	}{
		{"SQLite", "sqlite", func(tb testing.TB) string { return filepath.Join(tb.TempDir(), "a.db") }},
		{"PostgreSQL", "pgx", pgtest.New},
	} {
		t.Run(d.name, func(t *testing.T) {
			source := d.fresh(t)
			b := newBench(t)
			var err error
			if b.db, err = sqlstore.Open(t.Context(), source); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = b.db.Close() })
			b.restart()
			test(t, b, d.driver, source)
		})
	}
}

// restart makes the archiver anew, as after a crash.
func (b *bench) restart() {
	b.t.Helper()
	var err error
	b.a, err = archiver.New(archiver.Config{
		Journal: b.journal, Store: b.db, Catalog: b.catalog, Now: func() time.Time { return b.now }, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

// made makes a table of a setup.
func (b *bench) made(id table.ID, s table.Setup) *table.Table {
	b.t.Helper()
	s.Kind, s.Control = "chess", clock.Control{Initial: time.Minute}
	if s.Origin == "" {
		s.Origin = table.OriginFriend
	}
	records, err := table.Create(id, s, b.now, b.catalog, gametest.NewChance(1))
	if err != nil {
		b.t.Fatal(err)
	}
	b.append(records)
	b.used[id.Partition()] = true
	t, err := table.Load(b.catalog, records)
	if err != nil {
		b.t.Fatal(err)
	}
	return t
}

// does lets somebody do something: a type and data.
func (b *bench) does(t *table.Table, who table.Player, typ, data string) {
	b.t.Helper()
	b.now = b.now.Add(time.Second)
	cmd := table.Command{Actor: who, At: b.now, Type: typ, Data: []byte(data), Report: clock.NoReport()}
	records, err := t.Judge(cmd, table.Presence{Chance: gametest.NewChance(2)})
	if err == nil {
		b.append(records)
		_, err = t.Apply(records, nil)
	}
	if err != nil {
		b.t.Fatalf("%s of %s: %v", typ, who.Name, err)
	}
}

// plays plays two moves, and lets Black resign when over is true.
func (b *bench) plays(t *table.Table, white, black table.Player, over bool) {
	b.t.Helper()
	b.does(t, white, "move", `{"uci":"e2e4"}`)
	b.does(t, black, "move", `{"uci":"e7e5"}`)
	if over {
		b.does(t, black, "resign", `{}`)
	}
}

// steps does everything of a step, with a crash behind each part.
func (b *bench) steps(make func() worker.Step) {
	b.t.Helper()
	for more := true; more; {
		b.restart()
		var err error
		if more, err = make().Step(b.t.Context()); err != nil {
			b.t.Fatal(err)
		}
	}
}

// follow archives, rates and counts what there is.
func (b *bench) follow() {
	b.t.Helper()
	b.project(b.entries())
	b.steps(func() worker.Step { return ratings.New(b.db, b.db) })
	b.steps(func() worker.Step { return stats.New(b.db, b.db) })
}

// life is what zoe does before she goes: she plays, as a guest, rated and by
// invitation, writes as a player and as a spectator, and brings a file. It
// returns a game of hers that goes on.
func (b *bench) life() *table.Table {
	b.t.Helper()
	bob := seats[1]
	b.plays(b.made("AsGuest1", table.Setup{Seats: []table.Player{guestZoe, bob}}), guestZoe, bob, true)
	rated := b.made("Rated001", table.Setup{Rated: true, Seats: []table.Player{bob, zoe}})
	b.plays(rated, bob, zoe, true)
	b.does(rated, zoe, "chat", `{"text":"my secret"}`)
	asked := b.made("Asked001", table.Setup{Seats: []table.Player{bob, {}}, Invited: zoe})
	b.does(asked, zoe, "sit", `{}`)
	b.plays(asked, bob, zoe, true)
	watched := b.made("Watched1", table.Setup{Seats: []table.Player{seats[0], bob}})
	b.does(watched, zoe, "chat", `{"text":"my number"}`)
	b.plays(watched, seats[0], bob, true)
	for n := range 140 { // more than two parts
		b.plays(b.made(table.ID(fmt.Sprintf("Many%04d", n)), table.Setup{Rated: n%2 == 0, Seats: []table.Player{zoe, bob}}), zoe, bob, true)
	}
	running := b.made("Running1", table.Setup{Rated: true, Seats: []table.Player{bob, zoe}})
	b.plays(running, bob, zoe, false)
	b.bring()
	return running
}

// bring makes the account, and puts a game into its library.
func (b *bench) bring() {
	b.t.Helper()
	ctx := b.t.Context()
	if err := b.db.Add(ctx, account.User{ID: zoe.ID, Name: zoe.Name}, account.Session{User: zoe.ID, Client: account.Client{Browser: "my number"}}); err != nil {
		b.t.Fatal(err)
	}
	if err := b.db.Change(ctx, zoe.ID, func(a *account.Account) error { a.Email = "zoe@example.org"; return nil }); err != nil {
		b.t.Fatal(err)
	}
	one := importer.Import{ID: "Import01", Owner: zoe.ID, State: "running"}
	if err := b.db.AddImport(ctx, one); err != nil {
		b.t.Fatal(err)
	}
	one.State = "done"
	players := []archive.Player{{Name: "Zanzibar"}, {Name: "My Secret Friend"}}
	if err := b.db.SaveImport(ctx, one, []importer.Entry{{ID: "Brought1", Owner: zoe.ID, Import: one.ID, Players: players, Text: []byte(`[White "Zanzibar"]`)}}); err != nil {
		b.t.Fatal(err)
	}
}

// TestClosedAccount looks into every field of every table for what a person
// who closed the account was called, and wrote.
func TestClosedAccount(t *testing.T) {
	onBoth(t, func(t *testing.T, b *bench, driver, source string) {
		running := b.life()
		b.follow()
		if found := b.search(driver, source); len(found) < 8 {
			t.Fatalf("before the account is closed there is only %q: the test looks in the wrong places", found)
		}
		people := account.People{Store: b.db, Random: strings.NewReader(strings.Repeat("random bytes", 99)), Now: time.Now}
		if err := people.Close(t.Context(), zoe.ID); err != nil {
			t.Fatal(err)
		}
		b.steps(func() worker.Step { return b.a.Erase() })
		b.clean(driver, source)
		b.does(running, seats[1], "move", `{"uci":"g1f3"}`)
		b.does(running, zoe, "resign", `{}`)
		b.follow()
		b.does(running, zoe, "chat", `{"text":"my secret"}`) // after the end, and archived once more
		b.follow()
		b.clean(driver, source)
		g, err := b.db.Game(t.Context(), "Running1")
		if err != nil || g.Players[0].Name != seats[1].Name || !g.Players[1].Closed() || g.Players[1].After == 0 {
			t.Errorf("the game that ended later is %+v, %v", g, err)
		}
		if poisons := b.poisons(); len(poisons) > 0 {
			t.Errorf("set aside: %+v", poisons)
		}
		if err := b.db.SaveImport(t.Context(), importer.Import{Owner: zoe.ID}, nil); !errors.Is(err, importer.ErrNone) {
			t.Errorf("an import that goes on = %v, want ErrNone", err)
		}
	})
}

// clean fails where something is left.
func (b *bench) clean(driver, source string) {
	b.t.Helper()
	for _, found := range b.search(driver, source) {
		b.t.Errorf("left: %s", found)
	}
}

// search returns where the secrets are.
func (b *bench) search(driver, source string) (found []string) {
	b.t.Helper()
	db, err := sql.Open(driver, source)
	if err != nil {
		b.t.Fatal(err)
	}
	defer db.Close()
	names := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
	if driver == "pgx" {
		names = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`
	}
	for _, name := range column(b.t, db, names) {
		for _, field := range column(b.t, db, "SELECT * FROM "+name) {
			for _, text := range []string{field, inflated(field)} {
				for _, secret := range secrets {
					if strings.Contains(strings.ToLower(text), secret) {
						found = append(found, name+": "+text[:min(300, len(text))])
					}
				}
			}
		}
	}
	games, err := b.db.After(b.t.Context(), 0, 1000)
	if err != nil {
		b.t.Fatal(err)
	}
	for i := range games {
		found = append(found, b.searchRecord(games[i].ID)...)
	}
	return found
}

// searchRecord unpacks a game, and looks through its records.
func (b *bench) searchRecord(id table.ID) (found []string) {
	b.t.Helper()
	records, err := archive.Library{Games: b.db, Catalog: b.catalog}.Records(b.t.Context(), id)
	if err != nil {
		b.t.Fatalf("%s: %v", id, err)
	}
	for _, r := range records {
		for _, secret := range secrets {
			if strings.Contains(strings.ToLower(string(r.Data)), secret) {
				found = append(found, string(id)+": "+string(r.Data))
			}
		}
	}
	return found
}

// column returns every field of every row as text.
func column(t *testing.T, db *sql.DB, query string) (all []string) {
	t.Helper()
	rows, err := db.QueryContext(context.Background(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		fields, at := make([]any, len(names)), make([]any, len(names))
		for i := range fields {
			at[i] = &fields[i]
		}
		if err := rows.Scan(at...); err != nil {
			t.Fatal(err)
		}
		for _, f := range fields {
			if b, ok := f.([]byte); ok {
				f = string(b)
			}
			all = append(all, fmt.Sprint(f))
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// inflated is what a field holds, if it is compressed.
func inflated(field string) string {
	text, _ := io.ReadAll(flate.NewReader(bytes.NewReader([]byte(field))))
	return string(text)
}
