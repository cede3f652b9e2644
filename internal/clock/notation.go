package clock

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// unlimited is how a Control without a clock is written.
const unlimited = "unlimited"

// daySuffix ends the days of a turn.
const daySuffix = "d"

// fractions are the initial times that are written as parts of a minute.
var fractions = [...]struct {
	text string
	time time.Duration
}{
	{"1/4", 15 * time.Second},
	{"1/2", 30 * time.Second},
	{"3/4", 45 * time.Second},
	{"1.5", 90 * time.Second},
}

// String writes the initial time in minutes and the increment in seconds, as
// in "3+2", "1/2+0" and "1.5+1"; or, with a delay, "10d5"; or, with days for
// every turn, "3d". Without a clock it is "unlimited". ParseControl reads every valid Control back. What the
// server does not offer is written with Go durations, as in "20s+0s".
func (c Control) String() string {
	switch {
	case c.Unlimited():
		return unlimited
	case c.Days != 0 && c == Control{Days: c.Days}:
		return strconv.Itoa(c.Days) + daySuffix
	case c.Validate() != nil && c.Delay != 0:
		return fmt.Sprintf("%v+%vd%v", c.Initial, c.Increment, c.Delay)
	case c.Validate() != nil:
		return fmt.Sprintf("%v+%v", c.Initial, c.Increment)
	case c.Delay > 0:
		return fmt.Sprintf("%sd%d", formatMinutes(c.Initial), c.Delay/time.Second)
	}
	return fmt.Sprintf("%s+%d", formatMinutes(c.Initial), c.Increment/time.Second)
}

// ParseControl reads what String writes. It takes decimals for fractions of a
// minute as well, as in "0.5+0". What is malformed or not offered is refused
// with ErrControl.
func ParseControl(s string) (Control, error) {
	if s == unlimited {
		return Control{}, nil
	}
	if days, ok := strings.CutSuffix(s, daySuffix); ok {
		return parseDays(s, days)
	}
	i := strings.IndexAny(s, "+d")
	if i < 0 {
		return Control{}, malformed(s)
	}
	initial, ok := parseMinutes(s[:i])
	extra, ok2 := parseNumber(s[i+1:])
	if !ok || !ok2 {
		return Control{}, malformed(s)
	}
	c := Control{Initial: initial}
	if s[i] == 'd' {
		c.Delay = extra * time.Second
	} else {
		c.Increment = extra * time.Second
	}
	if c.Unlimited() {
		return Control{}, fmt.Errorf("%w: %.20q gives no time; say %q for a game without a clock", ErrControl, s, unlimited)
	}
	if err := c.Validate(); err != nil {
		return Control{}, err
	}
	return c, nil
}

// parseDays reads the days of a turn out of s.
func parseDays(s, days string) (Control, error) {
	n, ok := parseNumber(days)
	if !ok || n == 0 {
		return Control{}, malformed(s)
	}
	c := Control{Days: int(n)}
	if err := c.Validate(); err != nil {
		return Control{}, err
	}
	return c, nil
}

// malformed is the refusal of a text that is no time control at all.
func malformed(s string) error {
	return fmt.Errorf("%w: %.20q; write minutes and increment as in 3+2 or 1/2+0, minutes and delay as in 10d5, days a turn as in 3d, or %s", ErrControl, s, unlimited)
}

// formatMinutes writes an initial time that is offered.
func formatMinutes(d time.Duration) string {
	for _, f := range fractions {
		if f.time == d {
			return f.text
		}
	}
	return strconv.Itoa(int(d / time.Minute))
}

// parseMinutes reads minutes: a whole number, or a quarter, a half, three
// quarters or one and a half.
func parseMinutes(s string) (time.Duration, bool) {
	for _, f := range fractions {
		if s == f.text || s == strconv.FormatFloat(f.time.Minutes(), 'f', -1, 64) {
			return f.time, true
		}
	}
	n, ok := parseNumber(s)
	return n * time.Minute, ok
}

// parseNumber reads one to three decimal digits.
func parseNumber(s string) (time.Duration, bool) {
	if len(s) == 0 || len(s) > 3 || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return time.Duration(n), err == nil
}
