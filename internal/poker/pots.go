package poker

// Pot is a pot and who can win it.
type Pot struct {
	Amount   Chips
	Eligible PosSet
}

// maxPots is the largest number of pots: each has another player all-in.
const maxPots = MaxPlayers

// excess returns what one player put in above everybody else, which nobody
// called. It goes back also to a player who has folded. Dead chips are not
// called, and stay.
func (o *open) excess() (Pos, Chips) {
	most, next, owner := Chips(0), Chips(0), NoPos
	for i := range o.Players {
		switch total := o.places[i].total; {
		case total > most:
			most, next, owner = total, most, Pos(i)
		case total > next:
			next = total
		}
	}
	return owner, most - next
}

// pots divides what was put in, the main pot first. Gathered leaves out what
// lies in front of the players.
func (o *open) pots(room []Pot, gathered bool) []Pot {
	in := o.contributions(gathered)
	var dead, below Chips
	for i := range o.Players {
		dead += o.places[i].dead
	}
	pots := room[:0]
	for left := o.live(); left != 0; {
		level := lowest(&in, left)
		pot := Pot{Amount: dead, Eligible: left}
		dead = 0
		for i := range o.Players {
			pot.Amount += min(in[i], level) - min(in[i], below)
		}
		pots = append(pots, pot)
		below = level
		for p := range left.All() {
			if in[p] == level {
				left &^= p.set()
			}
		}
	}
	for i := range o.Players { // what only folded players reached
		pots[len(pots)-1].Amount += max(0, in[i]-below)
	}
	return pots
}

func (o *open) contributions(gathered bool) [MaxPlayers]Chips {
	var in [MaxPlayers]Chips
	for i := range o.Players {
		in[i] = o.places[i].total
		if gathered {
			in[i] -= o.places[i].bet
		}
	}
	return in
}

// lowest returns the smallest amount of some players.
func lowest(in *[MaxPlayers]Chips, of PosSet) Chips {
	level := in[of.First()]
	for p := range of.All() {
		level = min(level, in[p])
	}
	return level
}

// Pots returns the pots without the bets of the street, the main pot first.
func (o *open) Pots() []Pot {
	var room [maxPots]Pot
	return append([]Pot(nil), o.pots(room[:0], o.toAct != NoPos)...)
}
