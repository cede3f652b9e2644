//go:build unix

package server

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/chess"
	"kibitz/internal/chess/pgn"
	"kibitz/internal/clock"
	"kibitz/internal/loadgen"
	"kibitz/internal/table"
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
			s, err := openQuiet(dir)
			if err != nil {
				return "", err
			}
			go func() { _ = s.Serve(context.Background()) }()
			return s.Addr().String(), nil
		})
	case "edge":
		serveBench(openEdge)
	case "relay":
		serveBench(openRelay)
	}
}

func openQuiet(dir string) (*Server, error) {
	return Open(Config{Data: dir, GuestsPerMinute: -1, Log: slog.New(slog.DiscardHandler)})
}

// openEdge opens a server that does all that a move waits for, and not what
// comes later: the archive.
func openEdge(dir string) (string, error) {
	s, err := openQuiet(dir)
	if err == nil {
		err = s.start(context.Background())
	}
	if err != nil {
		return "", err
	}
	go s.lobby.Run(context.Background())
	go func() { _ = s.edge.HTTP().Serve(s.listener) }()
	return s.Addr().String(), nil
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
// clocks, no users. The edge is Kibitz without its archive, which follows a
// moment later. "of-relay" is what the relay takes of what the other takes.
func BenchmarkMoveThroughEdge(b *testing.B) {
	took := map[string]float64{}
	loads := map[string]func(*testing.B, *node) (moves float64, before, after usage){
		"relay": loadRelay, "edge": loadKibitz, "kibitz": loadKibitz,
	}
	for _, name := range []string{"relay", "edge", "kibitz"} {
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

// loadKibitz plays games of chess, as `kibitz bench` does.
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
		Scripts: benchScripts(b), Progress: &signal{"measuring", begun},
	})
	if err != nil || !r.OK() {
		b.Fatalf("%+v: %v", r, err)
	}
	taken := <-window
	return r.MovesPerSecond * taken[1].Taken.Sub(taken[0].Taken).Seconds(), taken[0], taken[1]
}

// benchScripts are the games that `kibitz bench` plays, those of 40 plies and
// more.
func benchScripts(b *testing.B) [][]string {
	b.Helper()
	file, err := os.Open(filepath.Join("..", "..", "cmd", "kibitz", "bench.pgn"))
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	var scripts [][]string
	for g, err := range pgn.NewReader(file, pgn.Limits{ResultOptional: true}).All() {
		if err != nil {
			b.Fatal(err)
		}
		start, moves, err := g.Replay()
		if err != nil {
			b.Fatal(err)
		}
		history := chess.NewHistory(start)
		var script []string
		for _, m := range moves {
			if history.Ending(chess.DrawLichess) != chess.Ongoing {
				break
			}
			script = append(script, history.Position().UCI(m))
			history.Play(m)
		}
		if len(script) >= 40 {
			scripts = append(scripts, script)
		}
	}
	return scripts
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

// BenchmarkIdleTable measures the memory of running games of chess that nobody
// watches, 40 plies in, with what the journal keeps of them in memory.
func BenchmarkIdleTable(b *testing.B) {
	const tables, plies = 2000, 40
	scripts := benchScripts(b)
	for range b.N {
		s, err := openQuiet(b.TempDir())
		if err != nil {
			b.Fatal(err)
		}
		if err := s.start(b.Context()); err != nil {
			b.Fatal(err)
		}
		before := living()
		var players sync.WaitGroup
		for worker := range 200 {
			players.Go(func() {
				for n := worker; n < tables; n += 200 {
					playAlone(b, s, n, scripts[n%len(scripts)][:plies])
				}
			})
		}
		players.Wait()
		b.ReportMetric((living()-before)/tables, "B/table")
		if err := errors.Join(s.host.Shutdown(b.Context()), s.listener.Close(), s.release()); err != nil {
			b.Fatal(err)
		}
	}
}

// playAlone plays the beginning of a game without a socket.
func playAlone(b *testing.B, s *Server, n int, script []string) {
	var seats [2]table.Player
	for i := range seats {
		seats[i] = table.Player{ID: account.ID(fmt.Sprintf("user%06d%02d", n, i)), Name: fmt.Sprintf("Player %d", 2*n+i)}
	}
	control := clock.Control{Initial: 30 * time.Minute, Increment: 20 * time.Second}
	id, err := s.host.Create(b.Context(), table.Setup{Kind: chess.Kind, Control: control, Seats: seats[:], Origin: table.OriginFriend})
	for ply, move := range script {
		if err == nil {
			_, err = s.host.Do(b.Context(), table.Command{
				Table: id, Actor: seats[ply%2], ID: table.ActionID(fmt.Sprintf("a%d", ply)), Report: clock.NoReport(),
				Type: "move", Data: []byte(`{"type":"move","uci":"` + move + `"}`),
			})
		}
	}
	if err != nil {
		b.Error(err)
	}
}

// living is the memory that a collection leaves, stacks included.
func living() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc + m.StackInuse)
}
