package sqlstore

import (
	"fmt"
	"path/filepath"
	"testing"
)

func TestBare(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"nothing to name", `SELECT 1`, `SELECT 1`},
		{"in order", `SELECT a FROM t WHERE b = $1 AND c = $2`, `SELECT a FROM t WHERE b = ? AND c = ?`},
		{"ten and more", `($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`, `(?,?,?,?,?,?,?,?,?,?,?)`},
		{"twice", `b = $1 OR c = $1`, `b = $1 OR c = $1`},
		{"another order", `b = $2 AND c = $1`, `b = $2 AND c = $1`},
		{"a gap", `b = $1 AND c = $3`, `b = $1 AND c = $3`},
		{"ten first", `b = $10`, `b = $10`},
		{"a literal", `b = $1 AND c = '$2'`, `b = $1 AND c = '$2'`},
		{"a comment", "b = $1 -- $2", "b = $1 -- $2"},
		{"no number", `b = $name`, `b = $name`},
	} {
		if got := bare(tt.text); got != tt.want {
			t.Errorf("%s: bare(%q) = %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

// TestKept runs a statement while rows of it are being read, and more
// statements than a connection keeps.
func TestKept(t *testing.T) {
	db, err := openKept(sqlite.source(filepath.Join(t.TempDir(), "kept.db")))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	count := func(most int) (n int) {
		if err := tx.QueryRow(upTo, most).Scan(&n); err != nil {
			t.Fatalf("count to %d: %v", most, err)
		}
		return n
	}
	rows, err := tx.Query(`SELECT value FROM json_each($1)`, `[3,4,5]`)
	if err != nil {
		t.Fatal(err)
	}
	var sum, inner int
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			t.Fatal(err)
		}
		if err := tx.QueryRow(`SELECT value FROM json_each($1)`, fmt.Sprintf("[%d]", 10*n)).Scan(&inner); err != nil {
			t.Fatal(err)
		}
		sum += inner + n
	}
	if err := rows.Close(); err != nil || sum != 132 {
		t.Errorf("read %d, %v, want 132", sum, err)
	}
	for round := range 2 {
		for n := range maxKept + 20 {
			var got int
			if err := tx.QueryRow(fmt.Sprintf("SELECT $1 + %d", n), round).Scan(&got); err != nil || got != n+round {
				t.Fatalf("statement %d: %d, %v, want %d", n, got, err, n+round)
			}
		}
	}
	if got := count(7); got != 7 {
		t.Errorf("counted %d, want 7", got)
	}
}

const upTo = `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < $1) SELECT COUNT(*) FROM c`
