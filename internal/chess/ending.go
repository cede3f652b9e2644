package chess

// Ending is the reason why the rules end a game by themselves. The numbers are
// stored.
type Ending uint8

// The endings. All but Checkmate, which the side to move has lost, are draws.
const (
	Ongoing            Ending = 0
	Checkmate          Ending = 1
	Stalemate          Ending = 2
	DeadPosition       Ending = 3
	FivefoldRepetition Ending = 4
	FiftyMoves         Ending = 5
	SeventyFiveMoves   Ending = 6
	PlyLimit           Ending = 7
)

// Limits of the rules that count, in plies where not said otherwise.
const (
	FiftyMovePlies       = 100
	SeventyFiveMovePlies = 150
	ThreefoldCount       = 3 // occurrences
	FivefoldCount        = 5 // occurrences
	MaxPlies             = 600
)

// IsDraw tells whether nobody has won.
func (e Ending) IsDraw() bool { return e > Checkmate }

// String returns a short English name for logs and test output.
func (e Ending) String() string {
	names := [...]string{"ongoing", "checkmate", "stalemate", "dead position",
		"fivefold repetition", "fifty moves", "seventy-five moves", "ply limit"}
	if int(e) < len(names) {
		return names[e]
	}
	return "unknown ending"
}

// DrawPolicy chooses how long games end. The numbers are stored.
type DrawPolicy uint8

// The policies. Fivefold repetition ends a game under all of them and a
// threefold repetition can be claimed under all of them.
const (
	// DrawLichess ends a game at 50 moves without a claim, and at 600 plies.
	// It is the default.
	DrawLichess DrawPolicy = 0
	// DrawFIDE lets a player claim at 50 moves and ends the game at 75 (Laws
	// of Chess 9.3, 9.6.2), and at 600 plies.
	DrawFIDE DrawPolicy = 1
	// DrawNoFifty is for replays of games played elsewhere: nothing happens
	// at 50 moves, the game ends at 75, and its length has no limit.
	DrawNoFifty DrawPolicy = 2
)

// String returns the name used in settings.
func (d DrawPolicy) String() string {
	switch d {
	case DrawLichess:
		return "lichess"
	case DrawFIDE:
		return "fide"
	}
	return "no-fifty"
}

// Ending tells whether and why the game has ended under a policy. Checkmate
// and stalemate come before all draws by count.
func (h *History) Ending(policy DrawPolicy) Ending {
	switch p := &h.position; {
	case !p.HasLegalMove():
		if p.InCheck() {
			return Checkmate
		}
		return Stalemate
	case p.DeadPosition():
		return DeadPosition
	case h.Fivefold():
		return FivefoldRepetition
	case policy == DrawLichess && h.FiftyMoves():
		return FiftyMoves
	case h.SeventyFiveMoves():
		return SeventyFiveMoves
	case policy != DrawNoFifty && h.plies >= MaxPlies:
		return PlyLimit
	}
	return Ongoing
}

// CanClaimDraw tells whether either player may claim a draw now.
func (h *History) CanClaimDraw(policy DrawPolicy) bool {
	return h.Threefold() || policy == DrawFIDE && h.FiftyMoves()
}

// IsCheckmate tells whether the side to move is mated.
func (p *Position) IsCheckmate() bool { return p.InCheck() && !p.HasLegalMove() }

// IsStalemate tells whether the side to move has no move without being in
// check.
func (p *Position) IsStalemate() bool { return !p.InCheck() && !p.HasLegalMove() }

// Threefold tells whether the current position occurs at least the third time.
func (h *History) Threefold() bool { return h.repeated(ThreefoldCount) }

// Fivefold tells whether the current position occurs at least the fifth time.
func (h *History) Fivefold() bool { return h.repeated(FivefoldCount) }

// repeated skips the count when too few plies are left for that many
// occurrences, which lie at least four plies apart.
func (h *History) repeated(times int) bool {
	return len(h.hashes) > 4*(times-1) && h.Repetitions() >= times
}

// FiftyMoves tells whether 50 moves by each side have passed without a capture
// or pawn move.
func (h *History) FiftyMoves() bool { return h.position.halfmove >= FiftyMovePlies }

// SeventyFiveMoves is FiftyMoves for 75 moves.
func (h *History) SeventyFiveMoves() bool { return h.position.halfmove >= SeventyFiveMovePlies }
