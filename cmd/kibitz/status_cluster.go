package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/gateway"
	"kibitz/internal/natsstore"
	"kibitz/internal/server"
)

// silentAfter is how old the last stored sign of a living node can be: it
// stores one every 2.7 s, and two may be late.
const silentAfter = 8 * time.Second

// member is a node as the cluster sees it.
type member struct {
	cluster.Node
	// Partitions is how many it owns.
	Partitions int `json:"partitions"`
	// Silent is since when it has not said that it lives, in seconds.
	Silent float64 `json:"silentSeconds"`
}

// alive reports whether a node has said lately that it lives.
func (m member) alive() bool { return m.Silent < silentAfter.Seconds() }

// clusterStatus is what NATS knows of a cluster.
type clusterStatus struct {
	Nodes []member `json:"nodes"`
	// Orphans is how many partitions nobody alive owns.
	Orphans int `json:"partitionsWithoutOwner"`
	// Archive is how far the database is behind the journal; nil when no app server
	// lives.
	Archive *archiveStatus `json:"notArchived,omitempty"`
}

// archiveStatus is what the database has not got, as app servers say.
type archiveStatus struct {
	// Seconds is how old the oldest record is that it has not got, of KeptSeconds
	// that the journal keeps one.
	Seconds     float64 `json:"oldestSeconds"`
	KeptSeconds float64 `json:"keptSeconds"`
	// Partitions is how many wait.
	Partitions int `json:"partitions"`
	// Refused is how many app servers take no new games for it.
	Refused int `json:"newGamesRefused"`
	// Unknown names the app servers that do not say, or do not know.
	Unknown []string `json:"unknown,omitempty"`
}

// good reports whether every partition has an owner that lives.
func (c clusterStatus) good() bool { return c.Orphans == 0 && len(c.Nodes) > 0 }

// runCluster shows the nodes of a cluster, and the numbers of those that
// --metrics names.
func (s statusSettings) runCluster(ctx context.Context, stdout, stderr io.Writer) int {
	is, err := askCluster(ctx, s.nats, time.Now())
	var nodes []nodeStatus
	if err == nil && (s.metrics != "" || s.url != "") {
		nodes, err = s.nodes(ctx)
	}
	if err != nil {
		fmt.Fprintln(stderr, "kibitz status:", err)
		return exitFailed
	}
	if s.json {
		out := json.NewEncoder(stdout)
		out.SetIndent("", "  ")
		_ = out.Encode(struct {
			clusterStatus
			Asked []nodeStatus `json:"asked,omitempty"`
		}{is, nodes})
	} else {
		printCluster(stdout, is)
		if len(nodes) > 0 {
			fmt.Fprintln(stdout)
			printNodes(stdout, nodes)
		}
	}
	if !is.good() {
		return exitFailed
	}
	return exitOf(nodes)
}

