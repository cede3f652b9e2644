// Package account holds who people are: guests, registered users and house
// players, and the ports to where they are kept.
package account

// ID names an account for ever; names may change, ids never do. It is 12
// base-62 characters, or a word with a leading "~" for a house player.
type ID string
