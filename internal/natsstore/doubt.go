package natsstore

import (
	"sync/atomic"
	"time"
)

// doubtFor is how long leaders are asked for single messages after a replica did
// not answer.
const doubtFor = 5 * time.Second

// doubt is cast on replicas of which one did not answer: it may be frozen or cut
// off, and the servers still pass it every third question. To go through a table
// message by message would cost a wait each time. The zero doubt is none. It is
// safe for concurrent use.
type doubt struct{ until atomic.Int64 } // in Unix nanoseconds

func (d *doubt) cast(now time.Time) { d.until.Store(now.Add(doubtFor).UnixNano()) }

func (d *doubt) is(now time.Time) bool { return now.UnixNano() < d.until.Load() }
