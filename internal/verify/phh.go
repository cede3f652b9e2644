package verify

import (
	"errors"
	"io"

	"kibitz/internal/export/phh"
)

// PHH plays poker hands through the rules and compares the finishing stacks.
// The unit is a hand. Hands of other variants, and those whose outcome depends
// on cards that the file does not have, are skipped.
func PHH(report *Report, in io.Reader) error {
	hands, err := phh.Parse(in)
	if errors.Is(err, phh.ErrFormat) {
		report.unit("hand", []string{err.Error()})
		return nil
	}
	if err != nil {
		return err
	}
	for _, hand := range hands {
		place := "hand"
		if hand.Name != "" {
			place = "hand " + hand.Name
		}
		switch err := replayPHH(hand); {
		case errors.Is(err, phh.ErrVariant), errors.Is(err, phh.ErrUnknownCards):
			report.skip(1, place+": "+err.Error())
		case err != nil:
			report.unit(place, []string{err.Error()})
		default:
			report.unit(place, nil)
		}
	}
	return nil
}

// replayPHH plays one hand.
func replayPHH(hand phh.Hand) error {
	replay, err := hand.Replay()
	if err != nil {
		return err
	}
	return hand.Check(replay)
}
