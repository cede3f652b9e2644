package table

import (
	"fmt"
	"slices"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
)

// Limits of who may stand at a table without a seat.
const (
	maxAsking  = 20
	maxInLine  = 20
	keptForOne = 30 * time.Second
	// shortFor is how long nobody may come back to a table with fewer chips
	// than they took along, and maxLeft of how many people that is known.
	shortFor = 30 * time.Minute
	maxLeft  = 32
)

// lounge is who and what is around the seats of a room: its owner's tools and
// the people who want to sit down. Lists are never changed in place.
type lounge struct {
	paused   bool
	owner    account.ID
	asking   []Guest
	approved []account.ID
	line     []Guest
	// freed is when a seat last became free for the first in the line.
	freed time.Time
	// left are those who went last, and what with.
	left []leaver
}

// leaver is somebody who took chips along.
type leaver struct {
	user  account.ID
	chips int64
	at    time.Time
}

// remember notes who left with what.
func (l *lounge) remember(who account.ID, chips int64, at time.Time) {
	kept := slices.DeleteFunc(slices.Clone(l.left), func(e leaver) bool { return e.user == who })
	if len(kept) >= maxLeft {
		kept = kept[1:]
	}
	l.left = append(kept, leaver{who, chips, at})
}

// leftWith returns what the actor took along a short while ago, or 0.
func (l *lounge) leftWith(cmd *Command) int64 {
	for _, e := range l.left {
		if e.user == cmd.Actor.ID && cmd.At.Sub(e.at) < shortFor {
			return e.chips
		}
	}
	return 0
}

// Guest is somebody who wants to sit down.
type Guest struct {
	User account.ID `json:"user"`
	Name string     `json:"name"`
}

// Lounge is what everybody may know of a room besides its seats.
type Lounge struct {
	Paused bool `json:"paused,omitempty"`
	// Owner is whose table it is, empty for nobody's.
	Owner account.ID `json:"owner,omitempty"`
	// Approval means that the owner lets people in.
	Approval bool    `json:"approval,omitempty"`
	Asking   []Guest `json:"asked,omitempty"`
	Line     []Guest `json:"waiting_list,omitempty"`
	// Kept is for whom alone a free seat is kept now, until a time in Unix
	// milliseconds.
	Kept *Kept `json:"kept,omitempty"`
}

// Kept is a seat kept for the first in the line.
type Kept struct {
	User  account.ID `json:"user"`
	Until int64      `json:"until"`
}

// Lounge returns what everybody may know, nil for a table that is no room.
func (t *Table) Lounge() *Lounge {
	if t.room() == nil {
		return nil
	}
	l := &t.lounge
	seen := &Lounge{Paused: l.paused, Owner: l.owner, Approval: t.setup.Approval, Asking: l.asking, Line: l.line}
	if who, until := t.keptFor(); who != "" {
		seen.Kept = &Kept{who, until.UnixMilli()}
	}
	return seen
}

// keptFor returns for whom a free seat is kept, and until when.
func (t *Table) keptFor() (account.ID, time.Time) {
	if len(t.lounge.line) == 0 || t.setup.firstFree() == game.NoSeat {
		return "", time.Time{}
	}
	return t.lounge.line[0].User, t.lounge.freed.Add(keptForOne)
}

// admits refuses who may not sit down at a room now.
func (t *Table) admits(cmd *Command) error {
	who := cmd.Actor.ID
	if t.setup.Approval && who != t.lounge.owner && cmd.Actor.House == 0 && !slices.Contains(t.lounge.approved, who) {
		return fmt.Errorf("%w: ask first; who owns this table lets people in", ErrNotAllowed)
	}
	if first, until := t.keptFor(); first != "" && first != who && cmd.At.Before(until) {
		return fmt.Errorf("%w: the free seat is kept for %s, who has waited for it; join the waiting list", ErrNotAllowed, t.lounge.line[0].Name)
	}
	return nil
}

// judgeLounge judges what people without a seat ask for, and what the owner
// does. ok is false for an action that is neither.
func (t *Table) judgeLounge(cmd *Command, p Presence) (records []Record, ok bool, err error) {
	switch cmd.Type {
	case "wait", "unwait", "ask":
		records, err = t.judgeGuest(cmd)
	case "host-pause", "host-resume", "host-approve", "host-decline", "host-remove", "host-transfer":
		records, err = t.judgeOwner(cmd, p)
	default:
		return nil, false, nil
	}
	return records, true, err
}

// judgeGuest judges who asks for a seat, or waits for one.
func (t *Table) judgeGuest(cmd *Command) ([]Record, error) {
	l, who := &t.lounge, cmd.Actor.ID
	inLine := slices.ContainsFunc(l.line, isGuest(who))
	switch {
	case cmd.Actor.Free():
		return nil, fmt.Errorf("%w: sign in to play", ErrNotAllowed)
	case t.SeatOf(who) != game.NoSeat:
		return nil, fmt.Errorf("%w: you sit here already", ErrNotAllowed)
	case cmd.Type == "unwait" && !inLine, cmd.Type == "wait" && inLine:
		return nil, fmt.Errorf("%w: that is so already", ErrNotAllowed)
	case cmd.Type == "wait" && len(l.line) >= maxInLine, cmd.Type == "ask" && len(l.asking) >= maxAsking:
		return nil, fmt.Errorf("%w: too many are waiting", ErrNotAllowed)
	case cmd.Type == "wait" && t.setup.firstFree() != game.NoSeat && len(l.line) == 0:
		return nil, fmt.Errorf("%w: there is a free seat: sit down", ErrNotAllowed)
	case cmd.Type == "ask" && (!t.setup.Approval || slices.ContainsFunc(l.asking, isGuest(who)) || slices.Contains(l.approved, who)):
		return nil, fmt.Errorf("%w: there is nothing to ask for", ErrNotAllowed)
	}
	guest := Guest{who, cmd.Actor.Name}
	if cmd.Type == "ask" {
		return t.one(cmd, game.NoSeat, typeAsked, guest)
	}
	return t.one(cmd, game.NoSeat, typeWaits, waits{guest, cmd.Type == "wait"})
}

func isGuest(who account.ID) func(Guest) bool {
	return func(g Guest) bool { return g.User == who }
}

// without returns a list without a guest. The list itself is left as it is.
func without(list []Guest, who account.ID) []Guest {
	return slices.DeleteFunc(slices.Clone(list), isGuest(who))
}

// applyLounge folds an event of the lounge.
func (t *Table) applyLounge(r *Record) (any, error) {
	l := &t.lounge
	switch r.Type {
	case typePaused:
		l.paused = true
	case typeResumed:
		l.paused, t.pause.since = false, r.At
	case typeOwner:
		return fold(r, func(e person) error { l.owner = e.User; return nil })
	case typeAsked:
		return fold(r, func(e Guest) error { l.asking = append(slices.Clip(l.asking), e); return nil })
	case typeApproved:
		return fold(r, func(e person) error {
			l.asking, l.approved = without(l.asking, e.User), append(slices.Clip(l.approved), e.User)
			return nil
		})
	case typeDeclined:
		return fold(r, func(e person) error { l.asking = without(l.asking, e.User); return nil })
	case typeRemoved:
		return fold(r, func(removed) error { return nil })
	case typeWaits:
		return fold(r, func(e waits) error {
			l.line = without(l.line, e.User)
			if e.On {
				l.line = append(l.line, e.Guest)
			}
			l.freed = r.At
			return nil
		})
	}
	return plain{}, nil
}
