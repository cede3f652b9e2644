package poker_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"kibitz/internal/game"
	"kibitz/internal/poker"
)

func TestShowdown(t *testing.T) {
	const board = "/ 2c7d9hJc4s"
	omaha8 := setup("omaha8", poker.Limit{Structure: poker.PotLimit, BigBlind: 10}, 500, 500, 500)
	for _, row := range []struct {
		name        string
		setup       poker.Setup
		cards, play string
		want        string
	}{
		{"the last to bet on the river shows first, losers muck", noLimit(500, 500, 500), "KsKh AsAh QsQh" + board,
			"2 c; 0 c; 1 x; 0 x; 1 x; 2 x; 0 x; 1 x; 2 x; 0 x; 1 r 10; 2 c; 0 c", "1 shows AsAh; 2 mucks; 0 mucks"},
		{"each shows who beats what is shown", noLimit(500, 500, 500), "QsQh KsKh AsAh" + board,
			"2 c; 0 c; 1 x; 0 x; 1 x; 2 x; 0 x; 1 x; 2 x; 0 x; 1 x; 2 x", "0 shows QsQh; 1 shows KsKh; 2 shows AsAh"},
		{"a bet on the turn does not matter on the river", noLimit(500, 500), "QsQh KsKh" + board,
			"1 c; 0 x; 0 x; 1 x; 0 x; 1 r 10; 0 c; 0 x; 1 x", "0 shows QsQh; 1 shows KsKh"},
		{"a tie is shown", noLimit(500, 500), "As3d Ad3c" + board, "1 c; 0 x; 0 x; 1 x; 0 x; 1 x; 0 x; 1 x", "0 shows As3d; 1 shows Ad3c"},
		{"nobody is left", noLimit(500, 500), "As3d Ad3c" + board, "1 c; 0 x; 0 r 10; 1 f", ""},
		{"all-in before the end: all show first", noLimit(100, 500, 500), "KsKh AsAh QsQh" + board,
			"2 r 500; 0 c; 1 c", "0 shows KsKh; 1 shows AsAh; 2 shows QsQh"},
		{"the side pot shows before the main pot", noLimit(100, 500, 500), "AsAh QsQh KsKh" + board,
			"2 r 100; 0 c; 1 c; 1 x; 2 r 20; 1 c; 1 x; 2 x; 1 x; 2 x", "1 shows QsQh; 2 shows KsKh; 0 shows AsAh"},
		{"a low is worth showing", omaha8, "KhKdJs9c As2d7c9s Ts9d3h3c / Ks8c5h4dQh",
			"2 f; 0 c; 1 x; 0 x; 1 x; 0 x; 1 x; 0 x; 1 x", "0 shows KhKdJs9c; 1 shows As2d7c9s"},
	} {
		t.Run(row.name, func(t *testing.T) {
			hand := deal(t, row.setup, row.cards).play(row.play)
			if got := hand.log("shown", "mucked"); got != row.want || !hand.Over() {
				t.Errorf("got %q, want %q; over: %t", got, row.want, hand.Over())
			}
		})
	}
}

