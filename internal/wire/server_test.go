package wire_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
	"kibitz/internal/wire"
)

var update = flag.Bool("update", false, "write the server fixtures anew")

// view is a view as its game would encode it.
type view string

func (view) ViewType() string               { return "test" }
func (v view) MarshalJSON() ([]byte, error) { return []byte(v), nil }
func (v view) Glance() string {
	var s struct{ FEN string }
	if json.Unmarshal([]byte(v), &s) != nil {
		return ""
	}
	return s.FEN
}

func at(ms int64) time.Time { return time.UnixMilli(1700000000000 + ms).UTC() }

const (
	initialFEN = "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1"
	afterE4E5  = `{"variant":"standard","initial_fen":"` + initialFEN + `",` +
		`"fen":"rnbqkbnr/pppp1ppp/8/4p3/4P3/8/PPPP1PPP/RNBQKBNR w KQkq - 0 2",` +
		`"moves":[{"uci":"e2e4","san":"e4"},{"uci":"e7e5","san":"e5"}],` +
		`"draw_offered_by":null,"takeback_asked_by":null,"can_claim_draw":false,"can_abort":false,"takebacks":true,"result":null}`
	unmoved = `{"variant":"standard","initial_fen":"` + initialFEN + `","fen":"` + initialFEN + `","moves":[],` +
		`"draw_offered_by":null,"takeback_asked_by":null,"can_claim_draw":false,"can_abort":true,"takebacks":true,"result":null}`
	mated = `{"variant":"standard","initial_fen":"` + initialFEN + `",` +
		`"fen":"rnb1kbnr/pppp1ppp/8/4p3/6Pq/5P2/PPPPP2P/RNBQKBNR w KQkq - 1 3",` +
		`"moves":[{"uci":"f2f3","san":"f3"},{"uci":"e7e5","san":"e5"},{"uci":"g2g4","san":"g4"},{"uci":"d8h4","san":"Qh4#"}],` +
		`"draw_offered_by":null,"takeback_asked_by":null,"can_claim_draw":false,"can_abort":false,"takebacks":false,` +
		`"result":{"status":"mate","winner":1}}`
)

var (
	guest  = table.Player{ID: "k3J9x0PqLm2Z", Name: "Guest-4F7A", Guest: true}
	house  = table.Player{ID: "~house3", Name: "House level 3", House: 3}
	alice  = table.Player{ID: "A1b2C3d4E5f6", Name: "Alice"}
	bullet = clock.Control{Initial: time.Minute}
)

func clocks(ms int64, running game.Seat, left ...time.Duration) *clock.State {
	return &clock.State{At: at(ms), Remaining: left, Running: running}
}

// playing is a game against the house after two plies, in the eyes of White.
func playing() table.Snapshot {
	return table.Snapshot{
		Table: tab, Seq: 5, Viewer: game.Viewer{Seat: 0}, Created: at(0),
		Setup: table.Setup{
			Kind: "chess", Game: json.RawMessage(`{"variant":"standard"}`), Control: blitz,
			Seats: []table.Player{guest, house}, Origin: table.OriginHouse,
		},
		State: view(afterE4E5), Spent: []time.Duration{0, 0},
		Clocks:    clocks(9000, 0, 3*time.Minute, 3*time.Minute),
		Chat:      []table.ChatLine{{Seq: 4, At: at(5000), Room: table.RoomPlayers, Name: guest.Name, Text: "Good luck"}},
		RematchBy: game.NoSeat,
	}
}

// waiting is a table whose second player has not come.
func waiting() table.Snapshot {
	s := playing()
	s.Seq, s.Waiting, s.State, s.Spent, s.Chat = 1, true, view(unmoved), nil, nil
	s.Setup.Seats, s.Setup.Origin = []table.Player{guest, {}}, table.OriginFriend
	s.Clocks = clocks(0, game.NoSeat, 3*time.Minute, 3*time.Minute)
	return s
}

// starting is a table where White has yet to make the first move.
func starting() table.Snapshot {
	s := waiting()
	s.Waiting, s.Setup.Origin, s.Setup.Seats = false, table.OriginPool, []table.Player{guest, alice}
	s.Deadline = &table.Deadline{Seat: 0, At: at(25000), Why: "first-move"}
	return s
}

// over is a finished game, in the eyes of a spectator.
func over() table.Snapshot {
	s := playing()
	s.Seq, s.Viewer, s.State, s.Chat = 9, game.Spectator, view(mated), nil
	s.Setup.Seats, s.Setup.Origin, s.Setup.Control = []table.Player{guest, alice}, table.OriginLobby, bullet
	s.Spent = []time.Duration{0, 0, 1210 * time.Millisecond, 640 * time.Millisecond}
	s.Clocks = clocks(12850, game.NoSeat, 58790*time.Millisecond, 59360*time.Millisecond)
	s.RematchBy, s.Rematch = 1, "Zz9yX8wV"
	return s
}

// unlimited is a game without clocks, held up by nothing.
func unlimited() table.Snapshot {
	s := playing()
	s.Setup.Control, s.Clocks, s.Chat = clock.Control{}, nil, nil
	return s
}

