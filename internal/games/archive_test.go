package games_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
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
// holds the promise of at most 200 bytes a game.
func TestPackSize(t *testing.T) {
	file, err := os.Open(sharedFile(t, "chess/lichess-titled-1000-eval-clk.pgn"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r := &replayer{tb: t, catalog: catalog(t), rng: rand.New(rand.NewPCG(1, 2))}
	count, plies, size, largest := 0, 0, 0, 0
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
		blob, err := archive.Pack(&s.Game, r.catalog[s.Game.Kind], records)
		if err != nil {
			t.Fatal(err)
		}
		count, plies, size, largest = count+1, plies+s.Game.Plies, size+len(blob), max(largest, len(blob))
	}
	if count < 400 {
		t.Fatalf("only %d games were packed", count)
	}
	mean := float64(size) / float64(count)
	t.Logf("%d games, %.1f plies and %.1f bytes a game, %.2f bits a ply, at most %d bytes",
		count, float64(plies)/float64(count), mean, 8*float64(size)/float64(plies), largest)
	if mean > 200 {
		t.Errorf("%.1f bytes a game, want at most 200", mean)
	}
}
