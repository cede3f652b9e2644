package inmem_test

import (
	"testing"

	"kibitz/internal/inmem"
	"kibitz/internal/table"
	"kibitz/internal/table/tabletest"
)

func TestJournal(t *testing.T) {
	tabletest.Journal(t, func(*testing.T) tabletest.Storage {
		return tabletest.Storage{
			Open:     func(*testing.T) tabletest.OpenJournal { return inmem.NewJournal() },
			Volatile: true,
		}
	})
}

func TestPulse(t *testing.T) {
	tabletest.Pulse(t, func(*testing.T) func() table.Pulse {
		p := new(inmem.Pulse)
		return func() table.Pulse {
			p.Restart()
			return p
		}
	})
}
