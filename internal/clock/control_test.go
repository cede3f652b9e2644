package clock_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kibitz/internal/clock"
)

const (
	cs  = 10 * time.Millisecond
	sec = time.Second
	mnt = time.Minute
)

func fischer(initial, increment time.Duration) clock.Control {
	return clock.Control{Initial: initial, Increment: increment}
}

func delayed(initial, delay time.Duration) clock.Control {
	return clock.Control{Initial: initial, Delay: delay}
}

func TestValidate(t *testing.T) {
	for _, row := range []struct {
		name    string
		control clock.Control
		ok      bool
	}{
		{"no clock", clock.Control{}, true},
		{"15 s", fischer(15*sec, 0), true},
		{"30 s", fischer(30*sec, 0), true},
		{"45 s", fischer(45*sec, 0), true},
		{"60 s", fischer(60*sec, 0), true},
		{"90 s", fischer(90*sec, 0), true},
		{"2 min", fischer(2*mnt, 0), true},
		{"180 min", fischer(180*mnt, 180*sec), true},
		{"increment alone", fischer(0, sec), true},
		{"delay of 60 s", delayed(10*mnt, 60*sec), true},
		{"1 s", fischer(sec, 0), false},
		{"20 s", fischer(20*sec, 0), false},
		{"75 s", fischer(75*sec, 0), false},
		{"119 s", fischer(119*sec, 0), false},
		{"150 s", fischer(150*sec, 0), false},
		{"181 min", fischer(181*mnt, 0), false},
		{"negative initial", fischer(-mnt, 5*sec), false},
		{"increment of 181 s", fischer(3*mnt, 181*sec), false},
		{"increment of half a second", fischer(3*mnt, 500*time.Millisecond), false},
		{"negative increment", fischer(3*mnt, -sec), false},
		{"delay of 61 s", delayed(3*mnt, 61*sec), false},
		{"delay of a millisecond", delayed(3*mnt, time.Millisecond), false},
		{"negative delay", delayed(3*mnt, -sec), false},
		{"increment and delay", clock.Control{Initial: 3 * mnt, Increment: sec, Delay: sec}, false},
		{"delay alone", delayed(0, 5*sec), false},
		{"a day", clock.Control{Days: 1}, true},
		{"14 days", clock.Control{Days: 14}, true},
		{"4 days", clock.Control{Days: 4}, false},
		{"negative days", clock.Control{Days: -1}, false},
		{"days and a clock", clock.Control{Days: 1, Initial: 3 * mnt}, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			err := row.control.Validate()
			if (err == nil) != row.ok || err != nil && !errors.Is(err, clock.ErrControl) {
				t.Errorf("Validate() = %v, want ok %v", err, row.ok)
			}
		})
	}
}

func TestParseControl(t *testing.T) {
	for _, row := range []struct {
		text    string
		want    clock.Control
		written string
	}{
		{"3+2", fischer(3*mnt, 2*sec), "3+2"},
		{"1/4+0", fischer(15*sec, 0), "1/4+0"},
		{"0.25+0", fischer(15*sec, 0), "1/4+0"},
		{"0.5+1", fischer(30*sec, sec), "1/2+1"},
		{"0.75+0", fischer(45*sec, 0), "3/4+0"},
		{"1.5+0", fischer(90*sec, 0), "1.5+0"},
		{"1+0", fischer(mnt, 0), "1+0"},
		{"0+1", fischer(0, sec), "0+1"},
		{"180+180", fischer(180*mnt, 180*sec), "180+180"},
		{"10d5", delayed(10*mnt, 5*sec), "10d5"},
		{"1/2d2", delayed(30*sec, 2*sec), "1/2d2"},
		{"unlimited", clock.Control{}, "unlimited"},
		{"3d", clock.Control{Days: 3}, "3d"},
		{"14d", clock.Control{Days: 14}, "14d"},
	} {
		t.Run(row.text, func(t *testing.T) {
			got, err := clock.ParseControl(row.text)
			if err != nil || got != row.want {
				t.Fatalf("ParseControl(%q) = %+v, %v, want %+v", row.text, got, err, row.want)
			}
			if got.String() != row.written {
				t.Errorf("String() = %q, want %q", got.String(), row.written)
			}
		})
	}
}

func TestParseControlRefuses(t *testing.T) {
	for _, text := range []string{
		"", "+", "d", "3", "3+", "+2", "d5", "3 + 2", "3+2 ", "3+2+1", "3d2d1", "-3+2", "3+-2", "3++2", "0+0", "0d0", "0d5",
		"1.25+0", "1/3+0", "0.50+0", "2.5+0", "181+0", "3+181", "3d61", "9999+0", "1e2+0", "٣+٢", "Unlimited", "-",
		"0d", "4d", "30d", "-1d", "1dd", "1.5d", "3d+2",
	} {
		t.Run(text, func(t *testing.T) {
			if got, err := clock.ParseControl(text); !errors.Is(err, clock.ErrControl) || got != (clock.Control{}) {
				t.Errorf("ParseControl(%q) = %+v, %v, want ErrControl", text, got, err)
			}
		})
	}
}

