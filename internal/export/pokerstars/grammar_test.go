package pokerstars_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kibitz/internal/poker/eval"
)

// The grammar of poker-formats, read strictly: every line must be one of those
// below, at a place where it may stand, with amounts that add up.
const (
	gamePattern = `(Hold'em|Omaha|Omaha Hi/Lo) (No Limit|Pot Limit|Limit)`
	datePattern = `\d{4}/\d\d/\d\d \d{1,2}:\d\d:\d\d`
	cardPattern = `\[([2-9TJQKA][cdhs](?: [2-9TJQKA][cdhs])*)\]`
	madePattern = `(high card \w+|a pair of \w+|two pair, \w+ and \w+|three of a kind, \w+|a straight, \w+ to \w+|a flush, \w+ high|` +
		`a full house, \w+ full of \w+|four of a kind, \w+|a straight flush, \w+ to \w+|a Royal Flush)`
	lowPattern  = `[A2-8](?:,[A2-8]){4}`
	handPattern = `(` + madePattern + `|HI: ` + madePattern + `(; LO: ` + lowPattern + `)?)`
)

var (
	headerLine = regexp.MustCompile(`^PokerStars Hand #(\d{12,18}):  (?:Tournament #\d+, \d+\+\d+ )?` + gamePattern +
		`(?: - Level [IVXLCDM]+)? \((\d+)/(\d+)\) - ` + datePattern + ` UTC \[` + datePattern + ` ET\]$`)
	tableLine    = regexp.MustCompile(`^Table '(.+)' (\d+)-max( \(Play Money\))? Seat #(\d+) is the button$`)
	seatLine     = regexp.MustCompile(`^Seat (\d+): (.+) \((\d+) in chips\)( is sitting out)?$`)
	actionLine   = regexp.MustCompile(`^: (posts (?:the ante|small blind|big blind|small & big blinds|straddle)|calls|bets|raises (\d+) to) (\d+)( and is all-in)?$`)
	uncalledLine = regexp.MustCompile(`^Uncalled bet \((\d+)\) returned to (.+)$`)
	streetLine   = regexp.MustCompile(`^\*\*\* (FIRST |SECOND )?(FLOP|TURN|RIVER) \*\*\* (?:` + cardPattern + ` )?` + cardPattern + `$`)
	showLine     = regexp.MustCompile(`^: shows ` + cardPattern + `(?: \(` + handPattern + `\))?$`)
	collectLine  = regexp.MustCompile(`^ collected (\d+) from (pot|main pot|side pot|side pot-\d)$`)
	dealtLine    = regexp.MustCompile(`^Dealt to (.+) ` + cardPattern + `$`)
	totalLine    = regexp.MustCompile(`^Total pot (\d+)((?: (?:Main pot|Side pot|Side pot-\d) \d+\.)*) \| Rake 0$`)
	boardLine    = regexp.MustCompile(`^(FIRST |SECOND )?Board ` + cardPattern + `$`)
	summaryLine  = regexp.MustCompile(`^((?: \(button\))?(?: \(small blind\))?(?: \(big blind\))?) (folded before Flop(?: \(didn't bet\))?|` +
		`folded on the (?:Flop|Turn|River)|collected \(\d+\)|mucked(?: ` + cardPattern + `)?|showed .+)$`)
	resultPart = regexp.MustCompile(`^(won \((\d+)\)|lost) with ` + handPattern + `$`)
	asideLine  = regexp.MustCompile(`^ (has timed out|is disconnected|is connected|is sitting out|has returned|leaves the table|finished the tournament in (?:1st|2nd|3rd|[4-9]th|10th) place|joins the table at seat #\d+)$`)
)

