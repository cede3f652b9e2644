package pgn

import (
	"slices"
	"strings"
)

// Format says how a game is written. The zero value writes all moves on one line, with glyphs.
type Format struct {
	Columns     int  // the line length of the moves, at which they wrap; 80 is usual, 0 means one line
	NumericNAGs bool // $1 instead of !, for programs that know no glyphs
	FullRoster  bool // writes each of the seven tags of the roster, with "?" where nothing is known
}

// roster holds the tags that come first, in their order, and the value of one that is not known.
var roster = [...]Tag{
	{"Event", "?"}, {"Site", "?"}, {"Date", "????.??.??"}, {"Round", "?"}, {"White", "?"}, {"Black", "?"}, {"Result", "*"},
}

// Append writes the game and a blank line behind it. Reading the text gives the same game again, with the tags of the
// roster first.
func (f Format) Append(dst []byte, g *Game) []byte {
	dst = f.appendTags(dst, g)
	w := &movetext{game: g, format: f, out: wrapper{dst: dst, columns: f.Columns}}
	w.firstNumber, w.blackFirst = startOf(g)
	w.comments(g.Nodes[Root].After)
	w.line(g.Nodes[Root].Next, 0)
	w.out.word(g.Result.String())
	return append(w.out.end(), '\n', '\n')
}

// String returns the game in the zero Format.
func (g *Game) String() string { return string(Format{}.Append(nil, g)) }

func (f Format) appendTags(dst []byte, g *Game) []byte {
	begin := len(dst)
	for _, known := range roster {
		found := false
		for _, tag := range g.Tags {
			if tag.Name == known.Name {
				dst, found = appendTag(dst, tag), true
			}
		}
		if !found && f.FullRoster {
			dst = appendTag(dst, known.orResult(g.Result))
		}
	}
	for _, tag := range g.Tags {
		if !inRoster(tag.Name) {
			dst = appendTag(dst, tag)
		}
	}
	if len(dst) > begin {
		dst = append(dst, '\n')
	}
	return dst
}

func (t Tag) orResult(r Result) Tag {
	if t.Name == "Result" {
		t.Value = r.String()
	}
	return t
}

func inRoster(name string) bool {
	return slices.ContainsFunc(roster[:], func(t Tag) bool { return t.Name == name })
}

// startOf takes the number of the first move and its side from the FEN tag.
func startOf(g *Game) (number int, black bool) {
	fields := strings.Fields(g.Tag("FEN"))
	number = 1
	if len(fields) > 5 {
		if n, ok := parseDigits(fields[5]); ok {
			number = max(n, 1)
		}
	}
	return number, len(fields) > 1 && fields[1] == "b"
}
