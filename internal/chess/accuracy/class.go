package accuracy

// Class says how bad a move was.
type Class uint8

// The classes. A move without a class is as good as it need be.
const (
	Fine Class = iota
	Inaccuracy
	Mistake
	Blunder
)

// String returns the word on the wire, and "" for a move that is fine.
func (c Class) String() string {
	return [...]string{"", "inaccuracy", "mistake", "blunder"}[c&3]
}

// The losses of winning chances, on the scale from -1 to +1, from which on a
// move has a class. On that scale 0.1 is 5 points of the winning percentage.
const (
	inaccuracyLoss = 0.1
	mistakeLoss    = 0.2
	blunderLoss    = 0.3
)

// The evaluations, in centipawns, that excuse running into a mate or missing
// one: who stood so badly anyway, or stands so well still.
const (
	hardlyMatters = 999
	mattersLess   = 700
)

// ClassOf judges a move by the evaluations before and after it; black is who
// made it.
func ClassOf(before, after Eval, black bool) Class {
	if black {
		before, after = before.turned(), after.turned()
	}
	switch {
	case before.Mate == 0 && after.Mate < 0:
		return excused(-before.Centipawns)
	case before.Mate > 0 && after.Mate <= 0:
		return excused(after.Centipawns * noMate(after))
	case before.Mate != 0 || after.Mate != 0:
		return Fine
	}
	loss := before.chances() - after.chances()
	switch {
	case loss >= blunderLoss:
		return Blunder
	case loss >= mistakeLoss:
		return Mistake
	case loss >= inaccuracyLoss:
		return Inaccuracy
	}
	return Fine
}

// noMate is 0 where a mate is announced, and the centipawns mean nothing.
func noMate(e Eval) int {
	if e.Mate != 0 {
		return 0
	}
	return 1
}

// excused is the class of a mate that was allowed or missed, by how clear the
// game was without it.
func excused(centipawns int) Class {
	switch {
	case centipawns > hardlyMatters:
		return Inaccuracy
	case centipawns > mattersLess:
		return Mistake
	}
	return Blunder
}

// turned is the evaluation from Black's side.
func (e Eval) turned() Eval { return Eval{-e.Centipawns, -e.Mate} }

// Classes judges every move of a game.
func (g Game) Classes() []Class {
	list := make([]Class, 0, len(g.Evals))
	for i := 1; i < len(g.Evals); i++ {
		list = append(list, ClassOf(g.Evals[i-1], g.Evals[i], g.black(i-1)))
	}
	return list
}
