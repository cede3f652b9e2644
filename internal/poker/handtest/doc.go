// Package handtest plays random hands of poker to their end, for the tests of
// whatever is made of finished hands.
package handtest
