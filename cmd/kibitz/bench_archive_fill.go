package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/rating"
	"kibitz/internal/sqlstore"
	"kibitz/internal/table"
)

// season is an invented archive. In every round each user plays one game, and
// who plays whom follows from a formula, so that games can be made in the order
// of time, and histories in the order of users. User 0 has extra games between.
type season struct {
	users, games, power int
	blobs               [][]byte
	begin               time.Time
}

// chunkRows is how many rows one transaction stores.
const chunkRows = 20_000

// strides are primes over every number of users, so that each round mixes them
// differently.
var strides = []int{1_000_003, 1_000_033, 1_000_037, 1_000_039, 1_000_081, 1_000_099, 1_000_117, 1_000_121, 1_000_133, 1_000_151}

func (s *season) tables() int { return s.users / 2 }

func (s *season) user(i int) account.ID { return account.ID(fmt.Sprintf("u%011d", i)) }

// at returns who sits at a place of a round.
func (s *season) at(round, place int) int {
	return (strides[round%len(strides)]*place + round*7919) % s.users
}

// extraEvery is how many games of rounds lie between two extra games.
func (s *season) extraEvery() int { return max(1, (s.games-s.power)/max(1, s.power)) }

// game returns a game by its number, from 1.
func (s *season) game(number int) archive.Game {
	every := s.extraEvery() + 1
	extra := number / every
	if number%every == 0 && extra <= s.power {
		return s.made(number, 0, 1+extra*31%(s.users-1))
	}
	n := number - 1 - min(extra, s.power)
	round, t := n/s.tables(), n%s.tables()
	return s.made(number, s.at(round, 2*t), s.at(round, 2*t+1))
}

var speeds = []struct {
	speed   clock.Speed
	control clock.Control
}{
	{clock.Bullet, clock.Control{Initial: time.Minute}},
	{clock.Blitz, clock.Control{Initial: 3 * time.Minute, Increment: 2 * time.Second}},
	{clock.Blitz, clock.Control{Initial: 5 * time.Minute}},
	{clock.Rapid, clock.Control{Initial: 10 * time.Minute}},
}

func (s *season) made(number, white, black int) archive.Game {
	rng := rand.New(rand.NewPCG(uint64(number), 7))
	kind := speeds[rng.IntN(len(speeds))]
	end := s.begin.Add(time.Duration(number) * 31 * time.Second)
	g := archive.Game{
		ID: table.ID(fmt.Sprintf("%08d", number%100_000_000)), Number: int64(number), Kind: "chess", Variant: game.Standard,
		Speed: kind.speed, Control: kind.control, Origin: table.OriginPool, Rated: rng.IntN(10) > 0, Status: "resign",
		Created: end.Add(-6 * time.Minute), Started: end.Add(-5 * time.Minute), Ended: end, Plies: 20 + rng.IntN(100),
		Opening: archive.Opening{ECO: "B90", Name: "Sicilian Defense: Najdorf Variation"},
	}
	if rng.IntN(20) == 0 {
		g.Variant = "chess960"
	}
	switch n := rng.IntN(100); {
	case n < 48:
		g.Winners = game.SeatSet(0)
	case n < 94:
		g.Winners = game.SeatSet(1)
	default:
		g.Status = "draw"
	}
	for _, i := range []int{white, black} {
		before := 1000 + (i*37+number)%1200
		g.Players = append(g.Players, archive.Player{ID: s.user(i), Name: fmt.Sprintf("player-%d", i), Before: before, After: before + 5})
	}
	return g
}

