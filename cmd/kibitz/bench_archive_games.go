package main

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"time"

	"kibitz/internal/archive"
	"kibitz/internal/chess/pgn"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/games"
	"kibitz/internal/table"
)

// archiveGames are the games whose records fill an archive unless others are
// given: of the lichess database (CC0), and none of them among those by which
// the packer knows what to expect.
//
//go:embed bench_archive.pgn
var archiveGames []byte

// blobGames is how many different records the games share at most.
const blobGames = 1000

// blobs plays real games again, and packs them.
func (b *archiveBench) blobs(r *archiveReport) ([][]byte, error) {
	catalog, err := games.Catalog(games.Options{})
	if err != nil {
		return nil, err
	}
	text := archiveGames
	if b.PGN != "" {
		if text, err = os.ReadFile(b.PGN); err != nil {
			return nil, err
		}
	}
	p := &replay{catalog: catalog, rng: rand.New(rand.NewPCG(3, 4)), report: r}
	for g, err := range pgn.NewReader(bytes.NewReader(text), pgn.Limits{}).All() {
		if err == nil {
			err = p.pack(g)
		}
		if err != nil && !errors.Is(err, errNoClocks) {
			return nil, err
		}
		if len(p.blobs) == blobGames {
			break
		}
	}
	if len(p.blobs) == 0 {
		return nil, errors.New("no game of the file has a TimeControl such as 180+2 and clocks such as {[%clk 0:02:58]} at its moves")
	}
	p.average()
	return p.blobs, nil
}

// errNoClocks: nobody can tell how long the players of a game thought.
var errNoClocks = errors.New("a game without clocks")

// replay plays games of a file at tables: as long as the clocks of the file say,
// which show seconds, with drawn fractions of a second and a drawn lag.
type replay struct {
	catalog game.Catalog
	rng     *rand.Rand
	report  *archiveReport
	blobs   [][]byte

	packing, unpacking time.Duration // in all

	table   *table.Table
	records []table.Record
	at      time.Time
	meters  [2]clock.LagMeter
}

var replayed = [2]table.Player{{ID: "WhiteWhite01", Name: "White"}, {ID: "BlackBlack02", Name: "Black"}}

// pack plays one game, and measures its record.
func (p *replay) pack(g *pgn.Game) error {
	if err := p.play(g); err != nil {
		return err
	}
	s, err := archive.Summarize(p.catalog, p.records)
	if err != nil {
		return err
	}
	rules := p.catalog[s.Game.Kind]
	begun := time.Now()
	blob, err := archive.Pack(&s.Game, rules, p.records)
	if err != nil {
		return err
	}
	packed := time.Now()
	if _, err := archive.Unpack(&s.Game, rules, blob); err != nil {
		return err
	}
	p.packing, p.unpacking = p.packing+packed.Sub(begun), p.unpacking+time.Since(packed)
	p.blobs = append(p.blobs, blob)
	p.report.BlobBytes += float64(len(blob))
	p.report.BlobPlies += float64(s.Game.Plies)
	return nil
}

// average makes means of the sums of the report.
func (p *replay) average() {
	n := len(p.blobs)
	r := p.report
	r.Records = n
	r.BlobBytes /= float64(n)
	r.BlobPlies /= float64(n)
	r.PackMicros = float64(p.packing.Microseconds()) / float64(n)
	r.UnpackMicros = float64(p.unpacking.Microseconds()) / float64(n)
}

// play makes the records of a game.
func (p *replay) play(g *pgn.Game) error {
	var base, increment int64
	if _, err := fmt.Sscanf(g.Tag("TimeControl"), "%d+%d", &base, &increment); err != nil {
		return errNoClocks
	}
	control := clock.Control{Initial: time.Duration(base) * time.Second, Increment: time.Duration(increment) * time.Second}
	if control.Validate() != nil {
		return errNoClocks
	}
	start, moves, err := g.Replay()
	if err != nil {
		return err
	}
	if err := p.begin(control); err != nil {
		return err
	}
	left := [2]time.Duration{control.Initial, control.Initial}
	for ply, node := 0, g.Nodes[pgn.Root].Next; ply < len(moves) && !p.table.Result().Over(); ply++ {
		shown, ok := g.Nodes[node].Clock()
		if !ok {
			return errNoClocks
		}
		now := shown + time.Duration(p.rng.IntN(1000))*time.Millisecond
		now = min(now, left[ply%2]+control.Increment-time.Duration(p.rng.IntN(200))*time.Millisecond)
		spent := max(0, left[ply%2]-now+control.Increment)
		left[ply%2] = now
		if err := p.move(ply%2, start.UCI(moves[ply]), spent); err != nil {
			return err
		}
		start, node = start.Play(moves[ply]), g.Nodes[node].Next
	}
	if p.table.Result().Over() {
		return nil
	}
	p.at = p.at.Add(3217 * time.Millisecond)
	return p.judge(table.Command{Actor: replayed[len(moves)%2], At: p.at, Type: "resign", Data: []byte("{}")})
}

func (p *replay) begin(control clock.Control) (err error) {
	p.at = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	p.meters = [2]clock.LagMeter{}
	p.records, err = table.Create(table.ID(fmt.Sprintf("%08d", len(p.blobs))), table.Setup{
		Kind: "chess", Control: control, Origin: table.OriginPool, Rated: true, Seats: replayed[:],
	}, p.at, p.catalog, games.Chance())
	if err == nil {
		p.table, err = table.Load(p.catalog, p.records)
	}
	return err
}

// move makes a move that took so long, and came with some lag.
func (p *replay) move(seat int, uci string, thought time.Duration) error {
	lag := time.Duration(30+p.rng.NormFloat64()*8+p.rng.ExpFloat64()*12) * time.Millisecond
	lag = max(lag, 4*time.Millisecond)
	p.meters[seat].Add(lag)
	p.at = p.at.Add(thought + lag)
	return p.judge(table.Command{
		Actor: replayed[seat], At: p.at, Type: "move", Data: fmt.Appendf(nil, `{"uci":%q}`, uci),
		Report: clock.Report{Spent: thought, Lag: -1, FrameLag: p.meters[seat].Mean()},
	})
}

// judge adds the records of a command. A move that came too late ends the game.
func (p *replay) judge(cmd table.Command) error {
	next, err := p.table.Judge(cmd, table.Presence{Chance: games.Chance()})
	if err != nil && !errors.Is(err, table.ErrOver) {
		return err
	}
	if _, err := p.table.Apply(next, nil); err != nil {
		return err
	}
	p.records = append(p.records, next...)
	return nil
}
