package server

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kibitz/internal/table"
)

// form is how several hands are told apart in a text.
type form struct{ begins, name *regexp.Regexp }

var (
	phhForm  = form{regexp.MustCompile(`(?m)^\[\d+\]$`), regexp.MustCompile(`table = "(\w+)"\nhand = (\d+)\n`)}
	ohhForm  = form{regexp.MustCompile(`(?m)^\{"ohh":`), regexp.MustCompile(`"game_number":"(\w+)-(\d+)"`)}
	textForm = form{regexp.MustCompile(`(?m)^PokerStars Hand #`), regexp.MustCompile(`Hand #(\d+):`)}
	listForm = form{regexp.MustCompile(`\{"id":"`), regexp.MustCompile(`"id":"(\w+)-(\d+)"`)}
)

// parts returns the texts of the hands of a text, with what precedes the first.
func (f form) parts(text []byte) (parts [][]byte) {
	begun := 0
	for _, at := range f.begins.FindAllIndex(text, -1) {
		parts = append(parts, text[begun:at[0]])
		begun = at[0]
	}
	return append(parts, text[begun:])
}

// hand returns the hand that a part tells of, nil for none.
func (h *hall) hand(f form, part []byte) *handCards {
	found := f.name.FindSubmatch(part)
	if found == nil {
		return nil
	}
	return h.books[string(bytes.Join(found[1:], []byte("-")))]
}

// secrets returns the cards in a text of many hands that somebody may not know,
// and how many hands they are.
func (h *hall) secrets(f form, who table.Player, text []byte) (secret []string, n int) {
	for _, part := range f.parts(text) {
		one := h.hand(f, part)
		if one != nil {
			n++
		}
		bad, cards := one.secret(string(who.ID), part)
		h.cards += cards
		secret = append(secret, bad...)
	}
	return secret, n
}

// handForms are the ways to ask for one hand.
var handForms = []string{"", ".phh", ".phhs", ".ohh", ".ohh.json", ".txt", "?names=hidden", "?cards=hidden", ".txt?cards=hidden"}

// pages asks for every hand as everybody, each time in another form.
func (h *hall) pages(t *testing.T) {
	planted := 0
	for _, tr := range h.tables {
		for i := range tr.finished() {
			for j := range h.callers {
				if h.turn(j, i) {
					planted += h.page(t, &h.callers[j], tr, pageAsked{i, handForms[(i+j)%len(handForms)]})
				}
			}
		}
	}
	if planted == 0 {
		t.Error("no page has a card that is for its reader alone, which proves nothing")
	}
}

// pageAsked is a hand of a table, from 0, in a form.
type pageAsked struct {
	hand int
	form string
}

// page asks for a hand, and returns how many cards are for the reader alone.
func (h *hall) page(t *testing.T, v *caller, tr *truth, p pageAsked) int {
	at := fmt.Sprintf("/api/v1/hands/%s-%d%s", tr.id, p.hand+1, p.form)
	res := h.do(*v, "GET", at, "")
	text, readable, of := res.Body.Bytes(), tr.mayRead(*v), tr.hands[p.hand]
	formless := res.Code != http.StatusOK && strings.HasPrefix(p.form, ".phh") && !tr.inPHH()
	if res.Code == http.StatusOK != readable && !formless {
		t.Errorf("%s as %s: status %d", at, v.as, res.Code)
	}
	who := string(v.player.ID)
	if strings.HasSuffix(p.form, "cards=hidden") {
		who = ""
	}
	secret, cards := of.secret(who, text)
	if len(secret) > 0 || !readable && cards > 0 {
		t.Errorf("%s as %s tells %q of %d cards: %.600s", at, v.as, secret, cards, text)
	}
	h.cards += cards
	own, _ := of.secret("", text)
	return len(own)
}

// lists reads the hands of each table, and everybody's, page by page.
func (h *hall) lists(t *testing.T) {
	for j, v := range h.callers {
		for k, tr := range h.tables {
			if !h.turn(j, k) {
				continue
			}
			n := h.list(t, v, fmt.Sprintf("/api/v1/tables/%s/hands?limit=100", tr.id))
			if readable := tr.mayRead(v); readable != (n >= tr.finished()) || !readable && n > 0 {
				t.Errorf("%s reads of %d hands of %d", v.as, n, tr.finished())
			}
		}
		for k, of := range h.callers {
			if of.player.Name != "" && h.turn(j, k) {
				n := h.list(t, v, "/api/v1/users/"+of.player.Name+"/hands?limit=100")
				if own := v.player.ID == of.player.ID; own && v.plays != (n > 0) || !own && n > 0 {
					t.Errorf("%s reads of %d hands of %s", v.as, n, of.as)
				}
			}
		}
	}
}

// list reads all pages of a list, and returns how many hands are on them.
func (h *hall) list(t *testing.T, v caller, at string) (n int) {
	t.Helper()
	for cursor := ""; ; {
		res := h.do(v, "GET", at+"&cursor="+cursor, "")
		secret, more := h.secrets(listForm, v.player, res.Body.Bytes())
		if len(secret) > 0 || res.Code == http.StatusTooManyRequests {
			t.Errorf("%s as %s: %d, %q: %.600s", at, v.as, res.Code, secret, res.Body)
		}
		n += more
		var page struct{ Next string }
		if err := json.Unmarshal(res.Body.Bytes(), &page); err != nil || page.Next == "" {
			return n
		}
		cursor = page.Next
	}
}

