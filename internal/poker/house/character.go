package house

// Character is one way to play. Its numbers are of this package.
type Character struct {
	// Level counts from 1, the easiest to beat; it is the level of the house
	// player who sits at a table.
	Level int
	// ID is stored nowhere, and names the charts.
	ID string
	// Name is what the player is called, and Style who that is.
	Name, Style string
	manner
}

// manner is how a character differs after the flop, and in what is no bet.
type manner struct {
	// bluff is how often out of 100 a bet with a hand that should not be called
	// is thought of at all, and semi one with a draw.
	bluff, semi int
	// cbet is the same for who raised last before the flop, on the flop.
	cbet int
	// slow is how often a very good hand is not bet, and trap how often a good
	// one is checked in order to raise.
	slow, trap int
	// eager is added to what betting and raising seem worth, and curious to what
	// calling does, in parts of the pot.
	eager, curious float64
	// faith is how much of the others' folding is believed in.
	faith float64
	// thin is the share of the pot a called bet should win at least.
	thin float64
	// jam and look stretch the stacks for going all-in before the flop, and for
	// calling it.
	jam, look float64
	// open is the size of the first raise in tenths of a big blind.
	open int
	// twice is whether a board may be run twice, reveal how often out of 100 a
	// hand is shown that need not be, and posts whether to post rather than to
	// wait for the big blind.
	twice  bool
	reveal int
	posts  bool
	// refill is below which part of the largest buy-in, out of 100, chips are
	// bought, and buys up to which part.
	refill, buys int
}

// Characters returns all of them, the easiest first.
func Characters() []Character {
	return []Character{
		{1, "panda", "House · Panda", "calls with nearly everything, and seldom raises", manner{
			bluff: 3, semi: 6, cbet: 20, slow: 25, trap: 15, eager: -0.25, curious: 0.3, faith: 0.5, thin: 0.66,
			jam: 0.6, look: 1.7, open: 30, twice: true, reveal: 20, posts: true, refill: 50, buys: 60}},
		{2, "rock", "House · Rock", "waits for good hands, and bets them", manner{
			bluff: 12, semi: 25, cbet: 50, slow: 6, trap: 10, eager: -0.02, curious: -0.07, faith: 0.85, thin: 0.60,
			jam: 0.75, look: 0.7, open: 30, twice: true, reveal: 2, posts: false, refill: 60, buys: 100}},
		{3, "hawk", "House · Hawk", "plays many hands, and bets and raises with them", manner{
			bluff: 52, semi: 75, cbet: 82, slow: 6, trap: 12, eager: 0.06, curious: 0.01, faith: 1.08, thin: 0.50,
			jam: 1.2, look: 1.15, open: 27, twice: false, reveal: 8, posts: true, refill: 90, buys: 100}},
		{4, "fox", "House · Fox", "chooses hands with care, and plays them hard", manner{
			bluff: 24, semi: 45, cbet: 62, slow: 8, trap: 14, eager: 0.02, curious: 0, faith: 1, thin: 0.53,
			jam: 1, look: 1, open: 25, twice: true, reveal: 3, posts: false, refill: 80, buys: 100}},
	}
}

// Find returns the character of a level, which is brought into the range.
func Find(level int) Character {
	all := Characters()
	return all[min(max(level, 1), len(all))-1]
}
