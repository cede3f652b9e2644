package gateway

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/table"
)

// ListSubject is where app servers say what they have for the public lists.
const ListSubject = "lists"

// ListsEvery is how often each app server says so, changed or not: that way a
// gateway that is new, or has missed something, soon knows.
const ListsEvery = 2 * time.Second

// Times of the lists.
const (
	// mergeEvery is how often lists are put together.
	mergeEvery = 500 * time.Millisecond
	// staleAfter is how long a gateway goes by what an app server said: two
	// messages may be lost. Who is dead is left out long before.
	staleAfter = 3*ListsEvery + mergeEvery
	// pageLife is how long a list is served that was not put together again, as
	// by a gateway that stood still.
	pageLife = 4 * mergeEvery
)

// Bounds of what is kept and of what may wait.
const (
	maxNodes   = 4096
	listBuffer = 1024
)

// Part is what one app server has for a public list.
type Part struct {
	Node cluster.NodeID `json:"node"`
	// List is the name of the list in Config.Lists.
	List    string  `json:"list"`
	Entries []Entry `json:"entries"`
	// Cut says that there are more, which the whole list would have.
	Cut bool `json:"cut,omitempty"`
}

// Entry is one table of a list. Higher ranks come first.
type Entry struct {
	Table table.ID `json:"table"`
	Rank  int      `json:"rank,omitempty"`
	// Card is what the list shows of it, the same for everybody.
	Card json.RawMessage `json:"card"`
}

// List is a public list that a gateway puts together and serves.
type List struct {
	// Path is where clients ask for it, by GET.
	Path string
	// Most is how many entries it has. Default: all.
	Most int
	// Body returns the answer with these cards.
	Body func(cards []json.RawMessage) ([]byte, error)
}

// lists are the public lists as this gateway knows them. It is safe for
// concurrent use.
type lists struct {
	cfg Config
	// served is how many requests were answered.
	served atomic.Int64

	mu    sync.Mutex
	heard map[string]map[cluster.NodeID]heard // by the name of the list
	pages map[string]page                     // by path
}

// heard is a part, and when it came.
type heard struct {
	Part
	at time.Time
}

// page is a list that is ready to be served.
type page struct {
	body  []byte
	until time.Time
}

func newLists(cfg Config) *lists {
	x := &lists{cfg: cfg, heard: make(map[string]map[cluster.NodeID]heard), pages: make(map[string]page)}
	for name := range cfg.Lists {
		x.heard[name] = make(map[cluster.NodeID]heard)
	}
	return x
}

// serve answers a request for a list that is known as a whole. Who comes with a
// token is for an app server, which knows whether it is good.
func (x *lists) serve(w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead || r.Header.Get("Authorization") != "" {
		return false
	}
	x.mu.Lock()
	p := x.pages[r.URL.Path]
	x.mu.Unlock()
	if !time.Now().Before(p.until) {
		return false
	}
	x.cfg.Headers(w.Header(), r)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(p.body) // nobody is there to be told
	x.served.Add(1)
	return true
}

// run keeps the lists until ctx is done.
func (x *lists) run(ctx context.Context) {
	if len(x.cfg.Lists) == 0 {
		return
	}
	var hearing sync.WaitGroup
	hearing.Go(func() { x.hear(ctx) })
	defer hearing.Wait()
	ticker := time.NewTicker(mergeEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			x.merge(time.Now())
		case <-ctx.Done():
			return
		}
	}
}

// hear listens to the app servers, again whenever that ends.
func (x *lists) hear(ctx context.Context) {
	for ctx.Err() == nil {
		if err := x.listen(ctx); err != nil && ctx.Err() == nil {
			x.cfg.Log.Warn("the lists of app servers cannot be heard for a moment", "err", err)
		}
		select {
		case <-time.After(mergeEvery):
		case <-ctx.Done():
		}
	}
}

func (x *lists) listen(ctx context.Context) error {
	said, err := x.cfg.Bus.Subscribe(ListSubject, listBuffer)
	if err != nil {
		return err
	}
	defer said.Close()
	for {
		msg, err := said.Next(ctx)
		if err != nil {
			return err
		}
		var p Part
		if err := json.Unmarshal(msg.Data, &p); err != nil || p.Node == "" {
			x.cfg.Log.Warn("a part of a list makes no sense", "err", err)
			continue
		}
		x.take(p, time.Now())
	}
}

// take keeps a part in place of the one before.
func (x *lists) take(p Part, now time.Time) {
	x.mu.Lock()
	defer x.mu.Unlock()
	parts, known := x.heard[p.List]
	if _, kept := parts[p.Node]; known && (kept || len(parts) < maxNodes) { // others have lists that are not known here
		parts[p.Node] = heard{p, now}
	}
}

// merge puts every list together again.
func (x *lists) merge(now time.Time) {
	apps := make(map[cluster.NodeID]bool)
	for _, n := range x.cfg.Cluster.Nodes() {
		if n.Role == cluster.App && !n.Gone {
			apps[n.ID] = true
		}
	}
	for name, l := range x.cfg.Lists {
		x.mu.Lock()
		maps.DeleteFunc(x.heard[name], func(_ cluster.NodeID, p heard) bool { return now.Sub(p.at) > staleAfter })
		parts := maps.Clone(x.heard[name])
		x.mu.Unlock()
		entries, whole := l.join(apps, parts)
		var body []byte
		if whole {
			body = x.body(l, entries)
		}
		x.mu.Lock()
		delete(x.pages, l.Path)
		if body != nil {
			x.pages[l.Path] = page{body, now.Add(pageLife)}
		}
		x.mu.Unlock()
	}
}

// join returns the entries of a list, the first first, and whether they are all:
// whether everybody who lives has said what they have.
func (l List) join(apps map[cluster.NodeID]bool, parts map[cluster.NodeID]heard) (all []Entry, whole bool) {
	var newest []heard
	for id := range apps {
		p, ok := parts[id]
		if !ok || p.Cut {
			return nil, false
		}
		newest = append(newest, p)
	}
	slices.SortFunc(newest, func(a, b heard) int { return b.at.Compare(a.at) })
	seen := make(map[table.ID]bool)
	for _, p := range newest {
		for _, e := range p.Entries {
			if !seen[e.Table] { // else it has moved since the other said so
				seen[e.Table] = true
				all = append(all, e)
			}
		}
	}
	slices.SortFunc(all, func(a, b Entry) int { return cmp.Or(cmp.Compare(b.Rank, a.Rank), cmp.Compare(a.Table, b.Table)) })
	if l.Most > 0 {
		all = all[:min(l.Most, len(all))]
	}
	return all, len(apps) > 0
}

// body returns the answer of a list, or nil when there is none.
func (x *lists) body(l List, entries []Entry) []byte {
	cards := make([]json.RawMessage, 0, len(entries))
	for _, e := range entries {
		cards = append(cards, e.Card)
	}
	b, err := l.Body(cards)
	if err != nil {
		x.cfg.Log.Error("a list cannot be put together", "path", l.Path, "err", err)
		return nil
	}
	return b
}
