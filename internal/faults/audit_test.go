package faults

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"kibitz/internal/server"
	"kibitz/internal/table"
)

// audit compares what the players know with the journal, looks for a history
// that all of it fits, and compares the journal with all that follows from it.
func (w *town) audit(games []played) {
	acts := 0
	for i := range games {
		g := &games[i]
		var records []table.Record
		w.await("the journal can be read", func() bool {
			ctx, cancel := context.WithTimeout(w.t.Context(), 10*time.Second)
			defer cancel()
			var err error
			records, err = w.view.journal.Read(ctx, g.table, 0)
			return err == nil
		})
		acts += w.sought(g, records)
		w.charged(g, records)
		g.story.close(records, g.unheard)
		if !g.story.linearizable() {
			w.t.Errorf("%s: what its clients saw fits no history: %+v", g.table, g.story.ops)
		}
	}
	if acts == 0 {
		w.t.Error("nobody did anything")
	}
	w.t.Logf("%d games and tables, %d acknowledged actions: each is in the journal, and there is one history that all of it fits", len(games), acts)
	w.t.Logf("the dearest move was charged %v more than its player thought", w.dearest)
	w.check()
}

// sought reports acknowledged actions that are not in the journal, and actions
// that are there twice.
func (w *town) sought(g *played, records []table.Record) int {
	last := make(map[string]table.Seq)
	for i := range records {
		r := &records[i]
		if r.Seq != table.Seq(i+1) {
			w.t.Errorf("%s: the record after %d has the number %d", g.table, i, r.Seq)
		}
		if r.Action == "" {
			continue
		}
		who := string(r.Actor) + "/" + string(r.Action)
		if seq, ok := last[who]; ok && seq != r.Seq-1 {
			w.t.Errorf("%s: the action %s is there at %d and again at %d", g.table, who, seq, r.Seq)
		}
		last[who] = r.Seq
	}
	for who := range g.acked {
		if last[who] == 0 {
			w.t.Errorf("%s: the action %s was acknowledged, and is not in the journal", g.table, who)
		}
	}
	return len(g.acked)
}

// fair is how much more than what a player thought a move may cost, after lag
// was compensated: as long as a browser needs to notice that nobody answers. A
// server that was there has answered by then, whatever else the machine does.
const fair = silence

// charged looks for moves that cost more than that.
func (w *town) charged(g *played, records []table.Record) {
	for i := range records {
		r := &records[i]
		c, ok := g.acked[string(r.Actor)+"/"+string(r.Action)]
		over := r.Spent - c.think
		if !ok || !r.Pressed {
			continue
		}
		if w.dearest = max(w.dearest, over); over > fair {
			w.t.Errorf("%s: the move %s at %v was charged %v more than its player thought, after%s",
				g.table, r.Action, r.At.Format(clockFormat), over, before(records[:i]))
		}
	}
}

const clockFormat = "15:04:05.000"

// before tells the last records, and when they were made.
func before(records []table.Record) string {
	var b strings.Builder
	for _, r := range records[max(0, len(records)-6):] {
		fmt.Fprintf(&b, " %s %s %q;", r.At.Format(clockFormat), r.Type, r.Data)
	}
	return b.String()
}

// check waits for the workers, and then compares journal, archive, ratings,
// ledger and hands.
func (w *town) check() {
	cfg := server.Config{Database: w.database, Cluster: server.Cluster{NATS: w.nats}, Log: slog.New(slog.DiscardHandler)}
	for end := time.Now().Add(2 * generous); ; time.Sleep(time.Second) {
		var out strings.Builder
		found, err := server.Check(w.t.Context(), cfg, &out)
		if err == nil && found.Differences == 0 && found.Pending == 0 {
			w.t.Logf("check: %d games, %d tables, %d hands, %d chips at tables, no difference", found.Games, found.Tables, found.Hands, found.Chips)
			if found.Games == 0 || found.Chips == 0 {
				w.t.Error("that proves little")
			}
			return
		}
		if time.Now().After(end) {
			w.t.Fatalf("Check() = %+v, %v\n%s", found, err, out.String())
		}
	}
}
