package lobby

import (
	"context"
	"maps"
	"slices"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/clock"
)

// PoolCount is how many wait in one pool.
type PoolCount struct {
	Control clock.Control
	Waiting int
}

// View is all of the lobby, for one user.
type View struct {
	Online, Playing int
	Pools           []PoolCount
	// Seeks are in the order of their creation.
	Seeks []Seek
	// Viewer is who it is for, empty for nobody in particular: their own seeks
	// are marked.
	Viewer account.ID
}

// Change is what of the lobby changed since the last round of news. A client
// may be told of a seek that it knows, and of the end of one that it does not
// know.
type Change struct {
	// Online and Playing are nil when they are the same.
	Online, Playing *int
	// Pools are all of them, or nil when they are the same.
	Pools   []PoolCount
	Added   []Seek
	Removed []SeekID
	Viewer  account.ID
}

func (c Change) empty() bool {
	return c.Online == nil && c.Playing == nil && c.Pools == nil && len(c.Added) == 0 && len(c.Removed) == 0
}

// news is what the followers were told last.
type news struct {
	told  View
	known map[SeekID]bool
}

// Follow sends a member the whole lobby, and its own running tables, and keeps
// it informed from now on.
func (l *Lobby) Follow(ctx context.Context, m *Member) {
	l.mu.Lock()
	l.followers[m] = struct{}{}
	v := l.view(m.Player.ID)
	l.mu.Unlock()
	m.Conn.Send(l.cfg.Codec.Lobby(v))
	if m.Player.Free() {
		return
	}
	if frame := l.cfg.Mine(ctx, m.Player.ID); frame != nil {
		m.Conn.Send(frame)
	}
}

// Unfollow ends the news; seeks and pools go on.
func (l *Lobby) Unfollow(m *Member) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.followers, m)
}

// Touched tells the lobby that a table of these users has changed. It never
// blocks for long, and never calls back.
func (l *Lobby) Touched(users ...account.ID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.followers) == 0 {
		return
	}
	for _, id := range users {
		l.dirty[id] = struct{}{}
	}
}

// Run tells the news, and pairs who waits, until ctx is done.
func (l *Lobby) Run(ctx context.Context) {
	tick := time.NewTicker(l.cfg.Every)
	defer tick.Stop()
	wave := time.NewTicker(l.cfg.WaveEvery)
	defer wave.Stop()
	var counted time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-wave.C:
			l.wave(ctx)
		case now := <-tick.C:
			if now.Sub(counted) >= l.cfg.CountEvery {
				counted = now
				l.count()
			}
			l.tell()
			l.tellMine(ctx)
		}
	}
}

func (l *Lobby) count() {
	online, playing := l.cfg.Counts()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.online, l.playing = online, playing
}

// counted is the lobby without its seeks.
func (l *Lobby) counted() View {
	v := View{Online: l.online, Playing: l.playing}
	for _, p := range l.pools {
		v.Pools = append(v.Pools, PoolCount{p.control, len(p.waiting)})
	}
	return v
}

func (l *Lobby) view(viewer account.ID) View {
	v := l.counted()
	v.Viewer = viewer
	for _, id := range l.order {
		v.Seeks = append(v.Seeks, *l.seeks[id])
	}
	return v
}

// change returns what is new since it was last called.
func (l *Lobby) change() Change {
	now, told := l.counted(), l.news.told
	var c Change
	if now.Online != told.Online {
		c.Online = &now.Online
	}
	if now.Playing != told.Playing {
		c.Playing = &now.Playing
	}
	if !slices.Equal(now.Pools, told.Pools) {
		c.Pools = now.Pools
	}
	known := make(map[SeekID]bool, len(l.order))
	for _, id := range l.order {
		if known[id] = true; !l.news.known[id] {
			c.Added = append(c.Added, *l.seeks[id])
		}
	}
	for id := range l.news.known {
		if !known[id] {
			c.Removed = append(c.Removed, id)
		}
	}
	slices.Sort(c.Removed)
	l.news = news{told: now, known: known}
	return c
}

// tell sends one round of news. All get the same frame but those who made a
// seek that is new: theirs is marked.
func (l *Lobby) tell() {
	l.mu.Lock()
	c := l.change()
	followers := slices.Collect(maps.Keys(l.followers))
	l.mu.Unlock()
	if c.empty() || len(followers) == 0 {
		return
	}
	makers := make(map[account.ID]bool)
	for _, s := range c.Added {
		makers[s.By.ID] = true
	}
	shared := l.cfg.Codec.Change(c)
	for _, m := range followers {
		if !makers[m.Player.ID] {
			m.Conn.Send(shared)
			continue
		}
		own := c
		own.Viewer = m.Player.ID
		m.Conn.Send(l.cfg.Codec.Change(own))
	}
}

// tellMine tells the followers whose tables have changed.
func (l *Lobby) tellMine(ctx context.Context) {
	frames := make(map[account.ID][]byte)
	for _, m := range l.touched() {
		id := m.Player.ID
		if _, made := frames[id]; !made {
			frames[id] = l.cfg.Mine(ctx, id)
		}
		if frames[id] != nil {
			m.Conn.Send(frames[id])
		}
	}
}

// touched returns the followers whose tables have changed, once.
func (l *Lobby) touched() []*Member {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.dirty) == 0 {
		return nil
	}
	var members []*Member
	for m := range l.followers {
		if _, ok := l.dirty[m.Player.ID]; ok {
			members = append(members, m)
		}
	}
	clear(l.dirty)
	return members
}
