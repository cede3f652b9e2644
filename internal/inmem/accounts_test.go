package inmem_test

import (
	"testing"

	"kibitz/internal/account"
	"kibitz/internal/account/accounttest"
	"kibitz/internal/inmem"
)

func TestAccounts(t *testing.T) {
	accounttest.Store(t, func(*testing.T) account.Store { return inmem.NewAccounts() })
}

func TestAccountsCached(t *testing.T) {
	accounttest.Store(t, func(*testing.T) account.Store { return account.NewCached(inmem.NewAccounts(), 2) })
}
