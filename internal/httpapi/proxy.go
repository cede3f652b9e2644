package httpapi

import (
	"net/http"
	"net/netip"
	"strings"
)

// Proxies are the machines in front of this one that are believed when they
// say for whom they ask.
type Proxies struct {
	Trusted []netip.Prefix
	// Header is where they write the addresses: "X-Forwarded-For", which is
	// the default, or "Forwarded" (RFC 7239). It must be the one that the proxy
	// writes: the other may come from anybody.
	Header string
}

// maxHops bounds how far an address is followed back.
const maxHops = 16

// ClientAddr returns whose request it is: from the end of the connection back
// to the first that is not a trusted proxy. What stands before that one in the
// header may be a lie, and is not looked at.
func (p Proxies) ClientAddr(r *http.Request) netip.Addr {
	at := peerAddr(r)
	if !p.trusts(at) {
		return at
	}
	hops := p.hops(r)
	for n := 0; n < len(hops) && n < maxHops; n++ {
		before, ok := parseHop(hops[len(hops)-1-n])
		if !ok {
			return at
		}
		if at = before; !p.trusts(at) {
			return at
		}
	}
	return at
}

func (p Proxies) trusts(a netip.Addr) bool {
	for _, net := range p.Trusted {
		if net.Contains(a) {
			return true
		}
	}
	return false
}

// hops returns the addresses in the header, the nearest last.
func (p Proxies) hops(r *http.Request) []string {
	if !strings.EqualFold(p.Header, "Forwarded") {
		return splitHeader(r.Header.Values("X-Forwarded-For"))
	}
	elements := splitHeader(r.Header.Values("Forwarded"))
	for i, e := range elements {
		elements[i] = forwardedFor(e)
	}
	return elements
}

func splitHeader(lines []string) (all []string) {
	for _, line := range lines {
		for part := range strings.SplitSeq(line, ",") {
			all = append(all, strings.TrimSpace(part))
		}
	}
	return all
}

// forwardedFor returns the "for" of an element of Forwarded, without quotes.
func forwardedFor(element string) string {
	for pair := range strings.SplitSeq(element, ";") {
		name, value, _ := strings.Cut(pair, "=")
		if strings.EqualFold(strings.TrimSpace(name), "for") {
			return strings.Trim(strings.TrimSpace(value), `"`)
		}
	}
	return ""
}

// parseHop reads an address, with or without a port, as proxies write it.
func parseHop(s string) (netip.Addr, bool) {
	if at, err := netip.ParseAddrPort(s); err == nil {
		return at.Addr().Unmap().WithZone(""), true
	}
	a, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(s, "["), "]"))
	return a.Unmap().WithZone(""), err == nil
}
