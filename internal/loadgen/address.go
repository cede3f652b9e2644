package loadgen

import (
	"context"
	"net"
	"time"
)

// addresses gives connections their source addresses.
type addresses struct {
	target target
	// spread: the machine lets us use all of 127.0.0.0/8.
	spread bool
}

// dialTime bounds one connection.
const dialTime = 10 * time.Second

// newAddresses looks whether source addresses can be chosen.
func newAddresses(t target) *addresses {
	a := &addresses{target: t}
	if l, err := net.Listen("tcp", "127.0.0.2:0"); err == nil && t.local {
		_ = l.Close()
		a.spread = true
	}
	return a
}

// perByte is how many values of a byte an address uses: 1 to 250.
const perByte = 250

// dial connects from the n-th source address, of which 127.0.0.1 is the first.
func (a *addresses) dial(ctx context.Context, n int) (net.Conn, error) {
	d := net.Dialer{Timeout: dialTime, KeepAlive: -1}
	if a.spread {
		d.LocalAddr = &net.TCPAddr{IP: net.IPv4(127, byte(n/perByte/perByte%perByte), byte(n/perByte%perByte), byte(n%perByte)+1)}
	}
	return d.DialContext(ctx, "tcp", a.target.dial)
}
