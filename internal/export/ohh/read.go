package ohh

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"kibitz/internal/poker/eval"
)

// ErrFormat marks a file that is not in the format.
var ErrFormat = errors.New("not an Open Hand History")

// maxFile bounds the size of a file.
const maxFile = 64 << 20

// Read reads a file of hands. On an error it returns those before it, too; it
// wraps ErrFormat unless it is one of reading.
func Read(in io.Reader) ([]Document, error) {
	limited := &io.LimitedReader{R: in, N: maxFile + 1}
	decoder := json.NewDecoder(limited)
	var hands []Document
	for {
		var e envelope
		switch err := decoder.Decode(&e); {
		case errors.Is(err, io.EOF):
			return hands, nil
		case limited.N <= 0:
			return hands, fmt.Errorf("%w: more than %d bytes", ErrFormat, maxFile)
		case malformed(err):
			return hands, fmt.Errorf("%w: hand %d: %w", ErrFormat, len(hands)+1, err)
		case err != nil:
			return hands, err
		case e.Hand == nil:
			return hands, fmt.Errorf(`%w: hand %d: want {"ohh":{...}}`, ErrFormat, len(hands)+1)
		}
		hands = append(hands, *e.Hand)
	}
}

// malformed reports whether an error is about the text, and not about reading
// it.
func malformed(err error) bool {
	var syntax *json.SyntaxError
	var value *json.UnmarshalTypeError
	return errors.As(err, &syntax) || errors.As(err, &value) || errors.Is(err, eval.ErrCard) || errors.Is(err, io.ErrUnexpectedEOF)
}
