package server

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
)

// Config is what a server is told. The zero Config is a server on a free port
// of this machine that keeps nothing; `kibitz serve` sets better defaults.
type Config struct {
	// Listen is the address to answer at. Default: "127.0.0.1:0".
	Listen string
	// Data is the folder of the journal and the database. With an empty one
	// everything is in memory, and gone with the process.
	Data string
	// Database is where accounts and finished games are kept: a file, or the
	// URL of a PostgreSQL server. Default: kibitz.db in Data.
	Database string
	// Engine is the path of a UCI engine for the strong house players. With
	// "auto" it is looked for, and with "" or "none" there are no such players.
	Engine string
	// Draws is how long games of chess end, "lichess" or "fide".
	Draws string
	// Secure says that a proxy in front speaks TLS with the browsers.
	Secure bool
	// GuestsPerMinute bounds the new guests of one address; a negative number
	// means no limit, 0 the default of package httpapi.
	GuestsPerMinute int
	// MetricsListen is the address of the metrics and profiles, which are for
	// operators alone. With an empty one there are none.
	MetricsListen string
	// Log is where the server writes. Default: slog.Default.
	Log *slog.Logger
}

// ErrConfig is wrapped by every refusal of a Config.
var ErrConfig = errors.New("bad configuration")

func (c Config) withDefaults() (Config, error) {
	if c.Listen == "" {
		c.Listen = "127.0.0.1:0"
	}
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		return c, fmt.Errorf("%w: listen on HOST:PORT, not %q", ErrConfig, c.Listen)
	}
	if c.MetricsListen != "" {
		if _, _, err := net.SplitHostPort(c.MetricsListen); err != nil {
			return c, fmt.Errorf("%w: metrics listen on HOST:PORT, not %q", ErrConfig, c.MetricsListen)
		}
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return c, nil
}
