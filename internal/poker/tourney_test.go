package poker

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/game/gametest"
)

const sitAndGo = `{"small_blind":10,"big_blind":20,"stack":500,"entry":100,"level_seconds":60,"break_every":3,"break_seconds":30}`

// finish plays a table to its end, with a minute between hands.
func (s *state) finish(tb testing.TB, seed uint64, seen func(*state, game.Event)) *state {
	tb.Helper()
	rng, chance := rand.New(rand.NewPCG(seed, 9)), gametest.NewChance(seed)
	at := time.UnixMilli(1_000_000)
	for range 100_000 {
		if s.result.Over() {
			return s
		}
		seat, a := game.NoSeat, game.Action(nil)
		if next, wait := s.Next(); next != nil {
			at = at.Add(wait + 20*time.Second)
			a = next.(ownAction).Stamp(at)
		} else {
			seat = s.ToAct().First()
			typ, data := randomAct(s, seat, rng)
			a = action(tb, typ, string(data))
		}
		events, err := s.Decide(seat, a, chance)
		if err != nil {
			continue // a random wish that is refused
		}
		for _, e := range events {
			s = s.evolve(e)
			seen(s, e)
		}
	}
	tb.Fatal("the table does not end")
	return nil
}

// Whatever happens in a tournament, everybody has one place, better places have
// no smaller prizes, and the prizes are the entries.
func TestPlacesAndPrizes(t *testing.T) {
	for seed := range uint64(60) {
		seats := 2 + int(seed%9)
		s := mustTable(t, sitAndGo, seats)
		prizes, places, levels, breaks := Chips(0), map[game.Seat]int{}, 0, 0
		s = s.finish(t, seed, func(s *state, e game.Event) {
			switch e := e.(type) {
			case Placed:
				if places[e.Seat] != 0 {
					t.Errorf("table %d: seat %d has the places %d and %d", seed, e.Seat, places[e.Seat], e.Place)
				}
				places[e.Seat] = e.Place
				prizes += e.Prize
			case HandBegan:
				levels = max(levels, e.Level)
				if want := s.stakes.Levels[e.Level].BigBlind; e.Hand.Limit.BigBlind != want {
					t.Errorf("table %d: level %d has a big blind of %d, want %d", seed, e.Level, e.Hand.Limit.BigBlind, want)
				}
			case Rested:
				breaks++
			}
			if got, want := s.Chips(), int64(100*Chips(seats)-prizes); got != want {
				t.Fatalf("table %d: %d chips after %s, want %d", seed, got, e.EventType(), want)
			}
		})
		if len(places) != seats || prizes != 100*Chips(seats) {
			t.Errorf("table %d: places %v, prizes of %d", seed, places, prizes)
		}
		if s.result.Status != statusWon || places[s.result.Winners.First()] != 1 {
			t.Errorf("table %d ended %+v with places %v", seed, s.result, places)
		}
		if breaks < min(levels, len(s.stakes.Levels)-1)/3 {
			t.Errorf("table %d: %d breaks in %d levels", seed, breaks, levels)
		}
	}
}

func TestPlaces(t *testing.T) {
	s := mustTable(t, `{"stack":500,"entry":100,"payouts":[50,30,20]}`, 5)
	for _, row := range []struct {
		name  string
		list  []contender
		first int
		want  []Placed
	}{
		{"one", []contender{{3, 40}}, 5, []Placed{{3, 5, 0}}},
		{"two in one hand, by what they had before it", []contender{{1, 40}, {3, 90}}, 3, []Placed{{3, 3, 100}, {1, 4, 0}}},
		{"two with as much share a place", []contender{{1, 40}, {3, 40}}, 3, []Placed{{1, 3, 50}, {3, 3, 50}}},
		{"three share two prizes", []contender{{0, 7}, {1, 7}, {4, 7}}, 2, []Placed{{0, 2, 84}, {1, 2, 83}, {4, 2, 83}}},
		{"the winner", []contender{{2, 2500}}, 1, []Placed{{2, 1, 250}}},
	} {
		events := s.place(row.list, row.first)
		if len(events) != len(row.want) {
			t.Errorf("%s: %+v", row.name, events)
			continue
		}
		for i, e := range events {
			if e != row.want[i] {
				t.Errorf("%s: %+v, want %+v", row.name, e, row.want[i])
			}
		}
	}
}

