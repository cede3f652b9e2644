package httpapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/hands"
	"kibitz/internal/table"
)

// handShelf is the archive of hands with what its addresses keep in memory.
type handShelf struct {
	*hands.Collection
	imports *keyedLimit[netip.Prefix]
}

// The files of hands that one address may have read.
const (
	handFilesPerSecond = 0.5
	handFilesAtOnce    = 10
)

func newHandShelf(c *hands.Collection) handShelf {
	return handShelf{c, newKeyedLimit[netip.Prefix](handFilesPerSecond, handFilesAtOnce)}
}

// asker returns who asks, empty for who is not signed in.
func (s *Server) asker(r *http.Request) (account.ID, error) {
	me, err := s.old(r)
	if err != nil || me == nil {
		return "", err
	}
	return me.User.ID, nil
}

// wish reads what is to be hidden of what the reader may see.
func (s *Server) wish(r *http.Request) (hands.Wish, error) {
	q := r.URL.Query()
	hidden := map[string]bool{"hidden": true, "shown": false}
	names, err := choice(q, "names", hidden)
	if err != nil {
		return hands.Wish{}, err
	}
	cards, err := choice(q, "cards", hidden)
	return hands.Wish{Nameless: names, Cardless: cards, Site: s.site(r)}, err
}

// getHand answers with one hand: to be played again on a page, or, with the
// ending of a format behind the name, as a file.
func (s *Server) getHand(w http.ResponseWriter, r *http.Request) {
	if err := s.sendHand(w, r); err != nil {
		s.fail(w, r, told(err))
	}
}

func (s *Server) sendHand(w http.ResponseWriter, r *http.Request) error {
	name, ending, file := strings.Cut(r.PathValue("id"), ".")
	key, err := hands.ParseKey(name)
	if err != nil || s.hands.Collection == nil {
		return hands.ErrUnknown
	}
	user, err := s.asker(r)
	if err != nil {
		return err
	}
	wish, err := s.wish(r)
	if err != nil {
		return err
	}
	open, err := s.hands.Open(r.Context(), key, user, wish)
	if err != nil {
		return err
	}
	if file {
		return s.sendHandFile(w, open, ending)
	}
	body, err := s.handPage(r, open, user)
	if err != nil {
		return err
	}
	answerRaw(w, http.StatusOK, body)
	return nil
}

// handPage is a hand with its neighbours.
func (s *Server) handPage(r *http.Request, o *hands.Open, user account.ID) ([]byte, error) {
	replay, err := s.hands.Replay(o)
	if err != nil {
		return nil, err
	}
	before, after, err := s.hands.Beside(r.Context(), &o.Hand, user)
	if err != nil {
		return nil, err
	}
	beside := struct {
		Format   hands.Format `json:"format"`
		Stakes   string       `json:"stakes"`
		Private  bool         `json:"private"`
		Previous string       `json:"previous,omitempty"`
		Next     string       `json:"next,omitempty"`
	}{Format: o.Hand.Format, Stakes: o.Hand.Stakes, Private: o.Hand.Private}
	if before != nil {
		beside.Previous = before.String()
	}
	if after != nil {
		beside.Next = after.String()
	}
	more, err := json.Marshal(beside)
	if err != nil {
		return nil, err
	}
	// Both are objects: the fields of the second follow those of the first.
	return append(append(replay[:len(replay)-1], ','), more[1:]...), nil
}

// sendHandFile answers with a file.
func (s *Server) sendHandFile(w http.ResponseWriter, o *hands.Open, ending string) error {
	format, known := s.hands.Scribe.Formats()[ending]
	if !known {
		return hands.ErrUnknown
	}
	body, err := s.hands.File(nil, format, o, 0)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", format.Type)
	h.Set("Content-Disposition", `attachment; filename="kibitz-`+o.Hand.Key.String()+`.`+format.Ending+`"`)
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(body) // nobody is there to be told
	return nil
}

// handRow is a hand in a list.
type handRow struct {
	ID        string       `json:"id"`
	Table     table.ID     `json:"table"`
	Number    int          `json:"number"`
	AtMillis  int64        `json:"at"`
	Variant   string       `json:"variant"`
	Structure string       `json:"structure"`
	Format    hands.Format `json:"format"`
	Stakes    string       `json:"stakes"`
	Pot       int64        `json:"pot"`
	Board     []string     `json:"board"`
	Winners   []string     `json:"winners"`
	You       *handYou     `json:"you,omitempty"`
}

