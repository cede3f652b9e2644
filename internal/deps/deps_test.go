package deps

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRepository checks every Go file of the repository.
func TestRepository(t *testing.T) {
	for _, s := range sources(t) {
		for _, check := range checks {
			for _, fault := range check(s) {
				t.Error(fault)
			}
		}
	}
}

// Packages that are gone leave no rules behind.
func TestRingsExist(t *testing.T) {
	top := root(t)
	for _, ring := range rings {
		for _, pkg := range ring {
			inside, err := filepath.Glob(filepath.Join(top, "internal", pkg, "*.go"))
			outside, err2 := filepath.Glob(filepath.Join(top, pkg, "*.go"))
			if err != nil || err2 != nil || len(inside)+len(outside) == 0 {
				t.Errorf("rings names %s, which has no Go file (%v, %v)", pkg, err, err2)
			}
		}
	}
	for pkg, list := range siblings {
		for _, to := range list {
			if ringOf(pkg) < 0 || ringOf(pkg) != ringOf(to) {
				t.Errorf("siblings allows %s to import %s, and they are not of one ring", pkg, to)
			}
		}
	}
}

// Every package stands in ARCHITECTURE.md.
func TestArchitectureNamesEveryPackage(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root(t), "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, ring := range rings {
		for _, pkg := range ring {
			if !strings.Contains(string(text), "`"+pkg+"`") && !strings.Contains(string(text), "`"+pkg+"/`") {
				t.Errorf("ARCHITECTURE.md does not say what `%s` is", pkg)
			}
		}
	}
}

