package table

import (
	"encoding/json"
	"fmt"
	"time"

	"kibitz/internal/game"
)

// Create returns the first records of a new table, or an error wrapping
// ErrSetup or game.ErrMalformed that says what is wrong with the setup. What
// the setup leaves to chance is drawn here.
func Create(id ID, s Setup, at time.Time, c game.Catalog, chance game.Chance) ([]Record, error) {
	rules, ok := c[s.Kind]
	if !ok {
		return nil, fmt.Errorf("%w: there is no game %q", ErrSetup, s.Kind)
	}
	if err := s.Validate(); err != nil {
		return nil, err
	}
	if p, ok := rules.(game.Preparer); ok {
		prepared, err := p.Prepare(s.Game, chance)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrSetup, err)
		}
		s.Game = prepared
	}
	if namer, ok := rules.(game.Namer); ok && s.Rated {
		if variant, err := namer.Variant(s.Game); err == nil && variant == game.FromPosition {
			return nil, fmt.Errorf("%w: a game from a chosen position is casual", ErrSetup)
		}
	}
	state, err := rules.New(s.Game, len(s.Seats))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSetup, err)
	}
	if err := s.checkRoom(state); err != nil {
		return nil, err
	}
	data, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("create: %w", err)
	}
	at = at.Truncate(time.Millisecond).UTC()
	return []Record{{Table: id, Seq: 1, At: at, Seat: game.NoSeat, Type: typeCreated, Data: data}}, nil
}

// begin makes the table from its first record.
func (t *Table) begin(c game.Catalog, r *Record) error {
	if r.Type != typeCreated {
		return fmt.Errorf("%w: table %s begins with %q", game.ErrMalformed, r.Table, r.Type)
	}
	if err := json.Unmarshal(r.Data, &t.setup); err != nil {
		return fmt.Errorf("%w: setup of %s: %w", game.ErrMalformed, r.Table, err)
	}
	rules, ok := c[t.setup.Kind]
	if !ok {
		return fmt.Errorf("%w: table %s is of unknown kind %q", game.ErrMalformed, r.Table, t.setup.Kind)
	}
	state, err := rules.New(t.setup.Game, len(t.setup.Seats))
	if err != nil {
		return fmt.Errorf("table %s: %w", r.Table, err)
	}
	t.id, t.rules, t.state = r.Table, rules, state
	t.created, t.turned = r.At, r.At
	t.clock = newClock(t.setup)
	t.rematch.by = game.NoSeat
	if t.Room() {
		t.lounge.owner = t.setup.Owner
		t.pace(r.At)
	}
	return nil
}
