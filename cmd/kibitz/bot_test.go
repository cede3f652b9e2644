package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"kibitz/internal/botclient"
	"kibitz/internal/uci"
)

// botGames is how many games two bots play against each other in a test. The
// acceptance of the project is 100: KIBITZ_BOT_GAMES=100.
func botGames(t *testing.T) int {
	t.Helper()
	text := os.Getenv("KIBITZ_BOT_GAMES")
	if text == "" {
		return 10
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("KIBITZ_BOT_GAMES is a number of games, not %q", text)
	}
	return n
}

// stockfish returns the path of an engine.
func stockfish(t *testing.T) string {
	t.Helper()
	path, err := uci.Find()
	if err != nil {
		t.Skipf("bots need an engine: %v", err)
	}
	return path
}

// botToken makes a bot, and a token for it.
func (s *serverProcess) botToken(name string) string {
	s.tb.Helper()
	var stdout, stderr strings.Builder
	for _, args := range [][]string{{"add", name, "bot"}, {"token", name, "bot:play"}} {
		stdout.Reset()
		if status := run(append([]string{"user", "--data", s.data}, args...), &stdout, &stderr); status != exitOK {
			s.tb.Fatalf("kibitz user %v: %s", args, stderr.String())
		}
	}
	return strings.TrimSpace(stdout.String())
}

// startBot lets a bot take challenges until the test ends.
func startBot(t *testing.T, cfg botclient.Config, engine string) {
	t.Helper()
	cfg.Open = func(ctx context.Context) (botclient.Engine, error) { return uci.Open(ctx, engine, uci.Options{}) }
	cfg.Log = slog.New(slog.NewTextHandler(t.Output(), nil))
	bot, err := botclient.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := bot.Run(ctx); err != nil {
			t.Errorf("the bot that waits for challenges: %v", err)
		}
	})
	t.Cleanup(func() { cancel(); running.Wait() })
}

// challengeWith runs kibitz bot as a challenger, and returns what it says.
func challengeWith(t *testing.T, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, log strings.Builder
	if status := run(append([]string{"bot"}, args...), &out, &log); status != exitOK {
		t.Fatalf("kibitz bot %v: status %d\n%s%s", args, status, out.String(), log.String())
	}
	return out.String(), log.String()
}

// wantGames downloads the games of somebody, and wants so many that our rules
// agree with.
func (s *serverProcess) wantGames(name string, n int) {
	s.tb.Helper()
	var text []byte
	for range 500 { // until the archive has them
		answer, err := http.Get("http://" + s.addr + "/api/games/user/" + name + "?clocks=true")
		if err != nil {
			s.tb.Fatal(err)
		}
		text, err = io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if err != nil || answer.StatusCode != http.StatusOK {
			s.tb.Fatalf("games of %s: %d %v", name, answer.StatusCode, err)
		}
		if strings.Count(string(text), "[Event ") >= n {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	file := filepath.Join(s.tb.TempDir(), "games.pgn")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		s.tb.Fatal(err)
	}
	var stdout, stderr strings.Builder
	if status := run([]string{"verify", "pgn", file}, &stdout, &stderr); status != exitOK || !strings.Contains(stdout.String(), fmt.Sprintf("%d ok, 0 failed", n)) {
		s.tb.Errorf("verify pgn: status %d, want %d games\n%s%s", status, n, stdout.String(), stderr.String())
	}
}

// TestBots lets two bots play bullet against each other, over HTTP alone.
func TestBots(t *testing.T) {
	engine, n := stockfish(t), botGames(t)
	t.Setenv("KIBITZ_GUESTS_PER_MINUTE", "-1") // two bots are faster than one address may be
	s := startServer(t)
	url := "http://" + s.addr
	startBot(t, botclient.Config{URL: url, Token: s.botToken("Beta"), Level: 2, Games: 2}, engine)
	said, _ := challengeWith(t, "--url", url, "--token", s.botToken("Alpha"), "--engine", engine, "--level", "2",
		"--challenge", "beta", "--count", strconv.Itoa(n), "--games", "2", "--limit", "1m")
	if got := strings.Count(said, " against Beta: "); got != n {
		t.Errorf("%d games, want %d:\n%s", got, n, said)
	}
	s.wantGames("alpha", n)
}

// TestBotsAcrossAKill kills the server in the middle of games of two bots that
// think on each other's time, and starts it again: they go on.
func TestBotsAcrossAKill(t *testing.T) {
	engine := stockfish(t)
	t.Setenv("KIBITZ_GUESTS_PER_MINUTE", "-1")
	s := startServer(t)
	url := "http://" + s.addr
	startBot(t, botclient.Config{URL: url, Token: s.botToken("Beta"), Ponder: true}, engine)
	alpha := s.botToken("Alpha")
	restarted := make(chan struct{})
	go func() {
		defer close(restarted)
		time.Sleep(4 * time.Second)
		s.kill()
		time.Sleep(500 * time.Millisecond)
		s.start()
	}()
	said, log := challengeWith(t, "--url", url, "--token", alpha, "--engine", engine, "--ponder",
		"--challenge", "beta", "--variant", "chess960", "--limit", "15s")
	<-restarted
	if strings.Count(said, " against Beta: ") != 1 || strings.Contains(said, "aborted") {
		t.Errorf("they said %q\n%s", said, log)
	}
	if !strings.Contains(log, "stream") {
		t.Errorf("the server was not missed:\n%s", log)
	}
	s.wantGames("alpha", 1)
}

func TestBotRefusesBadArguments(t *testing.T) {
	for _, row := range []struct {
		name string
		args []string
		want int
	}{
		{"no token", []string{"--engine", os.Args[0]}, exitUsage},
		{"no engine", []string{"--engine", "/nothing/here", "--token", "kbz_x"}, exitUsage},
		{"no level", []string{"--engine", os.Args[0], "--token", "kbz_x", "--level", "9"}, exitUsage},
		{"no URL", []string{"--engine", os.Args[0], "--token", "kbz_x", "--url", "here"}, exitUsage},
		{"a path", []string{"--engine", os.Args[0], "--token", "kbz_x", "--url", "http://localhost/kibitz"}, exitUsage},
		{"too much", []string{"now"}, exitUsage},
		{"help", []string{"-h"}, exitOK},
	} {
		if got := run(append([]string{"bot"}, row.args...), io.Discard, io.Discard); got != row.want {
			t.Errorf("%s: status %d, want %d", row.name, got, row.want)
		}
	}
}

// TestBotRefused ends a bot that the server does not want.
func TestBotRefused(t *testing.T) {
	s := startServer(t)
	var stderr strings.Builder
	if got := run([]string{"bot", "--engine", os.Args[0], "--token", "kbz_wrong", "--url", "http://" + s.addr}, io.Discard, &stderr); got != exitFailed {
		t.Errorf("a wrong token: status %d", got)
	}
	if !strings.Contains(stderr.String(), "No such token") {
		t.Errorf("a wrong token: %s", stderr.String())
	}
}
