// Package ledgertest is the contract of a ledger, for every store of one.
package ledgertest

import (
	"errors"
	"fmt"
	"maps"
	"sync"
	"testing"
	"time"

	"kibitz/internal/ledger"
	"kibitz/internal/table"
)

// Book is what a store must be.
type Book interface {
	ledger.Book
	ledger.Follower
}

const (
	anna = ledger.Account("user:anna")
	room = ledger.Account("table:Poker001")
)

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

// Store runs the suite; open returns an empty book.
func Store(t *testing.T, open func(*testing.T) Book) {
	for name, test := range map[string]func(*testing.T, Book){
		"a transfer happens once": once, "nobody spends what they have not": short, "an open transfer goes back": cancelled,
		"a journal settles": settled, "many at once": crowd, "an audit finds nothing wrong": audited,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

func move(t *testing.T, b Book, id string, from, to ledger.Account, chips int64) error {
	t.Helper()
	return b.Move(t.Context(), ledger.Transfer{ID: id, At: noon, From: from, To: to, Chips: chips, Why: "grant", State: ledger.Done})
}

func mustMove(t *testing.T, b Book, id string, from, to ledger.Account, chips int64) {
	t.Helper()
	if err := move(t, b, id, from, to, chips); err != nil {
		t.Fatalf("Move(%s) = %v", id, err)
	}
}

func want(t *testing.T, b Book, a ledger.Account, chips int64) {
	t.Helper()
	if got, err := b.Balance(t.Context(), a); err != nil || got != chips {
		t.Errorf("Balance(%s) = %d, %v; want %d", a, got, err, chips)
	}
}

func once(t *testing.T, b Book) {
	for range 3 {
		mustMove(t, b, "1", ledger.Mint, anna, 500)
	}
	want(t, b, anna, 500)
	want(t, b, ledger.Mint, -500)
	list, err := b.Transfers(t.Context(), anna, noon.Add(time.Second), 9)
	if err != nil || len(list) != 1 || list[0] != (ledger.Transfer{ID: "1", At: noon, From: ledger.Mint, To: anna, Chips: 500, Why: "grant", State: ledger.Done}) {
		t.Errorf("Transfers() = %+v, %v", list, err)
	}
}

func short(t *testing.T, b Book) {
	mustMove(t, b, "1", ledger.Mint, anna, 500)
	if err := move(t, b, "2", anna, room, 501); !errors.Is(err, ledger.ErrShort) {
		t.Errorf("spending too much: %v", err)
	}
	if err := move(t, b, "3", "user:nobody", room, 1); !errors.Is(err, ledger.ErrShort) {
		t.Errorf("spending of who has nothing: %v", err)
	}
	if err := move(t, b, "4", anna, room, 0); err == nil {
		t.Error("moving nothing is no error")
	}
	want(t, b, anna, 500)
	mustMove(t, b, "5", ledger.House, room, 1000)
	want(t, b, ledger.House, -1000)
}

// reserve opens a buy-in.
func reserve(t *testing.T, b Book, id string, chips int64) error {
	t.Helper()
	return b.Move(t.Context(), ledger.Transfer{ID: id, At: noon, From: anna, To: room, Chips: chips, Why: "buy-in", State: ledger.Open})
}

func cancelled(t *testing.T, b Book) {
	mustMove(t, b, "1", ledger.Mint, anna, 500)
	if err := reserve(t, b, "2", 200); err != nil {
		t.Fatal(err)
	}
	if stale, err := b.Stale(t.Context(), noon.Add(time.Minute), 9); err != nil || len(stale) != 1 || stale[0].ID != "2" {
		t.Errorf("Stale() = %+v, %v", stale, err)
	}
	for range 2 {
		if err := b.Cancel(t.Context(), "2"); err != nil {
			t.Fatal(err)
		}
	}
	want(t, b, anna, 500)
	want(t, b, room, 0)
	if err := reserve(t, b, "2", 200); !errors.Is(err, ledger.ErrCancelled) {
		t.Errorf("a cancelled transfer again: %v", err)
	}
	if err := errors.Join(b.Cancel(t.Context(), "1"), b.Cancel(t.Context(), "unknown")); err != nil {
		t.Error(err)
	}
	want(t, b, anna, 500)
}

func settled(t *testing.T, b Book) {
	mustMove(t, b, "1", ledger.Mint, anna, 500)
	if err := reserve(t, b, "2", 200); err != nil {
		t.Fatal(err)
	}
	e := ledger.Entries{
		Positions: map[int]table.Position{7: 11}, Settled: []string{"2"},
		Moves: []ledger.Transfer{paying("Poker001.9", 150)},
	}
	for range 2 {
		if err := b.Enter(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Cancel(t.Context(), "2"); err != nil {
		t.Fatal(err)
	}
	want(t, b, anna, 450)
	want(t, b, room, 50)
	if at, err := b.LedgerPositions(t.Context()); err != nil || !maps.Equal(at, e.Positions) {
		t.Errorf("LedgerPositions() = %v, %v", at, err)
	}
	e = ledger.Entries{Positions: map[int]table.Position{7: 12}, Moves: []ledger.Transfer{paying("Poker001.10", 51)}}
	if err := b.Enter(t.Context(), e); !errors.Is(err, ledger.ErrShort) {
		t.Errorf("a table pays what it has not: %v", err)
	}
	if at, _ := b.LedgerPositions(t.Context()); at[7] != 11 {
		t.Error("the position went on without the entries")
	}
}

func crowd(t *testing.T, b Book) {
	mustMove(t, b, "1", ledger.Mint, anna, 1000)
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			for range 2 {
				if err := move(t, b, fmt.Sprintf("c%d", i), anna, room, 30); err != nil && !errors.Is(err, ledger.ErrShort) {
					_ = move(t, b, fmt.Sprintf("c%d", i), anna, room, 30) // both came at once: the first one counts
				}
			}
		})
	}
	all.Wait()
	want(t, b, anna, 10)
	want(t, b, room, 990)
	sum := int64(0)
	if err := b.Accounts(t.Context(), func(_ ledger.Account, chips int64) error { sum += chips; return nil }); err != nil || sum != 0 {
		t.Errorf("all accounts together have %d, %v", sum, err)
	}
}

func audited(t *testing.T, b Book) {
	mustMove(t, b, "1", ledger.Mint, anna, 1000)
	if err := reserve(t, b, "2", 200); err != nil {
		t.Fatal(err)
	}
	if err := b.Cancel(t.Context(), "2"); err != nil {
		t.Fatal(err)
	}
	if err := reserve(t, b, "3", 100); err != nil {
		t.Fatal(err)
	}
	if bad, err := b.Audit(t.Context()); err != nil || len(bad) != 0 {
		t.Errorf("Audit() = %v, %v", bad, err)
	}
}

// paying is what the table pays.
func paying(id string, chips int64) ledger.Transfer {
	return ledger.Transfer{ID: id, At: noon, From: room, To: anna, Chips: chips, Why: "cash-out", State: ledger.Done}
}
