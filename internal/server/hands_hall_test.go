package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"kibitz/internal/account"
	"kibitz/internal/hands"
	"kibitz/internal/poker/handlog"
	"kibitz/internal/table"
)

// leakMembers and leakGuests play; there are fewer seats.
const (
	leakMembers = 6
	leakGuests  = 2
)

// hall is a whole server, and those who ask it for what was played.
type hall struct {
	dir     string
	logged  bytes.Buffer
	callers []caller
	tables  []*truth
	// books are hands by what they are called in all the files.
	books   map[string]*handCards
	server  *Server
	handler http.Handler
	calls   int
	cards   int
	// share is how much is asked for: each caller asks for one of so many
	// things, and somebody for each.
	share int
}

// turn reports whether a caller asks for a thing.
func (h *hall) turn(caller, thing int) bool { return (caller+thing)%h.share == 0 }

// caller is who asks: a player, or somebody who never played, or nobody.
type caller struct {
	as     string
	player table.Player
	plays  bool
	guest  bool
	cookie *http.Cookie
}

// newHall lets people sign up: members and guests who play, and those who do
// not: an admin, a stranger, a guest, and who has no session.
func newHall(t *testing.T, share int) *hall {
	h := &hall{dir: t.TempDir(), books: make(map[string]*handCards), share: share}
	stop := h.open(t)
	defer stop()
	for i := range leakMembers {
		h.enter(t, caller{as: "a player", plays: true}, "signup", fmt.Sprintf(`{"name":"Player-%d","password":"correct horse battery"}`, i))
	}
	for range leakGuests {
		h.enter(t, caller{as: "a guest who plays", plays: true, guest: true}, "guests", `{}`)
	}
	h.enter(t, caller{as: "a stranger"}, "signup", `{"name":"Stranger","password":"correct horse battery"}`)
	h.enter(t, caller{as: "a guest", guest: true}, "guests", `{}`)
	h.enter(t, caller{as: "an admin"}, "admin/first", fmt.Sprintf(`{"code":%q,"name":"Overseer","password":"correct horse battery"}`, h.server.FirstCode()))
	h.callers = append(h.callers, caller{as: "nobody", guest: true})
	return h
}

// open starts the server.
func (h *hall) open(t *testing.T) (stop func()) {
	s, err := Open(Config{Data: h.dir, Log: slog.New(slog.NewTextHandler(&h.logged, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx) }()
	until(t, "the server is ready", s.ready.Load)
	h.server, h.handler = s, s.lichess.Mount(s.edge.Handler())
	return func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func (h *hall) enter(t *testing.T, v caller, at, body string) {
	t.Helper()
	res := h.do(v, "POST", "/api/v1/"+at, body)
	var answer struct {
		User account.User
	}
	if err := json.Unmarshal(res.Body.Bytes(), &answer); err != nil || res.Code != http.StatusCreated {
		t.Fatalf("%s cannot enter: %d %s", v.as, res.Code, res.Body)
	}
	v.player, v.cookie = table.Player{ID: answer.User.ID, Name: answer.User.Name, Guest: v.guest}, res.Result().Cookies()[0]
	h.callers = append(h.callers, v)
}

// players are those who play.
func (h *hall) players() (all []table.Player) {
	for _, v := range h.callers {
		if v.plays {
			all = append(all, v.player)
		}
	}
	return all
}

// do asks the server, every time from another address, so that nothing is too
// often.
func (h *hall) do(v caller, method, path, body string) *httptest.ResponseRecorder {
	h.calls++
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.RemoteAddr = fmt.Sprintf("[2001:db8:%d:%d::1]:999", h.calls/1000, h.calls%1000) // decimal: nothing that looks like a card
	r.Header.Set("Content-Type", "application/json")
	if v.cookie != nil {
		r.AddCookie(v.cookie)
	}
	res := httptest.NewRecorder()
	h.handler.ServeHTTP(res, r)
	return res
}

// look asks for everything as everybody.
func (h *hall) look(t *testing.T) {
	stop := h.open(t)
	h.shelve(t)
	t.Run("pages", h.pages)
	t.Run("lists", h.lists)
	t.Run("files", h.files)
	stop()
	stop = h.open(t) // nobody may download all the time, but a new server forgets
	t.Run("addresses", h.addresses)
	stop()
	if found := cardsIn(h.logged.Bytes()); found != nil {
		t.Errorf("the log tells of %s", found)
	}
	t.Logf("%d requests, %d cards looked at", h.calls, h.cards)
}

// shelved is how many records are put into the journal at once.
const shelved = 200

// shelve puts what was played into the journal, and waits until the hands are
// in the archive.
func (h *hall) shelve(t *testing.T) {
	for _, tr := range h.tables {
		for chunk := range slices.Chunk(tr.records, shelved) {
			if err := h.server.stores.journal.Append(t.Context(), tr.id, chunk[0].Seq-1, chunk); err != nil {
				t.Fatal(err)
			}
		}
		for i, one := range tr.hands {
			name, serial := handlog.Name(string(tr.id), i+1)
			h.books[name], h.books[fmt.Sprint(serial)] = one, one
		}
	}
	for _, tr := range h.tables {
		last := hands.Key{Table: tr.id, Number: tr.finished()}
		until(t, "the hands are archived", func() bool {
			seq, err := h.server.stores.archive.HandSeq(t.Context(), last)
			if err != nil {
				t.Fatal(err)
			}
			return seq > 0
		})
	}
}
