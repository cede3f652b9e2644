package main

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/natsstore"
	"kibitz/internal/natsstore/natstest"
	"kibitz/internal/server"
)

// askStatus runs the command.
func askStatus(t *testing.T, want int, args ...string) string {
	t.Helper()
	var stdout, stderr strings.Builder
	if got := run(append([]string{"status"}, args...), &stdout, &stderr); got != want {
		t.Fatalf("status %v: %d, want %d: %s%s", args, got, want, stdout.String(), stderr.String())
	}
	return stdout.String() + stderr.String()
}

// A server that runs is asked at its socket, and over HTTP; one that was killed
// does not answer.
func TestStatus(t *testing.T) {
	s := startServer(t)
	if _, status := benchOf(t, s, "--games", "3", "--think", "0", "--duration", "1s"); status != exitOK {
		t.Fatalf("bench: status %d", status)
	}
	said := askStatus(t, exitOK, "--data", s.data)
	for _, want := range []string{"takes players", "version", "archiver", "ratings", "chips issued", "database", "free"} {
		if !strings.Contains(said, want) {
			t.Errorf("there is no %q in\n%s", want, said)
		}
	}
	var nodes []nodeStatus
	if err := json.Unmarshal([]byte(askStatus(t, exitOK, "--data", s.data, "--json")), &nodes); err != nil {
		t.Fatal(err)
	}
	if len(nodes) != 1 || nodes[0].Tables == 0 || nodes[0].Database == 0 || nodes[0].UptimeSeconds <= 0 || len(nodes[0].Projections) < 3 {
		t.Errorf("got %+v, want one server with tables, a database and a worker", nodes)
	}
	if said := askStatus(t, exitOK, "--data", s.data, "--healthy"); said != "" {
		t.Errorf("--healthy says %q", said)
	}
	if said := askStatus(t, exitOK, "--url", "http://"+s.addr+"/"); !strings.Contains(said, "takes players") {
		t.Errorf("over HTTP: %s", said)
	}
	s.kill()
	askStatus(t, exitFailed, "--url", "http://"+s.addr, "--healthy")
	if said := askStatus(t, exitFailed, "--url", "http://"+s.addr); !strings.Contains(said, "NOT READY") {
		t.Errorf("after a kill: %s", said)
	}
	askStatus(t, exitFailed, "--metrics", s.addr)
	askStatus(t, exitUsage, "--no-such-flag")
}

// TestStatusMetrics reads the numbers of two nodes.
func TestStatusMetrics(t *testing.T) {
	node := func(body string) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(body)) }))
		t.Cleanup(s.Close)
		return s.Listener.Addr().(*net.TCPAddr).String()
	}
	one := node("# HELP kibitz_tables Tables in memory.\nkibitz_tables 12\nkibitz_tables_running 5\nkibitz_sockets 9\n" +
		"kibitz_projection_behind{projection=\"ratings\"} 3\nkibitz_projection_lag_seconds{projection=\"ratings\"} 1.5\nkibitz_projection_set_aside{projection=\"ratings\"} 1\n")
	two := node("kibitz_tables 1e+06\n")
	said := askStatus(t, exitOK, "--metrics", one+", "+two)
	for _, want := range []string{"12, 5 with a game", "3 behind, 1.5s, 1 set aside", "1000000, 0 with a game"} {
		if !strings.Contains(said, want) {
			t.Errorf("there is no %q in\n%s", want, said)
		}
	}
	if said := askStatus(t, exitFailed, "--metrics", node("go_goroutines 1\n")); !strings.Contains(said, "--metrics-listen") {
		t.Errorf("another's metrics: %s", said)
	}
	askStatus(t, exitFailed, "--metrics", node("<html> </html>\n"))
}

// FuzzMetrics reads anything without a panic, and what it read has a name.
func FuzzMetrics(f *testing.F) {
	f.Add("kibitz_tables 3\nkibitz_projection_behind{projection=\"a b\"} 1\n")
	f.Add("x{ 1\n")
	f.Add("} NaN\n")
	f.Fuzz(func(t *testing.T, text string) {
		all, err := readMetrics(strings.NewReader(text))
		if err != nil {
			return
		}
		if len(all.order) != len(all.value) {
			t.Errorf("%d places for %d numbers", len(all.order), len(all.value))
		}
		all.status(time.Unix(0, 0))
	})
}

