// Package pgtest gives tests databases of their own on a PostgreSQL server.
package pgtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver
)

// Variable names the server that tests use, as scripts/postgres.sh sets it.
const Variable = "KIBITZ_TEST_POSTGRES"

// New returns the URL of an empty schema, which is dropped when the test ends.
// Without a server the test is skipped; one that was named and does not answer
// fails it.
func New(tb testing.TB) string {
	tb.Helper()
	server := os.Getenv(Variable)
	if server == "" {
		tb.Skip(Variable + " names no PostgreSQL server; scripts/postgres.sh starts one")
	}
	schema := "test_" + strings.ToLower(rand.Text())
	execute(tb, server, "CREATE SCHEMA "+schema)
	tb.Cleanup(func() { execute(tb, server, "DROP SCHEMA "+schema+" CASCADE") })
	u, err := url.Parse(server)
	if err != nil {
		tb.Fatalf("%s: %v", Variable, err)
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}

func execute(tb testing.TB, server, statement string) {
	tb.Helper()
	db, err := sql.Open("pgx", server)
	if err != nil {
		tb.Fatalf("%s: %v", Variable, err)
	}
	defer db.Close()
	if _, err := db.ExecContext(context.Background(), statement); err != nil {
		tb.Fatalf("%s: %v", Variable, err)
	}
}
