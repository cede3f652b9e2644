package sqlstore_test

import (
	"testing"

	"kibitz/internal/archive/archivetest"
)

func TestArchive(t *testing.T) {
	onBoth(t, func(t *testing.T, fresh func(testing.TB) string) {
		archivetest.Store(t, func(t *testing.T) archivetest.Archive { return open(t, fresh(t)) })
	})
}
