package faults

import (
	"slices"
	"syscall"
	"time"
)

// everything is all processes in the order of an upgrade.
var everything = []string{
	"nats0", "nats1", "nats2", "memcached0", "memcached1", "postgres0", "worker0", "worker1", "app0", "app1", "app2", "gateway0", "gateway1",
}

// upgrade ends one process after the other in good order and starts it again,
// and prints the longest pause. What nobody but a person at a keyboard could
// try again counts as an error.
func (c *crowd) upgrade(w *town, people *rivals) {
	before := c.told(people)
	var all pauses
	for _, name := range everything {
		people.through(w, func() {
			at := time.Now()
			hit := c.of(w, name)
			w.signal(name, ending(name))
			w.start(name)
			waits := goOn(w, at, hit)
			w.t.Logf("%-20s %-10s %v (aim: under 1 s)", "restarted", name, waits)
			all = append(all, waits...)
			c.settle(w)
		})
	}
	slices.Sort(all)
	w.t.Logf("all processes were restarted: %v (aim: under 1 s)", all)
	for code, n := range c.told(people) {
		if n -= before[code]; n > 0 && !patient[code] {
			w.t.Errorf("players were told %q %d times", code, n)
		} else if n > 0 {
			w.t.Logf("players were told to try again %d times (%q)", n, code)
		}
	}
}

// ending is the signal that ends a process in good order. PostgreSQL waits for
// all its clients to leave after SIGTERM.
func ending(name string) syscall.Signal {
	if name == "postgres0" {
		return syscall.SIGINT
	}
	return syscall.SIGTERM
}

// told adds up what all players were told.
func (c *crowd) told(people *rivals) map[string]int {
	all := make(map[string]int)
	for _, d := range append(people.all(), c.duels...) {
		for _, p := range d.two {
			for code, n := range p.told() {
				all[code] += n
			}
		}
	}
	return all
}