// fill stores the season.
func (s *season) fill(ctx context.Context, db *sqlstore.Store) error {
	f, err := db.StartFill(ctx)
	if err != nil {
		return err
	}
	lines := make([][]int32, s.users) // the numbers of the games of each user
	var chunk []archive.Finished
	for number := 1; number <= s.games; number++ {
		g := s.game(number)
		if g.Players[0].ID == g.Players[1].ID {
			return fmt.Errorf("game %d: one user plays both sides", number)
		}
		for _, p := range g.Players {
			var i int
			if _, err := fmt.Sscanf(string(p.ID), "u%d", &i); err != nil {
				return err
			}
			lines[i] = append(lines[i], int32(number))
		}
		chunk = append(chunk, archive.Finished{Game: g, Blob: s.blobs[number%len(s.blobs)]})
		if len(chunk) == chunkRows || number == s.games {
			if err := f.Games(ctx, chunk); err != nil {
				return err
			}
			chunk = chunk[:0]
		}
	}
	if err := s.fillHistories(ctx, f, lines); err != nil {
		return err
	}
	if err := s.fillPeople(ctx, f); err != nil {
		return err
	}
	return f.Done(ctx, int64(s.games))
}

// check makes sure that an archive holds this season: its last game, and no
// more.
func (s *season) check(ctx context.Context, db *sqlstore.Store) error {
	stored, err := db.After(ctx, int64(s.games)-1, 2)
	if err != nil {
		return err
	}
	want := s.game(s.games)
	if len(stored) != 1 || stored[0].ID != want.ID || !slices.Equal(stored[0].Players, want.Players) {
		return errors.New("the database does not end with game " + strconv.Itoa(s.games) + " of such a season: fill an empty one without --reuse")
	}
	return nil
}

func (s *season) fillHistories(ctx context.Context, f *sqlstore.Fill, lines [][]int32) error {
	var chunk []sqlstore.Line
	for i, numbers := range lines {
		user := s.user(i)
		for _, n := range numbers {
			g := s.game(int(n))
			seat := game.Seat(0)
			if g.Players[1].ID == user {
				seat = 1
			}
			chunk = append(chunk, sqlstore.Line{User: user, Seat: seat, Game: &g})
		}
		if len(chunk) >= chunkRows || i == len(lines)-1 {
			if err := f.History(ctx, chunk); err != nil {
				return err
			}
			chunk = chunk[:0]
		}
	}
	return nil
}

// peopleChunk is how many users get their ratings in one transaction.
const peopleChunk = 500

// fillPeople gives every user ratings with some days of a chart, statistics and
// openings. User 0 has ten years of days.
func (s *season) fillPeople(ctx context.Context, f *sqlstore.Fill) error {
	ladders := []archive.Ladder{"bullet", "blitz", "rapid", "chess960"}
	for first := 0; first < s.users; first += peopleChunk {
		var rated []archive.Rated
		var counted []archive.Stats
		var openings []archive.OpeningStats
		for i := first; i < min(first+peopleChunk, s.users); i++ {
			days := 10
			if i == 0 {
				days = 3650
			}
			counted = append(counted, archive.Stats{User: s.user(i), Score: archive.Score{Wins: 90, Draws: 10, Losses: 90}, Last: s.begin})
			for _, l := range ladders {
				r := archive.Rating{
					User: s.user(i), Ladder: l, Games: 50,
					Rating: rating.Rating{Rating: 1000 + float64(i*37%1200), Deviation: 45 + float64(i%100), Volatility: 0.06},
				}
				for d := 0; d < days; d += 2 {
					even, odd := r, r
					even.At, odd.At = s.begin.AddDate(0, 0, d), s.begin.AddDate(0, 0, d+1)
					rated = append(rated, archive.Rated{Game: archive.Game{Number: -1}, After: [2]archive.Rating{even, odd}})
				}
				counted = append(counted, archive.Stats{User: s.user(i), Ladder: l, Score: archive.Score{Wins: 20, Losses: 20}, Last: s.begin})
			}
			for o := range 12 {
				openings = append(openings, archive.OpeningStats{
					User: s.user(i), Seat: game.Seat(o % 2), Opening: archive.Opening{ECO: "A00", Name: fmt.Sprintf("Opening %d", o)},
					Score: archive.Score{Wins: o},
				})
			}
		}
		if err := f.People(ctx, rated, counted, openings); err != nil {
			return err
		}
	}
	return nil
}
