package host

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

func TestLifeOfAMove(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		id := w.create(setup(anna, bert))
		a, b, c := w.join(id, anna), w.join(id, bert), w.join(id, cora)
		synctest.Wait()
		a.got()
		b.got()
		c.got()

		w.Submit(add(id, anna, "m1", 5), a)
		synctest.Wait()
		wantFrames(t, "the mover", a.got(), `update viewer=0 ack="m1" 2:added running=-1 held=false`)
		wantFrames(t, "the opponent", b.got(), `update viewer=1 ack="" 2:added running=-1 held=false`)
		wantFrames(t, "the spectator", c.got(), `update viewer=-1 ack="" 2:added running=-1 held=false`)

		w.Submit(command(id, bert, "w1", "whisper", `{"word":"psst"}`), b)
		synctest.Wait()
		wantFrames(t, "the whisperer", b.got(), `update viewer=1 ack="w1" 3:whispered running=-1 held=false`)
		wantFrames(t, "the opponent", a.got(), `update viewer=0 ack="" 3: running=-1 held=false`)
		wantFrames(t, "the spectator", c.got(), `update viewer=-1 ack="" 3: running=-1 held=false`)
	})
}

func TestDurableBeforeVisible(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		id := w.create(setup(anna, bert))
		a, b := w.join(id, anna), w.join(id, bert)
		synctest.Wait()
		a.got()
		b.got()
		durable := make(chan struct{})
		w.journal.set(func(table.ID, table.Seq) fate { return fate{wait: durable} })
		w.Submit(add(id, anna, "m1", 5), a)
		time.Sleep(time.Minute)
		synctest.Wait()
		wantFrames(t, "the mover, before it is durable", a.got())
		wantFrames(t, "the opponent, before it is durable", b.got())
		close(durable)
		synctest.Wait()
		wantFrames(t, "the mover", a.got(), `update viewer=0 ack="m1" 2:added running=-1 held=false`)
		wantFrames(t, "the opponent", b.got(), `update viewer=1 ack="" 2:added running=-1 held=false`)
	})
}

func TestRefusalsGoToTheSenderOnly(t *testing.T) {
	tests := []struct {
		name string
		cmd  func(table.ID) table.Command
		want string
	}{
		{"out of turn", func(id table.ID) table.Command { return add(id, bert, "x", 1) },
			`error "x": illegal action: it is not your turn`},
		{"illegal", func(id table.ID) table.Command { return add(id, anna, "x", 10) },
			`error "x": illegal action: add 1 to 9`},
		{"not a player", func(id table.ID) table.Command { return add(id, cora, "x", 1) },
			`error "x": you do not play here`},
		{"unknown action", func(id table.ID) table.Command { return command(id, anna, "x", "fly", "{}") },
			`error "x": malformed: no action "fly"`},
		{"unknown table", func(table.ID) table.Command { return add("00000000", anna, "x", 1) },
			`error "x": unknown table`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				defer w.stop()
				id := w.create(setup(anna, bert))
				other, sender := w.join(id, bert), &socket{}
				synctest.Wait()
				other.got()
				for range 2 { // the second is a re-sent one
					w.Submit(tt.cmd(id), sender)
					synctest.Wait()
					wantFrames(t, "the sender", sender.got(), tt.want)
				}
				wantFrames(t, "the other", other.got())
				if records, _ := w.journal.Read(t.Context(), id, 0); len(records) != 1 {
					t.Errorf("the journal has %d records, want 1", len(records))
				}
			})
		})
	}
}

// A refused action keeps its answer although it would be legal by now.
func TestRefusedActionKeepsItsAnswer(t *testing.T) {
	w := newWorld(t)
	defer w.stop()
	id := w.create(setup(anna, bert))
	if _, err := w.do(add(id, bert, "early", 1)); !errors.Is(err, game.ErrTurn) {
		t.Fatalf("out of turn: %v", err)
	}
	w.must(add(id, anna, "m1", 1))
	if _, err := w.do(add(id, bert, "early", 1)); !errors.Is(err, game.ErrTurn) {
		t.Errorf("re-sent: %v, want the first answer, ErrTurn", err)
	}
	w.must(add(id, bert, "late", 1))
}

func TestActionIsDoneOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		id := w.create(setup(anna, bert))
		a := w.join(id, anna)
		w.must(add(id, anna, "m1", 5))
		w.must(add(id, bert, "m1", 5)) // another seat's id is another action
		synctest.Wait()
		a.got()
		w.Submit(add(id, anna, "m1", 5), a)
		synctest.Wait()
		wantFrames(t, "the sender", a.got(), `done "m1" 2`)
		w.restart(time.Second)
		if seq := w.must(add(id, anna, "m1", 5)); seq != 2 {
			t.Errorf("re-sent after a restart: at %d, want 2", seq)
		}
	})
}

func TestFullInboxRefusesItsSender(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		id, other := w.create(setup(anna, bert)), w.create(setup(anna, bert))
		durable := make(chan struct{})
		w.journal.set(func(at table.ID, _ table.Seq) fate {
			if at == id {
				return fate{wait: durable}
			}
			return fate{}
		})
		c := &socket{}
		for range 1 + 64 {
			w.Submit(add(id, anna, "m1", 1), c)
			synctest.Wait()
		}
		wantFrames(t, "while there is room", c.got())
		w.Submit(add(id, anna, "m1", 1), c)
		wantFrames(t, "when it is full", c.got(), `error "m1": the table is busy, try again`)
		w.must(add(other, anna, "m1", 1))
		close(durable)
		synctest.Wait()
		if got := c.got(); len(got) != 65 {
			t.Errorf("%d answers, want 65", len(got))
		}
		if seq := w.must(add(id, anna, "m1", 1)); seq != 2 {
			t.Errorf("tried again: at %d, want 2", seq)
		}
	})
}

func TestConflictLetsGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		id := w.create(setup(anna, bert))
		a, c := w.join(id, anna), w.join(id, cora)
		synctest.Wait()
		a.got()
		c.got()
		w.journal.set(func(table.ID, table.Seq) fate { return fate{err: table.ErrConflict} })
		w.Submit(add(id, anna, "m1", 1), a)
		synctest.Wait()
		moved := `the table is on another server now: the table has moved on`
		wantFrames(t, "the sender", a.got(), `error "": `+moved, `error "m1": `+moved)
		wantFrames(t, "the spectator", c.got(), `error "": `+moved)
		if n := w.Counts().Tables; n != 0 {
			t.Errorf("%d tables in memory, want 0", n)
		}
		w.journal.set(nil)
		w.must(add(id, anna, "m1", 1))
		wantFrames(t, "who was told to go", c.got())
	})
}

func TestUnknownOutcome(t *testing.T) {
	lost := errors.New("connection lost")
	tests := []struct {
		name   string
		stored bool
		sender []string
		other  []string
	}{
		{"it was stored", true,
			[]string{`update viewer=0 ack="" 2:added running=-1 held=false`, `done "m1" 2`},
			[]string{`update viewer=1 ack="" 2:added running=-1 held=false`}},
		{"it was not stored", false,
			[]string{`update viewer=0 ack="m1" 2:added running=-1 held=false`},
			[]string{`update viewer=1 ack="" 2:added running=-1 held=false`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				defer w.stop()
				id := w.create(setup(anna, bert))
				a, b := w.join(id, anna), w.join(id, bert)
				synctest.Wait()
				a.got()
				b.got()
				failures := 1
				w.journal.set(func(table.ID, table.Seq) fate {
					if failures--; failures < 0 {
						return fate{}
					}
					return fate{err: lost, stored: tt.stored}
				})
				w.Submit(add(id, anna, "m1", 1), a)
				synctest.Wait()
				wantFrames(t, "the sender", a.got(), tt.sender...)
				wantFrames(t, "the other", b.got(), tt.other...)
				if seq := w.must(add(id, bert, "m2", 1)); seq != 3 {
					t.Errorf("the next is at %d, want 3", seq)
				}
			})
		})
	}
}

// A table whose journal cannot be read answers nothing from memory, and shows
// what was stored when it can be read again.
func TestUnknownOutcomeAndUnreadable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		id := w.create(setup(anna, bert))
		a, b := w.join(id, anna), w.join(id, bert)
		synctest.Wait()
		a.got()
		b.got()
		lost := errors.New("connection lost")
		w.journal.set(func(table.ID, table.Seq) fate { return fate{err: lost, stored: true} })
		w.journal.setUnreadable(lost)
		w.Submit(add(id, anna, "m1", 1), a)
		time.Sleep(10 * time.Second)
		wantFrames(t, "the sender", a.got(), `error "m1": internal error: connection lost`)
		wantFrames(t, "the other", b.got())
		w.journal.set(nil)
		w.journal.setUnreadable(nil)
		time.Sleep(10 * time.Second)
		wantFrames(t, "the sender later", a.got(), `update viewer=0 ack="" 2:added running=-1 held=false`)
		wantFrames(t, "the other later", b.got(), `update viewer=1 ack="" 2:added running=-1 held=false`)
	})
}

func TestStoppedJournal(t *testing.T) {
	w := newWorld(t)
	id := w.create(setup(anna, bert))
	if err := w.Healthy(); err != nil {
		t.Errorf("healthy: %v", err)
	}
	if err := w.journal.Journal.(interface{ Close() error }).Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := w.do(add(id, anna, "m1", 1)); !errors.Is(err, ErrInternal) {
			t.Errorf("a move: %v, want ErrInternal", err)
		}
	}
	if err := w.Healthy(); !errors.Is(err, table.ErrStopped) {
		t.Errorf("healthy: %v, want ErrStopped", err)
	}
	if _, err := w.Create(context.Background(), setup(anna, bert)); !errors.Is(err, ErrInternal) {
		t.Errorf("create: %v, want ErrInternal", err)
	}
	w.stop()
}

// A panic in one game is that table's own trouble.
func TestPanicIsContained(t *testing.T) {
	w := newWorld(t)
	defer w.stop()
	id := w.create(setup(anna, bert))
	w.must(add(id, anna, "m1", 1))
	if _, err := w.do(command(id, bert, "m2", "panic", "")); !errors.Is(err, ErrInternal) {
		t.Errorf("the panic: %v, want ErrInternal", err)
	}
	if seq := w.must(add(id, bert, "m3", 1)); seq != 3 {
		t.Errorf("the next is at %d, want 3", seq)
	}
}

// What is wrong with our own records is not the client's fault.
func TestDamageIsInternal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		bad := []table.Record{{Table: "damaged0", Seq: 1, Seat: game.NoSeat, Type: "table.created", Data: []byte("{")}}
		if err := w.journal.Append(t.Context(), "damaged0", 0, bad); err != nil {
			t.Fatal(err)
		}
		_, err := w.do(add("damaged0", anna, "m1", 1))
		if !errors.Is(err, ErrInternal) || errors.Is(err, game.ErrMalformed) {
			t.Errorf("a move: %v, want ErrInternal alone", err)
		}
		synctest.Wait()
		if n := w.Counts().Tables; n != 0 {
			t.Errorf("%d tables in memory, want 0", n)
		}
	})
}
