package server

import (
	"context"
	"fmt"
	"sync"
	"time"

	"kibitz/internal/archive"
	"kibitz/internal/cluster"
	"kibitz/internal/hands"
	"kibitz/internal/host"
	"kibitz/internal/table"
)

// The journal of a cluster forgets what is old. When what the database has not
// got is older than half of that, there are no new games until the workers have
// caught up: those that are on have the other half to end and to be archived.
const refusedPart = 2

// How often an app server looks how old that is, and how long a look may take.
const (
	backlogEvery = 20 * time.Second
	backlogTime  = 10 * time.Second
)

// aging is a journal that forgets.
type aging interface {
	MaxAge() time.Duration
	Oldest(ctx context.Context, partition int, after table.Position) (time.Time, error)
}

// backlog knows how old the oldest record is that the database has not got, in
// the partitions of this node. A nil backlog is that of a journal that forgets
// nothing before it is archived. It is safe for concurrent use.
type backlog struct {
	journal aging
	// places returns how far the projection is that is furthest behind.
	places func(context.Context) (map[int]table.Position, error)
	owned  func() []int
	now    func() time.Time
	tell   func(what string, args ...any)

	mu sync.Mutex
	// stored is what places said last: it never goes back, and so an old answer
	// makes nothing look newer than it is.
	stored map[int]table.Position
	oldest map[int]time.Time
}

// openBacklog makes the backlog of a node of a cluster.
func (s *Server) openBacklog() *backlog {
	if s.node == nil {
		return nil
	}
	return &backlog{
		journal: s.stores.nats.journal, places: s.leastPlaces, now: time.Now, tell: s.cfg.Log.Warn,
		owned: func() []int {
			m, _ := s.node.keeper.Map()
			return m.Of(s.node.self.ID)
		},
	}
}

// leastPlaces returns how far all that follows the journal is.
func (s *Server) leastPlaces(ctx context.Context) (map[int]table.Position, error) {
	db := s.stores.archive
	least, err := db.Positions(ctx, archive.ProjectArchive)
	if err != nil {
		return nil, err
	}
	chips, err := db.LedgerPositions(ctx)
	if err != nil {
		return nil, err
	}
	dealt, err := db.Positions(ctx, hands.Project)
	for p, at := range least {
		least[p] = min(at, chips[p], dealt[p])
	}
	return least, err
}

// run looks until ctx is done.
func (b *backlog) run(ctx context.Context) {
	if b == nil {
		return
	}
	ticker := time.NewTicker(backlogEvery)
	defer ticker.Stop()
	for {
		limited, cancel := context.WithTimeout(ctx, backlogTime)
		b.look(limited)
		cancel()
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

// look asks the database and the journal. What neither says stays as it was.
func (b *backlog) look(ctx context.Context) {
	stored, err := b.places(ctx)
	b.mu.Lock()
	if err == nil {
		b.stored = stored
	}
	stored = b.stored
	was := b.oldest
	b.mu.Unlock()
	if stored == nil {
		return // the database has not answered yet: nobody knows
	}
	oldest := make(map[int]time.Time)
	for _, p := range b.owned() {
		at, err := b.journal.Oldest(ctx, p, stored[p])
		if err != nil {
			at = was[p]
		}
		if !at.IsZero() {
			oldest[p] = at
		}
	}
	b.mu.Lock()
	b.oldest = oldest
	b.mu.Unlock()
	if err := b.full(); err != nil {
		b.tell("new games are refused", "why", err)
	}
}

// age returns how old the oldest record is that the database has not got.
func (b *backlog) age() time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	most := time.Duration(0)
	for _, at := range b.oldest {
		most = max(most, b.now().Sub(at))
	}
	return most
}

// lag is what others are told of it.
func (b *backlog) lag(of cluster.NodeID) Lag {
	b.mu.Lock()
	partitions, known := len(b.oldest), b.stored != nil
	b.mu.Unlock()
	return Lag{
		Node: of, Known: known, Seconds: b.age().Seconds(), Partitions: partitions,
		KeptSeconds: b.journal.MaxAge().Seconds(), Refused: b.full() != nil,
	}
}

// full refuses new games when the archive is too far behind.
func (b *backlog) full() error {
	if b == nil {
		return nil
	}
	kept, age := b.journal.MaxAge(), b.age()
	if kept == 0 || age <= kept/refusedPart {
		return nil
	}
	return fmt.Errorf("%w: finished games have not been stored for %s, so that no new ones begin until they are; games that are on go on",
		host.ErrBusy, age.Round(time.Minute))
}

// gauge shows how far it is.
func (b *backlog) gauge(w *watch) {
	w.metrics.Gauge("journal_unarchived_seconds", "How old the oldest record is that the database has not got, in the partitions of this node.",
		func() int { return int(b.age().Seconds()) })
	w.metrics.Gauge("journal_kept_seconds", "How long the journal keeps a record; 0 is for ever.",
		func() int { return int(b.journal.MaxAge().Seconds()) })
	w.metrics.Gauge("new_games_refused", "Whether this node refuses new games because the archive is too far behind: 1 or 0.",
		func() int { return one(b.full() != nil) })
}
