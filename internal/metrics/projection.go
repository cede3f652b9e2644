package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Projection is how far one part of the slow path is.
type Projection struct {
	Name string
	// Position is how far it is, in a count of its own that only grows.
	Position int64
	// Behind counts what waits for it, and Lag is how old the oldest of that
	// is; both are 0 when nothing waits.
	Behind int64
	Lag    time.Duration
	// SetAside counts what it could not follow, and somebody must look at.
	SetAside int64
}

// Projections shows what read returns, whenever somebody looks; when it fails,
// nothing. It can be called once.
func (m *Metrics) Projections(read func() ([]Projection, error)) {
	m.registry.MustRegister(&projections{
		read:     read,
		position: described("projection_position", "How far a projection is: records of the journal, or games."),
		behind:   described("projection_behind", "What waits for a projection: records at hand, or games."),
		lag:      described("projection_lag_seconds", "How old the oldest is that waits for a projection."),
		aside:    described("projection_set_aside", "Tables that a projection could not follow."),
	})
}

// projections is a prometheus.Collector.
type projections struct {
	read                         func() ([]Projection, error)
	position, behind, lag, aside *prometheus.Desc
}

func described(name, help string) *prometheus.Desc {
	return prometheus.NewDesc(prometheus.BuildFQName("kibitz", "", name), help, []string{"projection"}, nil)
}

// Describe implements prometheus.Collector.
func (p *projections) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{p.position, p.behind, p.lag, p.aside} {
		out <- d
	}
}

// Collect implements prometheus.Collector.
func (p *projections) Collect(out chan<- prometheus.Metric) {
	all, err := p.read()
	if err != nil {
		return // whoever reads has logged it; absence is what an alarm sees
	}
	for _, one := range all {
		for _, x := range []struct {
			is    *prometheus.Desc
			value float64
		}{
			{p.position, float64(one.Position)}, {p.behind, float64(one.Behind)},
			{p.lag, one.Lag.Seconds()}, {p.aside, float64(one.SetAside)},
		} {
			out <- prometheus.MustNewConstMetric(x.is, prometheus.GaugeValue, x.value, one.Name)
		}
	}
}

// Counter shows the number that read returns, which only grows, whenever
// somebody looks. A name can be given once.
func (m *Metrics) Counter(name, help string, read func() int64) {
	m.registry.MustRegister(prometheus.NewCounterFunc(
		prometheus.CounterOpts{Namespace: "kibitz", Name: name, Help: help},
		func() float64 { return float64(read()) }))
}
