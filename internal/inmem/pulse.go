package inmem

import (
	"sync"
	"time"

	"kibitz/internal/table"
)

// Pulse is a table.Pulse in memory. A Pulse that is used again after Restart
// stands for the storage that a next process finds.
type Pulse struct {
	mu         sync.Mutex
	last, beat time.Time
}

var _ table.Pulse = (*Pulse)(nil)

// Beat implements table.Pulse.
func (p *Pulse) Beat(at time.Time) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.beat = at.Truncate(time.Millisecond).UTC()
	return nil
}

// Last implements table.Pulse.
func (p *Pulse) Last() (time.Time, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.last, nil
}

// Restart makes the beats so far those of a former life.
func (p *Pulse) Restart() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.beat.IsZero() {
		p.last = p.beat
	}
}
