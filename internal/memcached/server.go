package memcached

import (
	"errors"
	"hash/fnv"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/bradfitz/gomemcache/memcache"
)

// server is one of the servers, with a breaker: after failures in a row it is
// asked nothing until a probe in the background is answered.
type server struct {
	addr   string
	pause  time.Duration
	client *memcache.Client
	log    *slog.Logger
	// tripped holds one call to probe.
	tripped chan struct{}

	mu    sync.Mutex
	down  bool
	inRow int
	stats ServerState
}

// failuresInRow is how many failures make a server down. One may be a
// connection that the server has closed.
const failuresInRow = 2

func newServer(cfg Config, addr string) *server {
	s := &server{
		addr: addr, pause: cfg.Pause, log: cfg.Log, tripped: make(chan struct{}, 1), stats: ServerState{Addr: addr},
		client: memcache.NewFromSelector(only(addr)),
	}
	s.client.Timeout, s.client.MaxIdleConns = cfg.Timeout, cfg.Idle
	return s
}

// only selects one server, whose name is looked up at every connection.
type only string

func (o only) PickServer(string) (net.Addr, error) { return o, nil }
func (o only) Each(do func(net.Addr) error) error  { return do(o) }
func (o only) Network() string                     { return "tcp" }
func (o only) String() string                      { return string(o) }

// ask asks the server, unless it is down, and reports whether it did as asked.
func (s *server) ask(do func(*memcache.Client) error) bool {
	s.mu.Lock()
	down := s.down
	s.mu.Unlock()
	if down {
		return false
	}
	err := do(s.client)
	s.note(err)
	return err == nil
}

// note counts failures: an answer is none, whatever it says.
func (s *server) note(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil || answered(err) {
		s.inRow = 0
		return
	}
	s.stats.Failures++
	if s.inRow++; s.inRow < failuresInRow || s.down {
		return
	}
	s.down = true
	s.log.Warn("a memcached server is left alone", "server", s.addr, "err", err)
	select {
	case s.tripped <- struct{}{}:
	default:
	}
}

// answered reports whether an error is an answer of a server that works.
func answered(err error) bool {
	return errors.Is(err, memcache.ErrCacheMiss) || errors.Is(err, memcache.ErrNotStored) ||
		errors.Is(err, memcache.ErrCASConflict) || errors.Is(err, memcache.ErrMalformedKey)
}

// watch probes the server after it went down, until it is back, for as long as
// life lasts.
func (s *server) watch(life <-chan struct{}) {
	for {
		select {
		case <-s.tripped:
		case <-life:
			return
		}
		for down := true; down; {
			timer := time.NewTimer(s.pause)
			select {
			case <-timer.C:
			case <-life:
				timer.Stop()
				return
			}
			down = s.client.Ping() != nil
		}
		s.mu.Lock()
		s.down, s.inRow = false, 0
		s.mu.Unlock()
		s.log.Info("a memcached server is asked again", "server", s.addr)
	}
}

func (s *server) count(hit bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if hit {
		s.stats.Hits++
	} else {
		s.stats.Misses++
	}
}

func (s *server) state() ServerState {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.stats
	st.Down = s.down
	return st
}

// close makes the server one that is down for good.
func (s *server) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = true
	_ = s.client.Close()
}

// weight says how much a key belongs to a server; it belongs to the one with
// the largest weight (rendezvous hashing): of N servers, one more or less moves
// a share of 1/N of the keys.
func weight(addr, key string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(addr))
	_, _ = h.Write([]byte{0})
	_, _ = h.Write([]byte(key))
	x := h.Sum64() // FNV leaves similar keys similar: mix (MurmurHash3, fmix64)
	x = (x ^ x>>33) * 0xff51afd7ed558ccd
	x = (x ^ x>>33) * 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}
