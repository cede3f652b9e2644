package wire

import (
	"fmt"
	"strconv"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// AppendSnapshot appends a table message: all that one viewer may know of a
// table. It fails only when a view has no JSON form, and dst is then returned
// as it was.
func AppendSnapshot(dst []byte, s *table.Snapshot) ([]byte, error) {
	start := len(dst)
	dst, err := appendSnapshot(dst, s)
	if err != nil {
		return dst[:start], fmt.Errorf("table %s: %w", s.Table, err)
	}
	return append(dst, '}'), nil
}

// AppendReplay appends a table message with, besides, all events as views.
func AppendReplay(dst []byte, s *table.Snapshot, events []table.EventView) ([]byte, error) {
	start := len(dst)
	dst, err := appendSnapshot(dst, s)
	if err == nil {
		dst, err = appendEvents(append(dst, `,"events":`...), events)
	}
	if err != nil {
		return dst[:start], fmt.Errorf("table %s: %w", s.Table, err)
	}
	return append(dst, '}'), nil
}

// appendSnapshot leaves the message open for more fields.
func appendSnapshot(dst []byte, s *table.Snapshot) ([]byte, error) {
	dst = appendTable(dst, "table", s.Table)
	dst = appendString(append(dst, `,"kind":`...), string(s.Setup.Kind))
	dst = strconv.AppendUint(append(dst, `,"seq":`...), uint64(s.Seq), 10)
	dst = appendSeat(append(dst, `,"you":`...), s.Viewer.Seat)
	dst = strconv.AppendBool(append(dst, `,"waiting":`...), s.Waiting)
	dst, err := appendJSON(append(dst, `,"seats":`...), people(s.Setup.Seats))
	if err != nil {
		return dst, err
	}
	if dst, err = appendJSON(append(dst, `,"info":`...), infoOf(s)); err != nil {
		return dst, err
	}
	if dst, err = appendView(append(dst, `,"state":`...), s.State); err != nil {
		return dst, err
	}
	dst = appendLengths(append(dst, `,"spent_ms":`...), s.Spent)
	dst = appendClocks(append(dst, `,"clocks":`...), s.Clocks)
	dst = appendDeadline(append(dst, `,"deadline":`...), s.Deadline)
	dst = appendSeat(append(dst, `,"rematch":{"offered_by":`...), s.RematchBy)
	dst, err = appendJSON(append(dst, `,"table":`...), orNull(s.Rematch))
	if err != nil {
		return dst, err
	}
	return appendJSON(append(dst, `},"chat":`...), linesOf(s.Chat))
}

// people is the players of a table; a free seat is nil.
func people(seats []table.Player) []*table.Player {
	all := make([]*table.Player, len(seats))
	for i := range seats {
		if !seats[i].Free() {
			all[i] = &seats[i]
		}
	}
	return all
}

// orNull is nil for the empty text, so that it is written as null.
func orNull[T ~string](s T) *T {
	if s == "" {
		return nil
	}
	return &s
}

// info is what a table is, as viewers see it.
type info struct {
	Origin table.Origin `json:"origin"`
	Rated  bool         `json:"rated"`
	// Control is nil for a table without clocks.
	Control   *clock.Control `json:"control"`
	Speed     clock.Speed    `json:"speed"`
	CreatedAt int64          `json:"created_at"`
	Prior     table.ID       `json:"prior,omitempty"`
	// Invited is for whom the free seat is kept, nil when for nobody.
	Invited *table.Player `json:"invited,omitempty"`
	// Rules is what players may not do; left out where that is nothing.
	Rules table.Limits `json:"rules,omitzero"`
	// Lounge is that of a table at which people come and go.
	*table.Lounge
}

func infoOf(s *table.Snapshot) info {
	i := info{
		Origin: s.Setup.Origin, Rated: s.Setup.Rated, Control: controlOf(s.Setup.Control),
		Speed: s.Setup.Control.Speed(), CreatedAt: s.Created.UnixMilli(), Prior: s.Setup.Prior,
		Rules: s.Setup.Rules, Lounge: s.Lounge,
	}
	if s.Setup.Kept() != game.NoSeat {
		i.Invited = &s.Setup.Invited
	}
	return i
}

// controlOf is nil where there are no clocks.
func controlOf(c clock.Control) *clock.Control {
	if c.Unlimited() {
		return nil
	}
	return &c
}

// chatLine is a line said at a table, as viewers see it.
type chatLine struct {
	Seq  table.Seq  `json:"seq"`
	At   int64      `json:"at"`
	Room table.Room `json:"room"`
	Name string     `json:"name"`
	Text string     `json:"text"`
}

func linesOf(lines []table.ChatLine) []chatLine {
	all := make([]chatLine, len(lines))
	for i, l := range lines {
		all[i] = chatLine{Seq: l.Seq, At: l.At.UnixMilli(), Room: l.Room, Name: l.Name, Text: l.Text}
	}
	return all
}
