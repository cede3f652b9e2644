package poker

import "kibitz/internal/game"

// Decide judges an action of a seat, or with game.NoSeat one of the table
// itself.
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
		events, err = s.decideTable(seat, a)
	case ownAction:
		events, err = s.decideOwn(seat, a, chance)
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

func (s *state) decideTable(seat game.Seat, a tableAction) ([]game.Event, error) {
	if seat == game.NoSeat {
		return nil, refused("only a player can do that")
	}
	c := &s.chairs[seat]
	switch {
	case a.typ == actBuy:
		return s.decideBuy(seat, a)
	case !c.Taken:
		return nil, refused("you have no chips here: buy in first")
	case c.Leaving:
		return nil, refused("you leave when the hand is over")
	}
	switch a.typ {
	case actSitOut:
		return s.decideSitOut(seat, a)
	case actSitIn:
		if !c.Out && !c.OutNext && c.Posts == a.post {
			return nil, refused("you are in already")
		}
		return []game.Event{SatIn{Seat: seat, Post: a.post}}, nil
	case actLeave:
		if s.stakes.freezeout() && s.number > 0 {
			return nil, refused("nobody leaves with chips before there is a winner: you can sit out")
		}
		return []game.Event{Seated{typ: typeLeaving, Seat: seat}}, nil
	case actStraddle:
		if !s.stakes.Straddle {
			return nil, refused("there is no straddle at this table")
		}
		return wished(seat, wishStraddle, c.Straddles, a.on)
	case actShowLosing:
		return wished(seat, wishShow, c.Shows, a.on)
	}
	return nil, refused("poker has no such action")
}

// wished is the event of a wish that was not so before.
func wished(seat game.Seat, wish string, before, on bool) ([]game.Event, error) {
	if before == on {
		return nil, refused("that is so already")
	}
	return []game.Event{Wished{Seat: seat, Wish: wish, On: on}}, nil
}

func (s *state) decideSitOut(seat game.Seat, a tableAction) ([]game.Event, error) {
	c := &s.chairs[seat]
	switch {
	case c.Out:
		return nil, refused("you sit out already")
	case a.later:
		return wished(seat, wishOutNext, c.OutNext, true)
	}
	return []game.Event{Seated{typ: typeSatOut, Seat: seat}}, nil
}

// decideBuy judges chips that are to come to the table. A player in a hand
// plays it with what he has.
func (s *state) decideBuy(seat game.Seat, a tableAction) ([]game.Event, error) {
	c := &s.chairs[seat]
	if s.stakes.freezeout() {
		return s.decideEnter(seat, a.chips)
	}
	has := c.Stack + c.Coming
	later := s.running() && s.dealtIn.Has(seat)
	if later {
		has = s.hand.Stack(s.posOf(seat)) + c.Coming
	}
	least, most := max(1, s.stakes.MinBuyIn-has), s.stakes.MaxBuyIn-has
	if !c.Taken && a.back > 0 {
		least, most = max(least, a.back), max(most, a.back)
	}
	chips := a.chips
	if chips == 0 && !c.Taken {
		chips = max(least, s.stakes.Stack)
	}
	switch {
	case c.Leaving:
		return nil, refused("you leave when the hand is over")
	case most < least:
		return nil, refused("you have as many chips as you may bring")
	case chips < least && a.back > 0 && least == a.back:
		return nil, refused("you left this table with %d chips a short while ago: come back with as many", a.back)
	case chips < least || chips > most:
		return nil, refused("you can buy %d up to %d chips, not %d", least, most, chips)
	}
	return []game.Event{Bought{Seat: seat, Chips: chips, Later: later}}, nil
}

// decideEnter judges who takes a seat where nobody can buy in later.
func (s *state) decideEnter(seat game.Seat, chips Chips) ([]game.Event, error) {
	switch {
	case s.number > 0 || s.chairs[seat].Taken:
		return nil, refused("nobody can buy in at this table")
	case chips != 0 && chips != s.stakes.Entry:
		return nil, refused("a seat costs %d, not %d", s.stakes.Entry, chips)
	}
	return []game.Event{Bought{Seat: seat, Chips: s.stakes.Stack, Entry: s.stakes.Entry, Tournament: true}}, nil
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
		c := &s.chairs[i]
		switch {
		case c.Leaving && !s.playing(i):
			return []game.Event{s.leaving(i, s.chipsOf(i))}, nil
		case c.Lapses >= lapsesAtMost && !c.Out:
			return []game.Event{Seated{typ: typeSatOut, Seat: i}}, nil
		}
	}
	return s.end(), nil
}

// end returns what the end of a hand leads to: the places of those who lost
// their chips, and the end of the table.
func (s *state) end() []game.Event {
	if s.running() || s.number == 0 || s.result.Over() {
		return nil
	}
	last := s.stakes.Hands > 0 && s.number >= s.stakes.Hands
	if !s.stakes.freezeout() {
		if last {
			return s.decideClose()
		}
		return nil
	}
	rest := s.rest()
	events := s.place(s.busted(), len(rest)+1)
	switch {
	case len(events) > 0:
		return events
	case len(rest) == 1:
		return append(s.place(rest, 1), Finished{Status: statusWon, Winners: []game.Seat{rest[0].seat}})
	case last:
		return s.decideClose()
	}
	return nil
}
