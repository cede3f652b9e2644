package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"kibitz/internal/account"
)

// doubtful is how long a new connection may take while the database was away the
// last time that somebody asked it.
const doubtful = 2 * time.Second

// health is whether a PostgreSQL server answered last time. While it did not,
// the connections to it are given up rather than waited for.
type health struct{ away atomic.Bool }

// openWatched opens a PostgreSQL server so that errors which say that it is away
// wrap account.ErrAway.
func openWatched(dsn string, h *health) (*sql.DB, error) {
	c, err := stdlib.GetDefaultDriver().(driver.DriverContext).OpenConnector(dsn)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(watchedConnector{c, h}), nil
}

// gone is an error that wraps account.ErrAway, whose text it ends with: what is
// before it is for logs.
type gone struct{ cause error }

func (g gone) Error() string   { return fmt.Sprintf("%v; %v", g.cause, account.ErrAway) }
func (g gone) Unwrap() []error { return []error{g.cause, account.ErrAway} }

// judge notes what an answer says of the server, and marks an error that says
// that it is away.
func (h *health) judge(err error) error {
	switch {
	case err == nil || err == io.EOF: // the end of rows
		h.away.Store(false)
		return err
	case errors.Is(err, context.Canceled) || !lost(err):
		return err
	}
	h.away.Store(true)
	return gone{err}
}

// lost reports whether an error says that the server does not answer.
func lost(err error) bool {
	if said, ok := errors.AsType[*pgconn.PgError](err); ok {
		return lostCode(said.Code)
	}
	if _, ok := errors.AsType[net.Error](err); ok { // a deadline is one, too
		return true
	}
	_, connecting := errors.AsType[*pgconn.ConnectError](err)
	return connecting || errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
}

// lostCode reports whether a server that answers with a code takes no queries:
// of the classes "connection exception", "insufficient resources" and "operator
// intervention", but for a query that somebody cancelled, and what was idle for
// too long in a transaction. See appendix A of the manual of PostgreSQL.
func lostCode(code string) bool {
	const cancelled, idle = "57014", "25P03"
	for _, class := range []string{"08", "53", "57"} {
		if strings.HasPrefix(code, class) {
			return code != cancelled
		}
	}
	return code == idle
}

type watchedConnector struct {
	driver.Connector
	health *health
}

// Connect implements driver.Connector.
func (c watchedConnector) Connect(ctx context.Context) (driver.Conn, error) {
	if c.health.away.Load() {
		limited, cancel := context.WithTimeout(ctx, doubtful)
		defer cancel()
		ctx = limited
	}
	conn, err := c.Connector.Connect(ctx)
	if err = c.health.judge(err); err != nil {
		return nil, err
	}
	able, ok := conn.(postgresConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("the driver of PostgreSQL gives a %T, which cannot be watched", conn), conn.Close())
	}
	return &watchedConn{able, c.health}, nil
}

// postgresConn is all that database/sql uses of a connection.
type postgresConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.NamedValueChecker
}

// watchedConn is a connection whose errors are judged. Statements that were
// prepared by hand, which nobody here does, are not.
type watchedConn struct {
	postgresConn
	health *health
}

// ResetSession implements driver.SessionResetter: it is asked before a
// connection is used again, and gives it up while the server is away.
func (c *watchedConn) ResetSession(ctx context.Context) error {
	if c.health.away.Load() {
		return driver.ErrBadConn
	}
	return c.postgresConn.ResetSession(ctx)
}

// BeginTx implements driver.ConnBeginTx.
func (c *watchedConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	tx, err := c.postgresConn.BeginTx(ctx, o)
	if err = c.health.judge(err); err != nil {
		return nil, err
	}
	return watchedTx{tx, c.health}, nil
}

// ExecContext implements driver.ExecerContext.
func (c *watchedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	done, err := c.postgresConn.ExecContext(ctx, query, args)
	return done, c.health.judge(err)
}

// QueryContext implements driver.QueryerContext.
func (c *watchedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	rows, err := c.postgresConn.QueryContext(ctx, query, args)
	if err = c.health.judge(err); err != nil {
		return nil, err
	}
	return watchedRows{rows, c.health}, nil
}

// Ping implements driver.Pinger.
func (c *watchedConn) Ping(ctx context.Context) error {
	return c.health.judge(c.postgresConn.Ping(ctx))
}

type watchedTx struct {
	driver.Tx
	health *health
}

// Commit implements driver.Tx.
func (t watchedTx) Commit() error { return t.health.judge(t.Tx.Commit()) }

type watchedRows struct {
	driver.Rows
	health *health
}

// Next implements driver.Rows.
func (r watchedRows) Next(to []driver.Value) error { return r.health.judge(r.Rows.Next(to)) }
