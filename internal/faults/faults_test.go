package faults

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"kibitz/internal/loadgen"
)

// How many play while parts of the cluster fail.
const (
	duelists  = 6
	rivalry   = 3
	loadGames = 16
	storms    = 2
)

// gambling is how many sit at each private table of poker.
var gambling = [...]int{3, 3, 4}

// TestFaults plays chess and poker through the gateways of a cluster of real
// processes while every part of it fails, in turn and then several at once, and
// while all of it is upgraded; and looks that nothing that was acknowledged is
// lost or there twice.
//
// KIBITZ_FAULTS_SEED repeats the order and the victims of another run, and
// KIBITZ_FAULTS_TIME has parts fail at random for so long besides.
func TestFaults(t *testing.T) {
	if os.Getenv("KIBITZ_FAULTS") == "" {
		t.Skip("it breaks a cluster, for minutes: make test-cluster does")
	}
	seed := uint64(time.Now().UnixNano())
	if n, err := strconv.ParseUint(os.Getenv("KIBITZ_FAULTS_SEED"), 10, 64); err == nil {
		seed = n
	}
	t.Logf("KIBITZ_FAULTS_SEED=%d", seed)
	w := found(t)
	t.Logf("logs are in %s", w.home)
	w.calm()
	c := &crowd{duels: duels(w, duelists), rng: rand.New(rand.NewPCG(seed, 0))}
	people := compete(w, rivalry)
	poker := gamble(w, seed, gambling[:]...)

	c.underLoad(w, "faults", false, func() {
		for _, f := range faults {
			w.run(f.String(), func() { people.through(w, func() { c.suffer(w, f) }) })
		}
		for range storms {
			w.run("storm", func() { people.through(w, func() { c.storm(w) }) })
		}
		long, _ := time.ParseDuration(os.Getenv("KIBITZ_FAULTS_TIME"))
		for end := time.Now().Add(long); time.Now().Before(end) && !t.Failed(); {
			w.run("storm", func() { people.through(w, func() { c.storm(w) }) })
		}
	})
	c.underLoad(w, "upgrade", true, func() { w.run("upgrade", func() { c.upgrade(w, people) }) })

	w.run("audit", func() {
		games := poker.games()
		for _, d := range c.duels {
			d.stop()
		}
		for _, d := range c.duels {
			<-d.over
			games = append(games, d.games...)
		}
		w.audit(append(games, people.finish()...))
		w.t.Logf("poker: %v", &poker.deeds)
		people.judge(w)
	})
}

// run does something as a test of its own.
func (w *town) run(name string, do func()) {
	whole := w.t
	defer func() { w.t = whole }()
	if whole.Failed() {
		return // what comes after a failure means little
	}
	whole.Run(name, func(t *testing.T) {
		w.t = t
		do()
	})
}

// underLoad does something while kibitz bench plays, and then looks at what that
// found. Smooth means that no client may see an error.
func (c *crowd) underLoad(w *town, name string, smooth bool, do func()) {
	t := w.t
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	begun := make(chan struct{})
	var playing sync.WaitGroup
	playing.Go(func() {
		once := sync.OnceFunc(func() { close(begun) })
		defer once()
		result, err := loadgen.Play(ctx, loadgen.Config{
			URL: "http://" + balance(t, w.gateways), Games: loadGames, Think: time.Second, Duration: 24 * time.Hour, Scripts: [][]string{script},
			Control: "10+5", Progress: progress{once, t},
		})
		idle := result.Moves == 0 && result.Seconds > 10 // it is not when most tests were left out
		if err != nil || !result.OK() || idle || smooth && result.Errors > 0 {
			t.Errorf("%s: the load: %v: %+v", name, err, result)
			return
		}
		t.Logf("%s: the load: %d moves, 0 lost, 0 doubled, 0 ms charged, %d resumes, longest %.0f ms, errors %v", name, result.Moves, result.Resumes, result.Max, result.ByKind)
	})
	<-begun
	do()
	cancel()
	playing.Wait()
}

// progress is told what a load does, and what it finds.
type progress struct {
	begun func()
	t     *testing.T
}

func (p progress) Write(line []byte) (int, error) {
	if bytes.Contains(line, []byte("games have begun")) {
		p.begun()
	}
	p.t.Logf("%s the load: %s", time.Now().UTC().Format(time.TimeOnly), bytes.TrimSpace(line))
	return len(line), nil
}
