package deps

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// source is one Go file, parsed.
type source struct {
	// path is relative to the root of the module, with slashes; pkg is its
	// folder without "internal/".
	path, pkg string
	test      bool
	lines     int
	text      string
	file      *ast.File
	fset      *token.FileSet
	// imports maps the name of each import in the file to its path.
	imports map[string]string
}

func parseSource(name string, text []byte) (*source, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	s := &source{
		path: name, pkg: strings.TrimPrefix(path.Dir(name), "internal/"), test: strings.HasSuffix(name, "_test.go"),
		lines: bytes.Count(text, []byte("\n")), text: string(text), file: file, fset: fset, imports: map[string]string{},
	}
	for _, spec := range file.Imports {
		to, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		s.imports[localName(spec, to)] = to
	}
	return s, nil
}

// localName returns what a file calls an import.
func localName(spec *ast.ImportSpec, to string) string {
	if spec.Name != nil && spec.Name.Name != "_" {
		return spec.Name.Name
	}
	base := path.Base(to)
	if len(base) > 1 && base[0] == 'v' && strings.Trim(base[1:], "0123456789") == "" {
		base = path.Base(path.Dir(to)) // a major version, as in math/rand/v2
	}
	if spec.Name != nil {
		return "_ " + to // imported for its effects
	}
	return base
}

// root returns the folder of go.mod.
func root(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above this package")
		}
		dir = parent
	}
}

// sources parses every Go file of the module.
func sources(t *testing.T) []*source {
	t.Helper()
	var all []*source
	top := root(t)
	err := filepath.WalkDir(top, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && skipped(entry.Name()) && name != top:
			return filepath.SkipDir
		case entry.IsDir() || filepath.Ext(name) != ".go":
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(top, name)
		if err != nil {
			return err
		}
		s, err := parseSource(filepath.ToSlash(rel), text)
		if err == nil {
			all = append(all, s)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Fatalf("only %d Go files found below %s", len(all), top)
	}
	return all
}

// skipped reports whether a folder holds no source of ours.
func skipped(name string) bool {
	return name == "node_modules" || name == "testdata" || name == "dist" || strings.HasPrefix(name, ".")
}
