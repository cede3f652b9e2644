package host

import (
	"time"

	"kibitz/internal/game"
)

// wake is the message of an alarm: something falls due.
type wake struct{}

func (wake) refuse(*keeper, error) {}

func (wake) handle(k *keeper) {
	k.ringing.Store(false)
	if k.ensure() != nil {
		return
	}
	if k.excuseLate() != nil {
		return
	}
	k.due()
	now := k.host.now()
	if k.t != nil && reached(k.holdUntil, now) {
		k.holdUntil = time.Time{}
		k.letRun(game.NoSeat)
	}
	if reached(k.blipAt, now) {
		k.tellPresence()
	}
	if reached(k.retryAt, now) {
		k.retryAt = time.Time{}
	}
}

// reached reports whether a time that is set has come.
func reached(at, now time.Time) bool { return !at.IsZero() && !now.Before(at) }

// due commits what falls due at the table by itself, as a fallen flag.
func (k *keeper) due() {
	for range judgeTries {
		records, err := k.t.Due(k.host.now(), k.presence())
		if err != nil {
			k.host.cfg.Log.Error("a table cannot do what falls due", "table", k.id, "err", err)
			return
		}
		if len(records) == 0 || k.commit(records, &sender{}) != errAgain {
			return
		}
	}
}
