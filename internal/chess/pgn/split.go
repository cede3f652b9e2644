package pgn

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// section is the text from one group of tags to the next. It holds one game, or several when those have no tags.
type section struct {
	text    string
	line    int // of the input, on which the text begins
	tooLong bool
}

// lineMode says what the rest of a line means to the splitter.
type lineMode uint8

const (
	lineFollowed lineMode = iota
	lineQuoted            // braces in it have no meaning
	lineDropped           // an escape line: no part of the game
)

// splitter cuts the input into sections by looking at lines, so that a broken game cannot swallow the next one.
type splitter struct {
	in    *bufio.Reader
	limit int    // bytes of a section
	line  int    // number of the line being read
	held  bool   // the line in rest opens the next section
	rest  []byte // valid while held

	buf     []byte // the section so far
	tooLong bool
	midLine bool // the last piece did not end its line
	mode    lineMode
	blank   bool // the line before was blank
	inBrace bool
	tags    bool // the section has tags
	moves   bool // the section has something that is neither tag nor comment
}

func newSplitter(in io.Reader, limit int) *splitter {
	return &splitter{in: bufio.NewReaderSize(in, 1<<16), limit: limit}
}

// next returns io.EOF behind the last section; other errors come from the input.
func (s *splitter) next() (section, error) {
	s.buf, s.tooLong = s.buf[:0], false
	s.inBrace, s.blank, s.tags, s.moves = false, false, false, false
	first := s.line + 1
	if s.held {
		s.held, first = false, s.line
		s.take(s.rest)
	}
	for {
		piece, err := s.in.ReadSlice('\n')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) && !errors.Is(err, io.EOF) {
			return section{}, err
		}
		if end := len(piece) == 0; end && len(s.buf) == 0 && !s.tooLong {
			return section{}, io.EOF
		} else if end || s.opens(piece) {
			s.held, s.rest = !end, append(s.rest[:0], piece...)
			return section{text: decode(s.buf), line: first, tooLong: s.tooLong}, nil
		}
		s.take(piece)
	}
}

var bom = []byte("\uFEFF")

// opens tells whether the piece is the first line of another section. It counts the line either way.
func (s *splitter) opens(piece []byte) bool {
	if s.midLine {
		return false
	}
	s.line++
	line := bytes.TrimLeft(bytes.TrimPrefix(piece, bom), " \t")
	if len(line) == 0 || line[0] != '[' {
		return false
	}
	if s.blank && bytes.HasPrefix(line, []byte(`[Event "`)) {
		return s.tags || s.moves || s.inBrace
	}
	return s.moves && !s.inBrace
}

// take adds a piece of a line to the section.
func (s *splitter) take(piece []byte) {
	startsLine := !s.midLine
	s.midLine = piece[len(piece)-1] != '\n'
	if startsLine {
		piece = s.beginLine(piece)
	}
	switch s.mode {
	case lineDropped:
		if !s.midLine {
			s.add([]byte{'\n'})
		}
	case lineQuoted:
		s.add(piece)
	default:
		s.add(piece)
		s.follow(piece, startsLine)
	}
}

func (s *splitter) beginLine(piece []byte) []byte {
	if !s.inBrace {
		piece = bytes.TrimPrefix(piece, bom)
	}
	s.blank = len(bytes.TrimSpace(piece)) == 0
	s.mode = lineFollowed
	if !s.inBrace && len(piece) > 0 && piece[0] == '%' {
		s.mode = lineDropped
	}
	return piece
}

func (s *splitter) add(piece []byte) {
	if len(s.buf)+len(piece) > s.limit {
		s.tooLong = true
		return
	}
	s.buf = append(s.buf, piece...)
}

// follow keeps track of comments, tags and moves.
func (s *splitter) follow(piece []byte, startsLine bool) {
	if startsLine && !s.inBrace {
		piece = s.followTags(piece)
	}
	for len(piece) > 0 {
		mark := "{;"
		if s.inBrace {
			mark = "}"
		}
		at := bytes.IndexAny(piece, mark)
		if !s.inBrace {
			outside := piece[:max(at, 0)]
			if at < 0 {
				outside = piece
			}
			s.moves = s.moves || len(bytes.TrimSpace(outside)) > 0
		}
		if at < 0 {
			return
		}
		if piece[at] == ';' {
			s.mode = lineQuoted
			return
		}
		s.inBrace = !s.inBrace
		piece = piece[at+1:]
	}
}

// followTags returns what stands behind the tags at the front of a line.
func (s *splitter) followTags(line []byte) []byte {
	line = bytes.TrimLeft(line, " \t")
	if len(line) == 0 || line[0] != '[' {
		return line
	}
	s.tags = true
	for text := string(line); text != "" && text[0] == '['; {
		_, _, length, ok := cutTag(text)
		if !ok {
			s.mode = lineQuoted
			return nil
		}
		text = strings.TrimLeft(text[length:], " \t")
		line = line[len(line)-len(text):]
	}
	return line
}

// decode takes what is not UTF-8 for Latin-1, the encoding of the standard of 1994.
func decode(text []byte) string {
	if utf8.Valid(text) {
		return string(text)
	}
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	for _, c := range text {
		b.WriteRune(rune(c))
	}
	return b.String()
}
