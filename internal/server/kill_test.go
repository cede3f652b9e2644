package server

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/clock"
	"kibitz/internal/table"
)

// victimDir names the folder of a server that is to be killed, and
// victimDatabase its database, if that is elsewhere.
const (
	victimDir      = "KIBITZ_TEST_VICTIM"
	victimDatabase = "KIBITZ_TEST_VICTIM_DATABASE"
)

// TestVictim is no test: it is the server that others kill.
func TestVictim(t *testing.T) {
	dir := os.Getenv(victimDir)
	if dir == "" {
		t.Skip("it runs as the child of other tests")
	}
	s, err := Open(Config{Data: dir, Database: os.Getenv(victimDatabase), Settle: time.Millisecond, Log: slog.New(slog.NewTextHandler(os.Stderr, nil))})
	if err != nil {
		t.Fatal(err)
	}
	go func() { t.Log(s.Serve(context.Background())) }()
	until(t, "the server is ready", s.ready.Load)
	fmt.Println("ready")
	var out sync.Mutex
	for i := range 6 {
		go playForEver(s, rand.New(rand.NewPCG(uint64(i), uint64(time.Now().UnixNano()))), &out)
	}
	time.Sleep(time.Minute) // it is killed long before
}

// crowd are the people who play.
func crowd(i int) table.Player {
	return table.Player{ID: account.ID(fmt.Sprintf("Player%06d", i)), Name: fmt.Sprintf("Player-%d", i)}
}

// playForEver plays short games, and prints the id of each one that ended.
func playForEver(s *Server, rng *rand.Rand, out *sync.Mutex) {
	for {
		time.Sleep(time.Duration(rng.IntN(250)) * time.Millisecond) // each life reads the journal of those before
		a := rng.IntN(8)
		seats := []table.Player{crowd(a), crowd((a + 1 + rng.IntN(7)) % 8)}
		id, err := s.host.Create(context.Background(), table.Setup{
			Kind: "chess", Control: clock.Control{Initial: 3 * time.Minute}, Origin: table.OriginPool, Rated: rng.IntN(5) > 0, Seats: seats,
		})
		if err != nil {
			continue
		}
		moves := []string{"e2e4", "e7e5", "d1h5", "b8c6", "f1c4", "g8f6", "h5f7"}[:1+rng.IntN(7)]
		act := func(n int, seat int, typ, data string) error {
			_, err := s.host.Do(context.Background(), table.Command{
				Table: id, Actor: seats[seat], ID: table.ActionID(fmt.Sprintf("a%d", n)), Type: typ, Data: []byte(data), Report: clock.NoReport(),
			})
			return err
		}
		for ply, uci := range moves {
			if err = act(ply, ply%2, "move", fmt.Sprintf(`{"uci":%q}`, uci)); err != nil {
				break
			}
		}
		if len(moves) < 7 {
			err = act(8, rng.IntN(2), "resign", "{}")
		}
		if err == nil {
			out.Lock()
			fmt.Println("over", id)
			out.Unlock()
			_ = act(9, 0, "chat", `{"preset":"gg"}`)
		}
	}
}

// kills is how often the server is killed.
const kills = 50

// TestKilledWorker kills a real server, worker and all, at random moments, and
// then looks that no game is missing and none is there twice, and that ratings
// and statistics are those that follow from the games.
func TestKilledWorker(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts and kills a server many times")
	}
	killed(t, Config{Data: t.TempDir()}, kills)
}

// killed kills a server so many times, and then looks at what it kept.
func killed(t *testing.T, at Config, times int) {
	t.Helper()
	at.Log = slog.New(slog.DiscardHandler)
	var ended []table.ID
	for range times {
		ended = append(ended, runVictim(t, at)...)
	}
	if len(ended) < times {
		t.Fatalf("only %d games ended", len(ended))
	}
	settle(t, at)
	var report strings.Builder
	audit, err := Check(t.Context(), at, &report)
	if err != nil || audit.Differences != 0 || audit.Pending != 0 {
		t.Errorf("Check() = %+v, %v\n%s", audit, err, report.String())
	}
	if audit.Games < len(ended) {
		t.Errorf("%d games are archived, and %d ended", audit.Games, len(ended))
	}
	t.Logf("%d kills, %d games that ended before one, %+v", times, len(ended), audit)
	wantEachOnce(t, at, ended)
}

// runVictim starts the server, kills it after a while, and returns the games
// that had ended.
func runVictim(t *testing.T, at Config) []table.ID {
	t.Helper()
	var ended []table.ID
	for _, line := range fell(t, "TestVictim", at) {
		if id, ok := strings.CutPrefix(line, "over "); ok && len(id) == table.IDLen {
			ended = append(ended, table.ID(id))
		}
	}
	return ended
}

// fell runs a test as a server of its own, kills it a moment after it is ready,
// and returns the lines that it wrote.
func fell(t *testing.T, victim string, at Config) []string {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^"+victim+"$")
	cmd.Env = append(os.Environ(), victimDir+"="+at.Data, victimDatabase+"="+at.Database)
	cmd.Stderr = io.Discard
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() && lines.Text() != "ready" {
	}
	death := time.AfterFunc(time.Duration(20+rand.IntN(1200))*time.Millisecond, func() { _ = cmd.Process.Kill() })
	defer death.Stop()
	var said []string
	for lines.Scan() {
		said = append(said, lines.Text())
	}
	_ = cmd.Wait() // it was killed
	return said
}

// settle runs the server until its worker has nothing left to do.
func settle(t *testing.T, at Config) {
	t.Helper()
	s, stop := serveAt(t, at)
	defer stop()
	db := s.stores.archive
	quiet, last := 0, int64(-1)
	until(t, "the worker is done", func() bool {
		counted, err := db.Through(t.Context(), archive.ProjectStats)
		if err != nil {
			t.Fatal(err)
		}
		next, err := db.After(t.Context(), counted, 1)
		if err != nil {
			t.Fatal(err)
		}
		if now := s.worker.State(); len(next) > 0 || now.Held > 0 || now.Records != last {
			quiet, last = 0, now.Records
			return false
		}
		quiet++
		return quiet > 100
	})
}

func wantEachOnce(t *testing.T, at Config, ended []table.ID) {
	t.Helper()
	s, stop := serveAt(t, at)
	defer stop()
	for _, id := range ended {
		if _, err := s.stores.archive.Game(t.Context(), id); err != nil {
			t.Errorf("%s ended and is not archived: %v", id, err)
		}
	}
	seen := make(map[table.ID]int)
	for i := range 8 {
		var at archive.Cursor
		for {
			entries, next, err := s.stores.archive.History(t.Context(), crowd(i).ID, archive.Filter{}, archive.Page{Before: at, Size: archive.MaxPage})
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range entries {
				seen[e.Game.ID]++
			}
			if at = next; at == (archive.Cursor{}) {
				break
			}
		}
	}
	for id, n := range seen {
		if n != 2 {
			t.Errorf("%s stands %d times in the histories of its two players", id, n)
		}
	}
}
