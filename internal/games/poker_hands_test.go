package games_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/games"
	"kibitz/internal/hands"
	"kibitz/internal/poker"
	"kibitz/internal/poker/handtest"
)

// recordOf returns what the archive has of a random hand.
func recordOf(t *testing.T, p handtest.Played, events []game.Event) hands.Record {
	t.Helper()
	began := poker.HandBegan{Number: 17, Button: p.Setup.Players[len(p.Setup.Players)-1].Seat, Big: p.Setup.Players[0].Seat, Hand: p.Setup}
	for _, who := range p.Setup.Players {
		began.Chairs = append(began.Chairs, poker.Chair{Stack: who.Stack, Taken: true})
	}
	r := hands.Record{Setup: []byte(`{"max_buy_in":1000,"min_buy_in":1,"small_blind":1,"big_blind":2}`), Made: time.UnixMilli(1_795_000_000_000).UTC()}
	for i, e := range append([]game.Event{began}, events...) {
		data, err := poker.Rules{}.EncodeEvent(e)
		if err != nil {
			t.Fatal(err)
		}
		r.Events = append(r.Events, hands.Event{Type: e.EventType(), At: r.Made.Add(time.Duration(i) * time.Second), Data: data})
	}
	return r
}

// TestHandsAreEntitled writes random hands for every reader in every form, with
// the cards that the reader may not know one way and another: nobody can tell.
func TestHandsAreEntitled(t *testing.T) {
	seeds := uint64(100)
	if testing.Short() {
		seeds = 20
	}
	for seed := range seeds {
		p, err := handtest.Random(seed)
		if err != nil {
			t.Fatal(err)
		}
		record := recordOf(t, p, p.Events)
		h := handOf(t, &record)
		readers := []poker.PosSet{0}
		for i := range p.Setup.Players {
			readers = append(readers, 1<<i)
		}
		for _, known := range readers {
			as := hands.Reader{Seat: game.NoSeat}
			if known != 0 {
				as.Seat = p.Setup.Players[known.First()].Seat
			}
			other := recordOf(t, p, p.Shuffled(known, rand.New(rand.NewPCG(seed, 3))))
			got, want := everyForm(t, h, &other, as), everyForm(t, h, &record, as)
			if got != want {
				t.Fatalf("seed %d, seat %d: what is written depends on cards that the reader may not know:\n%s\n%s", seed, as.Seat, got, want)
			}
		}
		unseen := recordOf(t, p, p.Shuffled(0, rand.New(rand.NewPCG(seed, 4))))
		if got, want := summed(t, &unseen), summed(t, &record); fmt.Sprint(got.Counts) != fmt.Sprint(want.Counts) || got.Pot != want.Pot || got.Board != want.Board {
			t.Errorf("seed %d: the statistics depend on cards that nobody saw", seed)
		}
	}
}

