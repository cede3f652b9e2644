package server

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/games"
	"kibitz/internal/host"
	"kibitz/internal/ledger"
	"kibitz/internal/poker"
	"kibitz/internal/rooms"
	"kibitz/internal/table"
	"kibitz/internal/worker"
	"kibitz/internal/worker/chips"
)

// cashier is the ledger as a host sees it.
type cashier struct{ ledger.Bank }

var _ host.Cashier = cashier{}

// bank returns what people have to do with the ledger.
func (s *Server) bank() ledger.Bank { return ledger.Bank{Book: s.stores.archive, Now: time.Now} }

// Reserve implements host.Cashier.
func (c cashier) Reserve(ctx context.Context, v host.Voucher) error {
	err := c.BuyIn(ctx, v.ID, v.Table, v.Player, v.Chips)
	if errors.Is(err, ledger.ErrShort) || errors.Is(err, ledger.ErrCancelled) {
		return fmt.Errorf("%w: %w", host.ErrChips, err)
	}
	return err
}

// Cancel implements host.Cashier.
func (c cashier) Cancel(ctx context.Context, v host.Voucher) error { return c.Book.Cancel(ctx, v.ID) }

// openRooms puts together how people find tables to come and go.
func (s *Server) openRooms() (*rooms.Rooms, error) {
	return rooms.New(rooms.Config{
		Tables: roomTables{tables{s.host, s.node}}, Presets: games.Presets(), Log: s.cfg.Log,
		House: map[game.Kind][]table.Player{poker.Kind: games.PokerHouse()},
	})
}

// chipsLinger is how long what a table paid may wait for more.
const chipsLinger = 500 * time.Millisecond

// openChips puts together the way from the journal to the ledger.
func (s *Server) openChips(c game.Catalog) (*worker.Worker, error) {
	projection, err := chips.New(chips.Config{Journal: s.stores.journal, Book: s.stores.archive, Catalog: c, Log: s.cfg.Log})
	if err != nil {
		return nil, err
	}
	return worker.New(worker.Config{
		Journal: s.stores.journal, Projection: projection, Linger: chipsLinger, Log: s.cfg.Log,
		Steps: []worker.Step{&chips.Round{Book: s.stores.archive, Journal: s.stores.journal, Now: time.Now}},
	})
}
