package phh

import (
	"errors"
	"time"

	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

var (
	// ErrFormat marks a file that is not in the format.
	ErrFormat = errors.New("not a PHH hand")
	// ErrVariant marks a hand of a variant that is not played here. It is not
	// checked further.
	ErrVariant = errors.New("variant not implemented")
	// ErrUnknownCards marks a hand whose outcome depends on cards that are not
	// in the file.
	ErrUnknownCards = errors.New("cards at the showdown are unknown")
)

// Hand is a hand as it stands in a file. All amounts are in units of
// 1/Scale of those in the file, so that they are whole numbers.
type Hand struct {
	// Name is the key of the hand in a file with several, else empty.
	Name string
	// Variant is the code of the format, as in "NT".
	Variant string
	// TrimAntes means that a player who pays a part of the ante plays for as
	// much less.
	TrimAntes bool
	// Antes, Blinds and Stacks are by place, as poker.Pos counts, also with
	// two players: there the file has the first two the other way round.
	Antes, Blinds, Stacks []poker.Chips
	// MinBet is the smallest bet; SmallBet and BigBet are there in place of
	// it where limits are fixed.
	MinBet, SmallBet, BigBet poker.Chips
	Actions                  []Action
	// Finishing has the stacks afterwards in halves of a unit, nil when the
	// file does not say: some records store split pots as halves.
	Finishing []poker.Chips
	// Players has the names, nil when the file does not say.
	Players []string
	Place
	Own
	// Scale is how many units make one chip of the file.
	Scale poker.Chips
}

// Place is where and when a hand was played, as far as the file says.
type Place struct {
	Table  string
	Number int
	// At is zero when the file has no full date.
	At time.Time
	// Seats counts from 1, by place; SeatCount is how many the table has.
	Seats     []int
	SeatCount int
}

// Own is what the format has no keys for. We write it under keys that begin
// with an underscore, where it changes how the hand is played; other programs
// skip these.
type Own struct {
	// Posts are the forced bets, nil where Antes and Blinds say all of them: as
	// it is not said which part of an ante is dead, or what a blind is for.
	Posts []poker.Post
	// Cap, Uncapped and StraddleRaise are as in poker.Limit.
	Cap                     int
	Uncapped, StraddleRaise bool
	// Second are the cards dealt to the second board of a hand that is run
	// twice.
	Second []eval.Card
}

// Verb is what an action of the notation does.
type Verb string

// The verbs of the variants that are implemented.
const (
	DealHole  Verb = "dh"
	DealBoard Verb = "db"
	Fold      Verb = "f"
	CheckCall Verb = "cc"
	RaiseTo   Verb = "cbr"
	ShowMuck  Verb = "sm"
)

// Action is one action of the notation.
type Action struct {
	Verb Verb
	// Pos is whose action it is, or who is dealt to; poker.NoPos for the board.
	Pos poker.Pos
	// Amount is what a bet or raise is to, in units.
	Amount poker.Chips
	// Cards are those dealt or shown; none for a hand that is mucked.
	Cards []eval.Card
}
