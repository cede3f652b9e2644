package games

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"kibitz/internal/chess"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/host"
)

// quick is a House that always rolls the same.
func quick(engine Engine) *House {
	return NewHouse(HouseConfig{Engine: engine, Roll: seeded(1)})
}

// seeded is not safe for concurrent use.
func seeded(seed uint64) func(int) int { return rand.New(rand.NewPCG(seed, 2)).IntN }

// play is a game through its seam, as a table runs it.
type play struct {
	tb    testing.TB
	rules game.Rules
	state game.State
	level int
	left  time.Duration
}

func newPlay(tb testing.TB, setup string) *play {
	tb.Helper()
	catalog, err := Catalog(Options{})
	if err != nil {
		tb.Fatal(err)
	}
	rules := catalog[chess.Kind]
	ready, err := rules.(game.Preparer).Prepare([]byte(setup), Chance())
	if err != nil {
		tb.Fatal(err)
	}
	state, err := rules.New(ready, 2)
	if err != nil {
		tb.Fatal(err)
	}
	return &play{tb: tb, rules: rules, state: state, level: 3, left: time.Second}
}

func (p *play) view() chess.StateView { return p.state.View(game.Spectator).(chess.StateView) }

// act does what a seat wants, which must be legal.
func (p *play) act(seat game.Seat, typ string, data []byte) {
	p.tb.Helper()
	a, err := p.rules.DecodeAction(typ, data)
	if err != nil {
		p.tb.Fatalf("seat %d: %s %s: %v", seat, typ, data, err)
	}
	events, err := p.state.Decide(seat, a, Chance())
	if err != nil {
		p.tb.Fatalf("seat %d: %s %s in %s: %v", seat, typ, data, p.view().FEN, err)
	}
	for _, e := range events {
		p.state = p.state.Evolve(e)
	}
}

func (p *play) move(seat game.Seat, uci string) {
	p.tb.Helper()
	p.act(seat, "move", fmt.Appendf(nil, `{"uci":%q}`, uci))
}

// turn is what a house player in a seat is told, and no more.
func (p *play) turn(seat game.Seat) host.Turn {
	return host.Turn{
		Table: "aB3dE6gH", Kind: chess.Kind, Level: p.level, Seat: seat,
		View: p.state.View(game.Viewer{Seat: seat}), Ply: p.state.Ply(),
		Clocks: &clock.State{Remaining: []time.Duration{p.left, p.left}, Running: seat},
	}
}

// ask lets the house act for a seat and returns the type of its action.
func (p *play) ask(h *House, seat game.Seat) string {
	p.tb.Helper()
	typ, data, err := h.Choose(p.tb.Context(), p.turn(seat))
	if err != nil {
		p.tb.Fatalf("level %d, seat %d in %s: %v", p.level, seat, p.view().FEN, err)
	}
	if typ != "" {
		p.act(seat, typ, data)
	}
	return typ
}

// random makes any legal move of a seat.
func (p *play) random(seat game.Seat, roll func(int) int) {
	p.tb.Helper()
	g, err := follow(p.view())
	if err != nil {
		p.tb.Fatal(err)
	}
	now := g.now()
	moves := now.LegalMoves(nil)
	p.move(seat, now.UCI(moves[roll(len(moves))]))
}

// wholeGame plays the house against a random mover, and returns who won.
func wholeGame(tb testing.TB, h *House, p *play, house game.Seat) game.Result {
	tb.Helper()
	roll := seeded(uint64(p.level))
	for !p.state.Result().Over() {
		switch seat := p.state.ToAct().First(); {
		case seat != house:
			p.random(seat, roll)
		case p.ask(h, house) == "":
			tb.Fatalf("level %d does not move in %s", p.level, p.view().FEN)
		}
	}
	return p.state.Result()
}

func TestOwnLevelsPlayWholeGames(t *testing.T) {
	h := quick(nil)
	for _, setup := range []string{`{}`, `{"variant":"chess960","number":0}`, `{"variant":"chess960","number":959}`} {
		for _, l := range h.Levels(chess.Kind) {
			p := newPlay(t, setup)
			p.level = l.Level
			house := game.Seat(l.Level % 2)
			result := wholeGame(t, h, p, house)
			if l.Level > 1 && result.Winners.Has(house.Other()) {
				t.Errorf("%s: level %d lost to a random mover: %s", setup, l.Level, result.Status)
			}
		}
	}
}

func TestHouseHasNothingToDo(t *testing.T) {
	h := quick(nil)
	p := newPlay(t, `{}`)
	if got := p.ask(h, 1); got != "" {
		t.Errorf("out of turn: got %q, want nothing", got)
	}
	p.act(0, "resign", []byte(`{}`))
	if got := p.ask(h, 1); got != "" {
		t.Errorf("after the end: got %q, want nothing", got)
	}
}