// reading is what is known while a hand is read.
type reading struct {
	lines []string
	at    int
	// players are by seat; names are from the seat lines, the longest first.
	players map[int]*person
	names   []string
	small   int
	big     int
	fixed   bool
	button  int
	price   int
	total   int // put in, less what came back
	boards  [2]string
	hero    string
	pots    map[string]int
	paid    int
	stage   int // 0 forced bets, 1 betting, 2 showdown, 3 summary
	known   eval.Hand
}

type person struct {
	name                    string
	stack, bet, won, folded int
	showed                  string
	summed                  bool
}

func (r *reading) fail(format string, args ...any) {
	panic(fmt.Errorf("line %d, %q: %s", r.at+1, r.lines[r.at], fmt.Sprintf(format, args...)))
}

func (r *reading) number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		r.fail("%v", err)
	}
	return n
}

// readHand reads one hand, and returns what each seat has at the end.
func readHand(text string) (r *reading, err error) {
	defer func() {
		if fault, ok := recover().(error); ok {
			err = fault
		}
	}()
	body, ok := strings.CutSuffix(text, "\r\n\r\n\r\n")
	r = &reading{lines: strings.Split(body, "\r\n"), players: map[int]*person{}, pots: map[string]int{}}
	if !ok || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\n") {
		return r, fmt.Errorf("lines end in CR LF, and the hand with two empty ones: %q", text)
	}
	r.head()
	for ; r.at < len(r.lines); r.at++ {
		r.read(r.lines[r.at])
	}
	r.at--
	r.end()
	return r, nil
}

func (r *reading) head() {
	m := headerLine.FindStringSubmatch(r.lines[0])
	if m == nil {
		r.fail("want a header")
	}
	r.small, r.big, r.fixed = r.number(m[4]), r.number(m[5]), m[3] == "Limit"
	if r.fixed {
		r.small, r.big = r.small/2, r.small
	}
	r.price = r.big
	r.at++
	table := tableLine.FindStringSubmatch(r.lines[1])
	if table == nil {
		r.fail("want a table")
	}
	r.button = r.number(table[4])
	for r.at++; ; r.at++ {
		m := seatLine.FindStringSubmatch(r.lines[r.at])
		if m == nil {
			break
		}
		seat := r.number(m[1])
		if r.players[seat] != nil || seat > r.number(table[2]) || slices.Contains(r.names, m[2]) {
			r.fail("the seat or the name is there twice, or the seat not at all")
		}
		r.players[seat] = &person{name: m[2], stack: r.number(m[3])}
		r.names = append(r.names, m[2])
	}
	slices.SortFunc(r.names, func(a, b string) int { return len(b) - len(a) })
}

// who finds the player whose name a text begins with.
func (r *reading) who(text string) (*person, string) {
	for _, name := range r.names {
		rest, ok := strings.CutPrefix(text, name)
		if !ok || !strings.HasPrefix(rest, ":") && !strings.HasPrefix(rest, " ") {
			continue
		}
		for _, p := range r.players {
			if p.name == name {
				return p, rest
			}
		}
	}
	return nil, text
}

func (r *reading) read(line string) {
	switch {
	case line == "*** HOLE CARDS ***" && r.stage == 0:
		r.stage = 1
		return
	case strings.HasSuffix(line, "SHOW DOWN ***") && slices.Contains([]string{"*** SHOW DOWN ***", "*** FIRST SHOW DOWN ***", "*** SECOND SHOW DOWN ***"}, line) && r.stage > 0:
		r.stage = 2
		return
	case line == "*** SUMMARY ***" && r.stage < 3:
		r.stage = 3
		return
	case line == "No low hand qualified" && r.stage == 2:
		return
	case r.stage == 3:
		r.summary(line)
		return
	}
	p, rest := r.who(line)
	if p == nil {
		r.nobody(line)
		return
	}
	switch {
	case asideLine.MatchString(rest):
	case r.stage < 2 && actionLine.MatchString(rest):
		r.action(p, actionLine.FindStringSubmatch(rest))
	case r.stage == 1 && rest == ": folds":
		p.folded = 1
	case r.stage == 1 && rest == ": checks":
		if p.bet != r.price && p.stack > 0 {
			r.fail("there are %d to call", r.price-p.bet)
		}
	case collectLine.MatchString(rest):
		m := collectLine.FindStringSubmatch(rest)
		p.won += r.number(m[1])
		r.pots[m[2]] += r.number(m[1])
		r.paid += r.number(m[1])
	case showLine.MatchString(rest):
		r.show(p, showLine.FindStringSubmatch(rest)[1])
	case rest == ": mucks hand" && r.stage == 2, rest == ": doesn't show hand" && r.stage == 1:
	default:
		r.nobody(line)
	}
}

