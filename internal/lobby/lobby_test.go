package lobby_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/game/gametest"
	"kibitz/internal/lobby"
	"kibitz/internal/table"
)

// textCodec makes frames that tests can read.
type textCodec struct{}

func (textCodec) Lobby(v lobby.View) []byte {
	return fmt.Appendf(nil, "lobby online=%d%s%s", v.Online, poolText(v.Pools), seekText(v.Seeks, v.Viewer))
}

func (textCodec) Change(c lobby.Change) []byte {
	b := []byte("change")
	if c.Online != nil {
		b = fmt.Appendf(b, " online=%d", *c.Online)
	}
	b = append(b, poolText(c.Pools)+seekText(c.Added, c.Viewer)...)
	for range c.Removed {
		b = append(b, " -seek"...)
	}
	return b
}

func (textCodec) Paired(id table.ID, _ game.Kind, seat game.Seat) []byte {
	return fmt.Appendf(nil, "paired %s %d", id, seat)
}

func poolText(pools []lobby.PoolCount) string {
	var b strings.Builder
	for _, p := range pools {
		if p.Waiting > 0 {
			fmt.Fprintf(&b, " %v:%d", p.Control, p.Waiting)
		}
	}
	return b.String()
}

func seekText(seeks []lobby.Seek, viewer account.ID) string {
	var b strings.Builder
	for _, s := range seeks {
		fmt.Fprintf(&b, " +%s", s.By.Name)
		if s.By.ID == viewer {
			b.WriteString("(mine)")
		}
	}
	return b.String()
}

// tables makes tables in name only, with the ids T1, T2 ...
type tables struct {
	mu   sync.Mutex
	made []table.Setup
	err  error
}

func (t *tables) Create(_ context.Context, s table.Setup) (table.ID, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.err != nil {
		return "", t.err
	}
	if err := s.Validate(); err != nil {
		return "", err
	}
	t.made = append(t.made, s)
	return table.ID(fmt.Sprintf("T%d", len(t.made))), nil
}

// socket is a Conn that keeps what it got.
type socket struct {
	mu     sync.Mutex
	frames []string
}

func (s *socket) Send(frame []byte) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.frames = append(s.frames, string(frame))
	return true
}

// got returns what came since it was last asked.
func (s *socket) got() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := strings.Join(s.frames, "; ")
	s.frames = nil
	return all
}

type world struct {
	*lobby.Lobby
	t      *testing.T
	tables *tables
}

// heads is a coin that falls on one side, and ids by chance.
type heads struct{}

