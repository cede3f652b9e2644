package archive_test

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"kibitz/internal/archive"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/game/gametest"
	"kibitz/internal/table"
)

var update = flag.Bool("update", false, "write the golden files anew")

var cards = game.Catalog{"highcard": gametest.HighCard{}}

// someGame plays a game of high card with sitting down, chat of players and
// strangers, gifts of time and an outage, drawn from a seed.
func someGame(tb testing.TB, seed uint64) []table.Record {
	tb.Helper()
	rng := rand.New(rand.NewPCG(seed, 1))
	chance := gametest.NewChance(seed)
	seats := []table.Player{{ID: "AnnAnnAnnAnn", Name: "Ann"}, {ID: "BobBobBobBob", Name: "Bob \"B\"", Guest: true}}
	at := time.Date(2026, 2, 3, 4, 5, 6, 7e6, time.UTC)
	setup := table.Setup{
		Kind: "highcard", Control: clock.Control{Initial: time.Minute, Increment: time.Second}, Origin: table.OriginFriend,
		Seats: []table.Player{seats[0], {}}, Prior: "Prior123", Games: 2,
	}
	if seed%3 == 0 {
		setup.Game = json.RawMessage(`{"deck":40}`)
	}
	records, err := table.Create(table.ID(fmt.Sprintf("High%04d", seed)), setup, at, cards, chance)
	if err != nil {
		tb.Fatal(err)
	}
	t, err := table.Load(cards, records)
	if err != nil {
		tb.Fatal(err)
	}
	act := func(who table.Player, typ, data string) {
		at = at.Add(time.Duration(rng.IntN(3000)) * time.Millisecond)
		cmd := table.Command{Actor: who, ID: table.ActionID(fmt.Sprint("a", len(records))), At: at, Type: typ, Data: []byte(data), Report: clock.NoReport()}
		next, err := t.Judge(cmd, table.Presence{Chance: chance})
		if err != nil {
			return // refusals leave no record
		}
		if _, err := t.Apply(next, nil); err != nil {
			tb.Fatal(err)
		}
		records = append(records, next...)
	}
	act(seats[1], "sit", "{}")
	for range 200 {
		who := seats[rng.IntN(2)]
		switch rng.IntN(12) {
		case 0:
			act(who, "chat", `{"preset":"gl"}`)
		case 1:
			act(table.Player{ID: "StrangerXX01", Name: "Stranger"}, "chat", `{"text":"who wins? é"}`)
		case 2:
			act(who, "give-time", "{}")
		case 3, 4:
			act(seats[0], "deal", "{}")
		case 5:
			if claim, err := t.Claim(at, at.Add(time.Second)); err == nil && len(claim) > 0 {
				if _, err := t.Apply(claim, nil); err != nil {
					tb.Fatal(err)
				}
				records = append(records, claim...)
			}
		case 6:
			act(who, "rematch", "{}")
		default:
			act(who, "show", "{}")
		}
	}
	return records
}

// packed returns a game with its blob.
func packed(tb testing.TB, records []table.Record) (archive.Game, []byte) {
	tb.Helper()
	s, err := archive.Summarize(cards, records)
	if err != nil {
		tb.Fatal(err)
	}
	blob, err := archive.Pack(&s.Game, cards["highcard"], records)
	if err != nil {
		tb.Fatal(err)
	}
	return s.Game, blob
}

// TestPack packs games of a kind that ranks no turns, with all that can happen
// at a table.
func TestPack(t *testing.T) {
	types := map[string]int{}
	for seed := range uint64(60) {
		records := someGame(t, seed)
		g, blob := packed(t, records)
		back, err := archive.Unpack(&g, cards["highcard"], blob)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for i := range records {
			types[records[i].Type]++
			want := records[i]
			want.Action = ""
			if !reflect.DeepEqual(back[i], want) {
				t.Fatalf("seed %d: record %d came back as\n%+v, want\n%+v", seed, i+1, back[i], want)
			}
		}
		if again, err := archive.Summarize(cards, back); err != nil || !reflect.DeepEqual(again.Game, g) {
			t.Fatalf("seed %d: what came back is the game\n%+v, %v, want\n%+v", seed, again.Game, err, g)
		}
	}
	for _, typ := range []string{"table.created", "table.seated", "table.chat", "table.gave-time", "table.held", "table.rematch-offered"} {
		if types[typ] == 0 {
			t.Errorf("no game had a record of type %s: %v", typ, types)
		}
	}
}

