package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/games"
	"kibitz/internal/host"
	"kibitz/internal/httpapi"
	"kibitz/internal/inmem"
	"kibitz/internal/poker"
	"kibitz/internal/table"
	"kibitz/internal/wire"
)

// leakHands is how many hands are played at each table when every byte is looked
// at, and with KIBITZ_LONG set.
const (
	leakHands     = 120
	leakHandsLong = 2500
)

// TestNoCardLeaves plays hands of poker and looks at all bytes that are sent to
// every socket, answered to who asks for the table, and logged: nobody may read
// a card that is not theirs, on the board, or shown.
func TestNoCardLeaves(t *testing.T) {
	hands := leakHands
	if os.Getenv("KIBITZ_LONG") != "" {
		hands = leakHandsLong
	} else {
		t.Logf("%d hands a table; %d with KIBITZ_LONG set", leakHands, leakHandsLong)
	}
	for name, stakes := range map[string]string{
		"hold'em":       `{"small_blind":5,"big_blind":10,"min_buy_in":100,"max_buy_in":1000,"runs":2,"hands":%d}`,
		"Omaha":         `{"variant":"omaha","structure":"pot-limit","small_blind":5,"big_blind":10,"min_buy_in":100,"max_buy_in":1000,"hands":%d}`,
		"Omaha hi-lo":   `{"variant":"omaha8","structure":"pot-limit","small_blind":5,"big_blind":10,"min_buy_in":100,"max_buy_in":1000,"runs":2,"hands":%d}`,
		"fixed hold'em": `{"structure":"fixed-limit","small_blind":5,"big_blind":10,"min_buy_in":100,"max_buy_in":400,"hands":%d}`,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { watchCards(t, fmt.Sprintf(stakes, hands), hands) })
		})
	}
}

// cardWord finds cards in JSON and in logs.
var cardWord = regexp.MustCompile(`\b[2-9TJQKA][cdhs]\b`)

// truth is what the records of a table say about its cards.
type truth struct {
	t       *testing.T
	catalog game.Catalog
	table.Journal

	mu      sync.Mutex
	rules   game.Rules
	hands   []*handCards
	seats   [16]string
	players []game.Seat
}

// handCards are the cards of one hand that somebody may know: the own ones by
// player, and what everybody sees.
type handCards struct {
	// began is the record with which the hand began.
	began table.Seq
	own   map[string]map[string]bool
	open  map[string]bool
}

// Append stores records, and notes who may know what from then on.
func (tr *truth) Append(ctx context.Context, id table.ID, expected table.Seq, records []table.Record) error {
	tr.mu.Lock()
	for i := range records {
		tr.learn(&records[i])
	}
	tr.mu.Unlock()
	return tr.Journal.Append(ctx, id, expected, records)
}

func (tr *truth) learn(r *table.Record) {
	if r.Type == "table.seated" {
		var e struct{ Player table.Player }
		if err := json.Unmarshal(r.Data, &e); err != nil {
			tr.t.Error(err)
		}
		tr.seats[r.Seat] = string(e.Player.ID)
	}
	if strings.HasPrefix(r.Type, "table.") {
		return
	}
	e, err := tr.rules.DecodeEvent(r.Type, r.Data)
	if err != nil {
		tr.t.Error(err)
		return
	}
	switch e := e.(type) {
	case poker.HandBegan:
		tr.hands = append(tr.hands, &handCards{r.Seq, map[string]map[string]bool{}, map[string]bool{}})
		tr.players = nil
		for _, p := range e.Hand.Players {
			tr.players = append(tr.players, p.Seat)
		}
	case poker.Dealt:
		hole := poker.FindVariant(tr.variant()).Hole
		for i, c := range e.Deck[:hole*len(tr.players)] {
			who := tr.seats[tr.players[i%len(tr.players)]]
			own := tr.hands[len(tr.hands)-1].own
			if own[who] == nil {
				own[who] = map[string]bool{}
			}
			own[who][c.String()] = true
		}
	case poker.Turned:
		for _, c := range e.Cards {
			tr.hands[len(tr.hands)-1].open[c.String()] = true
		}
	case poker.Shown:
		for _, c := range e.Cards {
			tr.hands[len(tr.hands)-1].open[c.String()] = true
		}
	}
}

