package loadgen

// book is a player's own clock as the server last showed it, to find what it
// was charged without reason.
type book struct {
	seat int
	// gain is what a move on a running clock adds.
	gain int64
	last clocks
	ply  int
	away []span
	// late is what turns cost that began when the server was back and the
	// player was not.
	late int64
}

// span is a time in which a player was away because the server was, by the
// server's clock in Unix milliseconds: nothing listened until up, and the
// player was back at to.
type span struct{ from, up, to int64 }

// events compares the clock after some events with the one before, and returns
// how much was charged beyond what is explained, in milliseconds.
func (k *book) events(list []event, now clocks) int64 {
	if !k.last.known || !now.known {
		k.show(now)
		return 0
	}
	r := runner{book: k, at: k.last.at, running: k.last.running, held: k.last.held}
	for i := range list {
		r.event(&list[i])
	}
	r.until(now.at)
	k.ply = max(k.ply, r.ply)
	return k.settle(now, r.ran, r.gained)
}

// table is events for when only the number of moves is told. Each may have
// taken the whole time, as far as the server was there.
func (k *book) table(plies int, now clocks) int64 {
	if !k.last.known || !now.known {
		k.ply = plies
		k.show(now)
		return 0
	}
	r := runner{book: k, at: k.last.at, running: k.seat}
	for ply := k.ply + 1; ply <= plies; ply++ {
		r.gain(ply)
	}
	if plies == k.ply {
		r.running, r.held = k.last.running, k.last.held && now.held
	} else {
		for i := range k.away {
			k.away[i].to = min(k.away[i].to, k.away[i].up)
		}
	}
	r.until(now.at)
	k.ply = plies
	return k.settle(now, r.ran, r.gained)
}

// settle returns what is missing on the clock.
func (k *book) settle(now clocks, ran, gained int64) int64 {
	missing := k.last.left[k.seat] + gained - ran - now.left[k.seat]
	k.show(now)
	if missing <= jitter.Milliseconds() {
		return 0
	}
	return missing
}

// show takes the clock as shown, and forgets the absences before it.
func (k *book) show(now clocks) {
	if !now.known {
		return
	}
	k.last = now
	kept := k.away[:0]
	for _, s := range k.away {
		if s.to > now.at {
			kept = append(kept, s)
		}
	}
	k.away = kept
}

// runner adds up how long a clock ran between two showings.
type runner struct {
	book    *book
	at      int64
	running int
	held    bool
	ran     int64
	gained  int64
	ply     int
}

func (r *runner) event(e *event) {
	switch string(e.kind) {
	case moveKind:
		r.until(e.at)
		r.gain(e.ply)
		r.ply, r.running = e.ply, nobody
		if e.ply >= seats {
			r.running = e.ply % seats
		}
		r.began(e.at)
	case "table.held":
		r.until(e.at)
		r.held = true
	case "table.released":
		r.until(e.at)
		r.held = false
	case "ended":
		r.until(e.at)
		r.running = nobody
	}
}

// began notes that a turn began: the server was there by then, and it holds
// only the turn that an outage interrupted.
func (r *runner) began(at int64) {
	for i := range r.book.away {
		s := &r.book.away[i]
		if s.from >= at || s.to <= at {
			continue
		}
		if r.running == r.book.seat {
			r.book.late += s.to - at
		}
		s.to = at
	}
}

// gain adds what a move brought: the first of each player brings nothing.
func (r *runner) gain(ply int) {
	if ply > seats && (ply-1)%seats == r.book.seat {
		r.gained += r.book.gain
	}
}

// until lets the clock run to a time.
func (r *runner) until(at int64) {
	if at <= r.at {
		return
	}
	if r.running == r.book.seat && !r.held {
		r.ran += at - r.at
		for _, s := range r.book.away {
			r.ran -= max(0, min(at, s.to)-max(r.at, s.from))
		}
	}
	r.at = at
}
