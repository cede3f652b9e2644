package httpapi_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/games"
	"kibitz/internal/hands"
	"kibitz/internal/httpapi"
	"kibitz/internal/poker"
	"kibitz/internal/poker/handtest"
	"kibitz/internal/sqlstore"
	"kibitz/internal/table"
)

// casino is a node with an archive of hands.
type casino struct {
	*world
	db *sqlstore.Store
}

func newCasino(t *testing.T) *casino {
	t.Helper()
	db, err := sqlstore.Open(t.Context(), t.TempDir()+"/a.db")
	check(t, err)
	t.Cleanup(func() { _ = db.Close() })
	c := &casino{db: db}
	c.world = newWorld(t, func(cfg *httpapi.Config) {
		cfg.Hands = &hands.Collection{Archive: db, Lists: db, Scribe: games.PokerHands{}, Log: slog.New(slog.DiscardHandler)}
	})
	return c
}

// dealt stores a hand of hold'em that three people played, the last of whom is
// a house player, and returns it with the hole cards of each as text.
func (c *casino) dealt(t *testing.T, k hands.Key, private bool, people ...*person) hands.Hand {
	t.Helper()
	setup := poker.Setup{
		Variant: "holdem", Limit: poker.Limit{Structure: poker.NoLimit, BigBlind: 10},
		Posts: []poker.Post{{Pos: 0, Kind: poker.PostSmall, Amount: 5}, {Pos: 1, Kind: poker.PostBig, Amount: 10}},
	}
	began := poker.HandBegan{Number: k.Number, Button: 2, Big: 1}
	for seat := range 3 {
		setup.Players = append(setup.Players, poker.Player{Seat: game.Seat(seat), Stack: 1000})
		began.Chairs = append(began.Chairs, poker.Chair{Stack: 1000, Taken: true})
	}
	began.Hand = setup
	p, err := handtest.Play(setup, rand.New(rand.NewPCG(uint64(k.Number), 1)))
	check(t, err)
	at := begun.Add(time.Duration(k.Number) * time.Minute)
	r := hands.Record{Setup: []byte(`{"small_blind":5,"big_blind":10,"min_buy_in":100,"max_buy_in":1000}`), Made: begun}
	for _, e := range append([]game.Event{began}, p.Events...) {
		data, err := poker.Rules{}.EncodeEvent(e)
		check(t, err)
		r.Events = append(r.Events, hands.Event{Type: e.EventType(), At: at, Data: data})
	}
	sum, err := games.PokerHands{}.Sum(&r)
	check(t, err)
	blob, err := hands.Pack(r)
	check(t, err)
	h := hands.Hand{
		Key: k, Kind: poker.Kind, Class: sum.Class, Stakes: sum.Stakes, Private: private, Began: at, Ended: at, Pot: sum.Pot, Board: sum.Board,
		Seq: 100, Players: sum.Players,
	}
	h.Players[2].User, h.Players[2].Name, h.Players[2].House = "~house1", "House level 1", true
	for i, who := range people {
		h.Players[i].User, h.Players[i].Name = account.ID(who.id), fmt.Sprint("Player", i)
	}
	check(t, c.db.WriteHands(t.Context(), &hands.Batch{Hands: []hands.Finished{{Hand: h, Blob: blob, Counts: sum.Counts}}}))
	return h
}

// quoted is cards as JSON has them.
func quoted(cards string) string {
	b, _ := json.Marshal(strings.Fields(cards))
	return string(b)
}

