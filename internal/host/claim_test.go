package host

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/inmem"
	"kibitz/internal/table"
)

func unlimited() table.Setup {
	s := setup(anna, bert)
	s.Control = clock.Control{}
	return s
}

// What the former owner appends between the reading of a table and its claim is
// read again, not lost, and what it appends after the claim conflicts.
func TestClaimWhileTheOldOwnerWrites(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := inmem.NewJournal()
		late := &fateful{Journal: j}
		old, next := sharing(t, j), sharing(t, late)
		defer old.stop()
		defer next.stop()
		const part = 5
		old.takeOver(part, time.Time{})
		id := old.create(setup(anna, bert))
		old.play(id, 2)
		writes := 0
		late.set(func(table.ID, table.Seq) fate {
			if writes < 3 {
				old.must(add(id, []table.Player{anna, bert}[writes%2], table.ActionID(fmt.Sprintf("late%d", writes)), 1))
				writes++
			}
			return fate{}
		})
		next.takeOver(part, time.Now())
		records, err := j.Read(t.Context(), id, 0)
		if err != nil || len(records) != 7 || records[6].Type != "table.held" {
			t.Fatalf("the journal has %v (%v), want 5 moves and then the claim", records, err)
		}
		if _, err := old.do(add(id, bert, "too late", 1)); !errors.Is(err, ErrBusy) {
			t.Errorf("the old owner: %v, want to be told to ask again", err)
		}
		next.join(id, anna)
		next.must(add(id, bert, "x", 1))
	})
}

// A table without a clock is claimed, too.
func TestOldOwnerCannotAppend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := inmem.NewJournal()
		old, next := sharing(t, j), sharing(t, j)
		defer old.stop()
		defer next.stop()
		old.takeOver(5, time.Time{})
		id := old.create(unlimited())
		old.play(id, 1)
		next.takeOver(5, time.Now())
		_, err := old.do(add(id, bert, "x", 1))
		old.wantMoved("an action at the old owner", err)
		if seq := next.must(add(id, bert, "x", 1)); seq != 4 { // created, a move, claimed
			t.Errorf("the action is record %d, want 4", seq)
		}
	})
}

// A host that does not know what became of an append, and reads that somebody
// else has claimed the table, lets go of it: it does not write behind the claim.
func TestUnknownOutcomeAtTheOldOwner(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := inmem.NewJournal()
		cut := &fateful{Journal: j}
		old, next := sharing(t, cut), sharing(t, j)
		defer old.stop()
		defer next.stop()
		old.takeOver(5, time.Time{})
		id := old.create(setup(anna, bert))
		old.play(id, 2)
		first := true
		cut.set(func(table.ID, table.Seq) fate {
			if !first {
				return fate{}
			}
			first = false
			next.takeOver(5, time.Now())
			return fate{err: errors.New("nobody knows")}
		})
		_, err := old.do(add(id, anna, "x", 1))
		old.wantMoved("an action at the old owner", err)
		records, err := j.Read(t.Context(), id, 3)
		if err != nil || len(records) != 1 || records[0].Type != "table.held" {
			t.Errorf("the journal has %v (%v) after the moves, want the claim alone", records, err)
		}
	})
}

// noting is an Index that remembers the last note.
type noting struct {
	filter
	noted []table.ID

	mu   sync.Mutex
	took map[table.ID]int
}

func (n *noting) Carry(_ context.Context, id table.ID) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.took == nil {
		n.took = make(map[table.ID]int)
	}
	n.took[id]++
	return nil
}

// carried returns how often each table was carried.
func (n *noting) carried() map[table.ID]int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return maps.Clone(n.took)
}

func (n *noting) Running(ctx context.Context, p int) iter.Seq2[table.Record, error] {
	return n.filter.Running(ctx, p)
}

func (n *noting) Note(_ context.Context, _ int, running func() ([]table.ID, error)) error {
	all, err := running()
	if err == nil {
		n.noted = all
	}
	return err
}

// The index is told what runs: no table that is over, and every other, also one
// that is being made.
func TestNotes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := &fateful{Journal: inmem.NewJournal()}
		index := &noting{filter: filter{j}}
		w := sharing(t, j, func(c *Config) { c.Index = index })
		defer w.stop()
		const part = 5
		w.takeOver(part, time.Time{})
		over, runs := w.create(setup(anna, bert)), w.create(setup(anna, bert))
		w.must(command(over, anna, "r", "resign", `{"type":"resign"}`))
		wait := make(chan struct{})
		var made table.ID
		j.set(func(id table.ID, _ table.Seq) fate { made = id; return fate{wait: wait} })
		go func() { _, _ = w.Create(context.Background(), setup(cora, bert)) }()
		synctest.Wait()
		w.notePartition(t.Context(), part)
		want := []table.ID{runs, made}
		slices.Sort(want)
		if slices.Sort(index.noted); !slices.Equal(index.noted, want) {
			t.Errorf("noted: got %q, want %q", index.noted, want)
		}
		close(wait)
		j.set(nil)
		synctest.Wait()
		w.notePartition(t.Context(), part)
		if slices.Sort(index.noted); !slices.Equal(index.noted, want) {
			t.Errorf("noted when it was made: got %q, want %q", index.noted, want)
		}
		index.noted = nil
		w.Release(t.Context(), part)
		if slices.Sort(index.noted); !slices.Equal(index.noted, want) {
			t.Errorf("noted at the release: got %q, want %q", index.noted, want)
		}
		w.notePartition(t.Context(), part)
		if len(index.noted) != len(want) {
			t.Errorf("who has released a partition notes %q", index.noted)
		}
	})
}

// What runs for long is carried, again and again, and what is over is not.
func TestCarriesWhatRunsForLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := inmem.NewJournal()
		index := &noting{filter: filter{j}}
		w := sharing(t, j, func(c *Config) { c.Index, c.CarryAfter = index, time.Hour })
		defer w.stop()
		w.takeOver(5, time.Time{})
		runs, over := w.create(unlimited()), w.create(unlimited())
		w.must(command(over, anna, "r", "resign", `{"type":"resign"}`))
		w.play(runs, 2)
		time.Sleep(55 * time.Minute)
		if early := index.carried(); len(early) > 0 {
			t.Errorf("carried after 55 minutes: %v", early)
		}
		time.Sleep(2 * time.Hour)
		synctest.Wait()
		if got, want := index.carried(), map[table.ID]int{runs: 2}; !maps.Equal(got, want) {
			t.Errorf("carried after three hours: got %v, want %v", got, want)
		}
	})
}
