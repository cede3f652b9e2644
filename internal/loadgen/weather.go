package loadgen

import (
	"context"
	"errors"
	"net"
	"sync"
	"syscall"
	"time"
)

// weather knows when the server was demonstrably away: nothing listened. It is
// told by everybody who connects, and looks by itself when a socket is lost.
type weather struct {
	dial func(context.Context) (net.Conn, error)
	look chan struct{}

	mu      sync.Mutex
	outages []outage
}

// outage is one time without a server, in Unix milliseconds. It is not over
// while up is zero.
type outage struct{ down, up int64 }

// maxOutages bounds what is remembered.
const maxOutages = 10_000

func newWeather(dial func(context.Context) (net.Conn, error)) *weather {
	return &weather{dial: dial, look: make(chan struct{}, 1)}
}

// refused notes that nothing listened at a time.
func (w *weather) refused(at time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := len(w.outages)
	if n > 0 && w.outages[n-1].up == 0 || n == maxOutages {
		return
	}
	w.outages = append(w.outages, outage{down: at.UnixMilli()})
}

// accepted notes that a connection begun at a time was taken.
func (w *weather) accepted(at time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n := len(w.outages); n > 0 && w.outages[n-1].up == 0 {
		w.outages[n-1].up = max(at.UnixMilli(), w.outages[n-1].down)
	}
}

// lost asks to look, because a socket was lost.
func (w *weather) lost() {
	select {
	case w.look <- struct{}{}:
	default:
	}
}

// probes are the pauses between looks after a loss, while the server answers;
// probeEvery is the one while it does not.
var probes = []time.Duration{0, 5 * time.Millisecond, 25 * time.Millisecond}

const probeEvery = 20 * time.Millisecond

// watch looks whenever a socket was lost, until ctx is done.
func (w *weather) watch(ctx context.Context) {
	for {
		select {
		case <-w.look:
		case <-ctx.Done():
			return
		}
		for _, pause := range probes {
			sleep(ctx, pause)
			for !w.probe(ctx) && sleep(ctx, probeEvery) {
			}
		}
	}
}

// probe connects and hangs up. It reports false when nothing listened.
func (w *weather) probe(ctx context.Context) bool {
	from := time.Now()
	conn, err := w.dial(ctx)
	if err == nil {
		_ = conn.Close()
		w.accepted(from)
		return true
	}
	if isRefused(err) {
		w.refused(time.Now())
		return false
	}
	return true
}

func isRefused(err error) bool { return errors.Is(err, syscall.ECONNREFUSED) }

// absence is when a player was away, in Unix milliseconds of this machine: the
// socket was alive at some time after alive, was found to be lost at lost, and
// the join that brought the player back was sent at back. The server's clock
// is skew ahead. Tries are when joins were sent, in order: a server that was
// killed before it could answer one may have let the clock go on.
type absence struct {
	alive, lost, back, skew int64
	tries                   []int64
}

// tried returns when the first join was sent after a time, and back when there
// was none before.
func (a *absence) tried(after int64) int64 {
	for _, at := range a.tries {
		if at > after {
			return min(at, a.back)
		}
	}
	return a.back
}

// absences appends the times of an absence in which the player was away because
// the server was, by the server's clock. There may be none.
func (w *weather) absences(dst []span, a absence) []span {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i, o := range w.outages {
		if o.down <= a.alive || o.down >= a.back {
			continue
		}
		back := a.tried(o.down)
		s := span{from: max(o.down, a.lost), up: back, to: back}
		if o.up > 0 {
			s.up, s.to = min(s.up, o.up), min(s.to, o.up+patience.Milliseconds())
		}
		if i+1 < len(w.outages) {
			s.to = min(s.to, w.outages[i+1].down)
		}
		if s.to > s.from {
			dst = append(dst, span{s.from + a.skew, s.up + a.skew, s.to + a.skew})
		}
	}
	return dst
}

// total returns how many outages there were, and how long they took together.
func (w *weather) total(now time.Time) (int, time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var sum int64
	for _, o := range w.outages {
		up := o.up
		if up == 0 {
			up = now.UnixMilli()
		}
		sum += up - o.down
	}
	return len(w.outages), time.Duration(sum) * time.Millisecond
}

// sleep waits, and reports false when ctx was done first.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
