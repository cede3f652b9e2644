package games_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/game/gametest"
	"kibitz/internal/poker"
	"kibitz/internal/table"
)

// room is a table of poker, driven by hand.
type room struct {
	*testing.T
	*table.Table
	catalog game.Catalog
	records []table.Record
	now     time.Time
	n       int
	away    game.Seats
}

const cashStakes = `{"small_blind":5,"big_blind":10,"min_buy_in":100,"max_buy_in":1000}`

func newRoom(t *testing.T, change func(*table.Setup)) *room {
	t.Helper()
	r := &room{T: t, catalog: game.Catalog{poker.Kind: poker.Rules{}}, now: time.UnixMilli(1_700_000_000_000)}
	s := table.Setup{
		Kind: poker.Kind, Game: json.RawMessage(cashStakes), Origin: table.OriginLobby, Seats: make([]table.Player, 3),
		Control: clock.Control{Initial: 30 * time.Second, Delay: 20 * time.Second},
	}
	if change != nil {
		change(&s)
	}
	made, err := table.Create("Poker001", s, r.now, r.catalog, gametest.NewChance(1))
	if err != nil {
		t.Fatal(err)
	}
	r.records = made
	if r.Table, err = table.Load(r.catalog, made); err != nil {
		t.Fatal(err)
	}
	return r
}

func somebody(name string) table.Player {
	return table.Player{ID: account.ID(name + "-id"), Name: name}
}

func (r *room) presence() table.Presence {
	return table.Presence{Chance: gametest.NewChance(uint64(len(r.records))), Away: r.away}
}

// try asks for something as the words say, "sit {\"chips\":100}", with the chips
// reserved that it takes.
func (r *room) try(name, action string) error {
	r.Helper()
	typ, data, _ := strings.Cut(action, " ")
	if data == "" {
		data = "{}"
	}
	r.n++
	cmd := table.Command{
		Table: r.ID(), Actor: somebody(name), ID: table.ActionID(fmt.Sprint("a", r.n)), At: r.now, Report: clock.NoReport(), Type: typ, Data: []byte(data),
	}
	records, err := r.Judge(cmd, r.presence())
	var price *table.Price
	if errors.As(err, &price) {
		cmd.Paid = price.Chips
		records, err = r.Judge(cmd, r.presence())
	}
	if err != nil {
		return err
	}
	r.apply(records)
	return nil
}

func (r *room) do(name string, actions ...string) {
	r.Helper()
	for _, action := range actions {
		if err := r.try(name, action); err != nil {
			r.Fatalf("%s: %s: %v", name, action, err)
		}
	}
}

func (r *room) apply(records []table.Record) {
	r.Helper()
	if _, err := r.Apply(records, nil); err != nil {
		r.Fatal(err)
	}
	r.records = append(r.records, records...)
}

// wait lets time pass, and the table do what falls due.
func (r *room) wait(d time.Duration) {
	r.Helper()
	end := r.now.Add(d)
	for range 1000 {
		at, ok := r.Next()
		if !ok || at.After(end) {
			break
		}
		r.now = at
		records, err := r.Due(at, r.presence())
		if err != nil {
			r.Fatal(err)
		}
		if len(records) == 0 {
			break
		}
		r.apply(records)
	}
	r.now = end
}

func (r *room) view() poker.TableView {
	return r.Snapshot(game.Spectator, r.now).State.(poker.TableView)
}

// turn is whose turn it is.
func (r *room) turn() string { return r.Setup().Seats[r.ToAct().First()].Name }

func (r *room) refuses(name, action, want string) {
	r.Helper()
	if err := r.try(name, action); err == nil || !strings.Contains(err.Error(), want) {
		r.Errorf("%s: %s: %v, want %q", name, action, err, want)
	}
}

