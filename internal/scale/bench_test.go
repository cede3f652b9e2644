package scale

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"kibitz/internal/cluster"
)

// crowd is a roll of many nodes, which own what there is.
func crowd(nodes int) (*cluster.Roll, cluster.Map, []cluster.Node) {
	roll := cluster.NewRoll("n0000", 3*time.Second, 8*time.Second)
	var all []cluster.Node
	for n := range nodes {
		name := fmt.Sprintf("n%04d", n)
		one := cluster.Node{ID: cluster.NodeID(name), Name: name, Role: cluster.App, Addr: "10.0.0.1:8080", Started: epoch, Tables: 1000, Sockets: 2000, MaxTables: 20_000, MaxSockets: 20_000, Busy: 0.4}
		roll.Beat(one, epoch)
		all = append(all, one)
	}
	m := cluster.NewMap()
	for _, move := range cluster.Plan(&m, all) {
		m[move.Partition].Owner = move.To
	}
	return roll, m, all
}

var crowds = []int{3, 100, 1000}

// BenchmarkHear is what a node pays for one beat of another: every node hears
// all, once a second each.
func BenchmarkHear(b *testing.B) {
	for _, nodes := range crowds {
		roll, _, all := crowd(nodes)
		said, err := json.Marshal(all[nodes/2])
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprint("nodes=", nodes), func(b *testing.B) {
			for b.Loop() {
				var n cluster.Node
				if err := json.Unmarshal(said, &n); err != nil {
					b.Fatal(err)
				}
				roll.Beat(n, epoch)
				roll.Prune(epoch, time.Hour)
			}
			b.ReportMetric(float64(len(said)), "bytes")
		})
	}
}

// BenchmarkLook is what a node pays to see what it should do, twice a second and
// after every change.
func BenchmarkLook(b *testing.B) {
	for _, nodes := range crowds {
		roll, m, _ := crowd(nodes)
		b.Run(fmt.Sprint("nodes=", nodes), func(b *testing.B) {
			for b.Loop() {
				cluster.Plan(&m, roll.Alive(epoch))
			}
		})
	}
}

// BenchmarkAlive is what a gateway pays, for every request, to know whom it may
// send it to.
func BenchmarkAlive(b *testing.B) {
	for _, nodes := range crowds {
		roll, _, _ := crowd(nodes)
		b.Run(fmt.Sprint("nodes=", nodes), func(b *testing.B) {
			for b.Loop() {
				roll.Alive(epoch)
			}
		})
	}
}
