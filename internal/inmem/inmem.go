// Package inmem holds in-memory implementations of the ports: real ones, for
// tests and for a server that need not outlive its process.
package inmem
