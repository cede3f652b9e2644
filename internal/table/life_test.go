package table_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/game/gametest"
	"kibitz/internal/table"
)

func TestLifeOfAGame(t *testing.T) {
	d := newDesk(t, friendly("3+2"))
	d.deny(game.ErrTurn, "black", "e7e5")
	d.deny(game.ErrIllegal, "white", "e2e5")
	d.deny(game.ErrMalformed, "white", `move {"uci":"e9"}`)
	d.deny(game.ErrMalformed, "white", "castle")
	d.deny(game.ErrMalformed, "white", "table.chat")
	d.deny(table.ErrSeat, "carol", "e2e4")
	d.deny(table.ErrSeat, "", "e2e4")
	d.play(time.Second, "f2f3 e7e5 g2g4 d8h4")
	if got, want := d.table.Result(), (game.Result{Status: "mate", Winners: game.SeatSet(1)}); got != want {
		t.Errorf("result: got %+v, want %+v", got, want)
	}
	if got, want := d.types(0), "table.created move move move move ended"; got != want {
		t.Errorf("records: got %s, want %s", got, want)
	}
	if got := d.table.ToAct(); got != 0 {
		t.Errorf("to act after mate: got %b, want nobody", got)
	}
	for _, what := range []string{"a2a3", "resign", "give-time", "claim-flag", "claim-win", "sit", "draw"} {
		d.deny(table.ErrOver, "white", what)
	}
	if _, ok := d.table.Next(); ok {
		t.Error("something falls due after the end")
	}
}

func TestUpdate(t *testing.T) {
	d := newDesk(t, friendly("3+2")).play(time.Second, "e2e4 e7e5").wait(3 * time.Second)
	cmd := d.cmd("white", "g1f3")
	if err := d.send(cmd); err != nil {
		t.Fatal(err)
	}
	for _, v := range d.viewers() {
		u := d.last[v]
		var want table.ActionID
		if v.Seat == 0 {
			want = cmd.ID
		}
		if u.Ack != want || u.Table != deskID {
			t.Errorf("seat %d: got ack %q of table %s, want %q", v.Seat, u.Ack, u.Table, want)
		}
		e := u.Events[0]
		view, err := json.Marshal(e.View)
		if got, want := string(view), `{"ply":3,"uci":"g1f3","san":"Nf3"}`; err != nil || got != want {
			t.Errorf("seat %d: got the view %s, %v, want %s", v.Seat, got, err, want)
		}
		if e.Type != "move" || e.Seat != 0 || e.Spent != 3*time.Second || !e.At.Equal(d.now) || e.Seq != 4 {
			t.Errorf("seat %d: got %+v, want the move of seat 0 after 3s", v.Seat, e)
		}
		if u.Clocks == nil || u.Clocks.Running != 1 || u.Clocks.Remaining[0] != 3*time.Minute-time.Second {
			t.Errorf("seat %d: got the clocks %+v", v.Seat, u.Clocks)
		}
	}
}

func TestCreateRefused(t *testing.T) {
	change := func(f func(*table.Setup)) table.Setup {
		s := friendly("3+2")
		f(&s)
		return s
	}
	rows := []struct {
		name  string
		setup table.Setup
		want  error
	}{
		{"no such game", change(func(s *table.Setup) { s.Kind = "ludo" }), table.ErrSetup},
		{"one seat", change(func(s *table.Setup) { s.Seats = s.Seats[:1] }), table.ErrSetup},
		{"too many seats", change(func(s *table.Setup) { s.Seats = make([]table.Player, game.MaxSeats+1) }), table.ErrSetup},
		{"too many for chess", change(func(s *table.Setup) { s.Seats = make([]table.Player, 3) }), game.ErrMalformed},
		{"against oneself", change(func(s *table.Setup) { s.Seats[1] = s.Seats[0] }), table.ErrSetup},
		{"time control", change(func(s *table.Setup) { s.Control.Initial = time.Millisecond }), clock.ErrControl},
		{"setup of the game", change(func(s *table.Setup) { s.Game = []byte(`{"variant":"ludo"}`) }), game.ErrMalformed},
	}
	for _, row := range rows {
		records, err := table.Create(deskID, row.setup, begun, catalog, gametest.NewChance(1))
		if !errors.Is(err, row.want) || !errors.Is(err, table.ErrSetup) || records != nil {
			t.Errorf("%s: got %d records, %v, want %v", row.name, len(records), err, row.want)
		}
	}
}

