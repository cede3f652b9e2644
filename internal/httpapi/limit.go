package httpapi

import (
	"fmt"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"kibitz/internal/account"
	"kibitz/internal/wire"
)

// The tables that one user may make.
const (
	tablesPerSecond = 0.5
	tablesAtOnce    = 20
)

// The attempts to get into accounts: of one address, and at one name. Whoever
// tries one name from everywhere keeps its owner from the password for a while,
// and not from a passkey.
const (
	doorsPerSecond = 0.5
	doorsAtOnce    = 30
	namesPerSecond = 0.1
	namesAtOnce    = 10
)

// All other requests of one address to the API, and the exports of one user.
const (
	requestsPerSecond = 60
	requestsAtOnce    = 600
	exportsPerSecond  = 1.0 / 60
	exportsAtOnce     = 3
)

// maxKeys bounds how many addresses or users a keyedLimit knows.
const maxKeys = 20_000

// limits are those of plain HTTP.
type limits struct {
	guests  *keyedLimit[netip.Prefix]
	tables  *keyedLimit[account.ID]
	doors   *keyedLimit[netip.Prefix]
	names   *keyedLimit[string]
	api     *keyedLimit[netip.Prefix]
	exports *keyedLimit[account.ID]
}

// keyedLimit is a rate for each key. When it knows too many keys it forgets
// some: a crowd can win somebody a fresh start, and never more memory.
type keyedLimit[K comparable] struct {
	each  rate.Limit
	burst int

	mu   sync.Mutex
	keys map[K]*rate.Limiter
}

func newKeyedLimit[K comparable](each rate.Limit, burst int) *keyedLimit[K] {
	return &keyedLimit[K]{each: each, burst: burst, keys: make(map[K]*rate.Limiter)}
}

// take counts one request of a key, or refuses it with wire.ErrTooFast.
func (k *keyedLimit[K]) take(key K, now time.Time) error {
	if k.each == rate.Inf {
		return nil
	}
	if wait := take(k.of(key), now); wait > 0 {
		return wire.RetryIn{Err: fmt.Errorf("%w: that was too often", wire.ErrTooFast), Wait: wait}
	}
	return nil
}

// take uses the limiter once, or returns how long to wait for that.
func take(l *rate.Limiter, now time.Time) time.Duration {
	r := l.ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait > 0 {
		r.CancelAt(now)
	}
	return wait
}

func (k *keyedLimit[K]) of(key K) *rate.Limiter {
	k.mu.Lock()
	defer k.mu.Unlock()
	l := k.keys[key]
	if l != nil {
		return l
	}
	for old := range k.keys {
		if len(k.keys) < maxKeys {
			break
		}
		delete(k.keys, old)
	}
	l = rate.NewLimiter(k.each, k.burst)
	k.keys[key] = l
	return l
}

// neighborhood is what counts as one address: an IPv4 address, or the /64 that
// one home or machine has of IPv6.
func neighborhood(a netip.Addr) netip.Prefix {
	bits := 32
	if a.Is6() {
		bits = 64
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return p
}
