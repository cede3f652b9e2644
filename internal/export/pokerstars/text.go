package pokerstars

import (
	"strconv"
	"strings"
	"time"
)

// stamp writes a date and a time; the hour has no leading zero.
func stamp(t time.Time) string {
	return t.Format("2006/01/02 ") + strings.TrimPrefix(t.Format("15:04:05"), "0")
}

// eastern returns a time as clocks show it in New York. Daylight saving time is
// from the second Sunday of March to the first of November, at 2 o'clock, as it
// has been since 2007: a server may have no list of time zones.
func eastern(t time.Time) time.Time {
	standard := t.UTC().Add(-5 * time.Hour)
	year := standard.Year()
	from := sunday(year, time.March, 8).Add(2 * time.Hour)
	to := sunday(year, time.November, 1).Add(time.Hour) // 2 o'clock in summer
	if standard.Before(from) || !standard.Before(to) {
		return standard
	}
	return standard.Add(time.Hour)
}

// sunday returns the first Sunday from a day of a month on.
func sunday(year int, month time.Month, day int) time.Time {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return t.AddDate(0, 0, int(7-t.Weekday())%7)
}

// ordinal writes a place, as in "3rd".
func ordinal(n int) string {
	ending := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			ending = "st"
		case 2:
			ending = "nd"
		case 3:
			ending = "rd"
		}
	}
	return strconv.Itoa(n) + ending
}

// roman writes the level of a tournament.
func roman(n int) string {
	var b strings.Builder
	for _, digit := range []struct {
		value int
		text  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= digit.value && b.Len() < 20; n -= digit.value {
			b.WriteString(digit.text)
		}
	}
	return b.String()
}
