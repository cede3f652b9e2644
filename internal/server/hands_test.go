package server

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/hands"
	"kibitz/internal/poker"
	"kibitz/internal/table"
)

// TestHandsAreArchived lets people play at tables of three kinds, reads every
// hand again as everybody and as its players, and checks the whole archive
// afterwards.
func TestHandsAreArchived(t *testing.T) {
	dir := t.TempDir()
	s, stop := serve(t, dir)
	playing, enough := context.WithCancel(t.Context())
	var players sync.WaitGroup
	for i := range 12 {
		id := fastTable(t, s, i)
		for seat := range 4 {
			who := 4*i + seat
			players.Go(func() { stay(playing, s, id, crowd(who), rand.New(rand.NewPCG(uint64(who), 7))) })
		}
	}
	var stored []hands.Finished
	until(t, "hands are archived", func() bool {
		var err error
		if stored, err = s.stores.archive.HandsAfter(t.Context(), hands.Key{}, 1000); err != nil {
			t.Fatal(err)
		}
		return len(stored) >= 40
	})
	enough()
	players.Wait()
	bytes := 0
	for i := range stored {
		bytes += len(stored[i].Blob)
		readAgain(t, s, &stored[i].Hand)
	}
	t.Logf("%d bytes a hand", bytes/len(stored))
	stop()
	var report strings.Builder
	audit, err := Check(t.Context(), Config{Data: dir, Log: slog.New(slog.DiscardHandler)}, &report)
	if err != nil || audit.Differences != 0 || audit.Hands < len(stored) {
		t.Errorf("Check() = %+v, %v\n%s", audit, err, report.String())
	}
}

// readAgain reads a hand as a stranger, over HTTP, and as each of its players.
func readAgain(t *testing.T, s *Server, h *hands.Hand) {
	t.Helper()
	res, err := http.Get("http://" + s.Addr().String() + "/api/v1/hands/" + h.Key.String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var page handPage
	if err := json.NewDecoder(res.Body).Decode(&page); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("hand %s: %s, %v", h.Key, res.Status, err)
	}
	if page.ID != h.Key.String() || len(page.Steps) == 0 || len(page.cards()) > 0 || page.You != nil {
		t.Errorf("hand %s as a stranger: %+v", h.Key, page)
	}
	for _, p := range h.Players {
		open, err := s.handBooks().Open(t.Context(), h.Key, p.User, hands.Wish{})
		if err != nil {
			t.Fatal(err)
		}
		text, err := s.handBooks().Replay(open)
		if err != nil {
			t.Fatal(err)
		}
		var own handPage
		if err := json.Unmarshal(text, &own); err != nil {
			t.Fatal(err)
		}
		if got := own.cards(); got != p.Cards || own.You == nil || *own.You != int(p.Seat) {
			t.Errorf("hand %s: the player with %s reads %s", h.Key, p.Cards, got)
		}
	}
}

// handPage is what the tests read of a hand.
type handPage struct {
	ID      string
	You     *int
	Players []struct{ Cards []string }
	Steps   []json.RawMessage
}

// cards are those known from the deal on.
func (p handPage) cards() string {
	var all []string
	for _, who := range p.Players {
		all = append(all, who.Cards...)
	}
	return strings.Join(all, " ")
}

// fastTable opens a table of one of several kinds, at which no time is lost.
func fastTable(t *testing.T, s *Server, i int) table.ID {
	t.Helper()
	stakes := []string{
		`{"small_blind":5,"big_blind":10,"min_buy_in":100,"max_buy_in":1000,"fast":true}`,
		`{"variant":"omaha","structure":"pot-limit","small_blind":5,"big_blind":10,"min_buy_in":100,"max_buy_in":1000,"runs":2,"fast":true}`,
		`{"small_blind":10,"big_blind":20,"stack":1000,"entry":300,"level_hands":2,"fast":true}`,
	}
	id, err := s.host.Create(t.Context(), table.Setup{
		Kind: poker.Kind, Game: json.RawMessage(stakes[i%len(stakes)]), Origin: table.OriginLobby, Seats: make([]table.Player, 4),
		Control: clock.Control{Initial: 15 * time.Second, Delay: time.Second},
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// stay plays at a table until ctx is done.
func stay(ctx context.Context, s *Server, id table.ID, me table.Player, rng *rand.Rand) {
	for n := 0; ctx.Err() == nil; n++ {
		typ, data, seated := gambleAt(ctx, s.host, id, me, rng)
		if !seated {
			typ, data = "sit", `{}`
		}
		if typ != "" && typ != "sit-out" {
			_, _ = s.host.Do(ctx, table.Command{
				Table: id, Actor: me, ID: table.ActionID(fmt.Sprint("a", n)), Type: typ, Data: []byte(data), Report: clock.NoReport(),
			}) // what is refused is tried another way
		}
		time.Sleep(time.Duration(1+rng.IntN(8)) * time.Millisecond)
	}
}
