package loadgen

// frame is a message of the server, as far as a player needs it. Its texts are
// shared with the bytes that it was read from.
type frame struct {
	kind, table, id, ack, code []byte
	seq, retryMillis, nowAt    int64
	// you is the own seat, or nobody.
	you     int
	waiting bool
	// plies and over are the state of the game in a table message.
	plies int
	over  bool
	// gain is the increment, in milliseconds.
	gain   int64
	clocks clocks
	events []event
}

// nobody is where a seat is null or left out.
const nobody = -1

// clocks are the clocks of a game of two at a moment of the server's.
type clocks struct {
	known   bool
	held    bool
	running int
	at      int64
	left    [2]int64
}

// event is one numbered event. Only its number is known of one that the viewer
// may not see.
type event struct {
	seq, at, spent int64
	seat           int
	kind           []byte
	ply            int
	uci            []byte
	end            []byte
	// print is a hash of what was told, the same for everybody.
	print uint64
}

const moveKind = "move"

func (e *event) isMove() bool { return string(e.kind) == moveKind }

// read reads a message. The list of events is used again.
func (f *frame) read(b []byte) {
	*f = frame{you: nobody, events: f.events[:0]}
	for o := openObject(b); ; {
		name, value, ok := o.next()
		if !ok {
			return
		}
		f.field(name, value)
	}
}

func (f *frame) field(name, value []byte) {
	switch string(name) {
	case "type":
		f.kind = text(value)
	case "table":
		f.table = text(value)
	case "id":
		f.id = text(value)
	case "ack":
		f.ack = text(value)
	case "code":
		f.code = text(value)
	case "seq":
		f.seq = whole(value, 0)
	case "retry_ms":
		f.retryMillis = whole(value, 0)
	case "now_at":
		f.nowAt = whole(value, 0)
	case "you":
		f.you = int(whole(value, nobody))
	case "waiting":
		f.waiting = string(value) == "true"
	case "closed":
		f.over = f.over || string(value) == "true"
	case "state":
		f.state(value)
	case "info":
		f.gain = whole(lookup(lookup(value, "control"), "increment_ms"), 0)
	case "clocks":
		f.clocks.read(value)
	case "events":
		f.list(value)
	}
}

// state reads the state of a game of chess.
func (f *frame) state(b []byte) {
	for o := openObject(b); ; {
		name, value, ok := o.next()
		if !ok {
			return
		}
		switch string(name) {
		case "moves":
			f.plies = 0
			for a := openArray(value); ; f.plies++ {
				if _, ok := a.next(); !ok {
					break
				}
			}
		case "result":
			f.over = f.over || string(value) != "null"
		}
	}
}

func (c *clocks) read(b []byte) {
	*c = clocks{running: nobody}
	for o := openObject(b); ; {
		name, value, ok := o.next()
		if !ok {
			return
		}
		switch string(name) {
		case "left_ms":
			a := openArray(value)
			for i := range c.left {
				left, ok := a.next()
				c.known = ok
				c.left[i] = whole(left, 0)
			}
		case "running":
			c.running = int(whole(value, nobody))
		case "held":
			c.held = string(value) == "true"
		case "at":
			c.at = whole(value, 0)
		}
	}
}

func (f *frame) list(b []byte) {
	for a := openArray(b); ; {
		value, ok := a.next()
		if !ok {
			return
		}
		var e event
		e.read(value)
		f.events = append(f.events, e)
	}
}

func (e *event) read(b []byte) {
	e.seat = nobody
	for o := openObject(b); ; {
		name, value, ok := o.next()
		if !ok {
			break
		}
		switch string(name) {
		case "seq":
			e.seq = whole(value, 0)
		case "at":
			e.at = whole(value, 0)
		case "seat":
			e.seat = int(whole(value, nobody))
		case "spent_ms":
			e.spent = whole(value, 0)
		case "type":
			e.kind = text(value)
		case "view":
			e.view(value)
		}
	}
	e.print = e.fingerprint()
}

// fingerprint hashes what matters, so that a server of a later version may
// say more of an event than the one before it. It is never zero.
func (e *event) fingerprint() uint64 {
	h := fnvStart
	for _, n := range [...]int64{e.seq, e.at, int64(e.seat), e.spent, int64(e.ply)} {
		for range 8 {
			h = (h ^ uint64(n&0xff)) * fnvPrime
			n >>= 8
		}
	}
	for _, b := range [...][]byte{e.kind, e.uci, e.end} {
		for _, c := range b {
			h = (h ^ uint64(c)) * fnvPrime
		}
		h = (h ^ 0xff) * fnvPrime // no text has this byte
	}
	return h | 1
}

// The constants of FNV-1a.
const (
	fnvStart uint64 = 14695981039346656037
	fnvPrime uint64 = 1099511628211
)

func (e *event) view(b []byte) {
	if string(e.kind) == "ended" {
		e.end = b
	}
	if !e.isMove() {
		return
	}
	for o := openObject(b); ; {
		name, value, ok := o.next()
		if !ok {
			return
		}
		switch string(name) {
		case "ply":
			e.ply = int(whole(value, 0))
		case "uci":
			e.uci = text(value)
		}
	}
}
