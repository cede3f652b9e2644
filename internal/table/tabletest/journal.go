// Package tabletest holds the contracts of the ports of package table, as
// tests that every implementation runs.
package tabletest

import (
	"testing"

	"kibitz/internal/table"
)

// OpenJournal is a journal that a test can close. After Close every call
// fails with table.ErrStopped.
type OpenJournal interface {
	table.Journal
	Close() error
}

// Storage is one place that a journal is kept in, empty at first.
type Storage struct {
	// Open opens the storage: once at the start, and again after each Close.
	// It ends the test when that does not work.
	Open func(t *testing.T) OpenJournal
	// Volatile says that nothing survives Close: the tests of a restart do not
	// apply.
	Volatile bool
	// ForgetsLater says that Forget leaves it to age to remove records: that
	// they are gone at once is not asked for.
	ForgetsLater bool
}

// Journal checks that the journals which fresh makes keep the contract of
// table.Journal. Each part gets storage of its own. What is open when a part
// ends is closed by the suite.
func Journal(t *testing.T, fresh func(t *testing.T) Storage) {
	parts := []struct {
		name string
		run  func(t *testing.T, h *harness)
	}{
		{"append and read", appendAndRead},
		{"every field is kept", everyField},
		{"stored records are the journal's own", ownCopy},
		{"conflict", conflict},
		{"a conflict fails alone", conflictAlone},
		{"all or none", allOrNone},
		{"refused records", refused},
		{"largest append", largest},
		{"two owners", twoOwners},
		{"many tables at once", manyTables},
		{"scan", scan},
		{"scan beside appends", scanBeside},
		{"scan stops early", scanStops},
		{"follow what is there", followStored},
		{"follow what comes", followLive},
		{"follow from every position", followResume},
		{"many followers", manyFollowers},
		{"a slow follower holds nobody up", slowFollower},
		{"follow ends with its context", followDone},
		{"follow no partition", followNowhere},
		{"forget", forget},
		{"forget and follow", forgetAndFollow},
		{"close", closed},
		{"context done", contextDone},
		{"restart", restart},
		{"follow over a restart", followRestart},
		{"forget over a restart", forgetRestart},
	}
	for _, part := range parts {
		t.Run(part.name, func(t *testing.T) {
			h := &harness{t: t, storage: fresh(t)}
			t.Cleanup(h.close)
			h.open()
			part.run(t, h)
		})
	}
}

// harness is one storage under test with its journal.
type harness struct {
	t       *testing.T
	storage Storage
	j       OpenJournal
}

func (h *harness) open() { h.j = h.storage.Open(h.t) }

func (h *harness) close() {
	if h.j == nil {
		return
	}
	if err := h.j.Close(); err != nil {
		h.t.Errorf("close: %v", err)
	}
	h.j = nil
}

// restart closes the storage and opens it again, or skips the test where
// nothing survives.
func (h *harness) restart() {
	h.t.Helper()
	if h.storage.Volatile {
		h.t.Skip("this journal keeps nothing over a restart, and says so")
	}
	h.close()
	h.open()
}
