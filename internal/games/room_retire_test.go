package games_test

import (
	"errors"
	"testing"
	"time"

	"kibitz/internal/chess"
	"kibitz/internal/game"
	"kibitz/internal/game/gametest"
	"kibitz/internal/table"
)

// A room that has become too long ends between two hands: not in one, and with
// all the chips going back to whom they belong.
func TestRoomRetires(t *testing.T) {
	r := newRoom(t, nil)
	r.do("Anna", "sit")
	r.do("Bert", "sit")
	r.wait(4 * time.Second)
	if records, err := r.Retire(r.now, r.presence()); err != nil || len(records) > 0 {
		t.Fatalf("in a hand: got %d records, %v, want none", len(records), err)
	}
	chips := r.Chips()
	r.do(r.turn(), "fold")
	records, err := r.Retire(r.now, r.presence())
	if err != nil {
		t.Fatal(err)
	}
	r.apply(records)
	if !r.Result().Over() || r.Chips() != 0 {
		t.Errorf("after the hand: over %v, with %d chips at the table, want the end and none", r.Result().Over(), r.Chips())
	}
	var paid int64
	var reader table.Ledger
	for i := range r.records {
		moved, err := reader.Read(r.catalog, &r.records[i])
		if err != nil {
			t.Fatal(err)
		}
		paid -= min(0, moved.Chips)
	}
	if paid != chips {
		t.Errorf("%d chips were paid, and %d were at the table", paid, chips)
	}
	r.replays()
	if records, err := r.Retire(r.now, r.presence()); err != nil || len(records) > 0 {
		t.Errorf("when it is over: got %d records, %v, want none", len(records), err)
	}
}

// A game that is no room does not end by itself.
func TestGameDoesNotRetire(t *testing.T) {
	catalog := game.Catalog{chess.Kind: chess.NewRules(chess.DrawLichess)}
	s := table.Setup{Kind: chess.Kind, Origin: table.OriginFriend, Seats: []table.Player{somebody("Anna"), somebody("Bert")}}
	made, err := table.Create("Chess001", s, time.UnixMilli(1_700_000_000_000), catalog, gametest.NewChance(1))
	if err != nil {
		t.Fatal(err)
	}
	one, err := table.Load(catalog, made)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := one.Retire(one.Touched(), table.Presence{}); !errors.Is(err, table.ErrNotAllowed) {
		t.Errorf("got %v, want %v", err, table.ErrNotAllowed)
	}
}
