package faults

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// generous bounds every wait: what takes longer does not go on at all. Elections of
// NATS that were disturbed have taken 50 s.
const generous = 3 * time.Minute

// town is a cluster of scripts/cluster.sh, with links between its processes.
type town struct {
	t        *testing.T
	home     string
	first    int // of its ports
	gateways []string
	apps     []string
	nats     string
	database string
	links    links
	view     *view
	dearest  time.Duration // what a move cost at most beyond what its player thought
}

// The order of what uses NATS is that of the script.
var natsUsers = []string{"app0", "app1", "app2", "worker0", "worker1", "gateway0", "gateway1"}

// linkPorts is where the ports of links begin, after those of the cluster.
const linkPorts = 20

// found starts a cluster that ends with the test.
func found(t *testing.T) *town {
	t.Helper()
	w := &town{t: t, first: 18600}
	if port, err := strconv.Atoi(os.Getenv("KIBITZ_CLUSTER_PORT")); err == nil {
		w.first = port
	}
	w.link()
	cmd := exec.Command("scripts/cluster.sh", "sh", "-c", "env && echo ready && exec cat")
	cmd.Dir = "../.."
	cmd.Env = append(os.Environ(), fmt.Sprintf("KIBITZ_CLUSTER_LINKS=%d", w.first+linkPorts))
	cmd.Stderr = os.Stderr
	end, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = end.Close()
		_ = cmd.Wait()
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() && lines.Text() != "ready" {
		name, value, _ := strings.Cut(lines.Text(), "=")
		switch name {
		case "KIBITZ_CLUSTER_HOME":
			w.home = value
		case "KIBITZ_CLUSTER_GATEWAYS":
			w.gateways = strings.Fields(value)
		case "KIBITZ_CLUSTER_APPS":
			w.apps = strings.Fields(value)
		case "KIBITZ_CLUSTER_NATS":
			w.nats = value
		case "KIBITZ_CLUSTER_DATABASE":
			w.database = value
		}
	}
	if lines.Text() != "ready" {
		t.Fatal("the cluster does not start")
	}
	w.view = newView(w)
	return w
}

// link opens every link at the port where the script looks for it.
func (w *town) link() {
	direct := func(n int) string { return fmt.Sprintf("127.0.0.1:%d", w.first+n) }
	at := w.first + linkPorts
	for i, from := range natsUsers {
		for k := range 3 {
			w.links.add(w.t, at+3*i+k, from, fmt.Sprint("nats", k), direct(k))
		}
	}
	for i := range 3 {
		app, nats := fmt.Sprint("app", i), fmt.Sprint("nats", i)
		w.links.add(w.t, at+21+i, app, "postgres0", direct(8))
		w.links.add(w.t, at+24+i, "gateways", app, direct(9+i))
		for k := range 3 {
			if k != i {
				w.links.add(w.t, at+27+3*i+k, nats, fmt.Sprint("nats", k), direct(3+k))
			}
		}
	}
}

// ports are where processes listen, after the first of the cluster.
var ports = map[string]int{
	"nats0": 0, "nats1": 1, "nats2": 2, "memcached0": 6, "memcached1": 7, "postgres0": 8, "app0": 9, "app1": 10, "app2": 11,
	"worker0": 12, "worker1": 13, "gateway0": 14, "gateway1": 15,
}

func (w *town) addr(name string) string { return fmt.Sprintf("127.0.0.1:%d", w.first+ports[name]) }

// pid returns the id of a process of the cluster.
func (w *town) pid(name string) int {
	b, err := os.ReadFile(filepath.Join(w.home, name+".pid"))
	if err != nil {
		w.t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil {
		w.t.Fatal(err)
	}
	return pid
}

// signal sends a signal to a process, and to its children: PostgreSQL has some,
// and would go on with those there are.
func (w *town) signal(name string, sig syscall.Signal) {
	pid := w.pid(name)
	all := []int{pid}
	if sig == syscall.SIGSTOP || sig == syscall.SIGCONT {
		_ = syscall.Kill(pid, sig) // it has no more children from now on
		children, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
		for _, word := range strings.Fields(string(children)) {
			if child, err := strconv.Atoi(word); err == nil {
				all = append(all, child)
			}
		}
	}
	for _, pid := range all {
		_ = syscall.Kill(pid, sig)
	}
}

// start runs a process once more when it has ended, and returns when it takes
// connections.
func (w *town) start(name string) {
	w.await(name+" has ended", func() bool { return syscall.Kill(w.pid(name), 0) != nil })
	line, err := os.ReadFile(filepath.Join(w.home, name+".cmd"))
	if err != nil {
		w.t.Fatal(err)
	}
	w.await(name+" listens", func() bool { return w.try(name, string(line)) })
	if _, kibitz := w.kibitz(name); kibitz {
		w.await(name+" is ready", func() bool { return ready(w.addr(name)) })
	}
}

// try runs a process until it listens, or ends before: PostgreSQL does when what
// is left of the one before has not gone yet.
func (w *town) try(name, line string) bool {
	log, err := os.OpenFile(filepath.Join(w.home, name+".log"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = log.Close() }()
	cmd := exec.Command("bash", "-c", "exec "+line)
	cmd.Dir, cmd.Stdout, cmd.Stderr = w.home, log, log
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(w.home, name+".pid"), []byte(strconv.Itoa(cmd.Process.Pid)+"\n"), 0o600); err != nil {
		w.t.Fatal(err)
	}
	over := make(chan struct{})
	go func() {
		defer close(over)
		_ = cmd.Wait()
	}()
	for {
		if conn, err := net.Dial("tcp", w.addr(name)); err == nil {
			_ = conn.Close()
			return true
		}
		select {
		case <-over:
			return false
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// kibitz reports whether a process is one of ours, and in which role.
func (w *town) kibitz(name string) (role string, ok bool) {
	role = strings.TrimRight(name, "0123456789")
	return role, role == "app" || role == "worker" || role == "gateway"
}

func ready(addr string) bool {
	client := http.Client{Timeout: time.Second}
	res, err := client.Get("http://" + addr + "/readyz")
	if err != nil {
		return false
	}
	_ = res.Body.Close()
	return res.StatusCode == http.StatusOK
}

// await returns when something is so, and ends the test when that takes too
// long.
func (w *town) await(what string, so func() bool) {
	w.t.Helper()
	w.within(generous, what, so)
}

func (w *town) within(most time.Duration, what string, so func() bool) {
	w.t.Helper()
	for end := time.Now().Add(most); !so(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			w.t.Fatalf("after %v it is not so: %s; see %s", most, what, w.home)
		}
	}
}

// said counts the lines of a log that have a word in them.
func (w *town) said(name, word string) int {
	b, _ := os.ReadFile(filepath.Join(w.home, name+".log"))
	return strings.Count(string(b), word)
}