func TestCreateDrawsByLot(t *testing.T) {
	s := friendly("3+2")
	s.Game = []byte(`{"variant":"chess960"}`)
	d := newDesk(t, s)
	if got := string(d.table.Setup().Game); !strings.HasPrefix(got, `{"variant":"chess960","number":`) {
		t.Errorf("the start position was not drawn: %s", got)
	}
}

func TestSit(t *testing.T) {
	s := friendly("3+2")
	s.Seats[1] = table.Player{}
	d := newDesk(t, s)
	if !d.table.Waiting() || d.table.ToAct() != 0 {
		t.Error("the table does not wait")
	}
	d.deny(table.ErrNotAllowed, "white", "e2e4")
	d.deny(table.ErrNotAllowed, "white", "sit")
	d.deny(table.ErrNotAllowed, "white", "give-time")
	d.deny(table.ErrTaken, "black", `sit {"seat":0}`)
	d.deny(table.ErrTaken, "black", `sit {"seat":2}`)
	d.deny(table.ErrTaken, "black", `sit {"seat":-1}`)
	d.deny(game.ErrMalformed, "black", `sit {"seat":"white"}`)
	d.deny(table.ErrNotAllowed, "", "sit")
	before := d.table.Snapshot(game.Spectator, d.now)
	d.must("black", "sit")
	if before.Setup.Seats[1].Name != "" || !before.Waiting {
		t.Errorf("sitting down changed a snapshot made before: %+v", before.Setup.Seats)
	}
	view, err := json.Marshal(d.last[game.Spectator].Events[0].View)
	if got, want := string(view), `{"seat":1,"player":{"user":"black0000000","name":"Bruno"}}`; err != nil || got != want {
		t.Errorf("view: got %s, %v, want %s", got, err, want)
	}
	if d.table.Waiting() || d.table.SeatOf(people["black"].ID) != 1 {
		t.Error("the table still waits")
	}
	d.deny(table.ErrTaken, "carol", "sit")
	d.must("white", "e2e4")
}

func TestCancel(t *testing.T) {
	waiting := friendly("3+2")
	waiting.Seats[1] = table.Player{}
	d := newDesk(t, waiting)
	d.deny(table.ErrSeat, "carol", "cancel")
	d.must("white", "cancel")
	if d.status() != "expired" || !d.table.Result().Void {
		t.Errorf("got the status %q, want expired", d.status())
	}
	d.deny(table.ErrOver, "black", "sit")
	newDesk(t, friendly("3+2")).deny(table.ErrNotAllowed, "white", "cancel")
}

func TestExpiry(t *testing.T) {
	waiting := friendly("3+2")
	waiting.Seats[1] = table.Player{}
	house := friendly("unlimited")
	house.Origin, house.Seats[1] = table.OriginHouse, people["house"]
	rows := []struct {
		name  string
		setup table.Setup
		moves string
		after time.Duration
	}{
		{"nobody came", waiting, "", 24 * time.Hour},
		{"nobody moved", friendly("3+2"), "", 24 * time.Hour},
		{"house game left", house, "e2e4", 6 * time.Hour},
		{"game without a clock left", friendly("unlimited"), "e2e4", 21 * 24 * time.Hour},
	}
	for _, row := range rows {
		d := newDesk(t, row.setup).play(time.Second, row.moves)
		want := d.now.Add(row.after)
		if next, ok := d.table.Next(); !ok || !next.Equal(want) {
			t.Errorf("%s: due at %v, %v, want %v", row.name, next, ok, want)
		}
		if n := d.wait(row.after - time.Millisecond).due(); n != 0 {
			t.Errorf("%s: a millisecond early: got %d records, want none", row.name, n)
		}
		if n := d.wait(time.Millisecond).due(); n != 1 || d.status() != "expired" || !d.table.Result().Void {
			t.Errorf("%s: got %d records and the status %q, want expired", row.name, n, d.status())
		}
		if n := d.wait(24 * time.Hour).due(); n != 0 || !d.table.Snapshot(game.Spectator, d.now).Closed {
			t.Errorf("%s: the table is not closed: %d records", row.name, n)
		}
		d.deny(table.ErrOver, "black", "sit")
	}
}

