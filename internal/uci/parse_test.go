package uci

import (
	"reflect"
	"strings"
	"testing"
)

func TestParseInfo(t *testing.T) {
	rows := []struct {
		name, line string
		want       Info
		ok         bool
	}{
		{"all of it", "depth 12 seldepth 18 multipv 1 score cp -35 nodes 20000 nps 9 hashfull 1 tbhits 0 time 12 pv e2e4 e7e8q",
			Info{12, 20000, Score{Centipawns: -35}, []string{"e2e4", "e7e8q"}}, true},
		{"mate", "depth 3 score mate 2 pv a1a8", Info{3, 0, Score{Mate: 2}, []string{"a1a8"}}, true},
		{"being mated", "depth 3 score mate -2", Info{Depth: 3, Score: Score{Mate: -2}}, true},
		{"mated", "depth 0 score mate 0", Info{Score: Score{Mate: -1}}, true},
		{"the second line", "depth 3 multipv 2 score cp 1", Info{}, false},
		{"a bound", "depth 3 score cp 1 lowerbound nodes 5", Info{}, false},
		{"text", "string depth 3 score cp 1", Info{}, false},
		{"no score", "depth 3 currmove e2e4 currmovenumber 1", Info{Depth: 3}, false},
		{"cut off", "depth 3 score cp", Info{Depth: 3}, false},
		{"no number", "depth x score cp y nodes -4", Info{}, false},
		{"a line with nonsense", "score cp 1 pv e2e4 hello e7e5", Info{Score: Score{Centipawns: 1}, PV: []string{"e2e4"}}, true},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got, ok := parseInfo(strings.Fields(row.line))
			if ok != row.ok || ok && !reflect.DeepEqual(got, row.want) {
				t.Errorf("%q: got %+v, %v, want %+v, %v", row.line, got, ok, row.want, row.ok)
			}
		})
	}
}

func TestAnnounce(t *testing.T) {
	o := make(options)
	for _, line := range []string{
		"option name Skill Level type spin default 20 min 0 max 20",
		"option name Style type combo default Solid var Solid var Very Risky",
		"option name UCI_Chess960 type check default false",
		"option name nothing", "option name odd type", "id name type", "",
	} {
		o.announce(line)
	}
	want := options{
		"skill level":  {kind: "spin", max: 20},
		"style":        {kind: "combo", choices: []string{"Solid", "Very Risky"}},
		"uci_chess960": {kind: "check"},
	}
	if !reflect.DeepEqual(o, want) {
		t.Errorf("got %+v, want %+v", o, want)
	}
}

// FuzzLines: whatever an engine writes, what is kept of it has the right form.
func FuzzLines(f *testing.F) {
	f.Add("info depth 12 multipv 1 score cp -35 nodes 20000 pv e2e4 e7e8q")
	f.Add("bestmove e2e4 ponder e7e5")
	f.Add("bestmove (none)")
	f.Add("option name Style type combo default Solid var Solid var Very Risky")
	f.Add("option name Skill Level type spin default 20 min 0 max 20")
	f.Fuzz(func(t *testing.T, line string) {
		var r Reply
		r.read(line)
		if r.check() == nil && r.Best != "" && !isMove(r.Best) || r.Ponder != "" && !isMove(r.Ponder) {
			t.Errorf("%q: kept %+v", line, r)
		}
		for _, m := range r.Info.PV {
			if !isMove(m) {
				t.Errorf("%q: kept %q", line, m)
			}
		}
		o := make(options)
		o.announce(line)
		for name := range o {
			command, err := o.command(name, "1")
			if err == nil && strings.ContainsAny(command, "\r\n") {
				t.Errorf("%q: the command %q has two lines", line, command)
			}
		}
	})
}
