package house

import (
	"testing"

	"kibitz/internal/poker"
)

// between is what a figure has to be.
type between struct{ least, most float64 }

func (b between) has(v float64) bool { return v >= b.least && v <= b.most }

// figures are by what a style is known: how many hands it plays and raises
// before the flop, and how many bets and raises it makes for each call after it.
type figures struct{ vpip, pfr, af between }

// lineups are games, the hands to play, and the figures of each character in
// the order of their levels.
var lineups = []struct {
	name  string
	setup poker.Setup
	hands int
	want  [4]figures
}{
	{"no-limit, six players", stakes("holdem", poker.NoLimit, 6, 100), 20_000, [4]figures{
		{between{42, 56}, between{1, 5}, between{0, 0.7}},
		{between{8, 14}, between{5, 10}, between{1.3, 4}},
		{between{30, 42}, between{22, 31}, between{2.5, 7}},
		{between{16, 24}, between{12, 18}, between{1.6, 4.5}},
	}},
	{"no-limit, nine players", stakes("holdem", poker.NoLimit, 9, 100), 1500, [4]figures{
		{between{35, 50}, between{1, 5}, between{0, 0.8}},
		{between{5, 12}, between{3, 8}, between{1, 5}},
		{between{24, 36}, between{16, 26}, between{2, 8}},
		{between{12, 19}, between{8, 14}, between{1.3, 5}},
	}},
	{"no-limit, two players", stakes("holdem", poker.NoLimit, 2, 100), 3000, [4]figures{
		{between{55, 90}, between{4, 12}, between{0, 0.8}},
		{between{35, 55}, between{20, 36}, between{0.8, 6}},
		{between{65, 90}, between{45, 65}, between{1.5, 9}},
		{between{50, 75}, between{40, 60}, between{1.2, 8}},
	}},
	{"pot-limit Omaha", stakes("omaha", poker.PotLimit, 6, 100), 1500, [4]figures{
		{between{48, 68}, between{1, 6}, between{0, 0.8}},
		{between{9, 16}, between{4, 9}, between{1, 6}},
		{between{36, 52}, between{18, 30}, between{2, 9}},
		{between{16, 26}, between{9, 17}, between{1.3, 5}},
	}},
	{"pot-limit Omaha hi-lo", stakes("omaha8", poker.PotLimit, 6, 100), 1500, [4]figures{
		{between{48, 68}, between{1, 6}, between{0, 0.8}},
		{between{9, 16}, between{4, 9}, between{1, 6}},
		{between{36, 52}, between{18, 30}, between{2, 9}},
		{between{16, 26}, between{9, 17}, between{1.3, 5}},
	}},
	{"fixed limit", stakes("holdem", poker.FixedLimit, 6, 100), 1500, [4]figures{
		{between{42, 60}, between{1, 6}, between{0, 0.5}},
		{between{9, 17}, between{4, 10}, between{0.9, 4}},
		{between{30, 45}, between{22, 32}, between{1.5, 6}},
		{between{17, 26}, between{11, 18}, between{1, 4}},
	}},
	{"fixed-limit Omaha hi-lo", stakes("omaha8", poker.FixedLimit, 6, 100), 1500, [4]figures{
		{between{48, 68}, between{1, 6}, between{0, 0.5}},
		{between{10, 18}, between{4, 9}, between{0.7, 4}},
		{between{36, 52}, between{18, 30}, between{1.3, 6}},
		{between{17, 27}, between{9, 17}, between{0.9, 4}},
	}},
	{"no-limit, short stacks", stakes("holdem", poker.NoLimit, 6, 10), 1500, [4]figures{
		{between{28, 50}, between{4, 14}, between{0, 100}},
		{between{12, 24}, between{9, 19}, between{0, 100}},
		{between{18, 32}, between{14, 26}, between{0, 100}},
		{between{16, 29}, between{12, 23}, between{0, 100}},
	}},
}

// company is who sits at the other tables than those of two: more who play
// well than who call everything.
var company = [...]int{1, 2, 3, 4, 3, 4, 2, 4, 3}

// Each character plays as its style says, in all games.
func TestStyles(t *testing.T) {
	needsSpeed(t)
	h := mustOpen(t)
	for _, row := range lineups {
		m := newMatch(t, 4)
		levels := company[:max(4, len(row.setup.Players))]
		for _, level := range levels {
			m.seats = append(m.seats, h.character(level, 150, m.luck))
		}
		m.stats = make([]stats, len(m.seats))
		for hand := range row.hands {
			m.play(row.setup, hand)
		}
		for i, f := range row.want {
			var s stats
			for seat, level := range levels {
				if level == i+1 {
					s.add(&m.stats[seat])
				}
			}
			t.Logf("%s: %s %s", row.name, Find(i+1).ID, s.String())
			if !f.vpip.has(s.vpip()) || !f.pfr.has(s.pfr()) || !f.af.has(s.af()) {
				t.Errorf("%s: %s: %s; want VPIP, PFR and AF of %v", row.name, Find(i+1).ID, s.String(), f)
			}
		}
	}
}
