package server

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/table"
)

// pokerTables is at how many tables is played while the server is killed, and
// pokerCrowd by how many people.
const (
	pokerTables = 50
	pokerCrowd  = 120
)

// TestPokerVictim is no test: it is the server that TestKilledPoker kills.
func TestPokerVictim(t *testing.T) {
	dir := os.Getenv(victimDir)
	if dir == "" {
		t.Skip("it runs as the child of TestKilledPoker")
	}
	s, err := Open(Config{Data: dir, Settle: time.Millisecond, Log: slog.New(slog.NewTextHandler(os.Stderr, nil))})
	if err != nil {
		t.Fatal(err)
	}
	go func() { t.Log(s.Serve(context.Background())) }()
	until(t, "the server is ready", s.ready.Load)
	fmt.Println("ready")
	var hands atomic.Int64
	var floor pokerFloor
	go floor.keep(s, rand.New(rand.NewPCG(7, uint64(time.Now().UnixNano()))))
	for i := range pokerCrowd {
		go gamble(s, &floor, i, rand.New(rand.NewPCG(uint64(i), uint64(time.Now().UnixNano()))), &hands)
	}
	for range time.Tick(50 * time.Millisecond) {
		fmt.Println("acts", hands.Load())
	}
}

// pokerFloor is the tables at which is played.
type pokerFloor struct {
	mu   sync.Mutex
	open []table.ID
}

// keep makes tables in the place of those that have closed, for ever.
func (f *pokerFloor) keep(s *Server, rng *rand.Rand) {
	for {
		var open []table.ID
		for _, room := range s.host.Rooms(context.Background()) {
			open = append(open, room.Table)
		}
		for len(open) < pokerTables {
			id, err := openPoker(s, rng)
			if err != nil {
				break
			}
			open = append(open, id)
		}
		f.mu.Lock()
		f.open = open
		f.mu.Unlock()
		time.Sleep(100 * time.Millisecond)
	}
}

// any returns one of the tables, the empty id when there are none yet.
func (f *pokerFloor) any(rng *rand.Rand) table.ID {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.open) == 0 {
		return ""
	}
	return f.open[rng.IntN(len(f.open))]
}

func openPoker(s *Server, rng *rand.Rand) (table.ID, error) {
	stakes := []string{
		`{"small_blind":5,"big_blind":10,"min_buy_in":100,"max_buy_in":1000,"hands":30,"fast":true}`,
		`{"variant":"omaha","structure":"pot-limit","small_blind":5,"big_blind":10,"min_buy_in":100,"max_buy_in":1000,"runs":2,"hands":30,"fast":true}`,
		`{"small_blind":10,"big_blind":20,"stack":100,"entry":300,"level_hands":2,"fast":true}`,
	}
	return s.host.Create(context.Background(), table.Setup{
		Kind: poker.Kind, Game: json.RawMessage(stakes[rng.IntN(len(stakes))]), Origin: table.OriginLobby, Seats: make([]table.Player, 2+rng.IntN(2)),
		Control: clock.Control{Initial: 15 * time.Second, Delay: time.Second},
	})
}

// gamble goes from table to table for ever, plays hands, and comes and goes.
func gamble(s *Server, floor *pokerFloor, i int, rng *rand.Rand, acts *atomic.Int64) {
	ctx, me, n := context.Background(), crowd(i), 0
	do := func(id table.ID, typ, data string) error {
		n++
		_, err := s.host.Do(ctx, table.Command{
			Table: id, Actor: me, ID: table.ActionID(fmt.Sprintf("%x.%d", rng.Uint32(), n)), Type: typ, Data: []byte(data), Report: clock.NoReport(),
		})
		return err
	}
	for {
		id := floor.any(rng)
		if id == "" || do(id, "sit", `{}`) != nil {
			time.Sleep(time.Duration(rng.IntN(20)) * time.Millisecond)
			continue
		}
		for range 40 + rng.IntN(200) {
			time.Sleep(time.Duration(1+rng.IntN(12)) * time.Millisecond)
			typ, data, ok := gambleAt(ctx, s.host, id, me, rng)
			if !ok {
				break
			}
			if typ != "" && do(id, typ, data) == nil {
				acts.Add(1)
			}
		}
		_ = do(id, "leave", `{}`)
	}
}

