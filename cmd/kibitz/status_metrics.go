package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"kibitz/internal/server"
)

// maxMetricLine is how long a line of metrics may be.
const maxMetricLine = 64 << 10

// errMetrics: a line is not in the text format of Prometheus.
var errMetrics = errors.New("not a metric")

// sample is one line of metrics: a name with labels as they were written.
type sample struct{ name, labels string }

// samples are the numbers of one look at a node.
type samples struct {
	value map[sample]float64
	// order is that of the lines.
	order []sample
}

// readMetrics reads the text format of Prometheus, without the times that our
// servers do not write.
func readMetrics(r io.Reader) (samples, error) {
	all := samples{value: make(map[sample]float64)}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxMetricLine)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		at := strings.LastIndexByte(line, ' ')
		if at < 0 {
			return samples{}, fmt.Errorf("%w: %.100q", errMetrics, line)
		}
		value, err := strconv.ParseFloat(line[at+1:], 64)
		if err != nil {
			return samples{}, fmt.Errorf("%w: %.100q", errMetrics, line)
		}
		name, labels, _ := strings.Cut(line[:at], "{")
		key := sample{strings.TrimSpace(name), strings.TrimSuffix(labels, "}")}
		if _, known := all.value[key]; !known {
			all.order = append(all.order, key)
		}
		all.value[key] = value
	}
	return all, lines.Err()
}

func (s samples) has(name string) bool {
	_, ok := s.value[sample{name: name}]
	return ok
}

func (s samples) number(name string) float64 { return s.value[sample{name: name}] }

// status is what the numbers say. A server that answers is taken to be ready:
// no number says otherwise.
func (s samples) status(now time.Time) server.Status {
	is := server.Status{
		Ready:  true,
		Tables: int(s.number("kibitz_tables")), Running: int(s.number("kibitz_tables_running")),
		Sockets: int(s.number("kibitz_sockets")), AtTables: int(s.number("kibitz_sockets_at_tables")),
		Free: int64(s.number("kibitz_data_free_bytes")),
	}
	if begun := s.number("process_start_time_seconds"); begun > 0 {
		is.UptimeSeconds = float64(now.UnixMilli())/1e3 - begun
	}
	for _, at := range s.order {
		if at.name != "kibitz_projection_behind" {
			continue
		}
		name := strings.Trim(strings.TrimPrefix(at.labels, "projection="), `"`)
		of := func(metric string) float64 { return s.value[sample{metric, at.labels}] }
		is.Projections = append(is.Projections, server.StatusOfLag{
			Name: name, Behind: int64(of("kibitz_projection_behind")), LagSeconds: of("kibitz_projection_lag_seconds"),
			SetAside: int64(of("kibitz_projection_set_aside")),
		})
	}
	return is
}