// askCluster reads the last signs of life and the leases.
func askCluster(ctx context.Context, urls string, now time.Time) (clusterStatus, error) {
	client, err := natsstore.Connect(natsstore.Options{URLs: urls, Name: "kibitz status", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return clusterStatus{}, err
	}
	defer client.Close()
	members, err := client.OpenMembers(ctx)
	if err != nil {
		return clusterStatus{}, err
	}
	leases, err := client.OpenLeases(ctx)
	if err != nil {
		return clusterStatus{}, err
	}
	signs, err := first(ctx, members.Watch)
	if err != nil {
		return clusterStatus{}, err
	}
	owned, err := first(ctx, leases.Watch)
	if err != nil {
		return clusterStatus{}, err
	}
	is := sumUp(signs, owned, now)
	apps := is.apps()
	if len(apps) == 0 {
		return is, nil
	}
	said, err := server.HearLag(ctx, client.Bus(), slices.Collect(maps.Keys(apps)), lagTime)
	is.Archive = archiveOf(apps, said)
	return is, err
}

// lagTime is how long app servers have to say how far the archive is behind: they
// do so all the time.
const lagTime = gateway.ListsEvery + time.Second/2

// apps returns the names of the app servers that live.
func (c clusterStatus) apps() map[cluster.NodeID]string {
	all := make(map[cluster.NodeID]string)
	for _, n := range c.Nodes {
		if n.Role == cluster.App && n.alive() {
			all[n.ID] = n.Name
		}
	}
	return all
}

// archiveOf joins what app servers say.
func archiveOf(apps map[cluster.NodeID]string, said []server.Lag) *archiveStatus {
	is, silent := &archiveStatus{}, maps.Clone(apps)
	for _, one := range said {
		is.KeptSeconds = max(is.KeptSeconds, one.KeptSeconds)
		if !one.Known {
			continue
		}
		delete(silent, one.Node)
		is.Seconds = max(is.Seconds, one.Seconds)
		is.Partitions += one.Partitions
		if one.Refused {
			is.Refused++
		}
	}
	is.Unknown = slices.Sorted(maps.Values(silent))
	return is
}

// errNothing: a watch ended before it said what there is.
var errNothing = errors.New("the NATS servers do not say what there is")

// first returns what a watch says to begin with, which is everything.
func first[T any](ctx context.Context, watch func(context.Context) iter.Seq2[[]T, error]) ([]T, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for all, err := range watch(ctx) {
		return all, err
	}
	return nil, cmp.Or(ctx.Err(), errNothing)
}

// sumUp joins signs and leases. Nodes that left in good order are left out, as
// are the earlier lives of a place that is alive again.
func sumUp(signs []cluster.Sign, leases []cluster.Lease, now time.Time) clusterStatus {
	var is clusterStatus
	m := cluster.NewMap()
	for _, l := range leases {
		m[l.Partition] = l
	}
	is.Orphans = len(m)
	newest := make(map[string]time.Time)
	for _, s := range signs {
		if place := string(s.Node.Role) + " " + s.Node.Name; s.Node.Started.After(newest[place]) {
			newest[place] = s.Node.Started
		}
	}
	for _, s := range signs {
		if s.Left || s.Node.Gone || s.Node.Started.Before(newest[string(s.Node.Role)+" "+s.Node.Name]) {
			continue
		}
		one := member{Node: s.Node, Partitions: len(m.Of(s.Node.ID)), Silent: max(0, now.Sub(s.At).Seconds())}
		if one.alive() {
			is.Orphans -= one.Partitions
		}
		is.Nodes = append(is.Nodes, one)
	}
	slices.SortFunc(is.Nodes, func(a, b member) int {
		return cmp.Or(cmp.Compare(a.Role, b.Role), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return is
}

func printCluster(w io.Writer, is clusterStatus) {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	defer func() { _ = out.Flush() }()
	fmt.Fprintln(out, "ROLE\tNAME\tADDRESS\tSTATE\tPARTITIONS\tTABLES\tSOCKETS\tBUSY")
	var tables, sockets int
	for _, n := range is.Nodes {
		state := "alive"
		switch {
		case !n.alive():
			state = "silent for " + time.Duration(n.Silent*float64(time.Second)).Round(time.Second).String()
		case n.Draining:
			state = "draining"
		}
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%d\t%d\t%d\t%.0f %%\n", n.Role, n.Name, n.Addr, state, n.Partitions, n.Tables, n.Sockets, n.Busy*100)
		if n.alive() {
			tables, sockets = tables+n.Tables, sockets+n.Sockets
		}
	}
	fmt.Fprintf(out, "\t\t\tall alive\t%d\t%d\t%d\t\n", len(cluster.Map{})-is.Orphans, tables, sockets)
	if is.Orphans > 0 {
		fmt.Fprintf(out, "%d partitions have no owner that lives\n", is.Orphans)
	}
	if is.Archive != nil {
		is.Archive.print(out)
	}
}

func (a *archiveStatus) print(out io.Writer) {
	seconds := func(n float64) time.Duration { return time.Duration(n * float64(time.Second)).Round(time.Second) }
	if a.Partitions == 0 {
		fmt.Fprintln(out, "not archived: nothing that is known of")
	} else {
		fmt.Fprintf(out, "not archived: records of %d partitions, the oldest from %s ago; the journal keeps them for %s\n",
			a.Partitions, seconds(a.Seconds), seconds(a.KeptSeconds))
	}
	if a.Refused > 0 {
		fmt.Fprintf(out, "%d app servers REFUSE NEW GAMES until more is archived\n", a.Refused)
	}
	if len(a.Unknown) > 0 {
		fmt.Fprintf(out, "not known what is archived of: %s\n", strings.Join(a.Unknown, ", "))
	}
}
