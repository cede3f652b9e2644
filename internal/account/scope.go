package account

import (
	"fmt"
	"slices"
)

// Scope is something that a token may do.
type Scope string

// The scopes of our own protocol. They are stored; never rename one.
const (
	ScopeRead     Scope = "read"
	ScopePlay     Scope = "play"
	ScopeSettings Scope = "settings"
)

// The scopes of the API of lichess, by the names that its clients ask for. They
// are stored; never rename one.
const (
	ScopePreferenceRead Scope = "preference:read"
	ScopeEmailRead      Scope = "email:read"
	ScopeChallengeRead  Scope = "challenge:read"
	ScopeChallengeWrite Scope = "challenge:write"
	ScopeBoardPlay      Scope = "board:play"
	ScopeBotPlay        Scope = "bot:play"
)

// scopes lists all scopes, in the order in which people are shown them.
var scopes = []Scope{
	ScopeRead, ScopePlay, ScopeSettings,
	ScopeBoardPlay, ScopeBotPlay, ScopeChallengeRead, ScopeChallengeWrite, ScopePreferenceRead, ScopeEmailRead,
}

// CheckScopes refuses, with ErrInvalid, scopes that there are not, the same one
// twice, and none at all.
func CheckScopes(all []Scope) error {
	for i, s := range all {
		switch {
		case !slices.Contains(scopes, s):
			return fmt.Errorf("%w: there is no scope %.30q; the scopes are %v", ErrInvalid, s, scopes)
		case slices.Contains(all[:i], s):
			return fmt.Errorf("%w: the scope %s stands there twice", ErrInvalid, s)
		}
	}
	if len(all) == 0 {
		return fmt.Errorf("%w: a token without a scope can do nothing", ErrInvalid)
	}
	return nil
}

// KnownScopes returns those of the scopes that there are, without doubles:
// clients of lichess ask for more than there is here.
func KnownScopes(asked []Scope) []Scope {
	var list []Scope
	for _, s := range asked {
		if slices.Contains(scopes, s) && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}
