package archiver

import (
	"context"

	"kibitz/internal/archive"
	"kibitz/internal/table"
)

// maxKnown is how many running tables an archiver remembers.
const maxKnown = 1 << 14

// known is where the archive stands with tables that run, as this archiver
// stored it: nobody else writes them, and so most batches need not ask.
type known map[table.ID]archive.Live

// places returns where the archive stands with tables.
func (a *Archiver) places(ctx context.Context, ids []table.ID) (map[table.ID]archive.Place, error) {
	var unknown []table.ID
	for _, id := range ids {
		if _, ok := a.known[id]; !ok {
			unknown = append(unknown, id)
		}
	}
	m := make(map[table.ID]archive.Place, len(ids))
	if len(unknown) > 0 {
		var err error
		if m, err = a.cfg.Store.Places(ctx, unknown); err != nil {
			return nil, err
		}
	}
	for _, id := range ids {
		if live, ok := a.known[id]; ok {
			m[id] = archive.Place{Live: live}
		}
	}
	return m, nil
}

// learn remembers what a batch has stored. Of too many tables it forgets some,
// whichever.
func (k known) learn(tables []*progress) {
	for _, p := range tables {
		if p.place.Poisoned || p.place.Archived || p.live.Over || p.live.Seq == 0 {
			delete(k, p.id)
			continue
		}
		k[p.id] = p.live
	}
	for id := range k {
		if len(k) <= maxKnown {
			return
		}
		delete(k, id)
	}
}