func TestSumUp(t *testing.T) {
	now := time.Unix(1_000_000, 0)
	node := func(id, name string, started int64) cluster.Node {
		return cluster.Node{ID: cluster.NodeID(id), Name: name, Role: cluster.App, Started: time.Unix(started, 0), Tables: 7, Sockets: 9}
	}
	signs := []cluster.Sign{
		{Node: node("b1", "b", 10), At: now.Add(-time.Second)},
		{Node: node("a1", "a", 10), At: now.Add(-time.Minute)}, // an earlier life of a2
		{Node: node("a2", "a", 20), At: now.Add(time.Second)},  // the clocks differ
		{Node: node("c1", "c", 10), At: now.Add(-time.Hour)},
		{Node: node("d1", "d", 10), At: now, Left: true},
	}
	all := len(cluster.NewMap())
	var leases []cluster.Lease
	for p := range all {
		owner := []cluster.NodeID{"a2", "b1", "c1", "a1"}[p%4]
		leases = append(leases, cluster.Lease{Partition: p, Owner: owner, Epoch: 1})
	}
	got := sumUp(signs, leases, now)
	if got.Orphans != all/2 || got.good() {
		t.Errorf("%d partitions without an owner, want %d", got.Orphans, all/2)
	}
	var names []string
	for _, n := range got.Nodes {
		names = append(names, string(n.ID))
	}
	if strings.Join(names, " ") != "a2 b1 c1" {
		t.Errorf("nodes %v, want a2 b1 c1", names)
	}
	var out strings.Builder
	printCluster(&out, got)
	for _, want := range []string{"silent for 1h0m0s", "alive", "14", "18", "have no owner that lives"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("there is no %q in\n%s", want, out.String())
		}
	}
	if none := sumUp(nil, nil, now); none.good() {
		t.Error("a cluster of nobody is good")
	}
}

// TestStatusOfCluster asks a real NATS server.
func TestStatusOfCluster(t *testing.T) {
	nats := natstest.Start(t, natstest.Options{})
	askStatus(t, exitFailed, "--nats", nats.URL) // nobody there yet
	client, err := natsstore.Connect(natsstore.Options{URLs: nats.URL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	members, err := client.OpenMembers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	leases, err := client.OpenLeases(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	self := cluster.Node{ID: "n1", Name: "one", Role: cluster.App, Addr: "127.0.0.1:1", Started: time.Now(), Tables: 41, Sockets: 43}
	if err := members.Renew(t.Context(), self); err != nil {
		t.Fatal(err)
	}
	m := cluster.NewMap()
	for p := range m {
		if _, err := leases.Assign(t.Context(), m[p], self.ID, time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
	if said := askStatus(t, exitOK, "--nats", nats.URL); !strings.Contains(said, "not known what is archived of: one") {
		t.Errorf("the app server has not said how far the archive is:\n%s", said)
	}
	sayLag(t, client, server.Lag{Node: self.ID, Known: true, Seconds: 4000, Partitions: 7, KeptSeconds: 259200, Refused: true})
	said := askStatus(t, exitOK, "--nats", nats.URL)
	for _, want := range []string{"one", "alive", "256", "41", "43", "7 partitions", "1h6m40s", "72h0m0s", "1 app servers REFUSE"} {
		if !strings.Contains(said, want) {
			t.Errorf("there is no %q in\n%s", want, said)
		}
	}
	var is clusterStatus
	if err := json.Unmarshal([]byte(askStatus(t, exitOK, "--nats", nats.URL, "--json")), &is); err != nil || len(is.Nodes) != 1 || is.Nodes[0].Partitions != len(m) ||
		is.Archive == nil || is.Archive.Seconds != 4000 || is.Archive.Partitions != 7 || is.Archive.Refused != 1 || len(is.Archive.Unknown) != 0 {
		t.Errorf("as JSON: %+v, %+v, %v", is, is.Archive, err)
	}
}

// sayLag says all the time how far the archive is, as app servers do.
func sayLag(t *testing.T, client *natsstore.Client, lag server.Lag) {
	t.Helper()
	b, err := json.Marshal(lag)
	if err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	go func() {
		for ctx.Err() == nil {
			_ = client.Bus().Publish(server.LagSubject, b) // the end of the test closes it
			time.Sleep(20 * time.Millisecond)
		}
	}()
}

// What app servers say is joined; who does not know counts as one that is silent.
func TestArchiveOf(t *testing.T) {
	apps := map[cluster.NodeID]string{"a": "app-a", "b": "app-b", "c": "app-c"}
	all := func(c server.Lag) []server.Lag {
		return []server.Lag{{Node: "a", Known: true, Seconds: 5, Partitions: 2, KeptSeconds: 60}, {Node: "b", Known: true, KeptSeconds: 60}, c}
	}
	for name, row := range map[string]struct {
		said []server.Lag
		want archiveStatus
	}{
		"nobody":           {nil, archiveStatus{Unknown: []string{"app-a", "app-b", "app-c"}}},
		"all":              {all(server.Lag{Node: "c", Known: true, Seconds: 40, Partitions: 3, Refused: true}), archiveStatus{Seconds: 40, KeptSeconds: 60, Partitions: 5, Refused: 1}},
		"one has no idea":  {all(server.Lag{Node: "c"}), archiveStatus{Seconds: 5, KeptSeconds: 60, Partitions: 2, Unknown: []string{"app-c"}}},
		"one says nothing": {all(server.Lag{})[:2], archiveStatus{Seconds: 5, KeptSeconds: 60, Partitions: 2, Unknown: []string{"app-c"}}},
	} {
		if got := *archiveOf(apps, row.said); !reflect.DeepEqual(got, row.want) {
			t.Errorf("%s: got %+v, want %+v", name, got, row.want)
		}
	}
}
