package server

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"kibitz/internal/loadgen"
	"kibitz/internal/table"
)

// clusterHome names the folder of the cluster of scripts/cluster.sh.
const clusterHome = "KIBITZ_CLUSTER_HOME"

// How many play while servers are killed, and for how long.
const (
	clusterGames = 24
	clusterDuels = 12
	clusterPoker = 6
	clusterTime  = 40 * time.Second
)

// clusterScript is a game that takes long to end.
var clusterScript = strings.Fields(`e2e4 e7e5 g1f3 b8c6 f1b5 a7a6 b5a4 g8f6 e1g1 f8e7 f1e1 b7b5 a4b3 d7d6 c2c3 e8g8 h2h3 c6a5 b3c2 c7c5 d2d4 d8c7
	b1d2 c8d7 d2f1 c5d4 c3d4 a8c8 f1e3 f8e8 b2b3 e5d4 f3d4 e7f8 c1b2 c7d8 d1d2 g7g6 a1d1 f8g7 d4e2 d7c6 e2g3 d8e7 f2f3 h7h5 d2f2 h5h4
	g3f1 f6h5 b2g7 g8g7 e3g4 h5f4 f1e3 f4e6 c2d3 a5b7 e3d5 e7d8 b3b4 a6a5 a2a3 a5b4 a3b4 c6d5 e4d5 e6f4 e1e8 d8e8 d3f1 c8c3 f2d4 f7f6
	d4f4 e8e3 g1h1 c3c1 d1c1 e3c1 f4d4 c1f4 d4b6 f4b4 b6b7 g7f8`)

// TestCluster plays chess and poker through the gateways of a cluster of real
// processes while app servers are killed and drained, and looks that nothing
// that was acknowledged is lost and nothing is there twice.
func TestCluster(t *testing.T) {
	home := os.Getenv(clusterHome)
	if home == "" {
		t.Skip("make test-cluster starts the cluster that it needs")
	}
	gateways, apps := strings.Fields(os.Getenv("KIBITZ_CLUSTER_GATEWAYS")), strings.Fields(os.Getenv("KIBITZ_CLUSTER_APPS"))
	awaitPartitions(t, apps)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var playing sync.WaitGroup
	var result loadgen.Result
	playing.Go(func() {
		var err error
		result, err = loadgen.Play(ctx, loadgen.Config{
			URL: "http://" + gateways[0], Games: clusterGames, Think: time.Second, Duration: clusterTime, Scripts: [][]string{clusterScript}, Control: "10+5",
		})
		if err != nil {
			t.Error(err)
		}
	})
	gamblers := pokerGuests(t, &playing, ctx, gateways)
	crashed, drained := duelsAt(t, gateways, apps[1]), duelsAt(t, gateways, apps[2])
	time.Sleep(5 * time.Second)

	kill(t, home, "app1", syscall.SIGKILL)
	at := time.Now()
	report(t, "kill -9 of an app server", at, crashed)
	again(t, home, "app1")
	time.Sleep(8 * time.Second) // it gets its share
	kill(t, home, "app2", syscall.SIGTERM)
	at = time.Now()
	report(t, "an app server that is drained", at, drained)
	again(t, home, "app2")

	playing.Wait()
	if !result.OK() || result.Moves == 0 {
		t.Errorf("the load saw %+v", result)
	}
	for _, d := range append(crashed, drained...) {
		d.stop()
	}
	for _, p := range gamblers {
		p.leave()
	}
	audit(t, append(crashed, drained...), gamblers)
}

// awaitPartitions returns when every app server has partitions for tables.
func awaitPartitions(t *testing.T, apps []string) {
	t.Helper()
	p := newClusterGuest(t, apps)
	deadline := time.Now().Add(time.Minute)
	for _, app := range apps {
		for {
			answer, err := p.post(app, "/api/v1/tables", `{"kind":"chess","control":"10+5","opponent":"friend","color":"white"}`)
			if err == nil && answer["table"] != nil {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s takes no table: %v", app, err)
			}
			time.Sleep(300 * time.Millisecond)
		}
	}
	time.Sleep(3 * time.Second) // partitions are evened out
}

