package phh

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"kibitz/internal/poker"
)

// maxScale bounds the decimals of an amount.
const maxScale = 1_000_000

// amounts collects the numbers of a hand as written, until it is known how
// many decimals they have.
type amounts struct{ scale poker.Chips }

// decimal returns a number as text; it is the shortest that reads as the same.
func decimal(v any) (string, error) {
	switch v := v.(type) {
	case int64:
		return strconv.FormatInt(v, 10), nil
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	case string:
		return v, nil
	}
	return "", fmt.Errorf("%w: %v is no number", ErrFormat, v)
}

// see widens the scale to the decimals of a number.
func (a *amounts) see(v any) error {
	text, err := decimal(v)
	if err != nil {
		return err
	}
	_, fraction, _ := strings.Cut(text, ".")
	scale := poker.Chips(1)
	for range strings.TrimRight(fraction, "0") {
		if scale *= 10; scale > maxScale {
			return fmt.Errorf("%w: %.30s has too many decimals", ErrFormat, text)
		}
	}
	a.scale = max(a.scale, scale)
	return nil
}

// read returns a number in units.
func (a *amounts) read(v any) (poker.Chips, error) {
	text, err := decimal(v)
	if err != nil {
		return 0, err
	}
	exact, ok := new(big.Rat).SetString(text)
	if len(text) > 40 || strings.ContainsAny(text, "eE/_xXpP") || !ok {
		return 0, fmt.Errorf("%w: %.40q is no amount", ErrFormat, text)
	}
	exact.Mul(exact, new(big.Rat).SetInt64(int64(a.scale)))
	if !exact.IsInt() || exact.Sign() < 0 || exact.Num().Cmp(big.NewInt(int64(poker.MaxStack))) > 0 {
		return 0, fmt.Errorf("%w: %s is no amount of chips", ErrFormat, text)
	}
	return poker.Chips(exact.Num().Int64()), nil
}

// list returns the numbers of an array in units.
func (a *amounts) list(values []any) ([]poker.Chips, error) {
	list := make([]poker.Chips, len(values))
	for i, v := range values {
		var err error
		if list[i], err = a.read(v); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// format writes units as a number of the file. The scale is a power of ten, or
// twice one.
func format(amount, scale poker.Chips) string {
	text := big.NewRat(int64(amount), int64(scale)).FloatString(7)
	return strings.TrimRight(strings.TrimRight(text, "0"), ".")
}
