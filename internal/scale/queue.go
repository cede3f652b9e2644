package scale

import "time"

// Queue is a worker that follows the journal, as package worker does: it waits a
// moment for a batch, unless the last one was full, and stores it.
type Queue struct {
	// Rate is how many records come a second.
	Rate float64
	// Batch is how many a batch holds at most, and Linger how long it waits for
	// more.
	Batch  int
	Linger time.Duration
	// PerBatch and PerRecord are how long it takes to store a batch.
	PerBatch, PerRecord time.Duration
}

// Following returns a worker with default settings to which so many records
// come, whose work takes what it was measured to take of one processor.
func Following(rate float64) Queue {
	return Queue{Rate: rate, Batch: 8192, Linger: 500 * time.Millisecond, PerBatch: 10 * time.Millisecond, PerRecord: Measured().Worker.Move}
}

// Keeps reports whether the worker is fast enough, however far it may fall
// behind.
func (q Queue) Keeps() bool {
	full := q.PerBatch + time.Duration(q.Batch)*q.PerRecord
	return float64(q.Batch)/full.Seconds() > q.Rate
}

// Lag is how old the oldest record of a batch is when the batch is stored.
type Lag struct {
	// Steady is the lag when nothing happens, and Worst after an outage, from
	// whose end it took CaughtUp until the lag was steady again.
	Steady, Worst, CaughtUp time.Duration
}

// settling is for how long a worker runs before its lag is taken for steady.
const settling = 100

// After returns how far a worker falls behind that does nothing for a while. It
// must be one that Keeps.
func (q Queue) After(outage time.Duration) Lag {
	w := following{Queue: q}
	var l Lag
	for range settling {
		l.Steady = w.batch()
	}
	w.now += outage
	back := w.now
	for {
		lag := w.batch()
		l.Worst = max(l.Worst, lag)
		if lag <= l.Steady+q.Linger/10 {
			l.CaughtUp = w.now - back
			return l
		}
	}
}

// following is a Queue at a moment.
type following struct {
	Queue
	now   time.Duration
	done  float64 // records that are stored
	hurry bool    // the last batch was full
}

// batch does one batch, and returns how old its oldest record was in the end.
func (w *following) batch() time.Duration {
	first := time.Duration(w.done / w.Rate * float64(time.Second)) // when the oldest came
	w.now = max(w.now, first)
	if !w.hurry {
		w.now += w.Linger
	}
	n := min(float64(w.Batch), w.Rate*w.now.Seconds()-w.done)
	w.hurry = n >= float64(w.Batch)
	w.now += w.PerBatch + time.Duration(n*float64(w.PerRecord))
	w.done += n
	return w.now - first
}
