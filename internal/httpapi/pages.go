package httpapi

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

// index is the page that every address of the client gets.
const index = "index.html"

// notBuilt is the page of a server without a web client.
const notBuilt = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Kibitz</title>
<h1>Kibitz is running</h1>
<p>This server was built without its web client. Run <code>make build</code> where its source is, and start it again.</p>
</html>
`

// pages is the built web client, in memory.
type pages struct {
	files map[string]*page
	build string
}

// page is one file, with the forms of it that are there.
type page struct {
	plain, gzip, brotli []byte
	kind, etag, caching string
}

// loadPages reads the web client; there may be none.
func loadPages(ui fs.FS) (*pages, error) {
	p := &pages{files: make(map[string]*page)}
	if ui != nil {
		if err := fs.WalkDir(ui, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasPrefix(path.Base(name), ".") {
				return err
			}
			return p.load(ui, name)
		}); err != nil {
			return nil, err
		}
	}
	if p.files[index] == nil {
		p.files[index] = &page{plain: []byte(notBuilt)}
	}
	for name, f := range p.files {
		f.finish(name)
	}
	p.build = p.files[index].etag[1:9]
	return p, nil
}

func (p *pages) load(ui fs.FS, name string) error {
	b, err := fs.ReadFile(ui, name)
	if err != nil {
		return err
	}
	base, form := name, ""
	if ext := path.Ext(name); ext == ".gz" || ext == ".br" {
		base, form = strings.TrimSuffix(name, ext), ext
		if _, err := fs.Stat(ui, base); errors.Is(err, fs.ErrNotExist) {
			base, form = name, "" // an archive in its own right
		}
	}
	f := p.files[base]
	if f == nil {
		f = &page{}
		p.files[base] = f
	}
	switch form {
	case ".gz":
		f.gzip = b
	case ".br":
		f.brotli = b
	default:
		f.plain = b
	}
	return nil
}

// finish fills in what the headers say. Files under assets/ have a hash of
// their contents in their names, those under engine/ a version: they never
// change.
func (f *page) finish(name string) {
	sum := sha256.Sum256(f.plain)
	f.etag = `"` + hex.EncodeToString(sum[:8]) + `"`
	f.caching = "no-cache"
	if strings.HasPrefix(name, "assets/") || strings.HasPrefix(name, "engine/") {
		f.caching = "public, max-age=31536000, immutable"
	}
	switch ext := path.Ext(name); ext {
	case ".wasm":
		f.kind = "application/wasm"
	case ".js", ".mjs":
		f.kind = "text/javascript; charset=utf-8"
	case ".gz":
		f.kind = "application/gzip"
	case ".webmanifest":
		f.kind = "application/manifest+json"
	default:
		f.kind = mime.TypeByExtension(ext)
	}
	if f.kind == "" {
		f.kind = http.DetectContentType(f.plain)
	}
}

// ServeHTTP implements http.Handler: a file, or for the address of a page the
// client itself.
func (p *pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Pages can only be read.", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	f := p.files[name]
	if f == nil {
		if strings.HasPrefix(name, "assets/") || path.Ext(name) != "" {
			http.Error(w, "There is nothing at this address.", http.StatusNotFound)
			return
		}
		f = p.files[index]
	}
	f.serve(w, r)
}

func (f *page) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", f.caching)
	h.Set("ETag", f.etag)
	if match := r.Header.Get("If-None-Match"); match != "" && strings.Contains(match, f.etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body, encoding := f.pick(r.Header.Get("Accept-Encoding"))
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	h.Set("Content-Type", f.kind)
	h.Set("Content-Length", fmt.Sprint(len(body)))
	if r.Method != http.MethodHead {
		_, _ = bytes.NewReader(body).WriteTo(w) // nobody is there to be told
	}
}

// pick chooses the smallest form that the browser takes.
func (f *page) pick(accept string) (body []byte, encoding string) {
	switch {
	case f.brotli != nil && accepts(accept, "br"):
		return f.brotli, "br"
	case f.gzip != nil && accepts(accept, "gzip"):
		return f.gzip, "gzip"
	}
	return f.plain, ""
}

// accepts reports whether an Accept-Encoding names a coding and does not give
// it the weight 0 (RFC 9110 12.5.3).
func accepts(header, coding string) bool {
	for item := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(item, ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			_, q, _ := strings.Cut(weight, "=")
			return strings.Trim(strings.TrimSpace(q), "0.") != "" || strings.TrimSpace(q) == ""
		}
	}
	return false
}
