//go:build unix

package server

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"kibitz/internal/loadgen"
)

// The environment of a process that this test starts of itself: which node it
// is, and the folder that it keeps its files in.
const (
	nodeVariable   = "KIBITZ_BENCH_NODE"
	folderVariable = "KIBITZ_BENCH_FOLDER"
)

// TestMain is also the server of a benchmark, which runs in a process of its
// own so that what it takes can be told from what its players take.
func TestMain(m *testing.M) {
	switch os.Getenv(nodeVariable) {
	case "":
		os.Exit(m.Run())
	case "kibitz":
		serveBench(func(dir string) (string, error) {
			s, err := Open(Config{Data: dir, GuestsPerMinute: -1, Log: slog.New(slog.DiscardHandler)})
			if err != nil {
				return "", err
			}
			go func() { _ = s.Serve(context.Background()) }()
			return s.Addr().String(), nil
		})
	case "relay":
		serveBench(openRelay)
	}
}

// usage is what a process has taken so far.
type usage struct {
	CPU     time.Duration
	Mallocs uint64
	Taken   time.Time
}

// serveBench opens a node, prints its address, and then its usage for every
// line that comes in.
func serveBench(open func(dir string) (addr string, err error)) {
	addr, err := open(os.Getenv(folderVariable))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(addr)
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		_ = json.NewEncoder(os.Stdout).Encode(takeUsage())
	}
	os.Exit(0)
}

func takeUsage() usage {
	var r syscall.Rusage
	var m runtime.MemStats
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &r)
	runtime.ReadMemStats(&m)
	return usage{
		CPU:     time.Duration(r.Utime.Nano() + r.Stime.Nano()),
		Mallocs: m.Mallocs, Taken: time.Now(),
	}
}

// node is a server in a process of its own.
type node struct {
	addr string
	in   io.WriteCloser
	out  *bufio.Scanner
}

func startNode(b *testing.B, name string) *node {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), nodeVariable+"="+name, folderVariable+"="+b.TempDir())
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _, _ = in.Close(), cmd.Wait() })
	n := &node{in: in, out: bufio.NewScanner(out)}
	if !n.out.Scan() {
		b.Fatalf("the %s does not come up", name)
	}
	n.addr = n.out.Text()
	return n
}

// usage asks the node what it has taken.
func (n *node) usage(tb testing.TB) usage {
	fmt.Fprintln(n.in)
	var u usage
	if !n.out.Scan() || json.Unmarshal(n.out.Bytes(), &u) != nil {
		tb.Errorf("the node says %q", n.out.Text())
	}
	return u
}

// The load of the benchmark: every player acts as fast as a server lets one.
const (
	benchGames  = 200
	benchWindow = 5 * time.Second
	benchRate   = 20
)

// BenchmarkMoveThroughEdge plays games over real sockets against a node that
// stores every move before it shows it, and says what of it a move takes. The
// relay beside it has the same journal and knows nothing else: no rules, no
// clocks, no users, no archive. "of-relay" is what the relay takes of what
// Kibitz takes.
func BenchmarkMoveThroughEdge(b *testing.B) {
	took := map[string]float64{}
	loads := map[string]func(*testing.B, *node) (moves float64, before, after usage){
		"relay": loadRelay, "kibitz": loadKibitz,
	}
	for _, name := range []string{"relay", "kibitz"} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				moves, before, after := loads[name](b, startNode(b, name))
				took[name] = (after.CPU - before.CPU).Seconds() * 1000 / moves
				b.ReportMetric(took[name], "cpu-s/1000-moves")
				b.ReportMetric(float64(after.Mallocs-before.Mallocs)/moves, "allocs/move")
				b.ReportMetric(moves/after.Taken.Sub(before.Taken).Seconds(), "moves/s")
				b.ReportMetric(took["relay"]/took[name], "of-relay")
			}
		})
	}
}

// loadKibitz plays games of knights that go out and home.
func loadKibitz(b *testing.B, n *node) (moves float64, before, after usage) {
	begun := make(chan struct{})
	window := make(chan [2]usage, 1)
	go func() {
		<-begun
		time.Sleep(time.Second)
		from := n.usage(b)
		time.Sleep(benchWindow)
		window <- [2]usage{from, n.usage(b)}
	}()
	r, err := loadgen.Play(b.Context(), loadgen.Config{
		URL: "http://" + n.addr, Games: benchGames, Duration: benchWindow + 2*time.Second, Rate: benchRate,
		Scripts: [][]string{longScript()}, Progress: &signal{"measuring", begun},
	})
	if err != nil || !r.OK() {
		b.Fatalf("%+v: %v", r, err)
	}
	taken := <-window
	return r.MovesPerSecond * taken[1].Taken.Sub(taken[0].Taken).Seconds(), taken[0], taken[1]
}

// longScript is a game of 160 plies: pawns go one step and later another, and
// knights go round in between, so that no position comes a fifth time.
func longScript() []string {
	white := strings.Fields("b1c3 c3e4 e4c3 c3b1")
	black := strings.Fields("b8c6 c6e5 e5c6 c6b8")
	var script []string
	for pawn := range 16 {
		for i := range 4 {
			script = append(script, white[i], black[i])
		}
		file := string(rune('a' + pawn%8))
		from, to, back, forth := "2", "3", "7", "6"
		if pawn >= 8 {
			from, to, back, forth = "3", "4", "6", "5"
		}
		script = append(script, file+from+file+to, file+back+file+forth)
	}
	return script
}

// signal closes a channel when a word is written.
type signal struct {
	word string
	seen chan struct{}
}

func (s *signal) Write(p []byte) (int, error) {
	if s.seen != nil && strings.Contains(string(p), s.word) {
		close(s.seen)
		s.seen = nil
	}
	return len(p), nil
}
