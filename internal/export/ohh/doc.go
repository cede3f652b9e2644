// Package ohh writes and reads poker hands in the Open Hand History format,
// version 1.4.7: a series of JSON objects, with a blank line between two.
//
// Hidden cards are absent. Amounts are the chips that an action added, not what
// it was to, and what nobody called has no action: pots just hold less than was
// put in.
package ohh
