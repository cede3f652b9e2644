package sqlstore_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kibitz/internal/sqlstore"
	"kibitz/internal/sqlstore/pgtest"
)

// TestAlone lets two processes want to do the same: one does it, and the other
// when the first has ended or lost the database.
func TestAlone(t *testing.T) {
	dsn := pgtest.New(t)
	open := func() *sqlstore.Store {
		s, err := sqlstore.Open(t.Context(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return s
	}
	var atOnce, most atomic.Int32
	begun := make(chan string, 4)
	work := func(name string) func(context.Context) {
		return func(ctx context.Context) {
			if n := atOnce.Add(1); n > most.Load() {
				most.Store(n)
			}
			begun <- name
			<-ctx.Done()
			atOnce.Add(-1)
		}
	}
	var running sync.WaitGroup
	defer running.Wait()
	first, stopFirst := context.WithCancel(t.Context())
	defer stopFirst()
	second, stopSecond := context.WithCancel(t.Context())
	defer stopSecond()
	a, b := open(), open()
	running.Go(func() { _ = a.Alone(first, "it", work("a")) })
	if got := <-begun; got != "a" {
		t.Fatalf("%s began", got)
	}
	running.Go(func() { _ = b.Alone(second, "it", work("b")) })
	running.Go(func() { _ = b.Alone(second, "something else", func(context.Context) { begun <- "else" }) })
	if got := <-begun; got != "else" {
		t.Errorf("%s began, want what has another name", got)
	}
	stopFirst()
	select {
	case got := <-begun:
		if got != "b" {
			t.Errorf("%s began", got)
		}
	case <-time.After(30 * time.Second):
		t.Error("nobody began when the first had ended")
	}
	stopSecond()
	running.Wait()
	if most.Load() != 1 {
		t.Errorf("%d at once", most.Load())
	}
}
