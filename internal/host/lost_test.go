package host

import (
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/inmem"
	"kibitz/internal/table"
)

// lostWorld is a game in which Anna has thought for 20 s when the node that her
// socket is on dies.
type lostWorld struct {
	*world
	id table.ID
	// way is the socket through that node, and seen its last sign of life.
	way  *socket
	bert *socket
	seen time.Time
}

func (l *lostWorld) sleep(seconds time.Duration) {
	time.Sleep(seconds * time.Second)
	synctest.Wait()
}

// news is that the node has died.
func (l *lostWorld) news() {
	l.Lose(l.way, l.seen)
	synctest.Wait()
}

func (l *lostWorld) wantLeft(when string, seat game.Seat, seconds time.Duration) {
	l.tb.Helper()
	if got, want := l.left(l.id, seat), seconds*time.Second; got != want {
		l.tb.Errorf("%s: %v left, want %v", when, got, want)
	}
}

// A player pays nothing for the death of a node of ours, and gains nothing by it.
func TestLostWay(t *testing.T) {
	rows := []struct {
		name string
		do   func(l *lostWorld)
	}{
		{"she comes back later", func(l *lostWorld) {
			l.sleep(3)
			l.news()
			l.wantLeft("lost", 0, 160)
			l.sleep(10)
			l.wantLeft("waited for", 0, 160)
			l.join(l.id, anna)
			l.sleep(5)
			l.wantLeft("back", 0, 155)
		}},
		{"she never comes back", func(l *lostWorld) {
			l.sleep(3)
			l.news()
			l.sleep(35)
			l.wantLeft("later", 0, 155)
			l.Lose(l.bert, l.seen)
			l.sleep(5)
			l.wantLeft("when his is found lost, too", 0, 150)
		}},
		{"she is back before the news", func(l *lostWorld) {
			l.sleep(1)
			l.join(l.id, anna)
			l.sleep(2)
			l.wantLeft("before", 0, 157)
			l.news()
			l.wantLeft("after", 0, 158)
			l.sleep(5)
			l.wantLeft("later", 0, 153)
		}},
		{"she moved before the news", func(l *lostWorld) {
			l.sleep(1)
			l.join(l.id, anna)
			l.must(add(l.id, anna, "now", 1))
			l.sleep(2)
			l.news()
			l.wantLeft("hers", 0, 161)
			l.wantLeft("his", 1, 178)
		}},
		{"she is back and gone again before the news", func(l *lostWorld) {
			l.sleep(1)
			c := l.join(l.id, anna)
			l.sleep(1)
			l.Drop(c)
			l.sleep(1)
			l.news()
			l.wantLeft("after", 0, 157)
		}},
		{"she closed her socket", func(l *lostWorld) {
			l.sleep(1)
			l.Drop(l.way)
			l.sleep(2)
			l.news()
			l.wantLeft("after", 0, 157)
		}},
		{"she looks on through another node", func(l *lostWorld) {
			l.Join(Join{Table: l.id, User: anna, Conn: &socket{}, Watch: true})
			l.sleep(3)
			l.news()
			l.wantLeft("after", 0, 157)
		}},
		{"it was lost before her turn", func(l *lostWorld) {
			l.must(add(l.id, anna, "now", 1))
			l.sleep(2)
			l.must(add(l.id, bert, "then", 1))
			l.sleep(1)
			l.news()
			l.wantLeft("since her turn began", 0, 162)
		}},
		{"it is not his turn yet", func(l *lostWorld) {
			l.sleep(3)
			l.Lose(l.bert, l.seen)
			l.sleep(2)
			l.wantLeft("hers", 0, 155)
			l.must(add(l.id, anna, "now", 1))
			l.sleep(10)
			l.wantLeft("waited for", 1, 180)
			l.join(l.id, bert)
			l.sleep(5)
			l.wantLeft("back", 1, 175)
		}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := sharing(t, inmem.NewJournal())
				defer w.stop()
				w.takeOver(5, time.Time{})
				l := &lostWorld{world: w, id: w.create(setup(anna, bert))}
				w.play(l.id, 2)
				l.way, l.bert = w.join(l.id, anna), w.join(l.id, bert)
				l.sleep(20)
				l.seen = time.Now()
				row.do(l)
			})
		})
	}
}
