package archivetest

import (
	"errors"
	"testing"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

func gameIsThere(t *testing.T, a Archive) {
	want := played(1, ann, bob)
	want.Players[0].Guest, want.Players[0].Bot, want.Players[1].House = true, true, 3
	want.Control.Delay, want.Winners, want.Void, want.Rated = 5e9, 0, true, false
	finish(t, a, want)
	want.Number = 1
	got, blob, err := a.Record(t.Context(), want.ID)
	equal(t, "game", got, want)
	equal(t, "blob", []any{string(blob), err}, []any{"blob of " + string(want.ID), nil})
}

func daysOfTurns(t *testing.T, a Archive) {
	want := played(1, ann, bob)
	want.Control, want.Speed = clock.Control{Days: 3}, clock.Correspondence
	finish(t, a, want)
	got, err := a.Game(t.Context(), want.ID)
	equal(t, "control", []any{got.Control, got.Speed, err}, []any{want.Control, want.Speed, nil})
}

func unknownGame(t *testing.T, a Archive) {
	if _, err := a.Game(t.Context(), id(1)); !errors.Is(err, archive.ErrUnknown) {
		t.Errorf("Game() = %v, want ErrUnknown", err)
	}
	if _, _, err := a.Record(t.Context(), id(1)); !errors.Is(err, archive.ErrUnknown) {
		t.Errorf("Record() = %v, want ErrUnknown", err)
	}
}

func numbering(t *testing.T, a Archive) {
	var got []int64
	for _, g := range append(finish(t, a, played(3, ann, bob), played(1, ann, bob)), finish(t, a, played(2, ann, bob))...) {
		got = append(got, g.Number)
	}
	equal(t, "numbers", got, []int64{1, 2, 3})
}

func comesAgain(t *testing.T, a Archive) {
	first := finish(t, a, played(1, ann, bob), played(2, ann, bob))
	changed := played(1, ann, bob)
	changed.Status = "resign"
	write(t, a, &archive.Batch{Projection: "test", Finished: []archive.Finished{
		{Game: played(3, ann, bob), Blob: []byte("new")}, {Game: changed, Blob: []byte("longer")},
	}})
	got, blob, err := a.Record(t.Context(), id(1))
	equal(t, "game", got, first[0])
	equal(t, "blob", []any{string(blob), err}, []any{"longer", nil})
	entries, _, err := a.History(t.Context(), ann, archive.Filter{}, archive.Page{Size: 10})
	equal(t, "games of ann", []any{len(entries), err}, []any{3, nil})
	equal(t, "number of the new game", entries[0].Game.Number, 3)
}

func gamesAfter(t *testing.T, a Archive) {
	all := finish(t, a, played(1, ann, bob), played(2, ann, bob), played(3, ann, bob))
	for _, tt := range []struct {
		name  string
		after int64
		n     int
		want  []archive.Game
	}{
		{"all", 0, 10, all},
		{"some", 1, 1, all[1:2]},
		{"none", 3, 10, nil},
	} {
		got, err := a.After(t.Context(), tt.after, tt.n)
		equal(t, tt.name, []any{got, err}, []any{tt.want, nil})
	}
}

// allOrNothing ends a batch with two games of one id, which cannot be stored.
func allOrNothing(t *testing.T, a Archive) {
	b := archive.Batch{
		Projection: "test", Positions: map[int]table.Position{7: 70},
		Live:     []archive.Live{live(1)},
		Finished: []archive.Finished{{Game: played(1, ann, bob), Blob: []byte("b")}, {Game: played(1, ann, bob), Blob: []byte("b")}},
	}
	if err := a.Write(t.Context(), &b); err == nil {
		t.Fatal("two games of one id were stored")
	}
	if _, err := a.Game(t.Context(), id(1)); !errors.Is(err, archive.ErrUnknown) {
		t.Errorf("Game() = %v, want ErrUnknown", err)
	}
	at, err := a.Positions(t.Context(), "test")
	equal(t, "positions", []any{at, err}, []any{map[int]table.Position{}, nil})
	if got := finish(t, a, played(2, ann, bob)); got[0].Number != 1 {
		t.Errorf("the next game has number %d, want 1", got[0].Number)
	}
}

func historyPages(t *testing.T, a Archive) {
	var games []archive.Game
	for n := range 7 {
		games = append(games, played(n, ann, bob))
	}
	finish(t, a, games...)
	for size := 1; size <= 8; size++ {
		var got []string
		var at archive.Cursor
		for page := 0; page == 0 || at != (archive.Cursor{}); page++ {
			entries, next, err := a.History(t.Context(), ann, archive.Filter{}, archive.Page{Before: at, Size: size})
			if err != nil || len(entries) > size || page > len(games) {
				t.Fatalf("page %d of size %d: %d entries, %v", page, size, len(entries), err)
			}
			for _, e := range entries {
				got = append(got, string(e.Game.ID))
			}
			at = next
			if at == (archive.Cursor{}) {
				break
			}
			left, err := a.HistorySize(t.Context(), ann, archive.Filter{}, at)
			equal(t, "games left", []any{left, err}, []any{len(games) - len(got), nil})
		}
		equal(t, "games, newest first", got, []string{"Game0006", "Game0005", "Game0004", "Game0003", "Game0002", "Game0001", "Game0000"})
	}
	entries, next, err := a.History(t.Context(), cat, archive.Filter{}, archive.Page{Size: 5})
	equal(t, "who never played", []any{len(entries), next, err}, []any{0, archive.Cursor{}, nil})
}

func sameTime(t *testing.T, a Archive) {
	one, two, three := played(1, ann, bob), played(2, ann, bob), played(3, ann, bob)
	two.Ended, three.Ended = one.Ended, one.Ended
	finish(t, a, one, two, three)
	var got []string
	var at archive.Cursor
	for range 3 {
		entries, next, err := a.History(t.Context(), ann, archive.Filter{}, archive.Page{Before: at, Size: 1})
		if err != nil || len(entries) != 1 {
			t.Fatalf("%d entries, %v", len(entries), err)
		}
		got, at = append(got, string(entries[0].Game.ID)), next
	}
	equal(t, "games", got, []string{"Game0003", "Game0002", "Game0001"})
	equal(t, "end", at, archive.Cursor{})
}

// filtered is the archive that the filters look at: ann's games 0 to 5.
func filtered(t *testing.T, a Archive) {
	lost := played(1, bob, ann) // bob wins
	drawn := played(2, ann, cat)
	drawn.Winners, drawn.Status = 0, "stalemate"
	rapid := played(3, ann, bob)
	rapid.Speed = clock.Rapid
	casual960 := played(4, cat, ann)
	casual960.Variant, casual960.Rated, casual960.Winners = "chess960", false, game.SeatSet(1)
	void := played(5, ann, cat)
	void.Void, void.Winners = true, 0
	finish(t, a, played(0, ann, bob), lost, drawn, rapid, casual960, void, played(6, bob, cat))
}

func historyFilters(t *testing.T, a Archive) {
	filtered(t, a)
	at := func(n int) archive.Game { return played(n, ann, bob) }
	for _, tt := range []struct {
		name string
		f    archive.Filter
		want string
	}{
		{"all", archive.Filter{}, "[5 4 3 2 1 0]"},
		{"a speed", archive.Filter{Ladder: "blitz"}, "[5 2 1 0]"},
		{"a variant", archive.Filter{Ladder: "chess960"}, "[4]"},
		{"wins", archive.Filter{Result: archive.Win}, "[4 3 0]"},
		{"draws", archive.Filter{Result: archive.Draw}, "[2]"},
		{"losses", archive.Filter{Result: archive.Loss}, "[1]"},
		{"void", archive.Filter{Result: archive.NoResult}, "[5]"},
		{"as White", archive.Filter{Seats: game.SeatSet(0)}, "[5 3 2 0]"},
		{"as Black", archive.Filter{Seats: game.SeatSet(1)}, "[4 1]"},
		{"either colour", archive.Filter{Seats: game.SeatSet(0, 1)}, "[5 4 3 2 1 0]"},
		{"an opponent", archive.Filter{Opponent: cat}, "[5 4 2]"},
		{"a stranger", archive.Filter{Opponent: "nobody"}, "[]"},
		{"rated", archive.Filter{Rated: archive.Only}, "[5 3 2 1 0]"},
		{"casual", archive.Filter{Rated: archive.Never}, "[4]"},
		{"from", archive.Filter{From: at(3).Ended}, "[5 4 3]"},
		{"to", archive.Filter{To: at(3).Ended}, "[2 1 0]"},
		{"between", archive.Filter{From: at(1).Ended, To: at(3).Ended}, "[2 1]"},
		{"several", archive.Filter{Ladder: "blitz", Opponent: bob, Result: archive.Loss, Rated: archive.Only, Seats: game.SeatSet(1)}, "[1]"},
	} {
		entries, _, err := a.History(t.Context(), ann, tt.f, archive.Page{Size: 50})
		got := []int{}
		for _, e := range entries {
			got = append(got, e.Game.Plies-40)
			if e.Game.Players[e.Seat].ID != ann || e.Result != e.Game.Result(e.Seat) {
				t.Errorf("%s: game %s has seat %d and result %d", tt.name, e.Game.ID, e.Seat, e.Result)
			}
		}
		equal(t, tt.name, []any{got, err}, "["+tt.want+" <nil>]")
		n, err := a.HistorySize(t.Context(), ann, tt.f, archive.Cursor{})
		equal(t, tt.name+": size", []any{n, err}, []any{len(got), nil})
	}
}

func manySeats(t *testing.T, a Archive) {
	g := played(1, ann, bob)
	g.Players = append(g.Players, archive.Player{ID: cat, Name: "c"}, archive.Player{ID: "~2", Name: "House", House: 2})
	g.Winners = game.SeatSet(1, 2)
	finish(t, a, g)
	for user, want := range map[account.ID]archive.Result{ann: archive.Loss, bob: archive.Win, cat: archive.Win} {
		entries, _, err := a.History(t.Context(), user, archive.Filter{}, archive.Page{Size: 5})
		if err != nil || len(entries) != 1 || entries[0].Result != want || entries[0].Game.Players[entries[0].Seat].ID != user {
			t.Errorf("%s: %+v, %v; want one game with result %d", user, entries, err, want)
		}
	}
	entries, _, err := a.History(t.Context(), "~2", archive.Filter{}, archive.Page{Size: 5})
	equal(t, "the house has no history", []any{len(entries), err}, []any{0, nil})
}

func headToHead(t *testing.T, a Archive) {
	filtered(t, a)
	for _, tt := range []struct {
		name string
		a, b account.ID
		want archive.Score
	}{
		{"ann and bob", ann, bob, archive.Score{Wins: 2, Losses: 1}},
		{"bob and ann", bob, ann, archive.Score{Wins: 1, Losses: 2}},
		{"void games do not count", ann, cat, archive.Score{Wins: 1, Draws: 1}},
		{"strangers", ann, "nobody", archive.Score{}},
	} {
		got, err := a.HeadToHead(t.Context(), tt.a, tt.b)
		equal(t, tt.name, []any{got, err}, []any{tt.want, nil})
	}
}
