package acpc

import (
	"fmt"
	"strconv"
	"strings"
)

// Version is what a client says it speaks.
type Version struct{ Major, Minor, Revision int }

// Ours is the version that is spoken here.
var Ours = Version{2, 0, 0}

// ParseVersion reads the first line of a client, in both spellings: the document
// of the protocol has VERSION:2:0:0, and its programs send VERSION:2.0.0.
func ParseVersion(line string) (Version, error) {
	bad := fmt.Errorf("%w: %.40q; want VERSION:2.0.0", ErrFormat, line)
	rest, ok := strings.CutPrefix(line, "VERSION:")
	parts := strings.FieldsFunc(rest, func(r rune) bool { return r == '.' || r == ':' })
	if !ok || len(parts) != 3 || strings.Count(rest, ".") != 2 && strings.Count(rest, ":") != 2 {
		return Version{}, bad
	}
	var n [3]int
	for i, part := range parts {
		var err error
		if n[i], err = strconv.Atoi(part); err != nil || n[i] < 0 {
			return Version{}, bad
		}
	}
	return Version{n[0], n[1], n[2]}, nil
}

// Understood reports whether a client can be expected to get along.
func (v Version) Understood() bool { return v.Major == Ours.Major && v.Minor <= Ours.Minor }

// String returns the version as programs send it.
func (v Version) String() string {
	return fmt.Sprintf("VERSION:%d.%d.%d", v.Major, v.Minor, v.Revision)
}
