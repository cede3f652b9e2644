package lobby

import (
	"context"
	"slices"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// pool is who waits for an opponent at one time control, the longest first.
type pool struct {
	control clock.Control
	waiting []*waiter
}

// waiter is an entrant in a pool.
type waiter struct {
	entrant
	// missed counts the waves that went by without an opponent.
	missed int
}

func (p *pool) remove(whose func(*Member) bool) {
	p.waiting = slices.DeleteFunc(p.waiting, func(w *waiter) bool { return whose(w.Member) })
}

// pair is two entrants who shall play.
type pair [2]entrant

// EnterPool lets a member wait for an opponent. A place in another pool is
// given up. It calls accepted before anybody is paired, and returns when the
// tables of those who could be paired at once are made.
func (l *Lobby) EnterPool(ctx context.Context, m *Member, c clock.Control, accepted func()) error {
	if err := m.signedIn(); err != nil {
		return err
	}
	i := slices.IndexFunc(l.pools, func(p *pool) bool { return p.control == c })
	if i < 0 {
		return ErrNoPool
	}
	e, err := l.entrant(ctx, m, l.poolSetup(c))
	if err != nil {
		return err
	}
	accepted()
	return l.playAll(ctx, l.pools[i], l.enter(e, l.pools[i]))
}

// enter lets an entrant wait, and takes out those who can play.
func (l *Lobby) enter(e entrant, p *pool) []pair {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, other := range l.pools {
		other.remove(func(m *Member) bool { return m == e.Member })
	}
	if e.gone {
		return nil
	}
	p.waiting = append(p.waiting, &waiter{entrant: e})
	return l.takeOut(p)
}

// takeOut pairs those of a pool who can play now.
func (l *Lobby) takeOut(p *pool) []pair {
	pairs := match(p.waiting)
	for _, two := range pairs {
		for _, paired := range two {
			l.withdrawUser(paired.Player.ID)
		}
	}
	return pairs
}

// wave pairs who waits, with opponents a little farther off than before.
func (l *Lobby) wave(ctx context.Context) {
	for _, p := range l.pools {
		l.mu.Lock()
		for _, w := range p.waiting {
			w.missed++
		}
		pairs := l.takeOut(p)
		l.mu.Unlock()
		if err := l.playAll(ctx, p, pairs); err != nil && ctx.Err() == nil {
			l.cfg.Log.Warn("players wait on: their table could not be made", "err", err)
		}
	}
}

// playAll makes the tables of pairs. Those whose table cannot be made go on
// waiting, before all others.
func (l *Lobby) playAll(ctx context.Context, p *pool, pairs []pair) error {
	var failed error
	for _, two := range pairs {
		s := l.poolSetup(p.control)
		s.Rated = !two[0].Player.Guest && !two[1].Player.Guest
		if err := l.play(ctx, two, s); err != nil {
			l.putBack(p, two)
			failed = err
		}
	}
	return failed
}

func (l *Lobby) putBack(p *pool, two pair) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range two {
		if !e.gone {
			p.waiting = slices.Insert(p.waiting, 0, &waiter{entrant: e})
		}
	}
}

// LeavePool gives up a member's place, if it has one.
func (l *Lobby) LeavePool(m *Member) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, p := range l.pools {
		p.remove(func(w *Member) bool { return w == m })
	}
}

func (l *Lobby) poolSetup(c clock.Control) table.Setup {
	return table.Setup{Kind: l.cfg.Kind, Game: l.cfg.Setup, Control: c, Origin: table.OriginPool}
}

// play makes the table of two whose seats are drawn by lot, and sends both
// there.
func (l *Lobby) play(ctx context.Context, two pair, s table.Setup) error {
	if l.coin() {
		two[0], two[1] = two[1], two[0]
	}
	return l.seat(ctx, two, s)
}

// seat makes a table with an entrant in each seat, and sends both there.
func (l *Lobby) seat(ctx context.Context, two pair, s table.Setup) error {
	s.Seats = []table.Player{two[0].seated(), two[1].seated()}
	id, err := l.cfg.Tables.Create(ctx, s)
	if err != nil {
		return err
	}
	for i, e := range two {
		e.Conn.Send(l.cfg.Codec.Paired(id, s.Kind, game.Seat(i)))
	}
	return nil
}

// coin is heads half the time.
func (l *Lobby) coin() bool {
	var b [1]byte
	_, err := l.cfg.Random.Read(b[:])
	return err == nil && b[0]&1 == 1
}
