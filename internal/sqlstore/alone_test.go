package sqlstore_test

import (
	"bufio"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"kibitz/internal/archive"
	"kibitz/internal/sqlstore"
	"kibitz/internal/sqlstore/pgtest"
	"kibitz/internal/table"
)

// TestAlone lets two processes want to do the same: one does it, and the other
// when the first has ended.
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

// holderVariable names the database for the process that TestAloneFrozen stops.
const holderVariable = "KIBITZ_TEST_ALONE"

// TestAloneHolder is that process: it holds the work, and writes how far it is
// until it is refused.
func TestAloneHolder(t *testing.T) {
	dsn := os.Getenv(holderVariable)
	if dsn == "" {
		t.Skip("it is a part of TestAloneFrozen")
	}
	s, err := sqlstore.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	err = s.Alone(t.Context(), "it", func(ctx context.Context) {
		unbound := context.WithoutCancel(ctx) // it does not look whether it still has the work
		for at := table.Position(1); !errors.Is(err, sqlstore.ErrOvertaken) && t.Context().Err() == nil; at++ {
			// What the freeze cut off is an error of the connection: it goes on.
			err = s.Write(unbound, &archive.Batch{Projection: "it", Positions: map[int]table.Position{0: at}})
			if at == 1 {
				os.Stdout.WriteString("holding\n")
			}
		}
		os.Stdout.WriteString("overtaken\n")
		<-ctx.Done() // and hears of it
	})
	if err != nil && !errors.Is(err, sqlstore.ErrOvertaken) {
		t.Error(err)
	}
}

// TestAloneFrozen stops the process that has the work: another takes over, and
// what the first writes when it goes on is refused.
func TestAloneFrozen(t *testing.T) {
	dsn := pgtest.New(t)
	s, err := sqlstore.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	child := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestAloneHolder$")
	child.Env = append(os.Environ(), holderVariable+"="+dsn)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewScanner(out)
	hear := func(want string) {
		t.Helper()
		for said.Scan() {
			if strings.Contains(said.Text(), want) {
				return
			}
			t.Log(said.Text())
		}
		t.Fatalf("the other process does not say %q", want)
	}
	hear("holding")
	if err := child.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	const far = table.Position(1 << 40)
	stopped := time.Now()
	err = s.Alone(ctx, "it", func(ctx context.Context) {
		t.Logf("taken over after %s", time.Since(stopped).Round(time.Millisecond))
		if err := s.Write(ctx, &archive.Batch{Projection: "it", Positions: map[int]table.Position{0: far}}); err != nil {
			t.Error(err)
		}
		if err := child.Process.Signal(syscall.SIGCONT); err != nil {
			t.Error(err)
		}
		hear("overtaken")
	})
	if err != nil {
		t.Fatal(err)
	}
	for said.Scan() { // to its end
		t.Log(said.Text())
	}
	if err := child.Wait(); err != nil {
		t.Errorf("the other process: %v", err)
	}
	if at, err := s.Positions(t.Context(), "it"); err != nil || at[0] != far {
		t.Errorf("it is at %d, want %d (%v)", at[0], far, err)
	}
}
