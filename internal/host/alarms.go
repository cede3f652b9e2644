package host

import (
	"container/heap"
	"context"
	"sync"
	"time"
)

// alarms wakes every keeper at the time it asked for last. All tables share
// one heap, one goroutine and one timer.
type alarms struct {
	now  func() time.Time
	ring func(*keeper)

	mu    sync.Mutex
	queue alarmQueue
	nudge chan struct{} // the earliest alarm is a new one
}

// alarm is a keeper's entry; at is zero and place meaningless without one.
// Both belong to the lock of alarms.
type alarm struct {
	at    int64 // Unix nanoseconds
	place int
}

func newAlarms(now func() time.Time, ring func(*keeper)) *alarms {
	return &alarms{now: now, ring: ring, nudge: make(chan struct{}, 1)}
}

// set replaces the alarm of k; the zero time removes it.
func (a *alarms) set(k *keeper, at time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case at.IsZero():
		a.remove(k)
		return
	case k.alarm.at == at.UnixNano():
		return
	case k.alarm.at == 0:
		k.alarm.at = at.UnixNano()
		heap.Push(&a.queue, k)
	default:
		k.alarm.at = at.UnixNano()
		heap.Fix(&a.queue, k.alarm.place)
	}
	if a.queue[0] == k {
		select {
		case a.nudge <- struct{}{}:
		default:
		}
	}
}

func (a *alarms) remove(k *keeper) {
	if k.alarm.at == 0 {
		return
	}
	heap.Remove(&a.queue, k.alarm.place)
	k.alarm = alarm{}
}

// run rings until ctx is done.
func (a *alarms) run(ctx context.Context) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		for _, k := range a.due() {
			a.ring(k)
		}
		timer.Reset(a.wait())
		select {
		case <-timer.C:
		case <-a.nudge:
		case <-ctx.Done():
			return
		}
	}
}

// due takes out all alarms whose time has come.
func (a *alarms) due() []*keeper {
	a.mu.Lock()
	defer a.mu.Unlock()
	var ready []*keeper
	for now := a.now().UnixNano(); len(a.queue) > 0 && a.queue[0].alarm.at <= now; {
		k := a.queue[0]
		a.remove(k)
		ready = append(ready, k)
	}
	return ready
}

// wait is how long until the next alarm.
func (a *alarms) wait() time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.queue) == 0 {
		return time.Hour
	}
	return max(0, time.Duration(a.queue[0].alarm.at-a.now().UnixNano()))
}

// alarmQueue is a heap of keepers with an alarm, the earliest first.
type alarmQueue []*keeper

func (q alarmQueue) Len() int           { return len(q) }
func (q alarmQueue) Less(i, j int) bool { return q[i].alarm.at < q[j].alarm.at }

func (q alarmQueue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].alarm.place, q[j].alarm.place = i, j
}

func (q *alarmQueue) Push(x any) {
	k := x.(*keeper)
	k.alarm.place = len(*q)
	*q = append(*q, k)
}

func (q *alarmQueue) Pop() any {
	last := len(*q) - 1
	k := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	return k
}
