package table_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"kibitz/internal/chess"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/game/gametest"
	"kibitz/internal/table"
)

// catalog is the games that the tests play.
var catalog = game.Catalog{
	chess.Kind:                 chess.NewRules(chess.DrawLichess),
	gametest.HighCard{}.Kind(): gametest.HighCard{},
}

// begun is when the tests' tables are made.
var begun = time.UnixMilli(1_700_000_000_000).UTC()

const deskID = table.ID("AbCd1234")

// people are who appears in the tests; "white" and "black" play.
var people = map[string]table.Player{
	"white": {ID: "white0000000", Name: "Wanda"},
	"black": {ID: "black0000000", Name: "Bruno"},
	"carol": {ID: "carol0000000", Name: "Carol"},
	"guest": {ID: "guest0000000", Name: "Guest-1", Guest: true},
	"house": {ID: "~house3", Name: "House level 3", House: 3},
	"":      {},
}

// reporter is what a testing.TB and a rapid.T have in common.
type reporter interface {
	Helper()
	Errorf(format string, args ...any)
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// desk is a table with the journal behind it and the viewers before it. After
// every append it checks that the table loaded from the journal is the table,
// and that what a late viewer is shown is what was shown.
type desk struct {
	tb      reporter
	table   *table.Table
	records []table.Record
	now     time.Time
	// shown has the events each viewer was sent.
	shown  map[game.Viewer][]table.EventView
	last   map[game.Viewer]table.Update
	chance game.Chance
	// claims is when the opponent of a seat that is gone may claim.
	claims  map[game.Seat]time.Time
	actions int
	// lax leaves out the checks after every append.
	lax bool
}

// setups are the beginnings of most tests.
func friendly(control string) table.Setup {
	return table.Setup{
		Kind: chess.Kind, Control: mustControl(control), Origin: table.OriginFriend,
		Seats: []table.Player{people["white"], people["black"]},
	}
}

func pool(control string) table.Setup {
	s := friendly(control)
	s.Origin = table.OriginPool
	return s
}

func mustControl(text string) clock.Control {
	c, err := clock.ParseControl(text)
	if err != nil {
		panic(err)
	}
	return c
}

func newDesk(tb reporter, s table.Setup) *desk {
	tb.Helper()
	d := &desk{tb: tb, now: begun, chance: gametest.NewChance(1), shown: map[game.Viewer][]table.EventView{}}
	records, err := table.Create(deskID, s, begun, catalog, d.chance)
	if err != nil {
		tb.Fatalf("Create: %v", err)
	}
	d.records = journaled(tb, records)
	if d.table, err = table.Load(catalog, d.records); err != nil {
		tb.Fatalf("Load: %v", err)
	}
	for _, v := range d.viewers() {
		if d.shown[v], err = table.Replay(catalog, d.records, v, 0); err != nil {
			tb.Fatal(err)
		}
	}
	return d
}

// journaled returns records as they come back from a journal.
func journaled(tb reporter, records []table.Record) []table.Record {
	tb.Helper()
	back := make([]table.Record, len(records))
	for i := range records {
		r, err := table.DecodeRecord(table.AppendRecord(nil, &records[i]))
		if err != nil {
			tb.Fatalf("record %d: %v", records[i].Seq, err)
		}
		back[i] = r
	}
	return back
}

func (d *desk) viewers() []game.Viewer {
	all := []game.Viewer{game.Spectator}
	for seat := range d.table.Setup().Seats {
		all = append(all, game.Viewer{Seat: game.Seat(seat)})
	}
	return all
}

// wait lets time pass.
func (d *desk) wait(t time.Duration) *desk {
	d.now = d.now.Add(t)
	return d
}

// cmd makes a command. What is a chess move, written in UCI, or the type of an
// action, or that and its JSON behind a space.
func (d *desk) cmd(who, what string) table.Command {
	person, ok := people[who]
	if !ok {
		d.tb.Fatalf("nobody is called %q", who)
	}
	d.actions++
	typ, data, _ := strings.Cut(what, " ")
	if data == "" {
		data = "{}"
	}
	if len(typ) <= 5 && strings.ContainsAny(typ, "12345678") {
		typ, data = "move", `{"uci":"`+typ+`"}`
	}
	return table.Command{
		Table: deskID, Actor: person, ID: table.ActionID(fmt.Sprint("a", d.actions)), At: d.now,
		Report: clock.NoReport(), Type: typ, Data: []byte(data),
	}
}

func (d *desk) presence() table.Presence {
	return table.Presence{Chance: d.chance, ClaimAt: d.claims}
}

// do judges an action and appends what comes of it, also of a refusal.
func (d *desk) do(who, what string) error {
	d.tb.Helper()
	return d.send(d.cmd(who, what))
}

func (d *desk) send(cmd table.Command) error {
	d.tb.Helper()
	records, err := d.table.Judge(cmd, d.presence())
	d.append(records)
	return err
}

// must does what cannot be refused.
func (d *desk) must(who string, all ...string) *desk {
	d.tb.Helper()
	for _, what := range all {
		if err := d.do(who, what); err != nil {
			d.tb.Fatalf("%s by %s: %v", what, who, err)
		}
	}
	return d
}

// play makes chess moves, each after a pause.
func (d *desk) play(pause time.Duration, moves string) *desk {
	d.tb.Helper()
	for _, uci := range strings.Fields(moves) {
		d.wait(pause).must(d.name(int(d.table.ToAct().First())), uci)
	}
	return d
}

// due lets the table do what has fallen due, and says how many records that
// made.
func (d *desk) due() int {
	d.tb.Helper()
	records, err := d.table.Due(d.now, d.presence())
	if err != nil {
		d.tb.Fatalf("Due: %v", err)
	}
	d.append(records)
	return len(records)
}

func (d *desk) append(records []table.Record) {
	d.tb.Helper()
	if len(records) == 0 {
		return
	}
	records = journaled(d.tb, records)
	viewers := d.viewers()
	updates, err := d.table.Apply(records, viewers)
	if err != nil {
		d.tb.Fatalf("Apply: %v", err)
	}
	d.records = append(d.records, records...)
	d.last = map[game.Viewer]table.Update{}
	for i, u := range updates {
		if u.Viewer != viewers[i] || len(u.Events) != len(records) {
			d.tb.Fatalf("an update for %v with %d events, want %v with %d", u.Viewer, len(u.Events), viewers[i], len(records))
		}
		d.last[u.Viewer] = u
		d.shown[u.Viewer] = append(d.shown[u.Viewer], u.Events...)
	}
	if !d.lax {
		d.check()
	}
}

// check compares the table with what its journal says.
func (d *desk) check() {
	d.tb.Helper()
	loaded, err := table.Load(catalog, d.records)
	if err != nil {
		d.tb.Fatalf("Load: %v", err)
	}
	for _, v := range d.viewers() {
		live, again := d.table.Snapshot(v, d.now), loaded.Snapshot(v, d.now)
		if !reflect.DeepEqual(live, again) {
			d.tb.Fatalf("loaded anew, the table looks to seat %d like\n%+v\nand it was\n%+v", v.Seat, again, live)
		}
		shown, err := table.Replay(catalog, d.records, v, 0)
		if err != nil {
			d.tb.Fatalf("Replay: %v", err)
		}
		if !reflect.DeepEqual(shown, d.shown[v]) {
			d.tb.Fatalf("replayed, seat %d is shown\n%+v\nand it was\n%+v", v.Seat, shown, d.shown[v])
		}
		numbered(d.tb, shown)
	}
	if !reflect.DeepEqual(loaded, d.table) {
		d.tb.Fatalf("loaded anew, the table is\n%+v\nand it was\n%+v", loaded, d.table)
	}
}

// numbered checks that a viewer counts every record.
func numbered(tb reporter, shown []table.EventView) {
	tb.Helper()
	for i, e := range shown {
		if e.Seq != table.Seq(i+1) {
			tb.Fatalf("event %d has the number %d", i+1, e.Seq)
		}
	}
}

// types lists the types of the records after a number.
func (d *desk) types(after int) string {
	var all []string
	for _, r := range d.records[after:] {
		all = append(all, r.Type)
	}
	return strings.Join(all, " ")
}

// left returns the time of both seats as seen now.
func (d *desk) left() [2]time.Duration {
	d.tb.Helper()
	s := d.table.Snapshot(game.Spectator, d.now)
	if s.Clocks == nil {
		d.tb.Fatal("the table has no clocks")
	}
	return [2]time.Duration{s.Clocks.Remaining[0], s.Clocks.Remaining[1]}
}

// deny does what must be refused without a trace.
func (d *desk) deny(want error, who, what string) *desk {
	d.tb.Helper()
	before := len(d.records)
	if err := d.do(who, what); !errors.Is(err, want) {
		d.tb.Errorf("%s by %q: got %v, want %v", what, who, err, want)
	}
	if len(d.records) != before {
		d.tb.Errorf("%s by %q was refused and left the records %s", what, who, d.types(before))
	}
	return d
}

func (d *desk) status() string { return d.table.Result().Status }

// name returns who sits in a seat of most tables.
func (d *desk) name(seat int) string { return []string{"white", "black"}[seat] }

func highcard(control string) table.Setup {
	s := friendly(control)
	s.Kind = gametest.HighCard{}.Kind()
	return s
}
