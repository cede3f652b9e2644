package clustertest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"kibitz/internal/cluster"
)

// Bus checks the bus as two nodes see it: what fresh returns are the two ends
// of one.
func Bus(t *testing.T, fresh func(t *testing.T) [2]cluster.Bus) {
	runAll(t, fresh, []part[[2]cluster.Bus]{
		{"messages come in order", busOrder},
		{"patterns", busPatterns},
		{"a slow listener loses what does not fit", busSlow},
		{"data belongs to who gets it", busOwnCopy},
		{"a closed subscription", busClosed},
		{"a context that is done", busDone},
		{"refused", busRefused},
	})
}

// subscribe listens at one end, and returns when what the other end publishes
// arrives.
func subscribe(t *testing.T, b [2]cluster.Bus, pattern, probe string, buffer int) cluster.Subscription {
	t.Helper()
	s, err := b[0].Subscribe(pattern, buffer)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	ctx := patient(t)
	for n := 1; ; n++ {
		publish(t, b[1], probe, fmt.Sprint("probe ", n))
		limited, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
		msg, err := s.Next(limited)
		cancel()
		for err == nil && string(msg.Data) != fmt.Sprint("probe ", n) { // earlier ones
			msg, err = s.Next(ctx)
		}
		if err == nil {
			return s
		}
		if ctx.Err() != nil {
			t.Fatalf("nothing comes: %v", err)
		}
	}
}

func publish(t *testing.T, b cluster.Bus, subject, data string) {
	t.Helper()
	if err := b.Publish(subject, []byte(data)); err != nil {
		t.Fatalf("publish to %s: %v", subject, err)
	}
}

func wantNext(t *testing.T, s cluster.Subscription, subject, data string) {
	t.Helper()
	msg, err := s.Next(patient(t))
	if err != nil || msg.Subject != subject || string(msg.Data) != data {
		t.Fatalf("got %q on %q, %v; want %q on %q", msg.Data, msg.Subject, err, data, subject)
	}
}

func busOrder(t *testing.T, b [2]cluster.Bus) {
	s := subscribe(t, b, "news.lobby", "news.lobby", 1000)
	for n := range 500 {
		publish(t, b[1], "news.other", "x")
		publish(t, b[1], "news.lobby", fmt.Sprint(n))
	}
	for n := range 500 {
		wantNext(t, s, "news.lobby", fmt.Sprint(n))
	}
	if s.Lost() != 0 {
		t.Errorf("lost %d", s.Lost())
	}
}

func busPatterns(t *testing.T, b [2]cluster.Bus) {
	for _, row := range []struct {
		pattern    string
		gets, nots []string
	}{
		{"a.b", []string{"a.b"}, []string{"a", "a.b.c", "a.c"}},
		{"a.*", []string{"a.b", "a.c"}, []string{"a", "a.b.c", "b.b"}},
		{"a.*.c", []string{"a.b.c"}, []string{"a.b", "a.b.d", "a.b.c.d"}},
		{"a.>", []string{"a.b", "a.b.c"}, []string{"a", "b.b"}},
	} {
		s := subscribe(t, b, row.pattern, row.gets[0], 100)
		for _, subject := range row.nots {
			publish(t, b[1], subject, "not "+subject)
		}
		for _, subject := range row.gets {
			publish(t, b[1], subject, subject)
		}
		for _, subject := range row.gets {
			wantNext(t, s, subject, subject)
		}
		s.Close()
	}
}

func busSlow(t *testing.T, b [2]cluster.Bus) {
	const sent, buffer = 50, 4
	slow := subscribe(t, b, "a", "a", buffer)
	quick := subscribe(t, b, "a", "a", 1000)
	for {
		limited, cancel := context.WithTimeout(patient(t), 200*time.Millisecond)
		_, err := slow.Next(limited) // the other's probes
		cancel()
		if err != nil {
			break
		}
	}
	before := slow.Lost()
	for n := range sent {
		publish(t, b[1], "a", fmt.Sprint(n))
	}
	for n := range sent {
		wantNext(t, quick, "a", fmt.Sprint(n))
	}
	wantNext(t, slow, "a", "0")
	if lost := slow.Lost() - before; lost == 0 || lost > sent-1 {
		t.Errorf("lost %d of %d with a buffer of %d", lost, sent, buffer)
	}
	if quick.Lost() != 0 {
		t.Errorf("the quick listener lost %d", quick.Lost())
	}
}

func busOwnCopy(t *testing.T, b [2]cluster.Bus) {
	s := subscribe(t, b, "a", "a", 10)
	data := []byte("as it was")
	if err := b[1].Publish("a", data); err != nil {
		t.Fatal(err)
	}
	clear(data)
	wantNext(t, s, "a", "as it was")
}

func busClosed(t *testing.T, b [2]cluster.Bus) {
	s := subscribe(t, b, "a", "a", 10)
	ended := make(chan error)
	go func() {
		_, err := s.Next(context.Background())
		ended <- err
	}()
	s.Close()
	s.Close()
	if err := <-ended; !errors.Is(err, cluster.ErrBusClosed) {
		t.Errorf("under way: got %v, want ErrBusClosed", err)
	}
	if _, err := s.Next(patient(t)); !errors.Is(err, cluster.ErrBusClosed) {
		t.Errorf("later: got %v, want ErrBusClosed", err)
	}
}

func busDone(t *testing.T, b [2]cluster.Bus) {
	s := subscribe(t, b, "a", "a", 10)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Next(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	publish(t, b[1], "a", "still there")
	wantNext(t, s, "a", "still there")
}

func busRefused(t *testing.T, b [2]cluster.Bus) {
	for _, subject := range []string{"", ".", "a.", ".a", "a..b", "a b", "a.*", ">", "ä", "a\n"} {
		if err := b[0].Publish(subject, nil); !errors.Is(err, cluster.ErrSubject) {
			t.Errorf("Publish(%q) = %v, want ErrSubject", subject, err)
		}
	}
	for _, pattern := range []string{"", "a.", "a.>.b", "a*", "a b"} {
		if _, err := b[0].Subscribe(pattern, 1); !errors.Is(err, cluster.ErrSubject) {
			t.Errorf("Subscribe(%q) = %v, want ErrSubject", pattern, err)
		}
	}
	if err := b[0].Publish("a", make([]byte, cluster.MaxMessage+1)); !errors.Is(err, cluster.ErrMessageTooLarge) {
		t.Errorf("got %v, want ErrMessageTooLarge", err)
	}
	if err := b[0].Publish("a", make([]byte, cluster.MaxMessage)); err != nil {
		t.Errorf("the largest message: %v", err)
	}
}
