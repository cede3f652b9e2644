package games

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"kibitz/internal/export/ohh"
	"kibitz/internal/export/phh"
	"kibitz/internal/export/pokerstars"
	"kibitz/internal/game"
	"kibitz/internal/hands"
	"kibitz/internal/poker/handlog"
)

var _ hands.Scribe = PokerHands{}

// reading returns a hand as a reader may know it.
func reading(h *hands.Hand, r *hands.Record, as hands.Reader) (*handlog.Hand, error) {
	f, err := factsOf(r)
	if err != nil {
		return nil, err
	}
	names := make(map[game.Seat]string, len(h.Players))
	for _, p := range h.Players {
		names[p.Seat] = p.Name
	}
	heading := handlog.Heading{Table: string(h.Table)}
	heading.ID, heading.Serial = handlog.Name(string(h.Table), h.Number)
	if f.format() == hands.SitAndGo {
		heading.Tournament = &handlog.Tournament{
			Serial: handlog.Serial(string(h.Table)), Name: "Sit & go " + string(h.Table), Start: r.Made,
			BuyIn: f.stakes.Entry, Stack: f.stakes.Stack,
		}
	}
	log, err := f.log(heading, names, handlog.Reader{Seat: as.Seat, Nameless: as.Nameless})
	if err != nil {
		return nil, malformedHand(err)
	}
	return log, nil
}

// Replay implements hands.Scribe.
func (PokerHands) Replay(h *hands.Hand, r *hands.Record, as hands.Reader) (json.RawMessage, error) {
	log, err := reading(h, r, as)
	if err != nil {
		return nil, err
	}
	return json.Marshal(log.Replay())
}

// The formats, by the endings of their files.
var pokerFiles = map[string]*hands.FileFormat{
	"phh":      {Ending: "phh", Type: "application/toml; charset=utf-8"},
	"phhs":     {Ending: "phhs", Type: "application/toml; charset=utf-8"},
	"ohh":      {Ending: "ohh", Type: "text/plain; charset=utf-8"},
	"ohh.json": {Ending: "ohh.json", Type: "application/json"},
	"txt":      {Ending: "txt", Type: "text/plain; charset=utf-8"},
}

// Formats implements hands.Scribe.
func (PokerHands) Formats() map[string]*hands.FileFormat { return pokerFiles }

// Append implements hands.Scribe.
func (PokerHands) Append(dst []byte, f *hands.FileFormat, w hands.Written) ([]byte, error) {
	log, err := reading(w.Hand, w.Record, w.As)
	if err != nil {
		return dst, err
	}
	switch f.Ending {
	case "phh", "phhs":
		return appendPHH(dst, log, w.Nth)
	case "txt":
		return pokerstars.Append(dst, log), nil
	case "ohh", "ohh.json":
		return ohh.Append(dst, log, ohh.Options{Site: w.As.Site})
	}
	return dst, fmt.Errorf("%w: there is no format %q", hands.ErrUnknown, f.Ending)
}

// appendPHH adds a hand to a file in that format. Where it has no form for the
// hand, a file of several says so in its place.
func appendPHH(dst []byte, log *handlog.Hand, nth int) ([]byte, error) {
	h, err := phh.From(log)
	switch unfit := errors.Is(err, phh.ErrVariant) || errors.Is(err, phh.ErrNoForm); {
	case unfit && nth > 0:
		return fmt.Appendf(dst, "# %s is left out: %v\n\n", log.ID, err), nil
	case unfit:
		return dst, fmt.Errorf("%w: %w", hands.ErrForm, err)
	case err != nil:
		return dst, err
	case nth > 0:
		return phh.Append(dst, log, nth)
	}
	return append(dst, h.Format()...), nil
}

// Import implements hands.Scribe.
func (PokerHands) Import(in io.Reader) ([]hands.Imported, error) {
	found, err := phh.Import(in)
	if errors.Is(err, phh.ErrFormat) {
		err = fmt.Errorf("%w: %w", game.ErrMalformed, err)
	}
	if err != nil {
		return nil, err
	}
	list := make([]hands.Imported, len(found))
	for i, one := range found {
		list[i] = hands.Imported{Name: one.Name, Line: one.Line, Err: one.Err}
		if one.Hand == nil {
			continue
		}
		if list[i].Replay, err = json.Marshal(one.Hand.Replay()); err != nil {
			return nil, err
		}
	}
	return list, nil
}
