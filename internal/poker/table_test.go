package poker

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"kibitz/internal/game"
	"kibitz/internal/game/gametest"
	"kibitz/internal/poker/eval"
)

// askTable is what players ask of the table now and then.
var askTable = [][2]string{
	{"sit-out", ""}, {"sit-in", ""}, {"sit-in", `{"post":true}`}, {"sit-in", `{"post":true}`},
	{"leave", ""}, {"buy", `{"chips":100}`}, {"buy", `{"chips":37}`}, {"buy", `{"chips":200}`}, {"show", ""},
	{"sit-out", `{"when":"next-blind"}`}, {"straddle", `{"on":true}`}, {"show-losing", `{"on":true}`}, {"show-losing", `{"on":false}`},
}

// randomAct plays hands mostly, and comes and goes.
func randomAct(s game.State, seat game.Seat, rng *rand.Rand) (string, []byte) {
	t := s.(*state)
	if rng.IntN(8) == 0 {
		ask := askTable[rng.IntN(len(askTable))]
		return ask[0], []byte(ask[1])
	}
	switch {
	case !t.chairs[seat].Taken:
		return "buy", nil
	case !t.running():
		return "sit-in", nil
	case t.hand.Asked() != 0:
		return "run", fmt.Appendf(nil, `{"times":%d}`, 1+rng.IntN(2))
	}
	o := t.hand.Options()
	switch roll := rng.IntN(10); {
	case roll == 0:
		return "fold", nil
	case roll < 4 && o.CanRaise():
		return "raise", fmt.Appendf(nil, `{"to":%d}`, o.MinTo+Chips(rng.Int64N(int64(o.MaxTo-o.MinTo)+1)))
	case o.Call > 0:
		return "call", nil
	}
	return "check", nil
}

// knows is the rule of secrecy said a second time: everything but the deck, and
// the own hole cards.
func knows(s game.State, v game.Viewer) any {
	t := s.(*state)
	public := *t
	var own []eval.Card
	var known open
	if t.hand != nil {
		known = t.hand.open
		for i, p := range t.hand.Players {
			if p.Seat == v.Seat && t.dealtIn.Has(p.Seat) {
				cards := t.hand.cards(Pos(i))
				own = cards[:]
			}
		}
	}
	public.hand = nil
	return []any{public, known, own}
}

func TestTableConforms(t *testing.T) {
	for _, row := range []struct {
		name, setup string
		seats       int
	}{
		{"no setup", ``, 2},
		{"freezeout", `{"small_blind":5,"big_blind":10,"stack":100,"runs":2}`, 6},
		{"ten seats", `{"variant":"omaha8","structure":"pot-limit","small_blind":5,"big_blind":10,"stack":80,"ante":1,"hands":4}`, 10},
		{"cash", `{"small_blind":1,"big_blind":2,"min_buy_in":50,"max_buy_in":200,"hands":12}`, 6},
		{"cash with a moving button", `{"structure":"fixed-limit","small_blind":1,"big_blind":2,"stack":60,"min_buy_in":50,"max_buy_in":200,"hands":12,"moving_button":true,"ante":2,"big_blind_ante":true}`, 4},
	} {
		t.Run(row.name, func(t *testing.T) {
			g := gametest.Game{Rules: Rules{}, Setup: []byte(row.setup), Seats: row.seats, Games: 1, Steps: 20000, Act: randomAct, Knows: knows}
			gametest.Conform(t, g)
			g.Games = 12
			gametest.NoLeak(t, g)
		})
	}
}

func mustTable(tb testing.TB, setup string, seats int) *state {
	tb.Helper()
	made, err := Rules{}.New([]byte(setup), seats)
	if err != nil {
		tb.Fatal(err)
	}
	s := made.(*state)
	for seat := range game.Seat(s.n) {
		s = s.ask(tb, seat, "buy", "")
	}
	return s
}

func (s *state) chips() Chips { return Chips(s.Chips()) }

