package sqlstore

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"time"
)

// stamp is how the archive stores a time: in Unix milliseconds.
func stamp(t time.Time) int64 { return t.UnixMilli() }

// moment reads what stamp stored.
func moment(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// maxArguments bounds those of one statement. SQLite looks every $1, $2 ... up
// among those before it, so that the time grows with the square.
const maxArguments = 120

// insert puts rows into a table, many with one statement. The tail, which may
// be empty, is what stands behind the values.
type insert struct {
	into, tail string
	columns    int
}

// rows puts them in, in order: as many at once as a statement takes, and the
// rest one by one, so that there are only two statements to understand.
func (i insert) rows(ctx context.Context, tx *sql.Tx, rows [][]any) error {
	most := max(1, maxArguments/i.columns)
	full := len(rows) / most * most
	if err := i.by(ctx, tx, most, rows[:full]); err != nil {
		return err
	}
	return i.by(ctx, tx, 1, rows[full:])
}

// by puts rows in by so many at once.
func (i insert) by(ctx context.Context, tx *sql.Tx, n int, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	statement, err := tx.PrepareContext(ctx, i.statement(n))
	if err != nil {
		return err
	}
	defer statement.Close()
	args := make([]any, 0, n*i.columns)
	for ; len(rows) > 0; rows = rows[n:] {
		args = args[:0]
		for _, row := range rows[:n] {
			args = append(args, row...)
		}
		if _, err := statement.ExecContext(ctx, args...); err != nil {
			return err
		}
	}
	return nil
}

func (i insert) statement(n int) string {
	var b strings.Builder
	b.WriteString("INSERT INTO " + i.into + " VALUES ")
	for row := range n {
		if row > 0 {
			b.WriteByte(',')
		}
		b.WriteString(placeholders(row*i.columns+1, i.columns))
	}
	b.WriteString(" " + i.tail)
	return b.String()
}

// placeholders returns ($first, ... ) of n arguments.
func placeholders(first, n int) string {
	b := []byte{'('}
	for k := range n {
		if k > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(append(b, '$'), int64(first+k), 10)
	}
	return string(append(b, ')'))
}

// texts turns ids into arguments.
func texts[T ~string](ids []T) []any {
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = string(id)
	}
	return args
}

// chunk is how many ids one query asks for.
const chunk = 500

// inChunks calls do with parts of ids, and the placeholders for them.
func inChunks[T ~string](ids []T, do func(list string, args []any) error) error {
	for len(ids) > 0 {
		n := min(chunk, len(ids))
		if err := do(placeholders(1, n), texts(ids[:n])); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}

// scanAll reads every row.
func scanAll[T any](rows *sql.Rows, err error, scan func(*sql.Rows) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
