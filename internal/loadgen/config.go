package loadgen

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"net/url"
	"time"
)

// Config is what to play. URL, Games, Duration and Scripts must be given.
type Config struct {
	// URL is where the server is, such as http://localhost:8080.
	URL string
	// Games is how many run at a time, on two sockets each.
	Games int
	// Think is how long a player thinks about a move, give or take a half;
	// zero for as fast as Rate allows.
	Think time.Duration
	// Duration is how long is measured, from when every game has begun.
	Duration time.Duration
	// Scripts are the games to play: the moves of each from the usual start
	// position, in UCI. They are played in turn, by their order and Seed.
	Scripts [][]string
	// Control is the time control. Default: "30+20".
	Control string
	// Seed decides the thinking times and who plays which game.
	Seed uint64
	// PerAddress is how many sockets share one source address 127.0.0.x; each
	// has some 28,000 ports. It has no effect on a server elsewhere. Default:
	// 10,000.
	PerAddress int
	// Ramp is how long the games take to begin. Default: 1 s for every 1,000.
	Ramp time.Duration
	// RetryMin and RetryMax bound the pause before a lost socket is connected
	// again. It doubles, and varies by a half. Default: 100 ms and 2 s.
	RetryMin, RetryMax time.Duration
	// Rate is how many actions a second one player takes at most. Default: 20,
	// which is what a server allows.
	Rate int
	// Remote allows a server that is not on this machine.
	Remote bool
	// Progress gets a line now and then. Default: nobody.
	Progress io.Writer
}

// The bounds of a run.
const (
	maxGames    = 100_000
	maxDuration = 24 * time.Hour
	maxScript   = 600
)

// withDefaults fills in what was left out, and refuses what cannot be.
func (c Config) withDefaults() (Config, error) {
	switch {
	case c.Games < 1 || c.Games > maxGames:
		return c, fmt.Errorf("games: %d; choose 1 to %d", c.Games, maxGames)
	case c.Duration <= 0 || c.Duration > maxDuration:
		return c, fmt.Errorf("duration: %v; choose up to %v", c.Duration, maxDuration)
	case c.Think < 0 || c.Think > time.Hour:
		return c, fmt.Errorf("think: %v; choose 0 to 1h", c.Think)
	case c.RetryMin < 0 || c.RetryMax < 0 || c.Ramp < 0 || c.Rate < 0 || c.PerAddress < 0:
		return c, errors.New("a negative number makes no sense here")
	}
	orElse(&c.Control, "30+20")
	orElse(&c.PerAddress, 10_000)
	orElse(&c.Ramp, time.Duration(c.Games)*time.Millisecond)
	orElse(&c.RetryMin, 100*time.Millisecond)
	orElse(&c.RetryMax, max(2*time.Second, c.RetryMin))
	orElse(&c.Rate, 20)
	if c.Progress == nil {
		c.Progress = io.Discard
	}
	return c, checkScripts(c.Scripts)
}

func orElse[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

func checkScripts(scripts [][]string) error {
	if len(scripts) == 0 {
		return errors.New("there is no game to play")
	}
	for i, s := range scripts {
		if len(s) == 0 || len(s) > maxScript {
			return fmt.Errorf("game %d has %d moves; 1 to %d are good", i+1, len(s), maxScript)
		}
	}
	return nil
}

// target is a server, taken apart.
type target struct {
	http, ws string
	// dial is host and port, with the address when the host is local.
	dial  string
	local bool
}

func parseTarget(raw string, remote bool) (target, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return target{}, fmt.Errorf("url: %q is not like http://localhost:8080", raw)
	}
	port := u.Port()
	ws := "ws"
	if u.Scheme == "https" {
		ws = "wss"
	}
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	host := u.Hostname()
	if host == "localhost" {
		host = "127.0.0.1"
	}
	addr, err := netip.ParseAddr(host)
	local := err == nil && addr.Unmap().IsLoopback()
	if !local && !remote {
		return target{}, fmt.Errorf("url: %s is not this machine; say --remote if its owner agrees", u.Hostname())
	}
	return target{
		http: u.Scheme + "://" + u.Host, ws: ws + "://" + u.Host + "/ws",
		dial: net.JoinHostPort(host, port), local: local && addr.Unmap().Is4(),
	}, nil
}
