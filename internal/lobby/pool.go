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
	waiting []*Member
}

func (p *pool) remove(whose func(*Member) bool) { p.waiting = slices.DeleteFunc(p.waiting, whose) }

// pair is two members who shall play.
type pair [2]*Member

// match finds who plays whom among those who wait, the longest first: here,
// whoever comes first. It is all that has to change for pairing by rating.
func match(waiting []*Member) []pair {
	var pairs []pair
	busy := make(map[*Member]bool)
	for i, a := range waiting {
		if busy[a] {
			continue
		}
		for _, b := range waiting[i+1:] {
			if !busy[b] && a.Player.ID != b.Player.ID {
				pairs, busy[a], busy[b] = append(pairs, pair{a, b}), true, true
				break
			}
		}
	}
	return pairs
}

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
	accepted()
	for _, two := range l.enter(m, l.pools[i]) {
		if err := l.play(ctx, two, l.poolSetup(c, two)); err != nil {
			l.putBack(l.pools[i], two[0])
			return err
		}
	}
	return nil
}

// putBack lets a member wait again whose table could not be made, before all
// others.
func (l *Lobby) putBack(p *pool, m *Member) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !m.gone {
		p.waiting = slices.Insert(p.waiting, 0, m)
	}
}

// enter lets a member wait, and takes out those who can play.
func (l *Lobby) enter(m *Member, p *pool) []pair {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, other := range l.pools {
		other.remove(func(w *Member) bool { return w == m })
	}
	p.waiting = append(p.waiting, m)
	pairs := match(p.waiting)
	for _, two := range pairs {
		for _, paired := range two {
			l.withdrawUser(paired.Player.ID)
		}
	}
	return pairs
}

// LeavePool gives up a member's place, if it has one.
func (l *Lobby) LeavePool(m *Member) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, p := range l.pools {
		p.remove(func(w *Member) bool { return w == m })
	}
}

func (l *Lobby) poolSetup(c clock.Control, two pair) table.Setup {
	return table.Setup{
		Kind: l.cfg.Kind, Game: l.cfg.Setup, Control: c, Origin: table.OriginPool,
		Rated: !two[0].Player.Guest && !two[1].Player.Guest,
	}
}

// play makes the table of two, the first of whom gets the seat that the setup
// of nobody leaves to chance, and sends both there.
func (l *Lobby) play(ctx context.Context, two pair, s table.Setup) error {
	if l.coin() {
		two[0], two[1] = two[1], two[0]
	}
	return l.seat(ctx, two, s)
}

// seat makes a table with a member in each seat, and sends both there.
func (l *Lobby) seat(ctx context.Context, two pair, s table.Setup) error {
	s.Seats = []table.Player{two[0].Player, two[1].Player}
	id, err := l.cfg.Tables.Create(ctx, s)
	if err != nil {
		return err
	}
	for i, m := range two {
		m.Conn.Send(l.cfg.Codec.Paired(id, game.Seat(i)))
	}
	return nil
}

// coin is heads half the time.
func (l *Lobby) coin() bool {
	var b [1]byte
	_, err := l.cfg.Random.Read(b[:])
	return err == nil && b[0]&1 == 1
}
