//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The environment that names the checkouts of other people's programs, which
// are never part of this repository: lichess-bot, python-chess (where its
// package is not installed), and the interpreter that finds their
// dependencies. See spec/lichess-api.md section 10.
const (
	lichessBotVariable  = "KIBITZ_LICHESS_BOT"
	pythonChessVariable = "KIBITZ_PYTHON_CHESS"
	pythonVariable      = "KIBITZ_PYTHON"
)

// lichessBotConfig is a configuration of lichess-bot: token, URL, folder and
// name of the engine.
const lichessBotConfig = `token: %q
url: %q
engine: {dir: %q, name: %q, protocol: "uci", working_dir: "", ponder: false, silence_stderr: false,
         uci_options: {Threads: 1, Hash: 16, Skill Level: 3, Move Overhead: 100}}
abort_time: 30
move_overhead: 200
rate_limiting_delay: 0
max_takebacks_accepted: 2
pgn_directory: "bot-pgn"
challenge: {concurrency: 1, sort_by: best, accept_bot: true, only_bot: false, max_increment: 180, min_increment: 0,
            max_base: 10800, min_base: 0, max_days: 14, min_days: 1, variants: [standard, chess960, fromPosition],
            time_controls: [bullet, blitz, rapid, classical, correspondence], modes: [casual, rated]}
greeting: {hello: "Hi {opponent}", goodbye: "gg", hello_spectators: "", goodbye_spectators: ""}
matchmaking: {allow_matchmaking: false}
`

// startLichessBot runs lichess-bot in a folder of its own until the test ends.
func startLichessBot(t *testing.T, checkout, engine, url, token string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	config := fmt.Sprintf(lichessBotConfig, token, url+"/", filepath.Dir(engine), filepath.Base(engine))
	if err := os.WriteFile(filepath.Join(folder, "config.yml"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	python := os.Getenv(pythonVariable)
	if python == "" {
		python = "python3"
	}
	cmd := exec.Command(python, filepath.Join(checkout, "lichess-bot.py"), "--config", "config.yml", "--disable_auto_logging", "-v")
	cmd.Dir, cmd.Stdout, cmd.Stderr = folder, t.Output(), t.Output()
	cmd.Env = append(os.Environ(), "PYTHONPATH="+os.Getenv(pythonChessVariable))
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // its engines and workers end with it
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		_ = cmd.Wait()
	})
	return folder
}

// TestLichessBot lets the unmodified lichess-bot play three games of standard
// chess and two of Chess960 to their natural ends against kibitz bot, with the
// server killed in the middle of them.
func TestLichessBot(t *testing.T) {
	checkout := os.Getenv(lichessBotVariable)
	if checkout == "" {
		t.Skip("no lichess-bot: name a checkout of it in " + lichessBotVariable + ", and one of python-chess in " + pythonChessVariable)
	}
	engine := stockfish(t)
	s := startServer(t)
	url := "http://" + s.addr
	folder := startLichessBot(t, checkout, engine, url, s.botToken("Botty"))
	alpha := s.botToken("Alpha")
	killed := make(chan struct{})
	go func() {
		defer close(killed)
		time.Sleep(45 * time.Second)
		s.kill()
		time.Sleep(time.Second)
		s.start()
	}()
	for _, part := range []struct{ variant, count string }{{"standard", "3"}, {"chess960", "2"}} {
		said, log := challengeWith(t, "--url", url, "--token", alpha, "--engine", engine, "--level", "3", "--challenge", "botty",
			"--variant", part.variant, "--count", part.count, "--limit", "1m", "--increment", "1s")
		if got := fmt.Sprint(strings.Count(said, " against Botty: ")); got != part.count || strings.Contains(said, "aborted") {
			t.Errorf("%s: %s games, want %s:\n%s%s", part.variant, got, part.count, said, log)
		}
	}
	<-killed
	s.wantGames("alpha", 5)
	written, err := filepath.Glob(filepath.Join(folder, "bot-pgn", "*.pgn"))
	if err != nil || len(written) == 0 {
		t.Errorf("lichess-bot wrote no PGN: %v, %v", written, err)
	}
}
