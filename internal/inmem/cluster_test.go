package inmem_test

import (
	"testing"

	"kibitz/internal/cluster"
	"kibitz/internal/cluster/clustertest"
	"kibitz/internal/inmem"
)

func TestCluster(t *testing.T) {
	t.Run("bus", func(t *testing.T) {
		clustertest.Bus(t, func(*testing.T) [2]cluster.Bus {
			b := new(inmem.Bus)
			return [2]cluster.Bus{b, b}
		})
	})
	t.Run("leases", func(t *testing.T) {
		clustertest.Leases(t, func(*testing.T) cluster.Leases { return new(inmem.Leases) })
	})
	t.Run("running tables", func(t *testing.T) {
		clustertest.RunningTables(t, func(*testing.T) cluster.RunningTables { return new(inmem.RunningTables) })
	})
	t.Run("members", func(t *testing.T) {
		clustertest.Members(t, func(*testing.T) cluster.Members { return new(inmem.Members) })
	})
}
