package host

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// What happens when a Brain fails or chooses what is refused: it is asked
// again thinkTries times, after a pause that starts at thinkPause and grows
// fourfold. Then the house player gives up with Config.GiveUp, so that its
// opponent does not wait for nobody. A Brain that is only too slow is asked
// again for as long as its clock allows.
const (
	thinkTries = 3
	thinkPause = 100 * time.Millisecond
)

// rematchAction is what a house player answers to the offer of a rematch.
const rematchAction = "rematch"

// houseSeat is how far a house player is with its seat.
type houseSeat struct {
	thinking bool
	// asked is the record up to which the Brain has seen the table.
	asked table.Seq
	// failed counts the failures in a row, and retryAt is when to ask again.
	failed  int
	retryAt time.Time
}

// thought is one call of the Brain, and then its outcome.
type thought struct {
	turn   Turn
	seq    table.Seq
	typ    string
	action []byte
	err    error
}

// hire makes room for the house players of the table.
func (k *keeper) hire() {
	if k.host.cfg.Brain == nil || len(k.house) == len(k.players) {
		return
	}
	for _, p := range k.players {
		if p.House > 0 {
			k.house = make([]houseSeat, len(k.players))
			return
		}
	}
}

// think asks the Brain for every house player who has not seen the table as
// it is.
func (k *keeper) think() {
	for i := range k.house {
		if k.t == nil || k.gone {
			return
		}
		if k.players[i].House > 0 {
			k.ask(game.Seat(i))
		}
	}
}

func (k *keeper) ask(s game.Seat) {
	h := &k.house[s]
	now := k.host.now()
	switch {
	case h.thinking || h.asked >= k.t.Seq() || k.t.Waiting() && !k.t.Room():
		return
	case k.over():
		h.asked = k.t.Seq()
		k.acceptRematch(s)
		return
	case now.Before(h.retryAt):
		k.retryAt = earlier(k.retryAt, h.retryAt)
		return
	}
	if !k.host.engage(&thought{turn: k.turn(s), seq: k.t.Seq()}) {
		h.retryAt = now.Add(thinkPause)
		k.retryAt = earlier(k.retryAt, h.retryAt)
		return
	}
	h.thinking, h.asked = true, k.t.Seq()
}

// turn is what a house player is told.
func (k *keeper) turn(s game.Seat) Turn {
	snapshot := k.t.Snapshot(game.Viewer{Seat: s}, k.host.now())
	return Turn{
		Table: k.id, Kind: snapshot.Setup.Kind, Level: k.players[s].House, Seat: s,
		View: snapshot.State, Clocks: snapshot.Clocks, Ply: k.t.Ply(), People: k.t.Playing(),
	}
}

// giveUp is the action of a house player who knows no other.
func (k *keeper) giveUp() string {
	if k.t.Room() {
		return game.ActionLeave
	}
	return k.host.cfg.GiveUp
}

// acceptRematch plays once more when an opponent wants to.
func (k *keeper) acceptRematch(s game.Seat) {
	offer := k.t.Snapshot(game.Spectator, k.host.now())
	if offer.RematchBy == game.NoSeat || offer.RematchBy == s || offer.Rematch != "" {
		return
	}
	if err := k.act(s, rematchAction, []byte(`{"type":"rematch"}`)); err != nil {
		k.host.cfg.Log.Warn("a house player cannot accept a rematch", "table", k.id, "err", err)
	}
}

// act does what a house player chose. The action id follows from what it had
// seen, so that choosing again after a crash does nothing twice.
func (k *keeper) act(s game.Seat, typ string, action []byte) error {
	h := &k.house[s]
	id := fmt.Sprintf("house.%d.%d", h.asked, h.failed)
	r := request{cmd: table.Command{
		Table: k.id, Actor: k.players[s], ID: table.ActionID(id), At: k.host.now(),
		Report: clock.NoReport(), Type: typ, Data: action,
	}}
	_, err := k.execute(&r.cmd, &sender{})
	if r.pay(k, err) {
		return nil
	}
	return err
}

// engage calls the Brain on a goroutine of its own, and tells the keeper what
// came of it. It reports false when as many calls run as may.
func (h *Host) engage(t *thought) bool {
	select {
	case h.thinkers <- struct{}{}:
	default:
		return false
	}
	h.loops.Go(func() {
		defer func() { <-h.thinkers }()
		t.choose(h.life, h)
		h.tell(t.turn.Table, t)
	})
	return true
}

func (t *thought) choose(ctx context.Context, h *Host) {
	ctx, cancel := context.WithTimeout(ctx, h.cfg.ThinkTime)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			t.err = fmt.Errorf("brain panicked: %v", p)
		}
	}()
	t.typ, t.action, t.err = h.cfg.Brain.Choose(ctx, t.turn)
}

func (t *thought) refuse(*keeper, error) {}

func (t *thought) handle(k *keeper) {
	s := t.turn.Seat
	if int(s) >= len(k.house) {
		return
	}
	h := &k.house[s]
	h.thinking = false
	if k.ensure() != nil {
		h.asked = 0
		return
	}
	if k.over() || t.stale(k) {
		return
	}
	err := t.err
	switch {
	case err != nil:
	case t.typ != "":
		err = k.act(s, t.typ, t.action)
	}
	if err == nil {
		h.failed = 0
		return
	}
	k.thinkAgain(s, err)
}

// stale reports whether turns were taken or taken back since the Brain was
// asked. What it chose is then for another position.
func (t *thought) stale(k *keeper) bool {
	if k.t.Seq() == t.seq {
		return false
	}
	return t.turn.Ply != k.t.Ply()
}

// thinkAgain counts a failure of a house player. Too little time is not one,
// and trouble with the journal is not: the player is asked again later.
func (k *keeper) thinkAgain(s game.Seat, err error) {
	h := &k.house[s]
	if errors.Is(err, ErrInternal) || errors.Is(err, context.DeadlineExceeded) {
		h.asked, h.retryAt = 0, k.host.now().Add(retryEvery)
		return
	}
	if k.t == nil || k.gone || k.over() {
		return
	}
	k.host.cfg.Log.Error("a house player failed", "table", k.id, "seat", s, "try", h.failed+1, "err", err)
	h.retryAt = k.host.now().Add(thinkPause << (2 * h.failed))
	h.failed++
	if h.failed <= thinkTries {
		h.asked = 0
		return
	}
	if err := k.act(s, k.giveUp(), []byte(`{"type":"`+k.giveUp()+`"}`)); err != nil {
		k.host.cfg.Log.Error("a house player cannot give up", "table", k.id, "seat", s, "err", err)
	}
}
