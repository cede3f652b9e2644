package wire_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
	"kibitz/internal/wire"
)

// fixtures is where the messages are that Go and TypeScript both read.
const fixtures = "../../testdata/wire"

const tab = "aB3dE6gH"

// client holds what every client fixture must decode to. An act with nothing
// but its type is not listed: see TestPlainActions.
var client = map[string]wire.Message{
	"ping":       wire.Ping{At: 123.4},
	"join":       wire.Join{Table: tab},
	"join-after": wire.Join{Table: tab, After: 12},
	"join-watch": wire.Join{Table: tab, Watch: true},
	"leave":      wire.Leave{Table: tab},
	"leave-bye":  wire.Leave{Table: tab, Bye: true},
	"act-move": act("m13", `{"type": "move", "uci": "g1f3"}`, func(a *wire.Act) {
		a.Spent, a.Lag = time.Second, 42*time.Millisecond
	}),
	"act-move-castling":          act("m21", `{"type": "move", "uci": "e1g1"}`, spent(730*time.Millisecond)),
	"act-move-chess960-castling": act("m22", `{"type": "move", "uci": "e1h1"}`, spent(-1)),
	"act-move-promotion":         act("m77", `{"type": "move", "uci": "e7e8q"}`, spent(2150*time.Millisecond)),
	"act-move-premove":           act("m14", `{"type": "move", "uci": "d4e5"}`, spent(0)),
	"act-sit":                    act("s1", `{"type": "sit"}`, spent(-1)),
	"act-sit-seat":               act("s2", `{"type": "sit", "seat": 1}`, spent(-1)),
	"act-chat":                   act("c1", `{"type": "chat", "text": "Good luck, have “fun” 🙂"}`, spent(-1)),
	"act-chat-preset":            act("c2", `{"type": "chat", "preset": "gg"}`, spent(-1)),
	"lobby":                      wire.FollowLobby{On: true},
	"lobby-off":                  wire.FollowLobby{},
	"pool":                       wire.EnterPool{ID: "q1", Control: blitz},
	"unpool":                     wire.LeavePool{ID: "q2"},
	"seek": wire.MakeSeek{
		ID: "q3", Kind: "chess", Setup: json.RawMessage(`{"variant": "standard"}`), Control: blitz, Color: wire.Random,
	},
	"seek-chess960": wire.MakeSeek{
		ID: "q4", Kind: "chess", Setup: json.RawMessage(`{"variant": "chess960", "number": 518}`),
		Control: clock.Control{Initial: 30 * time.Second}, Color: wire.White, Rated: true, MinRating: 1400, MaxRating: 1800,
	},
	"unseek": wire.CancelSeek{ID: "q5", Seek: "Xy12Zw34"},
	"take":   wire.TakeSeek{ID: "q6", Seek: "Xy12Zw34"},
}

var blitz = clock.Control{Initial: 3 * time.Minute, Increment: 2 * time.Second}

func act(id, action string, with func(*wire.Act)) wire.Act {
	var a struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal([]byte(action), &a); err != nil {
		panic(err)
	}
	m := wire.Act{Table: tab, ID: table.ActionID(id), Type: a.Type, Data: []byte(action), Spent: -1, Lag: -1}
	with(&m)
	return m
}

func spent(d time.Duration) func(*wire.Act) { return func(a *wire.Act) { a.Spent = d } }

func TestClientFixtures(t *testing.T) {
	seen := map[string]bool{}
	for name, frame := range readFixtures(t, "client-") {
		want, listed := client[name]
		if !listed {
			typ, plain := strings.CutPrefix(name, "act-")
			if !plain {
				t.Errorf("%s is not in the table of this test", name)
				continue
			}
			want = act(typ, `{"type": "`+typ+`"}`, spent(-1))
		}
		seen[name] = true
		got, _, err := wire.Decode(frame)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
	}
	for name := range client {
		if !seen[name] {
			t.Errorf("no fixture client-%s.json", name)
		}
	}
}

// readFixtures returns the fixtures with a prefix by the rest of their names.
func readFixtures(tb testing.TB, prefix string) map[string][]byte {
	tb.Helper()
	files, err := filepath.Glob(filepath.Join(fixtures, prefix+"*.json"))
	if err != nil || len(files) == 0 {
		tb.Fatalf("no fixtures %s* in %s (%v)", prefix, fixtures, err)
	}
	all := map[string][]byte{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			tb.Fatal(err)
		}
		name := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(f), prefix), ".json")
		all[name] = b
	}
	return all
}

