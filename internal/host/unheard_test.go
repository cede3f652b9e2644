package host

import (
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/inmem"
	"kibitz/internal/table"
)

// farSocket is a socket to which the way leads through another node.
type farSocket struct {
	socket
	since atomic.Pointer[time.Time]
}

func (s *farSocket) Unheard() (time.Time, bool) {
	if since := s.since.Load(); since != nil {
		return *since, true
	}
	return time.Time{}, false
}

// silentWorld is a game in which Anna has thought for 20 s, and nothing was heard
// of the way to her socket for the last 3.
type silentWorld struct {
	*lostWorld
	far   *farSocket
	since time.Time
}

// heard is the next sign of life.
func (s *silentWorld) heard() {
	s.far.since.Store(nil)
	s.Heard(s.far, s.since)
	synctest.Wait()
}

// A player pays nothing for the silence of a node of ours, however short, and
// gains nothing by it.
func TestUnheardWay(t *testing.T) {
	for _, row := range []struct {
		name string
		do   func(s *silentWorld)
	}{
		{"her move comes before any sign of life", func(s *silentWorld) {
			s.Submit(add(s.id, anna, "now", 1), s.far)
			synctest.Wait()
			s.wantLeft("hers", 0, 165)
			s.heard()
			s.wantLeft("heard", 0, 165)
			s.wantLeft("his", 1, 180)
		}},
		{"a sign of life comes first", func(s *silentWorld) {
			s.heard()
			s.wantLeft("heard", 0, 163)
			s.sleep(5)
			s.wantLeft("later", 0, 158)
		}},
		{"she comes another way", func(s *silentWorld) {
			s.join(s.id, anna)
			synctest.Wait()
			s.wantLeft("back", 0, 163)
			s.sleep(5)
			s.heard()
			s.wantLeft("later", 0, 158)
		}},
		{"her flag would fall", func(s *silentWorld) {
			s.sleep(170)
			s.wantLeft("waited for", 0, 163)
			s.heard()
			s.sleep(5)
			s.wantLeft("heard", 0, 158)
		}},
		{"it is his turn", func(s *silentWorld) {
			s.must(add(s.id, anna, "elsewhere", 1))
			s.sleep(5)
			s.heard()
			s.wantLeft("his", 1, 175)
			s.wantLeft("hers", 0, 165)
		}},
		{"she looks on through the same node", func(s *silentWorld) {
			other := &farSocket{}
			other.since.Store(&s.since)
			s.Join(Join{Table: s.id, User: anna, Conn: other, Watch: true})
			s.heard()
			s.wantLeft("heard", 0, 163)
		}},
		{"she looks on through another node", func(s *silentWorld) {
			s.Join(Join{Table: s.id, User: anna, Conn: &socket{}, Watch: true})
			s.heard()
			s.wantLeft("heard", 0, 160)
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := sharing(t, inmem.NewJournal())
				defer w.stop()
				w.takeOver(5, time.Time{})
				s := &silentWorld{lostWorld: &lostWorld{world: w, id: w.create(setup(anna, bert))}, far: &farSocket{}}
				w.play(s.id, 2)
				w.Join(Join{Table: s.id, User: anna, Conn: s.far})
				s.bert = w.join(s.id, bert)
				s.sleep(17)
				s.since = time.Now()
				s.far.since.Store(&s.since)
				s.sleep(3)
				row.do(s)
			})
		})
	}
}

// A move that the journal did not take counts from when it first came.
func TestMoveThatComesAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, j, id := fatefulGame(t, 2)
		defer w.stop()
		time.Sleep(20 * time.Second)
		j.set(func(table.ID, table.Seq) fate { return fate{err: errors.New("no leader")} })
		if _, err := w.do(add(id, anna, "again", 1)); !errors.Is(err, ErrInternal) {
			t.Fatalf("got %v, want ErrInternal", err)
		}
		time.Sleep(8 * time.Second)
		j.set(nil)
		w.must(add(id, anna, "again", 1))
		w.wantLeft(id, 162*time.Second)
		w.must(add(id, bert, "then", 1))
		time.Sleep(5 * time.Second)
		w.must(add(id, anna, "other", 1))
		w.wantLeft(id, 159*time.Second)
	})
}