// Chips come to a table when they are bought and go with those who leave, and
// in no other way.
func TestTableKeepsItsChips(t *testing.T) {
	for seed := range uint64(40) {
		rng := rand.New(rand.NewPCG(seed, 4))
		chance := gametest.NewChance(seed)
		s := mustTable(t, `{"small_blind":1,"big_blind":2,"min_buy_in":50,"max_buy_in":200,"ante":1}`, 2+rng.IntN(9))
		want, hands := s.chips(), 0
		for range 3000 {
			seat := game.Seat(rng.IntN(int(s.n)))
			if s.ToAct() != 0 && rng.IntN(4) > 0 {
				seat = s.ToAct().First()
			}
			typ, data := randomAct(s, seat, rng)
			a := action(t, typ, string(data))
			if next, _ := s.Next(); next != nil && s.ToAct() == 0 && rng.IntN(2) == 0 {
				seat, a = game.NoSeat, next
			}
			events, err := s.Decide(seat, a, chance)
			if err != nil && !errors.Is(err, game.ErrIllegal) {
				t.Fatal(err)
			}
			for _, e := range events {
				s = s.evolve(e)
				switch e := e.(type) {
				case Bought:
					want += e.Chips
				case Seated:
					want -= e.Chips
				case HandBegan:
					hands++
				}
				if got := s.chips(); got != want {
					t.Fatalf("table %d: %d chips after %s, want %d", seed, got, e.EventType(), want)
				}
			}
		}
		if hands < 20 {
			t.Errorf("table %d: %d hands", seed, hands)
		}
	}
}

// play asks for what the words say: "2 sit-out", "0 buy 100", "1 sit-in post",
// and "deal": a hand in which everybody folds.
func (s *state) play(tb testing.TB, text string) *state {
	tb.Helper()
	for _, step := range strings.Split(text, ";") {
		w := strings.Fields(step)
		if w[0] == "deal" {
			s = s.ask(tb, game.NoSeat, "deal", "")
			for s.running() {
				s = s.ask(tb, s.ToAct().First(), "fold", "")
			}
			continue
		}
		data := ""
		switch {
		case w[1] == "buy":
			data = `{"chips":` + w[2] + `}`
		case len(w) > 2:
			data = `{"post":true}`
		}
		s = s.ask(tb, game.Seat(w[0][0]-'0'), w[1], data)
	}
	return s
}

func (s *state) ask(tb testing.TB, seat game.Seat, typ, data string) *state {
	tb.Helper()
	events, err := s.Decide(seat, action(tb, typ, data), first{})
	if err != nil {
		tb.Fatalf("seat %d: %s %s: %v", seat, typ, data, err)
	}
	for _, e := range events {
		s = s.evolve(e)
	}
	return s
}

// action decodes what a player asks for, or is what the table does.
func action(tb testing.TB, typ, data string) game.Action {
	tb.Helper()
	if typ == actDeal {
		return ownAction{typ: actDeal}
	}
	a, err := Rules{}.DecodeAction(typ, []byte(data))
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

// first is chance without chance: seat 0 has the first button.
type first struct{}

func (first) Perm(n int) []int {
	p := make([]int, n)
	for i := range p {
		p[i] = i
	}
	return p
}

// began says who had what in the last hand: button, small and big blind, and
// the forced bets by seat.
func (s *state) began() string {
	text := fmt.Sprintf("%d/%d/%d", s.button, s.small, s.big)
	for _, p := range s.hand.Posts {
		text += fmt.Sprintf(" %d:%s", s.hand.Players[p.Pos].Seat, p.Kind)
	}
	return text
}

func TestButton(t *testing.T) {
	const cash = `{"small_blind":5,"big_blind":10,"stack":500,"min_buy_in":50,"max_buy_in":1000%s}`
	moving := fmt.Sprintf(cash, `,"moving_button":true`)
	dead := fmt.Sprintf(cash, "")
	for _, row := range []struct {
		name, setup string
		seats       int
		play, want  string
	}{
		{"first hand", dead, 4, "deal", "0/1/2 1:small 2:big"},
		{"second hand", dead, 4, "deal; deal", "1/2/3 2:small 3:big"},
		{"two players: the button has the small blind", dead, 2, "deal", "0/0/1 0:small 1:big"},
		{"two players take turns", dead, 2, "deal; deal", "1/1/0 1:small 0:big"},
		{"three become two: nobody has the big blind twice", dead, 3, "deal; 0 leave; deal", "2/2/1 2:small 1:big"},
		{"three become two, the big blind goes", dead, 3, "deal; 2 leave; deal", "1/1/0 1:small 0:big"},
		{"the small blind goes: dead button", dead, 4, "deal; 1 leave; deal", "1/2/3 2:small 3:big"},
		{"the big blind goes: no small blind", dead, 4, "deal; 2 leave; deal", "1/2/3 3:big"},
		{"and then a dead button", dead, 4, "deal; 2 leave; deal; deal", "2/3/0 3:small 0:big"},
		{"the next big blind goes: the one after it", dead, 4, "deal; 3 leave; deal", "1/2/0 2:small 0:big"},
		{"moving button", moving, 4, "deal; 2 leave; deal", "1/3/0 3:small 0:big"},
		{"two become three: the new player has the big blind", dead, 3, "2 leave; deal; 2 buy 100; deal", "0/1/2 1:small 2:big"},
		{"two become three: the new player waits for it", dead, 3, "1 leave; deal; 1 buy 100; deal", "2/2/0 2:small 0:big"},
		{"and has it", dead, 3, "1 leave; deal; 1 buy 100; deal; deal", "2/0/1 0:small 1:big"},
		{"a new player who waits through the small blind owes no more", dead, 5,
			"3 leave; deal; 3 buy 100; 3 sit-out; deal; deal; 3 sit-in post; deal", "4/0/1 0:small 1:big 3:extra"},
		{"a new player posts", dead, 5, "4 leave; deal; 4 buy 100; 4 sit-in post; deal", "1/2/3 2:small 3:big 4:extra"},
		{"a new player waits", dead, 5, "4 leave; deal; 4 buy 100; deal", "1/2/3 2:small 3:big"},
		{"and has the big blind", dead, 5, "4 leave; deal; 4 buy 100; deal; deal", "2/3/4 3:small 4:big"},
		{"missed the big blind only", dead, 5, "deal; 3 sit-out; deal; 3 sit-in post; deal", "2/4/0 4:small 0:big"},
		{"nobody posts between the button and the big blind, but after it", dead, 5, "deal; 3 sit-out; deal; 3 sit-in post; deal; deal", "4/0/1 0:small 1:big 3:dead 3:extra"},
		{"missed the small blind only", dead, 5, "deal; 2 sit-out; deal; 2 sit-in post; deal", "2/3/4 3:small 4:big 2:dead"},
		{"all but one sit out, and all come back", dead, 3, "deal; 0 sit-out; 1 sit-out; 0 sit-in; 1 sit-in; deal", "1/2/0 2:small 0:big"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := mustTable(t, row.setup, row.seats).play(t, row.play).began(); got != row.want {
				t.Errorf("got %s, want %s", got, row.want)
			}
		})
	}
}