// owesHands reports whether hands of any table are not archived yet.
func (s *Server) owesHands(t *testing.T) bool {
	t.Helper()
	for _, room := range s.host.Rooms(t.Context()) {
		if owed, err := s.dealt.Owes(t.Context(), room.Table); owed || err != nil {
			return true
		}
	}
	return false
}

// snapshots is where somebody looks at a table.
type snapshots interface {
	Snapshot(ctx context.Context, id table.ID, v game.Viewer) (table.Snapshot, error)
}

// gambleAt chooses what to do at a table; false when the seat is gone.
func gambleAt(ctx context.Context, s snapshots, id table.ID, me table.Player, rng *rand.Rand) (typ, data string, ok bool) {
	all, err := s.Snapshot(ctx, id, game.Spectator)
	if err != nil {
		return "", "", false
	}
	seat := game.NoSeat
	for i, p := range all.Setup.Seats {
		if p.ID == me.ID {
			seat = game.Seat(i)
		}
	}
	view, isPoker := all.State.(poker.TableView)
	if seat == game.NoSeat || !isPoker || view.Result != nil {
		return "", "", false
	}
	switch rng.IntN(60) {
	case 0:
		return "buy", fmt.Sprintf(`{"chips":%d}`, 1+rng.IntN(300)), true
	case 1:
		return "sit-out", `{}`, true
	case 2, 3:
		return "sit-in", `{"post":true}`, true
	}
	hand := view.Hand
	if hand == nil || hand.Turn == nil || hand.Players[hand.Turn.Pos].Seat != seat {
		return "", "", true
	}
	legal := hand.Turn.Legal
	switch roll := rng.IntN(8); {
	case roll == 0:
		return "fold", `{}`, true
	case roll < 3 && legal.MaxTo > 0:
		return "raise", fmt.Sprintf(`{"to":%d}`, legal.MinTo+poker.Chips(rng.Int64N(int64(legal.MaxTo-legal.MinTo)+1))), true
	case legal.Call > 0:
		return "call", `{}`, true
	}
	return "check", `{}`, true
}

// TestKilledPoker kills a real server at random moments while people come and
// go at many tables, and then looks for every chip.
func TestKilledPoker(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts and kills a server many times")
	}
	dir := t.TempDir()
	acts := 0
	for range kills {
		said, last := fell(t, "TestPokerVictim", Config{Data: dir}), 0
		for _, line := range said {
			_, _ = fmt.Sscanf(line, "acts %d", &last)
		}
		acts += last
	}
	s, stop := serve(t, dir)
	quiet, records := 0, int64(-1)
	until(t, "ledger and hands have caught up", func() bool {
		chips, dealt := s.chips.State(), s.hands.State()
		if now := chips.Records + dealt.Records; chips.Held > 0 || dealt.Held > 0 || now != records {
			quiet, records = 0, now
		}
		quiet++
		return quiet > 100 && !s.owesHands(t)
	})
	stop()
	var report strings.Builder
	audit, err := Check(t.Context(), Config{Data: dir, Log: slog.New(slog.DiscardHandler)}, &report)
	if err != nil || audit.Differences != 0 {
		t.Errorf("Check() = %+v, %v\n%s", audit, err, report.String())
	}
	if acts < kills || audit.Chips == 0 || audit.Hands == 0 {
		t.Errorf("%d actions, %d chips at tables and %d hands prove little", acts, audit.Chips, audit.Hands)
	}
	t.Logf("%d kills, %d actions, %+v", kills, acts, audit)
}
