// Package web holds the browser client as it was built, inside the binary.
package web

import (
	"embed"
	"io/fs"
	"strings"
)

//go:embed all:dist
var dist embed.FS

// Files returns the built client: index.html, build.txt, theme.js and assets/,
// most with a .gz and a .br beside them. Only the placeholder is in it when
// the client was not built; ask [Built].
func Files() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic("web: the embedded folder is named dist: " + err.Error())
	}
	return files
}

// Built says whether `npm run build` ran before the binary was built.
func Built() bool {
	_, err := fs.Stat(dist, "dist/index.html")
	return err == nil
}

// Build returns the fingerprint of the client, eight hex digits that change
// exactly when a file of it does; empty when the client was not built. It is
// the `build` of the `hello` message.
func Build() string {
	text, err := fs.ReadFile(dist, "dist/build.txt")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(text))
}
