package account

import (
	"net/netip"
	"strings"
)

// Client is what a browser or program says of itself, told to its owner so
// that a stranger's session is seen for what it is.
type Client struct {
	// Device is such as "Windows" or "iPhone", Browser such as "Firefox 140";
	// empty when unknown.
	Device, Browser string
	Addr            netip.Addr
}

// marks are looked for in a User-Agent, in this order: most browsers claim to
// be others as well, and the rarer name is the true one.
type mark struct{ in, name string }

var browsers = []mark{
	{"Edg/", "Edge"}, {"EdgA/", "Edge"}, {"EdgiOS/", "Edge"}, {"OPR/", "Opera"}, {"Vivaldi/", "Vivaldi"},
	{"SamsungBrowser/", "Samsung Internet"}, {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"},
	{"CriOS/", "Chrome"}, {"HeadlessChrome/", "Chrome"}, {"Chrome/", "Chrome"}, {"Version/", "Safari"}, {"curl/", "curl"},
}

var devices = []mark{
	{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"CrOS", "Chromebook"},
	{"Windows", "Windows"}, {"Macintosh", "Mac"}, {"Linux", "Linux"},
}

// ParseClient reads a User-Agent header. It keeps no more of it than a person
// needs to tell their own devices apart.
func ParseClient(userAgent string, addr netip.Addr) Client {
	c := Client{Addr: addr.Unmap()}
	for _, m := range devices {
		if strings.Contains(userAgent, m.in) {
			c.Device = m.name
			break
		}
	}
	for _, m := range browsers {
		if _, behind, ok := strings.Cut(userAgent, m.in); ok {
			c.Browser = strings.TrimSpace(m.name + " " + major(behind))
			break
		}
	}
	return c
}

// major returns the digits that a version begins with, at most 4.
func major(version string) string {
	n := 0
	for n < len(version) && n < 4 && '0' <= version[n] && version[n] <= '9' {
		n++
	}
	return version[:n]
}
