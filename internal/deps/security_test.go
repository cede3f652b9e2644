package deps

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

var testName = regexp.MustCompile("`(Test[A-Z]\\w+)`")

// Every test that docs/security.md names is there.
func TestSecurityNamesTests(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root(t), "docs", "security.md"))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	declared := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	for _, s := range sources(t) {
		for _, found := range declared.FindAllStringSubmatch(s.text, -1) {
			all = append(all, found[1])
		}
	}
	named := testName.FindAllStringSubmatch(string(text), -1)
	if len(named) < 30 {
		t.Errorf("docs/security.md names %d tests", len(named))
	}
	for _, found := range named {
		if !slices.Contains(all, found[1]) {
			t.Errorf("docs/security.md names %s, which is not there", found[1])
		}
	}
}
