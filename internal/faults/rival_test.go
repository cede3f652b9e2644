package faults

import (
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"kibitz/internal/server"
)

// rivals are people with accounts who play for ratings: some of them one short
// game after the other, and two of them one game by mail as long as it all lasts.
type rivals struct {
	duels []*duel
	mail  *duel
	post  chan struct{}
}

// rated are games that end soon, each in another way, on two ladders.
var rated = ways{rated: true, all: []course{
	{control: "5+3", moves: strings.Fields("e2e4 e7e5 d1h5 b8c6 f1c4 g8f6 h5f7"), ends: true},
	{control: "10+5", moves: script[:12]},
	{control: "5+3", moves: strings.Fields("f2f3 e7e5 g2g4 d8h4"), ends: true},
	{control: "10+5", moves: script[:13]},
	// The same position five times is a draw.
	{control: "5+3", moves: strings.Fields("g1f3 g8f6 f3g1 f6g8 g1f3 g8f6 f3g1 f6g8 g1f3 g8f6 f3g1 f6g8 g1f3 g8f6 f3g1 f6g8"), ends: true},
}}

// byMail is the control of the game by mail.
const byMail = "3d"

// compete has so many pairs sign up and play.
func compete(w *town, pairs int) *rivals {
	r := &rivals{post: make(chan struct{})}
	for range pairs {
		r.duels = append(r.duels, newDuel(w, [2]*guest{newMember(w, 0), newMember(w, 1)}, rated))
	}
	letters := ways{rated: true, post: r.post, all: []course{{control: byMail, moves: script}}}
	r.mail = newDuel(w, [2]*guest{newMember(w, 0), newMember(w, 1)}, letters)
	for _, d := range r.all() {
		w.await("people with accounts play", func() bool { return d.at() != "" })
	}
	r.write(w, 2)
	return r
}

// members counts who tried to sign up.
var members atomic.Int64

// newMember is somebody with an account. Who gets no answer tries another name:
// the first may be taken by now.
func newMember(w *town, client int) *guest {
	return newcomer(w, client, func(p *guest) (path, body string) {
		p.name = fmt.Sprintf("Rival-%d", members.Add(1))
		return "/api/v1/signup", fmt.Sprintf(`{"name":%q,"password":"quiet orchard seventeen lamps"}`, p.name)
	})
}

func (r *rivals) all() []*duel { return append(r.duels[:len(r.duels):len(r.duels)], r.mail) }

// write has so many letters sent and read.
func (r *rivals) write(w *town, n int) {
	sent := r.mail.made()
	for range n {
		r.mails(w)
	}
	w.await("letters are answered", func() bool { return r.mail.made() >= sent+n || r.mail.complaint() != "" })
}

// mails has one letter sent, which need not arrive.
func (r *rivals) mails(w *town) {
	select {
	case r.post <- struct{}{}:
	case <-time.After(generous):
		w.t.Fatalf("nobody has written for %v", generous)
	}
}

// through has a letter sent while something happens, and an answer after it; and
// looks that all went on playing.
func (r *rivals) through(w *town, do func()) {
	sent := r.mail.made()
	written := make(chan struct{})
	go func() {
		defer close(written)
		select {
		case r.post <- struct{}{}:
		case <-w.t.Context().Done():
		}
	}()
	do()
	<-written
	w.await("the letter is there", func() bool { return r.mail.made() > sent || r.mail.complaint() != "" })
	r.write(w, 1)
	at := time.Now()
	for _, d := range r.duels {
		w.await("people with accounts go on", func() bool { _, ok := d.since(at); return ok || d.complaint() != "" })
	}
	for _, d := range r.all() {
		if text := d.complaint(); text != "" {
			w.t.Error(text)
		}
	}
}

// finish has everybody stop, and returns what is known of their games.
func (r *rivals) finish() (games []played) {
	close(r.post)
	for _, d := range r.duels {
		d.stop()
	}
	for _, d := range r.all() {
		<-d.over
		games = append(games, d.games...)
	}
	return games
}

// made returns how many moves there were.
func (d *duel) made() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.moves)
}

// ladders are what games of these controls are rated as.
var ladders = map[string]string{"5+3": "blitz", "10+5": "rapid", byMail: "correspondence"}

// standing is what a gateway tells of somebody's games.
type standing struct {
	Counts  struct{ Rated int }
	Ratings []struct {
		Key   string
		Games int
	}
}

// judge compares the ratings: each has had all games that the players saw end,
// and is what follows from them.
func (r *rivals) judge(w *town) {
	games, short, ratings := 0, 0, 0
	for _, d := range r.all() {
		if text := d.complaint(); text != "" {
			w.t.Error(text)
		}
		for _, n := range d.finished {
			games += n
			ratings += len(d.two)
			if d != r.mail {
				short += n
			}
		}
		for _, p := range d.two {
			r.wait(w, p, d.finished)
		}
	}
	var out strings.Builder
	cfg := server.Config{Database: w.database, Cluster: server.Cluster{NATS: w.nats}, Log: slog.New(slog.DiscardHandler)}
	found, err := server.Check(w.t.Context(), cfg, &out)
	if err != nil || found.Differences > 0 || found.Rated != games || found.Ratings != ratings {
		w.t.Fatalf("Check() = %+v, %v, want %d ratings after %d games\n%s", found, err, ratings, games, &out)
	}
	w.t.Logf("%d rated games were finished by %d people, and %d ratings compared: each is what follows from the games, and counts all that its player saw end",
		games, 2*len(r.all()), ratings)
	if short == 0 || ratings == 0 || found.Hands == 0 {
		w.t.Errorf("%d rated games, %d ratings and %d hands prove little", games, ratings, found.Hands)
	}
}

// wait waits until the games of somebody are counted.
func (r *rivals) wait(w *town, p *guest, finished map[string]int) {
	want, all := make(map[string]int), 0
	for control, n := range finished {
		want[ladders[control]], all = n, all+n
	}
	var got standing
	w.await(fmt.Sprintf("%v of %s are counted", want, p.name), func() bool {
		got = standing{}
		if p.get("/api/v1/users/"+p.name, &got) != nil || got.Counts.Rated < all {
			return false
		}
		sum := 0
		for _, one := range got.Ratings {
			sum += one.Games
		}
		return sum >= all
	})
	for _, one := range got.Ratings {
		if one.Games != want[one.Key] {
			w.t.Errorf("the %s rating of %s counts %d games, and the player saw %d end", one.Key, p.name, one.Games, want[one.Key])
		}
	}
	if got.Counts.Rated != all {
		w.t.Errorf("%s has %d rated games, and saw %d end", p.name, got.Counts.Rated, all)
	}
}
