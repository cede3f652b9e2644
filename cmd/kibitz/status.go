package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"kibitz/internal/config"
	"kibitz/internal/server"
)

// askTime bounds how long all of `kibitz status` takes.
const askTime = 5 * time.Second

// statusSettings are what `kibitz status` is asked for.
type statusSettings struct {
	data, url, metrics, nats string
	json, healthy            bool
}

// nodeStatus is what one node says of itself. Fields are nil, or missing, when
// nobody says.
type nodeStatus struct {
	// Node is how it was reached.
	Node string `json:"node"`
	server.Status
	// Parts says how much of Status is known: all of it, numbers alone, or
	// only whether it is ready.
	Parts string `json:"known"`
}

// What is known of a node.
const (
	knownAll     = "all"
	knownNumbers = "numbers"
	knownReady   = "ready"
)

// runStatus says how servers are. The exit status is 0 when all of them take
// players.
func runStatus(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("kibitz status", flag.ContinueOnError)
	flags.SetOutput(stderr)
	var s statusSettings
	flags.StringVar(&s.data, "data", "data", "the `folder` of a server on this machine")
	flags.StringVar(&s.url, "url", "", "the `address` of a server, as in a browser; empty: the server of --data, and http://127.0.0.1:8080 when there is none")
	flags.StringVar(&s.metrics, "metrics", "", "the `addresses` of metrics, with commas between, for numbers without --data")
	flags.StringVar(&s.nats, "nats", "", "the `addresses` of NATS servers, with commas between: show the nodes of the cluster")
	flags.BoolVar(&s.json, "json", false, "write JSON")
	flags.BoolVar(&s.healthy, "healthy", false, "say nothing but with the exit status, for health checks")
	if status, done := resolve(&config.Resolver{Flags: flags, Getenv: os.LookupEnv}, args, stderr); done {
		return status
	}
	ctx, cancel := context.WithTimeout(context.Background(), askTime)
	defer cancel()
	if s.nats != "" && !s.healthy {
		return s.runCluster(ctx, stdout, stderr)
	}
	nodes, err := s.nodes(ctx)
	if err != nil {
		fmt.Fprintln(stderr, "kibitz status:", err)
		return exitFailed
	}
	if !s.healthy {
		s.print(stdout, nodes)
	}
	return exitOf(nodes)
}

// exitOf is 0 when all nodes take players.
func exitOf(nodes []nodeStatus) int {
	for _, n := range nodes {
		if !n.Ready {
			return exitFailed
		}
	}
	return exitOK
}

// nodes asks every node that the settings name.
func (s statusSettings) nodes(ctx context.Context) ([]nodeStatus, error) {
	if s.url == "" && s.metrics == "" {
		is, running, err := server.AskStatus(ctx, server.Config{Data: s.data})
		if running {
			return []nodeStatus{{Node: s.data, Status: is, Parts: knownAll}}, err
		}
		s.url = "http://127.0.0.1:8080"
	}
	var all []nodeStatus
	if s.url != "" {
		n := nodeStatus{Node: s.url, Parts: knownReady}
		var err error
		if n.Ready, err = askReady(ctx, s.url); err != nil {
			n.Trouble = []string{err.Error()}
		}
		all = append(all, n)
	}
	for address := range strings.SplitSeq(s.metrics, ",") {
		if address = strings.TrimSpace(address); address == "" {
			continue
		}
		n, err := askMetrics(ctx, address)
		if err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, nil
}

// askReady asks a server whether it takes players.
func askReady(ctx context.Context, url string) (bool, error) {
	answer, err := get(ctx, strings.TrimRight(url, "/")+"/readyz")
	if err != nil {
		return false, err
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return false, fmt.Errorf("%s answers %s", url, answer.Status)
	}
	return true, nil
}

func get(ctx context.Context, url string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(request)
}

// errNoMetrics: what answers at the address is no server of ours.
var errNoMetrics = errors.New("there are no metrics of Kibitz; give the address of --metrics-listen")

// askMetrics reads the numbers of one node.
func askMetrics(ctx context.Context, address string) (nodeStatus, error) {
	n := nodeStatus{Node: address, Parts: knownNumbers}
	answer, err := get(ctx, "http://"+address+"/metrics")
	if err != nil {
		return n, err
	}
	defer func() { _ = answer.Body.Close() }()
	all, err := readMetrics(answer.Body)
	if err == nil && !all.has("kibitz_tables") && !all.has("kibitz_nats_connected") {
		err = errNoMetrics
	}
	if err != nil {
		return n, fmt.Errorf("%s: %w", address, err)
	}
	n.Status = all.status(time.Now())
	return n, nil
}

func (s statusSettings) print(w io.Writer, nodes []nodeStatus) {
	if s.json {
		out := json.NewEncoder(w)
		out.SetIndent("", "  ")
		_ = out.Encode(nodes) // as with every print, nobody reads it then
		return
	}
	printNodes(w, nodes)
}
