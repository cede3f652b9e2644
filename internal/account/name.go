package account

import (
	"fmt"
	"strings"
)

// The lengths of a name.
const (
	nameShortest = 2
	nameLongest  = 20
)

// reserved are names that could be taken for the house, or for who runs it.
var reserved = map[string]bool{
	"admin": true, "administrator": true, "anonymous": true, "api": true, "bot": true, "closed": true, "deleted": true,
	"everyone": true, "help": true, "house": true, "kibitz": true, "mod": true, "moderator": true, "nobody": true,
	"null": true, "official": true, "root": true, "security": true, "server": true, "staff": true, "support": true,
	"system": true, "undefined": true, "webmaster": true,
}

// CheckName refuses, with ErrInvalid, a name that no registered user may have.
func CheckName(name string) error {
	if len(name) < nameShortest || len(name) > nameLongest {
		return fmt.Errorf("%w: a name has %d to %d characters", ErrInvalid, nameShortest, nameLongest)
	}
	for _, c := range []byte(name) {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (c < '0' || c > '9') && c != '_' && c != '-' {
			return fmt.Errorf("%w: a name has letters A-Z, digits, - and _", ErrInvalid)
		}
	}
	key := NameKey(name)
	plain := strings.Trim(key, "-_0123456789")
	if reserved[plain] || strings.HasPrefix(key, "guest-") || strings.HasPrefix(key, "closed-") || plain == "" {
		return fmt.Errorf("%w: that name is not for anybody; choose another", ErrInvalid)
	}
	return nil
}

// NameKey is what two names have in common that count as the same.
func NameKey(name string) string { return strings.ToLower(name) }