// nobody reads a line that begins with no name.
func (r *reading) nobody(line string) {
	switch {
	case uncalledLine.MatchString(line) && r.stage == 1:
		m := uncalledLine.FindStringSubmatch(line)
		for _, p := range r.players {
			if p.name == m[2] {
				p.stack += r.number(m[1])
				r.total -= r.number(m[1])
				return
			}
		}
		r.fail("there is no %s", m[2])
	case dealtLine.MatchString(line) && r.stage == 1 && r.hero == "":
		m := dealtLine.FindStringSubmatch(line)
		r.hero = m[1]
		r.see(m[2])
	case streetLine.MatchString(line) && r.stage == 1:
		r.street(streetLine.FindStringSubmatch(line))
	case regexp.MustCompile(`^Seat \d+` + asideLine.String()[1:]).MatchString(line):
	default:
		r.fail("not in the grammar, at stage %d", r.stage)
	}
}

// see notes cards, and that none is there twice.
func (r *reading) see(text string) {
	for _, name := range strings.Fields(text) {
		c, err := eval.ParseCard(name)
		if err != nil || r.known.Has(c) {
			r.fail("%s, which is there already, or %v", name, err)
		}
		r.known |= c.Hand()
	}
}

func (r *reading) show(p *person, cards string) {
	if p.showed == "" && p.name != r.hero {
		r.see(cards)
	}
	p.showed = cards
}

// action moves chips.
func (r *reading) action(p *person, m []string) {
	verb, amount := m[1], r.number(m[3])
	live, forced := amount, strings.HasPrefix(verb, "posts")
	if forced != (r.stage == 0) || p.folded > 0 {
		r.fail("out of place")
	}
	switch {
	case verb == "posts the ante", verb == "posts small blind" && !r.marked(p, "small blind"):
		live = 0
	case verb == "posts small & big blinds":
		live = amount - r.small
	case verb == "posts straddle":
		r.price = max(r.price, 2*r.big)
	case verb == "calls" && amount != min(r.price-p.bet, p.stack):
		r.fail("the price is %d, and the player has %d of it", r.price, p.bet)
	case verb == "bets" && (r.price != 0 || p.bet != 0):
		r.fail("there is a bet of %d", r.price)
	case strings.HasPrefix(verb, "raises"):
		if r.number(m[2]) != amount-r.price || amount <= r.price || r.price == 0 {
			r.fail("the price is %d", r.price)
		}
		amount -= p.bet
		live = amount
	}
	p.stack -= amount
	p.bet += live
	r.total += amount
	if !forced {
		r.price = max(r.price, p.bet)
	}
	if (p.stack == 0) != (m[4] != "") || p.stack < 0 {
		r.fail("%d are left", p.stack)
	}
}

// marked looks a player up in the summary.
func (r *reading) marked(p *person, what string) bool {
	for _, line := range r.lines {
		if strings.HasPrefix(line, "Seat ") && strings.Contains(line, ": "+p.name+" ") {
			_, rest, _ := strings.Cut(line, ": "+p.name)
			if m := summaryLine.FindStringSubmatch(rest); m != nil {
				return strings.Contains(m[1], what)
			}
		}
	}
	return false
}

