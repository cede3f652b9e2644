package games

import (
	"context"
	"fmt"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/host"
	"kibitz/internal/poker"
	"kibitz/internal/poker/house"
	"kibitz/internal/table"
)

// pokerBrain plays poker for the house.
type pokerBrain struct {
	cfg HouseConfig
	*house.House
	// slots holds a token for everybody who works out a decision.
	slots chan struct{}
}

func newPokerBrain(cfg HouseConfig) brain {
	h, err := house.Open()
	if err != nil {
		panic(fmt.Sprintf("house players: %v", err)) // the program was built with broken data; tests open it
	}
	return &pokerBrain{cfg: cfg, House: h, slots: make(chan struct{}, cfg.Workers)}
}

func (b *pokerBrain) levels() []Level {
	var list []Level
	for _, c := range house.Characters() {
		list = append(list, Level{Level: c.Level, Name: c.Name, Strength: c.Style})
	}
	return list
}

// dice are chance for the house.
type dice func(n int) int

// IntN implements eval.Chance.
func (d dice) IntN(n int) int { return d(n) }

// choose decides in the hand, and else about chips and coming and going.
func (b *pokerBrain) choose(ctx context.Context, turn host.Turn) (choice, error) {
	view, ok := turn.View.(poker.TableView)
	if !ok {
		return choice{}, fmt.Errorf("the view of a table of poker is a %T", turn.View)
	}
	sight := house.Sight{Table: view, Seat: turn.Seat, People: turn.People}
	who := house.Find(turn.Level)
	begun := time.Now()
	d, err := b.decide(ctx, sight, who)
	if err != nil || d.Type == "" {
		return b.answer(b.Between(sight, who)), err
	}
	if view.Stakes.Fast {
		return b.answer(d), nil
	}
	return b.answer(d), wait(ctx, b.pause(turn, d)-time.Since(begun))
}

// decide works out what to do in the hand.
func (b *pokerBrain) decide(ctx context.Context, s house.Sight, who house.Character) (house.Decision, error) {
	if s.Table.Hand == nil || s.Table.Hand.You == nil {
		return house.Decision{}, nil
	}
	select {
	case b.slots <- struct{}{}:
	case <-ctx.Done():
		return house.Decision{}, ctx.Err()
	}
	defer func() { <-b.slots }()
	return b.Decide(s, who, dice(b.cfg.Roll), house.Effort), nil
}

func (b *pokerBrain) answer(d house.Decision) choice {
	return choice{typ: d.Type, data: d.JSON()}
}

// pause is how long a decision seems to take, within the time there is.
func (b *pokerBrain) pause(turn host.Turn, d house.Decision) time.Duration {
	pause := d.Pause(dice(b.cfg.Roll))
	if time, ok := left(turn); ok {
		pause = min(pause, time/3)
	}
	return pause
}

// namesakes is how many house players there are of a character.
const namesakes = 3

// PokerHouse returns the house players who may sit at tables of poker: several
// of each character, who are told apart by a number.
func PokerHouse() []table.Player {
	var all []table.Player
	for n := range namesakes {
		for _, c := range house.Characters() {
			p := table.Player{ID: account.ID(fmt.Sprintf("~%s%d", c.ID, n+1)), Name: c.Name, House: c.Level}
			if n > 0 {
				p.Name = fmt.Sprintf("%s %d", c.Name, n+1)
			}
			all = append(all, p)
		}
	}
	return all
}