// files downloads hands of each table, and everybody's in every format.
func (h *hall) files(t *testing.T) {
	forms := []form{phhForm, ohhForm, textForm}
	for j, v := range h.callers {
		for k, tr := range h.tables {
			if h.turn(j, k) {
				at := fmt.Sprintf("/api/v1/tables/%s/hands.phhs", tr.id)
				if n := h.file(t, v, at, phhForm); (tr.mayRead(v) && tr.inPHH()) != (n > 0) {
					t.Errorf("%s as %s: %d hands", at, v.as, n)
				}
			}
		}
		for k, ending := range []string{"phh", "ohh", "txt"} {
			if h.turn(j, k) {
				if n := h.file(t, v, "/api/v1/me/hands."+ending, forms[k]); v.plays != (n > 0) {
					t.Errorf("all hands of %s as %s: %d", v.as, ending, n)
				}
			}
		}
	}
}

func (h *hall) file(t *testing.T, v caller, at string, f form) int {
	t.Helper()
	res := h.do(v, "GET", at, "")
	if res.Code == http.StatusTooManyRequests {
		t.Errorf("%s as %s: %s", at, v.as, res.Body)
	}
	return h.judge(t, v, at, f, res.Body.Bytes())
}

// judge complains of what somebody may not know in a file. What is for a player
// must look wrong when it is looked at as for nobody.
func (h *hall) judge(t *testing.T, v caller, at string, f form, text []byte) int {
	t.Helper()
	secret, n := h.secrets(f, v.player, text)
	if len(secret) > 0 {
		t.Errorf("%s as %s tells %q", at, v.as, secret)
	}
	if planted, _ := h.secrets(f, table.Player{}, text); v.plays && n > 0 && len(planted) == 0 {
		t.Errorf("%s as %s has no card that is for the reader alone, which proves nothing", at, v.as)
	}
	return n
}

// addresses asks for everything that the server says can be asked for.
func (h *hall) addresses(t *testing.T) {
	var api struct {
		Paths map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal(h.do(caller{}, "GET", "/api/openapi.json", "").Body.Bytes(), &api); err != nil {
		t.Fatal(err)
	}
	asked := 0
	for i, path := range slices.Sorted(maps.Keys(api.Paths)) {
		if api.Paths[path]["get"] == nil || strings.HasPrefix(path, "/api/v1/me/hands.") || path == "/ws" {
			continue // files looks at them; nothing is to be had there
		}
		for j, v := range h.callers {
			for k, tr := range h.tables {
				if !strings.Contains(path, "{") && k > 0 || !h.turn(j, i+k) {
					continue
				}
				asked++
				h.address(t, v, tr, path)
			}
		}
	}
	if asked*h.share < 500 {
		t.Errorf("%d requests are not all there is", asked)
	}
	for _, v := range h.callers {
		h.address(t, v, h.tables[0], "/poker/hand/{id}-1")
	}
}

// address asks for what is at an address: of a table, one of its hands, and one
// of its players.
func (h *hall) address(t *testing.T, v caller, tr *truth, path string) {
	t.Helper()
	at := strings.NewReplacer("{id}", string(tr.id), "{name}", h.callers[0].player.Name, "{other}", h.callers[1].player.Name, "{key}", "blitz").Replace(path)
	res := h.do(v, "GET", at, "")
	body := res.Body.Bytes()
	switch {
	case res.Code == http.StatusTooManyRequests:
		t.Errorf("%s as %s: %s", at, v.as, body)
	case res.Header().Get("Content-Type") == "application/zip":
		h.unzip(t, v, body)
	case strings.HasSuffix(at, ".phhs"):
		h.judge(t, v, at, phhForm, body)
	case strings.HasSuffix(at, "/hands"):
		h.judgeList(t, v, at, body)
	case strings.Contains(path, "{id}"):
		h.tell(t, tr)
		tr.t = t
		h.cards += tr.check(string(v.player.ID), body, at)
	default:
		if cards := cardsIn(body); cards != nil {
			t.Errorf("%s as %s tells %q: %.600s", at, v.as, cards, body)
		}
	}
}

func (h *hall) judgeList(t *testing.T, v caller, at string, body []byte) {
	t.Helper()
	if secret, _ := h.secrets(listForm, v.player, body); len(secret) > 0 {
		t.Errorf("%s as %s tells %q: %.600s", at, v.as, secret, body)
	}
}

// tell tells the truth of what happened at a table since the server runs.
func (h *hall) tell(t *testing.T, tr *truth) {
	t.Helper()
	records, err := h.server.stores.journal.Read(t.Context(), tr.id, tr.records[len(tr.records)-1].Seq)
	if err != nil {
		return // it is archived, and over
	}
	for i := range records {
		tr.learn(&records[i])
	}
	tr.records = append(tr.records, records...)
}

// unzip looks at everything that somebody takes along.
func (h *hall) unzip(t *testing.T, v caller, body []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		n += h.judge(t, v, f.Name, phhForm, text)
	}
	if v.plays != (n > 0) {
		t.Errorf("%s takes %d hands along", v.as, n)
	}
}
