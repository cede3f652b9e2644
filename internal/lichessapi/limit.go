package lichessapi

import (
	"net/http"
	"net/netip"
	"sync"
	"time"

	"kibitz/internal/account"
)

// The limits, as so many at once and then one in so long. Who goes over one is
// told to wait with a 429.
var (
	requestsOfAddress = pace{1000, time.Second / 100}
	challengesOfUser  = pace{20, 2 * time.Second}
	exportsOfAddress  = pace{60, time.Second}
	tokensOfAddress   = pace{30, 2 * time.Second}
	importsOfUser     = pace{20, 18 * time.Second}
	openOfAddress     = pace{10, 30 * time.Second}
)

// pace is a rate: burst at once, and one more in every.
type pace struct {
	burst int
	every time.Duration
}

// maxKeys bounds how many addresses or users are remembered.
const maxKeys = 20_000

// limits are the paces of addresses and users. It is safe for concurrent use.
type limits struct {
	off bool

	mu   sync.Mutex
	full map[limitKey]time.Time
}

type limitKey struct {
	pace *pace
	addr netip.Prefix
	user account.ID
}

func newLimits(off bool) *limits { return &limits{off: off, full: make(map[limitKey]time.Time)} }

// address counts one request of an address, or refuses it.
func (l *limits) address(p *pace, a netip.Addr, now time.Time) error {
	bits := 32
	if a.Is6() {
		bits = 64 // what one home or machine has of IPv6
	}
	prefix, err := a.Prefix(bits)
	if err != nil {
		prefix = netip.Prefix{}
	}
	return l.take(limitKey{pace: p, addr: prefix}, now)
}

// user counts one request of a user, or refuses it.
func (l *limits) user(p *pace, id account.ID, now time.Time) error {
	return l.take(limitKey{pace: p, user: id}, now)
}

// take counts one. For each key it is kept when its bucket is full again; who
// is forgotten for too many keys begins with a full one.
func (l *limits) take(key limitKey, now time.Time) error {
	if l.off {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	full := l.full[key]
	if full.Before(now) {
		full = now
	}
	next := full.Add(key.pace.every)
	if wait := next.Sub(now) - time.Duration(key.pace.burst)*key.pace.every; wait > 0 {
		return &refusal{
			status: http.StatusTooManyRequests, retry: max(wait, time.Second),
			text: "Too many requests. Please wait a moment, then try again",
		}
	}
	for old, at := range l.full {
		if len(l.full) < maxKeys {
			break
		}
		if at.Before(now) || len(l.full) >= maxKeys {
			delete(l.full, old)
		}
	}
	l.full[key] = next
	return nil
}