func TestPackRefuses(t *testing.T) {
	records := someGame(t, 1)
	g, _ := packed(t, records)
	other := records[0]
	other.Table = "Other000"
	for _, tt := range []struct {
		name    string
		records []table.Record
	}{
		{"nothing", nil},
		{"a gap", append(append([]table.Record(nil), records[:2]...), records[3:]...)},
		{"another table", append([]table.Record{other}, records[1:]...)},
		{"no beginning", records[1:]},
	} {
		if _, err := archive.Pack(&g, cards["highcard"], tt.records); !errors.Is(err, game.ErrMalformed) {
			t.Errorf("%s: Pack() = %v, want ErrMalformed", tt.name, err)
		}
	}
}

// TestDamage flips every bit of a record: none goes unnoticed.
func TestDamage(t *testing.T) {
	g, blob := packed(t, someGame(t, 2))
	for i := range blob {
		for bit := range 8 {
			bad := append([]byte(nil), blob...)
			bad[i] ^= 1 << bit
			if _, err := archive.Unpack(&g, cards["highcard"], bad); !errors.Is(err, archive.ErrDamaged) {
				t.Fatalf("byte %d, bit %d: Unpack() = %v, want ErrDamaged", i, bit, err)
			}
		}
	}
	for n := range blob {
		if _, err := archive.Unpack(&g, cards["highcard"], blob[:n]); !errors.Is(err, archive.ErrDamaged) {
			t.Fatalf("cut to %d bytes: Unpack() = %v, want ErrDamaged", n, err)
		}
	}
	g.ID = "Other000"
	if _, err := archive.Unpack(&g, cards["highcard"], blob); !errors.Is(err, archive.ErrDamaged) {
		t.Errorf("under another id: Unpack() = %v, want ErrDamaged", err)
	}
}

// golden is a game as it was packed once and for all.
type golden struct {
	Game    archive.Game
	Blob    []byte
	Records []table.Record
}

// TestGolden reads what was packed by former versions. A file is added when the
// form changes, and none is ever changed.
func TestGolden(t *testing.T) {
	if *update {
		g := golden{Records: someGame(t, 7)}
		g.Game, g.Blob = packed(t, g.Records)
		for i := range g.Records {
			g.Records[i].Action = ""
		}
		writeGolden(t, "testdata/highcard-1.json", g)
	}
	files, err := filepath.Glob("testdata/highcard-*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var g golden
		if err := json.Unmarshal(text, &g); err != nil {
			t.Fatal(err)
		}
		got, err := archive.Unpack(&g.Game, cards[g.Game.Kind], g.Blob)
		if err != nil || !reflect.DeepEqual(got, g.Records) {
			t.Errorf("%s: got %+v, %v", file, got, err)
		}
	}
}

func writeGolden(tb testing.TB, file string, g golden) {
	tb.Helper()
	text, err := json.MarshalIndent(g, "", " ")
	if err == nil {
		err = os.WriteFile(file, append(text, '\n'), 0o644)
	}
	if err != nil {
		tb.Fatal(err)
	}
}

// FuzzUnpack reads anything as a record whose checksum is right.
func FuzzUnpack(f *testing.F) {
	for seed := range uint64(5) {
		g, blob := packed(f, someGame(f, seed))
		f.Add(string(g.ID), blob[5:])
	}
	template, _ := packed(f, someGame(f, 3))
	f.Fuzz(func(t *testing.T, id string, rest []byte) {
		g := template
		g.ID = table.ID(id)
		blob := append([]byte{1, 0, 0, 0, 0}, rest...)
		crc := crc32.MakeTable(crc32.Castagnoli)
		sum := crc32.Update(crc32.Update(crc32.Update(0, crc, blob[:1]), crc, []byte(id)), crc, rest)
		binary.LittleEndian.PutUint32(blob[1:], sum)
		got, err := archive.Unpack(&g, cards["highcard"], blob)
		if err != nil && !errors.Is(err, archive.ErrDamaged) {
			t.Fatalf("Unpack() = %v, want nil or ErrDamaged", err)
		}
		if err == nil && len(got) == 0 {
			t.Fatal("nothing came back, and no error")
		}
		if _, err := archive.Final(&g, cards["highcard"], blob); err != nil && !errors.Is(err, archive.ErrDamaged) {
			t.Fatalf("Final() = %v, want nil or ErrDamaged", err)
		}
	})
}
