package host

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/inmem"
	"kibitz/internal/table"
)

// wantLeft checks the time of a seat, to a fraction of what an outage takes: it
// may be longer by the time between two signs of life.
func (w *world) wantLeft(id table.ID, want time.Duration) {
	w.tb.Helper()
	if got := w.left(id, 0); got > want+stallAfter/10 || got < want-500*time.Millisecond {
		w.tb.Errorf("%v left, want %v", got, want)
	}
}

// A process that was stopped and goes on charges nobody for it, and neither does
// an alarm that comes up first.
func TestStallCostsNobodyTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var skipped atomic.Int64
		now := func() time.Time { return time.Now().Add(time.Duration(skipped.Load())) }
		w := sharing(t, inmem.NewJournal(), func(c *Config) { c.Now = now })
		defer w.stop()
		w.takeOver(5, time.Time{})
		id := w.create(setup(anna, bert))
		w.play(id, 2)
		away := w.join(id, bert)
		time.Sleep(20 * time.Second)
		skipped.Add(int64(time.Hour)) // her flag would have fallen
		time.Sleep(200 * time.Millisecond)
		synctest.Wait()
		w.wantLeft(id, 160*time.Second)
		time.Sleep(10 * time.Second)
		w.wantLeft(id, 160*time.Second)
		away.got()
		w.join(id, anna)
		time.Sleep(5 * time.Second)
		w.wantLeft(id, 155*time.Second)
		skipped.Add(int64(10 * time.Second))
		time.Sleep(200 * time.Millisecond) // she is there
		synctest.Wait()
		w.wantLeft(id, 155*time.Second)
		time.Sleep(5 * time.Second)
		w.wantLeft(id, 150*time.Second)
	})
}

// fatefulGame is a game in a shared journal that can fail: both are there, and have
// made so many moves.
func fatefulGame(t *testing.T, moves int) (*world, *fateful, table.ID) {
	j := &fateful{Journal: inmem.NewJournal()}
	w := sharing(t, j)
	w.takeOver(5, time.Time{})
	id := w.create(setup(anna, bert))
	w.join(id, anna)
	w.join(id, bert)
	w.play(id, moves)
	return w, j, id
}

// The clock of who is to move begins when the move before can be seen, however
// long the journal took.
func TestSlowAppendCostsNobodyTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, j, id := fatefulGame(t, 1)
		defer w.stop()
		wait := make(chan struct{})
		j.set(func(table.ID, table.Seq) fate { return fate{wait: wait} })
		go func() { _, _ = w.do(add(id, bert, "slow", 1)) }()
		time.Sleep(8 * time.Second)
		j.set(nil)
		close(wait)
		synctest.Wait()
		w.wantLeft(id, 180*time.Second)
		time.Sleep(5 * time.Second)
		w.wantLeft(id, 175*time.Second)
	})
}
