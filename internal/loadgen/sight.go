package loadgen

// seats is how many play a game.
const seats = 2

// sight is what one player saw of one table. It is kept until the table was
// read back, so it is small: eight bytes an event and sixteen a move.
type sight struct {
	table  string
	script []string
	seat   int
	// seq is the number of the last event shown, and ply of the last move.
	seq int64
	ply int
	// prints are hashes of the events by number; zero for one that was only
	// shown as part of the whole table.
	prints []uint64
	// odd are the numbers that came twice with different events.
	odd map[int64]bool
	// acks are the own moves that were acknowledged, in order.
	acks []ack
	// sent is one more than the last ply that was sent.
	sent int
	// waiting: a seat is free. over: the game has ended, or cannot go on.
	waiting, over bool
}

// ack is an acknowledged move: its place in the script, and in the game.
type ack struct {
	ply int
	seq int64
}

// take takes an event in. It reports false for one behind a gap.
func (s *sight) take(e *event) (fresh, ok bool) {
	if e.seq <= s.seq {
		if at := e.seq - 1; at >= 0 && at < int64(len(s.prints)) && s.prints[at] != 0 && s.prints[at] != e.print {
			s.mark(e.seq)
		}
		return false, true
	}
	if e.seq != s.seq+1 {
		return false, false
	}
	s.skip(e.seq)
	s.prints[e.seq-1] = e.print
	switch string(e.kind) {
	case moveKind:
		s.ply = e.ply
	case "table.seated":
		s.waiting = false
	case "ended", "table.expired":
		s.over = true
	}
	return true, true
}

// skip notes that everything up to a number is known.
func (s *sight) skip(seq int64) {
	for int64(len(s.prints)) < seq {
		s.prints = append(s.prints, 0)
	}
	s.seq = max(s.seq, seq)
}

// whole takes the whole table in.
func (s *sight) whole(f *frame) {
	if f.seq < s.seq {
		s.mark(s.seq) // what was shown is there no more
	}
	s.skip(min(f.seq, maxSeq))
	s.ply, s.waiting = f.plies, f.waiting
	s.over = s.over || f.over
}

// maxSeq bounds what a table message can make a sight grow to.
const maxSeq = 1 << 20

func (s *sight) mark(seq int64) {
	if s.odd == nil {
		s.odd = make(map[int64]bool)
	}
	s.odd[seq] = true
}

// acked notes that an own move was acknowledged.
func (s *sight) acked(ply int, seq int64) {
	s.acks = append(s.acks, ack{ply, seq})
}

// ackOf returns the number under which a move was acknowledged, or 0.
func (s *sight) ackOf(ply int) int64 {
	if i := ply / seats; i < len(s.acks) && s.acks[i].ply == ply {
		return s.acks[i].seq
	}
	for _, a := range s.acks {
		if a.ply == ply {
			return a.seq
		}
	}
	return 0
}

// myTurn reports whether the player is to move.
func (s *sight) myTurn() bool { return !s.waiting && !s.over && s.ply%seats == s.seat }
