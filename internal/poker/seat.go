package poker

import "kibitz/internal/game"

// Chair is a seat between hands. Its JSON form is stored with every hand.
type Chair struct {
	// Stack is the chips at the beginning of the hand, and after it those at
	// the end.
	Stack Chips `json:"stack"`
	// Taken means that somebody has bought in, also if the chips are gone.
	Taken bool `json:"taken,omitempty"`
	// Out means that the player sits out the next hands.
	Out bool `json:"out,omitempty"`
	// Leaving means that the player goes when the hand is over, and folds
	// until then.
	Leaving bool `json:"leaving,omitempty"`
	// New means that the player was not dealt in yet, and can have missed no
	// blind.
	New bool `json:"new,omitempty"`
	// OwesBig and OwesSmall are the blinds that the player has to post, or to
	// wait for the big blind.
	OwesBig   bool `json:"owes_big,omitempty"`
	OwesSmall bool `json:"owes_small,omitempty"`
	// Posts means that the player posts what he owes as soon as he can.
	Posts bool `json:"posts,omitempty"`
	// Coming are chips that were bought during a hand, and count from the next.
	Coming Chips `json:"coming,omitempty"`
	// OutNext means that the player sits out when the big blind comes.
	OutNext bool `json:"out_next,omitempty"`
	// Straddles means that the player raises blindly when first to act.
	Straddles bool `json:"straddles,omitempty"`
	// Shows means that the player shows also hands that cannot win.
	Shows bool `json:"shows,omitempty"`
	// Lapses counts how often in a row the time ran out.
	Lapses int `json:"lapses,omitempty"`
	// Protected is in how many hands a lost connection is given extra time
	// again; 0 is now.
	Protected int `json:"protected,omitempty"`
	// Idle counts the hands in a row without this player.
	Idle int `json:"idle,omitempty"`
}

// owes reports whether the player has to post or to wait.
func (c *Chair) owes() bool { return c.OwesBig || c.OwesSmall }

// ring is the seats of a table and who has the button and the blinds.
type ring struct {
	chairs [MaxPlayers]Chair
	n      int8
	spots
}

// spots are where the button and the blinds are, at seats that may be empty.
// They are all NoSeat before the first hand.
type spots struct{ button, small, big game.Seat }

var nowhere = spots{game.NoSeat, game.NoSeat, game.NoSeat}

// ready are the seats that can be dealt in by their stacks and wishes.
func (r *ring) ready(freezeout bool) game.Seats {
	var set game.Seats
	for i := range game.Seat(r.n) {
		if c := &r.chairs[i]; c.Taken && c.Stack > 0 && !c.Leaving && (freezeout || !c.Out) {
			set |= game.SeatSet(i)
		}
	}
	return set
}

// after returns the next seat of a set clockwise, NoSeat if it is empty.
func (r *ring) after(from game.Seat, set game.Seats) game.Seat {
	n := game.Seat(r.n)
	for i := game.Seat(1); i <= n; i++ {
		if next := (from + i + n) % n; set.Has(next) {
			return next
		}
	}
	return game.NoSeat
}

// before returns the seat of a set that comes last before one, clockwise.
func (r *ring) before(from game.Seat, set game.Seats) game.Seat {
	n := game.Seat(r.n)
	for i := game.Seat(1); i <= n; i++ {
		if next := (from - i + n) % n; set.Has(next) {
			return next
		}
	}
	return game.NoSeat
}

// between are the seats from one to another, clockwise, without both.
func (r *ring) between(from, to game.Seat) game.Seats {
	n := game.Seat(r.n)
	var set game.Seats
	for i := game.Seat(1); i < n; i++ {
		next := (from + i + n) % n
		if next == to {
			break
		}
		set |= game.SeatSet(next)
	}
	return set
}
