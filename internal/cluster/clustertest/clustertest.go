// Package clustertest holds the contracts of the ports of package cluster, as
// tests that every implementation runs.
package clustertest

import (
	"context"
	"testing"
	"time"
)

// patience ends a test that waits for what never comes.
const patience = time.Minute

func patient(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// part is one clause of a contract.
type part[P any] struct {
	name string
	run  func(t *testing.T, p P)
}

func runAll[P any](t *testing.T, fresh func(t *testing.T) P, parts []part[P]) {
	for _, c := range parts {
		t.Run(c.name, func(t *testing.T) { c.run(t, fresh(t)) })
	}
}
