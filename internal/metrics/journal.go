package metrics

import (
	"context"
	"time"

	"kibitz/internal/table"
)

// Journal is a journal that counts what is appended to it.
type Journal struct {
	table.Journal
	metrics *Metrics
}

// Journal returns j with its appends counted and timed.
func (m *Metrics) Journal(j table.Journal) Journal { return Journal{j, m} }

// Append implements table.Journal.
func (j Journal) Append(ctx context.Context, id table.ID, expected table.Seq, records []table.Record) error {
	begun := time.Now()
	if err := j.Journal.Append(ctx, id, expected, records); err != nil {
		return err
	}
	j.metrics.append.Observe(time.Since(begun).Seconds())
	for i := range records {
		j.metrics.events.WithLabelValues(records[i].Type).Inc()
	}
	return nil
}
