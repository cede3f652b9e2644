package main

import (
	"fmt"
	"strings"

	"kibitz/internal/account"
)

// tokenDays is how long a token lasts that is made here.
const tokenDays = 365

// token makes an access token for somebody, for programs that act for them,
// such as kibitz bot.
func (u userTool) token(args []string) error {
	who, err := u.named(args[0])
	if err != nil {
		return err
	}
	scopes := []account.Scope{account.ScopeBotPlay}
	if len(args) == 2 {
		scopes = scopes[:0]
		for s := range strings.SplitSeq(args[1], ",") {
			scopes = append(scopes, account.Scope(s))
		}
	}
	_, secret, err := u.people.NewAccessToken(u.ctx, who.ID, account.NewAccess{Name: "kibitz user token", Scopes: scopes, Days: tokenDays})
	if err != nil {
		return err
	}
	fmt.Fprintln(u.out, secret)
	return nil
}
