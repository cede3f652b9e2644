package faults

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"kibitz/internal/cluster"
	"kibitz/internal/natsstore"
	"kibitz/internal/table"
)

// view is what a test knows of a cluster from its inside.
type view struct {
	watcher *cluster.Watcher
	client  *natsstore.Client
	journal *natsstore.Journal
	conn    *nats.Conn
	js      jetstream.JetStream
}

// watching is no role: who has it is neither owner nor worker.
const watching cluster.Role = "watching"

func newView(w *town) *view {
	v := &view{}
	var err error
	must := func(err error) {
		w.t.Helper()
		if err != nil {
			w.t.Fatal(err)
		}
	}
	quiet := slog.New(slog.DiscardHandler)
	v.client, err = natsstore.Connect(natsstore.Options{URLs: w.nats, Name: "faults", Log: quiet})
	must(err)
	leases, err := v.client.OpenLeases(w.t.Context())
	must(err)
	members, err := v.client.OpenMembers(w.t.Context())
	must(err)
	v.journal, err = v.client.OpenJournal(w.t.Context(), natsstore.JournalOptions{})
	must(err)
	v.conn, err = nats.Connect(w.nats, nats.MaxReconnects(-1), nats.ReconnectWait(100*time.Millisecond))
	must(err)
	v.js, err = jetstream.New(v.conn)
	must(err)
	self := cluster.Node{ID: "faults", Name: "faults", Role: watching, Started: time.Now()}
	v.watcher, err = cluster.NewWatcher(cluster.Config{
		Bus: v.client.Bus(), Leases: leases, Members: members, Log: quiet, Self: func() cluster.Node { return self },
	})
	must(err)
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { v.watcher.Run(ctx) })
	w.t.Cleanup(func() {
		stop()
		running.Wait()
		v.conn.Close()
		_ = v.journal.Close()
		v.client.Close()
	})
	return v
}

// owner returns the name of the app server that has a table, or nothing.
func (v *view) owner(id table.ID) string {
	n, _, ok := v.watcher.Owner(id)
	if !ok {
		return ""
	}
	return n.Name
}

// even reports whether so many app servers have about the same share.
func (v *view) even(apps int) bool {
	m, _ := v.watcher.Map()
	names := make(map[cluster.NodeID]string)
	for _, n := range v.watcher.Nodes() {
		if n.Role == cluster.App && !n.Draining && !n.Gone {
			names[n.ID] = n.Name
		}
	}
	share := make(map[string]int)
	for _, l := range m {
		share[names[l.Owner]]++
	}
	for name, n := range share {
		if name == "" || n < table.Partitions/apps-1 || n > table.Partitions/apps+1 {
			return false
		}
	}
	return len(share) == apps
}

// leaders returns the NATS server that leads most, and one that leads least:
// streams, and JetStream as a whole.
func (v *view) leaders(ctx context.Context) (most, least string, err error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	led := map[string]int{"nats0": 0, "nats1": 0, "nats2": 0}
	streams := v.js.ListStreams(ctx)
	for s := range streams.Info() {
		if s.Cluster == nil || s.Cluster.Leader == "" || len(s.Cluster.Replicas) != 2 {
			return "", "", fmt.Errorf("the stream %s has no leader", s.Config.Name)
		}
		for _, r := range s.Cluster.Replicas {
			if r.Offline || !r.Current {
				return "", "", fmt.Errorf("%s is behind in the stream %s", r.Name, s.Config.Name)
			}
		}
		led[s.Cluster.Leader]++
	}
	if err := streams.Err(); err != nil {
		return "", "", err
	}
	if meta, err := v.meta(ctx); err == nil {
		led[meta]++
	}
	names := slices.Sorted(func(yield func(string) bool) {
		for name := range led {
			if !yield(name) {
				return
			}
		}
	})
	most, least = names[0], names[0]
	for _, name := range names {
		if led[name] > led[most] {
			most = name
		}
		if led[name] < led[least] {
			least = name
		}
	}
	return most, least, nil
}

// meta returns the server that leads JetStream as a whole.
func (v *view) meta(ctx context.Context) (string, error) {
	reply, err := v.conn.RequestWithContext(ctx, "$SYS.REQ.SERVER.PING.JSZ", nil)
	if err != nil {
		return "", err
	}
	var answer struct {
		Data struct {
			Meta struct{ Leader string } `json:"meta_cluster"`
		} `json:"data"`
	}
	err = json.Unmarshal(reply.Data, &answer)
	return strings.TrimSpace(answer.Data.Meta.Leader), err
}

// calm waits until every app server has its share, and every NATS server has
// everything.
func (w *town) calm() {
	w.t.Helper()
	since := time.Now()
	w.within(3*generous, "all app servers have their share, and all NATS servers everything", func() bool {
		_, _, err := w.view.leaders(w.t.Context())
		if err != nil || !w.view.even(3) {
			since = time.Now()
		}
		return time.Since(since) > 500*time.Millisecond
	})
}
