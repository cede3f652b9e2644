package acpc_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"sync"
	"testing"

	"kibitz/internal/acpc"
	"kibitz/internal/game"
	"kibitz/internal/poker"
)

func seatOf(i int) game.Seat { return game.Seat(i) }

// match is a table in memory: hands that follow each other, in which every seat
// is told what it may see. The places of the players move from hand to hand.
type match struct {
	mu     sync.Mutex
	setup  poker.Setup
	rng    *rand.Rand
	hands  int64
	number int64
	hand   poker.Hand
	places []*place
	// gone counts the players who left, and net is by player.
	gone int
	net  []poker.Chips
	// bad is the first thing that went wrong.
	bad error
}

// place is one player's port.
type place struct {
	match   *match
	player  int
	seat    *acpc.Seat
	updates chan acpc.Update
	closed  bool
}

func newMatch(s poker.Setup, hands int64) *match {
	m := &match{setup: s, rng: rand.New(rand.NewPCG(1, 9)), hands: hands, net: make([]poker.Chips, len(s.Players))}
	for i := range s.Players {
		m.places = append(m.places, &place{match: m, player: i, updates: make(chan acpc.Update, 10000)})
	}
	return m
}

// pos is where a player sits in this hand.
func (m *match) pos(player int) poker.Pos {
	return poker.Pos((player + int(m.number)) % len(m.places))
}

// deal begins the next hand, and ends the match after the last.
func (m *match) deal() {
	if m.number++; m.number > m.hands {
		for _, p := range m.places {
			close(p.updates)
			p.closed = true
		}
		return
	}
	hand, err := poker.NewHand(m.setup)
	m.note(err)
	m.hand = hand
	for _, p := range m.places {
		p.seat, err = acpc.NewSeat(m.number, m.setup, m.pos(p.player))
		m.note(err)
	}
	events, err := hand.Start(poker.Shuffle(m.rng))
	m.note(err)
	m.fold(events)
}

func (m *match) note(err error) {
	if m.bad == nil {
		m.bad = err
	}
}

// fold shows events to every seat, and then tells each what to tell its client.
func (m *match) fold(events []game.Event) {
	for _, e := range events {
		for _, p := range m.places {
			if v := m.hand.EventView(e, m.pos(p.player)); v != nil {
				p.seat.Show(v)
			}
		}
		m.hand = m.hand.Evolve(e)
	}
	for _, p := range m.places {
		p.updates <- p.seat.Update()
		if p.seat.Over() != m.hand.Over() {
			m.note(fmt.Errorf("player %d does not know that the hand is over", p.player))
		}
	}
	if m.hand.Over() {
		for _, p := range m.places {
			m.net[p.player] += m.hand.Stack(m.pos(p.player)) - m.setup.Players[0].Stack
		}
		m.deal()
	}
}

func (m *match) decide(p poker.Pos, a poker.Action) error {
	events, err := m.hand.Decide(p, a)
	if err == nil {
		m.fold(events)
	}
	return err
}

// Next waits for an update.
func (p *place) Next(ctx context.Context) (acpc.Update, error) {
	select {
	case u, ok := <-p.updates:
		if !ok {
			return u, io.EOF
		}
		return u, nil
	case <-ctx.Done():
		return acpc.Update{}, ctx.Err()
	}
}

// Act makes a decision.
func (p *place) Act(_ context.Context, hand int64, a poker.Action) error {
	p.match.mu.Lock()
	defer p.match.mu.Unlock()
	if hand != p.match.number {
		return fmt.Errorf("%w: hand %d is over", game.ErrIllegal, hand)
	}
	return p.match.decide(p.match.pos(p.player), a)
}

// Close counts who is gone.
func (p *place) Close() error {
	p.match.mu.Lock()
	defer p.match.mu.Unlock()
	p.match.gone++
	return nil
}

// script follows a hand of the log as both seats see it.
func script(tb testing.TB, s poker.Setup, deck poker.Deck, hand int64, rounds [][]acpc.Action) ([]*acpc.Seat, poker.Hand) {
	tb.Helper()
	start, err := poker.NewHand(s)
	if err != nil {
		tb.Fatal(err)
	}
	m := &match{setup: s, hand: start, number: int64(len(s.Players))}
	var seats []*acpc.Seat
	for i := range s.Players {
		seat, err := acpc.NewSeat(hand, s, poker.Pos(i))
		if err != nil {
			tb.Fatal(err)
		}
		seats = append(seats, seat)
	}
	fold := func(events []game.Event) {
		for _, e := range events {
			for i, seat := range seats {
				seat.Show(m.hand.EventView(e, poker.Pos(i)))
			}
			m.hand = m.hand.Evolve(e)
		}
	}
	events, err := start.Start(deck)
	if err != nil {
		tb.Fatal(err)
	}
	fold(events)
	for _, round := range rounds {
		for _, a := range round {
			actor := m.hand.ToAct()
			for i, seat := range seats {
				if u := seat.Update(); (u.Legal != nil) != (poker.Pos(i) == actor) {
					tb.Fatalf("hand %d: place %d is told that it is its turn: %t", hand, i, u.Legal != nil)
				}
			}
			u := seats[actor].Update()
			decision, mended := u.Decide(a)
			if mended {
				tb.Fatalf("hand %d: %s of %s was mended to %+v", hand, a, u.State, decision)
			}
			events, err := m.hand.Decide(actor, decision)
			if err != nil {
				tb.Fatalf("hand %d: %s of %s: %v", hand, a, u.State, err)
			}
			fold(events)
		}
	}
	return seats, m.hand
}