func TestHands(t *testing.T) {
	c := newCasino(t)
	anna, bert, carl, nobody := c.member("Anna"), c.member("Bert"), c.member("Carl"), &person{w: c.world}
	const open, private = table.ID("Poker001"), table.ID("Poker002")
	number := 0
	var h hands.Hand
	for h.Key == (hands.Key{}) || h.Players[0].Showdown || h.Players[1].Showdown || h.Players[2].Showdown {
		number++
		h = c.dealt(t, hands.Key{Table: open, Number: number}, false, anna, bert)
	}
	after := c.dealt(t, hands.Key{Table: open, Number: number + 1}, false, bert, carl)
	c.dealt(t, hands.Key{Table: private, Number: 1}, true, anna, bert)
	mine, theirs := quoted(h.Players[0].Cards), quoted(h.Players[1].Cards)
	at := "/api/v1/hands/" + h.Key.String()
	plain := func(cards string) string { return strings.ReplaceAll(cards, " ", "") }
	next := `"next":"` + after.Key.String() + `"`
	checkAPI(t, []apiRow{
		{"my hand", anna, "GET", at, "", 200, []string{mine, `"you":0`, `"stakes":"5/10"`, `"format":"cash"`, `"private":false`, `"name":"Player1"`}, []string{theirs, next}},
		{"the other's", bert, "GET", at, "", 200, []string{theirs, `"you":1`, next}, []string{mine}},
		{"a stranger's", carl, "GET", at, "", 200, []string{`"steps":[`, next}, []string{mine, theirs, `"you"`}},
		{"nobody's", nobody, "GET", at, "", 200, []string{`"steps":[`}, []string{mine, theirs, `"you"`}},
		{"without names", anna, "GET", at + "?names=hidden", "", 200, []string{mine, `"name":"Seat 2"`}, []string{"Player1"}},
		{"without cards", anna, "GET", at + "?cards=hidden", "", 200, nil, []string{mine, theirs, `"you"`}},
		{"a wrong wish", anna, "GET", at + "?cards=mine", "", 400, []string{"Cards cannot be"}, nil},
		{"as PHH", anna, "GET", at + ".phh", "", 200, []string{"variant = 'NT'", plain(h.Players[0].Cards)}, []string{plain(h.Players[1].Cards)}},
		{"as OHH", bert, "GET", at + ".ohh.json", "", 200, []string{`"game_number":"` + h.Key.String(), theirs}, []string{mine}},
		{"as text", anna, "GET", at + ".txt", "", 200, []string{"Dealt to Player0 [" + h.Players[0].Cards + "]"}, []string{h.Players[1].Cards}},
		{"as text for nobody", nobody, "GET", at + ".txt", "", 200, []string{"*** SUMMARY ***"}, []string{h.Players[0].Cards, h.Players[1].Cards, "Dealt to"}},
		{"in no form", anna, "GET", at + ".pgn", "", 404, []string{"not-found"}, nil},
		{"unknown", anna, "GET", "/api/v1/hands/Poker001-999", "", 404, []string{"not-found"}, nil},
		{"no hand at all", anna, "GET", "/api/v1/hands/Poker001", "", 404, []string{"not-found"}, nil},
		{"private, mine", anna, "GET", "/api/v1/hands/Poker002-1", "", 200, []string{`"private":true`, `"you":0`}, nil},
		{"private, of others", carl, "GET", "/api/v1/hands/Poker002-1", "", 404, []string{"not-found"}, []string{"Player"}},
		{"private, nobody", nobody, "GET", "/api/v1/hands/Poker002-1.txt", "", 404, nil, []string{"Player"}},

		{"hands of the table", anna, "GET", "/api/v1/tables/Poker001/hands?limit=2", "", 200, []string{mine, `"id":"` + after.Key.String() + `"`, `"next":"`}, []string{theirs}},
		{"for nobody", nobody, "GET", "/api/v1/tables/Poker001/hands", "", 200, []string{`"board":[`, `"winners":["`, `"next":""`}, []string{mine, theirs, `"you"`}},
		{"private table", carl, "GET", "/api/v1/tables/Poker002/hands", "", 404, nil, []string{"Poker002-1"}},
		{"a table without hands", carl, "GET", "/api/v1/tables/Poker009/hands", "", 200, []string{`"hands":[]`}, nil},
		{"table file", anna, "GET", "/api/v1/tables/Poker001/hands.phhs", "", 200, []string{"[1]\n", plain(h.Players[0].Cards)}, []string{plain(h.Players[1].Cards)}},
		{"private table file", nobody, "GET", "/api/v1/tables/Poker002/hands.phhs", "", 404, nil, []string{"variant"}},

		{"my hands", anna, "GET", "/api/v1/users/Anna/hands?variant=holdem", "", 200, []string{mine, `"net":`, `"id":"Poker002-1"`}, []string{theirs}},
		{"my hands of a table", anna, "GET", "/api/v1/users/anna/hands?table=Poker002", "", 200, []string{`"id":"Poker002-1"`}, []string{"Poker001"}},
		{"another's hands", bert, "GET", "/api/v1/users/Anna/hands", "", 404, []string{"not-found"}, []string{mine, theirs}},
		{"nobody's hands", nobody, "GET", "/api/v1/users/Anna/hands", "", 401, nil, []string{mine}},
		{"a wrong filter", anna, "GET", "/api/v1/users/Anna/hands?result=none", "", 400, []string{"Result cannot be"}, nil},
		{"a wrong place", anna, "GET", "/api/v1/users/Anna/hands?cursor=x", "", 400, []string{"begin without one"}, nil},
		{"no table", anna, "GET", "/api/v1/users/Anna/hands?table=x", "", 400, nil, nil},

		{"all mine", anna, "GET", "/api/v1/me/hands.txt", "", 200, []string{"Dealt to Player0 [" + h.Players[0].Cards + "]"}, []string{"[" + h.Players[1].Cards + "]"}},
		{"all mine as OHH", anna, "GET", "/api/v1/me/hands.ohh", "", 200, []string{mine}, []string{theirs}},
		{"nobody has any", nobody, "GET", "/api/v1/me/hands.phh", "", 401, nil, nil},

		{"my statistics", anna, "GET", "/api/v1/users/Anna/poker-stats", "", 200, []string{fmt.Sprintf(`{"hands":%d,"vpip":[`, number+1), `"three_bet":[`, `"classes":[{"variant":"holdem"`}, nil},
		{"another's", bert, "GET", "/api/v1/users/Anna/poker-stats", "", 200, []string{fmt.Sprintf(`{"hands":%d,`, number+1), `"pfr":[`}, []string{"three_bet", "net", "classes", "bb_per"}},
		{"of nobody", bert, "GET", "/api/v1/users/Nobody/poker-stats", "", 404, nil, nil},
		{"of who never played", bert, "GET", "/api/v1/users/Carl/poker-stats", "", 200, []string{`"hands":1`}, nil},
	})
}

