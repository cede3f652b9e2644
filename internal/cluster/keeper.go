package cluster

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Owner runs the tables of the partitions that a node owns. Calls for one
// partition come one after the other; those for several at the same time.
type Owner interface {
	// Take is called when a partition has become the node's; no clock of its
	// tables ran since l.Seen. It returns when it can serve them, and is called
	// again when it fails. Its ctx ends when the partition is lost meanwhile.
	Take(ctx context.Context, l Lease) error
	// Hand finishes what is in flight and lets go of a partition: when it
	// returns, nothing of it is appended any more.
	Hand(ctx context.Context, partition int)
	// Lost is called when somebody else has taken a partition. What is in
	// flight fails by itself.
	Lost(partition int)
}

// handTime bounds one Hand: whatever is not let go of by then is taken away by
// the next owner's claims.
const handTime = 5 * time.Second

// handsAtOnce is how many partitions a node gives away at a time.
const handsAtOnce = 32

// Keeper keeps the partitions of one app server: it takes those that are its
// by Plan, hands over those that are not any more, and lets go of what others
// have taken.
type Keeper struct {
	*Watcher
	owner   Owner
	running sync.WaitGroup
	hands   chan struct{} // has room for handsAtOnce

	// These belong to the goroutine of Run.
	held  map[int]*holding
	busy  map[int]<-chan struct{} // the last thing that was begun for a partition
	asked map[int]claim           // what was claimed and may not have shown yet

	// last is the map at the look before, and calm is when nothing that others
	// did has shown for a beat: only then are partitions evened out.
	last Map
	calm time.Time

	// told is closed and renewed whenever something has been done.
	toldMu sync.Mutex
	told   chan struct{}
	owned  int
}

// holding is one partition that the node owns.
type holding struct {
	lease   Lease
	stop    context.CancelFunc // ends Take
	handing bool
}

// claim is what the node asked for.
type claim struct {
	epoch uint64 // of the lease before
	until time.Time
}

// NewKeeper returns a keeper that owns nothing until Run.
func NewKeeper(cfg Config, owner Owner) (*Keeper, error) {
	w, err := NewWatcher(cfg)
	if err != nil {
		return nil, err
	}
	return &Keeper{
		Watcher: w, owner: owner, hands: make(chan struct{}, handsAtOnce), told: make(chan struct{}),
		held: make(map[int]*holding), busy: make(map[int]<-chan struct{}), asked: make(map[int]claim),
	}, nil
}

// Run keeps partitions until ctx is done, and returns when every call of the
// owner has. It gives nothing away by itself: see Drained.
func (k *Keeper) Run(ctx context.Context) {
	watching, stop := context.WithCancel(ctx)
	defer stop()
	var watch sync.WaitGroup
	watch.Go(func() { k.Watcher.Run(watching) })
	ticker := time.NewTicker(k.cfg.BeatEvery / 2)
	defer ticker.Stop()
	for ctx.Err() == nil {
		k.look(ctx)
		select {
		case <-k.changed:
		case <-ticker.C:
		case <-ctx.Done():
		}
	}
	for _, h := range k.held {
		h.stop()
	}
	k.running.Wait()
	watch.Wait()
}

