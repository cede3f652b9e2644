// Package faults breaks a real cluster in every way that its parts can break
// while people play, and looks that no game notices more than a pause. It is
// tests alone: `make test-cluster` runs them.
package faults
