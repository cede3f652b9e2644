package poker_test

import (
	"bufio"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"kibitz/internal/poker"
)

// acpcAction is one action of the log: a letter, and for a raise the chips put
// in over the whole hand.
var acpcAction = regexp.MustCompile(`f|c|r\d+`)

// replayACPC plays a line STATE:hand:betting:cards:values:names of two players
// with 20000 chips and blinds of 50 and 100, and returns what each has won.
func replayACPC(t *testing.T, line string) (got, want string) {
	t.Helper()
	parts := strings.Split(line, ":")
	if len(parts) != 6 {
		t.Fatalf("%d parts in %s", len(parts), line)
	}
	cards := strings.SplitN(parts[3], "/", 2)
	board := ""
	if len(cards) == 2 {
		board = strings.ReplaceAll(cards[1], "/", "")
	}
	s := setup("holdem", poker.Limit{Structure: poker.NoLimit, BigBlind: 100}, 20000, 20000)
	hand := deal(t, s, strings.ReplaceAll(cards[0], "|", " ")+" / "+board)
	for _, text := range acpcAction.FindAllString(parts[2], -1) {
		acpcAct(t, hand, text)
	}
	if !hand.Over() {
		t.Errorf("%s is not over", line)
	}
	return fmt.Sprintf("%d|%d", hand.Stack(0)-20000, hand.Stack(1)-20000), parts[4]
}

// acpcAct plays one action of the log.
func acpcAct(t *testing.T, hand *trial, text string) {
	t.Helper()
	p := hand.ToAct()
	switch {
	case text == "f":
		hand.play(fmt.Sprintf("%d f", p))
	case text == "c" && hand.Options().Call == 0:
		hand.play(fmt.Sprintf("%d x", p))
	case text == "c":
		hand.play(fmt.Sprintf("%d c", p))
	default:
		total, err := strconv.Atoi(text[1:])
		if err != nil {
			t.Fatal(err)
		}
		view := hand.Public().Players[p]
		before := 20000 - view.Stack - view.Bet // on earlier streets
		hand.play(fmt.Sprintf("%d r %d", p, total-int(before)))
	}
}

func TestACPCLog(t *testing.T) {
	file, err := os.Open(sharedFile(t, "acpc/holdem.nolimit.2p.500hands.log"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	hands := 0
	for scanner := bufio.NewScanner(file); scanner.Scan(); {
		line := scanner.Text()
		if !strings.HasPrefix(line, "STATE:") {
			continue
		}
		hands++
		if got, want := replayACPC(t, line); got != want {
			t.Errorf("got %s, want %s: %s", got, want, line)
		}
	}
	if hands != 500 {
		t.Errorf("%d hands, want 500", hands)
	}
}