func TestLosersMayShow(t *testing.T) {
	s := noLimit(500, 500)
	s.Players[1].ShowLosing = true
	hand := deal(t, s, "AsAh QsQh / 2c7d9hJc4s").play("1 c; 0 x; 0 x; 1 x; 0 x; 1 x; 0 x; 1 x")
	if got, want := hand.log("shown", "mucked"), "0 shows AsAh; 1 shows QsQh"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestShowAfterTheHand(t *testing.T) {
	hand := deal(t, noLimit(500, 500, 500), "KsKh AsAh QsQh").play("2 f; 0 f; 2 s; 1 s")
	if got, want := hand.log("shown"), "2 shows QsQh; 1 shows AsAh"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := hand.Decide(1, poker.Action{Act: poker.Show}); !errors.Is(err, game.ErrIllegal) {
		t.Errorf("showing twice: %v", err)
	}
}

func TestRunItTwice(t *testing.T) {
	for _, row := range []struct {
		name, play, boards, awards, stacks string
	}{
		{"both agree", "1 r 105; 0 c; 0 n 2; 1 n 2",
			"flop 0 2c7d9h; turn 0 Jc; river 0 4s; flop 1 KcKd3d; turn 1 5h; river 1 6h", "pot 0.0 0:105; pot 0.1 1:105", "[105 105]"},
		{"after the flop", "1 c; 0 x; 0 r 95; 1 c; 1 n 2; 0 n 2",
			"flop 0 2c7d9h; turn 0 Jc; river 0 4s; turn 1 Kc; river 1 Kd", "pot 0.0 0:105; pot 0.1 1:105", "[105 105]"},
		{"one declines", "1 r 105; 0 c; 1 n 1", "flop 0 2c7d9h; turn 0 Jc; river 0 4s", "pot 0.0 0:210", "[210 0]"},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := noLimit(105, 105)
			s.Runs = 2
			hand := deal(t, s, "AsAh KsKh / 2c7d9hJc4sKcKd3d5h6h").play(row.play)
			if got := hand.log("turned"); got != row.boards {
				t.Errorf("boards: got %q, want %q", got, row.boards)
			}
			if got := hand.log("awarded"); got != row.awards || hand.stacks() != row.stacks {
				t.Errorf("got %q and %s, want %q and %s", got, hand.stacks(), row.awards, row.stacks)
			}
		})
	}
}

func TestOddChipOfTwoRunsGoesToTheFirst(t *testing.T) {
	s := noLimit(105, 105, 5)
	s.Runs = 2
	s.Posts[0].Amount = 5
	hand := deal(t, s, "AsAh KsKh 8s3c / 2c7d9hJc4sKcKd3d5h6h").play("2 c; 0 r 105; 1 c; 2 n 2; 0 n 2; 1 n 2")
	want := "pot 1.0 0:100; pot 1.1 1:100; pot 0.0 0:8; pot 0.1 1:7"
	if got := hand.log("awarded"); got != want || hand.stacks() != "[108 107 0]" {
		t.Errorf("got %q and %s, want %q", got, hand.stacks(), want)
	}
}

func TestRunIsAskedOnce(t *testing.T) {
	s := noLimit(100, 100)
	s.Runs = 2
	hand := deal(t, s, "AsAh KsKh").play("1 r 100; 0 c")
	if got := hand.Asked(); got.Len() != 2 || hand.ToAct() != poker.NoPos {
		t.Fatalf("asked %b, to act %d", got, hand.ToAct())
	}
	for _, a := range []poker.Action{{Act: poker.Run, Amount: 3}, {Act: poker.Run}, {Act: poker.Check}, {Act: poker.Fold}} {
		if _, err := hand.Decide(0, a); !errors.Is(err, game.ErrIllegal) {
			t.Errorf("%+v: %v, want a refusal", a, err)
		}
	}
	hand.play("0 n 2")
	if _, err := hand.Decide(0, poker.Action{Act: poker.Run, Amount: 1}); !errors.Is(err, game.ErrIllegal) {
		t.Errorf("a second answer: %v, want a refusal", err)
	}
	if a, ok := hand.Lapse(1); !ok || a.Act != poker.Run || a.Amount != 1 {
		t.Errorf("who does not answer: %+v, %t", a, ok)
	}
}

