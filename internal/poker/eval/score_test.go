package eval_test

import (
	"math/rand/v2"
	"os"
	"testing"

	"pgregory.net/rapid"

	"kibitz/internal/poker/eval"
)

// census counts all hands of n cards by category, and how many scores differ.
func census(n int) (counts [9]int, classes int) {
	seen := map[eval.Score]bool{}
	last := eval.Score(0)
	var deal func(h eval.Hand, from eval.Card, left int)
	deal = func(h eval.Hand, from eval.Card, left int) {
		for c := from; c+eval.Card(left) <= eval.DeckSize; c++ {
			next := h | c.Hand()
			if left > 1 {
				deal(next, c+1, left-1)
				continue
			}
			s := next.Score()
			counts[s.Category()]++
			if s != last {
				seen[s], last = true, s
			}
		}
	}
	deal(0, 0, n)
	return counts, len(seen)
}

func TestAllFiveCardHands(t *testing.T) {
	counts, classes := census(5)
	want := [9]int{1302540, 1098240, 123552, 54912, 10200, 5108, 3744, 624, 40}
	if counts != want || classes != 7462 {
		t.Errorf("got %v in %d classes, want %v in 7462", counts, classes, want)
	}
}

func TestAllSevenCardHands(t *testing.T) {
	if os.Getenv("KIBITZ_POKER_ALL") == "" {
		t.Skip("set KIBITZ_POKER_ALL=1 to count all 133,784,560 hands: it takes some seconds of a core")
	}
	counts, classes := census(7)
	want := [9]int{23294460, 58627800, 31433400, 6461620, 6180020, 4047644, 3473184, 224848, 41584}
	if counts != want || classes != 4824 {
		t.Errorf("got %v in %d classes, want %v in 4824", counts, classes, want)
	}
}

// bestOf is the definition: the best that is left when cards are taken away
// until there are five.
func bestOf(h eval.Hand) eval.Score {
	if h.Len() == 5 {
		return h.Score()
	}
	var best eval.Score
	for c := range h.All() {
		best = max(best, bestOf(h&^c.Hand()))
	}
	return best
}

func TestMoreCardsAreTheBestFive(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		n := 6 + rng.IntN(2)
		h := randomHand(rng, n, 0)
		if got, want := h.Score(), bestOf(h); got != want {
			t.Fatalf("%v scores %v (%x), want %v (%x)", h, got, uint32(got), want, uint32(want))
		}
		if best := h.Best(); best.Len() != 5 || best&^h != 0 || best.Score() != h.Score() {
			t.Fatalf("the best of %v is %v", h, best)
		}
	}
}

// randomHand returns n cards that are not among others.
func randomHand(rng *rand.Rand, n int, others eval.Hand) eval.Hand {
	var h eval.Hand
	for h.Len() < n {
		h |= eval.Card(rng.IntN(eval.DeckSize)).Hand() &^ others
	}
	return h
}

func TestSuitsDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cards := rapid.SliceOfNDistinct(rapid.Uint8Range(0, 51), 5, 7, rapid.ID).Draw(t, "cards")
		suits := rapid.Permutation([]eval.Suit{0, 1, 2, 3}).Draw(t, "suits")
		var here, there eval.Hand
		for _, n := range cards {
			c := eval.Card(n)
			here |= c.Hand()
			there |= eval.NewCard(c.Rank(), suits[c.Suit()]).Hand()
		}
		if here.Score() != there.Score() || here.Low() != there.Low() {
			t.Fatalf("%v and %v score %v and %v", here, there, here.Score(), there.Score())
		}
	})
}

