package table

import (
	"encoding/json"
	"fmt"
	"strings"

	"kibitz/internal/account"
	"kibitz/internal/game"
)

// The table's own event types. They are stored; never rename one.
const (
	typeCreated         = "table.created"
	typeSeated          = "table.seated"
	typeGaveTime        = "table.gave-time"
	typeHeld            = "table.held"
	typeReleased        = "table.released"
	typeClaimed         = "table.claimed"
	typeChat            = "table.chat"
	typeRematchOffered  = "table.rematch-offered"
	typeRematchDeclined = "table.rematch-declined"
	typeRematch         = "table.rematch"
	typeExpired         = "table.expired"
	typePaused          = "table.paused"
	typeResumed         = "table.resumed"
	typeAsked           = "table.asked"
	typeApproved        = "table.approved"
	typeDeclined        = "table.declined"
	typeRemoved         = "table.removed"
	typeOwner           = "table.owner"
	typeWaits           = "table.waits"
)

// own reports whether an event type is the table's and not the game's.
func own(typ string) bool { return strings.HasPrefix(typ, "table.") }

// Stored forms of the table's own events. Most are fit to be seen as they are,
// and then serve as views too.
type (
	seated struct {
		Seat   game.Seat `json:"seat"`
		Player Player    `json:"player"`
	}
	gaveTime struct {
		To     game.Seat `json:"to"`
		Millis int64     `json:"ms"`
	}
	held struct {
		// AliveAt is the last sign of life of the server that went away, in
		// Unix milliseconds.
		AliveAt int64 `json:"alive_at"`
		// Epoch is that of a claim, if it is one.
		Epoch uint64 `json:"epoch,omitempty"`
	}
	// claim is the claim of a table where no time runs.
	claim struct {
		Epoch uint64 `json:"epoch"`
	}
	chatted struct {
		Room Room   `json:"room"`
		Name string `json:"name"`
		Text string `json:"text"`
	}
	rematchBy struct {
		By game.Seat `json:"by"`
	}
	removed struct {
		Seat game.Seat `json:"seat"`
	}
	// person is whom an act of the table's owner concerns.
	person struct {
		User account.ID `json:"user"`
	}
	// waits is who waits for a seat from now on, or does not any more.
	waits struct {
		Guest
		On bool `json:"on"`
	}
	rematchAt struct {
		Table ID `json:"table"`
	}
	plain struct{}
)

// ownView shows an event of the table itself.
type ownView struct {
	typ  string
	body any
}

func (v ownView) ViewType() string { return v.typ }

// MarshalJSON encodes the event without its type, which the envelope carries.
func (v ownView) MarshalJSON() ([]byte, error) { return json.Marshal(v.body) }

// with returns r as an event of the table itself.
func (r Record) with(typ string, body any) (Record, error) {
	data, err := json.Marshal(body)
	if err != nil {
		return Record{}, fmt.Errorf("encode %s: %w", typ, err)
	}
	r.Type, r.Data = typ, data
	return r, nil
}

// decodeOwn reads the body of an event of the table itself.
func decodeOwn[T any](r *Record) (T, error) {
	var body T
	if err := json.Unmarshal(r.Data, &body); err != nil {
		return body, fmt.Errorf("%w: %s at %d of %s: %w", game.ErrMalformed, r.Type, r.Seq, r.Table, err)
	}
	return body, nil
}
