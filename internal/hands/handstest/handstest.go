// Package handstest is the contract of an archive of hands, for every store of
// one.
package handstest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/game"
	"kibitz/internal/hands"
	"kibitz/internal/table"
)

// Book is what a store must be.
type Book interface {
	hands.Archive
	hands.Lists
	hands.Chronicle
	hands.Audit
	Forget(ctx context.Context, user account.ID) error
	Finish(ctx context.Context, user account.ID) (bool, error)
}

const (
	anna = account.ID("AnnaAnnaAnna")
	bert = account.ID("BertBertBert")
	room = table.ID("Poker001")
)

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

// Store runs the suite; open returns an empty book.
func Store(t *testing.T, open func(*testing.T) Book) {
	for name, test := range map[string]func(*testing.T, Book){
		"a hand is stored once": once, "more of a hand is learned": learned, "positions come with the hands": positions,
		"a history in pages": pages, "filters": filters, "hands of a table": atTable,
		"the winners": winners, "hands beside": beside,
		"counts add up": counted, "a closed account is erased": erased, "later hands of a closed account": erasedBefore,
		"who played": played, "what is set aside": aside,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// hand is a hand that Anna won from Bert, with a house player who folded.
func hand(id table.ID, number int) hands.Finished {
	at := noon.Add(time.Duration(number) * time.Minute)
	return hands.Finished{
		Hand: hands.Hand{
			Key: hands.Key{Table: id, Number: number}, Kind: "poker", Class: hands.Class{Variant: "holdem", Limit: "no-limit", Format: hands.Cash},
			Stakes: "5/10", Began: at, Ended: at.Add(30 * time.Second), Pot: 100, Board: "2c 7d 9h", Seq: table.Seq(10 * number),
			Players: []hands.Player{
				{Seat: 0, User: anna, Name: "Anna", Net: 50, Won: 100, Showdown: true, Cards: "As Ah"},
				{Seat: 2, User: bert, Name: "Bert", Net: -50, Showdown: true, Cards: "Ks Kh"},
				{Seat: 3, User: "~house1", Name: "House", House: true, Cards: "2s 2h"},
			},
		},
		Blob:   []byte(fmt.Sprint("hand ", number)),
		Counts: []hands.Counts{{"hands": 1, "net": 50}, {"hands": 1, "net": -50}, {"hands": 1}},
	}
}

func write(t *testing.T, b Book, all ...hands.Finished) {
	t.Helper()
	if err := b.WriteHands(t.Context(), &hands.Batch{Hands: all}); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, b Book, k hands.Key) (hands.Hand, string) {
	t.Helper()
	h, blob, err := b.Hand(t.Context(), k)
	if err != nil {
		t.Fatal(err)
	}
	return h, string(blob)
}

func once(t *testing.T, b Book) {
	one := hand(room, 1)
	write(t, b, one, one)
	write(t, b, one)
	h, blob := get(t, b, one.Hand.Key)
	want := one.Hand
	want.Players = slices.Clone(want.Players)
	for i := range want.Players {
		want.Players[i].Cards = ""
	}
	if got, want := fmt.Sprintf("%+v", h), fmt.Sprintf("%+v", want); got != want || blob != "hand 1" {
		t.Errorf("got %s %q, want %s", got, blob, want)
	}
	tallies(t, b, anna, `[{AnnaAnnaAnna {holdem no-limit cash} map[hands:1 net:50] Poker001-1 100}]`)
	if _, _, err := b.Hand(t.Context(), hands.Key{Table: room, Number: 2}); !errors.Is(err, hands.ErrUnknown) {
		t.Errorf("an unknown hand: %v", err)
	}
	if seq, err := b.HandSeq(t.Context(), hands.Key{Table: room, Number: 2}); seq != 0 || err != nil {
		t.Errorf("the end of an unknown hand is %d, %v", seq, err)
	}
}

func tallies(t *testing.T, b Book, user account.ID, want string) {
	t.Helper()
	all, err := b.HandTallies(t.Context(), user)
	if got := fmt.Sprint(all); err != nil || got != want {
		t.Errorf("tallies of %s: %s, %v; want %s", user, got, err, want)
	}
}

func learned(t *testing.T, b Book) {
	one := hand(room, 1)
	write(t, b, one)
	more := one
	more.Blob, more.Hand.Seq = []byte("longer"), 12
	write(t, b, more, one)
	if h, blob := get(t, b, one.Hand.Key); blob != "longer" || h.Seq != 12 {
		t.Errorf("record %q up to %d", blob, h.Seq)
	}
	if seq, err := b.HandSeq(t.Context(), one.Hand.Key); seq != 12 || err != nil {
		t.Errorf("HandSeq = %d, %v", seq, err)
	}
	tallies(t, b, bert, `[{BertBertBert {holdem no-limit cash} map[hands:1 net:-50] -0 0}]`)
}

func positions(t *testing.T, b Book) {
	for _, at := range []table.Position{3, 8} {
		if err := b.WriteHands(t.Context(), &hands.Batch{Positions: map[int]table.Position{7: at}}); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := b.HandPositions(t.Context()); err != nil || fmt.Sprint(got) != "map[7:8]" {
		t.Errorf("positions %v, %v", got, err)
	}
}

// numbers says which hands there are, and of those of the user the cards.
func numbers(entries []hands.Entry) (text string) {
	for _, e := range entries {
		text += fmt.Sprint(e.Hand.Number)
		if e.You != nil {
			text += "(" + e.You.Cards + ")"
		}
		text += " "
	}
	return text
}

func pages(t *testing.T, b Book) {
	other := hand("Poker000", 2)
	write(t, b, hand(room, 1), hand(room, 2), hand(room, 3), other)
	var got string
	var at hands.Cursor
	for range 4 {
		entries, next, err := b.HandHistory(t.Context(), anna, hands.Filter{}, hands.Page{Before: at, Size: 2})
		if err != nil {
			t.Fatal(err)
		}
		got += numbers(entries) + "; "
		if at = next; at == (hands.Cursor{}) {
			break
		}
	}
	if want := "3(As Ah) 2(As Ah) ; 2(As Ah) 1(As Ah) ; "; got != want {
		t.Errorf("pages %s, want %s", got, want)
	}
	if entries, _, err := b.HandHistory(t.Context(), "~house1", hands.Filter{}, hands.Page{}); len(entries) > 0 || err != nil {
		t.Errorf("a house player has a history: %v, %v", entries, err)
	}
}

func filters(t *testing.T, b Book) {
	omaha := hand(room, 2)
	omaha.Hand.Variant, omaha.Hand.Stakes, omaha.Hand.Format = "omaha", "10/20", hands.SitAndGo
	folded := hand(room, 3)
	folded.Hand.Players = slices.Clone(folded.Hand.Players)
	folded.Hand.Players[0].Net, folded.Hand.Players[0].Showdown = -10, false
	write(t, b, hand(room, 1), omaha, folded, hand("Poker002", 4))
	for _, row := range []struct {
		name string
		f    hands.Filter
		want string
	}{
		{"all", hands.Filter{}, "4 3 2 1 "},
		{"won", hands.Filter{Result: hands.Won}, "4 2 1 "},
		{"lost", hands.Filter{Result: hands.Lost}, "3 "},
		{"showdown", hands.Filter{Result: hands.Showdown}, "4 2 1 "},
		{"a variant", hands.Filter{Variant: "omaha"}, "2 "},
		{"stakes", hands.Filter{Stakes: "5/10"}, "4 3 1 "},
		{"a format", hands.Filter{Format: hands.SitAndGo}, "2 "},
		{"a table", hands.Filter{Table: room, Result: hands.Won}, "2 1 "},
		{"none", hands.Filter{Variant: "razz"}, ""},
	} {
		entries, _, err := b.HandHistory(t.Context(), anna, row.f, hands.Page{Size: 10})
		got := ""
		for _, e := range entries {
			got += fmt.Sprint(e.Hand.Number, " ")
		}
		if err != nil || got != row.want {
			t.Errorf("%s: %q, %v; want %q", row.name, got, err, row.want)
		}
	}
}

func atTable(t *testing.T, b Book) {
	without := hand(room, 2)
	without.Hand.Players = without.Hand.Players[1:]
	write(t, b, hand(room, 1), without, hand(room, 3), hand("Poker002", 9))
	for _, row := range []struct {
		name string
		user account.ID
		f    hands.Filter
		p    hands.Page
		want string
	}{
		{"nobody sees no cards", "", hands.Filter{}, hands.Page{Size: 9}, "3 2 1 "},
		{"a player sees the own", anna, hands.Filter{}, hands.Page{Size: 9}, "3(As Ah) 2 1(As Ah) "},
		{"a house player's cards are nobody's", "~house1", hands.Filter{}, hands.Page{Size: 9}, "3 2 1 "},
		{"won", anna, hands.Filter{Result: hands.Won}, hands.Page{Size: 9}, "3(As Ah) 1(As Ah) "},
		{"the next page", bert, hands.Filter{}, hands.Page{Size: 9, Before: hands.Cursor{Key: hands.Key{Table: room, Number: 2}}}, "1(Ks Kh) "},
		{"a short page", bert, hands.Filter{}, hands.Page{Size: 1}, "3(Ks Kh) "},
	} {
		entries, _, err := b.TableHands(t.Context(), room, row.user, row.f, row.p)
		if got := numbers(entries); err != nil || got != row.want {
			t.Errorf("%s: %q, %v; want %q", row.name, got, err, row.want)
		}
	}
}

// winners names who was paid out, in lists of a table and of a player.
func winners(t *testing.T, b Book) {
	shared := hand(room, 2)
	shared.Hand.Players = slices.Clone(shared.Hand.Players)
	shared.Hand.Players[0].Won, shared.Hand.Players[1].Won = 40, 60
	write(t, b, hand(room, 1), shared)
	told := func(entries []hands.Entry, _ hands.Cursor, err error) (text string) {
		if err != nil {
			t.Error(err)
		}
		for _, e := range entries {
			text += fmt.Sprint(e.Hand.Number, e.Winners, " ")
		}
		return text
	}
	const want = "2 [Bert Anna] 1 [Anna] "
	if got := told(b.TableHands(t.Context(), room, "", hands.Filter{}, hands.Page{Size: 9})); got != want {
		t.Errorf("at the table %q, want %q", got, want)
	}
	if got := told(b.HandHistory(t.Context(), bert, hands.Filter{}, hands.Page{Size: 9})); got != want {
		t.Errorf("of a player %q, want %q", got, want)
	}
}

func beside(t *testing.T, b Book) {
	without := hand(room, 2)
	without.Hand.Players = without.Hand.Players[1:]
	write(t, b, hand(room, 1), without, hand(room, 3))
	for _, row := range []struct {
		number int
		user   account.ID
		want   [2]int
	}{{1, "", [2]int{0, 2}}, {2, "", [2]int{1, 3}}, {3, "", [2]int{2, 0}}, {1, anna, [2]int{0, 3}}, {3, anna, [2]int{1, 0}}, {2, bert, [2]int{1, 3}}} {
		before, after, err := b.HandsBeside(t.Context(), hands.Key{Table: room, Number: row.number}, row.user)
		if got := [2]int{before, after}; err != nil || got != row.want {
			t.Errorf("beside %d for %q: %v, %v; want %v", row.number, row.user, got, err, row.want)
		}
	}
}

func counted(t *testing.T, b Book) {
	big := hand(room, 2)
	big.Hand.Players = slices.Clone(big.Hand.Players)
	big.Hand.Players[0].Won = 900
	omaha := hand(room, 4)
	omaha.Hand.Variant = "omaha"
	write(t, b, hand(room, 1), big)
	write(t, b, hand(room, 3), omaha)
	tallies(t, b, anna, `[{AnnaAnnaAnna {holdem no-limit cash} map[hands:3 net:150] Poker001-2 900} {AnnaAnnaAnna {omaha no-limit cash} map[hands:1 net:50] Poker001-4 100}]`)
	all, err := b.AllTallies(t.Context())
	if err != nil || len(all) != 4 {
		t.Errorf("all tallies: %v, %v", all, err)
	}
	after, err := b.HandsAfter(t.Context(), hands.Key{Table: room, Number: 2}, 1)
	if err != nil || len(after) != 1 || after[0].Hand.Number != 3 || after[0].Hand.Players[0].Cards != "As Ah" {
		t.Errorf("after the second: %v, %v", after, err)
	}
}

func erased(t *testing.T, b Book) {
	write(t, b, hand(room, 1), hand(room, 2))
	if err := b.Forget(t.Context(), anna); err != nil {
		t.Fatal(err)
	}
	finish(t, b)
	nameless(t, b, 1)
	nameless(t, b, 2)
	tallies(t, b, anna, `[]`)
	tallies(t, b, bert, `[{BertBertBert {holdem no-limit cash} map[hands:2 net:-100] -0 0}]`)
}

func finish(t *testing.T, b Book) {
	t.Helper()
	for {
		done, err := b.Finish(t.Context(), anna)
		if err != nil {
			t.Fatal(err)
		}
		if done {
			return
		}
	}
}

// nameless looks for the name and the cards of Anna in a hand.
func nameless(t *testing.T, b Book, number int) {
	t.Helper()
	all, err := b.HandsAfter(t.Context(), hands.Key{Table: room, Number: number - 1}, 1)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	got := all[0].Hand.Players
	if got[0].Name != archive.ClosedName || got[0].Cards != "" || got[1].Name != "Bert" || got[1].Cards == "" {
		t.Errorf("hand %d: players %+v", number, got)
	}
}

func erasedBefore(t *testing.T, b Book) {
	if err := b.Forget(t.Context(), anna); err != nil {
		t.Fatal(err)
	}
	finish(t, b)
	write(t, b, hand(room, 3))
	nameless(t, b, 3)
	tallies(t, b, anna, `[]`)
}

func played(t *testing.T, b Book) {
	write(t, b, hand(room, 1))
	for _, row := range []struct {
		user account.ID
		id   table.ID
		want bool
	}{{anna, room, true}, {anna, "Poker002", false}, {"CarlCarlCarl", room, false}, {"~house1", room, false}} {
		if got, err := b.PlayedAt(t.Context(), row.user, row.id); err != nil || got != row.want {
			t.Errorf("%s at %s: %v, %v", row.user, row.id, got, err)
		}
	}
	if seat := (&hands.Hand{Players: hand(room, 1).Hand.Players}).SeatOf("~house1"); seat != game.NoSeat {
		t.Errorf("somebody reads as the house player of seat %d", seat)
	}
}

func aside(t *testing.T, b Book) {
	poison := archive.Poison{Projection: hands.Project, Subject: room, Seq: 4, Why: "no sense", At: noon}
	for range 2 {
		if err := b.WriteHands(t.Context(), &hands.Batch{Poison: []archive.Poison{poison}}); err != nil {
			t.Fatal(err)
		}
	}
}
