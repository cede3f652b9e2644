package accounttest

import (
	"reflect"
	"testing"
	"time"

	"kibitz/internal/account"
)

func grants(t *testing.T, s account.Store) {
	two(t, s)
	g := account.Grant{
		Code: account.TokenHash{7, 1}, User: anna, Client: "a program", Redirect: "http://localhost:7777/back?x=1",
		Challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", Scopes: []account.Scope{account.ScopeBoardPlay, account.ScopeChallengeRead},
		Expires: created.Add(account.GrantLife),
	}
	must(t, s.AddGrant(t.Context(), g))
	if got, err := s.TakeGrant(t.Context(), g.Code); err != nil || !reflect.DeepEqual(got, g) {
		t.Errorf("TakeGrant() = %+v, %v; want %+v", got, err, g)
	}
	_, err := s.TakeGrant(t.Context(), g.Code)
	mustBe(t, "TakeGrant() again", err, account.ErrNotFound)

	must(t, s.AddGrant(t.Context(), g))
	later := g
	later.Code, later.Expires = account.TokenHash{7, 2}, g.Expires.Add(time.Hour)
	must(t, s.AddGrant(t.Context(), later))
	_, err = s.TakeGrant(t.Context(), g.Code)
	mustBe(t, "TakeGrant() of one that ended", err, account.ErrNotFound)
	if got, err := s.TakeGrant(t.Context(), later.Code); err != nil || !reflect.DeepEqual(got, later) {
		t.Errorf("TakeGrant() = %+v, %v; want %+v", got, err, later)
	}
}
