package sqlstore

import (
	"net/url"
	"testing"
)

func TestPlanned(t *testing.T) {
	for _, tt := range []struct{ name, dsn, mode, host string }{
		{"a server", "postgres://kibitz:secret@db.example/kibitz", "force_custom_plan", ""},
		{"a socket", "postgres:///kibitz?host=/run/postgresql&user=kibitz", "force_custom_plan", "/run/postgresql"},
		{"chosen by the host", "postgres://db.example/kibitz?plan_cache_mode=auto", "auto", ""},
	} {
		u, err := url.Parse(dialectOf(tt.dsn).source(tt.dsn))
		if err != nil {
			t.Fatal(err)
		}
		if got := u.Query(); got.Get("plan_cache_mode") != tt.mode || got.Get("host") != tt.host {
			t.Errorf("%s: %s, want the mode %q and the host %q", tt.name, u, tt.mode, tt.host)
		}
		if want, _ := url.Parse(tt.dsn); u.User.String() != want.User.String() || u.Path != want.Path || u.Host != want.Host {
			t.Errorf("%s: %s leads elsewhere than %s", tt.name, u, want)
		}
	}
}
