package pgn

import (
	"testing"
	"time"
)

func TestParseClock(t *testing.T) {
	for _, row := range []struct {
		text string
		want time.Duration
		ok   bool
	}{
		{"0:03:00", 3 * time.Minute, true},
		{"1:02:03", time.Hour + 2*time.Minute + 3*time.Second, true},
		{"0:00:00.5", 500 * time.Millisecond, true},
		{"0:00:09.07", 9*time.Second + 70*time.Millisecond, true},
		{"0:00:01.123456789123", time.Second + 123_456_789, true},
		{"10:00", 10 * time.Minute, true},
		{"45", 45 * time.Second, true},
		{"100:00:00", 100 * time.Hour, true},
		{"", 0, false}, {"-0:01:00", 0, false}, {"1:2:3:4", 0, false}, {"a:00:00", 0, false}, {"0::1", 0, false},
		{"0:00:01.", 0, false}, {"0:00:01.x", 0, false}, {"999999999:00:00", 0, false},
	} {
		got, ok := ParseClock(row.text)
		if ok != row.ok || ok && got != row.want {
			t.Errorf("ParseClock(%q) = %v, %t, want %v, %t", row.text, got, ok, row.want, row.ok)
		}
	}
}

func TestFormatClock(t *testing.T) {
	for _, row := range []struct {
		clock time.Duration
		want  string
	}{
		{0, "0:00:00"}, {-time.Second, "0:00:00"}, {3 * time.Minute, "0:03:00"}, {25*time.Hour + 61*time.Second, "25:01:01"},
		{9*time.Second + 70*time.Millisecond, "0:00:09.07"}, {500 * time.Millisecond, "0:00:00.5"}, {9 * time.Millisecond, "0:00:00"},
	} {
		if got := FormatClock(row.clock); got != row.want {
			t.Errorf("FormatClock(%v) = %s, want %s", row.clock, got, row.want)
		}
		if got, ok := ParseClock(row.want); !ok || got != max(0, row.clock.Truncate(10*time.Millisecond)) {
			t.Errorf("ParseClock(%s) = %v, %t, want %v", row.want, got, ok, row.clock)
		}
	}
}

func TestParseEval(t *testing.T) {
	for _, row := range []struct {
		text string
		want Eval
		ok   bool
	}{
		{"0.17", Eval{Centipawns: 17}, true}, {"-0.06", Eval{Centipawns: -6}, true}, {"+1.5", Eval{Centipawns: 150}, true},
		{"0.0", Eval{}, true}, {"12", Eval{Centipawns: 1200}, true}, {"0.179", Eval{Centipawns: 17}, true},
		{"#3", Eval{Mate: 3}, true}, {"#-12", Eval{Mate: -12}, true}, {"2.35,18", Eval{Centipawns: 235, Depth: 18}, true},
		{"", Eval{}, false}, {"#", Eval{}, false}, {"1.", Eval{}, false}, {".5", Eval{}, false}, {"1,x", Eval{}, false},
		{"--1", Eval{}, false}, {"1.2.3", Eval{}, false},
	} {
		if got, ok := ParseEval(row.text); got != row.want || ok != row.ok {
			t.Errorf("ParseEval(%q) = %+v, %t, want %+v, %t", row.text, got, ok, row.want, row.ok)
		}
	}
}

func TestCommandsOfAMove(t *testing.T) {
	game := mustReadOne(t, "1. e4 {x} {[%clk 0:02:59.5] [%emt 0:00:01] [%eval 0.3,12] [%cal Ge2e4]} e5 {[%clk soon]} *")
	e4, e5 := &game.Nodes[1], &game.Nodes[2]
	if got, ok := e4.Clock(); !ok || got != 179_500*time.Millisecond {
		t.Errorf("Clock = %v, %t", got, ok)
	}
	if got, ok := e4.Elapsed(); !ok || got != time.Second {
		t.Errorf("Elapsed = %v, %t", got, ok)
	}
	if got, ok := e4.Eval(); !ok || got != (Eval{Centipawns: 30, Depth: 12}) {
		t.Errorf("Eval = %v, %t", got, ok)
	}
	if got, ok := e4.Command("cal"); !ok || got != "Ge2e4" {
		t.Errorf("cal = %q, %t", got, ok)
	}
	if got, ok := e5.Clock(); ok {
		t.Errorf("Clock = %v from text that is no clock", got)
	}
	if got, want := ClockCommand(90*time.Second).String(), "[%clk 0:01:30]"; got != want {
		t.Errorf("ClockCommand = %s, want %s", got, want)
	}
}