// handYou is what a hand was for who asks.
type handYou struct {
	Seat     int      `json:"seat"`
	Cards    []string `json:"cards"`
	Net      int64    `json:"net"`
	Won      int64    `json:"won"`
	Showdown bool     `json:"showdown"`
}

// cardList returns cards as a list, which may be empty.
func cardList(text string) []string { return append([]string{}, strings.Fields(text)...) }

func handRowOf(e *hands.Entry) handRow {
	h := &e.Hand
	row := handRow{
		ID: h.Key.String(), Table: h.Table, Number: h.Number, AtMillis: h.Began.UnixMilli(), Variant: h.Variant, Structure: h.Limit,
		Format: h.Format, Stakes: h.Stakes, Pot: h.Pot, Board: cardList(h.Board), Winners: append([]string{}, e.Winners...),
	}
	if y := e.You; y != nil {
		row.You = &handYou{Seat: int(y.Seat), Cards: cardList(y.Cards), Net: y.Net, Won: y.Won, Showdown: y.Showdown}
	}
	return row
}

func handList(entries []hands.Entry, next hands.Cursor) any {
	rows := make([]handRow, 0, len(entries))
	for i := range entries {
		rows = append(rows, handRowOf(&entries[i]))
	}
	return map[string]any{"hands": rows, "next": next.String()}
}

// The hands on a page.
const (
	pageOfHands = 50
	mostOfHands = 100
)

// handsAsked reads which hands are wanted.
func handsAsked(q url.Values) (f hands.Filter, p hands.Page, err error) {
	if f, err = handFilter(q); err != nil {
		return f, p, err
	}
	if p.Before, err = hands.ParseCursor(q.Get("cursor")); err != nil {
		return f, p, err
	}
	if p.Size, err = number(q, "limit", 1, mostOfHands); p.Size == 0 {
		p.Size = pageOfHands
	}
	return f, p, err
}

// handFilter reads the filters of a list.
func handFilter(q url.Values) (f hands.Filter, err error) {
	f.Result, err = choice(q, "result", map[string]hands.Result{"won": hands.Won, "lost": hands.Lost, "showdown": hands.Showdown})
	if err != nil {
		return f, err
	}
	f.Format, err = choice(q, "format", map[string]hands.Format{"cash": hands.Cash, "sng": hands.SitAndGo})
	if err != nil {
		return f, err
	}
	f.Variant, f.Stakes = q.Get("variant"), q.Get("stakes")
	if text := q.Get("table"); text != "" {
		if f.Table, err = table.ParseID(text); err != nil {
			return f, fmt.Errorf("%w: table is the id of one: %w", game.ErrMalformed, err)
		}
	}
	return f, nil
}

// getUserHands lists my hands. Those of others are for them alone.
func (s *Server) getUserHands(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	a, err := s.person(r, r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	if a.ID != me.User.ID || s.hands.Collection == nil {
		return nil, fmt.Errorf("%w: hands are for who played them", account.ErrNotFound)
	}
	f, p, err := handsAsked(r.URL.Query())
	if err != nil {
		return nil, err
	}
	entries, next, err := s.hands.Lists.HandHistory(r.Context(), me.User.ID, f, p)
	return handList(entries, next), err
}

// getTableHands lists the hands of a table, also while it runs.
func (s *Server) getTableHands(r *http.Request) (any, error) {
	id, err := pathTable(r)
	if err != nil || s.hands.Collection == nil {
		return nil, table.ErrUnknownTable
	}
	user, err := s.asker(r)
	if err != nil {
		return nil, err
	}
	f, p, err := handsAsked(r.URL.Query())
	if err != nil {
		return nil, err
	}
	entries, next, err := s.hands.AtTable(r.Context(), id, user, f, p)
	return handList(entries, next), err
}

// getPokerStats answers with how somebody plays: in full to themselves.
func (s *Server) getPokerStats(r *http.Request) (any, error) {
	a, err := s.person(r, r.PathValue("name"))
	if err != nil || s.hands.Collection == nil {
		return nil, account.ErrNotFound
	}
	user, err := s.asker(r)
	if err != nil {
		return nil, err
	}
	tallies, err := s.hands.Lists.HandTallies(r.Context(), a.ID)
	if err != nil {
		return nil, err
	}
	return s.hands.Scribe.Figures(tallies, user == a.ID), nil
}
