package archive

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// ErrDamaged: a stored record is not what was written.
var ErrDamaged = errors.New("the record of the game is damaged")

// packVersion is the first byte of every packed record. A later form takes the
// next number, and this one stays readable for ever.
const packVersion = 1

// Limits of what is packed, and of what is believed of a packed record.
const (
	maxRecords = 1 << 20
	maxBytes   = 1 << 24
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Pack returns the records of a finished game in little space: about 2.3 bytes a
// turn with its times. Unpack gives them back but for the ids of actions, and
// with the arrival of turns to a tenth of a second; what clocks were charged is
// exact. Who the players were stays in the game's row, and is not packed.
//
// The form: version 1 byte, CRC-32C of version, table id and rest 4 bytes, and
// then bits of an arithmetic coder (see packer).
func Pack(g *Game, rules game.Rules, records []table.Record) ([]byte, error) {
	if len(records) == 0 || len(records) > maxRecords {
		return nil, fmt.Errorf("%w: %d records to pack", game.ErrMalformed, len(records))
	}
	var err error
	for _, grain := range []int64{centi, exact} {
		var blob []byte
		if blob, err = pack(g, rules, records, grain); err == nil {
			return blob, nil
		}
	}
	return nil, err
}

// The grains in which times are kept, in milliseconds: as clocks count, and,
// where that would change a clock, as they came.
const (
	centi = 10
	exact = 1
)

// pack returns a record that was seen to come back.
func pack(g *Game, rules game.Rules, records []table.Record, grain int64) ([]byte, error) {
	e := newEncoder(make([]byte, 5, 256))
	p := newPacker(e, g, rules)
	p.head(len(records), grain)
	for i := range records {
		if _, err := p.record(&records[i]); err != nil {
			return nil, fmt.Errorf("pack record %d of %s: %w", records[i].Seq, g.ID, err)
		}
	}
	blob := e.finish()
	blob[0] = packVersion
	binary.LittleEndian.PutUint32(blob[1:], sum(g.ID, blob))
	back, err := Unpack(g, rules, blob)
	if err != nil {
		return nil, fmt.Errorf("pack %s: %w", g.ID, err)
	}
	return blob, same(rules, records, back)
}

func sum(id table.ID, blob []byte) uint32 {
	crc := crc32.Update(0, castagnoli, blob[:1])
	crc = crc32.Update(crc, castagnoli, []byte(id))
	return crc32.Update(crc, castagnoli, blob[5:])
}

// Unpack returns the records that Pack was given, now or years ago, without
// the ids of actions. It fails with ErrDamaged for anything else.
func Unpack(g *Game, rules game.Rules, blob []byte) ([]table.Record, error) {
	records, _, err := unpack(g, rules, blob)
	return records, err
}

// Final returns the last state of a packed game, for a fraction of the price of
// playing it again. It fails with ErrDamaged.
func Final(g *Game, rules game.Rules, blob []byte) (game.State, error) {
	_, last, err := unpack(g, rules, blob)
	if err == nil && last == nil {
		err = fmt.Errorf("%w: %s: it has no beginning", ErrDamaged, g.ID)
	}
	return last, err
}

// unpack returns the records, and the state after them.
func unpack(g *Game, rules game.Rules, blob []byte) (records []table.Record, last game.State, err error) {
	if len(blob) < 5 || blob[0] != packVersion {
		return nil, nil, fmt.Errorf("%w: %s: no record of version %d", ErrDamaged, g.ID, packVersion)
	}
	if binary.LittleEndian.Uint32(blob[1:]) != sum(g.ID, blob) {
		return nil, nil, fmt.Errorf("%w: %s: checksum", ErrDamaged, g.ID)
	}
	// Rules may panic at events that never happened in their game.
	defer func() {
		if p := recover(); p != nil {
			records, last, err = nil, nil, fmt.Errorf("%w: %s: %v", ErrDamaged, g.ID, p)
		}
	}()
	d := newDecoder(blob[5:])
	p := newPacker(d, g, rules)
	n := p.head(0, 0)
	if n == 0 || n > maxRecords {
		return nil, nil, fmt.Errorf("%w: %s: %d records", ErrDamaged, g.ID, n)
	}
	for range n {
		r, err := p.record(nil)
		if err == nil && d.over > 4 {
			err = errors.New("cut short")
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%w: %s: record %d: %w", ErrDamaged, g.ID, len(records)+1, err)
		}
		records = append(records, r)
	}
	return records, p.state, nil
}

// same reports whether what was packed comes back, and with the same clocks.
func same(rules game.Rules, records, back []table.Record) error {
	if len(records) != len(back) {
		return fmt.Errorf("%w: %d records came back as %d", game.ErrMalformed, len(records), len(back))
	}
	var a, b []byte
	for i := range records {
		want := records[i]
		want.Action = ""
		if late := want.At.Sub(back[i].At); late > -maxDrift*millis && late < maxDrift*millis {
			want.At = back[i].At
		}
		a, b = table.AppendRecord(a[:0], &want), table.AppendRecord(b[:0], &back[i])
		if !bytes.Equal(a, b) {
			return fmt.Errorf("%w: record %d of %s does not come back as it was", game.ErrMalformed, want.Seq, want.Table)
		}
	}
	return sameClocks(rules, records, back)
}

func sameClocks(rules game.Rules, records, back []table.Record) error {
	c := game.Catalog{rules.Kind(): rules}
	want, err := table.Load(c, records)
	if err != nil {
		return err
	}
	got, err := table.Load(c, back)
	if err != nil {
		return err
	}
	a, b := want.Snapshot(game.Spectator, want.Touched()).Clocks, got.Snapshot(game.Spectator, got.Touched()).Clocks
	if a != nil && (b == nil || !slices.Equal(a.Remaining, b.Remaining)) {
		return fmt.Errorf("%w: the clocks of %s do not come back as they were", game.ErrMalformed, want.ID())
	}
	return nil
}

// setupOf returns the setup of a game as its table was made: with the players
// who sat there from the start.
func setupOf(g *Game, own json.RawMessage, seated game.Seats) table.Setup {
	s := table.Setup{
		Kind: g.Kind, Game: own, Control: g.Control, Origin: g.Origin, Rated: g.Rated, Prior: g.Prior, Games: g.Series,
		Seats: make([]table.Player, len(g.Players)),
	}
	for i, p := range g.Players {
		if seated.Has(game.Seat(i)) {
			s.Seats[i] = p.player()
		}
	}
	return s
}

func (p Player) player() table.Player {
	return table.Player{ID: p.ID, Name: p.Name, Guest: p.Guest, House: p.House, Bot: p.Bot}
}

// millis is the unit of stored times.
const millis = time.Millisecond
