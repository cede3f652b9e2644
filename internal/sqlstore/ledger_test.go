package sqlstore_test

import (
	"testing"

	"kibitz/internal/ledger/ledgertest"
)

func TestLedger(t *testing.T) {
	onBoth(t, func(t *testing.T, fresh func(testing.TB) string) {
		ledgertest.Store(t, func(t *testing.T) ledgertest.Book { return open(t, fresh(t)) })
	})
}
