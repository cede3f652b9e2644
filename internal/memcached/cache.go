// Package memcached keeps sessions in memcached: what was asked for lately, so
// that the database is not asked again. Nothing in it is the truth, and a
// server that is dead or slow costs milliseconds and nothing else.
package memcached

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/bradfitz/gomemcache/memcache"
)

// Config says which servers there are. All nodes must name them alike.
type Config struct {
	// Servers are named as host:port. Each key belongs to one of them.
	Servers []string
	// Timeout bounds a connection and an answer. Default: 25 ms.
	Timeout time.Duration
	// Pause is how long a server that has failed is left alone. Default: 1 s.
	Pause time.Duration
	// Idle is how many connections to each server are kept. Default: 32.
	Idle int
	// Prefix keeps what belongs to one cluster apart. Default: "kibitz:".
	Prefix string
	// Log hears of servers that fail and come back. Default: slog.Default.
	Log *slog.Logger
}

func (c Config) withDefaults() (Config, error) {
	if len(c.Servers) == 0 {
		return c, errors.New("memcached: no server is named")
	}
	for _, addr := range c.Servers {
		if host, port, err := net.SplitHostPort(addr); err != nil || host == "" || port == "" {
			return c, fmt.Errorf("memcached: server %q: write it as host:port", addr)
		}
	}
	if c.Timeout <= 0 {
		c.Timeout = 25 * time.Millisecond
	}
	if c.Pause <= 0 {
		c.Pause = time.Second
	}
	if c.Idle <= 0 {
		c.Idle = 32
	}
	if c.Prefix == "" {
		c.Prefix = "kibitz:"
	}
	if strings.ContainsFunc(c.Prefix, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return c, fmt.Errorf("memcached: prefix %q: use printable ASCII without spaces", c.Prefix)
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return c, nil
}

// Cache is memory on several servers. It is safe for concurrent use.
type Cache struct {
	cfg     Config
	servers []*server
	probes  sync.WaitGroup
	life    chan struct{}
	close   sync.Once
}

// New returns a cache, whether its servers answer or not. Close ends it.
func New(cfg Config) (*Cache, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	c := &Cache{cfg: cfg, life: make(chan struct{})}
	for _, addr := range cfg.Servers {
		c.servers = append(c.servers, newServer(cfg, addr))
	}
	for _, s := range c.servers {
		c.probes.Go(func() { s.watch(c.life) })
	}
	return c, nil
}

// Close ends what the cache does by itself. Its servers are asked no more.
func (c *Cache) Close() error {
	c.close.Do(func() {
		close(c.life)
		c.probes.Wait()
		for _, s := range c.servers {
			s.close()
		}
	})
	return nil
}

// ServerState is how one server does.
type ServerState struct {
	Addr string
	// Down servers have failed, and are not asked for a while.
	Down bool
	// Hits, Misses and Failures count since the start; a question that was not
	// asked because the server is down is a miss.
	Hits, Misses, Failures int64
}

// States returns how the servers do, in the order of the configuration.
func (c *Cache) States() []ServerState {
	all := make([]ServerState, len(c.servers))
	for i, s := range c.servers {
		all[i] = s.state()
	}
	return all
}

// of returns the server of a key.
func (c *Cache) of(key string) *server {
	best, most := c.servers[0], uint64(0)
	for _, s := range c.servers {
		if w := weight(s.addr, key); w >= most {
			best, most = s, w
		}
	}
	return best
}

// get returns what is kept under a key, nil when nothing is.
func (c *Cache) get(key string) (item *memcache.Item) {
	key = c.cfg.Prefix + key
	s := c.of(key)
	s.ask(func(m *memcache.Client) (err error) {
		item, err = m.Get(key)
		return err
	})
	s.count(item != nil)
	return item
}

// many returns what is kept under keys, with one question to each server.
func (c *Cache) many(keys []string) map[string][]byte {
	by := make(map[*server][]string)
	for _, key := range keys {
		key = c.cfg.Prefix + key
		by[c.of(key)] = append(by[c.of(key)], key)
	}
	got := make(map[string][]byte)
	for s, keys := range by {
		s.ask(func(m *memcache.Client) error {
			items, err := m.GetMulti(keys)
			for key, item := range items {
				got[strings.TrimPrefix(key, c.cfg.Prefix)] = item.Value
			}
			return err
		})
		for _, key := range keys {
			_, hit := got[strings.TrimPrefix(key, c.cfg.Prefix)]
			s.count(hit)
		}
	}
	return got
}

// set keeps a value for a while, in whole seconds, and reports whether it did.
func (c *Cache) set(key string, value []byte, life time.Duration) bool {
	item := c.item(key, value, life)
	return c.of(item.Key).ask(func(m *memcache.Client) error { return m.Set(item) })
}

// add does set unless there is something under the key.
func (c *Cache) add(key string, value []byte, life time.Duration) bool {
	item := c.item(key, value, life)
	return c.of(item.Key).ask(func(m *memcache.Client) error { return m.Add(item) })
}

// replace does set if what is under the key is still what get returned.
func (c *Cache) replace(got *memcache.Item, value []byte, life time.Duration) bool {
	next := *got
	next.Value, next.Expiration = value, seconds(life)
	return c.of(next.Key).ask(func(m *memcache.Client) error { return m.CompareAndSwap(&next) })
}

// remove drops what is under a key.
func (c *Cache) remove(key string) bool {
	key = c.cfg.Prefix + key
	return c.of(key).ask(func(m *memcache.Client) error { return m.Delete(key) })
}

func (c *Cache) item(key string, value []byte, life time.Duration) *memcache.Item {
	return &memcache.Item{Key: c.cfg.Prefix + key, Value: value, Expiration: seconds(life)}
}

func seconds(life time.Duration) int32 { return int32(max(1, life/time.Second)) }
