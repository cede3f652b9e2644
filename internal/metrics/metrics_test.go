package metrics_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"kibitz/internal/inmem"
	"kibitz/internal/metrics"
	"kibitz/internal/table"
)

// get returns the status and the body that the handler answers.
func get(t *testing.T, m *metrics.Metrics, path string) (int, string) {
	t.Helper()
	answer := httptest.NewRecorder()
	m.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.Code, string(body)
}

func TestCounters(t *testing.T) {
	m := metrics.New()
	m.Gauge("tables", "Tables in memory.", func() int { return 7 })
	m.Refused("too-fast")
	m.Refused("too-fast")
	m.Resumed("missed")
	m.Grouped(3, 2*time.Millisecond)
	journal := m.Journal(inmem.NewJournal())
	const id = table.ID("abcdefgh")
	records := []table.Record{{Table: id, Seq: 1, At: time.UnixMilli(1), Type: "move"}}
	if err := journal.Append(t.Context(), id, 0, records); err != nil {
		t.Fatal(err)
	}
	if err := journal.Append(t.Context(), id, 0, records); err == nil {
		t.Error("the journal behind the counters took a record twice")
	}
	m.Gauges("cluster_nodes", "Nodes.", "role", func() map[string]float64 { return map[string]float64{"app": 3} })
	m.Counters("cache_failures_total", "Failures.", "server", func() map[string]float64 { return map[string]float64{"a:1": 2} })
	m.Counter("worker_records_total", "Records.", func() int64 { return 12 })
	m.Projections(func() ([]metrics.Projection, error) {
		return []metrics.Projection{{Name: "ratings", Position: 9, Behind: 3, Lag: 1500 * time.Millisecond, SetAside: 1}}, nil
	})
	_, body := get(t, m, "/metrics")
	for _, line := range []string{
		"kibitz_tables 7",
		`kibitz_refusals_total{code="too-fast"} 2`,
		`kibitz_resumes_total{kind="missed"} 1`,
		`kibitz_events_total{type="move"} 1`,
		"kibitz_journal_append_seconds_count 1",
		"kibitz_journal_sync_seconds_sum 0.002",
		"kibitz_journal_group_appends_sum 3",
		"kibitz_worker_records_total 12",
		`kibitz_projection_position{projection="ratings"} 9`,
		`kibitz_cluster_nodes{role="app"} 3`,
		`kibitz_cache_failures_total{server="a:1"} 2`,
		`kibitz_projection_behind{projection="ratings"} 3`,
		`kibitz_projection_lag_seconds{projection="ratings"} 1.5`,
		`kibitz_projection_set_aside{projection="ratings"} 1`,
		"go_goroutines ",
		"process_resident_memory_bytes ",
	} {
		if !strings.Contains(body, "\n"+line) {
			t.Errorf("there is no line %q in\n%s", line, body)
		}
	}
}

// TestProjectionsUnknown shows the rest when nobody knows how far the worker
// is.
func TestProjectionsUnknown(t *testing.T) {
	m := metrics.New()
	m.Projections(func() ([]metrics.Projection, error) { return nil, errors.New("the database is away") })
	if status, body := get(t, m, "/metrics"); status != http.StatusOK || strings.Contains(body, "projection") || !strings.Contains(body, "go_goroutines") {
		t.Errorf("status %d, want 200 and no projections in\n%s", status, body)
	}
}

func TestAddresses(t *testing.T) {
	for path, want := range map[string]int{
		"/metrics": 200, "/debug/pprof/": 200, "/debug/pprof/heap?debug=1": 200, "/": 404, "/api/v1/me": 404,
	} {
		if got, _ := get(t, metrics.New(), path); got != want {
			t.Errorf("GET %s: status %d, want %d", path, got, want)
		}
	}
}
