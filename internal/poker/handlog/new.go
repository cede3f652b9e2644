package handlog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// New returns a finished hand as a reader may know it, or an error wrapping
// ErrUnfinished or game.ErrMalformed. It keeps nothing of the source.
func New(s Source, r Reader) (*Hand, error) {
	start, err := poker.NewHand(s.Setup)
	if err != nil {
		return nil, err
	}
	b := builder{source: &s, reader: r, state: start, hand: &Hand{
		Heading: s.Heading, Variant: s.Setup.Variant, Limit: s.Setup.Limit, Setup: start.Terms(), Button: s.Button,
		Hero: r.place(s.Setup.Players), Boards: [][]eval.Card{{}},
	}}
	b.begin()
	for i, e := range s.Events {
		if !b.sensible(e) {
			return nil, fmt.Errorf("%w: hand %s: event %d, %s", game.ErrMalformed, s.ID, i, e.EventType())
		}
		b.add(e)
		b.notes(i + 1)
	}
	if !b.state.Over() {
		return nil, fmt.Errorf("%w: hand %s", ErrUnfinished, s.ID)
	}
	b.end()
	return b.hand, nil
}

// builder folds the events of a hand.
type builder struct {
	source *Source
	reader Reader
	hand   *Hand
	state  poker.Hand
	// noted counts the notes that were taken.
	noted        int
	street       int
	price, total poker.Chips
	stacks, bets []poker.Chips
}

// begin takes what is settled before the hand.
func (b *builder) begin() {
	h, players := b.hand, b.source.Setup.Players
	b.stacks, b.bets = make([]poker.Chips, len(players)), make([]poker.Chips, len(players))
	for i, p := range players {
		b.stacks[i] = p.Stack
		h.Players = append(h.Players, Player{
			Seat: p.Seat, Name: b.source.Names[p.Seat], Stack: p.Stack, Folded: -1, Absent: b.source.Absent.Has(p.Seat),
		})
		h.Seats = max(h.Seats, int(p.Seat)+1)
	}
	if h.Button == game.NoSeat {
		h.Button = players[len(players)-1].Seat
	}
	h.Away = slices.Clone(b.source.Away)
	for _, a := range h.Away {
		h.Seats = max(h.Seats, int(a.Seat)+1)
	}
	b.name()
	b.forced()
	b.notes(0)
}

// forced takes the sizes of blinds and antes, and what is to be called first.
func (b *builder) forced() {
	h := b.hand
	var missed poker.Chips
	for _, p := range h.Setup.Posts {
		switch {
		case p.Kind == poker.PostAnte:
			h.Ante = max(h.Ante, p.Amount)
		case p.Kind == poker.PostDead && !h.Missed(p.Pos):
			h.Ante, h.BigBlindAnte = p.Amount, true
		case p.Kind == poker.PostSmall && h.Small == 0:
			h.Small = p.Amount
		case p.Kind == poker.PostDead:
			missed = p.Amount
		}
		if p.Kind != poker.PostAnte && p.Kind != poker.PostDead {
			b.price = max(b.price, p.Amount) // also where a stack was too short for it
		}
	}
	if h.Small == 0 {
		h.Small = missed
	}
}

// name gives every player a name that no other has and that fits on a line.
func (b *builder) name() {
	used := map[string]bool{}
	pick := func(seat game.Seat, name string) string {
		name = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(name, "?"), unprintable), " ")
		if name == "" || b.reader.Nameless {
			name = "Seat " + strconv.Itoa(int(seat)+1)
		}
		unique := name
		for n := 2; used[unique]; n++ {
			unique = name + " (" + strconv.Itoa(n) + ")"
		}
		used[unique] = true
		return unique
	}
	for i := range b.hand.Players {
		p := &b.hand.Players[i]
		p.Name = pick(p.Seat, p.Name)
	}
	for i := range b.hand.Away {
		a := &b.hand.Away[i]
		a.Name = pick(a.Seat, a.Name)
	}
}

