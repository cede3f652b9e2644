package server

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestClasses counts what a proxy passes on, sockets among it, which it takes
// over from the writer that counts.
func TestClasses(t *testing.T) {
	behind := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Upgrade") == "" {
			w.WriteHeader(map[string]int{"/there": 200, "/away": 503}[r.URL.Path])
			return
		}
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nhello")
		_ = conn.Close()
	}))
	defer behind.Close()
	to, err := url.Parse(behind.URL)
	if err != nil {
		t.Fatal(err)
	}
	var c classes
	front := httptest.NewServer(c.count(httputil.NewSingleHostReverseProxy(to)))
	defer front.Close()
	for _, path := range []string{"/there", "/there", "/away"} {
		answer, err := http.Get(front.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
	}
	conn, err := net.Dial("tcp", strings.TrimPrefix(front.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(conn, "GET /socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
	if said, err := io.ReadAll(conn); err != nil || !strings.HasSuffix(string(said), "hello") {
		t.Errorf("the socket says %q, %v", said, err)
	}
	_ = conn.Close() // the proxy waits for both ends
	for end := time.Now().Add(time.Minute); c.read()["1xx"] == 0 && time.Now().Before(end); {
		time.Sleep(time.Millisecond) // until the proxy has noticed
	}
	got := c.read()
	if got["2xx"] != 2 || got["5xx"] != 1 || got["4xx"] != 0 || got["1xx"] != 1 {
		t.Errorf("counted %v", got)
	}
}
