package natsstore_test

import (
	"fmt"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"kibitz/internal/cluster"
	"kibitz/internal/cluster/clustertest"
	"kibitz/internal/natsstore/natstest"
)

// dropBucket takes away the bucket of an earlier test.
func dropBucket(tb testing.TB, url, name string) {
	tb.Helper()
	nc, err := nats.Connect(url)
	if err != nil {
		tb.Fatal(err)
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		tb.Fatal(err)
	}
	_ = js.DeleteKeyValue(tb.Context(), name) // there is none at first
}

// TestCluster runs the contracts on one server, and on three.
func TestCluster(t *testing.T) {
	t.Parallel() // most of it is waiting
	for _, servers := range []int{1, 3} {
		t.Run(fmt.Sprintf("%d servers", servers), func(t *testing.T) {
			c := natstest.Start(t, natstest.Options{Servers: servers})
			t.Run("bus", func(t *testing.T) {
				clustertest.Bus(t, func(t *testing.T) [2]cluster.Bus {
					return [2]cluster.Bus{mustConnect(t, c.URL).Bus(), mustConnect(t, c.URL).Bus()}
				})
			})
			t.Run("leases", func(t *testing.T) {
				clustertest.Leases(t, func(t *testing.T) cluster.Leases {
					dropBucket(t, c.URL, "kibitz_leases")
					return must(mustConnect(t, c.URL).OpenLeases(t.Context()))(t)
				})
			})
			t.Run("members", func(t *testing.T) {
				clustertest.Members(t, func(t *testing.T) cluster.Members {
					dropBucket(t, c.URL, "kibitz_members")
					return must(mustConnect(t, c.URL).OpenMembers(t.Context()))(t)
				})
			})
		})
	}
}

// must ends the test when something could not be opened.
func must[P any](p P, err error) func(testing.TB) P {
	return func(tb testing.TB) P {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
		return p
	}
}
