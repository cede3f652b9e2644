package clock

import "time"

// Speed is the class of a time control, which has ratings of its own. It is
// stored; never rename one.
type Speed string

// The speeds. A game without a clock is Correspondence, and so is one of days a
// turn.
const (
	UltraBullet    Speed = "ultraBullet"
	Bullet         Speed = "bullet"
	Blitz          Speed = "blitz"
	Rapid          Speed = "rapid"
	Classical      Speed = "classical"
	Correspondence Speed = "correspondence"
)

// Speed returns the class of the control by its Estimate in whole seconds: up
// to 29 is UltraBullet, 179 Bullet, 479 Blitz, 1499 Rapid (chess.md 2.1).
func (c Control) Speed() Speed {
	if c.Unlimited() || c.Days > 0 {
		return Correspondence
	}
	switch est := c.Estimate(); {
	case est < 30*time.Second:
		return UltraBullet
	case est < 180*time.Second:
		return Bullet
	case est < 480*time.Second:
		return Blitz
	case est < 1500*time.Second:
		return Rapid
	}
	return Classical
}

// FirstMove is how long each side of a lobby or pool game may take for its
// first move, which its clock does not count (chess.md 2.4). Chess960 gets a
// quarter more, which is the caller's to add.
func (s Speed) FirstMove() time.Duration {
	switch s {
	case UltraBullet:
		return 15 * time.Second
	case Bullet:
		return 20 * time.Second
	case Blitz:
		return 25 * time.Second
	case Rapid:
		return 30 * time.Second
	}
	return 35 * time.Second
}

// Gone tells how a player went away.
type Gone struct {
	// Bye is set when the player closed the page, rather than losing the
	// connection.
	Bye bool
	// Anonymous is set for a player without an account.
	Anonymous bool
}

// The times of chess.md 2.5.
const (
	goneWithoutSocket = 40 * time.Second
	goneAtLeast       = 10 * time.Second
)

// GoneAfter is how long a player may be away before the opponent may claim the
// game. Players of games without a clock may stay away, and must not be asked
// about; the answer for them is that of Classical.
func (s Speed) GoneAfter(g Gone) time.Duration {
	if g.Bye {
		return goneAtLeast
	}
	after := goneWithoutSocket
	switch s {
	case Rapid:
		after *= 2
	case Classical, Correspondence:
		after *= 3
	}
	if g.Anonymous {
		after /= 2
	}
	return max(after, goneAtLeast)
}
