package hands

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"kibitz/internal/table"
)

var (
	// ErrUnknown: there is no such hand, or none that may be read.
	ErrUnknown = errors.New("there is no such hand")
	// ErrForm: a format has no form for a hand.
	ErrForm = errors.New("the hand cannot be written in this format")
)

// Key names a hand for ever.
type Key struct {
	Table table.ID
	// Number counts the hands of the table from 1.
	Number int
}

// String returns the form for addresses, as in "Ab3dEf6h-17".
func (k Key) String() string { return string(k.Table) + "-" + strconv.Itoa(k.Number) }

// maxNumber is above the number of any hand: a table plays a thousand.
const maxNumber = 1 << 30

// ParseKey reads what String wrote, or fails with ErrUnknown: there is no hand
// of any other name.
func ParseKey(text string) (Key, error) {
	name, count, _ := strings.Cut(text, "-")
	id, err := table.ParseID(name)
	number, wrong := strconv.Atoi(count)
	k := Key{id, number}
	if err != nil || wrong != nil || number < 1 || number > maxNumber || k.String() != text {
		return Key{}, fmt.Errorf("%w: %.40q", ErrUnknown, text)
	}
	return k, nil
}

// less orders keys, so that of two hands that paid as much always the same one
// is named.
func (k Key) less(other Key) bool {
	return k.Table < other.Table || k.Table == other.Table && k.Number < other.Number
}
