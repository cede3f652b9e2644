package httpapi_test

import (
	"encoding/binary"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// TestSocketClose closes sockets from the client's side, and does what a client must
// not; the answer is a close frame with a code.
func TestSocketClose(t *testing.T) {
	w := newWorld(t, nil)
	for name, row := range map[string]struct {
		frame string
		want  uint16
	}{
		"normal":              {"\x88\x82\x00\x00\x00\x00\x03\xe8", 1000},
		"going away":          {"\x88\x82\x00\x00\x00\x00\x03\xe9", 1000},
		"of an application":   {"\x88\x82\x00\x00\x00\x00\x0f\xa1", 4001},
		"no such code":        {"\x88\x82\x00\x00\x00\x00\x03\xec", 1002},
		"half a code":         {"\x88\x81\x00\x00\x00\x00\x03", 1002},
		"no mask":             {"\x81\x02{}", 1002},
		"an unknown kind":     {"\x83\x80\x00\x00\x00\x00", 1002},
		"too large a message": {"\x81\xff\x00\x00\x00\x00\x7f\xff\xff\xff\x00\x00\x00\x00", 1009},
	} {
		t.Run(name, func(t *testing.T) {
			c := (&person{w: w}).mute("")
			if _, err := c.Write([]byte(row.frame)); err != nil {
				t.Fatal(err)
			}
			if got := lastFrame(t, c); len(got) < 2 || binary.BigEndian.Uint16(got) != row.want {
				t.Errorf("closed with %q, want %d", got, row.want)
			}
		})
	}
	waitFor(t, func() bool { return w.server.Online() == 0 })
}

// TestHandshakeVersion refuses what is no handshake of RFC 6455.
func TestHandshakeVersion(t *testing.T) {
	w := newWorld(t, nil)
	whole := map[string]string{
		"Connection": "keep-alive, Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
		"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol": "kibitz.1",
	}
	for name, value := range map[string]string{
		"": "", "Connection": "close", "Upgrade": "h2c", "Sec-WebSocket-Version": "8", "Sec-WebSocket-Key": "",
		"Sec-WebSocket-Protocol": "chat",
	} {
		t.Run(fmt.Sprintf("%s %s", name, value), func(t *testing.T) {
			r, err := http.NewRequest(http.MethodGet, w.http.URL+"/ws", nil)
			check(t, err)
			for k, v := range whole {
				r.Header.Set(k, v)
			}
			want := http.StatusBadRequest
			if name == "" {
				want = http.StatusSwitchingProtocols
			} else {
				r.Header.Set(name, value)
			}
			if name == "Sec-WebSocket-Version" {
				want = http.StatusUpgradeRequired // RFC 6455 4.2.2
			}
			res, err := http.DefaultTransport.RoundTrip(r)
			check(t, err)
			check(t, res.Body.Close())
			if res.StatusCode != want {
				t.Errorf("status %d, want %d", res.StatusCode, want)
			}
			// The example of RFC 6455 1.3.
			accept := res.Header.Get("Sec-WebSocket-Accept")
			if good := strings.HasPrefix(accept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="); good != (name == "") {
				t.Errorf("accept %q", accept)
			}
		})
	}
}
