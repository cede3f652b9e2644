package natsstore_test

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
)

// reopen listens again where a test has closed the way.
func reopen(t *testing.T, p *proxy) {
	t.Helper()
	l, err := net.Listen("tcp", p.listen.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	p.start(t, l)
}

// proxy is a way to a server that a test can cut, or make deaf: then what the
// server says gets lost.
type proxy struct {
	// URL leads through the proxy.
	URL    string
	to     string
	listen net.Listener

	mu    sync.Mutex
	deaf  bool
	conns []net.Conn
}

func newProxy(t *testing.T, server string) *proxy {
	t.Helper()
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{to: u.Host}
	u.Host = l.Addr().String()
	p.URL = u.String()
	p.start(t, l)
	return p
}

func (p *proxy) start(t *testing.T, l net.Listener) {
	p.listen = l
	var serving sync.WaitGroup
	serving.Go(func() { p.serve(l, &serving) })
	t.Cleanup(func() {
		_ = l.Close()
		p.cut()
		serving.Wait()
	})
}

func (p *proxy) serve(l net.Listener, serving *sync.WaitGroup) {
	for {
		in, err := l.Accept()
		if err != nil {
			return
		}
		out, err := net.Dial("tcp", p.to)
		if err != nil {
			_ = in.Close()
			continue
		}
		p.mu.Lock()
		p.conns = append(p.conns, in, out)
		p.mu.Unlock()
		serving.Go(func() { _, _ = io.Copy(out, in); _ = out.Close() })
		serving.Go(func() { p.back(in, out); _ = in.Close() })
	}
}

// back carries what the server says.
func (p *proxy) back(in io.Writer, out io.Reader) {
	buf := make([]byte, 64<<10)
	for {
		n, err := out.Read(buf)
		p.mu.Lock()
		deaf := p.deaf
		p.mu.Unlock()
		if !deaf && n > 0 {
			if _, err := in.Write(buf[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

func (p *proxy) setDeaf(deaf bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.deaf = deaf
}

// cut ends the connections there are.
func (p *proxy) cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		_ = c.Close()
	}
	p.conns = nil
}
