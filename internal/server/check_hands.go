package server

import (
	"context"
	"errors"
	"fmt"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/hands"
	workhands "kibitz/internal/worker/hands"
)

// hands reads the record of every hand again, and compares its row and what was
// counted of its players with what follows from it.
func (c *checker) hands(ctx context.Context) error {
	tallies := make(map[handClass]*hands.Tally)
	var last hands.Key
	for {
		page, err := c.stores.archive.HandsAfter(ctx, last, checkPage)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			return errors.Join(c.handTallies(ctx, tallies), c.handsToCome(ctx))
		}
		for i := range page {
			c.audit.Hands++
			c.hand(&page[i], tallies)
		}
		last = page[len(page)-1].Hand.Key
	}
}

// handsToCome counts the tables of which the archive has yet to store hands.
func (c *checker) handsToCome(ctx context.Context) error {
	p, err := workhands.New(workhands.Config{Journal: c.stores.journal, Store: c.stores.archive, Dealers: dealers()})
	if err != nil {
		return err
	}
	ids, err := c.rooms(ctx)
	for _, id := range ids {
		owed, err := p.Owes(ctx, id)
		if err != nil {
			return err
		}
		if owed {
			c.audit.Pending++
		}
	}
	return err
}

// handClass is whose hands are counted together.
type handClass struct {
	user account.ID
	hands.Class
}

// hand compares one with its record, and counts it.
func (c *checker) hand(f *hands.Finished, tallies map[handClass]*hands.Tally) {
	h := &f.Hand
	dealer := dealers()[h.Kind]
	if dealer == nil {
		c.differ("hand %s: nobody knows %q here", h.Key, h.Kind)
		return
	}
	record, err := hands.Unpack(f.Blob)
	var sum hands.Summary
	if err == nil {
		sum, err = dealer.Sum(&record)
	}
	if err != nil {
		c.differ("hand %s: %v", h.Key, err)
		return
	}
	if got, want := handShape(h), handShape(summed(h, &sum)); got != want {
		c.differ("hand %s: the row says %s, and its record %s", h.Key, got, want)
		return
	}
	for i, p := range sum.Players {
		who := playerAt(h, p)
		if who.House || who.Name == archive.ClosedName {
			continue
		}
		key := handClass{who.User, h.Class}
		if tallies[key] == nil {
			tallies[key] = &hands.Tally{User: who.User, Class: h.Class, Counts: hands.Counts{}}
		}
		tallies[key].Take(h, p, sum.Counts[i])
	}
}

// summed returns the row that a hand must have, of the same people.
func summed(h *hands.Hand, s *hands.Summary) *hands.Hand {
	row := hands.Hand{Key: hands.Key{Table: h.Table, Number: s.Number}, Class: s.Class, Stakes: s.Stakes, Pot: s.Pot, Board: s.Board}
	for _, p := range s.Players {
		who := playerAt(h, p)
		p.User, p.Name = who.User, who.Name
		row.Players = append(row.Players, p)
	}
	return &row
}

// playerAt returns the player of the row who sat where another did.
func playerAt(h *hands.Hand, p hands.Player) hands.Player {
	for _, who := range h.Players {
		if who.Seat == p.Seat {
			return who
		}
	}
	return hands.Player{}
}

// handShape is what the row and the record of a hand must agree on. The cards of
// a closed account are erased from the row.
func handShape(h *hands.Hand) string {
	text := fmt.Sprint(h.Key, " ", h.Class, " ", h.Stakes, " pot ", h.Pot, " board ", h.Board)
	seats := map[int]string{}
	for _, p := range h.Players {
		cards := p.Cards
		if p.Name == archive.ClosedName {
			cards = ""
		}
		seats[int(p.Seat)] = fmt.Sprint(p.User, " ", p.Net, " ", p.Won, " ", p.Showdown, " ", cards)
	}
	return text + fmt.Sprint(seats)
}

// handTallies compares what was counted with what follows from the hands.
func (c *checker) handTallies(ctx context.Context, want map[handClass]*hands.Tally) error {
	stored, err := c.stores.archive.AllTallies(ctx)
	if err != nil {
		return err
	}
	for _, got := range stored {
		key := handClass{got.User, got.Class}
		w := want[key]
		if w == nil {
			c.differ("%s: hands of %v are counted, and there are none", got.User, got.Class)
			continue
		}
		if fmt.Sprint(got) != fmt.Sprint(*w) {
			c.differ("%s: %v are counted in hands, and %v follow from them", got.User, got, *w)
		}
		delete(want, key)
	}
	for key := range want {
		c.differ("%s: hands of %v are not counted", key.user, key.Class)
	}
	return nil
}
