package loadgen

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"time"
)

// run is one run of a load.
type run struct {
	counts
	cfg       Config
	target    target
	host      string
	addresses *addresses
	weather   *weather
	api       *api
	matches   []*match
	born      time.Time
	// dialing bounds how many sockets connect at a time.
	dialing chan struct{}
	// open is how many sockets are open, and begun how many matches have begun.
	open, begun atomic.Int64
	// stopping: nobody moves any more. ended: sockets are being closed.
	stopping, ended atomic.Bool
	stop            chan struct{}
	notes           atomic.Int64
	progress        sync.Mutex
}

// atOnce bounds requests and connections under way at a time.
const atOnce = 32

// Play plays, and returns what was measured and found. It returns an error when
// it could not play at all, or not check every game; when ctx is done it stops
// playing, and then still checks.
func Play(ctx context.Context, cfg Config) (Result, error) {
	r, err := newRun(cfg)
	if err != nil {
		return Result{}, err
	}
	if err := raiseFiles(r.cfg.Games*seats + 2*atOnce); err != nil {
		return Result{}, err
	}
	if err := r.welcome(ctx); err != nil {
		return Result{}, err
	}
	live, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var sockets sync.WaitGroup
	defer sockets.Wait()
	defer r.hangUp(cancel)
	r.connect(live, &sockets)
	took, err := r.playAll(ctx, live)
	if err != nil {
		return Result{}, err
	}
	r.settle(live)
	audit, unread := r.readBack(live)
	r.clear(live)
	return r.result(took, audit, unread), nil
}

func newRun(cfg Config) (*run, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	t, err := parseTarget(cfg.URL, cfg.Remote)
	if err != nil {
		return nil, err
	}
	a := newAddresses(t)
	r := &run{
		cfg: cfg, target: t, addresses: a, api: newAPI(t, a, cfg.Control), born: time.Now(),
		dialing: make(chan struct{}, atOnce), stop: make(chan struct{}),
	}
	if u, err := url.Parse(t.http); err == nil {
		r.host = u.Hostname()
	}
	r.weather = newWeather(func(ctx context.Context) (net.Conn, error) { return a.dial(ctx, 0) })
	for n := range cfg.Games {
		r.matches = append(r.matches, newMatch(r, n))
	}
	return r, nil
}

// age is a monotonic time.
func (r *run) age() time.Duration { return time.Since(r.born) }

// guestsPerAddress is fewer than what a server lets one address make at once.
const guestsPerAddress = 50

// guestTries is how often a busy server is asked for a guest.
const guestTries = 10

// welcome gives every player a cookie.
func (r *run) welcome(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r.each(func(p *player) {
		pause := r.cfg.RetryMin
		for try := 1; ctx.Err() == nil; try++ {
			var err error
			if p.cookie, err = r.api.guest(ctx, p.number/guestsPerAddress); err == nil {
				return
			}
			if !errors.Is(err, errBusy) || try == guestTries {
				cancel(err)
			}
			sleep(ctx, pause)
			pause *= 2
		}
	})
	return context.Cause(ctx)
}

// each calls f for every player, for some of them at a time.
func (r *run) each(f func(*player)) {
	var all sync.WaitGroup
	slots := make(chan struct{}, atOnce)
	for _, m := range r.matches {
		for _, p := range m.players {
			slots <- struct{}{}
			all.Go(func() {
				defer func() { <-slots }()
				f(p)
			})
		}
	}
	all.Wait()
}

// connect begins to open all sockets, and to keep them open until ctx is done.
func (r *run) connect(ctx context.Context, all *sync.WaitGroup) {
	for _, m := range r.matches {
		for _, p := range m.players {
			all.Go(func() { p.connected(ctx) })
		}
	}
	all.Go(func() { r.weather.watch(ctx) })
	all.Go(func() {
		for sleep(ctx, quiet/4) {
			for _, m := range r.matches {
				for _, p := range m.players {
					p.keepAlive()
				}
			}
		}
	})
}

// openTime bounds how long all sockets may need to open.
const openTime = 2 * time.Minute

