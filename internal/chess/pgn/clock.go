package pgn

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// maxHours keeps a clock far from the overflow of time.Duration.
const maxHours = 99_999

// ParseClock reads h:mm:ss with an optional fraction of a second; the hours, and the minutes, may be left out.
func ParseClock(text string) (time.Duration, bool) {
	whole, fraction, hasFraction := strings.Cut(text, ".")
	parts := strings.Split(whole, ":")
	if len(parts) > 3 {
		return 0, false
	}
	seconds := 0
	for _, part := range parts {
		n, ok := parseDigits(part)
		if !ok || n > maxHours {
			return 0, false
		}
		seconds = seconds*60 + n
	}
	rest, ok := parseFraction(fraction, hasFraction)
	return time.Duration(seconds)*time.Second + rest, ok
}

func parseFraction(digits string, present bool) (time.Duration, bool) {
	if !present {
		return 0, true
	}
	if len(digits) > 9 {
		digits = digits[:9]
	}
	n, ok := parseDigits(digits)
	for range 9 - len(digits) {
		n *= 10
	}
	return time.Duration(n), ok
}

// parseDigits accepts an unsigned decimal number of at most nine digits.
func parseDigits(text string) (int, bool) {
	if text == "" || len(text) > 9 {
		return 0, false
	}
	n := 0
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
		n = n*10 + int(text[i]-'0')
	}
	return n, true
}

// FormatClock writes h:mm:ss, with hundredths when there are any. Less than a hundredth is cut off; a negative duration
// is written as zero.
func FormatClock(d time.Duration) string {
	cs := max(0, d.Milliseconds()/10)
	text := fmt.Sprintf("%d:%02d:%02d", cs/360_000, cs/6_000%60, cs/100%60)
	if cs%100 == 0 {
		return text
	}
	return text + strings.TrimRight(fmt.Sprintf(".%02d", cs%100), "0")
}

// ClockCommand is the [%clk] for a player who has d left.
func ClockCommand(d time.Duration) Command { return Command{"clk", FormatClock(d)} }

// Eval is an engine's judgement, from White's side.
type Eval struct {
	Centipawns int // 0 when a mate is announced
	Mate       int // moves to mate, negative when Black mates; 0 for none
	Depth      int // 0 when not given
}

// ParseEval reads pawns with a decimal point, or #n for a mate, then an optional depth behind a comma.
func ParseEval(text string) (Eval, bool) {
	value, depth, hasDepth := strings.Cut(text, ",")
	var eval Eval
	var ok bool
	if mate, isMate := strings.CutPrefix(value, "#"); isMate {
		eval.Mate, ok = parseSigned(mate, parseDigits)
	} else {
		eval.Centipawns, ok = parseSigned(value, parsePawns)
	}
	if ok && hasDepth {
		eval.Depth, ok = parseDigits(depth)
	}
	if !ok {
		return Eval{}, false
	}
	return eval, true
}

func parseSigned(text string, parse func(string) (int, bool)) (int, bool) {
	if digits, negative := strings.CutPrefix(text, "-"); negative {
		n, ok := parse(digits)
		return -n, ok
	}
	return parse(strings.TrimPrefix(text, "+"))
}

// parsePawns returns hundredths; further decimals are cut off.
func parsePawns(text string) (int, bool) {
	whole, fraction, hasFraction := strings.Cut(text, ".")
	pawns, ok := parseDigits(whole)
	if !ok || !hasFraction {
		return pawns * 100, ok
	}
	if _, ok := parseDigits(fraction); !ok {
		return 0, false
	}
	hundredths, _ := strconv.Atoi((fraction + "0")[:2])
	return pawns*100 + hundredths, true
}
