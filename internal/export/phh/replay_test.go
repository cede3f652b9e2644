package phh_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kibitz/internal/export/phh"
)

// shared returns the folder of the shared poker data, which lies beside the
// checkout and is not part of the repository.
func shared(tb testing.TB, name string) string {
	tb.Helper()
	path := filepath.Join("..", "..", "..", "..", "shared", "data", "poker", name)
	if _, err := os.Stat(path); err != nil {
		tb.Skipf("the shared test data is not beside the checkout: %v", err)
	}
	return path
}

// folder returns the hands that are part of the repository, and else shared
// ones.
func folder(tb testing.TB, name string) string {
	tb.Helper()
	if name == "hands" {
		return filepath.Join("..", "..", "..", "testdata", name)
	}
	return shared(tb, name)
}

// files returns the hands below a folder.
func files(tb testing.TB, dir string) []string {
	tb.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".phh") {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return all
}

func mustRead(tb testing.TB, path string) phh.Hand {
	tb.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	hands, err := phh.Parse(strings.NewReader(string(text)))
	if err != nil {
		tb.Fatalf("%s: %v", path, err)
	}
	return hands[0]
}

// check plays a hand and compares the stacks.
func check(h phh.Hand) error {
	r, err := h.Replay()
	if err != nil {
		return err
	}
	return h.Check(r)
}

func TestHandsOfTheWorld(t *testing.T) {
	for _, row := range []struct {
		dir  string
		want int
	}{{"hands", 38}, {"wsop", 20}, {"pluribus", 5000}} {
		t.Run(row.dir, func(t *testing.T) {
			all := files(t, folder(t, row.dir))
			if len(all) != row.want {
				t.Errorf("%d hands, want %d", len(all), row.want)
			}
			for _, path := range all {
				if err := check(mustRead(t, path)); err != nil {
					t.Errorf("%s: %v", filepath.Base(path), err)
				}
			}
		})
	}
}

// The stacks are those of PokerKit's tests.
func TestFamousHands(t *testing.T) {
	for name, want := range map[string]string{
		"dwan-ivey-2009":        "finishing_stacks = [572100, 1997500, 1109500]",
		"antonius-blom-2009":    "finishing_stacks = [1937923.75, 0]",
		"phua-xuan-2019":        "",
		"arieh-yockey-2019":     "",
		"alice-carol-wikipedia": "",
	} {
		text, err := os.ReadFile(filepath.Join(shared(t, "famous"), name+".phh"))
		if err != nil {
			t.Fatal(err)
		}
		hands, err := phh.Parse(strings.NewReader(string(text) + "\n" + want + "\n"))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		switch err := check(hands[0]); {
		case want != "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case want == "" && !errors.Is(err, phh.ErrVariant):
			t.Errorf("%s: %v, want ErrVariant", name, err)
		}
	}
}
