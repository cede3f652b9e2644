package house

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"kibitz/internal/game"
	"kibitz/internal/poker"
)

// luck is a seeded source.
type luck struct{ *rand.Rand }

func newLuck(seed uint64) luck { return luck{rand.New(rand.NewPCG(seed, 21))} }

// contestant plays a seat in a test.
type contestant func(s Sight) Decision

// match plays hands, and keeps count.
type match struct {
	testing.TB
	luck
	seats []contestant
	stats []stats
}

// stats are what a contestant did.
type stats struct {
	hands, entered, raised     int
	bets, calls, folds         int
	flops, showdowns, won      int
	blinds, squares            float64
	threeBets, threeBetChances int
	voluntary, aggressive      bool
}

func (s *stats) vpip() float64 { return 100 * float64(s.entered) / float64(s.hands) }
func (s *stats) pfr() float64  { return 100 * float64(s.raised) / float64(s.hands) }
func (s *stats) af() float64   { return float64(s.bets) / float64(max(1, s.calls)) }
func (s *stats) wtsd() float64 { return 100 * float64(s.showdowns) / float64(max(1, s.flops)) }

// rate is the big blinds won per hundred hands, and its standard error.
func (s *stats) rate() (mean, deviation float64) {
	n := float64(s.hands)
	mean = s.blinds / n
	return 100 * mean, 100 * math.Sqrt((s.squares/n-mean*mean)/n)
}

func (s *stats) String() string {
	mean, deviation := s.rate()
	return fmt.Sprintf("hands %d VPIP %.1f PFR %.1f 3bet %.1f AF %.2f WTSD %.1f W$SD %.1f bb/100 %.1f +- %.1f", s.hands, s.vpip(), s.pfr(),
		100*float64(s.threeBets)/float64(max(1, s.threeBetChances)), s.af(), s.wtsd(), 100*float64(s.won)/float64(max(1, s.showdowns)), mean, deviation)
}

func newMatch(tb testing.TB, seed uint64, seats ...contestant) *match {
	return &match{TB: tb, luck: newLuck(seed), seats: seats, stats: make([]stats, len(seats))}
}

// character is a contestant of the house.
func (h *House) character(level, effort int, l luck) contestant {
	who := Find(level)
	return func(s Sight) Decision { return h.Decide(s, who, l, effort) }
}

// random does anything that is legal.
func (m *match) random(s Sight) Decision {
	hand := s.Table.Hand
	if len(hand.Asked) > 0 {
		return Decision{Type: "run", Amount: poker.Chips(1 + m.IntN(2))}
	}
	legal := hand.Turn.Legal
	choices := []Decision{{Type: "fold"}, {Type: "call", Amount: legal.Call}}
	if legal.Call == 0 {
		choices = []Decision{{Type: "check"}}
	}
	if legal.CanRaise() {
		to := legal.MinTo + poker.Chips(m.Int64N(int64(legal.MaxTo-legal.MinTo)+1))
		choices = append(choices, Decision{Type: "raise", Amount: legal.MinTo}, Decision{Type: "raise", Amount: to})
	}
	return choices[m.IntN(len(choices))]
}

// trial is a hand in a match.
type trial struct {
	*match
	setup  poker.Setup
	hand   poker.Hand
	acts   []poker.Told
	shift  int
	raises int
}

// play plays one hand, with who sits where shifted by some seats.
func (m *match) play(setup poker.Setup, shift int) {
	m.Helper()
	hand, err := poker.NewHand(setup)
	if err != nil {
		m.Fatal(err)
	}
	t := &trial{match: m, setup: setup, hand: hand, shift: shift}
	events, err := hand.Start(poker.Shuffle(m.luck))
	if err != nil {
		m.Fatal(err)
	}
	t.add(events)
	for !t.hand.Over() {
		p := t.next()
		d := m.seats[t.who(p)](t.sight(p))
		t.note(p, d)
		t.do(p, d)
	}
	t.end()
}

func (t *trial) next() poker.Pos {
	if asked := t.hand.Asked(); asked != 0 {
		return asked.First()
	}
	return t.hand.ToAct()
}

func (t *trial) who(p poker.Pos) int { return (int(p) + t.shift) % len(t.seats) }

func (t *trial) add(events []game.Event) {
	for _, e := range events {
		t.acts = withAct(t.acts, &t.hand, e)
		t.hand = t.hand.Evolve(e)
	}
}

