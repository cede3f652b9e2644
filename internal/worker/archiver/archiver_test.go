package archiver_test

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kibitz/internal/archive"
	"kibitz/internal/chess"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/game/gametest"
	"kibitz/internal/inmem"
	"kibitz/internal/sqlstore"
	"kibitz/internal/table"
	"kibitz/internal/worker"
	"kibitz/internal/worker/archiver"
)

var seats = []table.Player{{ID: "AnnAnnAnnAnn", Name: "Ann"}, {ID: "BobBobBobBob", Name: "Bob"}}

// bench is an archiver with a journal and a database of its own.
type bench struct {
	t       *testing.T
	journal *inmem.Journal
	db      *sqlstore.Store
	a       *archiver.Archiver
	catalog game.Catalog
	busy    map[table.ID]bool
	now     time.Time
	// at is how far each partition was handed on.
	at map[int]table.Position
	// used are the partitions that have tables, and left how many records of
	// each are not handed on.
	used map[int]bool
	left map[int]int
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{
		t: t, journal: inmem.NewJournal(), busy: make(map[table.ID]bool), at: make(map[int]table.Position), used: make(map[int]bool), left: make(map[int]int),
		catalog: game.Catalog{"chess": chess.NewRules(chess.DrawLichess), "highcard": gametest.HighCard{}},
		now:     time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
	}
	var err error
	if b.db, err = sqlstore.Open(t.Context(), filepath.Join(t.TempDir(), "a.db")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.db.Close() })
	b.a, err = archiver.New(archiver.Config{
		Journal: b.journal, Store: b.db, Catalog: b.catalog, Busy: func(l archive.Live) bool { return b.busy[l.Table] },
		Now: func() time.Time { return b.now }, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// begin makes a table.
func (b *bench) begin(id table.ID, kind game.Kind, players ...table.Player) *table.Table {
	b.t.Helper()
	records, err := table.Create(id, table.Setup{Kind: kind, Control: clock.Control{Initial: time.Minute}, Origin: table.OriginFriend, Seats: players},
		b.now, b.catalog, gametest.NewChance(1))
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

func (b *bench) append(records []table.Record) {
	b.t.Helper()
	if err := b.journal.Append(b.t.Context(), records[0].Table, records[0].Seq-1, records); err != nil {
		b.t.Fatal(err)
	}
	b.left[records[0].Table.Partition()] += len(records)
}

// act does something at a table: "0 move e2e4" is a move of seat 0.
func (b *bench) act(t *table.Table, actions ...string) {
	b.t.Helper()
	for _, action := range actions {
		var seat int
		var typ, uci string
		_, _ = fmt.Sscan(action, &seat, &typ, &uci)
		b.now = b.now.Add(time.Second)
		cmd := table.Command{Actor: seats[seat], At: b.now, Type: typ, Data: fmt.Appendf(nil, `{"uci":%q,"preset":"gg"}`, uci), Report: clock.NoReport()}
		records, err := t.Judge(cmd, table.Presence{Chance: gametest.NewChance(2)})
		if err == nil {
			b.append(records)
			_, err = t.Apply(records, nil)
		}
		if err != nil {
			b.t.Fatalf("%s: %v", action, err)
		}
	}
}

// entries returns what the journal has behind the places handed on so far.
func (b *bench) entries() []worker.Entry {
	b.t.Helper()
	var all []worker.Entry
	for partition := range b.used {
		if b.left[partition] == 0 {
			continue // a follower waits for more for ever
		}
		for e, err := range b.journal.Follow(b.t.Context(), partition, b.at[partition]) {
			if err != nil {
				b.t.Fatal(err)
			}
			b.at[partition] = e.Position
			all = append(all, worker.Entry{Partition: partition, Entry: e})
			if b.left[partition]--; b.left[partition] == 0 {
				break
			}
		}
	}
	return all
}

func (b *bench) project(entries []worker.Entry) {
	b.t.Helper()
	if err := b.a.Project(b.t.Context(), entries); err != nil {
		b.t.Fatal(err)
	}
}

// moves returns the live moves of a table in one line.
func (b *bench) moves(id table.ID) string {
	b.t.Helper()
	all, err := b.db.Moves(b.t.Context(), id)
	if err != nil {
		b.t.Fatal(err)
	}
	var words []string
	for i, m := range all {
		if m.Ply != i+1 || m.User != seats[i%2].ID {
			b.t.Errorf("move %d is %+v", i+1, m)
		}
		words = append(words, m.What)
	}
	return strings.Join(words, " ")
}

func (b *bench) poisons() []archive.Poison {
	b.t.Helper()
	all, err := b.db.Poisons(b.t.Context(), 10)
	if err != nil {
		b.t.Fatal(err)
	}
	return all
}

// TestMovesFollow hands a game with takebacks on in batches of every size.
func TestMovesFollow(t *testing.T) {
	for size := 1; size <= 12; size++ {
		b := newBench(t)
		game := b.begin("Moves001", "chess", seats...)
		b.act(game, "0 move e2e4", "1 move e7e5", "0 move g1f3", "0 takeback", "1 takeback", "0 move f1c4", "1 move b8c6",
			"0 takeback", "1 takeback", "0 move d2d4")
		entries := b.entries()
		for len(entries) > 0 {
			n := min(size, len(entries))
			b.project(entries[:n])
			entries = entries[n:]
		}
		if got, want := b.moves("Moves001"), "e2e4 e7e5 d2d4"; got != want {
			t.Errorf("batches of %d: the moves are %s, want %s", size, got, want)
		}
	}
}

// TestTwice hands everything on twice, and again after the journal forgot.
func TestTwice(t *testing.T) {
	b := newBench(t)
	g := b.begin("Twice001", "chess", seats...)
	b.act(g, "0 move e2e4", "1 move e7e5", "1 resign", "0 chat")
	entries := b.entries()
	b.project(entries[:3])
	b.project(entries)
	b.project(entries)
	want, err := b.db.Game(t.Context(), "Twice001")
	if err != nil || want.Number != 1 || want.Status != "resign" || want.Plies != 2 {
		t.Fatalf("the game is %+v, %v", want, err)
	}
	b.sweep(time.Hour)
	b.project(entries)
	if got, err := b.db.After(t.Context(), 0, 10); err != nil || len(got) != 1 {
		t.Errorf("there are %d games, %v; want one", len(got), err)
	}
	if p := b.poisons(); len(p) > 0 {
		t.Errorf("set aside: %+v", p)
	}
	records, err := archive.Library{Games: b.db, Catalog: b.catalog}.Records(t.Context(), "Twice001")
	if err != nil || len(records) != len(entries) || records[len(records)-1].Type != "table.chat" {
		t.Errorf("the record has %d entries, %v; want %d with the chat", len(records), err, len(entries))
	}
}

// sweep lets time pass, and the journal forget.
func (b *bench) sweep(d time.Duration) {
	b.t.Helper()
	b.now = b.now.Add(d)
	if _, err := b.a.Sweep().Step(b.t.Context()); err != nil {
		b.t.Fatal(err)
	}
}

// TestSweep lets the journal forget what is over, seen and unused, and nothing
// else.
func TestSweep(t *testing.T) {
	b := newBench(t)
	over := b.begin("Over0001", "chess", seats...)
	b.act(over, "0 move e2e4", "1 move e7e5", "0 resign")
	busy := b.begin("Busy0001", "chess", seats...)
	b.act(busy, "0 abort")
	b.busy["Busy0001"] = true
	running := b.begin("Running1", "chess", seats...)
	b.act(running, "0 move e2e4")
	unseen := b.begin("Unseen01", "chess", seats...)
	b.act(unseen, "0 abort")
	b.project(b.entries())
	b.act(unseen, "0 chat")
	known := func() (ids []string) {
		for _, id := range []table.ID{"Busy0001", "Over0001", "Running1", "Unseen01"} {
			if _, err := b.journal.Read(t.Context(), id, 0); err == nil {
				ids = append(ids, string(id))
			}
		}
		return ids
	}
	for _, step := range []struct {
		name string
		do   func()
		want string
	}{
		{"soon after the end", func() { b.sweep(10 * time.Minute) }, "[Busy0001 Over0001 Running1 Unseen01]"},
		{"later", func() { b.sweep(time.Hour) }, "[Busy0001 Running1 Unseen01]"},
		{"nobody uses it any more", func() { b.busy = nil; b.sweep(0) }, "[Running1 Unseen01]"},
		{"its chat was seen", func() { b.project(b.entries()); b.sweep(time.Hour) }, "[Running1]"},
	} {
		step.do()
		if got := fmt.Sprint(known()); got != step.want {
			t.Errorf("%s: the journal has %s, want %s", step.name, got, step.want)
		}
	}
	if ripe, err := b.db.Ripe(t.Context(), b.now.Add(time.Hour), 10); err != nil || len(ripe) > 0 {
		t.Errorf("still to be forgotten: %+v, %v", ripe, err)
	}
}

// TestUnplayed leaves no game of a table that nobody came to.
func TestUnplayed(t *testing.T) {
	b := newBench(t)
	invited := b.begin("Invite01", "chess", seats[0], table.Player{})
	left := b.begin("Left0001", "chess", seats...)
	b.now = b.now.Add(30 * 24 * time.Hour)
	for _, tb := range []*table.Table{invited, left} {
		records, err := tb.Due(b.now, table.Presence{})
		if err != nil || len(records) != 1 {
			t.Fatalf("%s: %d records, %v", tb.ID(), len(records), err)
		}
		b.append(records)
	}
	b.project(b.entries())
	if got, err := b.db.After(t.Context(), 0, 10); err != nil || len(got) != 0 {
		t.Errorf("there are games %+v, %v", got, err)
	}
	b.sweep(time.Hour)
	if _, err := b.journal.Read(t.Context(), "Invite01", 0); err == nil {
		t.Error("the journal still has the invitation")
	}
}

// TestOtherGames follows a game whose events do not say how far it is.
func TestOtherGames(t *testing.T) {
	b := newBench(t)
	g := b.begin("Cards001", "highcard", seats...)
	b.act(g, "0 deal", "1 show", "0 show")
	b.project(b.entries())
	got, err := b.db.Game(t.Context(), "Cards001")
	if err != nil || got.Kind != "highcard" || got.Plies == 0 || got.Status == "" {
		t.Errorf("the game is %+v, %v", got, err)
	}
}

// TestPoison sets one table aside and goes on with the others.
func TestPoison(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spoil func(entries []worker.Entry) []worker.Entry
		want  string
	}{
		{"an event that nobody knows", func(e []worker.Entry) []worker.Entry { e[1].Record.Type = "levitate"; return e }, "levitate"},
		{"a gap", func(e []worker.Entry) []worker.Entry { return append(e[:1:1], e[2:]...) }, "record 3 comes after 1"},
		{"no beginning", func(e []worker.Entry) []worker.Entry { return e[1:] }, "the first record is number 2"},
		{"an unknown game", func(e []worker.Entry) []worker.Entry {
			e[0].Record.Data = []byte(`{"kind":"go","seats":[{},{}]}`)
			return e
		}, "go"},
	} {
		b := newBench(t)
		bad := b.begin("Bad00001", "chess", seats...)
		b.act(bad, "0 move e2e4", "1 move e7e5", "0 move g1f3")
		entries := tt.spoil(b.entries())
		good := b.begin("Good0001", "chess", seats...)
		b.act(good, "0 move e2e4", "1 resign")
		b.project(append(entries, b.entries()...))
		b.act(bad, "1 move b8c6")
		b.project(b.entries())
		all := b.poisons()
		if len(all) != 1 || all[0].Subject != "Bad00001" || !strings.Contains(all[0].Why, tt.want) {
			t.Errorf("%s: set aside %+v, want Bad00001 because of %q", tt.name, all, tt.want)
		}
		if _, err := b.db.Game(t.Context(), "Good0001"); err != nil {
			t.Errorf("%s: the other game is not archived: %v", tt.name, err)
		}
		b.sweep(time.Hour)
		if _, err := b.journal.Read(t.Context(), "Bad00001", 0); err != nil {
			t.Errorf("%s: the journal has forgotten the evidence: %v", tt.name, err)
		}
	}
}

// TestTakenID refuses a table with the id of an archived game.
func TestTakenID(t *testing.T) {
	b := newBench(t)
	first := b.begin("Taken001", "chess", seats...)
	b.act(first, "0 move e2e4", "0 resign")
	b.project(b.entries())
	b.sweep(time.Hour)
	b.begin("Taken001", "chess", seats...)
	b.project(b.entries())
	if all := b.poisons(); len(all) != 1 || !strings.Contains(all[0].Why, "another game") {
		t.Errorf("set aside: %+v", all)
	}
}