func TestLoadRefused(t *testing.T) {
	d := newDesk(t, friendly("3+2")).play(time.Second, "e2e4 e7e5")
	change := func(f func(r []table.Record)) []table.Record {
		records := append([]table.Record(nil), d.records...)
		f(records)
		return records
	}
	rows := []struct {
		name    string
		records []table.Record
		want    error
	}{
		{"nothing", nil, table.ErrUnknownTable},
		{"no beginning", d.records[1:], game.ErrMalformed},
		{"gap", append(d.records[:1:1], d.records[2]), game.ErrMalformed},
		{"another table", change(func(r []table.Record) { r[1].Table = "Zz999999" }), game.ErrMalformed},
		{"another game", change(func(r []table.Record) { r[0].Data = []byte(`{"kind":"ludo"}`) }), game.ErrMalformed},
		{"no setup", change(func(r []table.Record) { r[0].Data = []byte(`{`) }), game.ErrMalformed},
		{"setup for other seats", change(func(r []table.Record) { r[0].Data = []byte(`{"kind":"chess","seats":[]}`) }), game.ErrMalformed},
		{"unknown event of the game", change(func(r []table.Record) { r[1].Type = "castled" }), game.ErrMalformed},
		{"unknown event of the table", change(func(r []table.Record) { r[1].Type = "table.burned" }), game.ErrMalformed},
		{"seat that is not there", change(func(r []table.Record) { r[1].Type, r[1].Data = "table.seated", []byte(`{"seat":7}`) }), game.ErrMalformed},
		{"begins with a move", change(func(r []table.Record) { r[0].Type = "move" }), game.ErrMalformed},
	}
	for _, row := range rows {
		if _, err := table.Load(catalog, row.records); !errors.Is(err, row.want) {
			t.Errorf("%s: got %v, want %v", row.name, err, row.want)
		}
		if _, err := table.Replay(catalog, row.records, game.Spectator, 0); row.records != nil && !errors.Is(err, row.want) {
			t.Errorf("%s: replay: got %v, want %v", row.name, err, row.want)
		}
	}
	if _, err := d.table.Apply(d.records[:1], nil); !errors.Is(err, game.ErrMalformed) {
		t.Errorf("the same record again: got %v, want ErrMalformed", err)
	}
}

func TestReplayAfter(t *testing.T) {
	d := newDesk(t, friendly("3+2")).play(time.Second, "e2e4 e7e5 g1f3")
	for after := range table.Seq(5) {
		got, err := table.Replay(catalog, d.records, game.Spectator, after)
		if err != nil || len(got) != 4-int(after) {
			t.Errorf("after %d: got %d events, %v, want %d", after, len(got), err, 4-after)
		}
	}
}

// HighCard keeps a secret from spectators, and still everybody counts along.
func TestHiddenEvents(t *testing.T) {
	d := newDesk(t, highcard("3+2")).must("white", "deal").must("black", "show").must("white", "show")
	if d.status() != "shown" {
		t.Fatalf("the game is not over: %s", d.types(0))
	}
	numbered(t, d.shown[game.Spectator])
	hidden := d.shown[game.Spectator][1]
	if want := (table.EventView{Seq: 2, Seat: game.NoSeat}); hidden != want {
		t.Errorf("spectators are shown %+v of the deal, want %+v", hidden, want)
	}
	for seat := range game.Seat(2) {
		if e := d.shown[game.Viewer{Seat: seat}][1]; e.Type != "dealt" || e.View == nil {
			t.Errorf("seat %d is shown %+v of its card", seat, e)
		}
	}
}

// What a game does for a seat that does not act may need chance.
func TestLapseHasChance(t *testing.T) {
	s := highcard("3+2")
	s.Origin = table.OriginPool
	d := newDesk(t, s).wait(25 * time.Second)
	if n := d.due(); n != 1 || d.types(1) != "dealt" {
		t.Errorf("got %d records: %s, want the deal", n, d.types(1))
	}
}
