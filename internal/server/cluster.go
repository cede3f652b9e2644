package server

import (
	"cmp"
	"fmt"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/natsstore"
	"kibitz/internal/table"
)

// RoleAll is every role in one process, which needs no gateway.
const RoleAll = "all"

// Cluster makes a server a node of a cluster. Without NATS it is alone.
type Cluster struct {
	// Role is gateway, app, worker or all, which is app and worker. Default: all.
	Role string
	// NATS names some of the NATS servers, with commas between. NATSSystem names
	// them with a user of their system account, where the account of NATS may
	// not ask how they sync.
	NATS, NATSSystem string
	// UnsafeJournal takes NATS servers that may lose what they acknowledged.
	UnsafeJournal bool
	// Streams is how many streams a new journal has, up to 16, and Keep how long
	// it keeps records. Defaults: 4, 72 h. They do not change a journal that is
	// there; other Streams than it has are refused.
	Streams int
	Keep    time.Duration
	// Memcached names the cache servers as host:port, with commas between.
	// Default: sessions are asked of the database.
	Memcached string
	// Name of the node, which outlives the process. Default: the name of the
	// machine and the port.
	Name string
	// Advertise is where other nodes reach this one, as host:port. Default:
	// Listen.
	Advertise string
	// Secret signs the routing cookies: the same for all gateways.
	Secret string
}

func (c Cluster) on() bool { return c.NATS != "" }

// gateway, app and worker report what the node does.
func (c Cluster) gateway() bool { return c.Role == string(cluster.Gateway) }
func (c Cluster) app() bool     { return c.Role == string(cluster.App) || c.Role == RoleAll }
func (c Cluster) worker() bool  { return c.Role == string(cluster.Worker) || c.Role == RoleAll }

// withDefaults checks the settings that make a node of a server.
func (c Cluster) withDefaults(server Config) (Cluster, error) {
	c.Role = cmp.Or(c.Role, RoleAll)
	roles := []string{RoleAll, string(cluster.Gateway), string(cluster.App), string(cluster.Worker)}
	if !slices.Contains(roles, c.Role) {
		return c, fmt.Errorf("%w: --role is gateway, app, worker or all, not %q", ErrConfig, c.Role)
	}
	if !c.on() {
		if c.Role != RoleAll || c.Memcached != "" {
			return c, fmt.Errorf("%w: --role and --memcached are for a cluster, which needs --nats", ErrConfig)
		}
		return c, nil
	}
	if err := c.checkJournal(); err != nil {
		return c, err
	}
	if !c.gateway() && !strings.HasPrefix(server.Database, "postgres") {
		return c, fmt.Errorf("%w: a cluster keeps accounts and finished games in PostgreSQL: give --database postgres://USER@HOST/NAME", ErrConfig)
	}
	if server.TLS.Domain != "" && c.Role != RoleAll && !c.gateway() {
		return c, fmt.Errorf("%w: gateways speak HTTPS for a cluster: give --domain to them, and to app servers --secure and --public-url", ErrConfig)
	}
	if c.gateway() && len(c.Secret) < minSecret {
		return c, fmt.Errorf("%w: a gateway signs cookies: give all gateways the same --cluster-secret of at least %d characters", ErrConfig, minSecret)
	}
	c.Advertise = cmp.Or(c.Advertise, server.Listen)
	if _, _, err := net.SplitHostPort(c.Advertise); err != nil {
		return c, fmt.Errorf("%w: --advertise is HOST:PORT, not %q", ErrConfig, c.Advertise)
	}
	if c.Name == "" {
		c.Name = defaultName(server.Listen)
	}
	return c, nil
}

// leastKeep is how long a journal keeps records at least: the archive must have
// them long before.
const leastKeep = time.Hour

func (c Cluster) checkJournal() error {
	if c.Streams < 0 || c.Streams > natsstore.MaxStreams {
		return fmt.Errorf("%w: --journal-streams is 1 to %d, not %d", ErrConfig, natsstore.MaxStreams, c.Streams)
	}
	if c.Keep != 0 && c.Keep < leastKeep {
		return fmt.Errorf("%w: --journal-keep is at least %v, not %v", ErrConfig, leastKeep, c.Keep)
	}
	return nil
}

// minSecret is how long a secret must be.
const minSecret = 16

// defaultName is the machine and the port.
func defaultName(listen string) string {
	host, err := os.Hostname()
	if err != nil {
		host = "node"
	}
	_, port, _ := net.SplitHostPort(listen)
	return host + "-" + port
}

// servers takes a list with commas apart.
func servers(list string) []string {
	var all []string
	for word := range strings.SplitSeq(list, ",") {
		if word = strings.TrimSpace(word); word != "" {
			all = append(all, word)
		}
	}
	return all
}

// lobbyTable is no table: whoever owns its partition has the lobby, too.
const lobbyTable table.ID = "00000000"

// moved is the partitions whose owner has changed.
type moved [table.Partitions]bool

func (m *moved) has(id table.ID) bool { return m[id.Partition()] }