func TestHandsInOrder(t *testing.T) {
	rows := []struct{ hand, words string }{
		{"2c3d4h5s7c", "high card Seven"},
		{"KcQdJh9s8c", "high card King"},
		{"AcQdJh9s8c2d3h", "high card Ace"},
		{"2c2d4h5s7c", "a pair of Deuces"},
		{"6c6d4h5s7c", "a pair of Sixes"},
		{"6c6d4h5s8c", "a pair of Sixes"},
		{"2c2d3h3sAc", "two pair, Threes and Deuces"},
		{"9c9dKhKs2c", "two pair, Kings and Nines"},
		{"9c9dKhKs3c3h2d", "two pair, Kings and Nines"},
		{"9c9dKhKs4c2h2d", "two pair, Kings and Nines"},
		{"2c2d2h3s4c", "three of a kind, Deuces"},
		{"AcAdAh3s4c", "three of a kind, Aces"},
		{"Ac2d3h4s5c", "a straight, Ace to Five"},
		{"2c3d4h5s6c6d6h", "a straight, Deuce to Six"},
		{"3c4d5h6s7c", "a straight, Three to Seven"},
		{"AcKdQhJsTc", "a straight, Ten to Ace"},
		{"2c3c4c5c7c", "a flush, Seven high"},
		{"2c3c4c5cAc", "a straight flush, Ace to Five"},
		{"AdKcQc3c5c9c", "a flush, King high"},
		{"Ac3c4c5c9cAdAh", "a flush, Ace high"},
		{"2c2d2h3s3c", "a full house, Deuces full of Threes"},
		{"AcAdAhKsKc", "a full house, Aces full of Kings"},
		{"AcAdAhKsKcKd2d", "a full house, Aces full of Kings"},
		{"2c2d2h2s3c", "four of a kind, Deuces"},
		{"2c2d2h2s3c3d3h", "four of a kind, Deuces"},
		{"5c6c7c8c9c", "a straight flush, Five to Nine"},
		{"AsKsQsJsTs", "a Royal Flush"},
	}
	for _, row := range rows {
		if got := mustHand(t, row.hand).Score().String(); got != row.words {
			t.Errorf("%s is %q, want %q", row.hand, got, row.words)
		}
	}
	orders := [][2]string{
		{"2c3d4h5s7c", "2c3d4h6s7c"}, {"6c6d4h5s7c", "6c6d4h5s8c"}, {"Ac2d3h4s5c", "2c3d4h5s6c"},
		{"9c9dKhKs2c", "9c9dKhKs3c"}, {"AcAd2h2s3c", "KcKdAhAs2c"}, {"2c3c4c5c7c", "2d3d4d6d7d"},
		{"2c2d2hAsAc", "3c3d3h2s2c"}, {"AsKsQsJs9s", "AcAdAh2s2c"},
	}
	for _, row := range orders {
		if worse, better := mustHand(t, row[0]).Score(), mustHand(t, row[1]).Score(); worse >= better {
			t.Errorf("%s (%v) does not lose to %s (%v)", row[0], worse, row[1], better)
		}
	}
}

func TestLow(t *testing.T) {
	for _, row := range []struct{ hand, want string }{
		{"Ac2d3h4s5c", "5,4,3,2,A"},
		{"Ac2c3c4c5c", "5,4,3,2,A"},
		{"8c7d6h5s4c", "8,7,6,5,4"},
		{"AcAd2h3s8c7d6d", "7,6,3,2,A"},
		{"Ac2d3h4s9c", "no low"},
		{"AcAd3h4s5c", "no low"},
	} {
		if got := mustHand(t, row.hand).Low().String(); got != row.want {
			t.Errorf("the low of %s is %s, want %s", row.hand, got, row.want)
		}
	}
	best := []string{"Ac2d3h4s5c", "Ac2d3h4s6c", "2d3h4s5c6c", "Ac2d3h4s7c", "4d5h6s7c8c", "AcKdQh4s7c"}
	for i := 1; i < len(best); i++ {
		if mustHand(t, best[i-1]).Low() >= mustHand(t, best[i]).Low() {
			t.Errorf("the low %s does not beat %s", best[i-1], best[i])
		}
	}
}

func TestOmahaUsesTwoAndThree(t *testing.T) {
	for _, row := range []struct{ name, hole, board, high, low string }{
		{"one heart is no flush", "AhKs3d2c", "4h6hThQh9c", "high card Ace", "no low"},
		{"four of a kind in the hole are a pair", "AcAdAhAs", "2c7d9hJsKc", "a pair of Aces", "no low"},
		{"the board does not play", "2c3d2h3s", "AsKsQsJsTs", "a pair of Threes", "no low"},
		{"a low with other cards than the high", "As2dKcKd", "Kh8c5h4dQs", "three of a kind, Kings", "8,5,4,2,A"},
		{"a counterfeit low", "As2dKcKd", "Ah2c8hTdJs", "two pair, Aces and Deuces", "no low"},
		{"a flop", "AsKsQdQh", "JsTs2s", "a flush, Ace high", "no low"},
	} {
		hole, board := mustHand(t, row.hole), mustHand(t, row.board)
		if got := eval.Omaha(hole, board).String(); got != row.high {
			t.Errorf("%s: %q, want %q", row.name, got, row.high)
		}
		if got := eval.OmahaLow(hole, board).String(); got != row.low {
			t.Errorf("%s: low %s, want %s", row.name, got, row.low)
		}
		best := eval.OmahaBest(hole, board)
		if (best&hole).Len() != 2 || (best&board).Len() != 3 || best.Score() != eval.Omaha(hole, board) {
			t.Errorf("%s: the best is %v", row.name, best)
		}
	}
}