func unprintable(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }

// sensible reports whether an event can be one of this hand.
func (b *builder) sensible(e game.Event) bool {
	at := func(p poker.Pos) bool { return p >= 0 && int(p) < len(b.hand.Players) }
	switch e := e.(type) {
	case poker.Posted:
		return at(e.Pos)
	case poker.Acted:
		return at(e.Pos)
	case poker.Returned:
		return at(e.Pos)
	case poker.Answered:
		return at(e.Pos)
	case poker.Shown:
		return at(e.Pos)
	case poker.Mucked:
		return at(e.Pos)
	case poker.Awarded:
		return !slices.ContainsFunc(e.Shares, func(s poker.Share) bool { return !at(s.Pos) })
	case poker.Turned:
		first := len(b.hand.Boards[0])
		return e.Run == 0 && first+len(e.Cards) <= 5 || e.Run == 1 && first == 5 && (len(b.hand.Boards) == 1 || len(b.hand.Boards[1])+len(e.Cards) <= 5)
	}
	return true
}

// add folds one event.
func (b *builder) add(e game.Event) {
	switch e := e.(type) {
	case poker.Dealt:
		b.deal(e)
	case poker.Posted:
		b.post(e)
	case poker.Acted:
		b.act(e)
	case poker.Returned:
		b.stacks[e.Pos] += e.Amount
		b.total -= e.Amount
		b.bets[e.Pos] = max(0, b.bets[e.Pos]-e.Amount)
		b.step(Step{Kind: Return, Pos: e.Pos, Amount: e.Amount})
	case poker.Answered:
		b.step(Step{Kind: Runs, Pos: e.Pos, Amount: poker.Chips(e.Runs)})
	case poker.Turned:
		b.turn(e)
	case poker.Shown:
		p := &b.hand.Players[e.Pos]
		p.Shown, p.Mucked, p.Cards = true, false, slices.Clone(e.Cards)
		b.step(Step{Kind: Show, Pos: e.Pos, Cards: slices.Clone(e.Cards)})
	case poker.Mucked:
		b.hand.Players[e.Pos].Mucked = true
		b.step(Step{Kind: Muck, Pos: e.Pos})
	case poker.Awarded:
		b.award(e)
	}
	b.state = b.state.Evolve(e)
}

// step appends a step and how the chips are after it.
func (b *builder) step(s Step) {
	s.Street, s.Total = b.street, b.total
	s.Stacks, s.Bets = slices.Clone(b.stacks), slices.Clone(b.bets)
	b.hand.Steps = append(b.hand.Steps, s)
}

// deal takes the hole cards that the reader may know, and no others.
func (b *builder) deal(e poker.Dealt) {
	n := len(b.hand.Players)
	for i := range b.hand.Players {
		pos := poker.Pos(i)
		if !b.reader.knows(pos, b.hand.Hero) || b.source.Unknown.Has(pos) {
			continue
		}
		b.hand.Players[i].Dealt = true
		for c := range b.hand.Rules().Hole {
			b.hand.Players[i].Cards = append(b.hand.Players[i].Cards, e.Deck[c*n+i])
		}
	}
}

// put moves chips from a stack to the middle.
func (b *builder) put(p poker.Pos, amount poker.Chips) {
	b.stacks[p] -= amount
	b.total += amount
}

func (b *builder) post(e poker.Posted) {
	b.put(e.Pos, e.Amount)
	if e.Kind != poker.PostAnte && e.Kind != poker.PostDead {
		b.bets[e.Pos] += e.Amount
	}
	b.step(Step{Kind: Post, Pos: e.Pos, Post: e.Kind, Amount: e.Amount, To: b.bets[e.Pos], AllIn: b.stacks[e.Pos] == 0})
}

