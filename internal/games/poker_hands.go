package games

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"kibitz/internal/game"
	"kibitz/internal/hands"
	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
	"kibitz/internal/poker/handlog"
	"kibitz/internal/poker/stats"
)

// PokerHands tells the archive of hands about poker.
type PokerHands struct{}

var _ hands.Dealer = PokerHands{}

var handRoles = map[string]hands.Role{
	poker.HandBegan{}.EventType(): hands.Begins,
	poker.Ended{}.EventType():     hands.Ends,
	poker.Shown{}.EventType():     hands.Adds,
	poker.Placed{}.EventType():    hands.Adds,
	poker.Finished{}.EventType():  hands.Closes,
}

// Role implements hands.Dealer. A hand that is shown while it is played adds
// nothing that its end would not.
func (PokerHands) Role(typ string) hands.Role { return handRoles[typ] }

// Sum implements hands.Dealer.
func (PokerHands) Sum(r *hands.Record) (hands.Summary, error) {
	f, err := factsOf(r)
	if err != nil {
		return hands.Summary{}, err
	}
	log, err := f.log(handlog.Heading{}, nil, handlog.Spectator)
	if err != nil {
		return hands.Summary{}, malformedHand(err)
	}
	s := hands.Summary{
		Number: log.Number, Class: hands.Class{Variant: log.Variant, Limit: log.Limit.Structure.String(), Format: f.format()},
		Stakes: strconv.FormatInt(int64(log.Small), 10) + "/" + strconv.FormatInt(int64(log.Limit.BigBlind), 10),
		Pot:    int64(log.Total()), Board: cardText(log.Boards[0]),
	}
	showdown := log.Showdown()
	holes := f.holes(len(log.Players), log.Rules().Hole)
	for i, p := range log.Players {
		s.Players = append(s.Players, hands.Player{
			Seat: p.Seat, Net: int64(p.End - p.Stack), Won: int64(p.Won), Showdown: showdown && p.Folded < 0,
			Cards: cardText(holes[i]),
		})
	}
	s.Counts, err = f.counts()
	return s, err
}

func malformedHand(err error) error {
	return fmt.Errorf("%w: a hand of poker: %w", game.ErrMalformed, err)
}

// holes returns the hole cards of each player.
func (f *facts) holes(players, each int) [][]eval.Card {
	all := make([][]eval.Card, players)
	for _, e := range f.events {
		dealt, ok := e.(poker.Dealt)
		if !ok {
			continue
		}
		for i := range each * players {
			all[i%players] = append(all[i%players], dealt.Deck[i])
		}
	}
	return all
}

func cardText(cards []eval.Card) string {
	texts := make([]string, len(cards))
	for i, c := range cards {
		texts[i] = c.String()
	}
	return strings.Join(texts, " ")
}

// facts are a record in the words of poker.
type facts struct {
	stakes poker.Stakes
	record *hands.Record
	events []game.Event
}

func factsOf(r *hands.Record) (f facts, err error) {
	f.record = r
	if len(r.Setup) > 0 {
		if err := json.Unmarshal(r.Setup, &f.stakes); err != nil {
			return f, malformedHand(err)
		}
	}
	for i, e := range r.Events {
		event, err := poker.Rules{}.DecodeEvent(e.Type, e.Data)
		if err != nil {
			return f, fmt.Errorf("event %d of a hand: %w", i, err)
		}
		f.events = append(f.events, event)
	}
	return f, nil
}

// format says what the chips are worth: where nobody can buy in they are those
// of a tournament.
func (f *facts) format() hands.Format {
	if f.stakes.MaxBuyIn == 0 {
		return hands.SitAndGo
	}
	return hands.Cash
}

// log returns the hand as a reader may know it.
func (f *facts) log(heading handlog.Heading, names map[game.Seat]string, as handlog.Reader) (*handlog.Hand, error) {
	source, err := handlog.FromTable(heading, names, f.events)
	if err != nil {
		return nil, err
	}
	if f.format() == hands.Cash {
		source.Small = f.stakes.SmallBlind
	}
	return handlog.New(source, as)
}

// sampled is how many boards are drawn for who was all-in before the flop.
const sampled = 1000

// counts returns what each player did. What is drawn at random depends on when
// and where the hand was, so that counting it again gives the same.
func (f *facts) counts() ([]hands.Counts, error) {
	began, ok := f.events[0].(poker.HandBegan)
	if !ok {
		return nil, fmt.Errorf("%w: a hand that begins with %s", game.ErrMalformed, f.events[0].EventType())
	}
	seed := uint64(handlog.Serial(fmt.Sprint(f.record.Made.UnixMilli(), began.Number, f.record.Events[0].At.UnixMilli())))
	all, err := stats.Count(began.Hand, f.events[1:], stats.Sampling{Boards: sampled, Chance: rand.New(rand.NewPCG(seed, 1))})
	if err != nil {
		return nil, malformedHand(err)
	}
	counts := make([]hands.Counts, len(all))
	for i, c := range all {
		text, err := json.Marshal(c)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(text, &counts[i]); err != nil {
			return nil, err
		}
	}
	return counts, nil
}
