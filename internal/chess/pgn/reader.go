package pgn

import (
	"errors"
	"io"
	"iter"
)

// Limits bound what one game may cost. A field that is zero means its default.
type Limits struct {
	Bytes int // of a game, with comments; default 1 MiB
	Moves int // of a game, variations included; default 32,768
	Depth int // of nested variations; default 32
	Tags  int // default 256

	// ResultOptional accepts a game that stops without a result, as people paste it; the Result tag, if there is one,
	// then stands in.
	ResultOptional bool
}

func (l Limits) withDefaults() Limits {
	for _, field := range []struct {
		value    *int
		fallback int
	}{{&l.Bytes, 1 << 20}, {&l.Moves, 32_768}, {&l.Depth, 32}, {&l.Tags, 256}} {
		if *field.value <= 0 {
			*field.value = field.fallback
		}
	}
	return l
}

// Reader reads games one at a time and holds one of them in memory. It is not safe for concurrent use.
//
// It tolerates a byte order mark, any line ends, Latin-1, missing and wrong move numbers, unescaped quotation marks in
// tags, and games without tags. White space in comments becomes single spaces, empty comments are dropped, and a result
// inside a variation is ignored.
type Reader struct {
	split  *splitter
	limits Limits
	lex    lexer // what is left of the current section
	game   int   // games begun so far
}

// NewReader does not read ahead of the first call of Read.
func NewReader(in io.Reader, limits Limits) *Reader {
	limits = limits.withDefaults()
	return &Reader{split: newSplitter(in, limits.Bytes), limits: limits}
}

// Read returns the next game, io.EOF behind the last one, an *Error for a game that cannot be read, or the error of the
// input. After an *Error the next call goes on with the game behind the next tags.
func (r *Reader) Read() (*Game, error) {
	for {
		if r.lex.pos == len(r.lex.text) {
			if err := r.nextSection(); err != nil {
				return nil, err
			}
		}
		game, rest, err := parse(r.lex, r.limits)
		r.lex = rest
		if err != nil {
			return nil, r.fail(err)
		}
		if game == nil {
			r.lex = lexer{}
			continue
		}
		r.game++
		game.Number = r.game
		return game, nil
	}
}

func (r *Reader) nextSection() error {
	section, err := r.split.next()
	if err != nil {
		return err
	}
	r.lex = lexer{text: section.text, line: section.line, at: section.line}
	if section.tooLong {
		return r.fail(limitf("the game has more than %d bytes", r.limits.Bytes))
	}
	return nil
}

// fail drops the rest of the section: it cannot be told where the next game in it would begin.
func (r *Reader) fail(err error) error {
	r.game++
	line := r.lex.at
	r.lex = lexer{}
	return &Error{Game: r.game, Line: line, Err: err}
}

// All yields every game, or the *Error of a game that cannot be read, in the order of the input. An error of the input
// itself is the last thing it yields.
func (r *Reader) All() iter.Seq2[*Game, error] {
	return func(yield func(*Game, error) bool) {
		for {
			game, err := r.Read()
			if err == io.EOF {
				return
			}
			var bad *Error
			if !yield(game, err) || err != nil && !errors.As(err, &bad) {
				return
			}
		}
	}
}
