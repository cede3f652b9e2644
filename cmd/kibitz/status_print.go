package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// printNodes writes what each node says for people, a line for each fact.
func printNodes(w io.Writer, nodes []nodeStatus) {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	defer func() { _ = out.Flush() }()
	for i, n := range nodes {
		if i > 0 {
			fmt.Fprintln(out)
		}
		ready := "takes players"
		if !n.Ready {
			ready = "NOT READY"
		}
		fmt.Fprintf(out, "node\t%s\nstate\t%s\n", n.Node, ready)
		if n.Parts != knownReady {
			n.printNumbers(out)
		}
		if n.Parts == knownAll {
			fmt.Fprintf(out, "version\t%s\nchips issued\t%d\ndatabase\t%s\n", n.Version, n.Chips, size(n.Database))
		}
		for _, t := range n.Trouble {
			fmt.Fprintf(out, "trouble\t%s\n", t)
		}
	}
}

func (n nodeStatus) printNumbers(out io.Writer) {
	up := time.Duration(n.UptimeSeconds * float64(time.Second)).Round(time.Second)
	fmt.Fprintf(out, "up\t%s\ntables\t%d, %d with a game that is on\nsockets\t%d, %d at tables\n", up, n.Tables, n.Running, n.Sockets, n.AtTables)
	for _, p := range n.Projections {
		lag := time.Duration(p.LagSeconds * float64(time.Second)).Round(time.Millisecond)
		fmt.Fprintf(out, "%s\t%d behind, %s, %d set aside\n", p.Name, p.Behind, lag, p.SetAside)
	}
	if n.Free > 0 {
		fmt.Fprintf(out, "disk\t%s free\n", size(n.Free))
	}
}

// size writes bytes for people.
func size(bytes int64) string {
	for _, unit := range []struct {
		name  string
		bytes int64
	}{{"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}} {
		if bytes >= unit.bytes {
			return fmt.Sprintf("%.1f %s", float64(bytes)/float64(unit.bytes), unit.name)
		}
	}
	return fmt.Sprintf("%d B", bytes)
}
