package account

import (
	"io"
	"sync"
	"time"
)

// What tickets may do. One of a kind is worth nothing for another.
const (
	TicketTOTP     = "totp"
	TicketPasskey  = "passkey"
	TicketRegister = "register"
)

// The bounds of tickets: how long and how often one is good, and how many
// there are; a crowd can make people start again, and not take memory.
const (
	ticketLife  = 5 * time.Minute
	ticketTries = 5
	maxTickets  = 20_000
)

// Ticket is a sign-in that was begun and waits for its second half.
type Ticket struct {
	Kind string
	// User is whose it is; empty when that is not known yet.
	User ID
	// State is what the second half needs, such as a challenge.
	State []byte

	expires time.Time
	tries   int
}

// Tickets keeps tickets, in memory: with a process that ends, people start
// their sign-in again. It is safe for concurrent use.
type Tickets struct {
	mu  sync.Mutex
	all map[TokenHash]*Ticket
}

// Issue keeps a ticket and returns its token.
func (t *Tickets) Issue(k Ticket, random io.Reader, now time.Time) (string, error) {
	token, hash, err := NewToken(random)
	if err != nil {
		return "", err
	}
	k.expires, k.tries = now.Add(ticketLife), ticketTries
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.all == nil {
		t.all = make(map[TokenHash]*Ticket)
	}
	t.clear(now)
	t.all[hash] = &k
	return token, nil
}

// clear makes room: what has expired goes first.
func (t *Tickets) clear(now time.Time) {
	if len(t.all) < maxTickets {
		return
	}
	for hash, k := range t.all {
		if now.After(k.expires) {
			delete(t.all, hash)
		}
	}
	for hash := range t.all {
		if len(t.all) < maxTickets {
			return
		}
		delete(t.all, hash)
	}
}

// Try returns the ticket of a token and counts a try, or ErrWrong.
func (t *Tickets) Try(token, kind string, now time.Time) (Ticket, error) {
	hash, err := HashToken(token)
	if err != nil {
		return Ticket{}, ErrWrong
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	k := t.all[hash]
	if k == nil || k.Kind != kind || now.After(k.expires) {
		return Ticket{}, ErrWrong
	}
	if k.tries--; k.tries == 0 {
		delete(t.all, hash)
	}
	return *k, nil
}

// Take is Try for a ticket that is good once.
func (t *Tickets) Take(token, kind string, now time.Time) (Ticket, error) {
	k, err := t.Try(token, kind, now)
	if err == nil {
		t.Void(token)
	}
	return k, err
}

// Void ends a ticket, such as one that was used.
func (t *Tickets) Void(token string) {
	hash, err := HashToken(token)
	if err != nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.all, hash)
}
