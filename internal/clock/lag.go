package clock

import "time"

// The numbers of the lag compensation of chess.md 2.2. Gain is what the quota
// of a player grows by with every move, and quota what one move may be
// compensated for.
const (
	gainAtMost   = 100 * centi
	gainBase     = 15 * centi
	quotaAtStart = 3
	quotaAtMost  = 7
	// cpuLag is what the computers at both ends are assumed to take, which a
	// measurement of the network does not see.
	cpuLag = 14 * centi
	// graceAtMost bounds how long a fallen flag waits for a late move.
	graceAtMost = 2 * time.Second
)

// maxGain is the largest gain: 0.4 cs for each second of the estimate, and 15;
// none where a turn has days.
func (c Control) maxGain() time.Duration {
	if c.Days > 0 {
		return 0 // no network is as slow as that
	}
	est := min(c.Estimate(), 24*time.Hour) / time.Second
	return min(gainAtMost, est*2/5*centi+gainBase)
}

// gain is what the quota grows by with a move. A measured frame lag caps what
// a client can win by lying.
func (c Control) gain(frameLag time.Duration) time.Duration {
	if frameLag < 0 {
		return c.maxGain()
	}
	return min(c.maxGain(), min(frameLag, gainAtMost).Truncate(centi)+cpuLag)
}

// Report is what is known of the network when a move arrives. The zero Report
// claims that the player thought for no time at all, as for a premove; use
// NoReport when nothing is known.
type Report struct {
	// Spent is the thinking time that the client measured; negative when it
	// gave none.
	Spent time.Duration
	// Lag is the lag that the client believes in, used when Spent is not
	// given; negative when it gave none.
	Lag time.Duration
	// FrameLag is the round trip that the server measured, as from LagMeter;
	// negative when unknown.
	FrameLag time.Duration
}

// NoReport returns the Report in which nothing is given and nothing is known.
func NoReport() Report { return Report{Spent: -1, Lag: -1, FrameLag: -1} }

// lag is how much of the elapsed time was the network's, in centiseconds.
func (r Report) lag(elapsed time.Duration) time.Duration {
	if r.Spent >= 0 {
		return max(0, elapsed-r.Spent.Truncate(centi))
	}
	return max(0, r.Lag.Truncate(centi))
}

// LagMeter is the moving average of one player's round trips, nine parts old
// and one part new. The zero LagMeter has seen none. It is not safe for
// concurrent use.
type LagMeter struct {
	mean  time.Duration
	known bool
}

// Add takes a measured round trip into the average. A negative one, from a
// system clock that stepped back, is left out.
func (m *LagMeter) Add(d time.Duration) {
	switch {
	case d < 0:
	case !m.known:
		m.mean, m.known = d, true
	default:
		m.mean += (d - m.mean) / 10
	}
}

// Mean returns the average, fit for Report.FrameLag: -1 before the first Add.
func (m *LagMeter) Mean() time.Duration {
	if !m.known {
		return -1
	}
	return m.mean
}
