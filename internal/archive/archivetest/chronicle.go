package archivetest

import (
	"testing"
	"time"

	"kibitz/internal/archive"
	"kibitz/internal/table"
)

func live(n int) archive.Live {
	return archive.Live{
		Table: id(n), Kind: "chess", Seq: 5, Ply: 2,
		Created: day, Touched: day.Add(time.Duration(n) * time.Minute),
	}
}

func positions(t *testing.T, a Archive) {
	write(t, a, &archive.Batch{Projection: "one", Positions: map[int]table.Position{0: 5, 255: 1 << 60}})
	write(t, a, &archive.Batch{Projection: "two", Positions: map[int]table.Position{0: 7}})
	write(t, a, &archive.Batch{Projection: "one", Positions: map[int]table.Position{0: 6}})
	for name, want := range map[string]map[int]table.Position{
		"one": {0: 6, 255: 1 << 60}, "two": {0: 7}, "three": {},
	} {
		got, err := a.Positions(t.Context(), name)
		equal(t, name, []any{got, err}, []any{want, nil})
	}
}

func places(t *testing.T, a Archive) {
	later := live(1)
	later.Seq, later.Ply, later.Over, later.Touched = 9, 4, true, day.Add(time.Hour)
	write(t, a, &archive.Batch{
		Projection: "test", Live: []archive.Live{live(1), live(2)}, Finished: []archive.Finished{{Game: played(3, ann, bob), Blob: []byte("b")}},
		Poison: []archive.Poison{{Projection: archive.ProjectArchive, Subject: id(2), Seq: 3, Why: "bad", At: day}},
	})
	write(t, a, &archive.Batch{Projection: "test", Live: []archive.Live{later}, Finished: []archive.Finished{{Game: played(1, ann, bob), Blob: []byte("b")}}})
	got, err := a.Places(t.Context(), []table.ID{id(1), id(2), id(3), id(4)})
	equal(t, "places", []any{got, err}, []any{map[table.ID]archive.Place{
		id(1): {Live: later, Archived: true, Created: played(1, ann, bob).Created},
		id(2): {Live: live(2), Poisoned: true},
		id(3): {Archived: true, Created: played(3, ann, bob).Created},
	}, nil})
	var many []table.ID
	for n := range 2000 {
		many = append(many, id(n))
	}
	if got, err := a.Places(t.Context(), many); err != nil || len(got) != 3 {
		t.Errorf("of 2000 tables %d have a place, %v; want 3", len(got), err)
	}
}

// placesMove has tables that do nothing but move, one that takes back, and one
// whose row is later than its moves.
func placesMove(t *testing.T, a Archive) {
	write(t, a, &archive.Batch{
		Projection: "test", Live: []archive.Live{live(1), live(2), live(3)},
		Moves: []archive.Move{move(1, 1, "a"), move(1, 2, "b"), move(3, 2, "b")},
	})
	write(t, a, &archive.Batch{Projection: "test", Moves: []archive.Move{move(1, 5, "c"), move(1, 6, "d"), move(2, 7, "e")}})
	back := live(2)
	back.Seq, back.Ply = 11, 3
	write(t, a, &archive.Batch{Projection: "test", Live: []archive.Live{back}, Cuts: []archive.Cut{{Table: id(2), Ply: 3}}})
	moved := live(1)
	moved.Seq, moved.Ply, moved.Touched = 7, 6, move(1, 6, "").At
	got, err := a.Places(t.Context(), []table.ID{id(1), id(2), id(3)})
	equal(t, "places", []any{got, err}, []any{map[table.ID]archive.Place{
		id(1): {Live: moved}, id(2): {Live: back}, id(3): {Live: live(3)},
	}, nil})
}

func move(n, ply int, what string) archive.Move {
	return archive.Move{
		Table: id(n), Ply: ply, Seq: table.Seq(ply + 1), Seat: 1, User: bob,
		At: day.Add(time.Duration(ply) * time.Second), Spent: 1230 * time.Millisecond, What: what,
	}
}

