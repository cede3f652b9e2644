package table

import (
	"errors"
	"io"
)

// IDLen is the length of a table id.
const IDLen = 8

// Partitions is the number of groups that tables are hashed into: the unit of
// ownership and of failover. It is stored knowledge; never change it.
const Partitions = 256

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// ErrID is returned by ParseID.
var ErrID = errors.New("a table id is 8 letters and digits")

// ID names a table: 8 base-62 characters, as seen in its address.
type ID string

// NewID draws an id from random, usually crypto/rand.Reader. Ids are drawn
// from 2.18e14; whoever creates a table must still refuse one that is taken.
func NewID(random io.Reader) (ID, error) {
	var id [IDLen]byte
	for n := 0; n < IDLen; {
		var buf [2 * IDLen]byte
		if _, err := io.ReadFull(random, buf[:]); err != nil {
			return "", err
		}
		for _, b := range buf {
			if v := b & 63; v < 62 && n < IDLen {
				id[n] = base62[v]
				n++
			}
		}
	}
	return ID(id[:]), nil
}

// ParseID checks what a client sent as a table id.
func ParseID(s string) (ID, error) {
	if len(s) != IDLen {
		return "", ErrID
	}
	for i := range len(s) {
		c := s[i]
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return "", ErrID
		}
	}
	return ID(s), nil
}

// Partition returns the group of the table, from 0 to Partitions-1: its FNV-1a
// hash of 32 bits, modulo Partitions.
func (id ID) Partition() int {
	h := uint32(2166136261)
	for i := range len(id) {
		h = (h ^ uint32(id[i])) * 16777619
	}
	return int(h % Partitions)
}
