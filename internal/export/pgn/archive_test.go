package pgn_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"kibitz/internal/archive"
	"kibitz/internal/chess"
	chesspgn "kibitz/internal/chess/pgn"
	"kibitz/internal/clock"
	"kibitz/internal/export"
	"kibitz/internal/export/pgn"
	"kibitz/internal/game"
	"kibitz/internal/sqlstore"
	"kibitz/internal/table"
)

// TestThousandArchivedGames plays a thousand games of all kinds, archives them,
// and exports them all: pgn-extract accepts the file, and every game in it
// comes back with the moves, the end and the clocks that it had.
func TestThousandArchivedGames(t *testing.T) {
	const count = 1000
	db, err := sqlstore.Open(t.Context(), t.TempDir()+"/a.db")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	rng := rand.New(rand.NewPCG(1, 2))
	want := make(map[string]*export.Game)
	batch := &archive.Batch{Projection: archive.ProjectArchive}
	for n := range count {
		p := playRandomly(t, rng, table.ID(fmt.Sprintf("game%04d", n)))
		sum, err := archive.Summarize(catalog, p.records)
		if err != nil {
			t.Fatal(err)
		}
		blob, err := archive.Pack(&sum.Game, rules, p.records)
		if err != nil {
			t.Fatal(err)
		}
		batch.Finished = append(batch.Finished, archive.Finished{Game: sum.Game, Blob: blob})
		want[string(sum.Game.ID)] = p.game(nil)
	}
	if err := db.Write(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	source := &export.Source{Catalog: catalog, Archive: db, Opening: pgn.Opening}
	c := &export.Collection{Source: source, History: db, PGN: pgn.Format}
	var out bytes.Buffer
	begun := time.Now()
	if err := c.WritePGN(t.Context(), "white0000000", &out); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d games, %d bytes, %v", count, out.Len(), time.Since(begun).Round(time.Millisecond))
	accepted(t, out.Bytes())
	for text, err := range chesspgn.NewReader(&out, chesspgn.Limits{}).All() {
		if err != nil {
			t.Fatal(err)
		}
		id := text.Tag("GameId")
		wantSame(t, text, want[id])
		delete(want, id)
	}
	if len(want) > 0 {
		t.Errorf("%d games are missing", len(want))
	}
}

// playRandomly plays a game of up to 80 plies to an end.
func playRandomly(t *testing.T, rng *rand.Rand, id table.ID) *played {
	t.Helper()
	setup, control := `{}`, blitz
	switch rng.IntN(4) {
	case 0:
		setup = fmt.Sprintf(`{"variant":"chess960","number":%d}`, rng.IntN(960))
	case 1:
		control = clock.Control{}
	}
	records, err := table.Create(id, table.Setup{
		Kind: chess.Kind, Game: json.RawMessage(setup), Control: control, Origin: table.OriginLobby,
		Seats: []table.Player{{ID: "white0000000", Name: "Wanda"}, {ID: "black0000000", Name: "Bruno"}},
	}, begun, catalog, still{})
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := table.Load(catalog, records)
	if err != nil {
		t.Fatal(err)
	}
	p := &played{tb: t, table: loaded, records: records, now: begun}
	start, err := chess.ParseFEN(loaded.Snapshot(game.Spectator, begun).State.(chess.StateView).InitialFEN)
	if err != nil {
		t.Fatal(err)
	}
	now := start.WithChess960(setup != `{}`)
	for range 2 + rng.IntN(79) {
		legal := now.LegalMoves(nil)
		m := legal[rng.IntN(len(legal))]
		p.moves(now.UCI(m))
		if now = now.Play(m); loaded.Result().Over() {
			return p
		}
	}
	if rng.IntN(2) == 0 {
		p.do(0, "resign", `{"type":"resign"}`)
		return p
	}
	p.do(0, "draw", `{"type":"draw"}`)
	p.do(1, "draw", `{"type":"draw"}`)
	return p
}

func wantSame(t *testing.T, text *chesspgn.Game, want *export.Game) {
	t.Helper()
	if want == nil {
		t.Fatalf("%s was not played, or comes twice", text.Tag("GameId"))
	}
	got, err := pgn.Read(text, rules)
	if err != nil {
		t.Fatalf("%s: %v", want.ID, err)
	}
	before, after := want.State.(chess.StateView), got.State.(chess.StateView)
	if after.FEN != before.FEN || fmt.Sprint(after.Moves.UCI()) != fmt.Sprint(before.Moves.UCI()) {
		t.Fatalf("%s: got %s %v, want %s %v", want.ID, after.FEN, after.Moves.UCI(), before.FEN, before.Moves.UCI())
	}
	if got.Result.Winners != want.Result.Winners || got.Over() != want.Over() || len(got.Turns) != len(want.Turns) {
		t.Fatalf("%s: got %+v after %d plies, want %+v after %d", want.ID, got.Result, len(got.Turns), want.Result, len(want.Turns))
	}
	for i := range got.Turns {
		if cut := want.Turns[i].Left.Truncate(10 * time.Millisecond); got.Turns[i].Left != cut {
			t.Fatalf("%s, ply %d: got %v left, want %v", want.ID, i+1, got.Turns[i].Left, cut)
		}
	}
}
