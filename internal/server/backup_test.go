package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// shuffling is a game that goes on all the time, and how many of its moves were
// acknowledged.
type shuffling struct {
	id    table.ID
	acked int
}

// TestBackupDuringPlay copies a server in the middle of games, and goes on with
// the copy: every game that was running is there with every move that was shown
// before the copy began, its clocks stand, and it can be played on. Nothing in
// the copy contradicts anything else in it.
func TestBackupDuringPlay(t *testing.T) {
	dir := t.TempDir()
	s, stop := serve(t, dir)
	running := begin(t, s)
	ctx, cease := context.WithCancel(t.Context())
	var crowd sync.WaitGroup
	for n := range 4 {
		crowd.Go(func() { finishGames(ctx, t, s, n) })
	}
	for round := range 3 {
		advance(t, s, running)
		before := running.acked
		var copied bytes.Buffer
		done := make(chan error, 1)
		go func() { done <- Backup(t.Context(), Config{Data: dir}, &copied) }()
		advance(t, s, running)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		wantAlive(t, copied.Bytes(), running, before)
		if round == 0 {
			wantWhole(t, copied.Bytes())
		}
	}
	cease()
	crowd.Wait()
	stop()
	var copied bytes.Buffer // of a server that stands still
	if err := Backup(t.Context(), Config{Data: dir}, &copied); err != nil {
		t.Fatal(err)
	}
	wantAlive(t, copied.Bytes(), running, running.acked)
}

func begin(t *testing.T, s *Server) *shuffling {
	t.Helper()
	id, err := s.host.Create(t.Context(), table.Setup{
		Kind: "chess", Control: clock.Control{Initial: 10 * time.Minute}, Origin: table.OriginFriend, Seats: people,
	})
	if err != nil {
		t.Fatal(err)
	}
	return &shuffling{id: id}
}

// line is a game without captures or repetitions, long enough for the test.
var line = strings.Fields("a2a3 a7a6 b2b3 b7b6 c2c3 c7c6 d2d3 d7d6 e2e3 e7e6 f2f3 f7f6 g2g3 g7g6 h2h3 h7h6 " +
	"a3a4 a6a5 b3b4 b6b5 c3c4 c6c5 d3d4 d6d5 e3e4 e6e5 f3f4 f6f5")

// advance makes four moves.
func advance(t *testing.T, s *Server, g *shuffling) {
	t.Helper()
	for range 4 {
		do(t, s.host, table.Command{
			Table: g.id, Actor: people[g.acked%2], ID: table.ActionID(fmt.Sprint("m", g.acked)), Type: "move",
			Data: fmt.Appendf(nil, `{"uci":%q}`, line[g.acked]),
		})
		g.acked++
	}
}

// finishGames ends one game after the other, for the archive.
func finishGames(ctx context.Context, t *testing.T, s *Server, n int) {
	seats := []table.Player{{ID: person(n, 0), Name: "A"}, {ID: person(n, 1), Name: "B"}}
	for ctx.Err() == nil {
		id, err := s.host.Create(context.Background(), table.Setup{
			Kind: "chess", Control: clock.Control{Initial: time.Minute}, Origin: table.OriginPool, Rated: true, Seats: seats,
		})
		if err != nil {
			t.Error(err)
			return
		}
		for ply, uci := range []string{"f2f3", "e7e5", "g2g4", "d8h4"} {
			_, err := s.host.Do(context.Background(), table.Command{
				Table: id, Actor: seats[ply%2], ID: table.ActionID(fmt.Sprint("m", ply)), Type: "move",
				Data: fmt.Appendf(nil, `{"uci":%q}`, uci), Report: clock.NoReport(),
			})
			if err != nil {
				t.Error(err)
				return
			}
		}
	}
}

// wantAlive restores a backup, checks it, serves it and plays on.
func wantAlive(t *testing.T, backup []byte, g *shuffling, least int) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "restored")
	if _, err := Restore(t.Context(), Config{Data: dir}, bytes.NewReader(backup)); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	audit, err := Check(t.Context(), Config{Data: dir, Log: slog.New(slog.DiscardHandler)}, &said)
	if err != nil || audit.Differences > 0 {
		t.Errorf("the copy contradicts itself: %+v, %v\n%s", audit, err, said.String())
	}
	s, stop := serve(t, dir)
	defer stop()
	snap, err := s.host.Snapshot(t.Context(), g.id, game.Spectator)
	if err != nil {
		t.Fatal(err)
	}
	plies := len(snap.Spent)
	if plies < least || plies > g.acked {
		t.Errorf("got %d plies, want %d to %d", plies, least, g.acked)
	}
	if plies >= 2 && (snap.Clocks == nil || !snap.Clocks.Held) {
		t.Errorf("got clocks %+v, want them held", snap.Clocks)
	}
	copied := &shuffling{id: g.id, acked: plies}
	do(t, s.host, table.Command{
		Table: copied.id, Actor: people[plies%2], ID: table.ActionID(fmt.Sprint("m", plies)), Type: "move",
		Data: fmt.Appendf(nil, `{"uci":%q}`, line[plies]),
	})
}

// wantWhole cuts a backup short and alters it: nothing is restored of that.
func wantWhole(t *testing.T, backup []byte) {
	t.Helper()
	altered := bytes.Clone(backup)
	altered[len(altered)/2] ^= 4
	for name, bad := range map[string][]byte{
		"cut short": backup[:len(backup)*9/10], "altered": altered, "empty": nil, "something else": []byte("1. e4 *"),
	} {
		dir := filepath.Join(t.TempDir(), "restored")
		if _, err := Restore(t.Context(), Config{Data: dir}, bytes.NewReader(bad)); !errors.Is(err, ErrBackup) {
			t.Errorf("%s: got %v, want %v", name, err, ErrBackup)
		}
		if left, _ := os.ReadDir(filepath.Dir(dir)); len(left) > 0 {
			t.Errorf("%s: %v is left", name, left)
		}
	}
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "mine"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), Config{Data: full}, bytes.NewReader(backup)); !errors.Is(err, ErrBackup) {
		t.Errorf("a folder that is not empty: got %v, want %v", err, ErrBackup)
	}
	if err := Backup(t.Context(), Config{Data: t.TempDir()}, io.Discard); !errors.Is(err, ErrBackup) {
		t.Errorf("a folder without a server: got %v, want %v", err, ErrBackup)
	}
}

// person is an id of somebody in the crowd.
func person(n, seat int) account.ID { return account.ID(fmt.Sprintf("crowd%05d%02d", n, seat)) }