func TestStringOfWhatIsNotOffered(t *testing.T) {
	for _, row := range []struct {
		control clock.Control
		want    string
	}{
		{fischer(20*sec, 0), "20s+0s"},
		{fischer(3*mnt, -sec), "3m0s+-1s"},
		{delayed(0, 15*sec), "0s+0sd15s"},
		{clock.Control{Days: 4}, "4d"},
	} {
		if got := row.control.String(); got != row.want {
			t.Errorf("String() = %q, want %q", got, row.want)
		}
	}
}

func FuzzParseControl(f *testing.F) {
	for _, text := range []string{"3+2", "1/4+0", "0.5+1", "10d5", "unlimited", "0+0", "1.5d60", "999+999"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		control, err := clock.ParseControl(text)
		if err != nil {
			if !errors.Is(err, clock.ErrControl) {
				t.Fatalf("ParseControl(%q): %v, want ErrControl", text, err)
			}
			return
		}
		if err := control.Validate(); err != nil {
			t.Fatalf("ParseControl(%q) = %+v, which is not valid: %v", text, control, err)
		}
		if again, err := clock.ParseControl(control.String()); err != nil || again != control {
			t.Fatalf("ParseControl(%q) = %+v, %v, want %+v", control.String(), again, err, control)
		}
	})
}

// anyControl draws a control that the server offers and that has a clock.
func anyControl(t *rapid.T) clock.Control {
	if rapid.IntRange(0, 7).Draw(t, "by post") == 0 {
		return clock.Control{Days: rapid.SampledFrom(clock.DayChoices[:]).Draw(t, "days")}
	}
	initial := rapid.OneOf(
		rapid.SampledFrom([]time.Duration{0, 15 * sec, 30 * sec, 45 * sec, mnt, 90 * sec}),
		rapid.Map(rapid.IntRange(2, 180), func(n int) time.Duration { return time.Duration(n) * mnt }),
	).Draw(t, "initial")
	if initial > 0 && rapid.Bool().Draw(t, "delayed") {
		return delayed(initial, time.Duration(rapid.IntRange(0, 60).Draw(t, "delay"))*sec)
	}
	least := 0
	if initial == 0 {
		least = 1
	}
	return fischer(initial, time.Duration(rapid.IntRange(least, 180).Draw(t, "increment"))*sec)
}

func TestControlRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		control := anyControl(t)
		if err := control.Validate(); err != nil {
			t.Fatal(err)
		}
		if got, err := clock.ParseControl(control.String()); err != nil || got != control {
			t.Errorf("ParseControl(%q) = %+v, %v, want %+v", control.String(), got, err, control)
		}
		data, err := json.Marshal(control)
		if err != nil {
			t.Fatal(err)
		}
		var got clock.Control
		if err := json.Unmarshal(data, &got); err != nil || got != control {
			t.Errorf("%s reads as %+v, %v, want %+v", data, got, err, control)
		}
	})
}

func TestControlJSON(t *testing.T) {
	for _, row := range []struct {
		name    string
		control clock.Control
		want    string
	}{
		{"increment", fischer(3*mnt, 2*sec), `{"initial_ms":180000,"increment_ms":2000}`},
		{"delay", delayed(3*mnt, 2*sec), `{"initial_ms":180000,"increment_ms":0,"delay_ms":2000}`},
		{"no clock", clock.Control{}, `{"initial_ms":0,"increment_ms":0}`},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := json.Marshal(row.control)
			if err != nil || string(got) != row.want {
				t.Errorf("got %s, %v, want %s", got, err, row.want)
			}
		})
	}
}

func TestControlJSONRefuses(t *testing.T) {
	for _, text := range []string{
		`{"initial_ms":-1}`, `{"initial_ms":9223372036854775807}`, `{"increment_ms":2147483648}`, `{"delay_ms":-5}`,
		`{"initial_ms":1.5}`, `{"initial_ms":"3"}`, `[]`, `"3+2"`,
	} {
		t.Run(text, func(t *testing.T) {
			got := fischer(3*mnt, 0)
			if err := json.Unmarshal([]byte(text), &got); !errors.Is(err, clock.ErrControl) || got != fischer(3*mnt, 0) {
				t.Errorf("got %+v, %v, want ErrControl and no change", got, err)
			}
		})
	}
}

func TestLow(t *testing.T) {
	for _, row := range []struct {
		name    string
		control clock.Control
		want    time.Duration
	}{
		{"no clock", clock.Control{}, 0},
		{"increment alone", fischer(0, 5*sec), 5 * sec},
		{"15 s", fischer(15*sec, 0), 5 * sec},
		{"60 s", fischer(mnt, 0), 6 * sec},
		{"3 min", fischer(3*mnt, 2*sec), 18 * sec},
		{"5 min", fischer(5*mnt, 0), 30 * sec},
		{"3 h", fischer(180*mnt, 0), 30 * sec},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := clock.Low(row.control); got != row.want {
				t.Errorf("Low(%v) = %v, want %v", row.control, got, row.want)
			}
		})
	}
}
