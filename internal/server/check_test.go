package server

import (
	"errors"
	"log/slog"
	"strings"
	"testing"

	"kibitz/internal/archive"
	"kibitz/internal/table"
)

// checked returns what Check says of a folder.
func checked(t *testing.T, dir string) (Audit, string) {
	t.Helper()
	var report strings.Builder
	audit, err := Check(t.Context(), Config{Data: dir, Log: slog.New(slog.DiscardHandler)}, &report)
	if err != nil {
		t.Fatal(err)
	}
	return audit, report.String()
}

// TestCheckFindsFaults spoils an archive in one way after the other.
func TestCheckFindsFaults(t *testing.T) {
	write := func(b archive.Batch) func(*testing.T, *Server, archive.Game) error {
		return func(t *testing.T, s *Server, _ archive.Game) error {
			b.Projection = "test"
			return s.stores.archive.Write(t.Context(), &b)
		}
	}
	for _, tt := range []struct {
		name  string
		spoil func(t *testing.T, s *Server, g archive.Game) error
		want  string
	}{
		{"nothing", write(archive.Batch{}), ""},
		{"nothing, but an account that was closed", func(t *testing.T, s *Server, g archive.Game) error {
			if err := s.stores.archive.Forget(t.Context(), people[0].ID); err != nil {
				return err
			}
			if _, err := s.host.Create(t.Context(), table.Setup{Kind: "chess", Origin: table.OriginFriend, Seats: people}); err != nil {
				return err // a new table wakes the worker
			}
			until(t, "the name is erased", func() bool {
				_, err := s.stores.archive.Erasing(t.Context())
				return errors.Is(err, archive.ErrUnknown)
			})
			g, err := s.stores.archive.Game(t.Context(), g.ID)
			if err == nil && !g.Players[0].Closed() {
				t.Errorf("the players are %+v", g.Players)
			}
			return err
		}, ""},
		{"a rating", func(t *testing.T, s *Server, g archive.Game) error {
			r, err := s.stores.archive.Rating(t.Context(), people[0].ID, g.Ladder())
			r.Rating.Rating += 1
			if err != nil {
				return err
			}
			other, err := s.stores.archive.Rating(t.Context(), people[1].ID, g.Ladder())
			if err != nil {
				return err
			}
			return s.stores.archive.Rate(t.Context(), archive.Span{From: g.Number, Through: g.Number},
				[]archive.Rated{{Game: g, After: [2]archive.Rating{r, other}}})
		}, "AnnAnnAnnAnn: the blitz rating is"},
		{"the ratings in the row of a game", func(t *testing.T, s *Server, g archive.Game) error {
			a, err := s.stores.archive.Rating(t.Context(), people[0].ID, g.Ladder())
			if err != nil {
				return err
			}
			b, err := s.stores.archive.Rating(t.Context(), people[1].ID, g.Ladder())
			if err != nil {
				return err
			}
			g.Players[1].After++
			return s.stores.archive.Rate(t.Context(), archive.Span{From: g.Number, Through: g.Number},
				[]archive.Rated{{Game: g, After: [2]archive.Rating{a, b}}})
		}, "seat 1 has the ratings"},
		{"statistics", func(t *testing.T, s *Server, g archive.Game) error {
			return s.stores.archive.Count(t.Context(), archive.Span{From: g.Number, Through: g.Number},
				[]archive.Stats{{User: people[1].ID, Ladder: archive.Overall, Last: g.Ended}}, nil)
		}, "BobBobBobBob: the statistics are"},
		{"a record", func(t *testing.T, s *Server, g archive.Game) error {
			_, blob, err := s.stores.archive.Record(t.Context(), g.ID)
			if err != nil {
				return err
			}
			blob[len(blob)/2] ^= 4
			return s.stores.archive.Write(t.Context(), &archive.Batch{Projection: "test", Finished: []archive.Finished{{Game: g, Blob: blob}}})
		}, "checksum"},
		{"live moves of a running game", func(t *testing.T, s *Server, g archive.Game) error {
			id, err := s.host.Create(t.Context(), table.Setup{Kind: "chess", Origin: table.OriginFriend, Seats: people})
			if err != nil {
				return err
			}
			until(t, "the archive has the table", func() bool {
				places, err := s.stores.archive.Places(t.Context(), []table.ID{id})
				return err == nil && places[id].Live.Seq == 1
			})
			return s.stores.archive.Write(t.Context(), &archive.Batch{Projection: "test", Moves: []archive.Move{{Table: id, Ply: 1, At: g.Ended}}})
		}, "1 live moves, and 0 in the journal"},
		{"a table set aside", write(archive.Batch{Poison: []archive.Poison{{Projection: "archiver", Subject: "Poisoned", Why: "it is bad"}}}), "it is bad"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			s, stop := serve(t, dir)
			id := playScholarsMate(t, s.host)
			until(t, "the game is counted", func() bool {
				all, err := s.stores.archive.Stats(t.Context(), people[0].ID)
				return err == nil && len(all) > 0
			})
			g, err := s.stores.archive.Game(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			if err := tt.spoil(t, s, g); err != nil {
				t.Fatal(err)
			}
			stop()
			audit, report := checked(t, dir)
			if audit.Rated != 1 || audit.Ratings != 2 {
				t.Errorf("%d ratings were compared after %d rated games, want 2 after 1", audit.Ratings, audit.Rated)
			}
			if (audit.Differences > 0) != (tt.want != "") || !strings.Contains(report, tt.want) {
				t.Errorf("%+v, want %q in:\n%s", audit, tt.want, report)
			}
		})
	}
}
