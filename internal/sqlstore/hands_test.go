package sqlstore_test

import (
	"testing"

	"kibitz/internal/hands/handstest"
)

func TestHands(t *testing.T) {
	onBoth(t, func(t *testing.T, fresh func(testing.TB) string) {
		handstest.Store(t, func(t *testing.T) handstest.Book { return open(t, fresh(t)) })
	})
}
