package games

import (
	"encoding/json"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/rooms"
)

func pokerRules(Options) (game.Rules, error) { return poker.Rules{}, nil }

// handsAtMost is after how many hands a cash table of the lobby closes, and its
// players are paid: what a table is, stays small enough to be read at once.
const handsAtMost = 1000

// Presets returns the tables that the lobby offers.
func Presets() []rooms.Preset {
	list := []rooms.Preset{
		cash("nl2", "No-limit hold'em 1/2", poker.Stakes{SmallBlind: 1, BigBlind: 2}, 6),
		cash("nl10", "No-limit hold'em 5/10", poker.Stakes{SmallBlind: 5, BigBlind: 10}, 6),
		cash("nl50", "No-limit hold'em 25/50", poker.Stakes{SmallBlind: 25, BigBlind: 50}, 6),
		cash("nl200", "No-limit hold'em 100/200", poker.Stakes{SmallBlind: 100, BigBlind: 200, Straddle: true}, 9),
		cash("hu10", "Heads-up hold'em 5/10", poker.Stakes{SmallBlind: 5, BigBlind: 10}, 2),
		cash("fl10", "Fixed-limit hold'em 10/20", poker.Stakes{Structure: poker.FixedLimit, SmallBlind: 5, BigBlind: 10}, 6),
		cash("plo10", "Pot-limit Omaha 5/10", poker.Stakes{Variant: "omaha", Structure: poker.PotLimit, SmallBlind: 5, BigBlind: 10, Runs: 2}, 6),
		cash("plo8-10", "Omaha hi-lo 5/10", poker.Stakes{Variant: "omaha8", Structure: poker.PotLimit, SmallBlind: 5, BigBlind: 10}, 6),
		sitAndGo("sng6", "Sit & go, 6 players", 500, 5*time.Minute, 6),
		sitAndGo("turbo6", "Turbo sit & go, 6 players", 500, 2*time.Minute, 6),
		sitAndGo("sng9", "Sit & go, 9 players", 500, 5*time.Minute, 9),
		sitAndGo("hu-sng", "Heads-up sit & go", 500, 3*time.Minute, 2),
	}
	return list
}

// cash is a cash table of 40 to 100 big blinds, where one seat stays free for
// people.
func cash(key, title string, s poker.Stakes, seats int) rooms.Preset {
	s.MinBuyIn, s.MaxBuyIn, s.Stack = 40*s.BigBlind, 100*s.BigBlind, 100*s.BigBlind
	s.MovingButton, s.Hands = true, handsAtMost
	return preset(key, title, s, seats, max(1, seats-2))
}

// sitAndGo is a tournament at one table that begins when all seats are taken.
func sitAndGo(key, title string, entry poker.Chips, level time.Duration, seats int) rooms.Preset {
	s := poker.Stakes{
		SmallBlind: 10, BigBlind: 20, Stack: 1500, Entry: entry,
		Schedule: poker.Schedule{LevelSeconds: int(level.Seconds()), BreakEvery: 6, BreakSeconds: 120},
	}
	return preset(key, title, s, seats, seats-1)
}

func preset(key, title string, s poker.Stakes, seats, house int) rooms.Preset {
	if s.Variant == "" {
		s.Variant = "holdem"
	}
	if s.Structure == 0 {
		s.Structure = poker.NoLimit
	}
	setup, err := json.Marshal(s)
	if err != nil {
		setup = nil // numbers and words have JSON
	}
	return rooms.Preset{
		Key: key, Title: title, Kind: poker.Kind, Setup: setup, Seats: seats, House: house,
		Control: clock.Control{Initial: 30 * time.Second, Delay: 20 * time.Second},
	}
}