func TestDecodeRefuses(t *testing.T) {
	long := strings.Repeat("x", wire.MaxFrameBytes)
	for _, row := range []struct {
		name, frame string
		want        error
		ref         wire.Ref
	}{
		{"nothing", ``, game.ErrMalformed, wire.Ref{}},
		{"not JSON", `{"type":"ping"`, game.ErrMalformed, wire.Ref{}},
		{"two objects", `{"type":"ping"}{"type":"ping"}`, game.ErrMalformed, wire.Ref{}},
		{"a list", `[{"type":"ping"}]`, game.ErrMalformed, wire.Ref{}},
		{"a string", `"ping"`, game.ErrMalformed, wire.Ref{}},
		{"not UTF-8", "{\"type\":\"ping\",\"x\":\"\xff\"}", game.ErrMalformed, wire.Ref{}},
		{"no type", `{"at":1}`, game.ErrMalformed, wire.Ref{}},
		{"type is a number", `{"type":1}`, wire.ErrUnknownType, wire.Ref{}},
		{"unknown type", `{"type":"castle","id":"m1","table":"aB3dE6gH"}`, wire.ErrUnknownType, wire.Ref{ID: "m1", Table: tab}},
		{"type in capitals", `{"type":"PING"}`, wire.ErrUnknownType, wire.Ref{}},
		{"too large", `{"type":"ping","x":"` + long + `"}`, wire.ErrTooLarge, wire.Ref{}},
		{"ping at a word", `{"type":"ping","at":"now"}`, game.ErrMalformed, wire.Ref{}},
		{"join nothing", `{"type":"join"}`, game.ErrMalformed, wire.Ref{}},
		{"join a short id", `{"type":"join","table":"aB3dE6g"}`, game.ErrMalformed, wire.Ref{}},
		{"join a path", `{"type":"join","table":"../../ab"}`, game.ErrMalformed, wire.Ref{}},
		{"join after -1", `{"type":"join","table":"aB3dE6gH","after":-1}`, game.ErrMalformed, wire.Ref{Table: tab}},
		{"join after 1.5", `{"type":"join","table":"aB3dE6gH","after":1.5}`, game.ErrMalformed, wire.Ref{Table: tab}},
		{"watch 1", `{"type":"join","table":"aB3dE6gH","watch":1}`, game.ErrMalformed, wire.Ref{Table: tab}},
		{"act without id", `{"type":"act","table":"aB3dE6gH","action":{"type":"move"}}`, game.ErrMalformed, wire.Ref{Table: tab}},
		{"act with an empty id", `{"type":"act","table":"aB3dE6gH","id":"","action":{"type":"move"}}`, game.ErrMalformed, wire.Ref{Table: tab}},
		{"act with a long id", `{"type":"act","table":"aB3dE6gH","id":"1234567890123456789012345","action":{"type":"move"}}`, game.ErrMalformed, wire.Ref{Table: tab}},
		{"act with a tab in its id", `{"type":"act","table":"aB3dE6gH","id":"a\tb","action":{"type":"move"}}`, game.ErrMalformed, wire.Ref{Table: tab}},
		{"act with a number for id", `{"type":"act","table":"aB3dE6gH","id":7,"action":{"type":"move"}}`, game.ErrMalformed, wire.Ref{Table: tab}},
		{"act without action", `{"type":"act","table":"aB3dE6gH","id":"m1"}`, game.ErrMalformed, wire.Ref{ID: "m1", Table: tab}},
		{"act with a word", `{"type":"act","table":"aB3dE6gH","id":"m1","action":"move"}`, game.ErrMalformed, wire.Ref{ID: "m1", Table: tab}},
		{"act without action type", `{"type":"act","table":"aB3dE6gH","id":"m1","action":{"uci":"e2e4"}}`, game.ErrMalformed, wire.Ref{ID: "m1", Table: tab}},
		{"spent before the start", `{"type":"act","table":"aB3dE6gH","id":"m1","action":{"type":"move"},"spent_ms":-1}`, game.ErrMalformed, wire.Ref{ID: "m1", Table: tab}},
		{"spent a year", `{"type":"act","table":"aB3dE6gH","id":"m1","action":{"type":"move"},"spent_ms":31536000000}`, game.ErrMalformed, wire.Ref{ID: "m1", Table: tab}},
		{"pool without control", `{"type":"pool","id":"q1"}`, game.ErrMalformed, wire.Ref{ID: "q1"}},
		{"pool with nonsense", `{"type":"pool","id":"q1","control":"3+"}`, game.ErrMalformed, wire.Ref{ID: "q1"}},
		{"seek without kind", `{"type":"seek","id":"q1","control":"3+2"}`, game.ErrMalformed, wire.Ref{ID: "q1"}},
		{"seek with a red side", `{"type":"seek","id":"q1","kind":"chess","control":"3+2","color":"red"}`, game.ErrMalformed, wire.Ref{ID: "q1"}},
		{"seek with a setup in words", `{"type":"seek","id":"q1","kind":"chess","control":"3+2","setup":"standard"}`, game.ErrMalformed, wire.Ref{ID: "q1"}},
		{"seek for nobody", `{"type":"seek","id":"q1","kind":"chess","control":"3+2","min_rating":1800,"max_rating":1400}`, game.ErrMalformed, wire.Ref{ID: "q1"}},
		{"take without seek", `{"type":"take","id":"q1"}`, game.ErrMalformed, wire.Ref{ID: "q1"}},
	} {
		m, ref, err := wire.Decode([]byte(row.frame))
		if !errors.Is(err, row.want) || m != nil || ref != row.ref {
			t.Errorf("%s: got %v, %+v, %v; want %+v, %v", row.name, m, ref, err, row.ref, row.want)
		}
	}
}