func wantMoves(t *testing.T, a Archive, n int, want ...archive.Move) {
	t.Helper()
	got, err := a.Moves(t.Context(), id(n))
	equal(t, "moves of "+string(id(n)), []any{got, err}, []any{want, nil})
}

func movesFollow(t *testing.T, a Archive) {
	write(t, a, &archive.Batch{Projection: "test", Moves: []archive.Move{move(1, 1, "e2e4"), move(2, 1, "d2d4")}})
	write(t, a, &archive.Batch{Projection: "test", Moves: []archive.Move{move(1, 2, "e7e5")}})
	wantMoves(t, a, 1, move(1, 1, "e2e4"), move(1, 2, "e7e5"))
	wantMoves(t, a, 2, move(2, 1, "d2d4"))
	wantMoves(t, a, 3)
	var many []archive.Move
	for ply := 1; ply <= 700; ply++ {
		many = append(many, move(4, ply, ""))
	}
	write(t, a, &archive.Batch{Projection: "test", Moves: many})
	wantMoves(t, a, 4, many...)
}

func movesCut(t *testing.T, a Archive) {
	write(t, a, &archive.Batch{Projection: "test", Moves: []archive.Move{move(1, 1, "a"), move(1, 2, "b"), move(1, 3, "c"), move(2, 3, "d")}})
	write(t, a, &archive.Batch{
		Projection: "test", Cuts: []archive.Cut{{Table: id(1), Ply: 1}}, Moves: []archive.Move{move(1, 2, "B")},
	})
	wantMoves(t, a, 1, move(1, 1, "a"), move(1, 2, "B"))
	wantMoves(t, a, 2, move(2, 3, "d"))
}

func movesGone(t *testing.T, a Archive) {
	write(t, a, &archive.Batch{Projection: "test", Moves: []archive.Move{move(1, 1, "a"), move(2, 1, "a"), move(3, 1, "a")}})
	write(t, a, &archive.Batch{
		Projection: "test", Finished: []archive.Finished{{Game: played(1, ann, bob), Blob: []byte("b")}}, Closed: []table.ID{id(2)},
	})
	wantMoves(t, a, 1)
	wantMoves(t, a, 2)
	wantMoves(t, a, 3, move(3, 1, "a"))
}

func ripe(t *testing.T, a Archive) {
	var all []archive.Live
	for n := range 5 {
		l := live(n)
		l.Over = n != 3
		all = append(all, l)
	}
	write(t, a, &archive.Batch{Projection: "test", Live: all})
	for _, tt := range []struct {
		name   string
		before time.Time
		n      int
		want   []int
	}{
		{"none yet", day, 10, nil},
		{"two", day.Add(2 * time.Minute), 10, []int{0, 1}},
		{"all but who still plays, oldest first", day.Add(time.Hour), 10, []int{0, 1, 2, 4}},
		{"at most", day.Add(time.Hour), 1, []int{0}},
	} {
		got, err := a.Ripe(t.Context(), tt.before, tt.n)
		var want []archive.Live
		for _, n := range tt.want {
			want = append(want, all[n])
		}
		equal(t, tt.name, []any{got, err}, []any{want, nil})
	}
	if err := a.Release(t.Context(), []table.ID{id(0), id(2), id(9)}); err != nil {
		t.Fatal(err)
	}
	got, err := a.Ripe(t.Context(), day.Add(time.Hour), 10)
	equal(t, "after the release", []any{got, err}, []any{[]archive.Live{all[1], all[4]}, nil})
}

func poisonKept(t *testing.T, a Archive) {
	bad := archive.Poison{Projection: "test", Subject: id(1), Seq: 3, Why: "first", At: day}
	again := bad
	again.Why = "second"
	other := archive.Poison{Projection: "other", Subject: id(1), Why: "third", At: day.Add(-time.Second)}
	write(t, a, &archive.Batch{Projection: "test", Poison: []archive.Poison{bad}})
	write(t, a, &archive.Batch{Projection: "test", Poison: []archive.Poison{again, other}})
	got, err := a.Poisons(t.Context(), 10)
	equal(t, "poison", []any{got, err}, []any{[]archive.Poison{other, bad}, nil})
}
