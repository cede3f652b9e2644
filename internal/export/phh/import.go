package phh

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
	"kibitz/internal/poker/handlog"
)

// Imported is a hand of a file, or why it is none.
type Imported struct {
	// Name is the key of the hand in a file with several, else empty.
	Name string
	// Line is where the hand begins, from 1, or where it is wrong.
	Line int
	// Hand is nil when there is an Err.
	Hand *handlog.Hand
	// Err wraps what Parse, Replay and Check return.
	Err error
}

// Bounds of what is imported at once: text of strangers.
const (
	maxImport      = 4 << 20
	maxImportHands = 1000
	maxImportHand  = 64 << 10
)

// header is the line that begins a hand in a file with several.
var header = regexp.MustCompile(`^\s*\[\s*["']?([0-9A-Za-z_-]{1,40})["']?\s*\]\s*(?:#.*)?$`)

// Import reads hands for the replayer, and plays each through the rules. A hand
// that is wrong does not spoil the others. The error wraps ErrFormat when the
// text is too large or has too many hands.
func Import(in io.Reader) ([]Imported, error) {
	text, err := io.ReadAll(io.LimitReader(in, maxImport+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxImport {
		return nil, fmt.Errorf("%w: more than %d bytes; give it in parts", ErrFormat, maxImport)
	}
	parts := divide(string(text))
	if len(parts) > maxImportHands {
		return nil, fmt.Errorf("%w: more than %d hands; give them in parts", ErrFormat, maxImportHands)
	}
	hands := make([]Imported, len(parts))
	for i, p := range parts {
		hands[i] = p.read()
	}
	return hands, nil
}

// part is the text of one hand.
type part struct {
	name string
	// line is that of the header; the text begins in the next one.
	line int
	text strings.Builder
}

// divide cuts a file into its hands.
func divide(text string) []*part {
	p := &part{}
	parts := []*part{p}
	for i, line := range strings.Split(text, "\n") {
		if m := header.FindStringSubmatch(line); m != nil {
			p = &part{name: m[1], line: i + 1}
			parts = append(parts, p)
			continue
		}
		p.text.WriteString(line)
		p.text.WriteByte('\n')
	}
	if !strings.Contains(parts[0].text.String(), "=") {
		parts = parts[1:] // comments before the first hand
	}
	return parts
}

// read returns the hand.
func (p *part) read() Imported {
	i := Imported{Name: p.name, Line: max(1, p.line)}
	if p.text.Len() > maxImportHand {
		i.Err = fmt.Errorf("%w: a hand of more than %d bytes", ErrFormat, maxImportHand)
		return i
	}
	var d document
	_, err := toml.Decode(p.text.String(), &d)
	var wrong toml.ParseError
	if errors.As(err, &wrong) {
		i.Line = p.line + max(1, wrong.Position.Line)
	}
	if err != nil {
		i.Err = fmt.Errorf("%w: %w", ErrFormat, err)
		return i
	}
	hand, err := d.hand()
	if err == nil {
		hand.Name = p.name
		i.Hand, err = hand.Log()
	}
	i.Err = err
	return i
}

// Log plays the hand and returns it with all cards that the file has.
func (h *Hand) Log() (*handlog.Hand, error) {
	r, err := h.Replay()
	if err != nil {
		return nil, err
	}
	if err := h.Check(r); err != nil {
		return nil, err
	}
	dealt := h.dealt()
	s := handlog.Source{Setup: r.Setup, Events: r.Events, Button: game.NoSeat, Names: map[game.Seat]string{}}
	s.Heading = handlog.Heading{ID: h.Name, Table: h.Table, Number: h.Number, Seats: min(h.SeatCount, poker.MaxPlayers), At: h.At}
	s.Setup.Players = append([]poker.Player(nil), s.Setup.Players...)
	for p := range s.Setup.Players {
		if h.Seats != nil {
			s.Setup.Players[p].Seat = game.Seat(h.Seats[p] - 1)
		}
		if p < len(h.Players) {
			s.Names[s.Setup.Players[p].Seat] = h.Players[p]
		}
		if !dealt[p] {
			s.Unknown |= 1 << p
		}
	}
	return handlog.New(s, handlog.Reader{Seat: game.NoSeat, Everything: true})
}

// dealt reports whose hole cards the file has from the deal on; those of others
// may be shown later.
func (h *Hand) dealt() [poker.MaxPlayers]bool {
	var known [poker.MaxPlayers]bool
	for _, a := range h.Actions {
		if a.Verb == DealHole {
			known[a.Pos] = !slices.Contains(a.Cards, eval.NoCard)
		}
	}
	return known
}