func (b *builder) act(e poker.Acted) {
	if e.Lapsed {
		b.step(Step{Kind: Aside, Pos: e.Pos, Note: Note{Seat: b.hand.Players[e.Pos].Seat, What: TimedOut}})
	}
	s := Step{Kind: Act, Pos: e.Pos, Act: e.Act, Amount: e.To - b.bets[e.Pos], To: e.To}
	if e.Act == poker.Fold {
		b.hand.Players[e.Pos].Folded = b.street
		s.Amount, s.To = 0, b.bets[e.Pos]
	}
	b.put(e.Pos, s.Amount)
	b.bets[e.Pos] = s.To
	s.AllIn = s.Amount > 0 && b.stacks[e.Pos] == 0
	if e.Act == poker.Bet || e.Act == poker.Raise {
		s.By = s.To - b.price
	}
	b.price = max(b.price, s.To)
	b.step(s)
}

// turn opens a street. A second board begins as the first one lay when the
// bets were made.
func (b *builder) turn(e poker.Turned) {
	h := b.hand
	clear(b.bets)
	b.price = 0
	if e.Run > 0 && len(h.Boards) == 1 {
		h.Boards = append(h.Boards, slices.Clone(h.Boards[0][:5-b.missing()]))
	}
	h.Boards[e.Run] = append(h.Boards[e.Run], e.Cards...)
	for i, s := range h.Rules().Streets {
		if s.Name == e.Street {
			b.street = i
		}
	}
	b.step(Step{Kind: Board, Pos: poker.NoPos, Run: e.Run, Cards: slices.Clone(e.Cards)})
}

// missing is how many cards the second board needs: those that the first one
// got since the players were asked.
func (b *builder) missing() int {
	n := 0
	for i := len(b.hand.Steps) - 1; i >= 0; i-- {
		switch s := &b.hand.Steps[i]; s.Kind {
		case Board:
			n += len(s.Cards)
		case Runs:
			return n
		}
	}
	return n
}

func (b *builder) award(e poker.Awarded) {
	pot := b.pot(e.Pot)
	for _, share := range e.Shares {
		b.total -= share.Amount
		b.stacks[share.Pos] += share.Amount
		b.hand.Players[share.Pos].Won += share.Amount
		pot.win(share)
		b.step(Step{Kind: Award, Pos: share.Pos, Amount: share.Amount, Pot: e.Pot, Run: e.Run, Half: e.Half})
	}
}

// pot returns the pot of a number.
func (b *builder) pot(number int) *Pot {
	for i := range b.hand.Pots {
		if b.hand.Pots[i].Number == number {
			return &b.hand.Pots[i]
		}
	}
	b.hand.Pots = append(b.hand.Pots, Pot{Number: number})
	return &b.hand.Pots[len(b.hand.Pots)-1]
}

func (p *Pot) win(share poker.Share) {
	p.Amount += share.Amount
	for i := range p.Wins {
		if p.Wins[i].Pos == share.Pos {
			p.Wins[i].Amount += share.Amount
			return
		}
	}
	p.Wins = append(p.Wins, Win(share))
}

// notes takes those that came after so many events.
func (b *builder) notes(after int) {
	for b.noted < len(b.source.Notes) && b.source.Notes[b.noted].After <= after {
		n := b.source.Notes[b.noted]
		b.noted++
		b.step(Step{Kind: Aside, Pos: Reader{Seat: n.Seat}.place(b.source.Setup.Players), Note: n, Amount: n.Amount})
	}
}

// end puts the pots in order.
func (b *builder) end() {
	h := b.hand
	for i := range h.Players {
		h.Players[i].End = b.state.Stack(poker.Pos(i))
	}
	slices.SortFunc(h.Pots, func(a, b Pot) int { return a.Number - b.Number })
	pots := b.state.Pots()
	for i := range h.Pots {
		if n := h.Pots[i].Number; n < len(pots) {
			h.Pots[i].Eligible = pots[n].Eligible
		}
		slices.SortFunc(h.Pots[i].Wins, func(a, b Win) int { return int(a.Pos - b.Pos) })
	}
}