// replays checks that the records make the same table.
func (r *room) replays() {
	r.Helper()
	again, err := table.Load(r.catalog, r.records)
	if err != nil {
		r.Fatal(err)
	}
	for seat := game.NoSeat; int(seat) < len(r.Setup().Seats); seat++ {
		a, errA := json.Marshal(r.Snapshot(game.Viewer{Seat: seat}, r.now))
		b, errB := json.Marshal(again.Snapshot(game.Viewer{Seat: seat}, r.now))
		if errA != nil || errB != nil || string(a) != string(b) {
			r.Errorf("seat %d: live %s\nreplayed %s, %v %v", seat, a, b, errA, errB)
		}
	}
}

func TestSittingDown(t *testing.T) {
	r := newRoom(t, nil)
	cmd := table.Command{Table: r.ID(), Actor: somebody("Anna"), ID: "1", At: r.now, Report: clock.NoReport(), Type: "sit", Data: []byte(`{"seat":2,"chips":500}`)}
	var price *table.Price
	if _, err := r.Judge(cmd, r.presence()); !errors.As(err, &price) || price.Chips != 500 {
		t.Fatalf("without chips: %v", err)
	}
	cmd.Paid = 499
	if _, err := r.Judge(cmd, r.presence()); !errors.Is(err, table.ErrChips) {
		t.Errorf("with too few: %v", err)
	}
	r.do("Anna", `sit {"seat":2,"chips":500}`)
	r.refuses("Anna", "sit", "you sit here already")
	r.refuses("Bert", `sit {"seat":2}`, "taken")
	r.refuses("Bert", `sit {"chips":99}`, "you can buy 100 up to 1000")
	if r.Chips() != 500 || !r.Waiting() || r.Setup().Seats[2].Name != "Anna" {
		t.Errorf("%d chips, waiting %t, %+v", r.Chips(), r.Waiting(), r.Setup().Seats)
	}
	r.do("Bert", "sit")
	if r.wait(2 * time.Second); r.view().Number != 0 {
		t.Error("the first hand is dealt at once")
	}
	if r.wait(2 * time.Second); r.view().Number != 1 || r.Waiting() {
		t.Errorf("hand %d, waiting %t", r.view().Number, r.Waiting())
	}
	r.replays()
}

func TestTimeAtARoom(t *testing.T) {
	r := newRoom(t, nil)
	r.do("Anna", "sit")
	r.do("Bert", "sit")
	r.wait(3 * time.Second)
	first := r.turn()
	left := func(name string) time.Duration {
		return r.Snapshot(game.Spectator, r.now).Clocks.Remaining[r.SeatOf(somebody(name).ID)]
	}
	r.wait(19 * time.Second)
	r.do(first, "call")
	if left(first) != 30*time.Second {
		t.Errorf("within the time for an action the bank is %v", left(first))
	}
	second := r.turn()
	r.wait(25 * time.Second)
	if left(second) != 25*time.Second {
		t.Errorf("5 s over it the bank is %v", left(second))
	}
	r.do(second, "check")
	slow := r.turn()
	r.away = game.SeatSet(r.SeatOf(somebody(slow).ID))
	r.wait(left(slow) + 22*time.Second)
	if got := r.turn(); got != slow {
		t.Errorf("without a connection there is no extra time: it is the turn of %s", got)
	}
	r.wait(30 * time.Second)
	if got := r.turn(); got == slow {
		t.Error("the extra time does not end")
	}
	r.replays()
}

func TestLeavingARoom(t *testing.T) {
	r := newRoom(t, nil)
	for _, name := range []string{"Anna", "Bert", "Cora"} {
		r.do(name, `sit {"chips":400}`)
	}
	r.wait(3 * time.Second)
	goes := r.turn()
	r.do(goes, "leave")
	if r.SeatOf(somebody(goes).ID) != game.NoSeat || r.Chips() != 800 {
		t.Errorf("%s is at seat %d, and there are %d chips", goes, r.SeatOf(somebody(goes).ID), r.Chips())
	}
	r.refuses(goes, `sit {"chips":300}`, "you left this table with 400")
	r.wait(31 * time.Minute)
	if r.Result().Over() {
		t.Fatalf("%+v", r.Result())
	}
	r.do(goes, `sit {"chips":300}`)
	r.replays()
}

