package games_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kibitz/internal/archive"
	"kibitz/internal/chess/pgn"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/games"
	"kibitz/internal/table"
)

// sharedFile finds test data beside the checkout.
func sharedFile(tb testing.TB, name string) string {
	tb.Helper()
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	file := filepath.Join(dir, "..", "shared", "data", name)
	if _, err := os.Stat(file); err != nil {
		tb.Skipf("the shared test data is not beside the checkout: %v", err)
	}
	return file
}

func catalog(tb testing.TB) game.Catalog {
	tb.Helper()
	c, err := games.Catalog(games.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// replayer plays games of a file at tables, with the clocks of the file and the
// jitter of a network.
type replayer struct {
	tb      testing.TB
	catalog game.Catalog
	rng     *rand.Rand
	records []table.Record
	t       *table.Table
	at      time.Time
	meters  [2]clock.LagMeter
}

var replayers = [2]table.Player{{ID: "WhiteWhite01", Name: "White_player"}, {ID: "BlackBlack02", Name: "Black_player"}}

func (r *replayer) take(records []table.Record) {
	if _, err := r.t.Apply(records, nil); err != nil {
		r.tb.Fatal(err)
	}
	r.records = append(r.records, records...)
}

// play returns the records of one game, and false for a file that a table would
// not take, such as one with a premature end.
func (r *replayer) play(n int, g *pgn.Game) ([]table.Record, bool) {
	var base, increment int
	if _, err := fmt.Sscanf(g.Tag("TimeControl"), "%d+%d", &base, &increment); err != nil {
		return nil, false
	}
	control := clock.Control{Initial: time.Duration(base) * time.Second, Increment: time.Duration(increment) * time.Second}
	r.at = time.Date(2026, 5, 6, 7, 8, 9, 0, time.UTC).Add(time.Duration(n) * time.Hour)
	r.meters = [2]clock.LagMeter{}
	setup := table.Setup{Kind: "chess", Control: control, Origin: table.OriginPool, Rated: true, Seats: replayers[:]}
	if control.Validate() != nil {
		setup.Control = clock.Control{Initial: 10 * time.Minute, Increment: 5 * time.Second}
	}
	records, err := table.Create(table.ID(fmt.Sprintf("Pgn%05d", n)), setup, r.at, r.catalog, games.Chance())
	if err != nil {
		r.tb.Fatal(err)
	}
	if r.t, err = table.Load(r.catalog, records); err != nil {
		r.tb.Fatal(err)
	}
	r.records = records
	start, moves, err := g.Replay()
	if err != nil {
		r.tb.Fatal(err)
	}
	left := [2]time.Duration{control.Initial, control.Initial}
	node := g.Nodes[pgn.Root].Next
	for ply, m := range moves {
		// The file shows whole seconds: the rest is drawn.
		shown, _ := g.Nodes[node].Clock()
		now := shown + time.Duration(r.rng.IntN(1000))*time.Millisecond
		now = min(now, left[ply%2]+control.Increment-time.Duration(r.rng.IntN(200))*time.Millisecond)
		spent := max(0, left[ply%2]-now+control.Increment)
		left[ply%2] = now
		if !r.move(ply, start.UCI(m), spent) {
			break
		}
		start, node = start.Play(m), g.Nodes[node].Next
	}
	r.end(len(moves))
	return r.records, r.t.Result().Over()
}

// move plays a move that took about so long, and reports whether it was in
// time.
func (r *replayer) move(ply int, uci string, spent time.Duration) bool {
	lag := time.Duration(30+r.rng.NormFloat64()*8+r.rng.ExpFloat64()*12) * time.Millisecond
	lag = max(lag, 4*time.Millisecond)
	r.meters[ply%2].Add(lag)
	thought := spent
	r.at = r.at.Add(thought + lag)
	records, err := r.t.Judge(table.Command{
		Actor: replayers[ply%2], ID: table.ActionID(fmt.Sprintf("a%d", ply)), At: r.at, Type: "move",
		Data:   fmt.Appendf(nil, `{"uci":%q}`, uci),
		Report: clock.Report{Spent: thought, Lag: -1, FrameLag: r.meters[ply%2].Mean()},
	}, table.Presence{Chance: games.Chance()})
	if err != nil && !errors.Is(err, table.ErrOver) {
		r.tb.Fatalf("%s: %v", uci, err)
	}
	r.take(records)
	return err == nil && !r.t.Result().Over()
}

// end resigns for whoever is to move.
func (r *replayer) end(ply int) {
	if r.t.Result().Over() {
		return
	}
	r.at = r.at.Add(3217 * time.Millisecond)
	records, err := r.t.Judge(table.Command{Actor: replayers[ply%2], At: r.at, Type: "resign", Data: []byte("{}")}, table.Presence{})
	if err != nil {
		r.tb.Fatal(err)
	}
	r.take(records)
}

// TestPackSize packs 500 real games with clocks and a network's jitter, and
// holds the promise of at most 200 bytes a game. What the packer expects was
// found in every other game, from the first on: the rest was new to it.
func TestPackSize(t *testing.T) {
	file, err := os.Open(sharedFile(t, "chess/lichess-titled-1000-eval-clk.pgn"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r := &replayer{tb: t, catalog: catalog(t), rng: rand.New(rand.NewPCG(1, 2))}
	var known, unseen sizes
	count := 0
	var packing, unpacking time.Duration
	for g, err := range pgn.NewReader(file, pgn.Limits{}).All() {
		if err != nil {
			t.Fatal(err)
		}
		records, ok := r.play(count, g)
		if !ok {
			continue
		}
		s, err := archive.Summarize(r.catalog, records)
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		blob, err := archive.Pack(&s.Game, r.catalog[s.Game.Kind], records)
		if err != nil {
			t.Fatal(err)
		}
		packed := time.Now()
		if _, err := archive.Unpack(&s.Game, r.catalog[s.Game.Kind], blob); err != nil {
			t.Fatal(err)
		}
		packing, unpacking = packing+packed.Sub(begun), unpacking+time.Since(packed)
		if count++; count%2 == 1 {
			known.add(len(blob), s.Game.Plies)
		} else {
			unseen.add(len(blob), s.Game.Plies)
		}
	}
	if count < 400 {
		t.Fatalf("only %d games were packed", count)
	}
	t.Logf("games that the packer was fitted to: %v", known)
	t.Logf("other games: %v", unseen)
	t.Logf("packed in %v and unpacked in %v", packing/time.Duration(count), unpacking/time.Duration(count))
	if mean := (known.mean() + unseen.mean()) / 2; mean > 180 {
		t.Errorf("%.1f bytes a game, want at most 180", mean)
	}
	if unseen.bitsPerPly() > 19.5 {
		t.Errorf("%.2f bits a ply in games it did not know, want at most 19.5", unseen.bitsPerPly())
	}
}

// sizes are those of packed games.
type sizes struct {
	bytes []int
	plies int
}

func (s *sizes) add(bytes, plies int) {
	s.bytes = append(s.bytes, bytes)
	s.plies += plies
}

func (s sizes) sum() (sum int) {
	for _, n := range s.bytes {
		sum += n
	}
	return sum
}

func (s sizes) mean() float64 { return float64(s.sum()) / float64(len(s.bytes)) }

func (s sizes) bitsPerPly() float64 { return 8 * float64(s.sum()) / float64(s.plies) }

func (s sizes) String() string {
	sorted := slices.Sorted(slices.Values(s.bytes))
	at := func(percent int) int { return sorted[(len(sorted)-1)*percent/100] }
	return fmt.Sprintf("%d, with %.1f plies and %.1f bytes each, %.2f bits a ply; p50 %d, p90 %d, at most %d bytes",
		len(sorted), float64(s.plies)/float64(len(sorted)), s.mean(), s.bitsPerPly(), at(50), at(90), at(100))
}

var update = flag.Bool("update", false, "write the golden files anew")

// golden is a game as it was packed once and for all.
type golden struct {
	Game    archive.Game
	Blob    []byte
	Records []table.Record
}

// longGame plays likely and unlikely moves with a takeback, a draw offer and a
// gift of time.
func longGame(t *testing.T) []table.Record {
	t.Helper()
	r := &replayer{tb: t, catalog: catalog(t), rng: rand.New(rand.NewPCG(5, 5)), at: time.Date(2026, 5, 6, 7, 8, 9, 10e6, time.UTC)}
	records, err := table.Create("Golden01", table.Setup{
		Kind: "chess", Control: clock.Control{Initial: 5 * time.Minute, Increment: 3 * time.Second}, Origin: table.OriginLobby, Seats: replayers[:],
	}, r.at, r.catalog, games.Chance())
	if err != nil {
		t.Fatal(err)
	}
	if r.t, err = table.Load(r.catalog, records); err != nil {
		t.Fatal(err)
	}
	r.records = records
	ask := func(seat int, typ string) {
		r.at = r.at.Add(1234 * time.Millisecond)
		next, err := r.t.Judge(table.Command{Actor: replayers[seat], At: r.at, Type: typ, Data: []byte("{}"), Report: clock.NoReport()}, table.Presence{})
		if err != nil {
			t.Fatalf("%s: %v", typ, err)
		}
		r.take(next)
	}
	for ply, uci := range strings.Fields("e2e4 c7c5 g1f3 d7d6 d2d4 c5d4 f3d4 g8f6 b1c3 a7a6 f1e2 e7e5 d4b3 f8e7 e1g1 e8g8") {
		r.move(ply, uci, time.Duration(r.rng.IntN(9000))*time.Millisecond)
		switch ply {
		case 5:
			ask(1, "takeback")
			ask(0, "takeback")
			r.move(ply, uci, 800*time.Millisecond)
		case 9:
			ask(0, "draw")
			ask(1, "draw-decline")
			ask(1, "give-time")
		}
	}
	ask(0, "resign")
	return r.records
}

// TestPackDays packs a game with days for every turn, whose players may not do
// everything, and reads it back.
func TestPackDays(t *testing.T) {
	r := &replayer{tb: t, catalog: catalog(t), rng: rand.New(rand.NewPCG(7, 7)), at: time.Date(2026, 5, 6, 7, 8, 9, 10e6, time.UTC)}
	records, err := table.Create("Post0001", table.Setup{
		Kind: "chess", Game: []byte(`{"variant":"standard","no_abort":true,"no_early_draw":true}`), Control: clock.Control{Days: 14},
		Origin: table.OriginFriend, Seats: replayers[:], Rules: table.Limits{NoRematch: true, NoClaimWin: true},
	}, r.at, r.catalog, games.Chance())
	if err != nil {
		t.Fatal(err)
	}
	if r.t, err = table.Load(r.catalog, records); err != nil {
		t.Fatal(err)
	}
	r.records = records
	for ply, uci := range strings.Fields("e2e4 e7e5 g1f3 b8c6 f1b5 a7a6") {
		r.move(ply, uci, time.Duration(r.rng.IntN(13*24))*time.Hour+1234*time.Millisecond)
	}
	for _, typ := range []string{"give-time", "resign"} {
		r.at = r.at.Add(clock.Day)
		next, err := r.t.Judge(table.Command{Actor: replayers[1], At: r.at, Type: typ, Data: []byte("{}"), Report: clock.NoReport()}, table.Presence{})
		if err != nil {
			t.Fatal(err)
		}
		r.take(next)
	}
	s, err := archive.Summarize(r.catalog, r.records)
	if err != nil || s.Game.Control.Days != 14 || s.Game.Speed != clock.Correspondence {
		t.Fatalf("the game is %+v, %v", s.Game, err)
	}
	blob, err := archive.Pack(&s.Game, r.catalog["chess"], r.records)
	if err != nil {
		t.Fatal(err)
	}
	back, err := archive.Unpack(&s.Game, r.catalog["chess"], blob)
	if err != nil || len(back) != len(r.records) {
		t.Errorf("got %d records, %v, want %d", len(back), err, len(r.records))
	}
}

// TestPackGolden reads games of chess that former versions packed. A file is
// added when the form changes, and none is ever changed.
func TestPackGolden(t *testing.T) {
	rules := catalog(t)["chess"]
	if *update {
		records := longGame(t)
		s, err := archive.Summarize(catalog(t), records)
		if err != nil {
			t.Fatal(err)
		}
		blob, err := archive.Pack(&s.Game, rules, records)
		if err != nil {
			t.Fatal(err)
		}
		back, err := archive.Unpack(&s.Game, rules, blob)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.MarshalIndent(golden{s.Game, blob, back}, "", " ")
		if err == nil {
			err = os.WriteFile("testdata/packed-1.json", append(text, '\n'), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob("testdata/packed-*.json")
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
		got, err := archive.Unpack(&g.Game, rules, g.Blob)
		if err != nil || !reflect.DeepEqual(got, g.Records) {
			t.Errorf("%s: got %+v, %v", file, got, err)
		}
	}
}
