// Package metrics counts what an operator of a server wants to see, and shows
// it in the text format of Prometheus, next to the profiles of the Go runtime.
// docs/operations.md lists the names.
package metrics

import (
	"net/http"
	"net/http/pprof"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics are the counters of one server. They are safe for concurrent use.
type Metrics struct {
	registry *prometheus.Registry
	events   *prometheus.CounterVec
	refusals *prometheus.CounterVec
	resumes  *prometheus.CounterVec
	append   prometheus.Histogram
	sync     prometheus.Histogram
	group    prometheus.Histogram
}

// New returns counters that stand at zero, with those of the Go runtime and
// of the process.
func New() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		events:   counters("events_total", "Records stored, by the type of their event; a chess move is \"move\".", "type"),
		refusals: counters("refusals_total", "Messages and actions that were refused, by the code that was answered.", "code"),
		resumes:  counters("resumes_total", "Sockets that joined a table, by what they were sent: whole, missed or nothing.", "kind"),
		append: histogram("journal_append_seconds", "From the wish to store the records of an action until they are on stable storage.",
			prometheus.ExponentialBuckets(0.0001, 2, 14)),
		sync: histogram("journal_sync_seconds", "The write and the sync of one group of appends.",
			prometheus.ExponentialBuckets(0.0001, 2, 14)),
		group: histogram("journal_group_appends", "How many appends shared one write and one sync.",
			prometheus.ExponentialBuckets(1, 2, 13)),
	}
	m.registry.MustRegister(m.events, m.refusals, m.resumes, m.append, m.sync, m.group,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func counters(name, help, label string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "kibitz", Name: name, Help: help}, []string{label})
}

func histogram(name, help string, buckets []float64) prometheus.Histogram {
	return prometheus.NewHistogram(prometheus.HistogramOpts{Namespace: "kibitz", Name: name, Help: help, Buckets: buckets})
}

// Gauge shows the number that read returns, whenever somebody looks. A name
// can be given once.
func (m *Metrics) Gauge(name, help string, read func() int) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(
		prometheus.GaugeOpts{Namespace: "kibitz", Name: name, Help: help},
		func() float64 { return float64(read()) }))
}

// Gauges shows the numbers that read returns, by the values of a label, whenever
// somebody looks. A name can be given once.
func (m *Metrics) Gauges(name, help, label string, read func() map[string]float64) {
	m.registry.MustRegister(labelled{
		is:   prometheus.NewDesc(prometheus.BuildFQName("kibitz", "", name), help, []string{label}, nil),
		kind: prometheus.GaugeValue, read: read,
	})
}

// Counters is Gauges for numbers that only grow.
func (m *Metrics) Counters(name, help, label string, read func() map[string]float64) {
	m.registry.MustRegister(labelled{
		is:   prometheus.NewDesc(prometheus.BuildFQName("kibitz", "", name), help, []string{label}, nil),
		kind: prometheus.CounterValue, read: read,
	})
}

// labelled is a prometheus.Collector.
type labelled struct {
	is   *prometheus.Desc
	kind prometheus.ValueType
	read func() map[string]float64
}

// Describe implements prometheus.Collector.
func (l labelled) Describe(out chan<- *prometheus.Desc) { out <- l.is }

// Collect implements prometheus.Collector.
func (l labelled) Collect(out chan<- prometheus.Metric) {
	for value, number := range l.read() {
		out <- prometheus.MustNewConstMetric(l.is, l.kind, number, value)
	}
}

// Refused counts one refusal, by its code on the wire.
func (m *Metrics) Refused(code string) { m.refusals.WithLabelValues(code).Inc() }

// Resumed counts one socket that joined a table, by what it was sent.
func (m *Metrics) Resumed(kind string) { m.resumes.WithLabelValues(kind).Inc() }

// Grouped counts one group of appends, and how long its write and sync took.
func (m *Metrics) Grouped(appends int, took time.Duration) {
	m.group.Observe(float64(appends))
	m.sync.Observe(took.Seconds())
}

// Handler answers /metrics and /debug/pprof/. It is for operators alone: a
// profile shows what a server is doing, and taking one costs it time.
func (m *Metrics) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return mux
}