// A room that everybody has left alone pays all and ends.
func TestAbandonedRoom(t *testing.T) {
	r := newRoom(t, nil)
	r.do("Anna", "sit")
	r.wait(time.Hour)
	if got := r.Result(); got.Status != "closed" || r.Chips() != 0 || r.Setup().Seats[0].Name != "" {
		t.Errorf("%+v with %d chips, %+v", got, r.Chips(), r.Setup().Seats)
	}
	r.replays()
}

func TestOwner(t *testing.T) {
	r := newRoom(t, func(s *table.Setup) { s.Origin, s.Owner, s.Approval = table.OriginFriend, "Anna-id", true })
	r.refuses("Bert", "sit", "ask first")
	r.do("Bert", "ask")
	r.refuses("Bert", "ask", "nothing to ask for")
	r.refuses("Bert", `host-approve {"user":"Bert-id"}`, "only who owns this table")
	r.do("Anna", "sit", `host-approve {"user":"Bert-id"}`)
	r.do("Cora", "ask")
	r.do("Anna", `host-decline {"user":"Cora-id"}`)
	r.refuses("Cora", "sit", "ask first")
	r.do("Bert", "sit")
	r.do("Anna", "host-pause")
	if r.wait(time.Minute); r.view().Number != 0 {
		t.Error("a hand is dealt during a pause")
	}
	r.do("Anna", "host-resume")
	if r.wait(3 * time.Second); r.view().Number != 1 {
		t.Error("no hand is dealt after a pause")
	}
	r.do("Anna", `host-remove {"seat":1}`)
	if r.wait(time.Minute); r.SeatOf("Bert-id") != game.NoSeat {
		t.Error("who was removed is still there")
	}
	r.do("Bert", "sit {\"chips\":1005}")
	r.do("Anna", `host-transfer {"seat":1}`)
	r.refuses("Anna", "host-pause", "only who owns this table")
	r.do("Bert", "host-pause")
	if l := r.Lounge(); l.Owner != "Bert-id" || !l.Paused {
		t.Errorf("%+v", l)
	}
	r.replays()
}

func TestWaitingList(t *testing.T) {
	r := newRoom(t, func(s *table.Setup) { s.Seats = make([]table.Player, 2) })
	r.refuses("Cora", "wait", "there is a free seat")
	r.do("Anna", "sit")
	r.do("Bert", "sit")
	r.do("Cora", "wait")
	r.do("Dora", "wait")
	r.refuses("Cora", "wait", "already")
	r.do("Anna", "leave")
	r.refuses("Dora", "sit", "kept for Cora")
	if kept := r.Lounge().Kept; kept == nil || kept.User != "Cora-id" {
		t.Errorf("kept %+v", kept)
	}
	r.wait(31 * time.Second)
	r.do("Dora", "sit")
	if line := r.Lounge().Line; len(line) != 1 || line[0].User != "Cora-id" {
		t.Errorf("%+v", line)
	}
	r.do("Cora", "unwait")
	r.replays()
}

func TestBadRooms(t *testing.T) {
	for _, row := range []struct {
		name   string
		change func(*table.Setup)
	}{
		{"somebody sits already", func(s *table.Setup) { s.Seats[1] = somebody("Anna") }},
		{"rated", func(s *table.Setup) { s.Rated = true }},
		{"approval without an owner", func(s *table.Setup) { s.Approval = true }},
		{"an increment", func(s *table.Setup) { s.Control = clock.Control{Initial: time.Minute, Increment: time.Second} }},
		{"one seat", func(s *table.Setup) { s.Seats = s.Seats[:1] }},
		{"bad stakes", func(s *table.Setup) { s.Game = json.RawMessage(`{"big_blind":-1}`) }},
	} {
		s := table.Setup{Kind: poker.Kind, Game: json.RawMessage(cashStakes), Origin: table.OriginLobby, Seats: make([]table.Player, 3)}
		row.change(&s)
		_, err := table.Create("Poker001", s, time.Now(), game.Catalog{poker.Kind: poker.Rules{}}, gametest.NewChance(1))
		if !errors.Is(err, table.ErrSetup) {
			t.Errorf("%s: %v, want ErrSetup", row.name, err)
		}
	}
}
