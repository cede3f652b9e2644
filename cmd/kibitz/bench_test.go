package main

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kibitz/internal/loadgen"
)

// asKibitz lets this test binary be the command itself, in a process that a
// test can kill.
const asKibitz = "KIBITZ_TEST_AS_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asKibitz) != "" {
		os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// serverProcess is a server that a test may kill.
type serverProcess struct {
	tb         testing.TB
	addr, data string
	cmd        *exec.Cmd
}

func startServer(tb testing.TB) *serverProcess {
	tb.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	s := &serverProcess{tb: tb, addr: free.Addr().String(), data: tb.TempDir()}
	if err := free.Close(); err != nil {
		tb.Fatal(err)
	}
	s.start()
	tb.Cleanup(s.kill)
	return s
}

func (s *serverProcess) start() {
	s.cmd = exec.Command(os.Args[0], "serve", "--listen", s.addr, "--data", s.data, "--engine", "none")
	s.cmd.Env = append(os.Environ(), asKibitz+"=1")
	if err := s.cmd.Start(); err != nil {
		s.tb.Error(err)
		return
	}
	for range 500 {
		if conn, err := net.Dial("tcp", s.addr); err == nil {
			_ = conn.Close()
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	s.tb.Errorf("nothing listens at %s", s.addr)
}

// kill is SIGKILL.
func (s *serverProcess) kill() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

func benchOf(tb testing.TB, s *serverProcess, args ...string) (loadgen.Result, int) {
	tb.Helper()
	var stdout, stderr strings.Builder
	status := run(append([]string{"bench", "--url", "http://" + s.addr, "--json"}, args...), &stdout, &stderr)
	var got loadgen.Result
	if err := json.Unmarshal([]byte(stdout.String()), &got); err != nil {
		tb.Fatalf("status %d, %v\n%s%s", status, err, stdout.String(), stderr.String())
	}
	if status != exitOK {
		tb.Log(stderr.String())
	}
	return got, status
}

func TestBench(t *testing.T) {
	got, status := benchOf(t, startServer(t), "--games", "5", "--think", "0", "--duration", "2s")
	if status != exitOK || got.Errors != 0 || got.Moves == 0 || got.Measured == 0 || got.Tables < 5 || got.Outages != 0 {
		t.Errorf("status %d, %+v", status, got)
	}
}

// The server is killed in the middle of games and started again: nothing that
// was acknowledged or shown is lost, and nobody's clock ran meanwhile.
func TestBenchAcrossAKill(t *testing.T) {
	s := startServer(t)
	restarted := make(chan struct{})
	go func() {
		defer close(restarted)
		for range 2 {
			time.Sleep(1500 * time.Millisecond)
			s.kill()
			time.Sleep(300 * time.Millisecond)
			s.start()
		}
	}()
	got, status := benchOf(t, s, "--games", "10", "--think", "100ms", "--duration", "7s")
	<-restarted
	if status != exitOK || !got.OK() || got.Errors != 0 {
		t.Errorf("status %d, %+v", status, got)
	}
	if got.Resumes == 0 || got.Outages == 0 || got.Moves == 0 {
		t.Errorf("the server was not missed: %+v", got)
	}
}

// A server that forgets everything is found out.
func TestBenchFindsWhatIsLost(t *testing.T) {
	s := startServer(t)
	restarted := make(chan struct{})
	go func() {
		defer close(restarted)
		time.Sleep(2 * time.Second)
		s.kill()
		if err := os.RemoveAll(filepath.Join(s.data, "journal")); err != nil {
			t.Error(err)
		}
		s.start()
	}()
	got, status := benchOf(t, s, "--games", "3", "--think", "100ms", "--duration", "4s")
	<-restarted
	if status != exitFailed || got.Lost == 0 {
		t.Errorf("status %d, %+v", status, got)
	}
}

func TestBenchRefusesBadArguments(t *testing.T) {
	for _, row := range []struct {
		args []string
		want string
	}{
		{[]string{"--url", "http://192.0.2.1:8080"}, "--remote"},
		{[]string{"--games", "0"}, "games"},
		{[]string{"--pgn", "no-such-file.pgn"}, "no-such-file"},
		{[]string{"--think"}, "think"},
		{[]string{"more"}, "unexpected"},
	} {
		var stdout, stderr strings.Builder
		if got := run(append([]string{"bench"}, row.args...), &stdout, &stderr); got != exitUsage || !strings.Contains(stderr.String(), row.want) {
			t.Errorf("%v: status %d, %q; want %d and %q", row.args, got, stderr.String(), exitUsage, row.want)
		}
	}
}

// Our own games are whole: the house plays them by the rules.
func TestBenchGames(t *testing.T) {
	scripts, err := readScripts("")
	if err != nil {
		t.Fatal(err)
	}
	plies := 0
	for _, s := range scripts {
		plies += len(s)
	}
	if got, want := fmt.Sprintf("%d games of %d plies", len(scripts), plies), "48 games of 4602 plies"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestScriptsLeaveOutOtherStarts(t *testing.T) {
	const games = `[Variant "Atomic"]

1. e4 *

[FEN "4k3/8/8/8/8/8/8/4K2R w K - 0 1"]

1. O-O *

[Event "good"]

1. e4 e5 2. Nf3 Nf6 3. Be2 Be7 4. O-O *
`
	scripts, err := scriptsOf(strings.NewReader(games))
	if err != nil || len(scripts) != 1 {
		t.Fatalf("got %v, %v; want one game", scripts, err)
	}
	if got, want := strings.Join(scripts[0], " "), "e2e4 e7e5 g1f3 g8f6 f1e2 f8e7 e1g1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if _, err := scriptsOf(strings.NewReader("1. e4 Ke4 *")); err == nil {
		t.Error("an illegal move gives no error")
	}
}
