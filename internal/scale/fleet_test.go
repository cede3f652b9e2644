package scale

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"kibitz/internal/table"
)

// runs is how many faults are simulated of each kind.
const runs = 60

// outages repeats a fault with other seeds, and puts together what came of it.
func outages(f Fleet, fault func(Fleet) Outage, runs int) (all Outage) {
	for seed := range runs {
		f.Seed = uint64(seed)
		o := fault(f)
		all.Moved = max(all.Moved, o.Moved)
		all.Share = max(all.Share, o.Share)
		all.Unserved += o.Unserved
		all.Served = append(all.Served, o.Served...)
		all.Paused = append(all.Paused, o.Paused...)
		all.Next = append(all.Next, o.Next...)
	}
	slices.Sort(all.Served)
	slices.Sort(all.Paused)
	slices.Sort(all.Next)
	return all
}

// part returns what a share of sorted times is not over.
func part(times []time.Duration, share float64) time.Duration {
	if len(times) == 0 {
		return 0
	}
	return times[int(share*float64(len(times)-1))]
}

func (o Outage) String() string {
	ms := func(d time.Duration) time.Duration { return d.Round(10 * time.Millisecond) }
	return fmt.Sprintf("%d partitions at most, served again after %v (p50) to %v (max), nobody's for %v (p50) to %v (max); the next move after %v (p50), %v (max); a node has %d at most",
		o.Moved, ms(part(o.Served, 0.5)), ms(part(o.Served, 1)), ms(part(o.Paused, 0.5)), ms(part(o.Paused, 1)), ms(part(o.Next, 0.5)), ms(part(o.Next, 1)), o.Share)
}

func kill(n int) func(Fleet) Outage { return func(f Fleet) Outage { return f.Kill(n) } }

// The simulation of three app servers gives what was measured of three: docs/
// decisions/0012 and docs/scale.md have the measured figures, of a dozen games
// each. The bounds are those of several runs.
func TestSmallClusterIsAsMeasured(t *testing.T) {
	small := Fleet{Nodes: 3, Tables: 50, Read: 40, Times: DefaultTimes(2)}
	rows := []struct {
		name     string
		fault    func(Fleet) Outage
		moved    int
		p50, max [2]time.Duration // of the next move, from and to
	}{
		{"kill -9", kill(1), 86, [2]time.Duration{2300 * time.Millisecond, 3100 * time.Millisecond}, [2]time.Duration{2500 * time.Millisecond, 4 * time.Second}},
		{"drained", Fleet.Drain, 86, [2]time.Duration{250 * time.Millisecond, 500 * time.Millisecond}, [2]time.Duration{350 * time.Millisecond, time.Second}},
	}
	for _, row := range rows {
		got := outages(small, row.fault, runs)
		t.Logf("3 app servers, %s: %v", row.name, got)
		if p50 := part(got.Next, 0.5); p50 < row.p50[0] || p50 > row.p50[1] {
			t.Errorf("%s: the next move after %v (p50), and it was measured to come after %v to %v", row.name, p50, row.p50[0], row.p50[1])
		}
		if most := part(got.Next, 1); most < row.max[0] || most > row.max[1] {
			t.Errorf("%s: the next move after %v (max), want %v to %v", row.name, most, row.max[0], row.max[1])
		}
		if got.Moved != row.moved || got.Unserved != 0 || len(got.Served) < runs*85 {
			t.Errorf("%s: got %d partitions moved, %d left and %d served in all", row.name, got.Moved, got.Unserved, len(got.Served))
		}
	}
}

// fleetRuns has large clusters simulated so often, and the slowest of them at
// all. Default: once.
const fleetRuns = "KIBITZ_SCALE_RUNS"

// The same, of clusters for a million games, and of a thousand app servers. With
// 256 partitions that is the reading of 3,906 games a partition.
func TestLargeClusters(t *testing.T) {
	asked := os.Getenv(fleetRuns)
	times, err := strconv.Atoi(cmp.Or(asked, "1"))
	if err != nil || times < 1 {
		t.Fatalf("%s: %q is no number of runs", fleetRuns, asked)
	}
	detect := 3500 * time.Millisecond // the silence, and the next look
	for _, row := range []struct {
		name  string
		nodes int
		fault func(Fleet) Outage
		most  time.Duration // until everything is served again
		slow  bool          // only when asked for
	}{
		{"one is killed", 101, kill(1), detect + 11*time.Second, false},
		{"ten are killed at once", 101, kill(10), detect + 26*time.Second, false},
		{"one is drained", 101, Fleet.Drain, 12 * time.Second, false},
		{"one joins", 101, Fleet.Join, 14 * time.Second, false},
		{"one is killed", 1000, kill(1), detect + 11*time.Second, false},
		{"a hundred are killed at once", 1000, kill(100), detect + 90*time.Second, true},
		{"one is drained", 1000, Fleet.Drain, 12 * time.Second, true},
	} {
		if row.slow && asked == "" {
			continue
		}
		f := Fleet{Nodes: row.nodes, Tables: 1_000_000, Read: 40, Times: DefaultTimes(12)}
		got := outages(f, row.fault, times)
		idle, over := Spread(table.Partitions, row.nodes)
		t.Logf("%d app servers, a million games, %s: %v; %d have none, and the fullest %.0f %% more than the average", row.nodes, row.name, got, idle, 100*over)
		if got.Unserved != 0 || len(got.Served) == 0 || part(got.Served, 1) > row.most {
			t.Errorf("%d app servers, %s: %d partitions are not served, and %d others after %v, want %v at most",
				row.nodes, row.name, got.Unserved, len(got.Served), part(got.Served, 1), row.most)
		}
	}
}

// The same seed gives the same.
func TestSimulationRepeats(t *testing.T) {
	f := Fleet{Nodes: 12, Tables: 1000, Read: 40, Seed: 7, Times: DefaultTimes(2)}
	if one, two := fmt.Sprint(f.Kill(3)), fmt.Sprint(f.Kill(3)); one != two {
		t.Errorf("got %v and then %v", one, two)
	}
}
