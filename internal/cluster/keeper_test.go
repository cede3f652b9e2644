package cluster_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/inmem"
	"kibitz/internal/table"
)

// world is a cluster whose nodes share a bus and a store.
type world struct {
	t       *testing.T
	bus     inmem.Bus
	leases  stalling
	members inmem.Members

	mu sync.Mutex
	// serves has who serves a partition: more than one at a time only where an
	// old owner does not know yet that it has lost it.
	serves [table.Partitions]map[cluster.NodeID]bool
	takes  map[cluster.NodeID][]cluster.Lease
	fail   map[cluster.NodeID]int // how many calls of Take fail yet
}

// process is one node under test.
type process struct {
	*cluster.Keeper
	w    *world
	mu   sync.Mutex
	self cluster.Node
	link *link
	stop context.CancelFunc
	done chan struct{}
}

// link is the way to the others, which can be cut: nothing goes out then, and
// beats do not come in.
type link struct {
	cluster.Bus
	cluster.Members
	mu  sync.Mutex
	cut bool
}

func (l *link) err() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cut {
		return errors.New("cut off")
	}
	return nil
}

func (l *link) set(cut bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = cut
}

func (l *link) Publish(subject string, data []byte) error {
	if err := l.err(); err != nil {
		return err
	}
	return l.Bus.Publish(subject, data)
}

func (l *link) Renew(ctx context.Context, n cluster.Node) error {
	if err := l.err(); err != nil {
		return err
	}
	return l.Members.Renew(ctx, n)
}

func (l *link) Leave(ctx context.Context, id cluster.NodeID) error {
	if err := l.err(); err != nil {
		return err
	}
	return l.Members.Leave(ctx, id)
}

func (p *process) Take(_ context.Context, l cluster.Lease) error {
	p.w.mu.Lock()
	defer p.w.mu.Unlock()
	if p.w.fail[p.self.ID] > 0 {
		p.w.fail[p.self.ID]--
		return errors.New("not yet")
	}
	p.w.takes[p.self.ID] = append(p.w.takes[p.self.ID], l)
	if p.w.serves[l.Partition] == nil {
		p.w.serves[l.Partition] = make(map[cluster.NodeID]bool)
	}
	p.w.serves[l.Partition][p.self.ID] = true
	return nil
}

func (p *process) Hand(_ context.Context, partition int) { p.Lost(partition) }

func (p *process) Lost(partition int) {
	p.w.mu.Lock()
	defer p.w.mu.Unlock()
	delete(p.w.serves[partition], p.self.ID)
}

func newWorld(t *testing.T) *world {
	return &world{t: t, takes: make(map[cluster.NodeID][]cluster.Lease), fail: make(map[cluster.NodeID]int)}
}

func (w *world) start(n cluster.Node) *process {
	w.t.Helper()
	n.Started = time.Now()
	p := &process{w: w, self: n, link: &link{Bus: &w.bus, Members: &w.members}, done: make(chan struct{})}
	var err error
	p.Keeper, err = cluster.NewKeeper(cluster.Config{
		Bus: p.link, Leases: &w.leases, Members: p.link, Log: slog.New(slog.DiscardHandler),
		Self: func() cluster.Node {
			p.mu.Lock()
			defer p.mu.Unlock()
			return p.self
		},
	}, p)
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	go func() {
		p.Run(ctx)
		close(p.done)
	}()
	return p
}

func (p *process) end() {
	p.stop()
	<-p.done
}

// die ends the process as a kill does: it says nothing any more.
func (p *process) die() {
	p.link.set(true)
	p.end()
}

// shares counts the partitions that are served by exactly one node, by node.
func (w *world) shares() map[cluster.NodeID]int {
	w.mu.Lock()
	defer w.mu.Unlock()
	got := make(map[cluster.NodeID]int)
	for _, by := range w.serves {
		if len(by) == 1 {
			for id := range by {
				got[id]++
			}
		}
	}
	return got
}

func (w *world) wantServing(what string, after time.Duration, want string) {
	w.t.Helper()
	time.Sleep(after)
	synctest.Wait()
	if got := fmt.Sprint(w.shares()); got != want {
		w.t.Errorf("%s, after %v: got %v, want %v", what, after, got, want)
	}
}

// TestKeeper follows a cluster through its days.
func TestKeeper(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		a := w.start(app(1))
		w.wantServing("before a node can know that it is alone", 2900*time.Millisecond, "map[]")
		w.wantServing("alone", time.Second, "map[app-1:256]")
		b := w.start(app(2))
		w.wantServing("a second node", 3*time.Second, "map[app-1:128 app-2:128]")
		c := w.start(app(3))
		time.Sleep(20 * time.Second) // it has surely claimed what it was given
		synctest.Wait()
		for id, n := range w.shares() {
			if n < 85 || n > 86 {
				t.Errorf("with three nodes, %s serves %d", id, n)
			}
		}

		killed := time.Now()
		c.die()
		w.mu.Lock()
		for p := range w.serves { // with the process
			delete(w.serves[p], "app-3")
		}
		w.takes = make(map[cluster.NodeID][]cluster.Lease)
		w.mu.Unlock()
		time.Sleep(2 * time.Second)
		if n := w.shares()["app-1"]; n > 86 {
			t.Errorf("app-1 has taken over from a node that may only be silent: it serves %d", n)
		}
		w.wantServing("one was killed", 2*time.Second, "map[app-1:128 app-2:128]")
		for id, takes := range w.takes {
			for _, l := range takes {
				if l.Seen.After(killed) || killed.Sub(l.Seen) > 2*time.Second {
					t.Fatalf("%s took %d, last seen %v before the kill", id, l.Partition, killed.Sub(l.Seen))
				}
			}
		}

		b.mu.Lock()
		b.self.Draining = true
		b.mu.Unlock()
		drained := time.Now()
		if err := b.Drained(t.Context()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(drained); took > time.Second {
			t.Errorf("draining took %v", took)
		}
		w.wantServing("one was drained", 0, "map[app-1:256]")
		b.end()
		d := w.start(app(2))
		w.wantServing("and started again", 3*time.Second, "map[app-1:128 app-2:128]")
		a.end()
		d.end()
	})
}

