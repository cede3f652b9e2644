package scale

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/inmem"
	"kibitz/internal/table"
)

// real is a cluster of keepers, in the virtual time of a test.
type real struct {
	bus     inmem.Bus
	leases  inmem.Leases
	members inmem.Members

	mu     sync.Mutex
	served [table.Partitions]time.Time
}

// keeper is one of them. Once it is dead it says nothing.
type keeper struct {
	*cluster.Keeper
	cluster.Bus
	cluster.Members
	in   *real
	dead atomic.Bool
	stop context.CancelFunc
	done chan struct{}
}

var errDead = errors.New("dead")

func (k *keeper) Publish(subject string, data []byte) error {
	if k.dead.Load() {
		return errDead
	}
	return k.Bus.Publish(subject, data)
}

func (k *keeper) Leave(ctx context.Context, id cluster.NodeID) error {
	if k.dead.Load() {
		return errDead
	}
	return k.Members.Leave(ctx, id)
}

func (k *keeper) Take(_ context.Context, l cluster.Lease) error {
	k.in.mu.Lock()
	defer k.in.mu.Unlock()
	k.in.served[l.Partition] = time.Now()
	return nil
}

func (k *keeper) Hand(context.Context, int) {}
func (k *keeper) Lost(int)                  {}

func (r *real) start(t *testing.T, n int) *keeper {
	t.Helper()
	k := &keeper{in: r, Bus: &r.bus, Members: &r.members, done: make(chan struct{})}
	self := cluster.Node{ID: cluster.NodeID(fmt.Sprint("app", n)), Name: fmt.Sprint("app", n), Role: cluster.App, Started: time.Now()}
	var err error
	k.Keeper, err = cluster.NewKeeper(cluster.Config{
		Bus: k, Leases: &r.leases, Members: k, Self: func() cluster.Node { return self }, Log: slog.New(slog.DiscardHandler),
	}, k)
	if err != nil {
		t.Fatal(err)
	}
	var ctx context.Context
	ctx, k.stop = context.WithCancel(t.Context())
	go func() {
		defer close(k.done)
		k.Run(ctx)
	}()
	return k
}

// TestSimulationFollowsTheKeeper kills one of three real keepers, of which each
// has its own moment to beat and to look, and wants the simulation to say what
// they do.
func TestSimulationFollowsTheKeeper(t *testing.T) {
	var all []time.Duration
	const kills = 12
	for kill := range kills {
		synctest.Test(t, func(t *testing.T) {
			r := &real{}
			var keepers []*keeper
			for n := range 3 {
				keepers = append(keepers, r.start(t, n))
				time.Sleep(time.Duration(170*(n+1)+90*kill) * time.Millisecond)
			}
			time.Sleep(12*time.Second + time.Duration(kill)*time.Second/kills)
			k := keepers[kill%3]
			k.dead.Store(true)
			at := time.Now()
			k.stop()
			<-k.done
			time.Sleep(6 * time.Second)
			synctest.Wait()
			r.mu.Lock()
			for _, since := range r.served {
				if since.After(at) {
					all = append(all, since.Sub(at))
				}
			}
			r.mu.Unlock()
			for _, k := range keepers {
				k.stop()
				<-k.done
			}
		})
	}
	slices.Sort(all)
	times := DefaultTimes(2)
	times.Hop, times.Lease, times.LeaseAlone, times.Ask = 0, 0, 0, 0
	said := outages(Fleet{Nodes: 3, Times: times}, kill(1), runs).Served
	t.Logf("after a kill, %d partitions were taken after %v to %v, p50 %v; the simulation says %v to %v, p50 %v", len(all),
		all[0], all[len(all)-1], part(all, 0.5), said[0], said[len(said)-1], part(said, 0.5))
	if n := len(all); n < kills*85 || n > kills*86 {
		t.Errorf("%d partitions were taken in %d kills", n, kills)
	}
	near := func(what string, share float64) {
		if off := (part(all, share) - part(said, share)).Abs(); off > 350*time.Millisecond {
			t.Errorf("%s: keepers took %v, the simulation says %v", what, part(all, share), part(said, share))
		}
	}
	near("the first", 0)
	near("half of them", 0.5)
	near("the last", 1)
}
