package archive

import "math/bits"

// models are what the packer expects, and what it learns on the way.
type models struct {
	count signed
	// turn and pressed are by whether the record before was so.
	turn     [2][2]chance
	pressed  [2][3]chance
	lastTurn chance
	rank     [rankContexts]number
	// word, seat and actor are of records that are no turns, before the game
	// began and after.
	word, seat, actor [2]number
	size              number
	octet             [3]number
	stranger          chance
	thought           [timeContexts]signed // of turns
	elapsed, ending   signed               // of other records
	timed, centi      chance
	comp              [2]signed
	gains             [3]signed // by swing
	spent             signed
	own               ownModel
}

// usual is what is expected before anything was seen. It is part of the stored
// form, as is all that follows: counts over one half of 500 real games, of which
// the other half was measured. Each letter is a count: an a is one, and every
// letter that follows √2 times as much.
var usual = expectations()

const (
	rankContexts = 20
	timeContexts = 24
)

func expectations() models {
	likely, unlikely := expected(97, 100), expected(1, 100)
	m := models{
		count:   signed{zero: expected(60, 100), minus: expected(1, 10), size: expectEach("hfedcba")},
		turn:    [2][2]chance{{likely, unlikely}, {likely, likely}},
		pressed: [2][3]chance{{unlikely, unlikely, unlikely}, {unlikely, likely, likely}}, lastTurn: unlikely,
		word: [2]number{expectEach(".z"), expectEach("aabcbkaaaaataaaaaa")},
		seat: [2]number{expectEach("z"), expectEach("fmm")}, actor: [2]number{expectEach("z"), expectEach("hajj")},
		size:  expectEach("jaanaabbcdcddeeeddccbbaaaaaaaaaa"),
		octet: [3]number{expectEach(ended), expectEach("qoooaaaaaa"), expect(1, 1, 1, 1, 1, 12, 30, 60, 8)},
		timed: unlikely, centi: likely,
		elapsed: signed{minus: unlikely}, ending: signed{zero: unlikely, size: expect(4, 4, 8, 16, 16, 8, 2, 1)},
		comp:  [2]signed{expectedLag, expectedLag},
		gains: [3]signed{expectedGain(50), expectedGain(10), expectedGain(90)},
		spent: signed{zero: expected(99, 100)},
		own:   ownModel{regular: likely, taken: likely, setup: expectEach("baap")},
	}
	for i, counts := range expectTime {
		m.thought[i] = signed{unlikely, unlikely, expectSizes(counts)}
	}
	for i, counts := range expectRank {
		m.rank[i] = expectEach(counts)
	}
	return m
}

// expectedLag is of what was made good, against what a seat was given for.
var expectedLag = signed{zero: expected(4, 10), minus: expected(6, 10), size: expectEach("nljhgfedcbaaaaaa")}

// expectedGain is of what a seat is given for lag, which shrinks in so many of
// a hundred changes.
func expectedGain(shrinks uint32) signed {
	return signed{zero: expected(80, 100), minus: expected(shrinks, 100), size: expectEach("qjfdcbaa")}
}

// ended are the first bytes of events that are no turns: reasons of endings.
const ended = "bbbbbbbbaaaaaaaaaaaaaaaaaaaaaaaaedjpiifkaaaaaaaa"

// expectTime has, for each tempo, how many bits turns take in centiseconds.
var expectTime = [timeContexts]string{
	"abhnqroomieaaaaaaa", "aaalnooqqnkieaaaaa", "aagmopnppnmkhcaaaa", "aajprrehjkjggfcaaa",
	"aafmpqnpomiedcaaaa", "aaaklnoqqnkjhaaaaa", "aabhlmmpqoomiccaaa", "aafcfjkoqpommkkaaa",
	"aahnpqopoliedcaaaa", "acfjmooqqomjgaaaaa", "aaagkmmpqpomifaaaa", "aaafjklopponlmifaa",
	"aaaiopopqnkggecaaa", "aafjmmmpqpokhaaaaa", "aaahklmoqppnkgdaaa", "aaabhikmpqponljgaa",
	"aabkllopromlhgeaaa", "aaahjmkopppokbaaaa", "aaafjllopppolheaaa", "aaabghgkopppomjhaa",
	"aadjlmoorollkjhdaa", "aaahjkmnppppneaaaa", "aacgiklmopopomiaaa", "aaadfhgjmnopppnjba",
}