func TestTournamentBegins(t *testing.T) {
	made, err := Rules{}.New([]byte(sitAndGo), 3)
	if err != nil {
		t.Fatal(err)
	}
	s := made.(*state).ask(t, 0, "buy", "").ask(t, 1, "buy", "")
	if a, _ := s.Next(); a != nil {
		t.Errorf("with a free seat it would %s", a.ActionType())
	}
	if s = s.ask(t, 1, "leave", ""); s.chairs[1].Taken || s.Chips() != 100 {
		t.Errorf("who leaves before the start: %+v, %d chips", s.chairs[1], s.Chips())
	}
	s = s.ask(t, 1, "buy", "").ask(t, 2, "buy", `{"chips":100}`)
	a, wait := s.Next()
	if a == nil || a.ActionType() != actDeal || wait != firstDeal {
		t.Fatalf("when all sit it would %v after %v", a, wait)
	}
	events, err := s.Decide(game.NoSeat, s.Close(), first{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		s = s.evolve(e)
	}
	if s.Chips() != 0 || s.Occupied() != 0 || s.result.Status != statusClosed {
		t.Errorf("closed before the start: %d chips, seats %b, %+v", s.Chips(), s.Occupied(), s.result)
	}
}

const cashTable = `{"small_blind":5,"big_blind":10,"stack":500,"min_buy_in":50,"max_buy_in":600,"straddle":true}`

func TestWishes(t *testing.T) {
	for _, row := range []struct{ name, play, want string }{
		{"a straddle", "3 straddle; deal", "0/1/2 1:small 2:big 3:straddle"},
		{"no straddle of who cannot pay it", "3 straddle; 3 short; deal", "0/1/2 1:small 2:big"},
		{"no straddle of another seat", "0 straddle; deal", "0/1/2 1:small 2:big"},
		{"out at the next big blind", "deal; 3 later; deal", "1/2/0 2:small 0:big"},
		{"and no sooner", "deal; 2 later; deal", "1/2/3 2:small 3:big"},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := mustTable(t, cashTable, 4)
			for _, step := range strings.Split(row.play, "; ") {
				switch seat := game.Seat(step[0] - '0'); {
				case strings.HasSuffix(step, "straddle"):
					s = s.ask(t, seat, actStraddle, `{"on":true}`)
				case strings.HasSuffix(step, "short"):
					s.chairs[seat].Stack = 2*s.stakes.BigBlind - 1
				case strings.HasSuffix(step, "later"):
					s = s.ask(t, seat, actSitOut, `{"when":"next-blind"}`)
				default:
					s = s.play(t, step)
				}
			}
			if got := s.began(); got != row.want {
				t.Errorf("got %s, want %s", got, row.want)
			}
		})
	}
}

// Chips that are bought in a hand come to the table at once, and count from the
// next hand.
func TestBuyInAHand(t *testing.T) {
	s := mustTable(t, cashTable, 3).ask(t, game.NoSeat, actDeal, "")
	s = s.ask(t, 0, "raise", `{"to":100}`).ask(t, 0, "buy", `{"chips":150}`)
	if s.hand.Stack(s.posOf(0)) != 400 || s.chairs[0].Coming != 150 || s.Chips() != 1650 {
		t.Errorf("in the hand: %d and %+v", s.hand.Stack(s.posOf(0)), s.chairs[0])
	}
	if _, err := s.Decide(0, action(t, "buy", `{"chips":51}`), first{}); err == nil {
		t.Error("more than the table allows")
	}
	if s = s.ask(t, 1, "fold", "").ask(t, 2, "fold", ""); s.chairs[0].Stack != 665 || s.chairs[0].Coming != 0 {
		t.Errorf("after it: %+v", s.chairs[0])
	}
}

func TestShortReturn(t *testing.T) {
	s := mustTable(t, cashTable, 3).ask(t, 2, "leave", "")
	again := func(chips string) error {
		a := action(t, "buy", chips).(tableAction).Returning(900)
		_, err := s.Decide(2, a, first{})
		return err
	}
	if err := again(`{"chips":600}`); err == nil || !strings.Contains(err.Error(), "you left this table with 900") {
		t.Errorf("with fewer: %v", err)
	}
	if err := again(`{"chips":900}`); err != nil {
		t.Errorf("with as many: %v", err)
	}
}

// Whose time runs out twice in a row sits out; a decision in between counts.
func TestLapses(t *testing.T) {
	s := mustTable(t, cashTable, 2)
	for hand := range 2 {
		s = s.ask(t, game.NoSeat, actDeal, "")
		for s.running() {
			seat := s.ToAct().First()
			a := game.Action(Action{Act: Check})
			if s.hand.Options().Call > 0 {
				a = Action{Act: Call}
			}
			if seat == 1 {
				if a = s.Lapse(seat, game.LostTouch); a == nil {
					a = s.Lapse(seat, game.FlagFell)
				} else if hand > 0 {
					t.Error("a lost connection has extra time twice in two hands")
				}
			}
			events, err := s.Decide(seat, a, first{})
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range events {
				s = s.evolve(e)
				if g, ok := e.(game.Granter); ok && e.EventType() == typeProtected && g.Grant().Time != protection {
					t.Errorf("the extra time is %v", g.Grant().Time)
				}
			}
		}
		if s.chairs[1].Out {
			break
		}
	}
	if !s.chairs[1].Out || s.chairs[0].Out {
		t.Errorf("after two lapses: %+v", s.chairs[:2])
	}
	if a, _ := s.Next(); a != nil {
		t.Errorf("alone, the table would %s", a.ActionType())
	}
}

// Who sits out for long gives up the seat, and keeps the chips.
func TestIdle(t *testing.T) {
	s := mustTable(t, cashTable, 3).play(t, "2 sit-out")
	for range idleAtMost {
		s = s.play(t, "deal")
	}
	if !s.chairs[2].Taken {
		t.Fatal("gone too early")
	}
	events, err := s.Decide(game.NoSeat, ownAction{typ: actDeal}, first{})
	if err != nil {
		t.Fatal(err)
	}
	if left, ok := events[0].(Seated); !ok || left.typ != typeLeft || left.Seat != 2 || left.Chips != 500 {
		t.Errorf("the first event is %+v", events[0])
	}
}
