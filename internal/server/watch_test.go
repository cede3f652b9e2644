package server

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
)

// TestWatch asks a server that runs for its metrics, and finds them at their
// own address only.
func TestWatch(t *testing.T) {
	s, err := Open(Config{Data: t.TempDir(), MetricsListen: "127.0.0.1:0", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- s.Serve(ctx) }()
	status, body := fetch(t, "http://"+s.watch.listener.Addr().String()+"/metrics")
	for _, line := range []string{"kibitz_tables 0", "kibitz_sockets 0", "kibitz_journal_append_seconds_count 0",
		`kibitz_projection_behind{projection="archiver"} 0`, `kibitz_projection_lag_seconds{projection="ratings"} 0`,
		`kibitz_projection_position{projection="stats"} 0`, `kibitz_projection_set_aside{projection="erase"} 0`} {
		if status != http.StatusOK || !strings.Contains(body, "\n"+line+"\n") {
			t.Errorf("status %d, want the line %q in\n%s", status, line, body)
		}
	}
	if _, body := fetch(t, "http://"+s.Addr().String()+"/metrics"); strings.Contains(body, "kibitz_tables") {
		t.Error("the public address shows metrics")
	}
	stop()
	if err := <-served; err != nil {
		t.Error(err)
	}
}

func fetch(t *testing.T, url string) (int, string) {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func TestWatchConfig(t *testing.T) {
	if _, err := Open(Config{MetricsListen: "9090"}); !errors.Is(err, ErrConfig) {
		t.Errorf("metrics listen on 9090: %v, want ErrConfig", err)
	}
}
