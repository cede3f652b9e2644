package handtest

import (
	"math/rand/v2"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/poker/handlog"
)

// names are such as break programs that split lines at the wrong place.
var names = []string{
	"Ann", "Bob: folds", "Cid [Ah Kd]", "D'Arcy", "Eve (button)", "Fay/Gus", "Seat 3: Hal", "Ivo \"x\" \\ y", "Jü\tß\n", "",
	"Ann", "*** FLOP ***",
}

// Source returns a random hand as a table has it, with players away and notes.
func Source(seed uint64) (handlog.Source, Played, error) {
	p, err := Random(seed)
	rng := rand.New(rand.NewPCG(seed, 78))
	s := handlog.Source{Setup: p.Setup, Events: p.Events, Button: game.NoSeat, Names: map[game.Seat]string{}}
	s.Heading = handlog.Heading{Table: "Blue 'n' Green", Number: int(seed) + 1, At: time.Date(2026, 11, 22, 16, 0, int(seed%3000), 0, time.UTC)}
	s.ID, s.Serial = handlog.Name("Ab3dEf6h", s.Number)
	n := len(p.Setup.Players)
	for i, name := range rng.Perm(len(names))[:n] {
		s.Names[game.Seat(i)] = names[name]
	}
	if rng.IntN(3) == 0 && n < 10 {
		s.Away = []handlog.Away{{Seat: game.Seat(n), Name: "Zoe", Stack: 50}}
		if rng.IntN(2) == 0 {
			s.Button = game.Seat(n) // a dead button
		}
	}
	if rng.IntN(3) == 0 {
		s.Absent = game.SeatSet(game.Seat(rng.IntN(n)))
	}
	if rng.IntN(4) == 0 {
		s.Tournament = &handlog.Tournament{Serial: 300_000_000_000 + int64(seed), Name: "Night", Start: s.At, BuyIn: 100, Fee: 10, Stack: 1500, Level: 1 + rng.IntN(20)}
	}
	s.Notes = notes(rng, n, len(p.Events))
	return s, p, err
}

func notes(rng *rand.Rand, players, events int) []handlog.Note {
	all := []handlog.What{
		handlog.TimedOut, handlog.Disconnected, handlog.Connected, handlog.Joined, handlog.Added, handlog.SatOut, handlog.SatIn, handlog.Left, handlog.Protected, handlog.Placed,
	}
	var notes []handlog.Note
	for after := rng.IntN(8); after <= events && rng.IntN(3) > 0; after += rng.IntN(8) {
		note := handlog.Note{After: after, Seat: game.Seat(rng.IntN(players)), What: all[rng.IntN(len(all))]}
		if note.What == handlog.Added || note.What == handlog.Joined {
			note.Amount = 500
		}
		if note.What == handlog.Placed {
			note.Place = 1 + rng.IntN(10)
		}
		notes = append(notes, note)
	}
	return notes
}
