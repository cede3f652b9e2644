package natsstore

import (
	"testing"
	"time"
)

func TestDoubt(t *testing.T) {
	var d doubt
	at := time.UnixMilli(1_700_000_000_000)
	if d.is(at) {
		t.Error("there is doubt at first")
	}
	d.cast(at)
	for _, row := range []struct {
		after time.Duration
		want  bool
	}{{0, true}, {doubtFor - 1, true}, {doubtFor, false}, {time.Hour, false}} {
		if got := d.is(at.Add(row.after)); got != row.want {
			t.Errorf("after %v: got %v, want %v", row.after, got, row.want)
		}
	}
}