// duel is two people who move as soon as they can.
type duel struct {
	two    [2]*clusterGuest
	table  table.ID
	stop   context.CancelFunc
	over   chan struct{}
	mu     sync.Mutex
	played []time.Time
}

// duelsAt begins games on one app server.
func duelsAt(t *testing.T, gateways []string, app string) []*duel {
	t.Helper()
	var all []*duel
	for range clusterDuels {
		d := &duel{two: [2]*clusterGuest{newClusterGuest(t, gateways), newClusterGuest(t, gateways)}, over: make(chan struct{})}
		answer, err := d.two[0].post(app, "/api/v1/tables", `{"kind":"chess","control":"10+5","opponent":"friend","color":"white"}`)
		if err != nil {
			t.Fatal(err)
		}
		d.table = table.ID(fmt.Sprint(answer["table"]))
		for _, p := range d.two {
			p.follow(string(d.table))
		}
		var ctx context.Context
		ctx, d.stop = context.WithCancel(t.Context())
		t.Cleanup(d.stop)
		go d.play(ctx)
		all = append(all, d)
	}
	return all
}

func (d *duel) play(ctx context.Context) {
	defer close(d.over)
	d.insist(ctx, d.two[1], "sit", `{"type":"sit"}`)
	for ply, uci := range clusterScript {
		d.insist(ctx, d.two[ply%2], fmt.Sprintf("m%d", ply), fmt.Sprintf(`{"type":"move","uci":%q}`, uci))
		if ctx.Err() != nil {
			return
		}
		d.mu.Lock()
		d.played = append(d.played, time.Now())
		d.mu.Unlock()
		pauseFor(ctx, 400*time.Millisecond)
	}
}

func pauseFor(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// insist sends an action until it is acknowledged.
func (d *duel) insist(ctx context.Context, p *clusterGuest, id, action string) {
	for turn := 0; ctx.Err() == nil; turn++ {
		if turn%20 == 0 {
			p.act(id, action)
		}
		if _, ok := p.acked(id); ok {
			return
		}
		pauseFor(ctx, 10*time.Millisecond)
	}
}

// since returns how long after a moment the next moves came that show that the
// game goes on: both players'.
func (d *duel) since(at time.Time) (time.Duration, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	i := slices.IndexFunc(d.played, func(p time.Time) bool { return p.After(at.Add(100 * time.Millisecond)) })
	if i < 0 {
		return 0, len(d.played) == len(clusterScript)
	}
	return d.played[i].Sub(at), true
}

// report waits until all duels go on, and prints how long that took.
func report(t *testing.T, what string, at time.Time, duels []*duel) {
	t.Helper()
	deadline := at.Add(30 * time.Second)
	var waits []time.Duration
	for _, d := range duels {
		for {
			if wait, ok := d.since(at); ok {
				waits = append(waits, wait)
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s: the game %s does not go on; its players were told %v and %v", what, d.table, d.two[0].codes, d.two[1].codes)
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	slices.Sort(waits)
	t.Logf("%s: the next move came after %v (p50) and %v (max) in %d games", what,
		waits[len(waits)/2].Round(time.Millisecond), waits[len(waits)-1].Round(time.Millisecond), len(waits))
}

// pokerGuests are people at one table of poker, who do what they may.
func pokerGuests(t *testing.T, playing *sync.WaitGroup, ctx context.Context, gateways []string) []*clusterGuest {
	t.Helper()
	var all []*clusterGuest
	var at string
	for i := range clusterPoker {
		p := newClusterGuest(t, gateways)
		if _, err := p.post(p.gateway(), "/api/v1/chips/daily", "{}"); err != nil {
			t.Log("no daily chips:", err)
		}
		if i%2 == 0 {
			answer, err := p.post(p.gateway(), "/api/v1/poker/quick", `{"preset":"nl2"}`)
			if err != nil {
				t.Fatal(err)
			}
			at = fmt.Sprint(answer["table"])
		}
		p.follow(at)
		playing.Go(func() { p.gamble(ctx) })
		all = append(all, p)
	}
	return all
}

// gamble sits down, and then tries one action after the other.
func (p *clusterGuest) gamble(ctx context.Context) {
	until := time.Now().Add(clusterTime)
	for n := 0; time.Now().Before(until) && ctx.Err() == nil; n++ {
		typ := []string{"sit", "check", "call", "fold"}[n%4]
		p.act(fmt.Sprintf("%s%d", typ, n), fmt.Sprintf(`{"type":%q}`, typ))
		pauseFor(ctx, 150*time.Millisecond)
	}
}

// kill sends a signal to a process of the cluster.
func kill(t *testing.T, home, name string, sig syscall.Signal) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(home, name+".pid"))
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, sig); err != nil {
		t.Fatal(err)
	}
}

// again starts a process of the cluster once more, when it has ended.
func again(t *testing.T, home, name string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(home, name+".pid"))
	if err != nil {
		t.Fatal(err)
	}
	pid, _ := strconv.Atoi(strings.TrimSpace(string(b)))
	for end := time.Now().Add(30 * time.Second); syscall.Kill(pid, 0) == nil && time.Now().Before(end); {
		time.Sleep(50 * time.Millisecond)
	}
	line, err := os.ReadFile(filepath.Join(home, name+".cmd"))
	if err != nil {
		t.Fatal(err)
	}
	log, err := os.OpenFile(filepath.Join(home, name+".log"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = log.Close() }()
	cmd := exec.Command("bash", "-c", "exec "+string(line))
	cmd.Dir, cmd.Stdout, cmd.Stderr = "../..", log, log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, name+".pid"), []byte(strconv.Itoa(cmd.Process.Pid)), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
}