func TestDecodeIgnoresWhatItDoesNotKnow(t *testing.T) {
	frame := ` { "x" : {"type":"leave","y":["}"]} , "type" : "join" , "table":"\u0061B3dE6gH", "z":[1,[2]], "after" : 3, "watch": null } `
	got, _, err := wire.Decode([]byte(frame))
	if want := (wire.Join{Table: tab, After: 3}); err != nil || got != wire.Message(want) {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
}

func TestDecodeSharesNothing(t *testing.T) {
	frame := []byte(`{"type":"act","table":"aB3dE6gH","id":"m1","action":{"type":"move","uci":"e2e4"}}`)
	got, _, err := wire.Decode(frame)
	if err != nil {
		t.Fatal(err)
	}
	for i := range frame {
		frame[i] = '!'
	}
	want := act("m1", `{"type":"move","uci":"e2e4"}`, spent(-1))
	if !reflect.DeepEqual(got, wire.Message(want)) {
		t.Errorf("after the buffer was used again: %+v, want %+v", got, want)
	}
}

// FuzzDecode looks for frames that break the reader, and for messages outside
// the limits.
func FuzzDecode(f *testing.F) {
	for _, frame := range readFixtures(f, "client-") {
		f.Add(frame)
	}
	f.Add([]byte(`{"type":"ping","at":}`))
	f.Fuzz(func(t *testing.T, frame []byte) {
		m, ref, err := wire.Decode(frame)
		if (m == nil) == (err == nil) {
			t.Fatalf("message %v and error %v", m, err)
		}
		if wire.IsInternal(err) {
			t.Fatalf("a bad frame is not our fault: %v", err)
		}
		if a, ok := m.(wire.Act); ok {
			checkAct(t, a, ref)
		}
	})
}

func checkAct(t *testing.T, a wire.Act, ref wire.Ref) {
	t.Helper()
	if len(a.ID) == 0 || len(a.ID) > 24 || len(a.Table) != 8 || ref.ID != string(a.ID) || ref.Table != a.Table {
		t.Fatalf("ids out of their limits: %+v", a)
	}
	var o map[string]json.RawMessage
	if err := json.Unmarshal(a.Data, &o); err != nil {
		t.Fatalf("action %s: %v", a.Data, err)
	}
	var typ string
	if err := json.Unmarshal(o["type"], &typ); err == nil && typ != a.Type && !strings.Contains(string(a.Data), `\`) {
		t.Fatalf("type %q of %s", a.Type, a.Data)
	}
}

func BenchmarkDecodeAct(b *testing.B) {
	frame, err := os.ReadFile(filepath.Join(fixtures, "client-act-move.json"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := wire.Decode(frame); err != nil {
			b.Fatal(err)
		}
	}
}
