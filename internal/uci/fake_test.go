package uci

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// TestMain lets the test binary be the engines that the tests need.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == "fake-engine" {
		fakeEngine(os.Args[2], os.Args[3:])
		return
	}
	if len(os.Args) > 1 && os.Args[1] == "fake-server" {
		fakeServer()
		return
	}
	os.Exit(m.Run())
}

// fakeEngine speaks UCI but for the fault it is named after.
func fakeEngine(fault string, args []string) {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		line := in.Text()
		word, _, _ := strings.Cut(line, " ")
		if act := faults[fault+" "+word]; act != nil {
			act(args)
			continue
		}
		switch word {
		case "uci":
			fmt.Print("id name Fake\r\noption name UCI_Chess960 type check default false\r\n" +
				"option name Style type combo default Solid var Solid var Very Risky\noption name Clear type button\n" +
				"option name Book File type string default <empty>\nuciok\n")
		case "isready":
			fmt.Println("readyok")
		case "go":
			fmt.Println("info depth 3 score cp 12 nodes 7 pv e2e4 e7e5\nbestmove e2e4 ponder e7e5")
		case "quit":
			return
		}
	}
	if fault == "stubborn" {
		sleepOn(nil)
	}
}

// faults is what engines do where they should answer: fault and command.
var faults = map[string]func(args []string){
	"ends at once uci":   func([]string) { os.Exit(3) },
	"mute uci":           func([]string) {},
	"dies go":            func([]string) { os.Exit(4) },
	"dies once go":       dieOnce,
	"hangs go":           sleepOn,
	"deaf position":      sleepOn,
	"stubborn quit":      func([]string) {},
	"thinks for ever go": func([]string) { fmt.Println("info depth 1 score cp 5 pv d2d4") },
	"thinks for ever stop": func([]string) {
		fmt.Println("bestmove d2d4")
	},
	"ignores stop go":   func([]string) {},
	"talks nonsense go": func([]string) { fmt.Println("bestmove \x00hello") },
	"babbles isready":   func([]string) { fmt.Print("\xff\xfe\n\n\x00\ninfo score\nbestmove h7h8q\nreadyok\n") },
	"says it twice go":  func([]string) { fmt.Println("bestmove a2a3\nbestmove h2h3") },
	"one long line go":  func([]string) { fmt.Print(strings.Repeat("x", 1<<20)) },
	"megabytes go":      flood,
	"closes its mouth go": func([]string) {
		_ = os.Stdout.Close()
		sleepOn(nil)
	},
	"snoops uci": func([]string) {
		if os.Getenv("KIBITZ_TEST_SECRET") != "" {
			os.Exit(5)
		}
		fmt.Println("uciok")
	},
}

func sleepOn([]string) { time.Sleep(time.Hour) }

// dieOnce ends the first process that comes here, and plays in the next.
func dieOnce(args []string) {
	if _, err := os.Stat(args[0]); err != nil {
		_ = os.WriteFile(args[0], nil, 0o600)
		os.Exit(6)
	}
	fmt.Println("bestmove b1c3")
}

func flood([]string) {
	out := bufio.NewWriter(os.Stdout)
	for {
		if _, err := fmt.Fprintln(out, "info string", strings.Repeat("y", 1000)); err != nil {
			return
		}
	}
}
