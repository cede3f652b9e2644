package memcached

import (
	"fmt"
	"testing"
)

// Keys spread evenly, and one server less moves only its own keys.
func TestKeysStayWhereTheyAre(t *testing.T) {
	const keys = 20_000
	c := &Cache{}
	for n := range 5 {
		c.servers = append(c.servers, &server{addr: fmt.Sprintf("10.0.0.%d:11211", n+1)})
	}
	fewer := &Cache{servers: c.servers[:4]}
	count := make(map[string]int)
	for n := range keys {
		key := fmt.Sprintf("kibitz:login:%064x", n)
		was, is := c.of(key).addr, fewer.of(key).addr
		count[was]++
		if was != is && was != "10.0.0.5:11211" {
			t.Fatalf("%s moves from %s to %s", key, was, is)
		}
	}
	for addr, n := range count {
		if n < keys/5*9/10 || n > keys/5*11/10 {
			t.Errorf("%s has %d of %d keys", addr, n, keys)
		}
	}
}
