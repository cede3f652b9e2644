package poker

import "kibitz/internal/game"

// Decide judges an action of a seat. Any seat, and with game.NoSeat the table
// itself, may ask to deal the next hand.
func (s *state) Decide(seat game.Seat, a game.Action, chance game.Chance) ([]game.Event, error) {
	switch {
	case s.result.Over():
		return nil, refused("play at this table is over")
	case seat != game.NoSeat && (seat < 0 || seat >= game.Seat(s.n)):
		return nil, refused("there is no seat %d at this table", seat)
	}
	var events []game.Event
	var err error
	switch a := a.(type) {
	case Action:
		events, err = s.decideHand(seat, a)
	case tableAction:
		events, err = s.decideTable(seat, a, chance)
	default:
		err = refused("poker has no such action")
	}
	if err != nil {
		return nil, err
	}
	return s.settle(events)
}

func (s *state) decideHand(seat game.Seat, a Action) ([]game.Event, error) {
	if s.hand == nil {
		return nil, refused("no hand has been dealt")
	}
	return s.hand.Decide(s.posOf(seat), a)
}

func (s *state) decideTable(seat game.Seat, a tableAction, chance game.Chance) ([]game.Event, error) {
	if a.typ == actDeal {
		return s.decideDeal(chance)
	}
	if seat == game.NoSeat {
		return nil, refused("only a player can do that")
	}
	c := &s.chairs[seat]
	switch {
	case a.typ == actBuy:
		return s.decideBuy(seat, a.chips)
	case !c.Taken:
		return nil, refused("you have no chips here: buy in first")
	case c.Leaving:
		return nil, refused("you leave when the hand is over")
	}
	switch a.typ {
	case actSitOut:
		if c.Out {
			return nil, refused("you sit out already")
		}
		return []game.Event{Seated{typ: typeSatOut, Seat: seat}}, nil
	case actSitIn:
		if !c.Out && c.Posts == a.post {
			return nil, refused("you are in already")
		}
		return []game.Event{SatIn{Seat: seat, Post: a.post}}, nil
	case actLeave:
		if s.stakes.freezeout() {
			return nil, refused("nobody leaves with chips before there is a winner: you can sit out")
		}
		return []game.Event{Seated{typ: typeLeaving, Seat: seat}}, nil
	}
	return nil, refused("poker has no such action")
}

// decideBuy judges chips that are to come to the table. A player in a hand
// plays it with what he has.
func (s *state) decideBuy(seat game.Seat, chips Chips) ([]game.Event, error) {
	c := &s.chairs[seat]
	least, most := max(1, s.stakes.MinBuyIn-c.Stack), s.stakes.MaxBuyIn-c.Stack
	switch {
	case s.stakes.freezeout():
		return nil, refused("nobody can buy in at this table")
	case c.Leaving:
		return nil, refused("you leave when the hand is over")
	case s.running() && s.dealtIn.Has(seat):
		return nil, refused("you can buy chips when the hand is over")
	case most < least:
		return nil, refused("you have as many chips as you may bring")
	case chips < least || chips > most:
		return nil, refused("you can buy %d up to %d chips, not %d", least, most, chips)
	}
	return []game.Event{Bought{Seat: seat, Chips: chips}}, nil
}

// decideDeal begins the next hand.
func (s *state) decideDeal(chance game.Chance) ([]game.Event, error) {
	if s.running() {
		return nil, refused("the hand is not over")
	}
	next := s.ring
	l, ok := next.next(s.stakes, game.Seat(chance.Perm(int(s.n))[0]))
	if !ok {
		return nil, refused("it takes two players with chips who do not sit out")
	}
	players := next.players(l)
	setup := s.stakes.setup(players, next.posts(s.stakes, l, players))
	next.deal(l)
	hand, err := NewHand(setup)
	if err != nil {
		return nil, err
	}
	dealt, err := hand.Start(Shuffle(chance))
	if err != nil {
		return nil, err
	}
	began := HandBegan{
		Number: s.number + 1, Ply: s.ply, Button: l.button, Small: l.small, Big: l.big,
		Chairs: append([]Chair(nil), next.chairs[:s.n]...), Hand: setup,
	}
	return append([]game.Event{began}, dealt...), nil
}

// settle appends what follows from events by itself: decisions of those who are
// leaving, their leaving, and the end of the table.
func (s *state) settle(events []game.Event) ([]game.Event, error) {
	next := s
	for _, e := range events {
		next = next.evolve(e)
	}
	for {
		more, err := next.due()
		if err != nil || len(more) == 0 {
			return events, err
		}
		for _, e := range more {
			next = next.evolve(e)
		}
		events = append(events, more...)
	}
}

// due returns what happens now without anybody's decision.
func (s *state) due() ([]game.Event, error) {
	for seat := range s.ToAct().All() {
		c := &s.chairs[seat]
		if !c.Leaving && !(c.Out && s.stakes.freezeout()) {
			continue
		}
		if a, ok := s.hand.Lapse(s.posOf(seat)); ok {
			return s.hand.Decide(s.posOf(seat), a)
		}
	}
	for i := range game.Seat(s.n) {
		if c := &s.chairs[i]; c.Leaving && !(s.running() && s.dealtIn.Has(i)) {
			return []game.Event{Seated{typ: typeLeft, Seat: i, Chips: c.Stack}}, nil
		}
	}
	return s.end(), nil
}

// end returns the end of the table, if it has come.
func (s *state) end() []game.Event {
	if s.running() || s.number == 0 || s.result.Over() {
		return nil
	}
	var rich game.Seats
	for i := range game.Seat(s.n) {
		if s.chairs[i].Stack > 0 {
			rich |= game.SeatSet(i)
		}
	}
	switch {
	case s.stakes.freezeout() && rich.Len() == 1:
		return []game.Event{Finished{Status: statusWon, Winners: []game.Seat{rich.First()}}}
	case s.stakes.Hands > 0 && s.number >= s.stakes.Hands:
		return []game.Event{Finished{Status: statusClosed}}
	}
	return nil
}
