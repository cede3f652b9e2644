package sqlstore_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/analysis"
	"kibitz/internal/table"
)

func TestAnalysis(t *testing.T) { onBoth(t, analysisStore) }

func analysisStore(t *testing.T, fresh func(testing.TB) string) {
	s := open(t, fresh(t))
	ctx, at := t.Context(), time.UnixMilli(1_700_000_000_000).UTC()
	limits := analysis.Limits{PerUser: 2, Total: 3}
	add := func(n int, user string, want error) {
		t.Helper()
		id := table.ID(fmt.Sprintf("game000%d", n))
		j, err := s.AddJob(ctx, analysis.Job{Table: id, User: account.ID(user), At: at.Add(time.Duration(n) * time.Second)}, limits)
		if !errors.Is(err, want) || err == nil && j.Table != id {
			t.Errorf("game %d of %s: got %+v and %v, want %v", n, user, j, err, want)
		}
	}
	if _, err := s.BeginJob(ctx); !errors.Is(err, analysis.ErrNone) {
		t.Errorf("got %v, want an empty queue", err)
	}
	add(2, "ann", nil)
	add(1, "ann", nil)
	add(3, "ann", analysis.ErrTooMany)
	add(3, "bob", nil)
	add(4, "cid", analysis.ErrTooMany)
	add(2, "cid", nil) // it is there, and stays ann's
	if j, ahead, err := s.Job(ctx, "game0002"); err != nil || j.User != "ann" || ahead != 1 {
		t.Errorf("got %+v with %d ahead, %v", j, ahead, err)
	}
	for try := 1; try <= 2; try++ {
		j, err := s.BeginJob(ctx)
		if err != nil || j.Table != "game0001" || j.Tries != try || !j.At.Equal(at.Add(time.Second)) {
			t.Errorf("got %+v and %v, want the first for the %d. time", j, err, try)
		}
	}
	save := func(by analysis.Origin, body string, want error) {
		t.Helper()
		err := s.SaveReport(ctx, analysis.Stored{Table: "game0001", By: by, User: "ann", At: at, Body: []byte(body)})
		if !errors.Is(err, want) {
			t.Errorf("%s of the %s: got %v, want %v", body[:3], by, err, want)
		}
	}
	long := strings.Repeat("long ", 10_000)
	save(analysis.ByClient, "one", nil)
	save(analysis.ByClient, "two", analysis.ErrDone)
	if _, _, err := s.Job(ctx, "game0001"); err != nil {
		t.Errorf("got %v, want the job to outlive the report of a client", err)
	}
	save(analysis.ByServer, long, nil)
	save(analysis.ByServer, "six", analysis.ErrDone)
	save(analysis.ByClient, "ten", analysis.ErrDone)
	r, err := s.Report(ctx, "game0001")
	if err != nil || string(r.Body) != long || r.By != analysis.ByServer || !r.At.Equal(at) {
		t.Errorf("got %.10q by %s at %v, %v", r.Body, r.By, r.At, err)
	}
	if _, _, err := s.Job(ctx, "game0001"); !errors.Is(err, analysis.ErrNone) {
		t.Errorf("got %v, want the job to be done", err)
	}
	if err := errors.Join(s.DropJob(ctx, "game0002"), s.DropJob(ctx, "game0002")); err != nil {
		t.Error(err)
	}
	if _, err := s.Report(ctx, "game0002"); !errors.Is(err, analysis.ErrNone) {
		t.Errorf("got %v, want no report", err)
	}
}
