// Package natsstore keeps what the nodes of a cluster share in NATS: the
// journal, leases and members in JetStream, the bus in core NATS.
package natsstore

import (
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Options are what a connection needs.
type Options struct {
	// URLs names some of the servers, separated by commas. One of them must
	// answer at the start; the others are found by themselves.
	URLs string
	// Name is what the servers call this client in their lists.
	Name string
	// CAFile names a file with the certificates that vouch for the servers.
	// Default: those of the system. A URL asks for TLS with tls://.
	CAFile string
	// CredentialsFile names a file with a signed user. Default: the user is in
	// the URL.
	CredentialsFile string
	// Log hears when servers come and go. Default: slog.Default.
	Log *slog.Logger
}

// Client is a connection to the servers, which comes back by itself for as
// long as the process lives. It is safe for concurrent use.
type Client struct {
	nc  *nats.Conn
	js  jetstream.JetStream
	log *slog.Logger
}

// A server that froze is noticed by two pings that go unanswered, before others
// miss the beats of the node.
const (
	dialTimeout   = time.Second
	pingEvery     = 500 * time.Millisecond
	pingsUnheard  = 2
	reconnectWait = 100 * time.Millisecond
)

// Connect returns a connection to one of the servers.
func Connect(o Options) (*Client, error) {
	c := &Client{log: o.Log}
	if c.log == nil {
		c.log = slog.Default()
	}
	var err error
	if c.nc, err = nats.Connect(o.URLs, o.settings(c.log)...); err != nil {
		return nil, fmt.Errorf("connect to NATS: %w", err)
	}
	if c.js, err = jetstream.New(c.nc); err != nil {
		c.nc.Close()
		return nil, fmt.Errorf("connect to JetStream: %w", err)
	}
	return c, nil
}

// settings makes the connection fail fast rather than queue: what is published
// while no server answers is an error, and does not arrive an hour later.
func (o Options) settings(log *slog.Logger) []nats.Option {
	all := []nats.Option{
		nats.Name(o.Name), nats.Timeout(dialTimeout), nats.PingInterval(pingEvery), nats.MaxPingsOutstanding(pingsUnheard),
		nats.MaxReconnects(-1), nats.ReconnectWait(reconnectWait), nats.ReconnectJitter(reconnectWait, reconnectWait),
		nats.ReconnectBufSize(-1), nats.IgnoreAuthErrorAbort(),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil {
				log.Warn("a NATS server is lost", "err", err)
			}
		}),
		nats.ReconnectHandler(func(nc *nats.Conn) { log.Info("connected to NATS again", "server", nc.ConnectedServerName()) }),
		nats.ErrorHandler(func(_ *nats.Conn, s *nats.Subscription, err error) { complain(log, s, err) }),
	}
	if o.CAFile != "" {
		all = append(all, nats.RootCAs(o.CAFile))
	}
	if o.CredentialsFile != "" {
		all = append(all, nats.UserCredentials(o.CredentialsFile))
	}
	return all
}

// complain logs what no call can return. A full subscription counts its losses
// itself.
func complain(log *slog.Logger, s *nats.Subscription, err error) {
	if errors.Is(err, nats.ErrSlowConsumer) {
		return
	}
	subject := ""
	if s != nil {
		subject = s.Subject
	}
	log.Error("NATS complains", "subject", subject, "err", err)
}

// Connected reports whether a server answers at this moment.
func (c *Client) Connected() bool { return c.nc.IsConnected() }

// Close ends the connection, and everything that was opened on it.
func (c *Client) Close() { c.nc.Close() }
