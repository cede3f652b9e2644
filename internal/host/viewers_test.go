package host

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/table"
)

// witness is a socket that follows a table as a client does, and complains
// when a record is missing, comes twice, or is shown before it is durable.
type witness struct {
	t       *testing.T
	journal *durable
	id      table.ID

	mu     sync.Mutex
	known  table.Seq
	viewer string
	over   bool
}

func (c *witness) Send(frame []byte) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.over {
		return false
	}
	text := string(frame)
	switch kind, rest, _ := strings.Cut(text, " "); kind {
	case "table":
		var seq table.Seq
		if _, err := fmt.Sscanf(rest, "viewer=%s seq=%d", &c.viewer, &seq); err != nil {
			c.t.Errorf("frame %q: %v", text, err)
		}
		c.see(seq)
		c.known = seq
	case "update":
		c.update(rest)
	case "replaced":
		c.viewer = "-1"
	}
	return true
}

// update reads the numbers of "viewer=0 ack="" 2:added 3: running=...".
func (c *witness) update(text string) {
	fields := strings.Fields(text)
	if viewer := strings.TrimPrefix(fields[0], "viewer="); c.viewer != "" && viewer != c.viewer {
		c.t.Errorf("viewer %s got %q", c.viewer, text)
	}
	for _, f := range fields[2:] {
		number, typ, ok := strings.Cut(f, ":")
		if !ok {
			continue
		}
		seq, err := strconv.ParseUint(number, 10, 64)
		if err != nil || table.Seq(seq) != c.known+1 {
			c.t.Errorf("after record %d came %q", c.known, text)
		}
		c.see(table.Seq(seq))
		if typ == "whispered" && c.viewer == "-1" {
			c.t.Errorf("a spectator got %q", text)
		}
		c.known = table.Seq(seq)
	}
}

func (c *witness) see(seq table.Seq) {
	if stored := c.journal.last(c.id); seq > stored {
		c.t.Errorf("record %d was shown when %d were durable", seq, stored)
	}
}

func (c *witness) close() table.Seq {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.over = true
	return c.known
}

// durable is a Journal that knows, from below, how far each table is stored.
type durable struct {
	table.Journal
	mu     sync.Mutex
	stored map[table.ID]table.Seq
}

func (d *durable) Append(ctx context.Context, id table.ID, expected table.Seq, r []table.Record) error {
	time.Sleep(time.Duration(rand.IntN(3)) * time.Millisecond)
	err := d.Journal.Append(ctx, id, expected, r)
	if err == nil {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.stored[id] = expected + table.Seq(len(r))
	}
	return err
}

func (d *durable) last(id table.ID) table.Seq {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.stored[id]
}

// TestViewersMissNothing lets players and spectators come, go, resume and act
// while the journal fails now and then. Every socket must see 1, 2, 3 ...
// without a gap, and nothing before it is durable.
func TestViewersMissNothing(t *testing.T) {
	for seed := range uint64(10) {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t, func(w *world) {
				w.journal.Journal = &durable{Journal: w.journal.Journal, stored: make(map[table.ID]table.Seq)}
			})
			defer w.stop()
			s := benchSetup()
			id := w.create(s)
			setFaults(w.journal, seed)
			var people sync.WaitGroup
			for i, p := range []table.Player{anna, bert, anna, cora, {}, {}} {
				v := &visitor{world: w, t: t, id: id, player: p, rng: rand.New(rand.NewPCG(seed, uint64(i)))}
				people.Go(v.live)
			}
			people.Wait()
			w.journal.set(nil)
			if stored := w.journal.Journal.(*durable).last(id); stored < 50 {
				t.Errorf("seed %d: only %d records came to be, which proves little", seed, stored)
			}
		})
	}
}

// visitor comes and goes for a minute.
type visitor struct {
	*world
	t      *testing.T
	id     table.ID
	player table.Player
	rng    *rand.Rand
	known  table.Seq
}

func (v *visitor) live() {
	for range 25 {
		c := &witness{t: v.t, journal: v.journal.Journal.(*durable), id: v.id, known: v.known}
		v.Join(Join{Table: v.id, User: v.player, Conn: c, After: v.known})
		v.visit(c)
		if v.rng.IntN(2) == 0 {
			v.Drop(c)
		}
		v.known = c.close()
		if v.rng.IntN(4) == 0 {
			v.known = 0
		}
	}
}

func (v *visitor) visit(c *witness) {
	for n := range v.rng.IntN(8) {
		time.Sleep(time.Duration(v.rng.IntN(50)) * time.Millisecond)
		action := table.ActionID(fmt.Sprintf("%d.%d", v.rng.Uint32(), n))
		cmd := add(v.id, v.player, action, 1)
		if v.rng.IntN(3) == 0 {
			cmd = command(v.id, v.player, action, "whisper", `{"word":"psst"}`)
		}
		if v.rng.IntN(2) == 0 {
			v.Submit(cmd, c)
			continue
		}
		if _, err := v.Do(v.t.Context(), cmd); errors.Is(err, table.ErrConflict) {
			return // the table was let go of: a client reconnects
		}
	}
	time.Sleep(time.Second)
}
