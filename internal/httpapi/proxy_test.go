package httpapi_test

import (
	"net/http"
	"net/netip"
	"testing"

	"kibitz/internal/httpapi"
)

func TestClientAddr(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8:f::/48")}
	for _, row := range []struct {
		name, header, peer string
		lines              []string
		want               string
	}{
		{"no proxy", "", "203.0.113.7:1234", nil, "203.0.113.7"},
		{"somebody who is no proxy lies", "", "203.0.113.7:1234", []string{"198.51.100.1"}, "203.0.113.7"},
		{"one proxy", "", "127.0.0.1:1", []string{"203.0.113.7"}, "203.0.113.7"},
		{"two proxies", "", "127.0.0.1:1", []string{"203.0.113.7, 10.1.2.3"}, "203.0.113.7"},
		{"two lines", "", "127.0.0.1:1", []string{"203.0.113.7", "10.1.2.3"}, "203.0.113.7"},
		{"a lie before the truth", "", "127.0.0.1:1", []string{"198.51.100.1, 203.0.113.7"}, "203.0.113.7"},
		{"a lie about a proxy", "", "127.0.0.1:1", []string{"10.9.9.9, 203.0.113.7"}, "203.0.113.7"},
		{"nonsense", "", "127.0.0.1:1", []string{"unknown"}, "127.0.0.1"},
		{"nonsense before a proxy", "", "127.0.0.1:1", []string{"unknown, 10.1.2.3"}, "10.1.2.3"},
		{"empty", "", "127.0.0.1:1", []string{""}, "127.0.0.1"},
		{"no header", "", "127.0.0.1:1", nil, "127.0.0.1"},
		{"IPv6", "", "[2001:db8:f::1]:1", []string{"2001:db8::7"}, "2001:db8::7"},
		{"IPv6 with a port", "", "127.0.0.1:1", []string{"[2001:db8::7]:4711"}, "2001:db8::7"},
		{"IPv4 with a port", "", "127.0.0.1:1", []string{"203.0.113.7:4711"}, "203.0.113.7"},
		{"IPv4 in IPv6", "", "[::ffff:127.0.0.1]:1", []string{"::ffff:203.0.113.7"}, "203.0.113.7"},
		{"Forwarded", "Forwarded", "127.0.0.1:1", []string{`for=203.0.113.7;proto=https, For="10.1.2.3:80"`}, "203.0.113.7"},
		{"Forwarded, IPv6", "Forwarded", "127.0.0.1:1", []string{`proto=https;for="[2001:db8::7]:4711"`}, "2001:db8::7"},
		{"Forwarded, hidden", "Forwarded", "127.0.0.1:1", []string{`for=_secret`}, "127.0.0.1"},
		{"Forwarded, without for", "Forwarded", "127.0.0.1:1", []string{`proto=https`}, "127.0.0.1"},
	} {
		r := &http.Request{RemoteAddr: row.peer, Header: http.Header{}}
		name := "X-Forwarded-For"
		if row.header != "" {
			name = row.header
			r.Header.Set("X-Forwarded-For", "198.51.100.99") // from anybody
		} else {
			r.Header.Set("Forwarded", "for=198.51.100.99")
		}
		for _, line := range row.lines {
			r.Header.Add(name, line)
		}
		got := httpapi.Proxies{Trusted: trusted, Header: row.header}.ClientAddr(r)
		if got.String() != row.want {
			t.Errorf("%s: %s, want %s", row.name, got, row.want)
		}
	}
}

func FuzzClientAddr(f *testing.F) {
	f.Add("203.0.113.7, 10.1.2.3", `for="[2001:db8::7]:4711"`)
	p := httpapi.Proxies{Trusted: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
	f.Fuzz(func(t *testing.T, xff, forwarded string) {
		r := &http.Request{RemoteAddr: "127.0.0.1:1", Header: http.Header{"X-Forwarded-For": {xff}, "Forwarded": {forwarded}}}
		for _, p.Header = range []string{"X-Forwarded-For", "Forwarded"} {
			if a := p.ClientAddr(r); !a.IsValid() {
				t.Errorf("%q, %q: no address", xff, forwarded)
			}
		}
	})
}
