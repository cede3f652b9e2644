package host

import (
	"container/heap"
	"context"
	"sync"
	"time"
)

// alarms wakes every keeper at the time it asked for last. All tables share
// one heap, one goroutine and one timer. An alarm that is put off, as by most
// moves, keeps its place in the heap, and finds its new one when it comes up.
type alarms struct {
	now  func() time.Time
	ring func(*keeper)

	mu    sync.Mutex
	queue alarmQueue
	nudge chan struct{} // the earliest alarm is a new one
}

// alarm is a keeper's entry, of the lock of alarms. Without one, due and at are
// zero, and place is meaningless.
type alarm struct {
	due   int64 // when to wake the keeper, in Unix nanoseconds
	at    int64 // when the entry comes up: no later
	place int
}

func newAlarms(now func() time.Time, ring func(*keeper)) *alarms {
	return &alarms{now: now, ring: ring, nudge: make(chan struct{}, 1)}
}

// set replaces the alarm of k; the zero time removes it.
func (a *alarms) set(k *keeper, at time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if at.IsZero() {
		a.remove(k)
		return
	}
	due := at.UnixNano()
	k.alarm.due = due
	switch {
	case k.alarm.at == 0:
		k.alarm.at = due
		heap.Push(&a.queue, k)
	case k.alarm.at <= due:
		return
	default:
		k.alarm.at = due
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
		if k.alarm.due > now {
			k.alarm.at = k.alarm.due
			heap.Fix(&a.queue, 0)
			continue
		}
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