func summed(t *testing.T, r *hands.Record) hands.Summary {
	t.Helper()
	s, err := games.PokerHands{}.Sum(r)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// handOf returns the row of a hand, and sees whether it adds up.
func handOf(t *testing.T, r *hands.Record) *hands.Hand {
	t.Helper()
	s := summed(t, r)
	h := &hands.Hand{Key: hands.Key{Table: "Ab3dEf6h", Number: s.Number}, Class: s.Class, Players: s.Players}
	var net, won int64
	for i := range h.Players {
		p := &h.Players[i]
		p.Name = fmt.Sprint("Player ", i)
		net, won = net+p.Net, won+p.Won
		if s.Counts[i]["hands"] != 1 || s.Counts[i]["net"] != p.Net {
			t.Errorf("player %d: %+v, counted as %v", i, p, s.Counts[i])
		}
	}
	if net != 0 || won != s.Pot || s.Number != 17 || s.Format != hands.Cash {
		t.Errorf("a hand that pays %d of %d, and wins %d: %+v", won, s.Pot, net, s)
	}
	return h
}

// everyForm writes a hand in all forms.
func everyForm(t *testing.T, h *hands.Hand, r *hands.Record, as hands.Reader) string {
	t.Helper()
	scribe := games.PokerHands{}
	text, err := scribe.Replay(h, r, as)
	if err != nil {
		t.Fatal(err)
	}
	for _, ending := range []string{"phh", "phhs", "ohh", "ohh.json", "txt"} {
		nth := 0
		if ending == "phhs" {
			nth = 3
		}
		text, err = scribe.Append(text, scribe.Formats()[ending], hands.Written{Hand: h, Record: r, As: as, Nth: nth})
		if err != nil && !(errors.Is(err, hands.ErrForm) && ending == "phh" && !inPHH(h)) {
			t.Fatal(err)
		}
	}
	return string(text)
}

// inPHH reports whether the format has a code for the game.
func inPHH(h *hands.Hand) bool {
	return map[string]bool{"holdem no-limit": true, "holdem fixed-limit": true, "omaha pot-limit": true, "omaha8 fixed-limit": true}[h.Variant+" "+h.Limit]
}

// TestHandsComeBack packs random hands, and reads those that are written as PHH.
func TestHandsComeBack(t *testing.T) {
	scribe, size := games.PokerHands{}, 0
	const seeds = 100
	for seed := range uint64(seeds) {
		p, err := handtest.Random(seed)
		if err != nil {
			t.Fatal(err)
		}
		record := recordOf(t, p, p.Events)
		blob, err := hands.Pack(record)
		if err != nil {
			t.Fatal(err)
		}
		size += len(blob)
		again, err := hands.Unpack(blob)
		if err != nil || fmt.Sprint(again) != fmt.Sprint(record) {
			t.Fatalf("seed %d: another hand comes back, %v", seed, err)
		}
		h, as := handOf(t, &record), hands.Reader{Seat: p.Setup.Players[0].Seat}
		file, err := scribe.Append(nil, scribe.Formats()["phh"], hands.Written{Hand: h, Record: &again, As: as})
		if errors.Is(err, hands.ErrForm) && !inPHH(h) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		found, err := scribe.Import(bytes.NewReader(file))
		if err != nil || len(found) != 1 {
			t.Fatalf("seed %d: %d hands, %v\n%s", seed, len(found), err, file)
		}
		if found[0].Err != nil && h.Players[0].Showdown {
			continue // cards at the showdown that were never shown are not in the file
		}
		if found[0].Err != nil || len(found[0].Replay) == 0 {
			t.Errorf("seed %d: %v\n%s", seed, found[0].Err, file)
		}
	}
	t.Logf("%d bytes a hand", size/seeds)
}

func TestImportRefusals(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"no TOML", "a = [", "not a PHH hand"},
		{"another game", "variant = 'F7S'\nantes=[0,0]\nbring_in=1\nsmall_bet=2\nbig_bet=4\nstarting_stacks=[10,10]\nactions=[]", "variant not implemented"},
		{"nobody acts", "variant = 'NT'\nantes=[0,0]\nblinds_or_straddles=[1,2]\nmin_bet=2\nstarting_stacks=[10,10]\nactions=[]", "not a"},
	} {
		found, err := games.PokerHands{}.Import(bytes.NewReader([]byte(row.text)))
		if err != nil || len(found) != 1 || found[0].Replay != nil || !strings.Contains(fmt.Sprint(found[0].Err), row.want) {
			t.Errorf("%s: %v, %v; want %s", row.name, found, err, row.want)
		}
	}
	if found, err := (games.PokerHands{}).Import(strings.NewReader("# nothing\n")); len(found) > 0 || err != nil {
		t.Errorf("a file without a hand: %v, %v", found, err)
	}
	if _, err := (games.PokerHands{}).Import(strings.NewReader(strings.Repeat(" ", 5<<20))); !errors.Is(err, game.ErrMalformed) {
		t.Errorf("a file that is too large: %v", err)
	}
}
