package server

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"kibitz/internal/host"
	"kibitz/internal/natsstore"
	"kibitz/internal/natsstore/natstest"
	"kibitz/internal/table"
)

// TestBacklog has a real journal hold what no database has: new games are
// refused when half of the time is over in which it is kept, and taken when the
// database has it.
func TestBacklog(t *testing.T) {
	nats := natstest.Start(t, natstest.Options{})
	client, err := natsstore.Connect(natsstore.Options{URLs: nats.URL, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	journal, err := client.OpenJournal(t.Context(), natsstore.JournalOptions{Replicas: 1, Unsafe: true, MaxAge: 72 * time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = journal.Close() }()
	const id = table.ID("abcdefgh")
	record := table.Record{Table: id, Seq: 1, At: time.Now(), Type: "move", Data: []byte("{}")}
	if err := journal.Append(t.Context(), id, 0, []table.Record{record}); err != nil {
		t.Fatal(err)
	}
	stored, away, later := map[int]table.Position{}, error(nil), time.Duration(0)
	b := &backlog{
		journal: journal, tell: func(string, ...any) {},
		places: func(context.Context) (map[int]table.Position, error) { return stored, away },
		owned:  func() []int { return []int{id.Partition(), (id.Partition() + 1) % table.Partitions} },
		now:    func() time.Time { return time.Now().Add(later) },
	}
	node := &appNode{server: &Server{backlog: b}}
	for _, step := range []struct {
		name     string
		later    time.Duration
		archived bool
		away     error
		refused  bool
	}{
		{"fresh", 0, false, nil, false},
		{"within half of the time", 35 * time.Hour, false, nil, false},
		{"later", 37 * time.Hour, false, nil, true},
		{"the database is away", 38 * time.Hour, true, errors.New("away"), true},
		{"it is archived", 38 * time.Hour, true, nil, false},
	} {
		away, later = step.away, step.later
		if step.archived {
			stored = map[int]table.Position{id.Partition(): lastOf(t, journal, id.Partition())}
		}
		b.look(t.Context())
		waits := 1
		if step.archived && step.away == nil {
			waits = 0
		}
		if got := b.lag("n1"); got.Node != "n1" || !got.Known || got.Partitions != waits || got.Refused != step.refused ||
			(got.Seconds > 0) != (waits > 0) || got.KeptSeconds != journal.MaxAge().Seconds() {
			t.Errorf("%s: others are told %+v", step.name, got)
		}
		err := node.here(table.Setup{})
		if (err != nil) != step.refused {
			t.Errorf("%s: refused with %v, want a refusal: %v", step.name, err, step.refused)
		}
		if err != nil && !errors.Is(err, host.ErrBusy) {
			t.Errorf("%s: %v is not worth another try", step.name, err)
		}
	}
}

// lastOf returns where the last record of a partition is.
func lastOf(t *testing.T, j *natsstore.Journal, partition int) table.Position {
	t.Helper()
	for e, err := range j.Follow(t.Context(), partition, 0) {
		if err != nil {
			t.Fatal(err)
		}
		return e.Position // there is one
	}
	return 0
}