func TestSplitsOfHighAndLow(t *testing.T) {
	limit := poker.Limit{Structure: poker.FixedLimit, BigBlind: 10, SmallBet: 10, BigBet: 20}
	for _, row := range []struct{ name, cards, play, want string }{
		{"the same two win both halves: as even as can be", "Ts9d3h3c As2dKc9s Ah2cKd9h / 8c5h4dQhJs",
			"2 c; 0 f; 1 x; 1 x; 2 x; 1 x; 2 x; 1 x; 2 x", "pot 0.0 1:13 2:12"},
		{"the odd chip is high's", "Ts9d3h3c As2d7c9s KhKdJs9c / Ks8c5h4dQh",
			"2 c; 0 f; 1 x; 1 x; 2 x; 1 x; 2 x; 1 x; 2 x", "pot 0.0 high 2:13; pot 0.0 low 1:12"},
		{"no low", "Ts9d3h3c As2d7c9s KhKdJs9c / Ks8cThTdQh",
			"2 c; 0 f; 1 x; 1 x; 2 x; 1 x; 2 x; 1 x; 2 x", "pot 0.0 2:25"},
	} {
		t.Run(row.name, func(t *testing.T) {
			hand := deal(t, setup("omaha8", limit, 500, 500, 500), row.cards).play(row.play)
			if got := hand.log("awarded"); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

// The names say what broke elsewhere; spec: traps that broke other engines.
func TestTraps(t *testing.T) {
	const board = "/ 2c7d9hJc4s"
	shortStraddle := noLimit(500, 500, 4, 500)
	shortStraddle.Posts = append(shortStraddle.Posts, poker.Post{Pos: 2, Kind: poker.PostStraddle, Amount: 20})
	for _, row := range []struct {
		name        string
		setup       poker.Setup
		cards, play string
		stacks      string
	}{
		{"all-in player stays in the pots of a checked street", noLimit(100, 500, 500), "AsAh KsKh QsQh" + board,
			"2 r 100; 0 c; 1 c; 1 x; 2 x; 1 x; 2 x; 1 x; 2 x", "[300 400 400]"},
		{"a layer that only folded players reached is not lost", shortStraddle, "KsKh QsQh AsAh 8s3d" + board,
			"3 f; 0 f; 1 f", "[495 495 14 500]"},
		{"folded chips stay in the layers they reached", noLimit(500, 500, 50, 500), "KsKh QsQh AsAh 8s3d" + board,
			"2 r 50; 3 r 200; 0 c; 1 f; 0 x; 3 r 100; 0 f", "[300 490 160 600]"},
		{"a winner at a three-way river", noLimit(500, 500, 500), "KsKh QsQh AsAh" + board,
			"2 c; 0 c; 1 x; 0 x; 1 x; 2 x; 0 x; 1 x; 2 x; 0 r 490; 1 c; 2 c", "[0 0 1500]"},
		{"the last chips can be bet", noLimit(17, 500), "AsAh KsKh" + board, "1 c; 0 x; 0 r 7; 1 c", "[34 483]"},
		{"one stack remains", noLimit(500, 500), "AsAh KsKh" + board, "1 r 500; 0 c", "[1000 0]"},
		{"all-in on the blind", noLimit(500, 7), "AsAh KsKh" + board, "1 c", "[507 0]"},
		{"both all-in on the blinds", noLimit(10, 5), "KsKh AsAh" + board, "", "[5 10]"},
	} {
		t.Run(row.name, func(t *testing.T) {
			hand := deal(t, row.setup, row.cards).play(row.play)
			if got := hand.stacks(); got != row.stacks || !hand.Over() {
				t.Errorf("got %s, over %t, want %s; %s", got, hand.Over(), row.stacks, hand.log("returned", "awarded"))
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	potLimit := setup("omaha", poker.Limit{Structure: poker.PotLimit, BigBlind: 10}, 1000, 1000, 1000)
	fixed := setup("holdem", poker.Limit{Structure: poker.FixedLimit, BigBlind: 10, SmallBet: 10, BigBet: 20, Cap: 2}, 500, 500, 500)
	for _, row := range []struct {
		name  string
		setup poker.Setup
		play  string
		ask   string
		want  string
	}{
		{"out of turn", noLimit(500, 500, 500), "", "0 c", "it is not your turn"},
		{"folded", noLimit(500, 500, 500), "2 f", "2 c", "you have folded"},
		{"not there", noLimit(500, 500, 500), "", "7 c", "you are not in this hand"},
		{"check facing a bet", noLimit(500, 500, 500), "", "2 x", "you cannot check: it is 10 to call"},
		{"nothing to call", noLimit(500, 500), "1 c", "0 c", "there is nothing to call: you can check"},
		{"the price rose", noLimit(500, 500, 500), "2 r 30; 0 f", "1 c 10", "it is 20 to call, not 10"},
		{"below the minimum", noLimit(500, 500, 500), "2 r 30", "0 r 40", "a raise to 40 is too small: the last was by 20, so you can raise to 50 up to 500"},
		{"a bet below the minimum", noLimit(500, 500), "1 c; 0 x", "0 r 9", "a bet of 9 is too small: you can bet 10 up to 490"},
		{"above the stack", noLimit(500, 500, 500), "", "2 r 501", "501 is more than you have: you can go to 20 up to 500"},
		{"a huge amount", noLimit(500, 500, 500), "", "2 r 9223372036854775807", "is more than you have"},
		{"above the pot", potLimit, "", "2 r 36", "36 is more than the pot allows: you can go to 20 up to 35"},
		{"another size", fixed, "", "2 r 30", "the limit is fixed: you can only make it 20"},
		{"capped", fixed, "2 r 20", "0 r 30", "you cannot raise: the street has had all its raises"},
		{"only all-in", noLimit(500, 500, 15), "", "2 r 12", "you can only go all-in, to 15"},
		{"a call takes it all", noLimit(500, 500, 8), "", "2 r 8", "you cannot raise: a call takes your whole stack"},
		{"not reopened", noLimit(500, 40, 500), "2 r 30; 0 c; 1 r 40", "2 r 100", "you cannot raise: what was raised since you acted is less than a full raise"},
		{"nobody left", noLimit(40, 500), "1 c; 0 r 40", "1 r 100", "you cannot raise: everybody else is all-in"},
		{"all-in", noLimit(40, 500, 500), "2 c; 0 r 40; 1 c; 2 c", "0 x", "you are all-in"},
		{"over", noLimit(500, 500), "1 f", "0 x", "the hand is over"},
		{"nobody asks", noLimit(500, 500), "", "1 n 2", "nobody asks you"},
		{"show too early", noLimit(500, 500), "", "1 s", "you can show your cards when the hand is over"},
	} {
		t.Run(row.name, func(t *testing.T) {
			hand := deal(t, row.setup, "").play(row.play)
			p, a := mustAction(t, row.ask)
			events, err := hand.Decide(p, a)
			if !errors.Is(err, game.ErrIllegal) || events != nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, want %q", err, row.want)
			}
		})
	}
	if _, err := deal(t, noLimit(500, 500), "").Decide(1, poker.Action{Act: "dance"}); !errors.Is(err, game.ErrIllegal) {
		t.Errorf("an unknown act: %v", err)
	}
}

func TestLapse(t *testing.T) {
	hand := deal(t, noLimit(500, 500), "")
	if a, ok := hand.Lapse(1); !ok || a.Act != poker.Fold {
		t.Errorf("facing a bet: %+v, %t", a, ok)
	}
	if _, ok := hand.Lapse(0); ok {
		t.Error("a lapse of who is not to act")
	}
	hand.play("1 c")
	if a, ok := hand.Lapse(0); !ok || a.Act != poker.Check {
		t.Errorf("facing nothing: %+v, %t", a, ok)
	}
}

func TestOptionsOfSettings(t *testing.T) {
	straddled := noLimit(500, 500, 500, 500)
	straddled.Posts = append(straddled.Posts, poker.Post{Pos: 2, Kind: poker.PostStraddle, Amount: 20})
	doubled := straddled
	doubled.Limit.StraddleRaise = true
	fixed := setup("holdem", poker.Limit{Structure: poker.FixedLimit, BigBlind: 10, SmallBet: 10, BigBet: 20}, 500, 500)
	uncapped := fixed
	uncapped.Limit.UncappedHeadsUp = true
	blindFirst := noLimit(500, 12, 500)
	blindFirst.Posts = append(blindFirst.Posts, poker.Post{Pos: 1, Kind: poker.PostDead, Amount: 10})
	anteFirst := noLimit(500, 12, 500)
	anteFirst.Posts = append([]poker.Post{{Pos: 1, Kind: poker.PostDead, Amount: 10}}, anteFirst.Posts...)
	const raises = "1 r 20; 0 r 30; 1 r 40"
	for _, row := range []struct {
		name  string
		setup poker.Setup
		play  string
		to    poker.Pos
		want  poker.Options
		pot   poker.Chips
	}{
		{"straddle", straddled, "", 3, poker.Options{Call: 20, MinTo: 30, MaxTo: 500, Step: 1}, 35},
		{"straddle that sets the raise", doubled, "", 3, poker.Options{Call: 20, MinTo: 40, MaxTo: 500, Step: 1}, 35},
		{"the straddler acts last", straddled, "3 c; 0 c; 1 c", 2, poker.Options{MinTo: 30, MaxTo: 500, Step: 1}, 80},
		{"uncapped heads-up", uncapped, raises, 0, poker.Options{Call: 10, MinTo: 50, MaxTo: 50, Step: 1}, 70},
		{"big bet on the turn", fixed, "1 c; 0 x; 0 x; 1 x", 0, poker.Options{MinTo: 20, MaxTo: 20, Step: 1}, 20},
		{"big blind first, then the ante", blindFirst, "", 2, poker.Options{Call: 10, MinTo: 20, MaxTo: 500, Step: 1}, 17},
		{"ante first, then a short blind", anteFirst, "", 2, poker.Options{Call: 10, MinTo: 20, MaxTo: 500, Step: 1}, 17},
	} {
		t.Run(row.name, func(t *testing.T) {
			hand := deal(t, row.setup, "").play(row.play)
			if got := hand.Options(); got != row.want || hand.ToAct() != row.to {
				t.Errorf("place %d has %+v, want place %d with %+v", hand.ToAct(), got, row.to, row.want)
			}
			if got := hand.Public().Pot; got != row.pot {
				t.Errorf("pot %d, want %d", got, row.pot)
			}
		})
	}
	capped := deal(t, fixed, "").play(raises)
	if capped.Options().CanRaise() {
		t.Error("a fifth bet where there are four")
	}
}

func TestBadSetups(t *testing.T) {
	for name, change := range map[string]func(*poker.Setup){
		"variant":           func(s *poker.Setup) { s.Variant = "snap" },
		"one player":        func(s *poker.Setup) { s.Players = s.Players[:1] },
		"no stack":          func(s *poker.Setup) { s.Players[0].Stack = 0 },
		"a stack too large": func(s *poker.Setup) { s.Players[0].Stack = poker.MaxStack + 1 },
		"a seat twice":      func(s *poker.Setup) { s.Players[0].Seat = 1 },
		"no structure":      func(s *poker.Setup) { s.Limit.Structure = 0 },
		"no big blind":      func(s *poker.Setup) { s.Limit.BigBlind = 0 },
		"fixed bets":        func(s *poker.Setup) { s.Limit.SmallBet = 1 },
		"no fixed bets":     func(s *poker.Setup) { s.Limit.Structure = poker.FixedLimit },
		"a negative cap":    func(s *poker.Setup) { s.Limit.Cap = -1 },
		"three runs":        func(s *poker.Setup) { s.Runs = 3 },
		"post of nobody":    func(s *poker.Setup) { s.Posts[0].Pos = 5 },
		"post of nothing":   func(s *poker.Setup) { s.Posts[0].Amount = 0 },
		"unknown post":      func(s *poker.Setup) { s.Posts[0].Kind = "tip" },
	} {
		s := noLimit(500, 500)
		change(&s)
		if _, err := poker.NewHand(s); !errors.Is(err, game.ErrMalformed) {
			t.Errorf("%s: %v, want ErrMalformed", name, err)
		}
	}
	hand, err := poker.NewHand(noLimit(500, 500))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := hand.Start(poker.Deck{}); !errors.Is(err, game.ErrMalformed) {
		t.Errorf("a deck of deuces: %v, want ErrMalformed", err)
	}
	if _, err := hand.Decide(1, poker.Action{Act: poker.Fold}); !errors.Is(err, game.ErrIllegal) {
		t.Errorf("before the deal: %v, want a refusal", err)
	}
}

func TestEquities(t *testing.T) {
	s := noLimit(100, 100, 100)
	s.Runs = 2 // which stops before the board
	hand := deal(t, s, "AsAh KsKh 8s3d / 2c7d9hJc4s").play("2 f; 0 r 100")
	if got := hand.Equities(10, nil); got != nil {
		t.Errorf("before all cards are shown: %+v", got)
	}
	hand.play("1 c")
	got := hand.Equities(2000, rand.New(rand.NewPCG(1, 1)))
	if len(got) != 2 || got[0].Share < 0.75 || got[0].Share > 0.9 {
		t.Errorf("aces against kings: %+v", got)
	}
	hand.play("0 n 1")
	if got := hand.Equities(10, nil); got != nil {
		t.Errorf("when nothing can change: %+v", got)
	}
}
