package poker

import (
	"encoding/json"

	"kibitz/internal/game"
)

// Stakes is what a table plays for: the setup of a table, as it is stored.
type Stakes struct {
	// Variant is "holdem" when it is empty, and Structure no-limit.
	Variant    string    `json:"variant"`
	Structure  Structure `json:"structure"`
	SmallBlind Chips     `json:"small_blind"`
	// BigBlind is the small bet where limits are fixed, and the big bet is
	// twice as much.
	BigBlind Chips `json:"big_blind"`
	// Ante is what each player posts, or the big blind for all of them.
	Ante         Chips `json:"ante,omitempty"`
	BigBlindAnte bool  `json:"big_blind_ante,omitempty"`
	// MovingButton moves the button to the next player each hand. Without it
	// the big blind moves to the next player, and the small blind and the
	// button may be at empty seats.
	MovingButton bool `json:"moving_button,omitempty"`
	// Cap and UncappedHeadsUp are as in Limit.
	Cap             int  `json:"cap,omitempty"`
	UncappedHeadsUp bool `json:"uncapped_heads_up,omitempty"`
	// Runs is as in Setup.
	Runs int `json:"runs,omitempty"`
	// Stack is what a player who sits down begins with. Where players buy in it
	// is what those bring who do not say.
	Stack Chips `json:"stack,omitempty"`
	// Entry is what a seat costs where nobody can buy in, and Payouts what of
	// all entries the places get, in percent, the first place first.
	Entry   Chips `json:"entry,omitempty"`
	Payouts []int `json:"payouts,omitempty"`
	// Straddle allows whoever is left of the big blind to raise blindly to two
	// of them.
	Straddle bool `json:"straddle,omitempty"`
	// Fast deals the next hand almost at once, and lets house players decide
	// without a pause: at tables where programs play.
	Fast bool `json:"fast,omitempty"`
	Schedule
	// MinBuyIn and MaxBuyIn bound a stack after buying in or topping up. Both
	// are 0 where nobody can: play then ends when one has all chips, and who
	// sits out is dealt in, posts and folds.
	MinBuyIn Chips `json:"min_buy_in,omitempty"`
	MaxBuyIn Chips `json:"max_buy_in,omitempty"`
	// Hands is after how many hands the table closes, or 0.
	Hands int `json:"hands,omitempty"`
}

// freezeout reports whether nobody can buy in.
func (s *Stakes) freezeout() bool { return s.MaxBuyIn == 0 }

// defaultStakes are those of an empty setup.
func defaultStakes() Stakes {
	return Stakes{Variant: holdem.Name, Structure: NoLimit, SmallBlind: 5, BigBlind: 10, Stack: 1000}
}

// decodeStakes reads stakes over the defaults. A setup that names any stake
// states all amounts.
func decodeStakes(data []byte) (Stakes, error) {
	s := defaultStakes()
	if len(data) == 0 {
		return s, nil
	}
	var given Stakes
	if err := json.Unmarshal(data, &given); err != nil {
		return s, malformed("setup of poker: %v", err)
	}
	if given.Variant == "" {
		given.Variant = s.Variant
	}
	if given.Structure == 0 {
		given.Structure = s.Structure
	}
	if given.BigBlind == 0 {
		given.SmallBlind, given.BigBlind = s.SmallBlind, s.BigBlind
	}
	if given.Stack == 0 {
		given.Stack = 100 * given.BigBlind
		if given.MaxBuyIn > 0 {
			given.Stack = min(given.Stack, given.MaxBuyIn)
		}
	}
	if given.freezeout() && len(given.Levels) == 0 && (given.LevelSeconds > 0 || given.LevelHands > 0) && given.BigBlind > 0 && given.BigBlind <= MaxStack/1000 {
		given.Levels, given.BigBlindAnte = usualLevels(given.BigBlind), true
	}
	return given, given.validate()
}

func (s *Stakes) validate() error {
	switch {
	case s.BigBlind <= 0 || s.BigBlind > MaxStack/1000:
		return malformed("a big blind of %d", s.BigBlind)
	case s.SmallBlind < 0 || s.SmallBlind > s.BigBlind:
		return malformed("a small blind of %d with a big blind of %d", s.SmallBlind, s.BigBlind)
	case s.Ante < 0 || s.Ante > 10*s.BigBlind:
		return malformed("an ante of %d with a big blind of %d", s.Ante, s.BigBlind)
	case s.Stack < 0 || s.Stack > MaxStack:
		return malformed("a stack of %d", s.Stack)
	case s.MinBuyIn < 0 || s.MaxBuyIn < s.MinBuyIn || s.MaxBuyIn > MaxStack || s.MaxBuyIn > 0 && s.MinBuyIn == 0:
		return malformed("buying in for %d to %d", s.MinBuyIn, s.MaxBuyIn)
	case s.Hands < 0:
		return malformed("%d hands", s.Hands)
	case s.Entry < 0 || s.Entry > MaxStack || s.Entry > 0 && !s.freezeout():
		return malformed("an entry of %d", s.Entry)
	case len(s.Levels) > 0 && !s.freezeout():
		return malformed("blinds go up only where nobody can buy in")
	}
	if err := s.validatePayouts(); err != nil {
		return err
	}
	if err := s.Schedule.validate(); err != nil {
		return err
	}
	// The hand checks the rest, with any two players.
	two := s.setup([]Player{{Seat: 0, Stack: s.BigBlind}, {Seat: 1, Stack: s.BigBlind}}, nil)
	return two.validate()
}

func (s *Stakes) validatePayouts() error {
	sum := 0
	for i, share := range s.Payouts {
		if share <= 0 || i > 0 && share > s.Payouts[i-1] {
			return malformed("payouts %v: shares in percent, the first place first", s.Payouts)
		}
		sum += share
	}
	if len(s.Payouts) > MaxPlayers || sum != 100 && len(s.Payouts) > 0 {
		return malformed("payouts %v do not add up to 100", s.Payouts)
	}
	return nil
}

// setup is that of a hand.
func (s *Stakes) setup(players []Player, posts []Post) Setup {
	limit := Limit{Structure: s.Structure, BigBlind: s.BigBlind, Cap: s.Cap, UncappedHeadsUp: s.UncappedHeadsUp}
	if s.Structure == FixedLimit {
		limit.SmallBet, limit.BigBet = s.BigBlind, 2*s.BigBlind
	}
	return Setup{Variant: s.Variant, Limit: limit, Players: players, Posts: posts, Runs: s.Runs}
}

// variantName is what the way to play is called in lists.
func (s *Stakes) variantName() string {
	if s.Variant == holdem.Name && s.Structure == NoLimit {
		return game.Standard
	}
	return s.Structure.String() + " " + s.Variant
}