// Each rule finds what breaks it.
func TestChecksFindFaults(t *testing.T) {
	long := func(n int) string { return strings.Repeat("\t_ = 0\n", n) }
	mark := "TO" + "DO"
	rows := []struct{ name, path, code, want string }{
		{"nothing wrong", "internal/table/a.go", `import "kibitz/internal/game"; var _ game.Kind`, ""},
		{"allowed sibling", "internal/table/a.go", `import "kibitz/internal/account"; var _ account.ID`, ""},
		{"outward", "internal/table/a.go", `import "kibitz/internal/host"; var _ host.Host`, "imports point inward"},
		{"sibling", "internal/host/a.go", `import "kibitz/internal/wire"; var _ wire.Code`, "siblings does not allow it"},
		{"tech knows tech", "internal/httpapi/a.go", `import "kibitz/internal/walstore"; var _ walstore.Store`, "siblings does not allow it"},
		{"edge knows the core", "internal/httpapi/a.go", `import ("kibitz/internal/host"; "kibitz/internal/wire"; "kibitz/internal/lobby")`, ""},
		{"edge knows chess", "internal/httpapi/a.go", `import "kibitz/internal/chess"; var _ chess.Move`, "never heard of"},
		{"table knows chess", "internal/table/a.go", `import "kibitz/internal/chess/pgn"; var _ pgn.Game`, "never heard of"},
		{"games knows chess", "internal/games/a.go", `import "kibitz/internal/chess"; var _ chess.Move`, ""},
		{"no ring", "internal/stuff/a.go", ``, "in no ring"},
		{"import without a ring", "internal/host/a.go", `import "kibitz/internal/stuff"`, "it is in no ring"},
		{"suite in production", "internal/inmem/a.go", `import "kibitz/internal/table/tabletest"`, "suites are for tests"},
		{"suite in a test", "internal/inmem/a_test.go", `import "kibitz/internal/table/tabletest"`, ""},
		{"testing in production", "internal/host/a.go", `import "testing"; var _ testing.T`, "no use for a test framework"},
		{"testing in a suite", "internal/table/tabletest/a.go", `import "testing"; var _ testing.T`, ""},
		{"SQL elsewhere", "internal/server/a.go", `import "database/sql"; var _ sql.DB`, "one place knows SQL"},
		{"driver elsewhere", "internal/server/a.go", `import _ "modernc.org/sqlite"`, "one place knows SQL"},
		{"sockets in a host", "internal/host/a.go", `import "github.com/lxzan/gws"`, "not sockets"},
		{"oracle in production", "internal/chess/a.go", `import "github.com/corentings/chess/v2"`, "oracle"},
		{"oracle in a test", "internal/chess/a_test.go", `import "github.com/corentings/chess/v2"`, ""},
		{"programs elsewhere", "internal/server/a.go", `import "os/exec"; var _ exec.Cmd`, "only chess engines"},
		{"new dependency", "internal/server/a.go", `import "example.org/new"`, "a new dependency"},
		{"new dependency of a test", "internal/server/a_test.go", `import "example.org/new"`, "a new dependency"},
		{"dot import", "internal/server/a.go", `import . "strings"; var _ Builder`, "imports with a dot"},
		{"pages below the top", "internal/httpapi/a.go", `import "kibitz/web"`, "pages are handed in"},

		{"I/O in ring 0", "internal/chess/a.go", `import "os"; var _ os.File`, "ring 0 is pure"},
		{"context in ring 0", "internal/clock/a.go", `import "context"; var _ context.Context`, "ring 0 is pure"},
		{"locks in ring 0", "internal/chess/a.go", `import "sync/atomic"; var _ atomic.Bool`, "ring 0 is pure"},
		{"chance in ring 0", "internal/chess/a.go", `import "math/rand/v2"; var _ = rand.Int`, "ring 0 is pure"},
		{"I/O in ring 1", "internal/table/a.go", `import "io"; var _ io.Reader`, ""},
		{"the clock in ring 0", "internal/chess/a.go", `import "time"; var _ = time.Now()`, "a time is handed in"},
		{"the clock by another name", "internal/clock/a.go", `import now "time"; func f(t now.Time) bool { return now.Since(t) > 0 }`, "a time is handed in"},
		{"the clock in ring 1", "internal/table/a.go", `import "time"; var _ = time.Now()`, "a time is handed in"},
		{"the clock in ring 2", "internal/host/a.go", `import "time"; var _ = time.Now()`, ""},
		{"the clock in a test", "internal/clock/a_test.go", `import "time"; var _ = time.Now()`, ""},
		{"another thing called time", "internal/chess/a.go", `var time struct{ Now func() }; var _ = time.Now`, ""},
		{"a duration", "internal/clock/a.go", `import "time"; var _ = time.Second`, ""},
		{"global chance in ring 1", "internal/table/a.go", `import "math/rand/v2"; var _ = rand.IntN(3)`, "chance is handed in"},
		{"seeded chance in ring 1", "internal/table/a.go", `import "math/rand/v2"; var _ = rand.New(rand.NewPCG(1, 2))`, ""},
		{"secret chance in ring 1", "internal/table/a.go", `import "crypto/rand"; var _ = rand.Reader`, "chance is handed in"},
		{"goroutine in ring 0", "internal/chess/a.go", `func f() { go f() }`, "starts a goroutine"},
		{"init in ring 1", "internal/table/a.go", `func init() {}`, "has an init function"},
		{"init as a method", "internal/table/a.go", `type t int; func (t) init() {}`, ""},

		{"long function", "internal/host/a.go", "func f() {\n" + long(79) + "}", "f has 81 lines"},
		{"function of 80 lines", "internal/host/a.go", "func f() {\n" + long(78) + "}", ""},
		{"long function in a test", "internal/host/a_test.go", "func f() {\n" + long(100) + "}", ""},
		{"long file", "internal/host/a.go", strings.Repeat("\n", 400), "a.go has 401 lines"},
		{"work left", "internal/host/a.go", "// " + mark + ": later", "a.go:2: " + mark},
		{"a word that contains the mark", "internal/host/a.go", "// " + mark + "S are not", ""},
	}
	for _, row := range rows {
		s, err := parseSource(row.path, []byte("package a\n"+row.code))
		if err != nil {
			t.Fatalf("%s: %v", row.name, err)
		}
		var faults []string
		for _, check := range checks {
			faults = append(faults, check(s)...)
		}
		if got := fmt.Sprint(faults); row.want == "" && len(faults) > 0 || !strings.Contains(got, row.want) {
			t.Errorf("%s: got %s, want %q", row.name, got, row.want)
		}
	}
}
