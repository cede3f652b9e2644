package tabletest

import (
	"testing"
	"time"

	"kibitz/internal/table"
)

// Pulse checks that a pulse keeps the contract of table.Pulse. Each part calls
// fresh for a place of its own, empty at first; what it returns opens the
// place once more for each life of a node, the former life being over.
func Pulse(t *testing.T, fresh func(t *testing.T) func() table.Pulse) {
	at := time.UnixMilli(1_700_000_000_123).UTC()
	t.Run("none", func(t *testing.T) {
		open := fresh(t)
		wantLast(t, open(), time.Time{})
		wantLast(t, open(), time.Time{})
	})
	t.Run("the former life", func(t *testing.T) {
		open := fresh(t)
		p := open()
		for n := range 5 {
			mustBeat(t, p, at.Add(time.Duration(n)*time.Second))
			wantLast(t, p, time.Time{})
		}
		p = open()
		wantLast(t, p, at.Add(4*time.Second))
		mustBeat(t, p, at.Add(time.Hour))
		wantLast(t, p, at.Add(4*time.Second))
		wantLast(t, open(), at.Add(time.Hour))
	})
	t.Run("a life without a beat", func(t *testing.T) {
		open := fresh(t)
		mustBeat(t, open(), at)
		open()
		wantLast(t, open(), at)
	})
	t.Run("a clock set back", func(t *testing.T) {
		open := fresh(t)
		p := open()
		mustBeat(t, p, at)
		mustBeat(t, p, at.Add(-time.Minute))
		wantLast(t, open(), at.Add(-time.Minute))
	})
}

func mustBeat(t *testing.T, p table.Pulse, at time.Time) {
	t.Helper()
	if err := p.Beat(at); err != nil {
		t.Fatalf("beat: %v", err)
	}
}

func wantLast(t *testing.T, p table.Pulse, want time.Time) {
	t.Helper()
	if got, err := p.Last(); err != nil || !got.Equal(want) {
		t.Errorf("last beat: got %v, %v, want %v", got, err, want)
	}
}
