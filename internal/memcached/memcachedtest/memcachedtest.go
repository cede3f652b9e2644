// Package memcachedtest gives tests memcached servers of their own: real
// processes on loopback, which a test may kill, freeze and start again.
package memcachedtest

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// Server is one process, which ends with its test.
type Server struct {
	// Addr is where it listens, also after it was started again.
	Addr    string
	process *exec.Cmd
	exited  chan struct{}
}

const startWait = 20 * time.Second

// Start returns a running server. Without the program the test is skipped.
func Start(tb testing.TB) *Server {
	tb.Helper()
	if _, err := exec.LookPath("memcached"); err != nil {
		tb.Skip("no memcached; scripts/need.sh memcached installs it")
	}
	s := &Server{Addr: freeAddr()}
	s.Start(tb)
	tb.Cleanup(s.Kill)
	return s
}

// freeAddr draws an address that nobody listens on, with a port below those that
// Linux gives to connections: none takes the place of a server that was killed.
func freeAddr() string {
	const first, last = 20_000, 32_000
	for {
		addr := fmt.Sprintf("127.0.0.1:%d", first+rand.IntN(last-first))
		if l, err := net.Listen("tcp", addr); err == nil {
			_ = l.Close()
			return addr
		}
	}
}

// Start runs the process, at first or after Kill. It is empty.
func (s *Server) Start(tb testing.TB) {
	tb.Helper()
	host, port, err := net.SplitHostPort(s.Addr)
	if err != nil {
		tb.Fatal(err)
	}
	args := []string{"-l", host, "-p", port, "-m", "16", "-t", "1"}
	if os.Geteuid() == 0 { // it asks for a user
		args = append(args, "-u", "root")
	}
	process, exited := exec.Command("memcached", args...), make(chan struct{})
	if err := process.Start(); err != nil {
		tb.Fatal(err)
	}
	go func() {
		_ = process.Wait()
		close(exited)
	}()
	s.process, s.exited = process, exited
	if err := s.await(); err != nil {
		tb.Fatal(err)
	}
}

// await returns when the server answers.
func (s *Server) await() error {
	for deadline := time.Now().Add(startWait); ; time.Sleep(5 * time.Millisecond) {
		conn, err := net.Dial("tcp", s.Addr)
		if err == nil {
			return conn.Close()
		}
		select {
		case <-s.exited:
			return fmt.Errorf("memcached has ended at its start: %s", s.process.ProcessState)
		default:
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("memcached does not answer: %w", err)
		}
	}
}

// Kill ends the process at once.
func (s *Server) Kill() {
	_ = s.process.Process.Kill()
	<-s.exited
}

// Freeze stops the process where it is, until Thaw: it takes connections, and
// does not answer.
func (s *Server) Freeze() { _ = s.process.Process.Signal(syscall.SIGSTOP) }

// Thaw lets a frozen process go on.
func (s *Server) Thaw() { _ = s.process.Process.Signal(syscall.SIGCONT) }
