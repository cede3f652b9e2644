package config_test

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kibitz/internal/config"
)

func mustWrite(tb testing.TB, text string) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "settings")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

func resolver(env map[string]string) (*config.Resolver, *int) {
	flags := flag.NewFlagSet("test", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	levels := flags.Int("house-levels", 4, "")
	return &config.Resolver{Flags: flags, Getenv: func(name string) (string, bool) {
		value, ok := env[name]
		return value, ok
	}}, levels
}

func TestResolve(t *testing.T) {
	const variable = "KIBITZ_HOUSE_LEVELS"
	file := mustWrite(t, "# levels\n\nhouse-levels = 6\n")
	secret := mustWrite(t, "7\n")
	rows := []struct {
		name string
		args []string
		env  map[string]string
		want int
		from config.Source
	}{
		{"default", nil, nil, 4, config.FromDefault},
		{"file", []string{"--config", file}, nil, 6, config.FromFile},
		{"file named by the environment", nil, map[string]string{"KIBITZ_CONFIG": file}, 6, config.FromFile},
		{"environment over file", []string{"--config", file}, map[string]string{variable: "5"}, 5, config.FromEnvironment},
		{"environment names a file", nil, map[string]string{variable + "_FILE": secret}, 7, config.FromEnvironment},
		{"flag over all", []string{"--config", file, "--house-levels", "8"}, map[string]string{variable: "5"}, 8, config.FromFlag},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			r, levels := resolver(row.env)
			if err := r.Resolve(row.args); err != nil {
				t.Fatal(err)
			}
			if *levels != row.want || r.Source("house-levels") != row.from {
				t.Errorf("got %d from %s, want %d from %s", *levels, r.Source("house-levels"), row.want, row.from)
			}
		})
	}
}

func TestResolveRefuses(t *testing.T) {
	rows := []struct {
		name string
		args []string
		env  map[string]string
		want string
	}{
		{"unknown flag", []string{"--nonsense"}, nil, "nonsense"},
		{"bad value", nil, map[string]string{"KIBITZ_HOUSE_LEVELS": "many"}, "environment"},
		{"unknown name in the file", []string{"--config", mustWrite(t, "a = 1\nnonsense = 2")}, nil, ":1: "},
		{"line without a value", []string{"--config", mustWrite(t, "house-levels")}, nil, "name = value"},
		{"missing file", []string{"--config", "/nonexistent/kibitz"}, nil, "no such file"},
		{"missing secret", nil, map[string]string{"KIBITZ_HOUSE_LEVELS_FILE": "/nonexistent/kibitz"}, "no such file"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			r, _ := resolver(row.env)
			err := r.Resolve(row.args)
			if !errors.Is(err, config.ErrSetting) || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, want ErrSetting with %q", err, row.want)
			}
		})
	}
}

func TestPrint(t *testing.T) {
	r, _ := resolver(map[string]string{"KIBITZ_HOUSE_LEVELS": "5"})
	if err := r.Resolve(nil); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	r.Print(&out)
	for _, want := range []string{"house-levels", `"5"`, "environment", "KIBITZ_HOUSE_LEVELS"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("output lacks %q:\n%s", want, out.String())
		}
	}
}