// audit looks for every acknowledged action in the journal, once, and compares
// journal and archive.
func audit(t *testing.T, duels []*duel, gamblers []*clusterGuest) {
	t.Helper()
	cfg := Config{Database: os.Getenv("KIBITZ_CLUSTER_DATABASE"), Cluster: Cluster{NATS: os.Getenv("KIBITZ_CLUSTER_NATS")}, Log: slog.New(slog.DiscardHandler)}
	full, err := cfg.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	s, err := openStores(full, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.close() }()
	acts := 0
	look := func(id table.ID, people ...*clusterGuest) {
		records, err := s.journal.Read(t.Context(), id, 0)
		if err != nil {
			t.Errorf("%s: %v", id, err)
			return
		}
		acts += sought(t, id, records, people)
	}
	for _, d := range duels {
		<-d.over
		look(d.table, d.two[:]...)
	}
	chess := acts
	for _, p := range gamblers {
		look(table.ID(p.table), p)
	}
	if acts == chess {
		t.Errorf("nobody did anything at poker; the first was told %v", gamblers[0].codes)
	}
	t.Logf("%d acknowledged actions of chess and %d of poker are in the journal", chess, acts-chess)
	compare(t, cfg)
}

// sought reports acknowledged actions that are not in the records, and actions
// that are there twice.
func sought(t *testing.T, id table.ID, records []table.Record, people []*clusterGuest) int {
	t.Helper()
	type name struct {
		actor, action string
	}
	last := make(map[name]table.Seq)
	ids := make(map[string]bool)
	for _, r := range records {
		if r.Action == "" {
			continue
		}
		n := name{string(r.Actor), string(r.Action)}
		if seq, ok := last[n]; ok && seq != r.Seq-1 {
			t.Errorf("%s: the action %s is there at %d and again at %d", id, r.Action, seq, r.Seq)
		}
		last[n] = r.Seq
		ids[n.action] = true
	}
	found := 0
	for _, p := range people {
		for ack := range p.acks {
			if !ids[ack] {
				t.Errorf("%s: the action %s was acknowledged, and is not in the journal", id, ack)
			}
			found++
		}
	}
	return found
}

// compare waits for the workers, and then compares journal, archive, ratings
// and ledger.
func compare(t *testing.T, cfg Config) {
	t.Helper()
	deadline := time.Now().Add(time.Minute)
	for {
		var out strings.Builder
		found, err := Check(t.Context(), cfg, &out)
		if err == nil && found.Differences == 0 && found.Pending == 0 {
			t.Logf("check: %d games, %d tables, %d chips at tables, no difference", found.Games, found.Tables, found.Chips)
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("Check() = %+v, %v\n%s", found, err, out.String())
		}
		time.Sleep(2 * time.Second)
	}
}