func TestTableRefusals(t *testing.T) {
	const cash = `{"small_blind":5,"big_blind":10,"stack":500,"min_buy_in":50,"max_buy_in":600}`
	for _, row := range []struct {
		name, setup, play string
		seat              game.Seat
		typ, data, want   string
	}{
		{"deal twice", cash, "", game.NoSeat, "deal", "", ""},
		{"no hand", cash, "", 0, "fold", "", "no hand has been dealt"},
		{"no such seat", cash, "", 7, "leave", "", "there is no seat 7"},
		{"in already", cash, "", 0, "sit-in", "", "you are in already"},
		{"out already", cash, "0 sit-out", 0, "sit-out", "", "you sit out already"},
		{"too many chips", cash, "", 0, "buy", `{"chips":101}`, "you can buy 1 up to 100 chips, not 101"},
		{"too few chips", cash, "0 leave", 0, "buy", `{"chips":49}`, "you can buy 50 up to 600 chips, not 49"},
		{"a negative number of chips", cash, "", 0, "buy", `{"chips":-5}`, "not -5"},
		{"gone", cash, "0 leave", 0, "sit-out", "", "buy in first"},
		{"alone", cash, "0 sit-out; 1 sit-out", game.NoSeat, "deal", "", "it takes two players"},
		{"buy into a freezeout", `{}`, "", 0, "buy", `{"chips":5}`, "nobody can buy in"},
		{"leave a freezeout", `{}`, "deal", 0, "leave", "", "nobody leaves with chips"},
		{"the table sits out", cash, "", game.NoSeat, "sit-out", "", "only a player"},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := mustTable(t, row.setup, 3)
			if row.play != "" {
				s = s.play(t, row.play)
			}
			if row.want == "" {
				s, row.want = s.ask(t, row.seat, row.typ, row.data), "the hand is not over"
			}
			if _, err := s.Decide(row.seat, action(t, row.typ, row.data), first{}); !errors.Is(err, game.ErrIllegal) || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, want %q", err, row.want)
			}
		})
	}
}

