package httpapi_test

import (
	"testing"
	"testing/fstest"

	"kibitz/internal/httpapi"
)

func TestPages(t *testing.T) {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	w := newWorld(t, func(c *httpapi.Config) {
		c.UI = fstest.MapFS{
			"index.html": file("<!doctype html>the client"), "assets/app-1a2b.js": file("plain"),
			"assets/app-1a2b.js.gz": file("zipped"), "assets/app-1a2b.js.br": file("brotli"),
			"engine/stockfish-1/engine.wasm": file("wasm"), ".keep": file("secret"), "games.tar.gz": file("archive"),
		}
	})
	p := &person{w: w}
	const forever = "public, max-age=31536000, immutable"
	for _, row := range []struct {
		name, path, accept        string
		status                    int
		body, kind, coding, cache string
	}{
		{"index", "/", "identity", 200, "<!doctype html>the client", "text/html; charset=utf-8", "", "no-cache"},
		{"a page of the client", "/g/aB3dE6gH", "br", 200, "<!doctype html>the client", "text/html; charset=utf-8", "", "no-cache"},
		{"plain", "/assets/app-1a2b.js", "identity", 200, "plain", "text/javascript; charset=utf-8", "", forever},
		{"gzip", "/assets/app-1a2b.js", "gzip, deflate", 200, "zipped", "text/javascript; charset=utf-8", "gzip", forever},
		{"brotli", "/assets/app-1a2b.js", "gzip, deflate, br", 200, "brotli", "text/javascript; charset=utf-8", "br", forever},
		{"no brotli, please", "/assets/app-1a2b.js", "br;q=0, gzip;q=0.5", 200, "zipped", "text/javascript; charset=utf-8", "gzip", forever},
		{"wasm", "/engine/stockfish-1/engine.wasm", "br", 200, "wasm", "application/wasm", "", forever},
		{"an archive", "/games.tar.gz", "gzip", 200, "archive", "application/gzip", "", "no-cache"},
		{"no such asset", "/assets/app-0000.js", "br", 404, "There is nothing at this address.\n", "text/plain; charset=utf-8", "", ""},
		{"no such file", "/favicon.png", "br", 404, "There is nothing at this address.\n", "text/plain; charset=utf-8", "", ""},
		{"a hidden file", "/.keep", "br", 404, "There is nothing at this address.\n", "text/plain; charset=utf-8", "", ""},
	} {
		got := p.call("GET", row.path, "", "Accept-Encoding", row.accept)
		h := got.header
		if got.status != row.status || got.body != row.body || h.Get("Content-Type") != row.kind ||
			h.Get("Content-Encoding") != row.coding || h.Get("Cache-Control") != row.cache {
			t.Errorf("%s: %d %q %v", row.name, got.status, got.body, h)
		}
	}
	tag := p.call("GET", "/", "").header.Get("ETag")
	if got := p.call("GET", "/lobby", "", "If-None-Match", tag); got.status != 304 || got.body != "" {
		t.Errorf("the client again: %d %q, want 304", got.status, got.body)
	}
}
