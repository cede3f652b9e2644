package hands_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/games"
	"kibitz/internal/hands"
	"kibitz/internal/inmem"
	"kibitz/internal/poker"
	"kibitz/internal/poker/handtest"
	"kibitz/internal/sqlstore"
	"kibitz/internal/table"
	"kibitz/internal/worker"
	project "kibitz/internal/worker/hands"
)

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

// people are those at a table: two, and a house player.
var people = []table.Player{{ID: "AnnaAnnaAnna", Name: "Anna"}, {ID: "BertBertBert", Name: "Bert"}, {ID: "~house1", Name: "House", House: 1}}

// script is the records of a table, made by hand.
type script struct {
	t       *testing.T
	id      table.ID
	records []table.Record
}

func newScript(t *testing.T, id table.ID) *script {
	s := &script{t: t, id: id}
	s.add("table.created", table.Setup{
		Kind: poker.Kind, Game: json.RawMessage(`{"small_blind":1,"big_blind":2,"min_buy_in":10,"max_buy_in":200}`), Seats: people, Origin: table.OriginLobby,
	})
	return s
}

func (s *script) add(typ string, body any) {
	s.t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		s.t.Fatal(err)
	}
	seq := table.Seq(len(s.records) + 1)
	s.records = append(s.records, table.Record{
		Table: s.id, Seq: seq, At: noon.Add(time.Duration(seq) * time.Second), Seat: game.NoSeat, Type: typ, Data: data,
	})
}

func (s *script) event(e game.Event) {
	s.t.Helper()
	data, err := poker.Rules{}.EncodeEvent(e)
	if err != nil {
		s.t.Fatal(err)
	}
	s.add(e.EventType(), json.RawMessage(data))
}

// hand plays one at random; between does something before its last event.
func (s *script) hand(number int, between func()) {
	s.t.Helper()
	setup := poker.Setup{
		Variant: "holdem", Limit: poker.Limit{Structure: poker.NoLimit, BigBlind: 2},
		Posts: []poker.Post{{Pos: 0, Kind: poker.PostSmall, Amount: 1}, {Pos: 1, Kind: poker.PostBig, Amount: 2}},
	}
	began := poker.HandBegan{Number: number, Button: 2, Small: 0, Big: 1}
	for seat := range people {
		setup.Players = append(setup.Players, poker.Player{Seat: game.Seat(seat), Stack: 200})
		began.Chairs = append(began.Chairs, poker.Chair{Stack: 200, Taken: true})
	}
	p, err := handtest.Play(setup, rand.New(rand.NewPCG(uint64(number), 5)))
	if err != nil {
		s.t.Fatal(err)
	}
	began.Hand = setup
	s.event(began)
	for i, e := range p.Events {
		if i == len(p.Events)/2 && between != nil {
			between()
		}
		s.event(e)
	}
}

// bench is a journal and a database, and how far the journal was handed on.
type bench struct {
	t       *testing.T
	journal *inmem.Journal
	db      *sqlstore.Store
	entries []worker.Entry
	now     time.Time
	fails   int
	log     strings.Builder
}

func newBench(t *testing.T, scripts ...*script) *bench {
	t.Helper()
	b := &bench{t: t, journal: inmem.NewJournal(), now: noon}
	var err error
	if b.db, err = sqlstore.Open(t.Context(), filepath.Join(t.TempDir(), "a.db")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.db.Close() })
	for _, s := range scripts {
		if err := b.journal.Append(t.Context(), s.id, 0, s.records); err != nil {
			t.Fatal(err)
		}
	}
	for partition := range table.Partitions {
		n := 0
		for _, s := range scripts {
			if s.id.Partition() == partition {
				n += len(s.records)
			}
		}
		if n == 0 {
			continue // it would wait for more
		}
		ctx, stop := context.WithCancel(t.Context())
		for e, err := range b.journal.Follow(ctx, partition, 0) {
			if err != nil {
				t.Fatal(err)
			}
			b.entries = append(b.entries, worker.Entry{Partition: partition, Entry: e})
			if n--; n == 0 {
				break
			}
		}
		stop()
	}
	return b
}

// WriteHands fails now and then: before it stores anything, and after it.
func (b *bench) WriteHands(ctx context.Context, batch *hands.Batch) error {
	if b.fails%3 == 1 {
		b.fails++
		return errors.New("no connection")
	}
	err := b.db.WriteHands(ctx, batch)
	if b.fails++; b.fails%5 == 0 && err == nil {
		return errors.New("the connection was lost")
	}
	return err
}

func (b *bench) HandPositions(ctx context.Context) (map[int]table.Position, error) {
	return b.db.HandPositions(ctx)
}

func (b *bench) HandSeq(ctx context.Context, k hands.Key) (table.Seq, error) {
	return b.db.HandSeq(ctx, k)
}

