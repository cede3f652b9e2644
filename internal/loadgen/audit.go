package loadgen

// Audit is what the games that were read back have to say. All zero is what a
// server promises.
type Audit struct {
	Lost          int   `json:"lost"`
	Doubled       int   `json:"doubled"`
	Disordered    int   `json:"disordered"`
	ChargedMillis int64 `json:"charged_ms"`
}

// Clean reports whether nothing was found.
func (a Audit) Clean() bool { return a == Audit{} }

func (a *Audit) add(b Audit) {
	a.Lost += b.Lost
	a.Doubled += b.Doubled
	a.Disordered += b.Disordered
	a.ChargedMillis += b.ChargedMillis
}

// compare compares a game as read back with what its two players were told.
func compare(script []string, told [seats]*sight, back []event) Audit {
	c := comparison{script: script, back: back, lost: make(map[int64]bool), odd: make(map[int64]bool)}
	c.numbers()
	c.moves(told)
	for _, s := range told {
		c.shown(s)
	}
	return Audit{Lost: len(c.lost), Doubled: c.doubled, Disordered: len(c.odd)}
}

// comparison collects what is wrong at one table, at each number once.
type comparison struct {
	script  []string
	back    []event
	lost    map[int64]bool
	odd     map[int64]bool
	doubled int
}

// numbers checks that the events are numbered 1, 2, 3 ...
func (c *comparison) numbers() {
	for i := range c.back {
		if c.back[i].seq != int64(i+1) {
			c.odd[int64(i+1)] = true
		}
	}
}

// moves looks for every move that was made among those of the game. The moves
// of the script were made in its order, the last ones perhaps not. Of equal
// moves of a player, the first in the game is the first of the script.
func (c *comparison) moves(told [seats]*sight) {
	found := c.match(max(told[0].sent, told[1].sent))
	last := int64(0)
	for ply, seq := range found {
		acked := told[ply%seats].ackOf(ply)
		switch {
		case seq == 0 && acked > 0:
			c.lost[acked] = true
		case seq > 0 && (seq < last || acked > 0 && acked != seq):
			c.odd[seq] = true
		}
		last = max(last, seq)
	}
}

// match returns for every ply of the script that was sent the number under
// which the game has it, or 0, and counts those that it has besides.
func (c *comparison) match(sent int) []int64 {
	found := make([]int64, min(sent, len(c.script)))
	waiting := make(map[string][]int)
	for ply := range found {
		key := string(rune('0'+ply%seats)) + c.script[ply]
		waiting[key] = append(waiting[key], ply)
	}
	for i := range c.back {
		e := &c.back[i]
		if !e.isMove() {
			continue
		}
		key := string(rune('0'+e.seat)) + string(e.uci)
		if len(waiting[key]) == 0 {
			c.doubled++
			continue
		}
		found[waiting[key][0]] = e.seq
		waiting[key] = waiting[key][1:]
	}
	return found
}

// shown checks that everything a player was shown is in the game, as it was
// shown.
func (c *comparison) shown(s *sight) {
	for i, print := range s.prints {
		seq := int64(i + 1)
		switch {
		case print == 0 || c.lost[seq]:
		case i >= len(c.back):
			c.lost[seq] = true
		case len(c.back[i].kind) > 0 && c.back[i].print != print:
			c.odd[seq] = true
		}
	}
	for seq := range s.odd {
		c.odd[seq] = true
	}
}
