package natsstore_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/natsstore"
	"kibitz/internal/natsstore/natstest"
)

// nobody is an owner without tables.
type nobody struct{}

func (nobody) Take(context.Context, cluster.Lease) error { return nil }
func (nobody) Hand(context.Context, int)                 {}
func (nobody) Lost(int)                                  {}

// fleet is keepers on one cluster of servers.
type fleet struct {
	t       *testing.T
	servers *natstest.Cluster
	running sync.WaitGroup
}

// start runs a keeper until its process is killed: then nothing is heard of it
// any more.
func (f *fleet) start(name string) (k *cluster.Keeper, kill func()) {
	f.t.Helper()
	c := mustConnect(f.t, f.servers.URL)
	self := cluster.Node{ID: cluster.NodeID(name), Name: name, Role: cluster.App, Started: time.Now()}
	k, err := cluster.NewKeeper(cluster.Config{
		Bus: c.Bus(), Leases: must(c.OpenLeases(f.t.Context()))(f.t), Members: must(c.OpenMembers(f.t.Context()))(f.t),
		Self: func() cluster.Node { return self }, Log: slog.New(slog.DiscardHandler),
	}, nobody{})
	if err != nil {
		f.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	f.running.Go(func() { k.Run(ctx) })
	f.t.Cleanup(stop)
	return k, func() { c.Close(); stop() }
}

// await returns when a keeper sees that the owners have so many partitions, and
// how long that took.
func (f *fleet) await(k *cluster.Keeper, want map[cluster.NodeID]int) time.Duration {
	f.t.Helper()
	begin := time.Now()
	for {
		m, _ := k.Map()
		got := make(map[cluster.NodeID]int)
		for _, l := range m {
			got[l.Owner]++
		}
		if fmt.Sprint(got) == fmt.Sprint(want) {
			return time.Since(begin).Round(time.Millisecond)
		}
		if time.Since(begin) > time.Minute {
			f.t.Fatalf("got %v, want %v", got, want)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// TestKeepers takes nodes, and then a server, away from a real cluster.
func TestKeepers(t *testing.T) {
	t.Parallel() // most of it is waiting
	f := &fleet{t: t, servers: natstest.Start(t, natstest.Options{Servers: 3})}
	t.Cleanup(f.running.Wait) // after every keeper was stopped
	a, killA := f.start("app-1")
	t.Log("the first node owns all after", f.await(a, map[cluster.NodeID]int{"app-1": 256}))
	b, killB := f.start("app-2")
	t.Log("a second has its share after", f.await(a, map[cluster.NodeID]int{"app-1": 128, "app-2": 128}))
	killA()
	t.Log("a dead node's share is taken after", f.await(b, map[cluster.NodeID]int{"app-2": 256}))
	leader := f.servers.Leader(t, "KV_kibitz_leases")
	if leader == nil {
		t.Fatal("nobody leads")
	}
	leader.Kill()
	c, killC := f.start("app-3")
	t.Log("without a server, the next node has its share after", f.await(c, map[cluster.NodeID]int{"app-2": 128, "app-3": 128}))
	killB()
	killC()
}

// TestManyFollowers follows every partition, as a worker does.
func TestManyFollowers(t *testing.T) {
	t.Parallel() // most of it is waiting
	c := natstest.Start(t, natstest.Options{Servers: 3})
	j := mustOpen(t, c.URL, natsstore.JournalOptions{})
	begin := time.Now()
	var following sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	for p := range 256 {
		id := idIn(p)
		mustAppend(t, j, id, 0, "x")
		following.Go(func() {
			for e, err := range j.Follow(ctx, p, 0) {
				if err != nil || e.Record.Table != id {
					t.Errorf("partition %d: got %v, %v", p, e.Record.Table, err)
				}
				return
			}
		})
	}
	following.Wait()
	t.Log("256 appends were followed after", time.Since(begin).Round(time.Millisecond))
}
