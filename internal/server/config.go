package server

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"time"

	"kibitz/internal/poker"
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
	// Settle is how long a finished game stays in the journal after its last
	// record, for chat and a rematch. Default: that of package archiver.
	Settle time.Duration
	// Engine is the path of a UCI engine for the strong house players. With
	// "auto" it is looked for, and with "" or "none" there are no such players.
	Engine string
	// Draws is how long games of chess end, "lichess" or "fide".
	Draws string
	// Secure says that a proxy in front speaks TLS with the browsers.
	Secure bool
	// TLS serves HTTPS under a domain, in place of Listen.
	TLS TLS
	// TrustedProxies are addresses and networks, with commas between, that are
	// believed about whose requests they pass on, in ProxyHeader:
	// "X-Forwarded-For", which is the default, or "Forwarded".
	TrustedProxies, ProxyHeader string
	// PublicURL is where browsers find the server, for links in mail. Default:
	// made from the domain.
	PublicURL string
	// Mail is how letters are sent.
	Mail Mail
	// SignUp is "open" or "closed": whether people make their own accounts.
	// Default: "open".
	SignUp string
	// GuestsPerMinute bounds the new guests of one address; a negative number
	// means no limit, 0 the default of package httpapi.
	GuestsPerMinute int
	// MetricsListen is the address of the metrics and profiles, which are for
	// operators alone. With an empty one there are none.
	MetricsListen string
	// Programs is the port for programs that play poker.
	Programs Programs
	// Cluster makes the server a node of a cluster.
	Cluster Cluster
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
	err := c.Programs.check()
	if err != nil {
		return c, err
	}
	if c.TLS, err = c.TLS.withDefaults(); err != nil {
		return c, err
	}
	if c.TLS.Domain != "" {
		c.Secure = true
		c.PublicURL = cmp.Or(c.PublicURL, "https://"+c.TLS.Domain)
	}
	if c.Cluster, err = c.Cluster.withDefaults(c); err != nil {
		return c, err
	}
	return c, c.check()
}

// check completes the port for programs, and refuses what cannot be.
func (p *Programs) check() error {
	if p.Seats == 0 {
		p.Seats = 2
	}
	switch {
	case p.Listen == "":
		return nil
	case p.Seats < poker.MinPlayers || p.Seats > poker.MaxPlayers:
		return fmt.Errorf("%w: --acpc-seats is %d to %d, not %d", ErrConfig, poker.MinPlayers, poker.MaxPlayers, p.Seats)
	case p.House < 0 || p.House >= p.Seats:
		return fmt.Errorf("%w: --acpc-house leaves a seat for a program", ErrConfig)
	}
	if _, _, err := net.SplitHostPort(p.Listen); err != nil {
		return fmt.Errorf("%w: programs connect to HOST:PORT, not %q", ErrConfig, p.Listen)
	}
	return nil
}

// check refuses settings that do not fit together.
func (c Config) check() error {
	if c.TLS.Domain != "" && c.Data == "" {
		return fmt.Errorf("%w: --domain needs --data, to keep its certificates in", ErrConfig)
	}
	if c.SignUp != "" && c.SignUp != "open" && c.SignUp != "closed" {
		return fmt.Errorf("%w: --sign-up is open or closed, not %q", ErrConfig, c.SignUp)
	}
	switch strings.ToLower(c.ProxyHeader) {
	case "", "x-forwarded-for", "forwarded":
	default:
		return fmt.Errorf("%w: --proxy-header is X-Forwarded-For or Forwarded, not %q", ErrConfig, c.ProxyHeader)
	}
	if u, err := url.Parse(c.PublicURL); err != nil || c.PublicURL != "" && (u.Host == "" || strings.HasSuffix(c.PublicURL, "/")) {
		return fmt.Errorf("%w: --public-url is such as https://play.example.org, not %q", ErrConfig, c.PublicURL)
	}
	if c.Mail.Server != "" && c.PublicURL == "" {
		return fmt.Errorf("%w: mail needs --public-url or --domain, for the links in it", ErrConfig)
	}
	return nil
}