func (tr *truth) variant() string { return tr.rules.(variantRules).variant }

// variantRules are the rules with the variant that is played.
type variantRules struct {
	poker.Rules
	variant string
}

// check complains of a card that who reads the bytes may not know, event by
// event: what is told of a hand tells cards of that hand. An empty name is a
// spectator.
func (tr *truth) check(who string, data []byte, where string) (cards int) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	var frame struct {
		Events []json.RawMessage `json:"events"`
	}
	if err := json.Unmarshal(data, &frame); err != nil || len(frame.Events) == 0 {
		return tr.checkHand(len(tr.hands)-1, who, data, where)
	}
	for _, event := range frame.Events {
		var at struct{ Seq table.Seq }
		if err := json.Unmarshal(event, &at); err != nil {
			tr.t.Error(err)
		}
		cards += tr.checkHand(tr.handAt(at.Seq), who, event, where)
	}
	return cards
}

// handAt returns the hand that a record belongs to, -1 before the first.
func (tr *truth) handAt(seq table.Seq) int {
	at := len(tr.hands) - 1
	for at >= 0 && tr.hands[at].began > seq {
		at--
	}
	return at
}

func (tr *truth) checkHand(hand int, who string, data []byte, where string) (cards int) {
	for _, word := range cardWord.FindAllString(string(data), -1) {
		cards++
		if hand < 0 || !tr.hands[hand].own[who][word] && !tr.hands[hand].open[word] {
			tr.t.Errorf("hand %d: %s told %q of %s, which may not be known: %.600s", hand+1, where, who, word, data)
		}
	}
	return cards
}

// reader is a socket whose every byte is looked at.
type reader struct {
	truth *truth
	who   string
	mu    sync.Mutex
	cards int
	// seq is the last record that was shown.
	seq uint64
}

// seqWord finds the numbers of records in frames.
var seqWord = regexp.MustCompile(`"seq":(\d+)`)

func (r *reader) Send(frame []byte) bool {
	n := r.truth.check(r.who, frame, "the socket")
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cards += n
	for _, found := range seqWord.FindAllSubmatch(frame, -1) {
		if seq, err := strconv.ParseUint(string(found[1]), 10, 64); err == nil {
			r.seq = max(r.seq, seq)
		}
	}
	return true
}

// before returns what the reader says it has seen when it comes back: a few
// records less than it has, so that they are shown again.
func (r *reader) before(n int) table.Seq {
	r.mu.Lock()
	defer r.mu.Unlock()
	return table.Seq(max(0, int64(r.seq)-int64(n)))
}