func event(typ, v string) table.EventView {
	return table.EventView{Seq: 6, Type: typ, At: at(13000), Seat: game.NoSeat, View: view(v)}
}

func by(seat game.Seat, e table.EventView) table.EventView {
	e.Seat = seat
	return e
}

// happened is an update of one event of a seat.
func happened(e table.EventView) table.Update {
	return table.Update{
		Table: tab, Viewer: game.Viewer{Seat: 0}, Events: []table.EventView{e},
		Clocks: clocks(13000, 0, 3*time.Minute, 3*time.Minute),
	}
}

// moved is the update that answers White's own move.
func moved() table.Update {
	e := by(0, event("move", `{"ply":3,"uci":"g1f3","san":"Nf3"}`))
	e.Spent = time.Second
	u := happened(e)
	u.Ack, u.Clocks = "m13", clocks(13000, 1, 181*time.Second, 3*time.Minute)
	return u
}

// mate is the update that ends the game of over: two events of one action.
func mate() table.Update {
	e := by(1, event("move", `{"ply":4,"uci":"d8h4","san":"Qh4#","check":true}`))
	e.Spent = 640 * time.Millisecond
	end := by(1, event("ended", `{"status":"mate","winner":1}`))
	end.Seq = 7
	u := happened(e)
	u.Events = append(u.Events, end)
	u.Clocks = clocks(13000, game.NoSeat, 58790*time.Millisecond, 59360*time.Millisecond)
	return u
}

// caughtUp is what a join is answered with that missed three events and may
// not know of the second.
func caughtUp() table.Update {
	u := moved()
	u.Ack = ""
	said := event("table.chat", `{"room":"spectators","name":"Alice","text":"Nice"}`)
	said.Seq = 8
	u.Events = append(u.Events, table.EventView{Seq: 7, Seat: game.NoSeat}, said)
	return u
}

// events holds one update for every view in docs/protocol.md.
var events = map[string]table.Update{
	"events":                        moved(),
	"events-mate":                   mate(),
	"events-caught-up":              caughtUp(),
	"events-none":                   {Table: tab, Clocks: clocks(13000, 0, 178*time.Second, 3*time.Minute)},
	"events-first-move":             {Table: tab, Events: []table.EventView{by(0, event("move", `{"ply":1,"uci":"e2e4","san":"e4"}`))}, Clocks: clocks(13000, game.NoSeat, time.Minute, time.Minute), Deadline: &table.Deadline{Seat: 1, At: at(28000), Why: "first-move"}},
	"events-check":                  happened(by(1, event("move", `{"ply":6,"uci":"f8b4","san":"Bb4+","check":true,"can_claim_draw":true}`))),
	"events-draw-offered":           happened(by(1, event("draw-offered", `{"by":1}`))),
	"events-draw-declined":          happened(by(0, event("draw-declined", `{"by":0}`))),
	"events-takeback-asked":         happened(by(1, event("takeback-asked", `{"by":1}`))),
	"events-takeback-declined":      happened(by(0, event("takeback-declined", `{"by":0}`))),
	"events-takeback":               happened(by(0, event("takeback", `{"ply":2}`))),
	"events-ended-resign":           happened(by(1, event("ended", `{"status":"resign","winner":0}`))),
	"events-ended-draw":             happened(by(1, event("ended", `{"status":"draw","winner":null,"reason":"agreement"}`))),
	"events-ended-aborted":          happened(event("ended", `{"status":"aborted","winner":null}`)),
	"events-table-seated":           happened(by(1, event("table.seated", `{"seat":1,"player":{"user":"A1b2C3d4E5f6","name":"Alice"}}`))),
	"events-table-gave-time":        happened(by(0, event("table.gave-time", `{"to":1,"ms":15000}`))),
	"events-table-held":             held(),
	"events-table-released":         happened(event("table.released", `{}`)),
	"events-table-chat":             happened(by(0, event("table.chat", `{"room":"players","name":"Guest-4F7A","text":"Good game"}`))),
	"events-table-rematch-offered":  happened(by(1, event("table.rematch-offered", `{"by":1}`))),
	"events-table-rematch-declined": happened(by(0, event("table.rematch-declined", `{"by":0}`))),
	"events-table-rematch":          happened(by(0, event("table.rematch", `{"table":"Zz9yX8wV"}`))),
	"events-table-expired":          happened(event("table.expired", `{}`)),
	"events-delay":                  delayed(),
}

func held() table.Update {
	u := happened(event("table.held", `{}`))
	u.Clocks.Held = true
	return u
}

func delayed() table.Update {
	u := moved()
	u.Clocks.Delay = 5 * time.Second
	return u
}

var snapshots = map[string]table.Snapshot{
	"table": playing(), "table-waiting": waiting(), "table-invited": challenge(game.NoSeat), "table-starting": starting(),
	"table-over": over(), "table-unlimited": unlimited(),
}

var seek = wire.Seek{
	Seek: "Xy12Zw34", Name: "Guest-4F7A", Kind: "chess", Variant: "standard",
	Control: "3+2", Speed: clock.Blitz, Color: wire.Random,
}