// TestImportedHands reads what was written, and what is no hand.
func TestImportedHands(t *testing.T) {
	c := newCasino(t)
	anna, bert, nobody := c.member("Anna"), c.member("Bert"), &person{w: c.world}
	c.dealt(t, hands.Key{Table: "Poker001", Number: 1}, false, anna, bert)
	file := nobody.call("GET", "/api/v1/hands/Poker001-1.phh", "").body
	two := anna.call("GET", "/api/v1/me/hands.phh", "").body + "[2]\nvariant = 'F7S'\n"
	checkAPI(t, []apiRow{
		{"one", nobody, "POST", "/api/v1/hands/import", file, 200, []string{`"hands":[{"line":1,"hand":{`, `"steps":[`}, []string{`"error"`}},
		{"two", nobody, "POST", "/api/v1/hands/import", two, 200, []string{`"name":"1"`, `"name":"2"`, `"error":"`}, nil},
		{"nonsense", nobody, "POST", "/api/v1/hands/import", "a = [", 200, []string{`"error":"`}, []string{`"steps"`}},
		{"too much", nobody, "POST", "/api/v1/hands/import", strings.Repeat("# nothing\n", 30_000), 413, []string{"too-large"}, nil},
	})
	for range 20 {
		if nobody.call("POST", "/api/v1/hands/import", "").status == 429 {
			return
		}
	}
	t.Error("20 files at once are read")
}
