package verify

import (
	"errors"
	"io"
	"strconv"

	"kibitz/internal/export/ohh"
)

// OHH counts the chips of hands in the Open Hand History format: what was put
// in, what nobody called, and what the pots paid. The unit is a hand. Whether
// the best hand has won is not looked at.
func OHH(report *Report, in io.Reader) error {
	hands, err := ohh.Read(in)
	for i := range hands {
		place := "hand " + strconv.Itoa(i+1)
		if hands[i].GameNumber != "" {
			place = "hand " + hands[i].GameNumber
		}
		var found []string
		if _, err := hands[i].Settle(); err != nil {
			found = []string{err.Error()}
		}
		report.unit(place, found)
	}
	if errors.Is(err, ohh.ErrFormat) {
		report.unit("hand "+strconv.Itoa(len(hands)+1), []string{err.Error()})
		return nil
	}
	return err
}
