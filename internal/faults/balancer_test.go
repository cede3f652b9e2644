package faults

import (
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// balance takes connections as any TCP balancer does, and passes each on to the
// next gateway that takes it. It returns its address, and ends with the test.
func balance(t *testing.T, gateways []string) string {
	t.Helper()
	listen, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var turn atomic.Uint64
	way := &link{listen: listen, open: make(chan struct{}), dial: func() (net.Conn, error) {
		var conn net.Conn
		err := net.ErrClosed
		for range gateways {
			at := gateways[turn.Add(1)%uint64(len(gateways))]
			if conn, err = net.DialTimeout("tcp", at, time.Second); err == nil {
				break
			}
		}
		return conn, err
	}}
	close(way.open)
	way.running.Go(way.serve)
	t.Cleanup(way.end)
	return listen.Addr().String()
}

// Who has the address of a balancer reaches what is there.
func TestBalancerPassesOver(t *testing.T) {
	server, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var serving sync.WaitGroup
	serving.Go(func() {
		for {
			c, err := server.Accept()
			if err != nil {
				return
			}
			_, _ = c.Write([]byte("hello"))
			_ = c.Close()
		}
	})
	t.Cleanup(func() {
		_ = server.Close()
		serving.Wait()
	})
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = gone.Close()
	at := balance(t, []string{gone.Addr().String(), server.Addr().String()})
	for range 4 {
		conn, err := net.Dial("tcp", at)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		buf := make([]byte, 16)
		for {
			n, err := conn.Read(buf)
			b.Write(buf[:n])
			if err != nil {
				break
			}
		}
		_ = conn.Close()
		if got := b.String(); got != "hello" {
			t.Errorf("got %q", got)
		}
	}
}
