package sqlstore

import (
	"context"
	"database/sql"

	"kibitz/internal/account"
)

// maxNews is how many users one Changed tells at most; the rest comes with the
// next mark.
const maxNews = 1000

// mark notes that a user is changed. Transactions that mark come one after the
// other, so that marks become visible in their order.
func mark(ctx context.Context, tx *sql.Tx, user account.ID) error {
	if _, err := tx.ExecContext(ctx, `UPDATE account_marks SET mark = mark + 1 WHERE id = 1`); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx,
		`INSERT INTO account_news (user_id, mark) SELECT $1, mark FROM account_marks WHERE id = 1
		 ON CONFLICT (user_id) DO UPDATE SET mark = excluded.mark`, string(user))
	return err
}

// Changed implements account.News.
func (s *Store) Changed(ctx context.Context, after int64) (users []account.ID, last int64, err error) {
	if after < 0 {
		err = s.read.QueryRowContext(ctx, `SELECT mark FROM account_marks WHERE id = 1`).Scan(&last)
		return nil, last, err
	}
	last = after
	rows, err := s.read.QueryContext(ctx,
		`SELECT user_id, mark FROM account_news WHERE mark > $1 ORDER BY mark LIMIT $2`, after, maxNews)
	if err != nil {
		return nil, after, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var user account.ID
		if err := rows.Scan(&user, &last); err != nil {
			return nil, after, err
		}
		users = append(users, user)
	}
	return users, last, rows.Err()
}
