package loadgen

import (
	"sync/atomic"
	"time"
)

// flight is the one move of a game that is under way. It is one number, so
// that the two players share it without a lock: the age of the run at which it
// was sent, and its ply. Zero is none.
type flight struct{ word atomic.Int64 }

// plyBits holds every ply of a script.
const plyBits = 12

func (f *flight) begin(ply int, now time.Duration) {
	f.word.Store(int64(now)<<plyBits | int64(ply))
}

// land ends the flight of a ply, and counts how long it took.
func (f *flight) land(ply int, now time.Duration, c *counts) {
	w := f.word.Load()
	if w == 0 || w&(1<<plyBits-1) != int64(ply) || !f.word.CompareAndSwap(w, 0) {
		return
	}
	c.arrived(now - time.Duration(w>>plyBits))
}

// spoil leaves the move under way out of the latencies.
func (f *flight) spoil() { f.word.Store(0) }