func (heads) Read(b []byte) (int, error) {
	if len(b) > 1 {
		return rand.Read(b)
	}
	clear(b)
	return len(b), nil
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, tables: &tables{}}
	var err error
	w.Lobby, err = lobby.New(lobby.Config{
		Tables: w.tables, Codec: textCodec{}, Catalog: game.Catalog{"highcard": gametest.HighCard{}}, Kind: "highcard",
		Random: heads{}, Counts: func() (int, int) { return 7, 1 },
		Mine: func(_ context.Context, id account.ID) []byte { return []byte("mine of " + string(id)) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// member is a socket of a guest, or of a registered user when the name is in
// capitals.
func member(name string) (*lobby.Member, *socket) {
	s := &socket{}
	m := &lobby.Member{Conn: s}
	if name != "" {
		m.Player = table.Player{ID: account.ID(name), Name: name, Guest: name != strings.ToUpper(name)}
	}
	return m, s
}

var blitz = clock.Control{Initial: 3 * time.Minute, Increment: 2 * time.Second}
var rapid = clock.Control{Initial: 10 * time.Minute}

func offer() lobby.Offer { return lobby.Offer{Kind: "highcard", Control: blitz, Seat: game.NoSeat} }

func (w *world) enter(m *lobby.Member, c clock.Control) {
	w.t.Helper()
	if err := w.EnterPool(w.t.Context(), m, c, func() {}); err != nil {
		w.t.Fatalf("EnterPool(%v) = %v", c, err)
	}
}

func wantGot(t *testing.T, who string, s *socket, want string) {
	t.Helper()
	if got := s.got(); got != want {
		t.Errorf("%s got %q, want %q", who, got, want)
	}
}

func TestPoolPairsFirstWithFirst(t *testing.T) {
	w := newWorld(t)
	anna, a := member("anna")
	tab, a2 := member("anna")
	bert, b := member("bert")
	cora, c := member("CORA")
	w.enter(anna, blitz)
	w.enter(tab, blitz) // the same user: not paired with herself
	w.enter(cora, rapid)
	wantGot(t, "anna", a, "")
	w.enter(bert, blitz)
	wantGot(t, "anna", a, "paired T1 0")
	wantGot(t, "bert", b, "paired T1 1")
	wantGot(t, "anna's other tab", a2, "")
	wantGot(t, "cora", c, "")
	if s := w.tables.made[0]; s.Rated || s.Origin != table.OriginPool || s.Control != blitz {
		t.Errorf("made %+v, want a casual pool game", s)
	}
	dora, d := member("DORA")
	w.enter(dora, blitz) // anna's other tab left the pool with her
	wantGot(t, "dora", d, "")
	w.enter(dora, rapid) // and so does dora leave the first pool
	wantGot(t, "cora", c, "paired T2 0")
	wantGot(t, "dora", d, "paired T2 1")
	if !w.tables.made[1].Rated {
		t.Error("two registered players of a pool play rated")
	}
}

func TestPoolRefuses(t *testing.T) {
	w := newWorld(t)
	nobody, _ := member("")
	anna, _ := member("anna")
	accepted := func() { t.Error("accepted") }
	if err := w.EnterPool(t.Context(), nobody, blitz, accepted); !errors.Is(err, account.ErrNotSignedIn) {
		t.Errorf("nobody: %v", err)
	}
	if err := w.EnterPool(t.Context(), anna, clock.Control{}, accepted); !errors.Is(err, lobby.ErrNoPool) {
		t.Errorf("unlimited: %v", err)
	}
}

func TestPoolPutsBackWhenNoTableCanBeMade(t *testing.T) {
	w := newWorld(t)
	anna, a := member("anna")
	bert, b := member("bert")
	w.enter(anna, blitz)
	w.tables.err = errors.New("the disk is full")
	if err := w.EnterPool(t.Context(), bert, blitz, func() {}); !errors.Is(err, w.tables.err) {
		t.Errorf("EnterPool() = %v, want %v", err, w.tables.err)
	}
	w.tables.err = nil
	w.enter(bert, blitz)
	wantGot(t, "anna", a, "paired T1 0")
	wantGot(t, "bert", b, "paired T1 1")
}

func TestLeaveEndsEverything(t *testing.T) {
	w := newWorld(t)
	anna, a := member("anna")
	bert, b := member("bert")
	w.enter(anna, blitz)
	id, err := w.Seek(context.Background(), anna, offer())
	if err != nil {
		t.Fatal(err)
	}
	w.Leave(anna)
	w.enter(bert, blitz)
	if err := w.Take(t.Context(), bert, id); !errors.Is(err, lobby.ErrGone) {
		t.Errorf("Take() = %v, want ErrGone", err)
	}
	wantGot(t, "anna", a, "")
	wantGot(t, "bert", b, "")
}

// TestNews looks at what followers are told, round by round.
func TestNews(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		anna, a := member("anna")
		nobody, n := member("")
		w.Follow(t.Context(), anna)
		w.Follow(t.Context(), nobody)
		wantGot(t, "anna", a, "lobby online=0; mine of anna")
		wantGot(t, "nobody", n, "lobby online=0")
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		go w.Run(ctx)
		round := func() { time.Sleep(500 * time.Millisecond); synctest.Wait() }
		round()
		wantGot(t, "anna", a, "change online=7")
		n.got()
		id, err := w.Seek(context.Background(), anna, offer())
		if err != nil {
			t.Fatal(err)
		}
		w.enter(anna, blitz)
		wantGot(t, "anna, between rounds", a, "")
		round()
		wantGot(t, "anna", a, "change 3+2:1 +anna(mine)")
		wantGot(t, "nobody", n, "change 3+2:1 +anna")
		round()
		wantGot(t, "nobody, when nothing happened", n, "")
		if err := w.Cancel(anna, id); err != nil {
			t.Fatal(err)
		}
		w.Touched("anna", "bert")
		w.Touched("anna")
		round()
		wantGot(t, "anna", a, "change -seek; mine of anna")
		wantGot(t, "nobody", n, "change -seek")
		w.Unfollow(anna)
		w.LeavePool(anna)
		round()
		wantGot(t, "anna, who looks away", a, "")
		wantGot(t, "nobody", n, "change")
	})
}

// ratings is what the tests know of players.
type ratings map[account.ID]int

func (r ratings) About(_ context.Context, user account.ID, _ table.Setup) (lobby.About, error) {
	return lobby.About{Rating: r[user], Provisional: r[user] == 1500}, nil
}

// Two who are far apart wait, and are paired when waves have gone by.
func TestPoolPairsByRating(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		var err error
		w.Lobby, err = lobby.New(lobby.Config{
			Tables: w.tables, Codec: textCodec{}, Catalog: game.Catalog{"highcard": gametest.HighCard{}},
			Kind: "highcard", Random: heads{}, People: ratings{"ANNA": 1500, "BERT": 1750, "CORA": 1520},
		})
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		go w.Run(ctx)
		anna, a := member("ANNA")
		bert, b := member("BERT")
		cora, c := member("CORA")
		w.enter(anna, blitz)
		w.enter(bert, blitz)
		wantGot(t, "anna at first", a, "")
		w.enter(cora, blitz)
		wantGot(t, "anna", a, "paired T1 0")
		wantGot(t, "cora", c, "paired T1 1")
		if s := w.tables.made[0]; !s.Rated || s.Seats[0].Rating != 1500 || !s.Seats[0].Provisional || s.Seats[1].Rating != 1520 {
			t.Errorf("made %+v, want a rated game with the ratings of both", s)
		}
		w.enter(anna, blitz)
		time.Sleep(time.Minute)
		synctest.Wait()
		wantGot(t, "bert after waiting", b, "paired T2 1")
	})
}
