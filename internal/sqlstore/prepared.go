package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strconv"
	"strings"

	engine "modernc.org/sqlite" // the driver of SQLite
)

// maxKept is how many prepared statements a connection to SQLite keeps.
const maxKept = 256

// openKept opens an SQLite file so that every connection prepares a statement
// once and keeps it: to parse and plan one takes longer than most take to run.
// The driver of PostgreSQL does so by itself.
func openKept(dsn string) (*sql.DB, error) {
	c, err := engine.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(keepingConnector{c}), nil
}

type keepingConnector struct{ driver.Connector }

// Connect implements driver.Connector.
func (c keepingConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	able, ok := conn.(sqliteConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("the driver of SQLite gives a %T, which cannot keep statements", conn), conn.Close())
	}
	return &keepingConn{sqliteConn: able, kept: make(map[string]*kept)}, nil
}

// sqliteConn is all that database/sql uses of a connection.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// keepingConn is a connection with the statements it has prepared. As every
// driver.Conn it is used by one goroutine at a time.
type keepingConn struct {
	sqliteConn
	kept map[string]*kept
}

type sqliteStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// kept is a prepared statement.
type kept struct {
	sqliteStmt
	// busy says that rows of it are being read: it cannot run a second time.
	busy bool
}

// ExecContext implements driver.ExecerContext. Text without arguments may be a
// script, such as a migration, and is not kept.
func (c *keepingConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	k, err := c.statement(ctx, text, args)
	if err != nil {
		return nil, err
	}
	if k == nil {
		return c.sqliteConn.ExecContext(ctx, text, args)
	}
	return k.ExecContext(ctx, args)
}

// QueryContext implements driver.QueryerContext.
func (c *keepingConn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	k, err := c.statement(ctx, text, args)
	if err != nil {
		return nil, err
	}
	if k == nil {
		return c.sqliteConn.QueryContext(ctx, text, args)
	}
	rows, err := k.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	k.busy = true
	return &keptRows{rows, k}, nil
}

// keptRows gives its statement back when it is closed.
type keptRows struct {
	driver.Rows
	of *kept
}

// Close implements driver.Rows.
func (r *keptRows) Close() error {
	err := r.Rows.Close()
	r.of.busy = false
	return err
}

// Close implements driver.Conn.
func (c *keepingConn) Close() error {
	var errs []error
	for _, k := range c.kept {
		errs = append(errs, k.Close())
	}
	return errors.Join(append(errs, c.sqliteConn.Close())...)
}

// statement returns the statement of a text, or nil where it must run without
// one.
func (c *keepingConn) statement(ctx context.Context, text string, args []driver.NamedValue) (*kept, error) {
	if len(args) == 0 {
		return nil, nil
	}
	if k := c.kept[text]; k != nil {
		if k.busy {
			return nil, nil
		}
		return k, nil
	}
	s, err := c.PrepareContext(ctx, bare(text))
	if err != nil {
		return nil, err
	}
	able, ok := s.(sqliteStmt)
	if !ok {
		return nil, s.Close()
	}
	c.makeRoom()
	k := &kept{sqliteStmt: able}
	c.kept[text] = k
	return k, nil
}

// makeRoom drops a statement, whichever, when there are too many.
func (c *keepingConn) makeRoom() {
	for text, k := range c.kept {
		if len(c.kept) < maxKept {
			return
		}
		if !k.busy {
			_ = k.Close() // it has nothing that could be lost
			delete(c.kept, text)
		}
	}
}

// bare writes ? for $1, $2 ... where they stand in this order and once each:
// SQLite then need not look up names, for which it takes the square of their
// number when it prepares, and the driver a string for each when it runs. Any
// other text stays as it is.
func bare(text string) string {
	if strings.ContainsAny(text, `'"?`) || strings.Contains(text, "--") {
		return text // a $ may be part of a literal
	}
	var b strings.Builder
	rest := text
	for n := 1; ; n++ {
		before, after, found := strings.Cut(rest, "$")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		tail, next := strings.CutPrefix(after, strconv.Itoa(n))
		if !next || tail != "" && tail[0] >= '0' && tail[0] <= '9' {
			return text
		}
		b.WriteByte('?')
		rest = tail
	}
}