// Who leaves in the middle of a hand is played out, whosever turn it is, and
// then takes the chips along; a newcomer never sees the cards of the seat.
func TestLeaveInAHand(t *testing.T) {
	s := mustTable(t, `{"small_blind":5,"big_blind":10,"stack":500,"min_buy_in":50,"max_buy_in":600}`, 3)
	s = s.ask(t, game.NoSeat, "deal", "").ask(t, 2, "leave", "")
	if got := s.ToAct(); got != game.SeatSet(0) || !s.chairs[2].Leaving {
		t.Fatalf("to act: %b", got)
	}
	s = s.ask(t, 0, "raise", `{"to":30}`).ask(t, 1, "call", "")
	if s.chairs[2].Taken || s.posOf(2) != NoPos || s.chips() != 1010 {
		t.Errorf("who has folded is still there: %+v, %d chips", s.chairs[2], s.chips())
	}
	s = s.ask(t, 1, "fold", "")
	if s.running() || s.chairs[2].Taken || s.chips() != 1010 {
		t.Errorf("the hand goes on, or seat 2 is taken, or there are %d chips", s.chips())
	}
	s = s.ask(t, 2, "buy", `{"chips":100}`)
	if you := s.View(game.Viewer{Seat: 2}).(TableView).Hand.You; you != nil {
		t.Errorf("a newcomer sees %v", you.Cards)
	}
	if you := s.View(game.Viewer{Seat: 1}).(TableView).Hand.You; you == nil {
		t.Error("who played the hand does not see his cards")
	}
}

// A table that is read from the last hand's beginning on is the same.
func TestTableFromItsLastHand(t *testing.T) {
	const setup = `{"small_blind":5,"big_blind":10,"stack":500,"min_buy_in":50,"max_buy_in":600}`
	s := mustTable(t, setup, 4).play(t, "deal; 1 leave; deal; 1 buy 100; 3 sit-out; deal")
	events, err := s.Decide(game.NoSeat, ownAction{typ: actDeal}, first{})
	if err != nil {
		t.Fatal(err)
	}
	again := mustTable(t, setup, 4)
	for _, e := range events {
		s, again = s.evolve(e), again.evolve(e)
	}
	a, errA := json.Marshal(s.View(game.Viewer{Seat: 0}))
	b, errB := json.Marshal(again.View(game.Viewer{Seat: 0}))
	if errA != nil || errB != nil || string(a) != string(b) {
		t.Errorf("%s\n%s", a, b)
	}
}

func TestBadStakes(t *testing.T) {
	for _, text := range []string{
		`{"variant":"snap"}`, `{"structure":"no"}`, `{"big_blind":-1}`, `{"small_blind":20,"big_blind":10}`, `{"big_blind":10,"ante":-1}`,
		`{"big_blind":10,"max_buy_in":100}`, `{"big_blind":10,"min_buy_in":100,"max_buy_in":50}`, `{"runs":7}`, `{"hands":-1}`, `{"stack":-5}`, `{"big_blind":1.5}`, `[`,
	} {
		if _, err := (Rules{}).New([]byte(text), 2); !errors.Is(err, game.ErrMalformed) {
			t.Errorf("%s: %v, want ErrMalformed", text, err)
		}
	}
	if _, err := (Rules{}).New(nil, 11); !errors.Is(err, game.ErrMalformed) {
		t.Errorf("eleven seats: %v", err)
	}
}

// Nothing that is read from a journal makes a table panic.
func FuzzDecodeTableEvent(f *testing.F) {
	s := mustTable(f, `{"small_blind":5,"big_blind":10,"stack":500,"min_buy_in":50,"max_buy_in":600}`, 3)
	events, err := s.Decide(game.NoSeat, ownAction{typ: actDeal}, first{})
	if err != nil {
		f.Fatal(err)
	}
	events = append(events, Bought{Seat: 1, Chips: 50}, Wished{1, wishShow, true}, Placed{1, 2, 5}, Rested{1, 60, 5, 5}, Protected{1}, SatIn{1, true}, Seated{typ: typeLeft, Seat: 1, Chips: 5}, Finished{statusWon, []game.Seat{1}})
	for _, e := range events {
		data, err := Rules{}.EncodeEvent(e)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(e.EventType(), data)
	}
	dealt := s.ask(f, game.NoSeat, "deal", "")
	f.Fuzz(func(t *testing.T, typ string, data []byte) {
		e, err := Rules{}.DecodeEvent(typ, data)
		if err != nil {
			if !errors.Is(err, game.ErrMalformed) {
				t.Errorf("%v, want ErrMalformed", err)
			}
			return
		}
		for _, s := range []*state{s, dealt} {
			_ = s.EventView(e, game.Viewer{Seat: 1})
			_ = s.evolve(e).View(game.Spectator)
		}
	})
}