// A node that ends in good order is missed at once.
func TestKeeperGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		a, b := w.start(app(1)), w.start(app(2))
		w.wantServing("two", 5*time.Second, "map[app-1:128 app-2:128]")
		a.end()
		w.mu.Lock()
		for p := range w.serves {
			delete(w.serves[p], "app-1")
		}
		w.mu.Unlock()
		w.wantServing("one has said goodbye", 100*time.Millisecond, "map[app-2:256]")
		b.end()
	})
}

// A node that was cut off loses its partitions, takes nobody for dead, and gets
// its share back when it is heard again.
func TestKeeperCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		a, b := w.start(app(1)), w.start(app(2))
		w.wantServing("two", 5*time.Second, "map[app-1:128 app-2:128]")
		a.link.set(true)
		w.wantServing("one is not heard", 5*time.Second, "map[app-2:256]")
		since, cutA := a.CutOff()
		_, cutB := b.CutOff()
		if long := time.Since(since); !cutA || cutB || long < 3*time.Second || long > 6*time.Second {
			t.Errorf("cut off: the one that is not heard says %v, for %v, and the other %v", cutA, long, cutB)
		}
		a.link.set(false)
		w.wantServing("it is heard again", 3*time.Second, "map[app-1:128 app-2:128]")
		a.end()
		b.end()
	})
}

// Who dies soon after a takeover has perhaps claimed nothing: clocks are credited
// from the death before.
func TestKeeperTwoDeaths(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		a, b, c := w.start(app(1)), w.start(app(2)), w.start(app(3))
		time.Sleep(30 * time.Second)
		first := time.Now()
		c.die()
		time.Sleep(5 * time.Second)
		synctest.Wait()
		w.mu.Lock()
		inherited := make(map[int]bool)
		for _, l := range w.takes["app-2"] {
			inherited[l.Partition] = inherited[l.Partition] || l.Seen.After(first.Add(-2*time.Second))
		}
		w.takes = make(map[cluster.NodeID][]cluster.Lease)
		w.mu.Unlock()
		b.die()
		time.Sleep(5 * time.Second)
		synctest.Wait()
		old := 0
		for _, l := range w.takes["app-1"] {
			if old++; inherited[l.Partition] != l.Seen.Before(first.Add(time.Second)) {
				t.Errorf("partition %d, inherited %v, was last seen %v after the first death", l.Partition, inherited[l.Partition], l.Seen.Sub(first))
			}
			if !inherited[l.Partition] {
				old--
			}
		}
		if old == 0 {
			t.Error("the second to die had inherited nothing")
		}
		a.end()
	})
}

// What cannot be taken is tried again.
func TestKeeperTriesAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.fail["app-1"] = 300
		a := w.start(app(1))
		w.wantServing("after failures", 8*time.Second, "map[app-1:256]")
		a.end()
	})
}

// A gateway sees who owns what, and who has most room.
func TestWatcher(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		full, free := app(1), app(2)
		full.Busy, free.Busy = 0.9, 0.2
		a, b := w.start(full), w.start(free)
		gate := cluster.Node{ID: "gate-1", Name: "gate", Role: cluster.Gateway, Started: time.Now()}
		g, err := cluster.NewWatcher(cluster.Config{
			Bus: &w.bus, Leases: &w.leases, Members: &w.members, Self: func() cluster.Node { return gate },
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, found := g.Roomiest(); found {
			t.Error("a watcher that has not watched knows who has room")
		}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			g.Run(ctx)
			close(done)
		}()
		time.Sleep(5 * time.Second)
		m, ready := g.Map()
		if n, ok := g.Roomiest(); !ready || !ok || n.ID != "app-2" {
			t.Errorf("most room: got %v, %v, want app-2", n.ID, ok)
		}
		for n := range 100 {
			id := table.ID(fmt.Sprintf("T%07d", n))
			owner, lease, ok := g.Owner(id)
			if !ok || owner.ID != m[id.Partition()].Owner || lease != m[id.Partition()] {
				t.Fatalf("owner of %s: got %v, %v, want %v", id, owner.ID, ok, m[id.Partition()].Owner)
			}
		}
		if got := len(g.Nodes()); got != 3 {
			t.Errorf("%d nodes, want 3", got)
		}
		if _, dead := g.Dead("app-2"); dead {
			t.Error("app-2 lives, and is taken for dead")
		}
		died := time.Now()
		b.die()
		time.Sleep(4 * time.Second)
		if seen, dead := g.Dead("app-2"); !dead || seen.After(died) || died.Sub(seen) > time.Second {
			t.Errorf("app-2: dead %v, seen %v, want the second before %v", dead, seen, died)
		}
		if seen, dead := g.Dead("app-9"); !dead || !seen.IsZero() {
			t.Errorf("a node that never was: dead %v, seen %v, want no sign of life", dead, seen)
		}
		if n, ok := g.Roomiest(); !ok || n.ID != "app-1" {
			t.Errorf("most room after a death: got %v, %v, want app-1", n.ID, ok)
		}
		stop()
		<-done
		a.end()
	})
}
