package clock_test

import (
	"testing"
	"time"

	"kibitz/internal/clock"
)

func TestSpeed(t *testing.T) {
	for _, row := range []struct {
		name     string
		control  clock.Control
		estimate time.Duration
		want     clock.Speed
	}{
		{"no clock", clock.Control{}, 0, clock.Correspondence},
		{"1/4+0", fischer(15*sec, 0), 15 * sec, clock.UltraBullet},
		{"29 s", fischer(29*sec, 0), 29 * sec, clock.UltraBullet},
		{"1/2+0", fischer(30*sec, 0), 30 * sec, clock.Bullet},
		{"0+1", fischer(0, sec), 40 * sec, clock.Bullet},
		{"2+1", fischer(2*mnt, sec), 160 * sec, clock.Bullet},
		{"179 s", fischer(139*sec, sec), 179 * sec, clock.Bullet},
		{"3+0", fischer(3*mnt, 0), 180 * sec, clock.Blitz},
		{"5+4", fischer(5*mnt, 4*sec), 460 * sec, clock.Blitz},
		{"479 s", fischer(439*sec, sec), 479 * sec, clock.Blitz},
		{"8+0", fischer(8*mnt, 0), 480 * sec, clock.Rapid},
		{"1499 s", fischer(1459*sec, sec), 1499 * sec, clock.Rapid},
		{"25+0", fischer(25*mnt, 0), 1500 * sec, clock.Classical},
		{"3+180", fischer(3*mnt, 180*sec), 7380 * sec, clock.Classical},
		{"a delay counts like an increment", delayed(5*mnt, 5*sec), 500 * sec, clock.Rapid},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := row.control.Estimate(); got != row.estimate {
				t.Errorf("Estimate() = %v, want %v", got, row.estimate)
			}
			if got := row.control.Speed(); got != row.want {
				t.Errorf("Speed() = %v, want %v", got, row.want)
			}
		})
	}
}

func TestFirstMove(t *testing.T) {
	for speed, want := range map[clock.Speed]time.Duration{
		clock.UltraBullet:    15 * sec,
		clock.Bullet:         20 * sec,
		clock.Blitz:          25 * sec,
		clock.Rapid:          30 * sec,
		clock.Classical:      35 * sec,
		clock.Correspondence: 35 * sec,
	} {
		if got := speed.FirstMove(); got != want {
			t.Errorf("%s: FirstMove() = %v, want %v", speed, got, want)
		}
	}
}

func TestGoneAfter(t *testing.T) {
	for _, row := range []struct {
		name  string
		speed clock.Speed
		gone  clock.Gone
		want  time.Duration
	}{
		{"bullet", clock.Bullet, clock.Gone{}, 40 * sec},
		{"blitz", clock.Blitz, clock.Gone{}, 40 * sec},
		{"rapid", clock.Rapid, clock.Gone{}, 80 * sec},
		{"classical", clock.Classical, clock.Gone{}, 120 * sec},
		{"anonymous blitz", clock.Blitz, clock.Gone{Anonymous: true}, 20 * sec},
		{"anonymous classical", clock.Classical, clock.Gone{Anonymous: true}, 60 * sec},
		{"bye", clock.Blitz, clock.Gone{Bye: true}, 10 * sec},
		{"bye in classical", clock.Classical, clock.Gone{Bye: true}, 10 * sec},
		{"anonymous bye stays at the floor", clock.Blitz, clock.Gone{Bye: true, Anonymous: true}, 10 * sec},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := row.speed.GoneAfter(row.gone); got != row.want {
				t.Errorf("GoneAfter(%+v) = %v, want %v", row.gone, got, row.want)
			}
		})
	}
}