func ptr[T any](v T) *T { return &v }

func rated() wire.Seek {
	s := seek
	s.Seek, s.Name, s.Mine, s.Rated, s.Rating, s.Color = "Bc34De56", "Alice", true, true, ptr(1612), wire.Black
	s.Variant, s.Control, s.Speed = "chess960", "1/2+0", clock.Bullet
	return s
}

func myTables() wire.Mine {
	p, w := playing(), waiting()
	return wire.Mine{Tables: []wire.MyTable{wire.MyTableOf(&p, true), wire.MyTableOf(&w, false)}}
}

// challenge waits for Alice alone.
func challenge(viewer game.Seat) table.Snapshot {
	s := waiting()
	s.Viewer.Seat, s.Setup.Rated = viewer, true
	s.Setup.Invited = table.Player{ID: "A1b2C3d4E5f6", Name: "Alice"}
	return s
}

// challenges is one as who is asked sees it, and as who asks does.
func challenges() wire.Mine {
	to, from := challenge(game.NoSeat), challenge(0)
	return wire.Mine{Tables: []wire.MyTable{wire.MyTableOf(&to, false), wire.MyTableOf(&from, false)}}
}

var notices = map[string]wire.Notice{
	"hello":        wire.Hello{Protocol: wire.Protocol, Build: "4f7a91c2", NowMillis: 1700000000000, User: &wire.User{ID: guest.ID, Name: guest.Name, Guest: true}},
	"hello-nobody": wire.Hello{Protocol: wire.Protocol, Build: "4f7a91c2", NowMillis: 1700000000000},
	"pong":         wire.Pong{At: 123.4, NowMillis: 1700000000000},
	"presence": wire.Presence{Table: tab, Watchers: 14, Seats: []wire.SeatPresence{
		{State: wire.Online}, {State: wire.Away, ClaimMillis: 1700000060000}}},
	"presence-free":       wire.Presence{Table: tab, Seats: []wire.SeatPresence{{State: wire.Online}, {State: wire.Free}}},
	"done":                wire.Done{ID: "m13", Table: tab, Seq: 13},
	"done-seek":           wire.Done{ID: "q1", Seek: "Xy12Zw34"},
	"done-lobby":          wire.Done{ID: "q2"},
	"error":               wire.FailureOf(wire.Ref{ID: "m13", Table: tab}, errInCheck),
	"error-too-fast":      wire.FailureOf(wire.Ref{ID: "m14", Table: tab}, wire.RetryIn{Err: wire.ErrTooFast, Wait: 50 * time.Millisecond}),
	"error-frame":         wire.FailureOf(wire.Ref{}, wire.ErrTooLarge),
	"paired":              wire.Paired{Table: tab, Kind: "chess", Seat: 1},
	"replaced":            wire.Replaced{Table: tab},
	"shutdown":            wire.Shutdown{InMillis: 30000},
	"lobby":               wire.Lobby{Online: 12, Playing: 4, Pools: []wire.Pool{{Control: "3+2", Waiting: 1}, {Control: "10+0"}}, Seeks: []wire.Seek{seek, rated()}},
	"lobby-empty":         wire.Lobby{Online: 1, Pools: []wire.Pool{}, Seeks: []wire.Seek{}},
	"lobby-change":        wire.LobbyChange{Online: ptr(13), Pools: []wire.Pool{{Control: "3+2", Waiting: 2}}, Added: []wire.Seek{rated()}, Removed: []string{"Xy12Zw34"}},
	"lobby-change-counts": wire.LobbyChange{Online: ptr(11), Playing: ptr(0)},
	"mine":                myTables(),
	"mine-invited":        challenges(),
	"mine-none":           wire.Mine{Tables: []wire.MyTable{}},
}

func TestServerFixtures(t *testing.T) {
	made := map[string][]byte{}
	for name, u := range events {
		made[name] = must(wire.AppendUpdate(nil, &u))
	}
	for name, s := range snapshots {
		made[name] = must(wire.AppendSnapshot(nil, &s))
	}
	for name, n := range notices {
		made[name] = wire.Append(nil, n)
	}
	for name, got := range made {
		golden(t, name, got)
	}
	if *update {
		return
	}
	for name := range readFixtures(t, "server-") {
		if made[name] == nil {
			t.Errorf("server-%s.json is made by nothing", name)
		}
	}
}

// golden compares a message with its fixture, which is indented for readers.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	var pretty, compact bytes.Buffer
	if err := json.Indent(&pretty, got, "", "  "); err != nil {
		t.Fatalf("%s is not JSON: %v\n%s", name, err, got)
	}
	pretty.WriteByte('\n')
	file := filepath.Join(fixtures, "server-"+name+".json")
	if *update {
		if err := os.WriteFile(file, pretty.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Compact(&compact, want); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, compact.Bytes()) {
		t.Errorf("%s:\n got %s\nwant %s", name, got, compact.Bytes())
	}
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

func BenchmarkAppendUpdate(b *testing.B) {
	u := moved()
	var dst []byte
	b.ReportAllocs()
	for b.Loop() {
		dst = must(wire.AppendUpdate(dst[:0], &u))
	}
}