func (b *bench) projection(store hands.Chronicle) *project.Hands {
	b.t.Helper()
	p, err := project.New(project.Config{
		Journal: b.journal, Store: store, Dealers: map[game.Kind]hands.Dealer{poker.Kind: games.PokerHands{}},
		Now: func() time.Time { b.now = b.now.Add(time.Second); return b.now }, Log: slog.New(slog.NewTextHandler(&b.log, nil)),
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return p
}

// killed hands everything on in parts, to projections that end at any moment,
// and begins again from what is stored.
func (b *bench) killed(rng *rand.Rand) {
	b.t.Helper()
	for range 10_000 {
		p := b.projection(b)
		at, err := p.Positions(b.t.Context())
		if err != nil {
			b.t.Fatal(err)
		}
		var rest []worker.Entry
		for _, e := range b.entries {
			if e.Position > at[e.Partition] {
				rest = append(rest, e)
			}
		}
		if len(rest) == 0 {
			return
		}
		for range rng.IntN(4) {
			n := min(len(rest), 1+rng.IntN(40))
			b.now = b.now.Add(time.Minute) // so that it stores how far it is
			if p.Project(b.t.Context(), rest[:n]) == nil {
				rest = rest[n:]
			}
		}
	}
	b.t.Fatal("it does not come to an end")
}

// stored is everything in the archive, as text.
func (b *bench) stored() string {
	b.t.Helper()
	all, err := b.db.HandsAfter(b.t.Context(), hands.Key{}, 1000)
	if err != nil {
		b.t.Fatal(err)
	}
	tallies, err := b.db.AllTallies(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	return fmt.Sprintf("%+v\n%+v", all, tallies)
}

func scripts(t *testing.T) []*script {
	var all []*script
	for n := range 3 {
		s := newScript(t, table.ID(fmt.Sprintf("Poker%03d", n)))
		for number := range 12 {
			s.hand(number+1, nil)
		}
		all = append(all, s)
	}
	return all
}

// TestKilledAnywhere compares what projections store that are killed again and
// again with what one stores that is not.
func TestKilledAnywhere(t *testing.T) {
	whole := newBench(t, scripts(t)...)
	if err := whole.projection(whole.db).Project(t.Context(), whole.entries); err != nil {
		t.Fatal(err)
	}
	want := whole.stored()
	if !strings.Contains(want, "hands:36") {
		t.Errorf("36 hands were played: %s", want)
	}
	for seed := range uint64(5) {
		b := newBench(t, scripts(t)...)
		b.killed(rand.New(rand.NewPCG(seed, 1)))
		if got := b.stored(); got != want {
			t.Fatalf("seed %d: got %s\nwant %s", seed, got, want)
		}
	}
}

// TestSeatsOfTheBeginning lets somebody else take a seat in mid-hand: the hand is
// of who was dealt in.
func TestSeatsOfTheBeginning(t *testing.T) {
	s := newScript(t, "Poker009")
	carl := table.Player{ID: "CarlCarlCarl", Name: "Carl"}
	s.hand(1, func() { s.add("table.seated", map[string]any{"seat": 1, "player": carl}) })
	s.hand(2, nil)
	b := newBench(t, s)
	p := b.projection(b.db)
	for i := range b.entries {
		if err := p.Project(t.Context(), b.entries[i:i+1]); err != nil {
			t.Fatal(err)
		}
	}
	for number, want := range map[int]account.ID{1: "BertBertBert", 2: "CarlCarlCarl"} {
		h, _, err := b.db.Hand(t.Context(), hands.Key{Table: s.id, Number: number})
		if err != nil || h.Players[1].User != want || !h.Players[2].House || h.Private {
			t.Errorf("hand %d: %+v, %v; want %s", number, h, err, want)
		}
	}
}

// TestOwes asks for a table before and after its hands are stored.
func TestOwes(t *testing.T) {
	s := newScript(t, "Poker009")
	quiet := newScript(t, "Poker008")
	s.hand(1, nil)
	s.hand(2, nil)
	b := newBench(t, s, quiet)
	p := b.projection(b.db)
	owes := func(id table.ID, want bool) {
		t.Helper()
		if got, err := p.Owes(t.Context(), id); err != nil || got != want {
			t.Errorf("Owes(%s) = %v, %v; want %v", id, got, err, want)
		}
	}
	owes(s.id, true)
	owes(quiet.id, false)
	owes("Poker007", false)
	half := len(b.entries) / 2
	if err := p.Project(t.Context(), b.entries[:half]); err != nil {
		t.Fatal(err)
	}
	owes(s.id, true)
	if err := p.Project(t.Context(), b.entries[half:]); err != nil {
		t.Fatal(err)
	}
	owes(s.id, false)
}

// TestSetAside spoils one hand of a table, and forgets another table.
func TestSetAside(t *testing.T) {
	s := newScript(t, "Poker009")
	s.hand(1, nil)
	from := len(s.records)
	s.hand(2, nil)
	to := len(s.records)
	s.hand(3, nil)
	for i := from + 1; i < to; i++ {
		if s.records[i].Type == "dealt" {
			s.records[i].Data = []byte(`{}`)
		}
	}
	gone := newScript(t, "Poker008")
	gone.hand(1, nil)
	b := newBench(t, s, gone)
	if err := b.journal.Forget(t.Context(), gone.id); err != nil {
		t.Fatal(err)
	}
	p := b.projection(b.db)
	if err := p.Project(t.Context(), b.entries); err != nil {
		t.Fatal(err)
	}
	for number, want := range map[int]bool{1: true, 2: false, 3: true} {
		if seq, err := b.db.HandSeq(t.Context(), hands.Key{Table: s.id, Number: number}); err != nil || seq > 0 != want {
			t.Errorf("hand %d ends at %d, %v; stored should be %v", number, seq, err, want)
		}
	}
	aside, err := b.db.Poisons(t.Context(), 9)
	if err != nil || len(aside) != 2 || aside[0].Projection != hands.Project {
		t.Errorf("set aside: %v, %v", aside, err)
	}
	if log := b.log.String(); strings.Count(log, "cannot be archived") < 2 || !strings.Contains(log, "Poker008") {
		t.Errorf("the log says too little: %s", log)
	}
}
