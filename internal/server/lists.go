package server

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/games"
	"kibitz/internal/gateway"
	"kibitz/internal/host"
	"kibitz/internal/httpapi"
	"kibitz/internal/poker"
	"kibitz/internal/rooms"
)

// The lists that are the same for everybody: gateways keep and serve them, of
// what app servers say on the bus. Every node calls them the same.
const (
	listWatch = "watch"
	listPoker = "poker"
)

// maxPart is how many bytes of cards one node names for a list; when there are
// more, gateways leave the list to the app servers.
const maxPart = cluster.MaxMessage / 2

// publicLists is what a gateway serves by itself.
func publicLists() map[string]gateway.List {
	return map[string]gateway.List{
		listWatch: {Path: httpapi.PathTables, Most: httpapi.Watchable, Body: func(cards []json.RawMessage) ([]byte, error) {
			return json.Marshal(httpapi.TablesBody(cards))
		}},
		listPoker: {Path: httpapi.PathPokerTables, Body: func(cards []json.RawMessage) ([]byte, error) {
			return json.Marshal(httpapi.RoomsBody(cards, games.Presets(), poker.Kind))
		}},
	}
}

// harden gives an answer of the gateway the headers of those of app servers.
func (c Config) harden(h http.Header, r *http.Request) { httpapi.Harden(h, c.Secure || r.TLS != nil) }

// show says every so often what this node has for the lists, and how far the
// archive is behind, until ctx is done.
func (n *appNode) show(ctx context.Context) {
	if n == nil {
		return
	}
	ticker := time.NewTicker(gateway.ListsEvery)
	defer ticker.Stop()
	for {
		n.showPart(listWatch, listed(n.server.host.Watchable(ctx, httpapi.Watchable), watchEntry))
		n.showPart(listPoker, listed(rooms.Public(n.server.host.Rooms(ctx), poker.Kind), roomEntry))
		n.publish(LagSubject, n.server.backlog.lag(n.self.ID))
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

// showPart says what this node has for one list.
func (n *appNode) showPart(list string, all []gateway.Entry) {
	n.publish(gateway.ListSubject, partOf(n.self.ID, list, all))
}

// publish says something to whoever listens. What is lost is said again soon.
func (n *appNode) publish(subject string, what any) {
	b, err := json.Marshal(what)
	if err == nil {
		err = n.server.stores.nats.client.Bus().Publish(subject, b)
	}
	if err != nil {
		n.cfg.Log.Warn("others do not hear of this node", "subject", subject, "err", err)
	}
}

// partOf returns as much of a list as fits into a message.
func partOf(self cluster.NodeID, list string, all []gateway.Entry) gateway.Part {
	size := 0
	for i := range all {
		if size += len(all[i].Card); size > maxPart || all[i].Card == nil {
			return gateway.Part{Node: self, List: list, Entries: all[:i], Cut: true}
		}
	}
	return gateway.Part{Node: self, List: list, Entries: all}
}

// listed makes entries of what is in a list.
func listed[T any](all []T, entry func(*T) gateway.Entry) []gateway.Entry {
	entries := make([]gateway.Entry, 0, len(all))
	for i := range all {
		entries = append(entries, entry(&all[i]))
	}
	return entries
}

func watchEntry(t *host.Summary) gateway.Entry {
	return gateway.Entry{Table: t.Table, Rank: t.Watchers, Card: encoded(httpapi.WatchCard(t))}
}

func roomEntry(r *host.Room) gateway.Entry {
	return gateway.Entry{Table: r.Table, Rank: r.People, Card: encoded(httpapi.RoomCard(r))}
}

// encoded is a card as app servers answer it, or nil where they cannot.
func encoded(card any) json.RawMessage {
	b, err := json.Marshal(card)
	if err != nil {
		return nil
	}
	return b
}