// playAll plays until the time is up or ctx is done, and returns how long was
// measured. The sockets live as long as the other context.
func (r *run) playAll(ctx, live context.Context) (time.Duration, error) {
	sockets := int64(len(r.matches) * seats)
	if !wait(ctx, openTime, func() bool { return r.open.Load() == sockets }) {
		return 0, fmt.Errorf("only %d of %d sockets could be opened", r.open.Load(), sockets)
	}
	r.tell("%d sockets are open", sockets)
	var done sync.WaitGroup
	defer done.Wait()
	defer close(r.stop)
	defer r.stopping.Store(true)
	r.start(ctx, live, &done)
	games := int64(len(r.matches))
	if !wait(ctx, r.cfg.Ramp+openTime, func() bool { return r.begun.Load() == games }) && ctx.Err() == nil {
		return 0, fmt.Errorf("only %d of %d games could begin", r.begun.Load(), games)
	}
	r.tell("%d games have begun; measuring for %v", games, r.cfg.Duration)
	from := r.age()
	r.measuring.Store(true)
	sleep(ctx, r.cfg.Duration)
	r.measuring.Store(false)
	return r.age() - from, nil
}

// start lets every match begin at its moment of the ramp.
func (r *run) start(ctx, live context.Context, done *sync.WaitGroup) {
	for _, m := range r.matches {
		done.Go(func() {
			if sleep(ctx, r.cfg.Ramp*time.Duration(m.number)/time.Duration(len(r.matches))) {
				m.play(live)
			}
		})
	}
}

// wait looks again and again until something is so, or reports false.
func wait(ctx context.Context, most time.Duration, so func() bool) bool {
	for end := time.Now().Add(most); !so(); {
		if time.Now().After(end) || !sleep(ctx, 20*time.Millisecond) {
			return false
		}
	}
	return true
}

const (
	// settleTime bounds how long the last answers may take, and a server that
	// is away just then to come back.
	settleTime = 30 * time.Second
	// clearTime bounds how long the last games may take to end.
	clearTime = 5 * time.Second
	// readTries is how often a game is tried to be read back.
	readTries = 20
)

// settle waits until every action is answered.
func (r *run) settle(ctx context.Context) {
	wait(ctx, settleTime, func() bool { return r.unanswered() == 0 })
	for range r.unanswered() {
		r.fail("unanswered")
	}
}

func (r *run) unanswered() int {
	n := 0
	for _, m := range r.matches {
		for _, p := range m.players {
			p.mu.Lock()
			if p.asked.id != "" {
				n++
			}
			p.mu.Unlock()
		}
	}
	return n
}

// readBack audits every game, and returns how many could not be read.
func (r *run) readBack(ctx context.Context) (Audit, int) {
	var mu sync.Mutex
	var sum Audit
	var unread int
	var all sync.WaitGroup
	slots := make(chan struct{}, atOnce)
	for _, m := range r.matches {
		for _, g := range m.games {
			slots <- struct{}{}
			all.Go(func() {
				defer func() { <-slots }()
				a, err := r.auditOne(ctx, g)
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					unread++
				}
				sum.add(a)
			})
		}
	}
	all.Wait()
	sum.ChargedMillis = r.charged.Load()
	return sum, unread
}

func (r *run) auditOne(ctx context.Context, g *game) (Audit, error) {
	pause := r.cfg.RetryMin
	for try := 1; ; try++ {
		a, err := g.audit(ctx, r)
		if err == nil || try == readTries || !sleep(ctx, pause) {
			return a, err
		}
		r.excuse(err)
		pause = min(2*pause, r.cfg.RetryMax)
	}
}

// clear ends the games that still run.
func (r *run) clear(ctx context.Context) {
	var running []*game
	for _, m := range r.matches {
		if n := len(m.games); n > 0 {
			running = append(running, m.games[n-1])
			m.games[n-1].clear()
		}
	}
	wait(ctx, clearTime, func() bool {
		for len(running) > 0 && running[0].over() == seats {
			running = running[1:]
		}
		return len(running) == 0
	})
}

// hangUp closes every socket for good; cancel is of the context of the sockets.
func (r *run) hangUp(cancel func()) {
	r.ended.Store(true)
	cancel()
	for _, m := range r.matches {
		for _, p := range m.players {
			p.mu.Lock()
			if p.conn != nil {
				_ = p.conn.WriteClose(1000, nil)
			}
			p.timer.Stop()
			p.mu.Unlock()
		}
	}
}

// tell writes a line of progress.
func (r *run) tell(format string, args ...any) {
	r.progress.Lock()
	defer r.progress.Unlock()
	fmt.Fprintf(r.cfg.Progress, format+"\n", args...)
}

// maxNotes bounds how many findings are told one by one.
const maxNotes = 20

// note tells about one finding.
func (r *run) note(format string, args ...any) {
	if r.notes.Add(1) <= maxNotes {
		r.tell(format, args...)
	}
}
