package lichessapi

import (
	"net/http"
	"slices"
	"sync"

	"kibitz/internal/account"
	"kibitz/internal/table"
)

// The streams that one user may hold open, and of one address those that
// belong to nobody.
const (
	streamsOfUser   = 64
	streamsOfNobody = 16
)

// maxTouched is how many changed tables wait for one stream of events. One
// that is further behind is cut, and begins anew when its client comes back.
const maxTouched = 512

// streams knows the open streams. It is safe for concurrent use.
type streams struct {
	mu sync.Mutex
	// open counts the streams of every user; strangers count by address.
	open map[string]int
	// events are the event streams of every user, oldest first.
	events map[account.ID][]*eventStream
	// crowds are the streams about the games of many users, by each of them.
	crowds map[account.ID][]*eventStream
	// games are the streams of games, by who looks at what with what.
	games map[gameKey]*watcher
	// players counts the game streams of every user.
	players map[account.ID]int
}

type gameKey struct {
	user  account.ID
	table table.ID
	agent string
}

func newStreams() *streams {
	return &streams{
		open: make(map[string]int), events: make(map[account.ID][]*eventStream),
		crowds: make(map[account.ID][]*eventStream), games: make(map[gameKey]*watcher), players: make(map[account.ID]int),
	}
}

// enter counts a stream of a key, or refuses it; leave must follow.
func (x *streams) enter(key string, most int) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.open[key] >= most {
		return &refusal{status: http.StatusTooManyRequests, text: "Too many streams are open. Please close some of them, then try again"}
	}
	x.open[key]++
	return nil
}

func (x *streams) leave(key string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.open[key]--; x.open[key] <= 0 {
		delete(x.open, key)
	}
}

// addEvents adds a stream of events, and ends an older one of the same token.
func (x *streams) addEvents(e *eventStream) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, old := range x.events[e.user.ID] {
		if old.hash == e.hash {
			old.end()
		}
	}
	x.events[e.user.ID] = append(x.events[e.user.ID], e)
}

func (x *streams) removeEvents(e *eventStream) {
	x.mu.Lock()
	defer x.mu.Unlock()
	rest := slices.DeleteFunc(x.events[e.user.ID], func(other *eventStream) bool { return other == e })
	if len(rest) == 0 {
		delete(x.events, e.user.ID)
		return
	}
	x.events[e.user.ID] = rest
}

// addCrowd adds a stream about the games of some users, who are no more here for
// it. The answer takes it away.
func (x *streams) addCrowd(e *eventStream, users map[account.ID]bool) func() {
	x.mu.Lock()
	defer x.mu.Unlock()
	for user := range users {
		x.crowds[user] = append(x.crowds[user], e)
	}
	return func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		for user := range users {
			rest := slices.DeleteFunc(x.crowds[user], func(other *eventStream) bool { return other == e })
			if x.crowds[user] = rest; len(rest) == 0 {
				delete(x.crowds, user)
			}
		}
	}
}

// addGame adds the stream of a game, and ends an older one of the same kind.
func (x *streams) addGame(key gameKey, w *watcher) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if old := x.games[key]; old != nil {
		old.end()
	}
	x.games[key] = w
	x.players[key.user]++
}

func (x *streams) removeGame(key gameKey, w *watcher) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.games[key] == w {
		delete(x.games, key)
	}
	if x.players[key.user]--; x.players[key.user] <= 0 {
		delete(x.players, key.user)
	}
}

// touch tells the event streams of a user that a table has changed.
func (x *streams) touch(user account.ID, id table.ID) {
	x.mu.Lock()
	list := append(slices.Clone(x.events[user]), x.crowds[user]...)
	x.mu.Unlock()
	for _, e := range list {
		e.touch(id)
	}
}

// present reports whether a user holds any stream open.
func (x *streams) present(user account.ID) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(x.events[user]) > 0 || x.players[user] > 0
}

// listening returns the users with a stream of events.
func (x *streams) listening() []account.User {
	x.mu.Lock()
	defer x.mu.Unlock()
	list := make([]account.User, 0, len(x.events))
	for _, all := range x.events {
		list = append(list, all[0].user)
	}
	return list
}

// endToken ends what a token opened.
func (x *streams) endToken(hash account.TokenHash) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, all := range x.events {
		for _, e := range all {
			if e.hash == hash {
				e.end()
			}
		}
	}
	for _, w := range x.games {
		if w.hash == hash {
			w.end()
		}
	}
}
