// Package natstest gives tests NATS servers of their own: real processes on
// loopback, alone or as a cluster, that a test may kill, freeze and start again.
package natstest

import (
	"fmt"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Options say how servers differ from what Kibitz asks for.
type Options struct {
	// Servers is how many form the cluster. Default: 1, without a cluster.
	Servers int
	// Lazy servers acknowledge what they have not synced, as is their default.
	Lazy bool
	// Silent servers do not let the account of the tests ask how they sync.
	Silent bool
	// SmallPayload leaves the largest message at the servers' default of 1 MiB.
	SmallPayload bool
}

// Cluster is servers of one test, which end with it.
type Cluster struct {
	// URL names all servers, with the user that owns the data.
	URL string
	// SystemURL names all servers, with the user that may ask how they sync.
	SystemURL string
	Servers   []*Server
}

// Server is one process.
type Server struct {
	// Name is what the server calls itself.
	Name    string
	program string
	config  string
	port    int
	process *exec.Cmd
	exited  chan struct{}
}

const (
	user, password = "kibitz", "test"
	startWait      = 30 * time.Second
)

// Start returns running servers, which agree on a leader of JetStream. The
// server is built once into bin/ of the checkout; where that is not possible
// the test is skipped.
func Start(tb testing.TB, o Options) *Cluster {
	tb.Helper()
	program := build(tb)
	n := max(1, o.Servers)
	ports := freePorts(tb, 2*n)
	c := &Cluster{}
	for i := range n {
		dir := tb.TempDir()
		s := &Server{Name: fmt.Sprintf("n%d", i+1), program: program, config: filepath.Join(dir, "nats.conf"), port: ports[i]}
		if err := os.WriteFile(s.config, []byte(o.config(s, dir, ports)), 0o600); err != nil {
			tb.Fatal(err)
		}
		c.Servers = append(c.Servers, s)
		s.Start(tb)
		tb.Cleanup(s.Kill)
	}
	c.URL, c.SystemURL = c.url(user), c.url("system")
	c.Await(tb)
	return c
}

func (c *Cluster) url(user string) string {
	var all []string
	for _, s := range c.Servers {
		u := url.URL{Scheme: "nats", User: url.UserPassword(user, password), Host: s.Addr()}
		all = append(all, u.String())
	}
	return strings.Join(all, ",")
}

// config is the file of one server.
func (o Options) config(s *Server, dir string, ports []int) string {
	n := len(ports) / 2
	var b strings.Builder
	fmt.Fprintf(&b, "server_name: %s\nlisten: \"%s\"\n", s.Name, s.Addr())
	if !o.SmallPayload {
		b.WriteString("max_payload: 2MB\n")
	}
	sync := "always"
	if o.Lazy {
		sync = "2m"
	}
	fmt.Fprintf(&b, "jetstream { store_dir: %q, sync_interval: %s, max_file_store: 1GB, max_memory_store: 64MB }\n", dir, sync)
	exports, imports := "", ""
	if !o.Silent {
		exports = `, exports: [{service: "$SYS.REQ.SERVER.PING.JSZ", response: stream}]`
		imports = `, imports: [{service: {account: SYSTEM, subject: "$SYS.REQ.SERVER.PING.JSZ"}}]`
	}
	fmt.Fprintf(&b, "accounts {\n SYSTEM: {users: [{user: system, password: %s}]%s}\n", password, exports)
	fmt.Fprintf(&b, " KIBITZ: {jetstream: enabled, users: [{user: %s, password: %s}]%s}\n}\nsystem_account: SYSTEM\n", user, password, imports)
	if n > 1 {
		var routes []string
		for i := range n {
			routes = append(routes, fmt.Sprintf("%q", fmt.Sprintf("nats-route://127.0.0.1:%d", ports[n+i])))
		}
		own := ports[n+indexOf(ports, s.port)]
		fmt.Fprintf(&b, "cluster { name: kibitz, listen: \"127.0.0.1:%d\", routes: [%s] }\n", own, strings.Join(routes, ", "))
	}
	return b.String()
}

func indexOf(ports []int, port int) int {
	for i, p := range ports {
		if p == port {
			return i
		}
	}
	return -1
}

// Addr is where the server listens.
func (s *Server) Addr() string { return fmt.Sprintf("127.0.0.1:%d", s.port) }

// Start runs the process, at first or after Kill, on the data it left.
func (s *Server) Start(tb testing.TB) {
	tb.Helper()
	log, err := os.Create(s.config + ".log")
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = log.Close() }()
	s.process = exec.Command(s.program, "-c", s.config)
	s.process.Stdout, s.process.Stderr = log, log
	if err := s.process.Start(); err != nil {
		tb.Fatal(err)
	}
	process, exited := s.process, make(chan struct{})
	s.exited = exited
	go func() {
		_ = process.Wait()
		close(exited)
	}()
}