func TestHouseAgreesToTakebacks(t *testing.T) {
	h := quick(nil)
	p := newPlay(t, `{}`)
	p.move(0, "e2e4")
	p.ask(h, 1)
	p.act(0, "takeback", []byte(`{}`))
	if got := p.ask(h, 1); got != "takeback" || p.state.Ply() != 0 {
		t.Errorf("got %q and ply %d, want a takeback to the start", got, p.state.Ply())
	}
}

func TestHouseAnswersDrawOffers(t *testing.T) {
	rows := []struct {
		name, fen string
		plies     int
		want      string
	}{
		{"too early", "4k3/8/8/8/8/8/4P3/N3K2n w - - 0 1", 4, "draw-decline"},
		{"level", "4k2n/4p3/8/8/8/8/4P3/N3K3 w - - 0 1", 20, "draw"},
		{"the house is better", "q3k2n/4p3/8/8/8/8/4P3/N3K3 w - - 0 1", 20, "draw-decline"},
		{"the house is worse", "4k2n/4p3/8/8/8/8/4P3/N3K2Q w - - 0 1", 20, "draw"},
	}
	for _, row := range rows {
		for offeredAt := range 2 { // on the offerer's turn, and with its move
			t.Run(fmt.Sprintf("%s, %d", row.name, offeredAt), func(t *testing.T) {
				p := newPlay(t, fmt.Sprintf(`{"fen":%q}`, row.fen))
				p.dance(row.plies)
				p.act(0, "draw", []byte(`{}`))
				p.dance(offeredAt)
				if got := p.ask(quick(nil), 1); got != row.want {
					t.Errorf("got %q, want %q in %s", got, row.want, p.view().FEN)
				}
			})
		}
	}
}

// dance moves the kings about, in rounds of three and of four so that no
// position occurs too often.
func (p *play) dance(plies int) {
	p.tb.Helper()
	white, black := []string{"e1d1", "d1d2", "d2e1"}, []string{"e8d8", "d8c8", "c8d8", "d8e8"}
	for range plies {
		turn := p.state.Ply() / 2
		if seat := p.state.ToAct().First(); seat == 0 {
			p.move(seat, white[turn%len(white)])
		} else {
			p.move(seat, black[turn%len(black)])
		}
	}
}

func TestHouseGivesUpOnlyWhatIsLost(t *testing.T) {
	rows := []struct {
		name, fen string
		level     int
		left      time.Duration
		want      string
	}{
		{"lost", "q3k2n/4p3/8/8/8/8/4P3/N3K3 w - - 0 1", 3, time.Minute, "resign"},
		{"a weak level plays on", "q3k2n/4p3/8/8/8/8/4P3/N3K3 w - - 0 1", 2, time.Minute, "move"},
		{"an opponent in time trouble", "q3k2n/4p3/8/8/8/8/4P3/N3K3 w - - 0 1", 3, 5 * time.Second, "move"},
		{"a rook behind", "r3k2n/4p3/8/8/8/8/4P3/N3K3 w - - 0 1", 3, time.Minute, "move"},
		{"level", "4k2n/4p3/8/8/8/8/4P3/N3K3 w - - 0 1", 3, time.Minute, "move"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			p := newPlay(t, fmt.Sprintf(`{"fen":%q}`, row.fen))
			p.dance(30)
			p.level, p.left = row.level, row.left
			if got := p.ask(quick(nil), 0); got != row.want {
				t.Errorf("got %q, want %q in %s", got, row.want, p.view().FEN)
			}
		})
	}
}

func TestChooseEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p := newPlay(t, `{}`)
	p.level, p.left = 4, time.Hour
	if typ, _, err := quick(nil).Choose(ctx, p.turn(0)); !errors.Is(err, context.Canceled) || typ != "" {
		t.Errorf("got %q and %v, want the context's error", typ, err)
	}
}

func TestChooseRefusesWhatItCannotPlay(t *testing.T) {
	p := newPlay(t, `{}`)
	for name, spoil := range map[string]func(*host.Turn){
		"a game that nobody knows": func(turn *host.Turn) { turn.Kind = "go" },
		"another game's view":      func(turn *host.Turn) { turn.View = chess.MoveView{} },
	} {
		turn := p.turn(0)
		spoil(&turn)
		if typ, _, err := quick(nil).Choose(t.Context(), turn); err == nil {
			t.Errorf("%s: got %q, want an error", name, typ)
		}
	}
}

func TestLevels(t *testing.T) {
	h := quick(nil)
	if got := len(h.Levels("go")); got != 0 {
		t.Errorf("got %d levels of a game without rules, want none", got)
	}
	for i, p := range h.Players(chess.Kind) {
		want := fmt.Sprintf("~house%d", i+1)
		if string(p.ID) != want || p.House != i+1 || p.Name == "" || p.Guest {
			t.Errorf("got %+v, want the house player %s", p, want)
		}
	}
}

func TestActionsNameTheirType(t *testing.T) {
	for _, c := range []choice{plain("draw"), move("e2e4")} {
		var got struct{ Type string }
		if err := json.Unmarshal(c.data, &got); err != nil || got.Type != c.typ {
			t.Errorf("%s says type %q (%v), want %q", c.data, got.Type, err, c.typ)
		}
	}
}
