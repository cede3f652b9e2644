package sqlstore

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"strings"

	"github.com/pressly/goose/v3"
)

// dialect is all in which the two databases differ. Queries are written once,
// for both: with $1, $2 ... for arguments, 0 and 1 for truth, integers for
// times, and nothing that only one of them knows.
type dialect struct {
	name   string
	driver string
	goose  goose.Dialect
	// grouped says that one goroutine writes, and that what is asked of it
	// meanwhile shares its next transaction.
	grouped bool
	// types turns the types of a migration, which are SQLite's, into those of
	// the database. What follows "-- PostgreSQL: " is for that one alone.
	types *strings.Replacer
}

var (
	sqlite = dialect{
		name: "SQLite", driver: "sqlite", goose: goose.DialectSQLite3, grouped: true,
		types: strings.NewReplacer(),
	}
	postgres = dialect{
		name: "PostgreSQL", driver: "pgx", goose: goose.DialectPostgres,
		types: strings.NewReplacer(
			" INTEGER", " BIGINT", " BLOB", " BYTEA", " REAL", " DOUBLE PRECISION", " WITHOUT ROWID", "",
			"-- PostgreSQL: ", ""),
	}
)

// dialectOf tells the databases apart by the name a person gives: a PostgreSQL
// server has a URL, and anything else is a file.
func dialectOf(dsn string) dialect {
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		return postgres
	}
	return sqlite
}

func (d dialect) open(dsn string, h *health) (*sql.DB, error) {
	if d.driver == sqlite.driver {
		return openKept(d.source(dsn))
	}
	return openWatched(d.source(dsn), h)
}

// source returns what the driver calls the database. In an SQLite file a
// commit is on stable storage when it returns (synchronous FULL), and readers
// never wait for the writer (WAL), whose file is emptied at 32 MB: pages of
// running games change many times until then.
func (d dialect) source(dsn string) string {
	if d.driver != sqlite.driver {
		return planned(dsn)
	}
	q := url.Values{
		"_pragma": {"journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "busy_timeout(5000)",
			"cache_size(-65536)", "wal_autocheckpoint(8000)"},
		"_txlock": {"immediate"},
	}
	return (&url.URL{Scheme: "file", Opaque: url.PathEscape(dsn), RawQuery: q.Encode()}).String()
}

// settled are the settings of every session with PostgreSQL that its URL does
// not name itself. A query is planned for its arguments: what is best for a user
// with 200 games reads all of one with 50,000. A process that froze in the middle
// of a transaction does not hold up others for long.
var settled = map[string]string{
	"plan_cache_mode":                     "force_custom_plan",
	"idle_in_transaction_session_timeout": "8000",
	"connect_timeout":                     "3",
}

// planned returns the URL of a PostgreSQL server with what is settled.
func planned(dsn string) string {
	u, err := url.Parse(dsn)
	if err != nil {
		return dsn
	}
	q := u.Query()
	for name, value := range settled {
		if !q.Has(name) {
			q.Set(name, value)
		}
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// shown returns the name of the database for an error or a log: without a
// password.
func (d dialect) shown(dsn string) string {
	if u, err := url.Parse(dsn); err == nil && d.driver != sqlite.driver {
		return u.Redacted()
	}
	if d.driver != sqlite.driver {
		return d.name
	}
	return dsn
}

// translated is a folder of migrations in the types of a database.
type translated struct {
	fs.FS
	types *strings.Replacer
}

// Open implements fs.FS.
func (t translated) Open(name string) (fs.File, error) {
	f, err := t.FS.Open(name)
	if err != nil {
		return nil, err
	}
	if _, folder := f.(fs.ReadDirFile); folder {
		return f, nil
	}
	text, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("migration %s: %w", name, errors.Join(err, f.Close()))
	}
	return rewritten{f, strings.NewReader(t.types.Replace(string(text)))}, nil
}

// rewritten is a file with other contents.
type rewritten struct {
	fs.File
	text io.Reader
}

func (r rewritten) Read(b []byte) (int, error) { return r.text.Read(b) }

// bit is how truth is stored.
func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