// Kill ends the process at once, as a loss of power would but for the disk.
func (s *Server) Kill() {
	_ = s.process.Process.Kill()
	<-s.exited
}

// Freeze stops the process where it is, until Thaw.
func (s *Server) Freeze() { _ = s.process.Process.Signal(syscall.SIGSTOP) }

// Thaw lets a frozen process go on.
func (s *Server) Thaw() { _ = s.process.Process.Signal(syscall.SIGCONT) }

// Leader returns the server that leads a stream, or nil while none does.
func (c *Cluster) Leader(tb testing.TB, stream string) *Server {
	tb.Helper()
	nc, err := nats.Connect(c.URL)
	if err != nil {
		return nil
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		tb.Fatal(err)
	}
	st, err := js.Stream(tb.Context(), stream)
	if err != nil {
		return nil
	}
	cluster := st.CachedInfo().Cluster
	for _, s := range c.Servers {
		if cluster != nil && s.Name == cluster.Leader {
			return s
		}
	}
	return nil
}

// Await returns when JetStream answers, with every server a part of it.
func (c *Cluster) Await(tb testing.TB) {
	tb.Helper()
	deadline := time.Now().Add(startWait)
	for {
		err := c.probe(tb)
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			log, _ := os.ReadFile(c.Servers[0].config + ".log")
			tb.Fatalf("the NATS servers do not start: %v\n%s", err, log)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// probe makes a stream on all servers, and takes it away again.
func (c *Cluster) probe(tb testing.TB) error {
	nc, err := nats.Connect(c.URL, nats.Timeout(time.Second))
	if err != nil {
		return err
	}
	defer nc.Close()
	js, err := jetstream.New(nc, jetstream.WithDefaultTimeout(2*time.Second))
	if err != nil {
		return err
	}
	cfg := jetstream.StreamConfig{Name: "PROBE", Subjects: []string{"probe"}, Replicas: len(c.Servers), Storage: jetstream.MemoryStorage}
	if _, err := js.CreateOrUpdateStream(tb.Context(), cfg); err != nil {
		return err
	}
	return js.DeleteStream(tb.Context(), "PROBE")
}

// freePorts draws ports that nobody listens on. They are below those that Linux
// gives to connections, so that none takes the place of a server that was killed.
func freePorts(tb testing.TB, n int) []int {
	tb.Helper()
	const first, last = 20_000, 32_000
	var ports []int
	for len(ports) < n {
		port := first + rand.IntN(last-first)
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			defer func() { _ = l.Close() }()
			ports = append(ports, port)
		}
	}
	return ports
}

// build returns the program, and builds it when it is not there.
func build(tb testing.TB) string {
	tb.Helper()
	root := checkout(tb)
	if out, err := exec.Command(filepath.Join(root, "scripts/need.sh"), "nats-server").CombinedOutput(); err != nil {
		tb.Skipf("no NATS server, and none can be built (scripts/need.sh nats-server): %v\n%s", err, out)
	}
	return filepath.Join(root, "bin/nats-server")
}

// checkout finds the root of the module above the package under test.
func checkout(tb testing.TB) string {
	tb.Helper()
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			tb.Fatal("the test runs outside the checkout")
		}
		dir = up
	}
}