// withAct returns what was done with an event of a hand, as a table tells it.
func withAct(acts []poker.Told, before *poker.Hand, e game.Event) []poker.Told {
	if a, ok := e.(poker.Acted); ok {
		acts = append(slices.Clip(acts), poker.Told{Street: before.Street(), Acted: a})
	}
	return acts
}

// do takes a decision as it would come from the wire.
func (t *trial) do(p poker.Pos, d Decision) {
	t.Helper()
	action, err := poker.DecodeAction(d.Type, d.JSON())
	if err == nil {
		var events []game.Event
		if events, err = t.hand.Decide(p, action); err == nil {
			t.add(events)
			return
		}
	}
	t.Fatalf("%d: %v of %+v: %v", p, d, t.hand.Options(), err)
}

// sight is what a player sees.
func (t *trial) sight(p poker.Pos) Sight {
	view := t.hand.View(p)
	table := poker.TableView{Number: 1, Hand: &view, Acts: t.acts, Chairs: make([]poker.Chair, len(t.setup.Players))}
	for _, player := range t.setup.Players {
		table.Chairs[player.Seat] = poker.Chair{Stack: player.Stack, Taken: true}
	}
	return Sight{Table: table, Seat: view.Players[p].Seat, People: 1}
}

// note counts a decision.
func (t *trial) note(p poker.Pos, d Decision) {
	s := &t.stats[t.who(p)]
	raise := d.Type == "raise" || d.Type == "bet"
	if t.hand.Street() == preflop {
		s.voluntary = s.voluntary || raise || d.Type == "call"
		s.aggressive = s.aggressive || raise
		if t.raises == 1 {
			s.threeBetChances++
			if raise {
				s.threeBets++
			}
		}
		if raise {
			t.raises++
		}
		return
	}
	switch {
	case raise:
		s.bets++
	case d.Type == "call":
		s.calls++
	case d.Type == "fold":
		s.folds++
	}
}

// end settles the books.
func (t *trial) end() {
	view := t.hand.Public()
	for _, p := range view.Players {
		s := &t.stats[t.who(p.Pos)]
		won := float64(p.Stack-t.setup.Players[p.Pos].Stack) / float64(view.BigBlind)
		s.hands++
		s.blinds += won
		s.squares += won * won
		if s.voluntary {
			s.entered++
		}
		if s.aggressive {
			s.raised++
		}
		if len(view.Boards[0]) >= 3 && !t.foldedBefore(p.Pos) {
			s.flops++
			if len(p.Cards) > 0 || p.Mucked {
				s.showdowns++
				if p.Won > 0 {
					s.won++
				}
			}
		}
		s.voluntary, s.aggressive = false, false
	}
}

func (t *trial) foldedBefore(p poker.Pos) bool {
	for _, step := range t.acts {
		if step.Pos == p && step.Act == poker.Fold && step.Street == preflop {
			return true
		}
	}
	return false
}

// stakes is a hand of so many players with stacks of so many big blinds of 100.
func stakes(variant string, structure poker.Structure, players, depth int) poker.Setup {
	s := poker.Setup{Variant: variant, Limit: poker.Limit{Structure: structure, BigBlind: 100}}
	if structure == poker.FixedLimit {
		s.Limit.SmallBet, s.Limit.BigBet = 100, 200
	}
	for i := range players {
		s.Players = append(s.Players, poker.Player{Seat: game.Seat(i), Stack: poker.Chips(depth) * 100})
	}
	small, big := poker.Pos(0), poker.Pos(1)
	if players == 2 {
		small, big = 1, 0
	}
	s.Posts = []poker.Post{{Pos: small, Kind: poker.PostSmall, Amount: 50}, {Pos: big, Kind: poker.PostBig, Amount: 100}}
	return s
}

// add sums up.
func (s *stats) add(o *stats) {
	s.hands += o.hands
	s.entered += o.entered
	s.raised += o.raised
	s.bets += o.bets
	s.calls += o.calls
	s.folds += o.folds
	s.flops += o.flops
	s.showdowns += o.showdowns
	s.won += o.won
	s.blinds += o.blinds
	s.squares += o.squares
	s.threeBets += o.threeBets
	s.threeBetChances += o.threeBetChances
}
