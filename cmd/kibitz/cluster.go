package main

import (
	"flag"
	"time"

	"kibitz/internal/server"
)

// clusterSettings adds the settings that make a server a node of a cluster.
func clusterSettings(flags *flag.FlagSet, c *server.Cluster) {
	flags.StringVar(&c.Role, "role", server.RoleAll, "what this `node` of a cluster does: gateway, app, worker, or all, which is app and worker")
	flags.StringVar(&c.NATS, "nats", "", "the `URLs` of some NATS servers, with commas between; empty: no cluster")
	flags.StringVar(&c.NATSSystem, "nats-system", "", "the same `URLs` with a user of the system account, where others may not ask how the servers sync")
	flags.BoolVar(&c.UnsafeJournal, "unsafe-journal", false, "take NATS servers that may lose what they acknowledged when the power goes")
	flags.IntVar(&c.Streams, "journal-streams", 0, "how many `streams` a new journal has, up to 16; 0: as many as the journal has, and 4 for a new one")
	flags.DurationVar(&c.Keep, "journal-keep", 72*time.Hour, "how `long` a new journal keeps records")
	flags.StringVar(&c.Memcached, "memcached", "", "the `addresses` of memcached servers as HOST:PORT, with commas between; empty: ask the database")
	flags.StringVar(&c.Name, "node-name", "", "the `name` of this node, which outlives the process; empty: the machine and the port")
	flags.StringVar(&c.Advertise, "advertise", "", "the `address` at which other nodes reach this one; empty: that of --listen")
	flags.StringVar(&c.Secret, "cluster-secret", "", "a `secret` with which gateways sign cookies, the same for all")
}
