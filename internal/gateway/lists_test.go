package gateway_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/gateway"
	"kibitz/internal/inmem"
	"kibitz/internal/table"
)

const listPath = "/api/v1/tables"

// square is a gateway with a list of at most 3 tables, before app servers that say
// every so often what they have, and answer nothing.
type square struct {
	*town
	t   *testing.T
	bus inmem.Bus
	g   *gateway.Gateway
	// tables is what each app server has; who is not in it says nothing.
	tables map[cluster.NodeID][]gateway.Entry
	cut    map[cluster.NodeID]bool
	// stuck holds a channel while nobody is told who lives, until it is closed.
	stuck atomic.Pointer[chan struct{}]
}

func (s *square) Nodes() []cluster.Node {
	if until := s.stuck.Load(); until != nil {
		<-*until
	}
	return s.town.Nodes()
}

// newSquare must be called in a bubble of synctest.
func newSquare(t *testing.T, apps ...cluster.NodeID) *square {
	t.Helper()
	s := &square{town: &town{known: true}, t: t, tables: make(map[cluster.NodeID][]gateway.Entry), cut: make(map[cluster.NodeID]bool)}
	for _, id := range apps {
		s.join(id)
	}
	var err error
	s.g, err = gateway.New(gateway.Config{
		Cluster: s, Secret: []byte("a secret of the test"), Log: slog.New(slog.DiscardHandler), Bus: &s.bus,
		Headers: func(h http.Header, _ *http.Request) { h.Set("X-Own", "yes") },
		Lists: map[string]gateway.List{"watch": {Path: listPath, Most: 3, Body: func(cards []json.RawMessage) ([]byte, error) {
			return json.Marshal(cards)
		}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	go s.g.Run(t.Context())
	synctest.Wait()
	return s
}

func (s *square) join(id cluster.NodeID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nodes = append(s.nodes, cluster.Node{ID: id, Name: string(id), Role: cluster.App, Addr: "127.0.0.1:99999"})
}

// has gives an app server tables, each with as many watchers as it says.
func (s *square) has(id cluster.NodeID, tables ...string) {
	s.tables[id] = []gateway.Entry{}
	for _, one := range tables {
		name, watchers, _ := strings.Cut(one, ":")
		e := gateway.Entry{Table: table.ID(name), Card: json.RawMessage(fmt.Sprintf("%q", string(id)+"/"+name))}
		if watchers != "" {
			_, _ = fmt.Sscan(watchers, &e.Rank)
		}
		s.tables[id] = append(s.tables[id], e)
	}
}

// say has all app servers say once what they have, and the time pass until the
// next.
func (s *square) say() {
	s.t.Helper()
	for id, entries := range s.tables {
		b, err := json.Marshal(gateway.Part{Node: id, List: "watch", Entries: entries, Cut: s.cut[id]})
		if err == nil {
			err = s.bus.Publish(gateway.ListSubject, b)
		}
		if err != nil {
			s.t.Fatal(err)
		}
	}
	time.Sleep(gateway.ListsEvery)
	synctest.Wait()
}

// passed is what the list is when the request goes on to an app server, of which
// none answers.
const passed = "passed on"

func (s *square) list(r *http.Request) string {
	w := httptest.NewRecorder()
	s.g.ServeHTTP(w, r)
	if w.Code == http.StatusServiceUnavailable {
		return passed
	}
	if got := w.Header(); got.Get("X-Own") != "yes" || got.Get("Content-Type") != "application/json" || got.Get("Cache-Control") != "no-store" {
		s.t.Errorf("headers %v", got)
	}
	var cards []string
	if err := json.Unmarshal(w.Body.Bytes(), &cards); err != nil {
		s.t.Errorf("status %d, %s: %v", w.Code, w.Body, err)
	}
	return strings.Join(cards, " ")
}

func (s *square) want(what, want string) {
	s.t.Helper()
	if got := s.list(httptest.NewRequest(http.MethodGet, listPath, nil)); got != want {
		s.t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func TestLists(t *testing.T) {
	for name, test := range map[string]func(*square){
		"the most watched of all nodes first": func(s *square) {
			s.want("nobody has said anything", passed)
			s.has("a", "t1:5", "t2")
			s.say()
			s.want("one has said nothing", passed)
			s.has("b", "t3:7", "t4:1", "t5")
			s.say()
			s.want("all have said what they have", "b/t3 a/t1 b/t4")
		},
		"an empty list is a list": func(s *square) {
			s.has("a")
			s.has("b")
			s.say()
			s.want("no games", "")
		},
		"a table that moved is there once": func(s *square) {
			s.has("a", "t1:5", "t2:4")
			s.has("b")
			s.say()
			delete(s.tables, "a") // it has not said so yet that t1 is elsewhere
			s.has("b", "t1:5")
			s.say()
			s.want("both name it", "b/t1 a/t2")
		},
		"a node that dies takes its games along": func(s *square) {
			s.has("a", "t1:5")
			s.has("b", "t2:4")
			s.say()
			s.want("both live", "a/t1 b/t2")
			s.lose()
			time.Sleep(time.Second) // and no more
			s.want("a is dead", "b/t2")
			s.say()
			s.want("what the dead say is not heard", "b/t2")
		},
		"a node that joins is waited for": func(s *square) {
			s.has("a", "t1:5")
			s.has("b", "t2:4")
			s.say()
			s.join("c")
			s.say()
			s.want("c has said nothing", passed)
			s.has("c", "t3:9")
			s.say()
			s.want("it has", "c/t3 a/t1 b/t2")
		},
		"lost messages heal": func(s *square) {
			s.has("a", "t1:5")
			s.has("b", "t2:4")
			s.say()
			delete(s.tables, "b")
			s.say()
			s.say()
			s.want("two are lost", "a/t1 b/t2")
			s.say()
			s.want("b lives, and is not heard for long", passed)
			s.has("b", "t4:9")
			s.say()
			s.want("it is heard again", "b/t4 a/t1")
		},
		"a part that is not whole is no list": func(s *square) {
			s.has("a", "t1:5")
			s.has("b", "t2:4")
			s.cut["b"] = true
			s.say()
			s.want("b has more", passed)
			s.cut["b"] = false
			s.say()
			s.want("b has no more", "a/t1 b/t2")
		},
		"nobody is there": func(s *square) {
			s.has("a", "t1")
			s.has("b")
			s.say()
			s.lose()
			s.lose()
			s.say()
			s.want("all are dead", passed)
		},
		"nonsense is left out": func(s *square) {
			s.has("a", "t1")
			s.has("b")
			for _, b := range []string{"", "{", `{"node":"","list":"watch"}`, `{"node":"c","list":"other","entries":[{"table":"t9"}]}`} {
				if err := s.bus.Publish(gateway.ListSubject, []byte(b)); err != nil {
					s.t.Fatal(err)
				}
			}
			s.say()
			s.want("the rest is heard", "a/t1")
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { test(newSquare(t, "a", "b")) })
		})
	}
}

// What is not the same for everybody, or asks for something else, is for app
// servers.
func TestListsAreForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSquare(t, "a")
		s.has("a", "t1")
		s.say()
		for name, row := range map[string]struct {
			method, path, header, want string
		}{
			"a visitor":          {"GET", listPath, "", "a/t1"},
			"with a query":       {"GET", listPath + "?x=1", "", "a/t1"},
			"somebody signed in": {"GET", listPath, "Cookie: kibitz=x", "a/t1"},
			"a program":          {"GET", listPath, "Authorization: Bearer x", passed},
			"a new table":        {"POST", listPath, "", passed},
			"another address":    {"GET", "/api/v1/house", "", passed},
		} {
			r := httptest.NewRequest(row.method, row.path, nil)
			if key, value, ok := strings.Cut(row.header, ": "); ok {
				r.Header.Set(key, value)
			}
			if got := s.list(r); got != row.want {
				t.Errorf("%s: got %q, want %q", name, got, row.want)
			}
		}
	})
}

// A list that was not put together again for a while, as when the gateway stood
// still, is not served.
func TestListsGrowOld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSquare(t, "a")
		s.has("a", "t1")
		s.say()
		s.want("it is fresh", "a/t1")
		until := make(chan struct{})
		s.stuck.Store(&until)
		time.Sleep(3 * time.Second)
		answered := make(chan string)
		go func() { answered <- s.list(httptest.NewRequest(http.MethodGet, listPath, nil)) }()
		synctest.Wait() // the request goes on, and waits for who lives
		s.stuck.Store(nil)
		close(until)
		if got := <-answered; got != passed {
			t.Errorf("after 3 s: got %q, want it %s", got, passed)
		}
		s.say()
		s.want("the gateway goes on", "a/t1")
	})
}

// A request costs the same, however many nodes there are.
func TestListsCostNothingPerNode(t *testing.T) {
	allocs := func(nodes int) (n float64) {
		synctest.Test(t, func(t *testing.T) {
			s := newSquare(t)
			for i := range nodes {
				id := cluster.NodeID(fmt.Sprintf("n%d", i))
				s.join(id)
				s.has(id, fmt.Sprintf("t%d:%d", i, i), fmt.Sprintf("u%d", i))
			}
			s.say()
			r := httptest.NewRequest(http.MethodGet, listPath, nil)
			var body atomic.Int64
			n = testing.AllocsPerRun(100, func() {
				w := httptest.NewRecorder()
				s.g.ServeHTTP(w, r)
				body.Store(int64(w.Body.Len()))
			})
			if body.Load() == 0 {
				t.Error("an empty answer")
			}
		})
		return n
	}
	if few, many := allocs(3), allocs(300); many > few+1 {
		t.Errorf("an answer takes %.0f allocations with 3 nodes, %.0f with 300", few, many)
	}
}
