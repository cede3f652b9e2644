package main

import (
	"math/rand/v2"
	"testing"
	"time"
)

// The promise of the whole: 200 games go on while the server is killed 20
// times at random moments, and nothing is lost, doubled, out of order or
// charged to a clock.
func TestTwentyKills(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute: run without -short")
	}
	const kills = 20
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	upTo := func(d time.Duration) time.Duration { return time.Duration(rng.Int64N(int64(d))) }

	s := startServer(t)
	restarted := make(chan struct{})
	go func() {
		defer close(restarted)
		time.Sleep(5 * time.Second) // games begin
		for range kills {
			time.Sleep(300*time.Millisecond + upTo(1500*time.Millisecond))
			s.kill()
			time.Sleep(upTo(500 * time.Millisecond))
			s.start()
		}
	}()
	got, status := benchOf(t, s, "--games", "200", "--think", "300ms", "--duration", "55s")
	<-restarted
	if status != exitOK || !got.OK() || got.Errors != 0 {
		t.Errorf("status %d, %+v", status, got)
	}
	if got.Outages == 0 || got.Resumes < kills || got.Moves < 1000 {
		t.Errorf("the kills were not felt: %+v", got)
	}
	t.Logf("%d moves in %d tables, %d resumes, %d outages of %d ms", got.Moves, got.Tables, got.Resumes, got.Outages, got.AwayMillis)
}
