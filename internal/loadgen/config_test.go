package loadgen

import (
	"strings"
	"testing"
	"time"
)

func TestTargets(t *testing.T) {
	for _, row := range []struct {
		url    string
		remote bool
		want   target
		err    string
	}{
		{"http://127.0.0.1:8080", false, target{"http://127.0.0.1:8080", "ws://127.0.0.1:8080/ws", "127.0.0.1:8080", true}, ""},
		{"http://localhost:8080/", false, target{"http://localhost:8080", "ws://localhost:8080/ws", "127.0.0.1:8080", true}, ""},
		{"http://[::1]:8080", false, target{"http://[::1]:8080", "ws://[::1]:8080/ws", "[::1]:8080", false}, ""},
		{"https://chess.example", true, target{"https://chess.example", "wss://chess.example/ws", "chess.example:443", false}, ""},
		{"https://chess.example", false, target{}, "--remote"},
		{"http://192.0.2.1", false, target{}, "--remote"},
		{"localhost:8080", false, target{}, "is not like"},
		{"ftp://localhost", false, target{}, "is not like"},
		{"", false, target{}, "is not like"},
	} {
		got, err := parseTarget(row.url, row.remote)
		if got != row.want || (err == nil) != (row.err == "") || err != nil && !strings.Contains(err.Error(), row.err) {
			t.Errorf("%q: got %+v, %v; want %+v, %q", row.url, got, err, row.want, row.err)
		}
	}
}

func TestConfigRefuses(t *testing.T) {
	good := Config{Games: 1, Duration: time.Second, Scripts: [][]string{{"e2e4"}}}
	if _, err := good.withDefaults(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Config){
		"no game":       func(c *Config) { c.Games = 0 },
		"too many":      func(c *Config) { c.Games = maxGames + 1 },
		"no time":       func(c *Config) { c.Duration = 0 },
		"think":         func(c *Config) { c.Think = -1 },
		"rate":          func(c *Config) { c.Rate = -1 },
		"no script":     func(c *Config) { c.Scripts = nil },
		"empty script":  func(c *Config) { c.Scripts = [][]string{{}} },
		"endless game":  func(c *Config) { c.Scripts = [][]string{make([]string, maxScript+1)} },
		"negative ramp": func(c *Config) { c.Ramp = -1 },
	} {
		c := good
		spoil(&c)
		if _, err := c.withDefaults(); err == nil {
			t.Errorf("%s: there is no error", name)
		}
	}
}

// The plan of a run: every game has a script, and the seed turns it.
func TestGamesTakeTurnsWithTheScripts(t *testing.T) {
	scripts := [][]string{{"e2e4"}, {"d2d4"}, {"c2c4"}}
	for seed := range uint64(4) {
		r := &run{cfg: Config{Scripts: scripts, Seed: seed}}
		for n := range 7 {
			want := scripts[(n+int(seed))%3][0]
			if got := r.newGame("x", n, [seats]*player{}).script[0]; got != want {
				t.Errorf("seed %d, game %d: got %s, want %s", seed, n, got, want)
			}
		}
	}
}

func TestFlight(t *testing.T) {
	var f flight
	var c counts
	c.measuring.Store(true)
	f.begin(7, 3*time.Millisecond)
	f.land(6, 4*time.Millisecond, &c) // another ply
	f.land(7, 5*time.Millisecond, &c)
	f.land(7, 6*time.Millisecond, &c) // once only
	f.begin(8, 7*time.Millisecond)
	f.spoil()
	f.land(8, 9*time.Millisecond, &c)
	if got := c.latency.Count(); got != 1 {
		t.Errorf("got %d latencies, want 1", got)
	}
	if got, want := c.latency.Max(), 2*time.Millisecond; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}
