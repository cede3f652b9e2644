package server

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/cluster"
	"kibitz/internal/game"
	"kibitz/internal/host"
	lines "kibitz/internal/relay"
	"kibitz/internal/table"
)

// tables are those of the whole cluster: what is about all of them is asked of
// every node. Where the server is alone, they are the host's.
type tables struct {
	*host.Host
	node *appNode
}

// askTime bounds how long a list waits for other nodes; it is then without what
// they have.
const askTime = time.Second

// createTime bounds the making of a table on another node.
const createTime = 5 * time.Second

// Create makes a table here, or where partitions are, if this node has none.
func (t tables) Create(ctx context.Context, s table.Setup) (table.ID, error) {
	if err := t.node.here(s); err != nil {
		return "", err
	}
	if t.node == nil || t.Owned() > 0 && !t.node.draining.Load() {
		return t.Host.Create(ctx, s)
	}
	return t.createAway(ctx, s)
}

// createAway makes a table on the node with most room.
func (t tables) createAway(ctx context.Context, s table.Setup) (table.ID, error) {
	best, ok := t.node.keeper.Roomiest()
	if !ok {
		return "", fmt.Errorf("%w: no server takes new tables at the moment", host.ErrBusy)
	}
	if best.ID == t.node.self.ID {
		return t.Host.Create(ctx, s)
	}
	q, err := json.Marshal(s)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, createTime)
	defer cancel()
	answer, err := t.node.relay.Ask(ctx, best.ID, "create", q)
	if err != nil {
		return "", fmt.Errorf("create on %s: %w", best.Name, understood(err))
	}
	return table.ParseID(string(answer))
}

// spread makes every table on the node with most room, for the lobby, which is
// on one.
type spread struct{ tables }

// Create implements lobby.Tables.
func (s spread) Create(ctx context.Context, setup table.Setup) (table.ID, error) {
	if err := s.node.here(setup); err != nil {
		return "", err
	}
	if s.node == nil {
		return s.Host.Create(ctx, setup)
	}
	return s.createAway(ctx, setup)
}

// refusals are those that mean the same on every node. Of two that an error
// wraps the first counts.
var refusals = []error{
	table.ErrSetup, game.ErrMalformed, host.ErrBusy, game.ErrTurn, game.ErrIllegal, table.ErrOver, table.ErrSeat, table.ErrTaken,
	table.ErrNotAllowed, table.ErrUnknownTable,
}

// farRefusal is one of the refusals, in the words of another node.
type farRefusal struct {
	kind error
	text string
}

func (r *farRefusal) Error() string { return r.text }
func (r *farRefusal) Unwrap() error { return r.kind }

// understood is what a refusal of another node means here.
func understood(err error) error {
	var r lines.Refusal
	if !errors.As(err, &r) {
		return fmt.Errorf("%w: %w", host.ErrBusy, err)
	}
	var wrapped struct {
		Kind int    `json:"kind"`
		Text string `json:"text"`
	}
	if json.Unmarshal([]byte(r), &wrapped) != nil || wrapped.Kind < 0 || wrapped.Kind >= len(refusals) {
		return fmt.Errorf("%w: %s", host.ErrInternal, r)
	}
	return &farRefusal{refusals[wrapped.Kind], wrapped.Text}
}

// told is a refusal as another node understands it.
func told(err error) error {
	for i, known := range refusals {
		if errors.Is(err, known) {
			return lines.Refusal(fmt.Sprintf(`{"kind":%d,"text":%q}`, i, err.Error()))
		}
	}
	return err
}

// Running implements httpapi.Host.
func (t tables) Running(ctx context.Context, user account.ID) []host.Summary {
	all := t.Host.Running(ctx, user)
	for _, at := range t.node.askAll(ctx, "running", []byte(user)) {
		if s, err := t.Summary(ctx, at.Table, user); err == nil {
			all = append(all, s)
		}
	}
	return all
}

// Watchable implements httpapi.Host.
func (t tables) Watchable(ctx context.Context, most int) []host.Summary {
	all := t.Host.Watchable(ctx, most)
	if t.node == nil {
		return all
	}
	all = append(all, t.node.watched.get(func() []host.Summary { return t.watchedElsewhere(ctx, most) })...)
	slices.SortStableFunc(all, func(a, b host.Summary) int { return cmp.Compare(b.Watchers, a.Watchers) })
	return all[:min(most, len(all))]
}

func (t tables) watchedElsewhere(ctx context.Context, most int) []host.Summary {
	there := t.node.askAll(ctx, "watched", nil)
	slices.SortStableFunc(there, func(a, b host.At) int { return cmp.Compare(b.Watchers, a.Watchers) })
	var all []host.Summary
	for _, at := range there[:min(most, len(there))] {
		if s, err := t.Summary(ctx, at.Table, ""); err == nil {
			s.Watchers = at.Watchers
			all = append(all, s)
		}
	}
	return all
}

// watched is a list that everybody asks for, found anew every so often.
type watched struct {
	mu   sync.Mutex
	at   time.Time
	list []host.Summary
}

func (w *watched) get(find func() []host.Summary) []host.Summary {
	w.mu.Lock()
	defer w.mu.Unlock()
	if time.Since(w.at) > 2*time.Second {
		w.list, w.at = find(), time.Now()
	}
	return slices.Clone(w.list)
}

// askAll asks all other app servers for tables.
func (n *appNode) askAll(ctx context.Context, what string, question []byte) []host.At {
	var all []host.At
	n.eachOther(ctx, what, question, func(answer []byte) {
		var some []host.At
		if json.Unmarshal(answer, &some) == nil {
			all = append(all, some...)
		}
	})
	return all
}

// eachOther asks all other app servers at once, and hands on what comes in time,
// one answer after the other.
func (n *appNode) eachOther(ctx context.Context, what string, question []byte, take func([]byte)) {
	if n == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	var asked sync.WaitGroup
	var mu sync.Mutex
	for _, one := range n.keeper.Nodes() {
		if one.Role != cluster.App || one.ID == n.self.ID {
			continue
		}
		asked.Go(func() {
			answer, err := n.relay.Ask(ctx, one.ID, what, question)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				take(answer)
			} else if ctx.Err() == nil {
				n.cfg.Log.Warn("a list is not whole", "node", one.Name, "what", what, "err", err)
			}
		})
	}
	asked.Wait()
}
