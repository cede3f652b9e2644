package server

import (
	"context"
	"crypto/subtle"
	"sync"
	"time"

	"kibitz/internal/account"
)

// presentFor is how long it is believed whether somebody is on another node,
// and maxPresent of how many that is remembered.
const (
	presentFor = 2 * time.Second
	maxPresent = 10_000
)

// presences remembers who is on other nodes. It is safe for concurrent use.
type presences struct {
	mu    sync.Mutex
	known map[account.ID]presence
}

type presence struct {
	there bool
	until time.Time
}

func (p *presences) of(user account.ID) (there, known bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	one, ok := p.known[user]
	return one.there, ok && time.Now().Before(one.until)
}

func (p *presences) note(user account.ID, there bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.known == nil || len(p.known) >= maxPresent {
		p.known = make(map[account.ID]presence)
	}
	p.known[user] = presence{there, time.Now().Add(presentFor)}
}

// present reports whether somebody is on another node, as of a moment ago.
func (n *appNode) present(user account.ID) bool {
	if n == nil {
		return false
	}
	if there, known := n.presences.of(user); known {
		return there
	}
	there := false
	n.eachOther(context.Background(), "present", []byte(user), func(answer []byte) { there = there || len(answer) > 0 })
	n.presences.note(user, there)
	return there
}

// presentHere tells another node whether somebody is here: by a word, or none.
func (n *appNode) presentHere(_ context.Context, user []byte) ([]byte, error) {
	if id := account.ID(user); n.server.edge.Here(id) || n.server.lichess.Present(id) {
		return []byte("here"), nil
	}
	return nil, nil
}

// firstElsewhere reports whether a code for the first admin is that of another
// node.
func (n *appNode) firstElsewhere(ctx context.Context, code string) bool {
	found := false
	n.eachOther(ctx, "first", []byte(code), func(answer []byte) { found = found || len(answer) > 0 })
	return found
}

// firstHere tells another node whether a code is this one's: by a word, or none.
func (n *appNode) firstHere(_ context.Context, code []byte) ([]byte, error) {
	if first := n.server.first; first != "" && subtle.ConstantTimeCompare(code, []byte(first)) == 1 {
		return []byte("yes"), nil
	}
	return nil, nil
}

// joined reports whether the node has found its cluster: from when it knows
// somebody who takes new tables, itself perhaps.
func (n *appNode) joined() bool {
	if n == nil || n.found.Load() {
		return true
	}
	if _, ok := n.keeper.Roomiest(); ok {
		n.found.Store(true)
	}
	return n.found.Load()
}
