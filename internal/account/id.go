// Package account holds who people are: guests, registered users and house
// players, and the ports to where they are kept.
package account

import (
	"fmt"
	"io"
)

// ID names an account for ever; names may change, ids never do. It is 12
// base-62 characters, or a word with a leading "~" for a house player.
type ID string

// idLen is the length of the id of a person.
const idLen = 12

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// NewID draws an id from random, usually crypto/rand.Reader. Ids are drawn
// from 3e21, so that none comes twice.
func NewID(random io.Reader) (ID, error) {
	s, err := draw(random, idLen, base62)
	return ID(s), err
}

// draw returns n characters of an alphabet of at most 64, each as likely.
func draw(random io.Reader, n int, alphabet string) (string, error) {
	out := make([]byte, 0, n)
	for len(out) < n {
		var buf [16]byte
		if _, err := io.ReadFull(random, buf[:]); err != nil {
			return "", fmt.Errorf("draw a random name: %w", err)
		}
		for _, b := range buf {
			if v := int(b & 63); v < len(alphabet) && len(out) < n {
				out = append(out, alphabet[v])
			}
		}
	}
	return string(out), nil
}
