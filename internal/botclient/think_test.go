package botclient

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"
)

func TestBudget(t *testing.T) {
	for _, row := range []struct {
		name            string
		left, increment time.Duration
		least, most     time.Duration
	}{
		{"a minute", time.Minute, 0, time.Second, 3 * time.Second},
		{"an increment", time.Minute, 2 * time.Second, 2 * time.Second, 4 * time.Second},
		{"much time", 3 * time.Hour, 0, longest, longest},
		{"little time", time.Second, 0, shortest, 30 * time.Millisecond},
		{"little time and an increment", 2 * time.Second, 10 * time.Second, 500 * time.Millisecond, 700 * time.Millisecond},
		{"no time", 0, 0, shortest, shortest},
		{"no clock", 2147483647 * time.Millisecond, 0, unclocked, unclocked},
	} {
		if got := budget(row.left, row.increment); got < row.least || got > row.most {
			t.Errorf("%s: got %v, want %v to %v", row.name, got, row.least, row.most)
		}
	}
}

func TestWhoseTurn(t *testing.T) {
	for _, row := range []struct {
		black, blackTo bool
		plies          int
		want           bool
	}{
		{false, false, 0, true}, {false, false, 1, false}, {true, false, 0, false}, {true, false, 3, true},
		{true, true, 0, true}, {false, true, 0, false}, {false, true, 1, true},
	} {
		m := &match{black: row.black, blackTo: row.blackTo}
		if got := m.mine(row.plies); got != row.want {
			t.Errorf("%+v: got %v", row, got)
		}
	}
}

// TestCall tries again where that helps, and gives up where it does not.
func TestCall(t *testing.T) {
	var asked atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := asked.Add(1)
		switch {
		case r.URL.Path == "/no":
			http.Error(w, `{"error":"No such token"}`, http.StatusUnauthorized)
		case n == 1:
			http.Error(w, "busy", http.StatusServiceUnavailable)
		case n == 2:
			w.Header().Set("Retry-After", "1")
			http.Error(w, "slow down", http.StatusTooManyRequests)
		default:
			_, _ = w.Write([]byte(`{"username":"Robby"}`))
		}
	}))
	defer s.Close()
	c, err := newClient(s.URL+"/", "kbz_x")
	if err != nil {
		t.Fatal(err)
	}
	var p profile
	if err := c.get(t.Context(), "/api/account", &p); err != nil || p.Username != "Robby" || asked.Load() != 3 {
		t.Errorf("got %+v after %d requests, %v", p, asked.Load(), err)
	}
	if err := c.get(t.Context(), "/no", &p); !errors.Is(err, ErrRefused) || asked.Load() != 4 {
		t.Errorf("a refusal: %v after %d requests", err, asked.Load())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.get(ctx, "/api/account", &p); !errors.Is(err, context.Canceled) {
		t.Errorf("nobody waits: %v", err)
	}
}
