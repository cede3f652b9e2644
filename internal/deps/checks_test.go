package deps

import (
	"fmt"
	"go/ast"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// checks are all that is asked of a file. Each returns what is wrong with it.
var checks = []func(*source) []string{checkImports, checkPure, checkSize, checkWords}

// checkImports compares the imports of a file with rings, siblings and rules.
// Tests may import what they like of ours, and of others what is in rules.
func checkImports(s *source) []string {
	var faults []string
	ring := ringOf(s.pkg)
	if ring < 0 {
		return []string{fmt.Sprintf("%s: package %s is in no ring; add it to rings in internal/deps and to ARCHITECTURE.md", s.path, s.pkg)}
	}
	for _, to := range slices.Sorted(maps.Values(s.imports)) {
		if why := s.refuses(ring, to); why != "" {
			faults = append(faults, fmt.Sprintf("%s imports %s: %s", s.path, to, why))
		}
	}
	if _, dot := s.imports["."]; dot {
		faults = append(faults, s.path+" imports with a dot: nobody can tell where a name comes from")
	}
	return faults
}

// refuses says why a file must not import something, or nothing.
func (s *source) refuses(ring int, to string) string {
	r, ruled := ruleOf(to)
	ours, internal := strings.CutPrefix(to, "kibitz/")
	switch {
	case !internal && thirdParty(to) && !ruled:
		return "a new dependency; give it to one package in rules of internal/deps, and a line in docs/decisions"
	case s.test:
		return ""
	case ruled && !slices.Contains(r.only, s.pkg):
		return fmt.Sprintf("only %v may; %s", r.only, r.why)
	case internal:
		return s.refusesRing(ring, strings.TrimPrefix(ours, "internal/"))
	case ring == 0 && isImpure(to) && !slices.ContainsFunc(pureExcept[s.pkg], below(to)):
		return "ring 0 is pure, so that it can be replayed: I/O, time, chance and goroutines are the caller's"
	}
	return ""
}

func (s *source) refusesRing(ring int, to string) string {
	switch r := ringOf(to); {
	case r < 0:
		return "it is in no ring"
	case r > ring:
		return fmt.Sprintf("imports point inward, and ring %s lies outside of %s", ringNames[r], ringNames[ring])
	case r == ring && to != s.pkg && !slices.Contains(siblings[s.pkg], to):
		return fmt.Sprintf("both are of ring %s, and siblings does not allow it: parts of a ring can be understood and replaced alone", ringNames[r])
	}
	return ""
}

// ruleOf returns the rule with the longest prefix.
func ruleOf(to string) (rule, bool) {
	var best rule
	for _, r := range rules {
		if below(to)(r.imports) && len(r.imports) > len(best.imports) {
			best = r
		}
	}
	return best, best.imports != ""
}

// below returns a test of whether an import is a prefix or lies below it.
func below(to string) func(string) bool {
	return func(prefix string) bool { return to == prefix || strings.HasPrefix(to, prefix+"/") }
}

// thirdParty reports whether a path begins with a host name.
func thirdParty(to string) bool {
	host, _, _ := strings.Cut(to, "/")
	return strings.Contains(host, ".")
}

func isImpure(to string) bool { return slices.ContainsFunc(impure, below(to)) }

// checkPure looks for clocks, chance and goroutines in rings 0 and 1, whose
// states must follow from what is stored.
func checkPure(s *source) []string {
	ring := ringOf(s.pkg)
	if s.test || ring > 1 || ring < 0 || strings.HasSuffix(s.pkg, "test") {
		return nil
	}
	var faults []string
	fault := func(n ast.Node, what string) {
		faults = append(faults, fmt.Sprintf("%s: %s: rings 0 and 1 must replay to the same state for ever", s.fset.Position(n.Pos()), what))
	}
	ast.Inspect(s.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if what := s.impureCall(n); what != "" {
				fault(n, what)
			}
		case *ast.GoStmt:
			fault(n, "starts a goroutine")
		case *ast.FuncDecl:
			if n.Name.Name == "init" && n.Recv == nil {
				fault(n, "has an init function")
			}
		}
		return true
	})
	return faults
}

// impureCall names a use of the clock or of global chance.
func (s *source) impureCall(n *ast.SelectorExpr) string {
	pkg, ok := n.X.(*ast.Ident)
	if !ok {
		return ""
	}
	switch to := s.imports[pkg.Name]; {
	case to == "time" && slices.Contains(timeCalls, n.Sel.Name):
		return "uses time." + n.Sel.Name + "; a time is handed in"
	case below(to)("math/rand") && ast.IsExported(n.Sel.Name) && !slices.Contains(seeded, n.Sel.Name) && n.Sel.Name != "Rand" && n.Sel.Name != "Source":
		return "uses rand." + n.Sel.Name + "; chance is handed in"
	case to == "crypto/rand":
		return "uses crypto/rand; chance is handed in"
	}
	return ""
}

// checkSize looks for what is too long to be read at once. Tests may be.
func checkSize(s *source) []string {
	if s.test {
		return nil
	}
	var faults []string
	if s.lines > maxFile {
		faults = append(faults, fmt.Sprintf("%s has %d lines, at most %d: give each noun a file", s.path, s.lines, maxFile))
	}
	for _, decl := range s.file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		from, to := s.fset.Position(f.Pos()), s.fset.Position(f.End())
		if n := to.Line - from.Line + 1; n > maxFunction {
			faults = append(faults, fmt.Sprintf("%s: %s has %d lines, at most %d: name its parts", from, f.Name.Name, n, maxFunction))
		}
	}
	return faults
}

// unfinished are the marks of work that was left. They are put together here,
// so that this file does not have them.
var unfinished = regexp.MustCompile(`\b(` + strings.Join([]string{"TO" + "DO", "FIX" + "ME", "XX" + "X"}, "|") + `)\b`)

// checkWords looks for work that was left.
func checkWords(s *source) []string {
	var faults []string
	for i, line := range strings.Split(s.text, "\n") {
		if mark := unfinished.FindString(line); mark != "" {
			faults = append(faults, fmt.Sprintf("%s:%d: %s: do it, or say in docs/decisions why not", s.path, i+1, mark))
		}
	}
	return faults
}
