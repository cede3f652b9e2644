package lobby_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/game/gametest"
	"kibitz/internal/lobby"
	"kibitz/internal/table"
)

func TestTake(t *testing.T) {
	for _, row := range []struct {
		name  string
		taker string
		with  func(*lobby.Offer)
		want  error
		seat  string
	}{
		{"any seat", "BERT", func(*lobby.Offer) {}, nil, "paired T1 1"},
		{"the maker is white", "BERT", func(o *lobby.Offer) { o.Seat = 0 }, nil, "paired T1 1"},
		{"the maker is black", "BERT", func(o *lobby.Offer) { o.Seat = 1 }, nil, "paired T1 0"},
		{"oneself", "ANNA", func(*lobby.Offer) {}, lobby.ErrSelf, ""},
		{"nobody", "", func(*lobby.Offer) {}, account.ErrNotSignedIn, ""},
		{"a guest, rated", "bert", func(o *lobby.Offer) { o.Rated = true }, table.ErrNotAllowed, ""},
		{"without the rating", "BERT", func(o *lobby.Offer) { o.MinRating = 1200 }, table.ErrNotAllowed, ""},
	} {
		w := newWorld(t)
		anna, _ := member("ANNA")
		o := offer()
		row.with(&o)
		id, err := w.Seek(context.Background(), anna, o)
		if err != nil {
			t.Fatalf("%s: %v", row.name, err)
		}
		taker, s := member(row.taker)
		if err := w.Take(t.Context(), taker, id); !errors.Is(err, row.want) {
			t.Errorf("%s: %v, want %v", row.name, err, row.want)
		}
		wantGot(t, row.name, s, row.seat)
		if err := w.Take(t.Context(), taker, id); row.want == nil && !errors.Is(err, lobby.ErrGone) {
			t.Errorf("%s, again: %v, want ErrGone", row.name, err)
		}
	}
}

func TestSeekRefuses(t *testing.T) {
	for _, row := range []struct {
		name, who string
		with      func(*lobby.Offer)
		want      error
	}{
		{"nobody", "", func(*lobby.Offer) {}, account.ErrNotSignedIn},
		{"another game", "ANNA", func(o *lobby.Offer) { o.Kind = "go" }, table.ErrSetup},
		{"a setup that cannot be", "ANNA", func(o *lobby.Offer) { o.Setup = []byte(`{"deck":1}`) }, game.ErrMalformed},
		{"a rated guest", "anna", func(o *lobby.Offer) { o.Rated = true }, table.ErrNotAllowed},
		{"rated without a clock", "ANNA", func(o *lobby.Offer) { o.Rated, o.Control = true, clock.Control{} }, table.ErrSetup},
		{"a control that is not offered", "ANNA", func(o *lobby.Offer) { o.Control = clock.Control{Initial: time.Hour * 9} }, clock.ErrControl},
	} {
		m, _ := member(row.who)
		o := offer()
		row.with(&o)
		if _, err := newWorld(t).Seek(context.Background(), m, o); !errors.Is(err, row.want) {
			t.Errorf("%s: %v, want %v", row.name, err, row.want)
		}
	}
}

func TestSeeksAreBounded(t *testing.T) {
	w := newWorld(t)
	for i := range lobby.MaxSeeks {
		m, _ := member(fmt.Sprint("user", i))
		if _, err := w.Seek(context.Background(), m, offer()); err != nil {
			t.Fatalf("seek %d: %v", i, err)
		}
	}
	late, _ := member("late")
	if _, err := w.Seek(context.Background(), late, offer()); !errors.Is(err, lobby.ErrFull) {
		t.Errorf("one more: %v, want ErrFull", err)
	}
	old, _ := member("user0")
	if _, err := w.Seek(context.Background(), old, offer()); err != nil {
		t.Errorf("in place of an older one: %v", err)
	}
}

func TestSeekAsksForARating(t *testing.T) {
	w := newWorld(t)
	var err error
	w.Lobby, err = lobby.New(lobby.Config{
		Tables: w.tables, Codec: textCodec{}, Catalog: game.Catalog{"highcard": gametest.HighCard{}},
		Kind: "highcard", People: ratings{"ANNA": 1500, "BERT": 1750, "CORA": 1520},
	})
	if err != nil {
		t.Fatal(err)
	}
	anna, _ := member("ANNA")
	bert, _ := member("BERT")
	cora, _ := member("CORA")
	o := offer()
	o.Rated, o.MinRating, o.MaxRating = true, 1400, 1600
	id, err := w.Seek(t.Context(), anna, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Take(t.Context(), bert, id); !errors.Is(err, table.ErrNotAllowed) {
		t.Errorf("a stronger player: %v, want ErrNotAllowed", err)
	}
	if err := w.Take(t.Context(), cora, id); err != nil {
		t.Errorf("a player in range: %v", err)
	}
}
