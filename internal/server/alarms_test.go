package server

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"kibitz/internal/cluster"
	"kibitz/internal/inmem"
	"kibitz/internal/memcached"
	"kibitz/internal/natsstore"
	"kibitz/internal/table"
	"kibitz/internal/wire"
)

// top is the root of the checkout.
const top = "../.."

// showCluster adds what only nodes of a cluster show.
func showCluster(w *watch) {
	w.gaugeCluster(surroundings{
		connected: func() bool { return true },
		nodes:     func() []cluster.Node { return nil },
		leases:    func() (cluster.Map, bool) { return cluster.NewMap(), true },
		caches:    func() []memcached.ServerState { return []memcached.ServerState{{Addr: "127.0.0.1:11211"}} },
	})
	w.gaugePartitions(func() int { return 0 })
	w.gaugeGateway(func() int { return 0 }, func() int64 { return 0 }, &classes{})
	(&backlog{journal: &natsstore.Journal{}, now: time.Now}).gauge(w)
}

// exported returns the name of every number that a server with a certificate of
// its own, or a node of a cluster, can show.
func exported(t *testing.T) map[string]bool {
	t.Helper()
	s, err := Open(Config{
		Data: t.TempDir(), MetricsListen: "127.0.0.1:0", Log: slog.New(slog.DiscardHandler), Engine: "none",
		TLS: TLS{Domain: "chess.example.org", Listen: "127.0.0.1:0", ListenPlain: "127.0.0.1:0"},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = s.listener.Close()
		if err := s.release(); err != nil {
			t.Error(err)
		}
	}()
	s.watch.refused()(wire.Busy) // what was never counted is not shown
	s.watch.resumed()("whole")
	const id = table.ID("abcdefgh")
	if err := s.watch.journal(inmem.NewJournal()).Append(t.Context(), id, 0, []table.Record{{Table: id, Seq: 1, Type: "move"}}); err != nil {
		t.Fatal(err)
	}
	showCluster(s.watch)
	answer := httptest.NewRecorder()
	s.watch.metrics.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	names := map[string]bool{"up": true} // of Prometheus itself
	for line := range strings.SplitSeq(answer.Body.String(), "\n") {
		if name := strings.FieldsFunc(line, func(c rune) bool { return c == '{' || c == ' ' }); len(name) > 0 && name[0] != "#" {
			names[name[0]] = true
		}
	}
	return names
}

var (
	inQuotes   = regexp.MustCompile(`"[^"]*"`)
	metricName = regexp.MustCompile(`\b(?:kibitz|go|process)_[a-z0-9_]+\b`)
	codeLabel  = regexp.MustCompile(`code=~?"([^"]*)"`)
)

// unknown returns the metrics that an expression asks for and no server shows.
func unknown(expression string, names map[string]bool) []string {
	var missing []string
	found := metricName.FindAllString(inQuotes.ReplaceAllString(expression, `""`), -1)
	for _, name := range found {
		if !names[name] {
			missing = append(missing, name)
		}
	}
	if len(found) == 0 && !strings.Contains(expression, "up{") {
		missing = append(missing, "any metric at all")
	}
	return missing
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(top, path))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The dashboard shows what servers show, and all of what is ours.
func TestDashboard(t *testing.T) {
	names := exported(t)
	var d struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
		Templating struct{ List []struct{ Query any } }
	}
	text := read(t, "deploy/grafana/kibitz.json")
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	for _, p := range d.Panels {
		if len(p.Targets) == 0 {
			t.Errorf("%s shows nothing", p.Title)
		}
		for _, of := range p.Targets {
			for _, name := range unknown(of.Expr, names) {
				t.Errorf("%s: no server shows %s", p.Title, name)
			}
		}
	}
	for name := range names {
		base := regexp.MustCompile(`_(bucket|sum|count)$`).ReplaceAllString(name, "")
		if strings.HasPrefix(name, "kibitz_") && base != "kibitz_projection_position" && !strings.Contains(string(text), base) {
			t.Errorf("no panel shows %s", name)
		}
	}
}

// Every alarm is about metrics that there are, and leads to what to do.
func TestAlarms(t *testing.T) {
	names := exported(t)
	var rules struct {
		Groups []struct {
			Rules []struct {
				Alert, Expr, For string
				Labels           map[string]string
				Annotations      map[string]string
			}
		}
	}
	if err := yaml.Unmarshal(read(t, "deploy/prometheus/alerts.yaml"), &rules); err != nil {
		t.Fatal(err)
	}
	anchors := headings(string(read(t, "docs/operations.md")))
	n := 0
	for _, g := range rules.Groups {
		for _, r := range g.Rules {
			n++
			for _, name := range unknown(r.Expr, names) {
				t.Errorf("%s: no server shows %s", r.Alert, name)
			}
			for _, found := range codeLabel.FindAllStringSubmatch(r.Expr, -1) {
				for code := range strings.SplitSeq(found[1], "|") {
					if code != string(wire.Busy) && code != string(wire.Internal) {
						t.Errorf("%s: is %q a code of ours that is worth an alarm?", r.Alert, code)
					}
				}
			}
			anchor, ok := strings.CutPrefix(r.Annotations["runbook"], "docs/operations.md#")
			if !ok || !slices.Contains(anchors, anchor) {
				t.Errorf("%s: the runbook %q is no heading of docs/operations.md", r.Alert, r.Annotations["runbook"])
			}
			if r.For == "" || r.Labels["severity"] == "" || r.Annotations["summary"] == "" {
				t.Errorf("%s: lacks for, severity or summary: %+v", r.Alert, r)
			}
		}
	}
	if n < 10 {
		t.Errorf("%d alarms, want at least 10", n)
	}
}

// headings returns the anchors of a page, as forges make them.
func headings(page string) []string {
	var all []string
	for line := range strings.SplitSeq(page, "\n") {
		if title, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") {
			all = append(all, strings.ReplaceAll(strings.ToLower(title), " ", "-"))
		}
	}
	return all
}

func TestUnknown(t *testing.T) {
	names := map[string]bool{"kibitz_tables": true, "up": true}
	for _, row := range []struct {
		expression string
		want       []string
	}{
		{`sum(kibitz_tables{job="kibitz_job"})`, nil},
		{`up{job="x"} == 0`, nil},
		{`kibitz_tables + go_none`, []string{"go_none"}},
		{`vector(1)`, []string{"any metric at all"}},
	} {
		if got := unknown(row.expression, names); !slices.Equal(got, row.want) {
			t.Errorf("%s: %v, want %v", row.expression, got, row.want)
		}
	}
}