func (r *reading) street(m []string) {
	run := 0
	if m[1] == "SECOND " {
		run = 1
	}
	before := r.boards[run]
	if run == 1 && before == "" {
		before = m[3]
		if !strings.HasPrefix(r.boards[0], before) {
			r.fail("the boards have no beginning in common")
		}
	}
	if m[3] != before || len(strings.Fields(m[4])) != map[string]int{"FLOP": 3, "TURN": 1, "RIVER": 1}[m[2]] {
		r.fail("the board was %s", before)
	}
	r.see(m[4])
	r.boards[run] = strings.TrimSpace(before + " " + m[4])
	r.price = 0
	for _, p := range r.players {
		p.bet = 0
	}
}

func (r *reading) summary(line string) {
	switch {
	case totalLine.MatchString(line):
		m := totalLine.FindStringSubmatch(line)
		if r.number(m[1]) != r.paid || r.paid != r.total {
			r.fail("%d put in, %d paid", r.total, r.paid)
		}
		for _, pot := range regexp.MustCompile(`(\S+ \S+) (\d+)\.`).FindAllStringSubmatch(m[2], -1) {
			if r.pots[strings.ToLower(pot[1])] != r.number(pot[2]) {
				r.fail("the %s paid %d", pot[1], r.pots[strings.ToLower(pot[1])])
			}
		}
	case boardLine.MatchString(line):
		m := boardLine.FindStringSubmatch(line)
		if (m[1] != "") != (r.boards[1] != "") || m[2] != r.boards[min(len(m[1])%6%2+len(m[1])/7, 1)] {
			r.fail("the boards are %s", r.boards)
		}
	case line == "Hand was run twice" && r.boards[1] != "":
	default:
		r.seat(line)
	}
}

// seat reads the line of a player in the summary.
func (r *reading) seat(line string) {
	var p *person
	seat, rest := 0, ""
	if head, tail, ok := strings.Cut(line, ": "); ok && strings.HasPrefix(head, "Seat ") {
		seat = r.number(head[5:])
		p, rest = r.who(tail)
	}
	if p == nil || r.players[seat] != p || p.summed {
		r.fail("not in the grammar of a summary")
	}
	p.summed = true
	m := summaryLine.FindStringSubmatch(rest)
	if m == nil || strings.Contains(m[1], "button") != (seat == r.button) {
		r.fail("not in the grammar of a summary")
	}
	won := 0
	switch what := m[2]; {
	case strings.HasPrefix(what, "collected"):
		won = r.number(what[11 : len(what)-1])
	case strings.HasPrefix(what, "showed"):
		won = r.showed(p, what)
	case strings.HasPrefix(what, "folded") != (p.folded > 0):
		r.fail("folded: %t", p.folded > 0)
	case m[3] != "" && p.name != r.hero && p.showed == "":
		r.fail("cards that were never shown")
	}
	if won != p.won {
		r.fail("collected %d", p.won)
	}
}

func (r *reading) showed(p *person, what string) int {
	list, results, ok := strings.Cut(what, "] and ")
	if !ok || list != "showed ["+p.showed {
		r.fail("showed %s", p.showed)
	}
	won := 0
	parts := regexp.MustCompile(`, and (?:won|lost)`).ReplaceAllStringFunc(results, func(s string) string { return "|" + s[6:] })
	for _, part := range strings.Split(parts, "|") {
		m := resultPart.FindStringSubmatch(part)
		if m == nil {
			r.fail("not in the grammar of a result: %q", part)
		}
		if m[2] != "" {
			won += r.number(m[2])
		}
	}
	return won
}

// end sees that nobody was left out.
func (r *reading) end() {
	sum := 0
	for _, p := range r.players {
		sum += p.won
		p.stack += p.won
	}
	if r.stage != 3 || sum != r.paid || r.paid != r.total {
		r.fail("the hand ends at stage %d; %d put in, %d paid", r.stage, r.total, r.paid)
	}
}