func watchCards(t *testing.T, stakes string, hands int) {
	catalog, err := games.Catalog(games.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var s poker.Stakes
	if err := json.Unmarshal([]byte(stakes), &s); err != nil {
		t.Fatal(err)
	}
	if s.Variant == "" {
		s.Variant = "holdem"
	}
	tr := &truth{t: t, catalog: catalog, Journal: inmem.NewJournal(), rules: variantRules{variant: s.Variant}}
	var logged bytes.Buffer
	log := slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	h, err := host.New(host.Config{
		Journal: tr, Pulse: &inmem.Pulse{}, Catalog: catalog, Chance: games.Chance(), Codec: httpapi.Codec{Log: log}, Cashier: freeChips{}, Log: log,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Recover(t.Context()); err != nil {
		t.Fatal(err)
	}
	id, err := h.Create(t.Context(), table.Setup{
		Kind: poker.Kind, Game: json.RawMessage(stakes), Origin: table.OriginLobby, Seats: make([]table.Player, 6),
		Control: clock.Control{Initial: 15 * time.Second, Delay: 5 * time.Second},
	})
	if err != nil {
		t.Fatal(err)
	}
	g := &gallery{t: t, h: h, id: id, truth: tr, rng: rand.New(rand.NewPCG(1, uint64(len(stakes))))}
	g.play(hands)
	if err := h.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
	if found := cardWord.FindString(logged.String()); found != "" {
		t.Errorf("the log tells of %s", found)
	}
	if len(tr.hands) < hands || g.seen() < 10*hands {
		t.Errorf("%d hands and %d cards prove little", len(tr.hands), g.seen())
	}
	t.Logf("%d hands, %d cards looked at", len(tr.hands), g.seen())
}

// freeChips let everybody buy in.
type freeChips struct{}

func (freeChips) Reserve(context.Context, host.Voucher) error { return nil }
func (freeChips) Cancel(context.Context, host.Voucher) error  { return nil }

// gallery is people at a table, and those who look on.
type gallery struct {
	t       *testing.T
	h       *host.Host
	id      table.ID
	truth   *truth
	rng     *rand.Rand
	readers []*reader
	asked   int
	n       int
}

// gamblers is how many come and go; there are fewer seats.
const gamblers = 8

func (g *gallery) play(hands int) {
	for i := range gamblers {
		r := &reader{truth: g.truth, who: string(crowd(i).ID)}
		g.readers = append(g.readers, r)
		g.h.Join(host.Join{Table: g.id, User: crowd(i), Conn: r})
	}
	watcher := &reader{truth: g.truth}
	g.readers = append(g.readers, watcher)
	g.h.Join(host.Join{Table: g.id, Conn: watcher})
	for step := 0; g.truth.count() < hands; step++ {
		if step > 400*hands {
			g.t.Fatal("the hands do not come")
		}
		g.step()
	}
	synctest.Wait()
}

func (tr *truth) count() int {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return len(tr.hands)
}

// step has somebody do something, or time pass.
func (g *gallery) step() {
	i := g.rng.IntN(gamblers)
	typ, data, ok := gambleAt(g.t.Context(), g.h, g.id, crowd(i), g.rng)
	switch roll := g.rng.IntN(100); {
	case !ok:
		typ, data = "sit", `{}`
	case roll == 0:
		typ, data = "leave", `{}`
	case roll < 3:
		g.h.Drop(g.readers[i])
		g.h.Join(host.Join{Table: g.id, User: crowd(i), Conn: g.readers[i], After: g.readers[i].before(g.rng.IntN(60))})
	case roll < 5:
		g.ask()
	case roll < 10:
		typ, data = "show", `{}`
	case typ == "":
		time.Sleep(time.Duration(g.rng.IntN(1500)) * time.Millisecond)
		return
	}
	if typ == "" {
		return
	}
	g.n++
	g.h.Submit(table.Command{
		Table: g.id, Actor: crowd(i), ID: table.ActionID(fmt.Sprint("a", g.n)), Type: typ, Data: []byte(data), Report: clock.NoReport(),
	}, g.readers[i])
	synctest.Wait()
}

// ask reads the table as the API answers it, with all its events.
func (g *gallery) ask() {
	if g.asked++; g.asked > 20 {
		return
	}
	ctx := g.t.Context()
	snap, err := g.h.Snapshot(ctx, g.id, game.Spectator)
	if err != nil {
		g.t.Error(err)
		return
	}
	body, err := wire.AppendSnapshot(nil, &snap)
	if err != nil {
		g.t.Error(err)
	}
	g.truth.check("", body, "the API")
}

func (g *gallery) seen() int {
	sum := 0
	for _, r := range g.readers {
		r.mu.Lock()
		sum += r.cards
		r.mu.Unlock()
	}
	return sum
}
