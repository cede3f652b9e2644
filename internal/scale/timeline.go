package scale

import (
	"container/heap"
	"time"
)

// timeline is virtual time: things that will happen, each at its moment. What
// happens at the same moment does so in the order in which it was said.
type timeline struct {
	now    time.Duration
	events events
	said   int
}

type event struct {
	at   time.Duration
	said int
	do   func()
}

// after says that something happens in a while.
func (t *timeline) after(d time.Duration, do func()) {
	t.said++
	heap.Push(&t.events, event{t.now + d, t.said, do})
}

// until lets everything happen up to a moment, or until something is so.
func (t *timeline) until(end time.Duration, so func() bool) {
	for len(t.events) > 0 && t.events[0].at <= end && !so() {
		e := heap.Pop(&t.events).(event)
		t.now = e.at
		e.do()
	}
	if !so() {
		t.now = end
	}
}

// events implements heap.Interface.
type events []event

func (e events) Len() int      { return len(e) }
func (e events) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e events) Less(i, j int) bool {
	return e[i].at < e[j].at || e[i].at == e[j].at && e[i].said < e[j].said
}

// Push implements heap.Interface.
func (e *events) Push(x any) { *e = append(*e, x.(event)) }

// Pop implements heap.Interface.
func (e *events) Pop() any {
	old := *e
	last := old[len(old)-1]
	*e = old[:len(old)-1]
	return last
}

// station does one thing after the other, each in the same time.
type station struct {
	each time.Duration
	free time.Duration // when it has done what it was given
}

// serve gives the station n things to do at a moment, and returns when they are
// done.
func (s *station) serve(now time.Duration, n int) time.Duration {
	s.free = max(s.free, now) + time.Duration(n)*s.each
	return s.free
}
