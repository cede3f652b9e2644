package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"time"

	"kibitz/internal/table"
)

// Config is what a Watcher, and a Keeper, needs. Fields without a default must
// be given.
type Config struct {
	Bus     Bus
	Leases  Leases
	Members Members
	// Self returns what this node says of itself. Its id, name, role and start
	// never change.
	Self func() Node
	// Heard is told of a node that is heard again, and since when it was not: half
	// of DeadAfter at least. It must not block. Default: nobody is told.
	Heard func(id NodeID, since time.Time)
	// BeatEvery is the time between two beats. Default: 1 s.
	BeatEvery time.Duration
	// DeadAfter is how long a node may be silent. Default: 3 s.
	DeadAfter time.Duration
	// Lapse is how long a node may not store that it lives: longer than the store
	// needs to elect a leader. Default: 12 s.
	Lapse time.Duration
	// Log hears of nodes that come and go. Default: slog.Default.
	Log *slog.Logger
}

func (c Config) withDefaults() (Config, error) {
	if c.Bus == nil || c.Leases == nil || c.Members == nil || c.Self == nil {
		return c, errors.New("cluster: Bus, Leases, Members and Self must be given")
	}
	orElse(&c.BeatEvery, time.Second)
	orElse(&c.DeadAfter, 3*time.Second)
	orElse(&c.Lapse, 12*time.Second)
	if c.Heard == nil {
		c.Heard = func(NodeID, time.Time) {}
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return c, nil
}

func orElse(field *time.Duration, value time.Duration) {
	if *field <= 0 {
		*field = value
	}
}

// beatSubject is where nodes tell each other that they live.
const beatSubject = "beat"

// beatBuffer is how many beats may wait to be read.
const beatBuffer = 4096

// rememberFor is how long the dead are remembered: to credit the clocks of
// their tables.
const rememberFor = time.Hour

// Watcher knows the partition map and the living nodes, and tells the others
// that its own node lives. It is safe for concurrent use.
type Watcher struct {
	cfg Config
	// changed holds one call to look again.
	changed chan struct{}

	mu    sync.Mutex
	m     Map
	roll  *Roll
	ready bool
}

// NewWatcher returns a watcher that knows nothing until Run.
func NewWatcher(cfg Config) (*Watcher, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	return &Watcher{
		cfg: cfg, changed: make(chan struct{}, 1), m: NewMap(),
		roll: NewRoll(cfg.Self().ID, cfg.DeadAfter, cfg.Lapse),
	}, nil
}

// Run watches until ctx is done, whatever fails meanwhile, and then takes the
// node off the list.
func (w *Watcher) Run(ctx context.Context) {
	var running sync.WaitGroup
	running.Go(func() { w.again(ctx, "leases", w.watchLeases) })
	running.Go(func() { w.again(ctx, "news of leases", w.hearLeases) })
	running.Go(func() { w.again(ctx, "members", w.watchMembers) })
	running.Go(func() { w.again(ctx, "beats", w.hear) })
	running.Go(func() { w.renew(ctx) })
	w.beat(ctx)
	running.Wait()
	w.leave()
}

// Owner returns the living node that owns a table, and by which lease.
func (w *Watcher) Owner(id table.ID) (Node, Lease, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	l := w.m[id.Partition()]
	n, ok := w.roll.Node(l.Owner)
	return n, l, ok && !w.roll.Dead(l.Owner, time.Now())
}

// CutOff reports whether others take this node for dead by now, as it was not
// heard, and since when: perhaps somebody else has what it owns.
func (w *Watcher) CutOff() (since time.Time, cut bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.roll.Deaf(time.Now())
}

// Map returns all leases, and whether they have been read at all.
func (w *Watcher) Map() (m Map, ready bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.m, w.ready
}

// Nodes returns the living nodes, by id.
func (w *Watcher) Nodes() []Node {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.roll.Alive(time.Now())
}

// Dead reports whether a node is not among the living, and when one that was
// there was last heard of.
func (w *Watcher) Dead(id NodeID) (seen time.Time, dead bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := time.Now()
	if w.roll.Dead(id, now) {
		return w.roll.LastSeen(id), true
	}
	return time.Time{}, !w.roll.lives(id, now)
}

// Unheard reports whether a node is silent for half the time after which it is
// dead, and when it was last heard.
func (w *Watcher) Unheard(id NodeID) (since time.Time, unheard bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.roll.Unheard(id, time.Now())
}

// Roomiest returns the app server that should get the next table: the one with
// most room among those that own a partition and are not draining.
func (w *Watcher) Roomiest() (Node, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var best Node
	found := false
	for _, n := range w.roll.Alive(time.Now()) {
		if n.Role != App || n.Draining || found && n.Room() <= best.Room() || len(w.m.Of(n.ID)) == 0 {
			continue
		}
		best, found = n, true
	}
	return best, found
}

// tell asks who waits for changes to look again.
func (w *Watcher) tell() {
	select {
	case w.changed <- struct{}{}:
	default:
	}
}

// again does something until ctx is done, with a pause when it ends earlier.
func (w *Watcher) again(ctx context.Context, what string, do func(context.Context) error) {
	for ctx.Err() == nil {
		if err := do(ctx); err != nil && ctx.Err() == nil {
			w.cfg.Log.Warn("the cluster cannot be watched for a moment", "what", what, "err", err)
		}
		sleep(ctx, w.cfg.BeatEvery)
	}
}

func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

func (w *Watcher) watchLeases(ctx context.Context) error {
	for leases, err := range w.cfg.Leases.Watch(ctx) {
		if err != nil {
			return err
		}
		w.learn(leases...)
		w.mu.Lock()
		w.ready = true
		w.mu.Unlock()
		w.tell()
	}
	return nil
}

func (w *Watcher) watchMembers(ctx context.Context) error {
	for signs, err := range w.cfg.Members.Watch(ctx) {
		if err != nil {
			return err
		}
		w.mu.Lock()
		for _, s := range signs {
			w.roll.Sign(s, time.Now())
		}
		w.mu.Unlock()
		w.tell()
	}
	return nil
}

// hear listens to beats, the node's own included.
func (w *Watcher) hear(ctx context.Context) error {
	beats, err := w.cfg.Bus.Subscribe(beatSubject, beatBuffer)
	if err != nil {
		return err
	}
	defer beats.Close()
	w.say(w.cfg.Self()) // it comes back, and the node knows that it hears
	for {
		msg, err := beats.Next(ctx)
		if err != nil {
			return err
		}
		var n Node
		if err := json.Unmarshal(msg.Data, &n); err != nil || n.ID == "" {
			w.cfg.Log.Warn("a beat makes no sense", "err", err)
			continue
		}
		w.mu.Lock()
		before, known := w.roll.Node(n.ID)
		unheard := w.roll.Beat(n, time.Now())
		w.roll.Prune(time.Now(), rememberFor)
		w.mu.Unlock()
		if !unheard.IsZero() {
			w.cfg.Heard(n.ID, unheard)
		}
		if n.Gone || !known || n.Draining != before.Draining {
			w.tell()
		}
	}
}

// beat says every so often that the node lives.
func (w *Watcher) beat(ctx context.Context) {
	ticker := time.NewTicker(w.cfg.BeatEvery)
	defer ticker.Stop()
	for {
		w.say(w.cfg.Self())
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

func (w *Watcher) say(n Node) {
	b, err := json.Marshal(n)
	if err == nil {
		err = w.cfg.Bus.Publish(beatSubject, b)
	}
	if err != nil {
		w.cfg.Log.Warn("a beat cannot be sent", "err", err)
	}
}

// renewals is how often a node stores that it lives until it lapses.
const renewals = 4

// renew stores every so often that the node lives. What is asked while the store
// has no leader gets no answer, and so is soon asked again.
func (w *Watcher) renew(ctx context.Context) {
	for ctx.Err() == nil {
		limited, cancel := context.WithTimeout(ctx, w.cfg.BeatEvery)
		err := w.cfg.Members.Renew(limited, w.cfg.Self())
		cancel()
		pause := w.cfg.Lapse / renewals
		switch {
		case err == nil:
			w.mu.Lock()
			w.roll.Stored(time.Now())
			w.mu.Unlock()
		case ctx.Err() == nil:
			w.cfg.Log.Warn("a sign of life cannot be stored", "err", err)
			pause = w.cfg.BeatEvery / 4
		}
		sleep(ctx, pause)
	}
}

// leave says that the node ends in good order.
func (w *Watcher) leave() {
	n := w.cfg.Self()
	n.Gone = true
	ctx, cancel := context.WithTimeout(context.Background(), w.cfg.DeadAfter)
	defer cancel()
	if err := w.cfg.Members.Leave(ctx, n.ID); err != nil {
		w.cfg.Log.Warn("the node stays on the list of members", "err", err)
	}
	w.say(n)
}
