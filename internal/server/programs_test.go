package server

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// call is a program that checks and calls, and says how many hands it saw.
func call(ctx context.Context, t *testing.T, at net.Addr, enough int) (hands map[string]bool) {
	hands = make(map[string]bool)
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", at.String())
	if err != nil {
		t.Error(err)
		return hands
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	fmt.Fprint(conn, "VERSION:2.0.0\r\n")
	lines := bufio.NewScanner(conn)
	for len(hands) < enough && lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if !strings.HasPrefix(line, "MATCHSTATE:") {
			continue
		}
		hands[strings.Split(line, ":")[2]] = true
		fmt.Fprintf(conn, "%s:c\r\n", line)
	}
	return hands
}

// Two programs play a match over the dealer protocol, and a third against the
// house.
func TestPrograms(t *testing.T) {
	for _, house := range []int{0, 1} {
		cfg := Config{Programs: Programs{Listen: "127.0.0.1:0", House: house}}
		s, stop := serveAt(t, cfg)
		until(t, "the server is ready", s.ready.Load)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		var playing sync.WaitGroup
		const enough = 3
		for range 2 - house {
			playing.Go(func() {
				if got := len(call(ctx, t, s.programs.Addr(), enough)); got < enough {
					t.Errorf("with %d house players a program saw %d hands, want %d", house, got, enough)
				}
			})
		}
		playing.Wait()
		cancel()
		stop()
	}
}
