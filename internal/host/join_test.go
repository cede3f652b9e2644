package host

import (
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/table"
)

func TestResume(t *testing.T) {
	tests := []struct {
		name  string
		after table.Seq
		want  string
	}{
		{"knows nothing", 0, `table viewer=1 seq=72 {"total":70,"ply":70,"word":"psst"} running=0 held=false`},
		{"has everything", 72, `update viewer=1 ack="" running=0 held=false`},
		{"missed two", 70, `update viewer=1 ack="" 71:added 72:whispered running=0 held=false`},
		{"missed too much", 7, `table viewer=1 seq=72 {"total":70,"ply":70,"word":"psst"} running=0 held=false`},
		{"knows the future", 73, `table viewer=1 seq=72 {"total":70,"ply":70,"word":"psst"} running=0 held=false`},
	}
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		id := w.create(setup(anna, bert))
		w.play(id, 70)
		w.must(command(id, bert, "w", "whisper", `{"word":"psst"}`))
		for _, tt := range tests {
			c := &socket{}
			w.Join(Join{Table: id, User: bert, Conn: c, After: tt.after})
			synctest.Wait()
			if got := c.got(); len(got) != 2 || got[0] != tt.want {
				t.Errorf("%s: got %q, want %q and the presence", tt.name, got, tt.want)
			}
			w.Drop(c)
		}
	})
}

// A spectator of the whole history is not told what was whispered.
func TestResumeKeepsSecrets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		id := w.create(setup(anna, bert))
		w.must(command(id, bert, "w", "whisper", `{"word":"psst"}`))
		w.must(add(id, anna, "m1", 1))
		for _, p := range []table.Player{anna, cora, {}} {
			c := &socket{}
			w.Join(Join{Table: id, User: p, Conn: c, After: 1})
			d := w.join(id, p)
			synctest.Wait()
			viewer := "-1"
			if p == anna {
				viewer = "0"
			}
			if got, want := c.got()[0], `update viewer=`+viewer+` ack="" 2: 3:added running=-1 held=false`; got != want {
				t.Errorf("%s missed %q, want %q", p.Name, got, want)
			}
			if got, want := d.got()[0], `table viewer=`+viewer+` seq=3 {"total":1,"ply":1} running=-1 held=false`; got != want {
				t.Errorf("%s sees %q, want %q", p.Name, got, want)
			}
		}
	})
}

func TestTakeover(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		id := w.create(setup(anna, bert))
		first := w.join(id, anna)
		synctest.Wait()
		first.got()
		second := w.join(id, anna)
		synctest.Wait()
		wantFrames(t, "the first", first.got(), "replaced", "presence online away@946684840 +1")
		wantFrames(t, "the second", second.got(),
			`table viewer=0 seq=1 {"total":0,"ply":0} running=-1 held=false`, "presence online away@946684840 +1")

		w.must(command(id, anna, "w", "whisper", `{"word":"psst"}`))
		synctest.Wait()
		wantFrames(t, "the first, a spectator now", first.got(), `update viewer=-1 ack="" 2: running=-1 held=false`)
		second.got()

		// Back again: what a spectator saw does not count for the seat.
		w.Join(Join{Table: id, User: anna, Conn: first, After: 2})
		synctest.Wait()
		if got, want := first.got()[0], `table viewer=0 seq=2 {"total":0,"ply":0,"word":"psst"} running=-1 held=false`; got != want {
			t.Errorf("the first, back: %q, want %q", got, want)
		}
		wantFrames(t, "the second", second.got(), "replaced", "presence online away@946684840 +1")
	})
}

func TestWatchDoesNotTakeTheSeat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		id := w.create(setup(anna, bert))
		first, second := w.join(id, anna), &socket{}
		synctest.Wait()
		first.got()
		w.Join(Join{Table: id, User: anna, Conn: second, Watch: true})
		synctest.Wait()
		wantFrames(t, "the player", first.got(), "presence online away@946684840 +1")
		if got, want := second.got()[0], `table viewer=-1 seq=1 {"total":0,"ply":0} running=-1 held=false`; got != want {
			t.Errorf("the watcher got %q, want %q", got, want)
		}
	})
}

func TestSitTakesTheSeatAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		id := w.create(setup(anna, table.Player{}))
		a, b := w.join(id, anna), w.join(id, bert)
		time.Sleep(time.Hour)
		w.Drop(a)
		time.Sleep(time.Hour)
		b.got()
		w.Submit(command(id, bert, "s", "sit", `{"type":"sit"}`), b)
		synctest.Wait()
		// Nobody is to blame for having been away while the table waited.
		wantFrames(t, "who sat down", b.got(),
			`update viewer=-1 ack="s" 2:table.seated running=-1 held=false`,
			`table viewer=1 seq=2 {"total":0,"ply":0} running=-1 held=false`,
			"presence away@946692040 online +0")
		if _, err := w.do(command(id, bert, "c", "claim-win", "{}")); err == nil {
			t.Error("the game can be claimed at once")
		}
	})
}

func TestSpectatorsShareBytes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		id := w.create(setup(anna, bert))
		a := w.join(id, anna)
		crowd := make([]*socket, 20)
		for i := range crowd {
			crowd[i] = w.join(id, table.Player{})
		}
		synctest.Wait()
		a.got()
		for i, c := range crowd {
			if frames := c.raw(); &frames[0][0] != &crowd[0].raw()[0][0] {
				t.Errorf("spectator %d has a table of its own", i)
			}
		}
		for _, c := range crowd {
			c.got()
		}
		w.must(add(id, anna, "m1", 1))
		synctest.Wait()
		for i, c := range crowd {
			if frames := c.raw(); len(frames) != 1 || &frames[0][0] != &crowd[0].raw()[0][0] {
				t.Errorf("spectator %d has %d frames, or one of its own", i, len(frames))
			}
		}
	})
}

// A spectator who does something gets the acknowledgement, and others do not.
func TestSpectatorsOwnAction(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		id := w.create(setup(anna, bert))
		a, c, d := w.join(id, anna), w.join(id, cora), w.join(id, table.Player{})
		synctest.Wait()
		a.got()
		c.got()
		d.got()
		w.Submit(command(id, cora, "c1", "chat", `{"type":"chat","text":"well played"}`), c)
		synctest.Wait()
		wantFrames(t, "who chats", c.got(), `update viewer=-1 ack="c1" 2:table.chat running=-1 held=false`)
		wantFrames(t, "another spectator", d.got(), `update viewer=-1 ack="" 2:table.chat running=-1 held=false`)
		wantFrames(t, "the player", a.got(), `update viewer=0 ack="" 2: running=-1 held=false`)
	})
}

func TestLeaveAndDrop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		id, other := w.create(setup(anna, bert)), w.create(setup(anna, cora))
		c := &socket{}
		for _, at := range []table.ID{id, other} {
			w.Join(Join{Table: at, User: anna, Conn: c})
		}
		synctest.Wait()
		c.got()
		w.Leave(id, c, Leaving{})
		synctest.Wait()
		w.must(add(id, anna, "m1", 1))
		w.must(add(other, anna, "m1", 1))
		synctest.Wait()
		wantFrames(t, "at the other table", c.got(), `update viewer=0 ack="" 2:added running=-1 held=false`)
		w.Drop(c)
		synctest.Wait()
		w.must(add(other, cora, "m2", 1))
		wantFrames(t, "after the drop", c.got())
		if n := w.Counts().Sockets; n != 0 {
			t.Errorf("%d sockets follow something, want 0", n)
		}
	})
}

// A socket that turns out to be gone holds no seat any more.
func TestDeadSocketIsBuried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		id := w.create(setup(anna, bert))
		a, b := w.join(id, anna), w.join(id, bert)
		synctest.Wait()
		b.got()
		a.close()
		w.must(add(id, anna, "m1", 1))
		time.Sleep(2 * time.Second)
		wantFrames(t, "the opponent", b.got(),
			`update viewer=1 ack="" 2:added running=-1 held=false`, "presence away@946684840 online +0")
		if n := w.Counts().Sockets; n != 1 {
			t.Errorf("%d sockets follow something, want 1", n)
		}
	})
}
