package poker

import "time"

// Level is what the blinds are for a while.
type Level struct {
	SmallBlind Chips `json:"small_blind"`
	BigBlind   Chips `json:"big_blind"`
	Ante       Chips `json:"ante,omitempty"`
}

// Schedule is how blinds go up. Without levels they never do.
type Schedule struct {
	Levels []Level `json:"levels,omitempty"`
	// LevelSeconds is how long a level lasts in time of play, breaks left out;
	// LevelHands is how many hands, where no time is set.
	LevelSeconds int `json:"level_seconds,omitempty"`
	LevelHands   int `json:"level_hands,omitempty"`
	// BreakEvery is after how many levels there is a break of BreakSeconds, or
	// 0.
	BreakEvery   int `json:"break_every,omitempty"`
	BreakSeconds int `json:"break_seconds,omitempty"`
}

// usualSteps are the big blinds of a tournament in multiples of the first, in
// tenths.
var usualSteps = [...]Chips{10, 15, 20, 30, 40, 60, 80, 100, 150, 200, 300, 400, 600, 800, 1000}

// antesFrom is the level from which the big blind posts an ante of its own size.
const antesFrom = 3

// usualLevels are those of a tournament that begins with a big blind.
func usualLevels(big Chips) []Level {
	levels := make([]Level, 0, len(usualSteps))
	for i, step := range usualSteps {
		l := Level{BigBlind: big * step / 10}
		l.SmallBlind = l.BigBlind / 2
		if i >= antesFrom {
			l.Ante = l.BigBlind
		}
		levels = append(levels, l)
	}
	return levels
}

func (s *Schedule) validate() error {
	switch {
	case len(s.Levels) > 100:
		return malformed("%d levels; at most 100", len(s.Levels))
	case len(s.Levels) > 0 && s.LevelSeconds <= 0 && s.LevelHands <= 0:
		return malformed("levels without a length: set level_seconds or level_hands")
	case s.LevelSeconds < 0 || s.LevelSeconds > 86400 || s.LevelHands < 0 || s.LevelHands > 1000:
		return malformed("levels of %d s or %d hands", s.LevelSeconds, s.LevelHands)
	case s.BreakEvery < 0 || s.BreakSeconds < 0 || s.BreakSeconds > 3600 || (s.BreakEvery > 0) != (s.BreakSeconds > 0):
		return malformed("a break of %d s after %d levels", s.BreakSeconds, s.BreakEvery)
	}
	for i, l := range s.Levels {
		if l.BigBlind <= 0 || l.BigBlind > MaxStack/1000 || l.SmallBlind < 0 || l.SmallBlind > l.BigBlind || l.Ante < 0 || l.Ante > 10*l.BigBlind {
			return malformed("level %d of %d/%d with an ante of %d", i+1, l.SmallBlind, l.BigBlind, l.Ante)
		}
	}
	return nil
}

// at returns the level, from 0, after a time of play and a number of hands.
func (s *Schedule) at(played time.Duration, hands int) int {
	last := len(s.Levels) - 1
	switch {
	case last < 0:
		return 0
	case s.LevelSeconds > 0:
		return min(last, int(played/(time.Duration(s.LevelSeconds)*time.Second)))
	}
	return min(last, hands/s.LevelHands)
}

// breaks is how many breaks there are before a level begins.
func (s *Schedule) breaks(level int) int {
	if s.BreakEvery == 0 {
		return 0
	}
	return level / s.BreakEvery
}

// at returns the stakes of a level.
func (s *Stakes) at(level int) *Stakes {
	if len(s.Levels) == 0 {
		return s
	}
	now := *s
	l := s.Levels[min(level, len(s.Levels)-1)]
	now.SmallBlind, now.BigBlind, now.Ante = l.SmallBlind, l.BigBlind, l.Ante
	return &now
}
