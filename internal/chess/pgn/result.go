package pgn

// Result is how a game ended. The zero value is a game that is not finished, or whose end is unknown.
type Result uint8

// The four results of the notation.
const (
	Unfinished Result = iota
	WhiteWins
	BlackWins
	Draw
)

var resultTexts = [...]string{Unfinished: "*", WhiteWins: "1-0", BlackWins: "0-1", Draw: "1/2-1/2"}

// String returns the text of the notation.
func (r Result) String() string {
	if int(r) < len(resultTexts) {
		return resultTexts[r]
	}
	return "*"
}

// ParseResult accepts the four texts of the notation, and 1/2 for a draw.
func ParseResult(text string) (Result, bool) {
	switch text {
	case "1-0":
		return WhiteWins, true
	case "0-1":
		return BlackWins, true
	case "1/2-1/2", "1/2":
		return Draw, true
	}
	return Unfinished, text == "*"
}
