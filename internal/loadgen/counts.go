package loadgen

import (
	"maps"
	"sync"
	"sync/atomic"
	"time"
)

// counts is what all players count together.
type counts struct {
	latency Histogram
	// measuring is true from when every game has begun until the end.
	measuring atomic.Bool
	moves     atomic.Int64
	resumes   atomic.Int64
	refused   atomic.Int64
	retried   atomic.Int64
	charged   atomic.Int64
	late      atomic.Int64

	mu     sync.Mutex
	errors map[string]int
}

// fail counts an error of a kind.
func (c *counts) fail(kind string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.errors == nil {
		c.errors = make(map[string]int)
	}
	if _, known := c.errors[kind]; !known && len(c.errors) >= maxKinds {
		kind = "other"
	}
	c.errors[kind]++
}

// maxKinds bounds the kinds of errors that are told apart.
const maxKinds = 40

func (c *counts) failures() (map[string]int, int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	sum := 0
	for _, n := range c.errors {
		sum += n
	}
	return maps.Clone(c.errors), sum
}

// moved counts a move that was acknowledged.
func (c *counts) moved() {
	if c.measuring.Load() {
		c.moves.Add(1)
	}
}

// arrived counts a move that reached the opponent.
func (c *counts) arrived(after time.Duration) {
	if c.measuring.Load() {
		c.latency.Add(after)
	}
}
