package server

import (
	"context"
	"fmt"
	"math"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/ledger"
	"kibitz/internal/table"
)

// chips proves that accounts, stacks and pots together are what was issued: the
// balances follow from the transfers, they add up to nothing, and every table
// has in the ledger what its records say, and on its felt.
func (c *checker) chips(ctx context.Context) error {
	book := c.stores.archive
	bad, err := book.Audit(ctx)
	if err != nil {
		return err
	}
	for _, a := range bad {
		c.differ("%s: the balance does not follow from the transfers", a)
	}
	sum, tables := int64(0), make(map[table.ID]int64)
	err = book.Accounts(ctx, func(a ledger.Account, chips int64) error {
		sum += chips
		if id, ok := a.Table(); ok {
			tables[id] = chips
		}
		if chips < 0 && a.Bounded() {
			c.differ("%s: %d chips", a, chips)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if sum != 0 {
		c.differ("all accounts together have %d chips, and should have none", sum)
	}
	return c.tableChips(ctx, tables)
}

// tableChips compares what tables have in the ledger with their records.
func (c *checker) tableChips(ctx context.Context, have map[table.ID]int64) error {
	open, err := c.openChips(ctx)
	if err != nil {
		return err
	}
	ids, err := c.rooms(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		want, pending, err := c.chipsOf(ctx, id, open)
		if err != nil {
			return err
		}
		c.audit.Chips += want
		switch got := have[id]; {
		case got == want:
		case pending && got > want:
			c.audit.Pending++
		default:
			c.differ("%s: %d chips in the ledger, and %d follow from its records", id, got, want)
		}
		delete(have, id)
	}
	for id, chips := range have {
		if on := open.of(id); chips != on {
			c.differ("%s: the journal does not know this table, which has %d chips in the ledger and %d on their way", id, chips, on)
		}
	}
	return nil
}

// onTheWay are the open transfers by their id.
type onTheWay map[string]ledger.Transfer

func (o onTheWay) of(id table.ID) (sum int64) {
	for _, t := range o {
		if t.To == ledger.OfTable(id) {
			sum += t.Chips
		}
	}
	return sum
}

func (c *checker) openChips(ctx context.Context) (onTheWay, error) {
	open := make(onTheWay)
	all, err := c.stores.archive.Stale(ctx, time.Now().Add(time.Hour), math.MaxInt32)
	for _, t := range all {
		open[t.ID] = t
	}
	return open, err
}

// rooms returns the tables of the journal where chips are played for.
func (c *checker) rooms(ctx context.Context) ([]table.ID, error) {
	var ids []table.ID
	for r, err := range c.stores.journal.Scan(ctx) {
		if err != nil {
			return nil, err
		}
		if r.Seq > 1 {
			continue
		}
		t, err := table.Load(c.catalog, []table.Record{r})
		if err != nil {
			continue // it is shown where journal and archive are compared
		}
		if _, ok := c.catalog[t.Setup().Kind].(game.Banker); ok {
			ids = append(ids, r.Table)
		}
	}
	return ids, nil
}

// chipsOf returns what a table must have in the ledger: what its records
// brought there and did not take away, and what is on its way. Pending says
// that the ledger has yet to pay somebody who left.
func (c *checker) chipsOf(ctx context.Context, id table.ID, open onTheWay) (want int64, pending bool, err error) {
	records, err := c.stores.journal.Read(ctx, id, 0)
	if err != nil {
		return 0, false, err
	}
	var reader table.Ledger
	felt, way := int64(0), open.of(id)
	for i := range records {
		r := &records[i]
		moved, err := reader.Read(c.catalog, r)
		if err != nil {
			c.differ("%s: %v", id, err)
			return 0, false, nil
		}
		felt += moved.Chips
		switch {
		case moved.Chips > 0:
			way -= open[table.Voucher(id, r.Actor, r.Action)].Chips // it has come
		case moved.Chips < 0:
			paid, err := c.stores.archive.Made(ctx, fmt.Sprintf("%s.%d", id, r.Seq))
			if err != nil {
				return 0, false, err
			}
			pending = pending || !paid
		}
	}
	t, err := table.Load(c.catalog, records)
	if err != nil {
		c.differ("%s: %v", id, err)
		return 0, false, nil
	}
	if t.Chips() != felt {
		c.differ("%s: %d chips on the felt, and %d came and did not go", id, t.Chips(), felt)
	}
	return felt + way, pending, nil
}
