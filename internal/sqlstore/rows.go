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

// maxArguments bounds those of one statement.
const maxArguments = 512

// insert puts rows into a table, many with one statement. The tail, which may
// be empty, is what stands behind the values.
type insert struct {
	into, tail string
	columns    int
}

// rows puts them in, in order: as many at once as a statement takes, then by
// eight and one by one, so that there are only three statements to keep.
func (i insert) rows(ctx context.Context, tx *sql.Tx, rows [][]any) error {
	args := make([]any, 0, min(maxArguments, len(rows)*i.columns))
	for _, n := range [...]int{max(1, maxArguments/i.columns), 8, 1} {
		if len(rows) < n {
			continue
		}
		text := i.statement(n)
		for ; len(rows) >= n; rows = rows[n:] {
			args = args[:0]
			for _, row := range rows[:n] {
				args = append(args, row...)
			}
			if _, err := tx.ExecContext(ctx, text, args...); err != nil {
				return err
			}
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

// chunks are how many ids one query asks for: few numbers, so that there are
// few statements to keep. lists are their placeholders.
var (
	chunks = [...]int{1, 8, 64, 512}
	lists  = [...]string{placeholders(1, 1), placeholders(1, 8), placeholders(1, 64), placeholders(1, 512)}
)

// inChunks calls do with parts of ids, and the placeholders for them. The last
// id may be there several times.
func inChunks[T ~string](ids []T, do func(list string, args []any) error) error {
	for len(ids) > 0 {
		size := 0
		for size < len(chunks)-1 && chunks[size] < len(ids) {
			size++
		}
		n := min(chunks[size], len(ids))
		args := texts(ids[:n])
		for len(args) < chunks[size] {
			args = append(args, args[n-1])
		}
		if err := do(lists[size], args); err != nil {
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