// Drained returns when a node whose Self says that it is draining owns nothing
// any more. While nobody else can take what it owns, it keeps it.
func (k *Keeper) Drained(ctx context.Context) error {
	for {
		k.toldMu.Lock()
		owned, told := k.owned, k.told
		k.toldMu.Unlock()
		if owned == 0 {
			return nil
		}
		select {
		case <-told:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// look compares what is with what should be.
func (k *Keeper) look(ctx context.Context) {
	now, node := time.Now(), k.cfg.Self()
	self := node.ID
	k.mu.Lock()
	m, ready := k.m, k.ready
	nodes, hears := k.roll.Alive(now), k.roll.Hears(now)
	k.mu.Unlock()
	if !ready {
		return
	}
	k.announce(nodes, node)
	k.calmDown(&m, now)
	k.follow(ctx, &m, self)
	k.count(&m, self, now)
	for _, move := range Plan(&m, nodes) {
		switch {
		case move.From == self && (node.Draining || now.After(k.calm)):
			k.hand(ctx, m[move.Partition], move.To)
		case move.To == self && hears && k.free(move.From, now):
			k.claim(ctx, m[move.Partition])
		}
	}
	k.report()
}

// calmDown notes whether others have changed the map since the last look: while
// they do, what one node sees of the rest is on its way.
func (k *Keeper) calmDown(m *Map, now time.Time) {
	for p := range m {
		h := k.held[p]
		if m[p].Epoch != k.last[p].Epoch && (h == nil || !h.handing) {
			k.calm = now.Add(k.cfg.BeatEvery)
			break
		}
	}
	k.last = *m
}

// count puts what the node has just claimed into the map that it plans by, so
// that it does not claim more than its share.
func (k *Keeper) count(m *Map, self NodeID, now time.Time) {
	for p, c := range k.asked {
		if m[p].Epoch != c.epoch || now.After(c.until) {
			delete(k.asked, p)
			continue
		}
		m[p].Owner = self
	}
}

// announce says at once that the node drains, or does so no more. It acts on it
// when it hears itself say so: then the others know, too.
func (k *Keeper) announce(nodes []Node, self Node) {
	for _, n := range nodes {
		if n.ID == self.ID && n.Draining != self.Draining {
			k.say(self)
		}
	}
}

// free reports whether nobody alive owns what is from's.
func (k *Keeper) free(from NodeID, now time.Time) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return from == "" || k.roll.Dead(from, now)
}

// follow takes what the map says is the node's, and lets go of the rest.
func (k *Keeper) follow(ctx context.Context, m *Map, self NodeID) {
	for p, h := range k.held {
		if m[p].Epoch == h.lease.Epoch {
			continue
		}
		h.stop()
		delete(k.held, p)
		if !h.handing {
			k.cfg.Log.Warn("a partition was taken over", "partition", p, "by", m[p].Owner)
			k.then(p, func() { k.owner.Lost(p) })
		}
	}
	for p := range m {
		if m[p].Owner == self && k.held[p] == nil {
			k.take(ctx, m[p])
		}
	}
}

// then does something for a partition after what was begun before.
func (k *Keeper) then(p int, do func()) {
	before, done := k.busy[p], make(chan struct{})
	k.busy[p] = done
	k.running.Go(func() {
		defer close(done)
		if before != nil {
			<-before
		}
		do()
	})
}

func (k *Keeper) take(ctx context.Context, l Lease) {
	ctx, stop := context.WithCancel(ctx)
	k.held[l.Partition] = &holding{lease: l, stop: stop}
	k.then(l.Partition, func() {
		for ctx.Err() == nil {
			err := k.owner.Take(ctx, l)
			if err == nil {
				return
			}
			if ctx.Err() == nil {
				k.cfg.Log.Error("a partition cannot be taken yet", "partition", l.Partition, "err", err)
				sleep(ctx, k.cfg.BeatEvery/4)
			}
		}
	})
}

// claim asks for a partition that nobody alive owns. If it fails, the next look
// claims again.
func (k *Keeper) claim(ctx context.Context, was Lease) {
	if !k.idle(was.Partition) {
		return
	}
	seen := k.lastAlive(was)
	self := k.cfg.Self().ID
	k.asked[was.Partition] = claim{was.Epoch, time.Now().Add(k.cfg.BeatEvery)}
	k.then(was.Partition, func() {
		if err := k.assign(ctx, was, self, seen); err != nil && !errors.Is(err, ErrTaken) && ctx.Err() == nil {
			k.cfg.Log.Warn("a partition cannot be claimed yet", "partition", was.Partition, "err", err)
		}
	})
}

// settleTime is how long an owner may need until it has claimed all tables of a
// partition.
const settleTime = 15 * time.Second

// lastAlive is when the tables of a partition were last alive for sure. An owner
// that died soon after it got the partition has perhaps never served them.
func (k *Keeper) lastAlive(was Lease) time.Time {
	if was.Owner == "" {
		return was.Seen
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	seen := k.roll.LastSeen(was.Owner)
	if !was.Seen.IsZero() && seen.Sub(was.Seen) < settleTime {
		return was.Seen
	}
	return seen
}

// hand lets go of a partition, and then says who is next.
func (k *Keeper) hand(ctx context.Context, was Lease, to NodeID) {
	h := k.held[was.Partition]
	if h == nil || h.handing || h.lease.Epoch != was.Epoch || !k.idle(was.Partition) {
		return
	}
	select {
	case k.hands <- struct{}{}:
	default:
		return // at the next look
	}
	h.handing = true
	k.then(was.Partition, func() {
		defer func() { <-k.hands }()
		h.stop()
		limited, cancel := context.WithTimeout(ctx, handTime)
		k.owner.Hand(limited, was.Partition)
		cancel()
		seen := time.Now()
		for ctx.Err() == nil {
			err := k.assign(ctx, was, to, seen)
			if err == nil || errors.Is(err, ErrTaken) {
				return
			}
			k.cfg.Log.Warn("a partition cannot be handed over yet", "partition", was.Partition, "err", err)
			sleep(ctx, k.cfg.BeatEvery/4)
		}
	})
}

// idle reports whether nothing is under way for a partition.
func (k *Keeper) idle(p int) bool {
	done := k.busy[p]
	if done == nil {
		return true
	}
	select {
	case <-done:
		delete(k.busy, p)
		return true
	default:
		return false
	}
}

// report tells who waits for the node to be drained.
func (k *Keeper) report() {
	k.toldMu.Lock()
	defer k.toldMu.Unlock()
	if len(k.held) == k.owned {
		return
	}
	k.owned = len(k.held)
	close(k.told)
	k.told = make(chan struct{})
}
