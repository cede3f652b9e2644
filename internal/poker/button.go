package poker

import (
	"slices"

	"kibitz/internal/game"
)

// lineup is who is dealt into the next hand.
type lineup struct {
	spots
	in game.Seats
	// posting are those of them who post what they owe.
	posting game.Seats
}

// next returns the next hand's lineup; ok is false when fewer than two players
// could be dealt in. First is who has the button of a first hand.
func (r *ring) next(s *Stakes, first game.Seat) (lineup, bool) {
	ready := r.ready(s.freezeout())
	if ready.Len() < 2 {
		return lineup{}, false
	}
	if r.big != game.NoSeat {
		l := r.deadButton(ready)
		if s.MovingButton {
			l = r.movingButton(ready)
		}
		if l.in.Len() >= 2 {
			return l, true
		}
	}
	return r.afresh(ready, first), true
}

// afresh begins as if nobody had played: all who are ready are in, and nobody
// owes anything.
func (r *ring) afresh(ready game.Seats, first game.Seat) lineup {
	l := lineup{in: ready}
	l.button = r.after(first-1, ready)
	l.small = r.after(l.button, ready)
	if ready.Len() == 2 {
		l.small = l.button
	}
	l.big = r.after(l.small, ready)
	return l
}

// deadButton moves the big blind to the next player who is ready; the small
// blind goes to where it was, and the button to where the small blind was,
// whoever sits there (WSOP live action rule 151).
func (r *ring) deadButton(ready game.Seats) lineup {
	l := lineup{spots: spots{button: r.small, small: r.big, big: r.after(r.big, ready)}}
	if r.button == r.small { // two played, and the small blind had the button
		l.button = r.before(l.small, (ready|game.SeatSet(r.small))&^game.SeatSet(l.big))
	}
	r.admit(&l, ready)
	return l
}

// movingButton moves the button to the next player.
func (r *ring) movingButton(ready game.Seats) lineup {
	settled := ready
	for seat := range ready.All() {
		if c := &r.chairs[seat]; c.owes() && !c.Posts {
			settled &^= game.SeatSet(seat)
		}
	}
	if settled == 0 {
		return lineup{}
	}
	l := lineup{spots: spots{button: r.after(r.button, settled)}}
	l.small = r.after(l.button, settled)
	l.big = r.after(l.small, ready)
	r.admit(&l, ready)
	return l
}

// admit decides who is in. Who owes a blind waits for the big one, or posts,
// but not between the button and the big blind. Two players need no more than
// the button and the big blind.
func (r *ring) admit(l *lineup, ready game.Seats) {
	blocked := r.between(l.button, l.big)
	for seat := range ready.All() {
		c := &r.chairs[seat]
		switch {
		case seat == l.big || !c.owes():
			l.in |= game.SeatSet(seat)
		case c.Posts && !blocked.Has(seat):
			l.in |= game.SeatSet(seat)
			l.posting |= game.SeatSet(seat)
		}
	}
	if l.in.Len() == 2 {
		l.button = r.after(l.big, l.in)
		l.small = l.button
		l.posting &^= game.SeatSet(l.button)
	}
}

// deal moves the button and the blinds, notes who has missed what, and
// forgives who is in.
func (r *ring) deal(l lineup) {
	if r.big != game.NoSeat {
		for seat := range r.between(r.big, l.big).All() {
			c := &r.chairs[seat]
			c.OwesBig = c.OwesBig || c.Taken && !l.in.Has(seat)
		}
		for seat := range (r.between(r.small, l.small) | game.SeatSet(l.small)).All() {
			c := &r.chairs[seat]
			c.OwesSmall = c.OwesSmall || c.Taken && !c.New && !l.in.Has(seat)
		}
	}
	for seat := range l.in.All() {
		c := &r.chairs[seat]
		c.OwesBig, c.OwesSmall, c.Posts, c.New = false, false, false, false
	}
	r.spots = l.spots
}

// players returns those dealt in by their Pos: from the left of the button.
func (r *ring) players(l lineup) []Player {
	var players []Player
	seat := l.button
	for range l.in.Len() {
		seat = r.after(seat, l.in)
		players = append(players, Player{Seat: seat, Stack: r.chairs[seat].Stack, ShowLosing: r.chairs[seat].Shows})
	}
	return players
}

// posts returns the forced bets of the players: antes, blinds, and what others
// owe.
func (r *ring) posts(s *Stakes, l lineup, players []Player) []Post {
	var antes, smalls, bigs, extras []Post
	for i, p := range players {
		post := func(list *[]Post, kind PostKind, amount Chips) {
			if amount > 0 {
				*list = append(*list, Post{Pos: Pos(i), Kind: kind, Amount: amount})
			}
		}
		switch {
		case !s.BigBlindAnte:
			post(&antes, PostAnte, s.Ante)
		case p.Seat == l.big:
			post(&antes, PostDead, s.Ante)
		}
		c := &r.chairs[p.Seat]
		switch {
		case p.Seat == l.big:
			post(&bigs, PostBig, s.BigBlind)
		case p.Seat == l.small:
			post(&smalls, PostSmall, s.SmallBlind)
		case l.posting.Has(p.Seat) && c.OwesSmall:
			post(&extras, PostDead, s.SmallBlind)
		}
		if l.posting.Has(p.Seat) && c.OwesBig {
			post(&extras, PostExtra, s.BigBlind)
		}
		if s.straddles(c) && len(players) > 2 && p.Seat == r.after(l.big, l.in) && !l.posting.Has(p.Seat) {
			post(&extras, PostStraddle, 2*s.BigBlind)
		}
	}
	return slices.Concat(antes, smalls, bigs, extras)
}

// straddles reports whether a player raises blindly when first to act: who
// wants to, and can pay all of it after the ante.
func (s *Stakes) straddles(c *Chair) bool {
	ante := s.Ante
	if s.BigBlindAnte {
		ante = 0
	}
	return s.Straddle && c.Straddles && c.Stack >= 2*s.BigBlind+ante
}