// expectRank has the ranks of turns, by rankContext.
var expectRank = [rankContexts]string{
	"tr",
	"sqp",
	"rppom",
	"rpoomnjif",
	"ronnmmllkkkjihigdddd",
	"imqsmffbbbbbbfaaeeeeaaaaaaaaaaaa",
	"jplnqfbbbbbkqmfgeeeeaaaaaaaaaaaa",
	"qoohnkineaemigknhhhheeeebbbbaaaa",
	"oolpnijkbihjkkkmkkkkggggddddaaaa",
	"poljilijimnmgjlkkkkkggggeeeeaaaa",
	"qolmilllkkiljkkjiiiiggggaaaaaaaa",
	"qommkjkljjjjllhiiiiihhhhggggbbbb",
	"qolkklkjkklikkijkkkkhhhhbbbbaaaa",
	"qnmmlkkjljkjjjkjiiiihhhhddddaaaa",
	"qommlkklkkkjjijjiiiiffffccccaaaa",
	"ponmlnkjjijjiijjiiiihhhhffffddddaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	"qonlkkkkjjiijjjjiiiihhhhhhhhggggbbbbbbbbaaaaaaaaaaaaaaaaaaaaaaaa",
	"qnmlkkkjkjjjjjjjiiiiiiiiiiiiggggeeeeeeeeaaaaaaaaaaaaaaaaaaaaaaaa",
	"qnmlkjkjjjjjjjiiiiiiiiiihhhhggggeeeeeeeebbbbbbbbaaaaaaaaaaaaaaaa",
	"qomllkkkjjijjijgiiiiiiiihhhhggggddddddddaaaaaaaaaaaaaaaaaaaaaaaa",
}

// rankContext is the context of a turn that is one of so many: few turns alone,
// and else how far the game is as well.
func rankContext(of, ply int) int {
	few, early, late := 0, 0, 0
	for _, limit := range [...]int{3, 4, 6, 10, 20} {
		few += index(of >= limit)
	}
	for _, limit := range [...]int{1, 2, 4, 6, 10, 16, 24, 40, 60} {
		early += index(ply >= limit)
	}
	for _, limit := range [...]int{16, 24, 40, 60} {
		late += index(ply >= limit)
	}
	switch {
	case of < 20:
		return few
	case of < 30:
		return 5 + early
	}
	return 15 + late
}

// letter returns the count that a letter stands for, in sixteenths; nothing for
// a dot.
func letter(c byte) uint32 {
	if c < 'a' || c > 'z' {
		return 0
	}
	return [2]uint32{16, 23}[(c-'a')%2] << ((c - 'a') / 2)
}

// expectSizes returns a model that expects numbers of so many bits, from 0 on.
func expectSizes(letters string) number {
	counts := make([]uint32, len(letters))
	for i := range counts {
		counts[i] = letter(letters[i])
	}
	return expect(counts...)
}

// expectEach returns a model that expects each number, from 0 on, so often.
func expectEach(letters string) number {
	var counts [64]uint32
	var sizes [7]uint32
	for v := range len(letters) {
		counts[v] = letter(letters[v])
		sizes[bits.Len(uint(v))] += counts[v]
	}
	m := expect(sizes[:]...)
	for size := 2; size < len(sizes); size++ {
		m.expectHigh(size, &counts)
	}
	return m
}

// expectHigh sets what the two bits behind the highest are expected to be.
func (m *number) expectHigh(size int, counts *[64]uint32) {
	var ones, all [4]uint32
	for v := 1 << (size - 1); v < 1<<size; v++ {
		context := 1
		for rest := size - 1; rest > 0 && context < 4; rest-- {
			b := v >> (rest - 1) & 1
			all[context] += counts[v]
			ones[context] += counts[v] * uint32(b)
			context = context<<1 | b
		}
	}
	for context, n := range all {
		if n > 0 {
			m.high[size][context] = expected(ones[context], n)
		}
	}
}
